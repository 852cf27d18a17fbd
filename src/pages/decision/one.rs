//! A decision's page, what is mended on it with one press, and the decision as a file.

use askama::Template;

use super::{markdown, status};
use crate::access::policy::{Revise, See};
use crate::access::{May, Right, UserId, Within, allow};
use crate::base::{Error, Lang, PageRequest, Patch, Result, Sentence};
use crate::consortium::{Holder, HolderSaid};
use crate::db::Tx;
use crate::decision::{self, Decision, Part, Revision, Seen, adr, store};
use crate::hackathon::Hackathon;
use crate::pages::entry::{Again, Entry, Typed};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit, Way};
use crate::pages::prose::Prose;
use crate::pages::question::handoff::holder;
use crate::pages::question::then::Obstacle;
use crate::pages::question::view::named;
use crate::pages::sprint::board::{Linked, linked};
use crate::pages::sprint::ways;
use crate::pages::time::{Watch, When};
use crate::pages::words::{Tag, Words};
use crate::pages::{Shown, page, see_other};
use crate::question::Standing;
use crate::question::store::names::Wanted;

/// A decision within its hackathon.
pub type Here = Within<Hackathon, Decision>;

/// The most entries of its history that are shown.
const SHOWN: i64 = 99;

#[derive(Template)]
#[template(path = "decision/one.html")]
struct Page {
    frame: Frame,
    ways: Vec<Way>,
    list: String,
    place: String,
    obstacles: Vec<Obstacle>,
    number: i32,
    title: Words,
    tag: Tag,
    at: When,
    team: Option<(String, Words)>,
    topic: Option<Words>,
    sprint: Option<i32>,
    context: Prose,
    options: Vec<(Words, Option<Prose>)>,
    outcome: Option<Prose>,
    parts: Vec<(Part, Vec<String>)>,
    questions: Vec<Linked>,
    superseded: bool,
    successor: Option<(i32, Words)>,
    findings: Vec<Missing>,
    history: Vec<(String, String, When)>,
    may_revise: bool,
    /// The field by which another is put in its place.
    successor_field: Entry,
}

impl Page {
    fn part(&self, of: &Part) -> &'static str {
        let lang = self.frame.lang;
        match of {
            Part::Decided => lang.either("Decided", "결정한 사람"),
            Part::Consulted => lang.either("Consulted", "의견을 낸 사람"),
            Part::Informed => lang.either("Informed", "소식을 받은 사람"),
        }
    }
}

/// Somebody who should have had a part, and the press that says that they had it.
struct Missing {
    words: String,
    part: &'static str,
    holder: String,
    informed: bool,
}

/// `GET /h/{hackathon}/decisions/{decision}`
pub async fn show(visit: Visit, may: May<See, Here>) -> Shown {
    drawn(visit, may, Again::default()).await
}

async fn drawn(visit: Visit, may: May<See, Here>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, again)).await?;
    page(status, lang, &drawn)
}

/// Where the page of a decision is.
pub fn place(here: &Hackathon, number: i32) -> String {
    format!("/h/{}/decisions/{number}", here.slug)
}

fn seen(tx: &mut Tx, user: UserId, one: &Decision) -> Result<Seen> {
    let standing = Standing::load(tx, one.hackathon, user)?.ok_or(Error::NotFound)?;
    Seen::load(tx, one.hackathon, &standing, std::slice::from_ref(one))
}

fn whole(tx: &mut Tx, right: &Right<See, Here>, visit: &Visit, again: Again) -> Result<Page> {
    let Within { parent: here, item: one } = right.on();
    let (lang, watch, content) = (visit.lang, visit.watch(here), &one.content);
    let seen = seen(tx, right.user(), one)?;
    let (place, may) =
        (place(here, one.number), allow::<Revise>(right.actor(), right.roles(), here.ended_at.is_some()));
    let team = one.team.and_then(|team| seen.names.team(team));
    let named_in = |part: Part| {
        let names = content.named(part).iter().map(|holder| named(seen.holder(*holder), lang));
        (part, names.collect::<Vec<String>>())
    };
    let findings = seen.findings(tx, one)?;
    Ok(Page {
        frame: Frame::within(tx, &visit.clone().at(place.clone()), here, right.roles(), Some(Tab::Sprints))?,
        ways: ways(here, right.roles(), None),
        list: format!("/h/{}", here.slug),
        place,
        number: one.number,
        title: Words::typed(content.title.as_str(), lang),
        tag: status(content.status),
        at: watch.ago(one.decided_at.unwrap_or(one.created_at)),
        team: team.map(|(slug, name)| (slug.to_string(), Words::of(name, lang))),
        topic: content.topic.and_then(|id| seen.names.topic(id)).map(|(_, name)| Words::of(name, lang)),
        sprint: seen.sprint(content),
        context: Prose::of(content.context.as_str()),
        options: content
            .options
            .iter()
            .map(|option| {
                (
                    Words::typed(option.title.as_str(), lang),
                    option.notes.as_ref().map(|notes| Prose::of(notes.as_str())),
                )
            })
            .collect(),
        outcome: content.outcome.as_ref().map(|outcome| Prose::of(outcome.as_str())),
        parts: [Part::Decided, Part::Consulted, Part::Informed].map(named_in).into(),
        questions: seen.questions(content).map(|question| linked(question, here, lang)).collect(),
        superseded: content.superseded_by.is_some(),
        successor: seen.successor(content).map(|(number, title)| (*number, Words::typed(title.as_str(), lang))),
        findings: findings.into_iter().map(|found| missing(found, lang)).collect(),
        history: history(tx, right.on(), &watch)?,
        may_revise: may.is_ok(),
        successor_field: by_another(&again),
        obstacles: again.obstacles,
    })
}

fn by_another(again: &Again) -> Entry {
    let label = Sentence::fixed("Number of the decision that takes its place", "대신하는 결정의 번호");
    again.entry("", "superseded_by", label, "").slim()
}

fn missing(finding: decision::Finding, lang: Lang) -> Missing {
    let informed = finding.part == Part::Informed;
    Missing {
        words: finding.message.text(lang).to_owned(),
        part: if informed { "informed" } else { "consulted" },
        holder: sent(finding.holder),
        informed,
    }
}

/// A holder as a form sends it.
pub fn sent(holder: Holder) -> String {
    holder.id().map_or("role:team_mentor".to_owned(), |id| format!("{}:{id}", holder.kind()))
}

/// A holder as it is named in a change.
fn said(of: Holder) -> Result<HolderSaid> {
    holder(&sent(of))
}

fn history(tx: &mut Tx, at: &Here, watch: &Watch) -> Result<Vec<(String, String, When)>> {
    let rows = store::history(tx, &at.item, &PageRequest { limit: SHOWN, after: None })?;
    let mut wanted = Wanted::default();
    rows.iter().for_each(|row| wanted.member(row.by));
    let names = wanted.read(tx, at.parent.id)?;
    let entry = |row: decision::Change| {
        let fields: Vec<&str> = row.changed.iter().map(|field| called(field, watch.lang)).collect();
        let what = match row.version {
            1 => watch.lang.either("recorded", "기록").to_owned(),
            _ => fields.join(", "),
        };
        (names.member(row.by).to_string(), what, watch.ago(row.at))
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// What a field of a decision is called.
fn called(field: &str, lang: Lang) -> &'static str {
    let (en, ko) = match field {
        "title" => ("title", "제목"),
        "context" => ("context", "배경"),
        "options" => ("options", "선택지"),
        "outcome" => ("outcome", "결과"),
        "status" => ("where it stands", "상태"),
        "superseded_by" => ("what takes its place", "대신하는 결정"),
        "topic" => ("topic", "주제"),
        "sprint" => ("sprint", "스프린트"),
        "decided_by" => ("who decided", "결정한 사람"),
        "consulted" => ("who was consulted", "의견을 낸 사람"),
        "informed" => ("who was informed", "소식을 받은 사람"),
        "questions" => ("questions", "질문"),
        _ => ("something", "기타"),
    };
    lang.either(en, ko)
}

/// `GET /h/{hackathon}/decisions/{decision}/file`: the decision as a record in Markdown.
pub async fn file(visit: Visit, may: May<See, Here>) -> Shown {
    let record = may.read(move |tx, right| {
        let one = &right.on().item;
        Ok((adr::file_name(one), adr::write(one, &seen(tx, right.user(), one)?, visit.lang)))
    });
    let (name, text) = record.await?;
    Ok(markdown(&name, text))
}

/// `POST /h/{hackathon}/decisions/{decision}/supersede`: another one takes its place.
pub async fn supersede(visit: Visit, may: May<Revise, Here>, see: May<See, Here>, Form(typed): Form<Typed>) -> Shown {
    let number = typed.get("superseded_by").trim().trim_start_matches('#').to_owned();
    let to = Revision { superseded_by: Patch::Set(number), ..Revision::default() };
    let done = may.write(move |tx, right| revised(tx, right, to)).await;
    after(visit, see, typed, done).await
}

/// `POST /h/{hackathon}/decisions/{decision}/restore`: it holds again.
pub async fn restore(visit: Visit, may: May<Revise, Here>, see: May<See, Here>) -> Shown {
    let to = Revision { superseded_by: Patch::Clear, ..Revision::default() };
    let done = may.write(move |tx, right| revised(tx, right, to)).await;
    after(visit, see, Typed::default(), done).await
}

/// `POST /h/{hackathon}/decisions/{decision}/name`: somebody who had a part in it after all.
pub async fn name(visit: Visit, may: May<Revise, Here>, see: May<See, Here>, Form(typed): Form<Typed>) -> Shown {
    let (informed, who) = (typed.get("part") == "informed", typed.get("holder").trim().to_owned());
    let done = may.write(move |tx, right| {
        let content = &right.on().item.content;
        let now = content.named(if informed { Part::Informed } else { Part::Consulted });
        let mut all = now.iter().map(|one| said(*one)).collect::<Result<Vec<_>>>()?;
        all.push(holder(&who)?);
        let to = match informed {
            true => Revision { informed: Some(all), ..Revision::default() },
            false => Revision { consulted: Some(all), ..Revision::default() },
        };
        revised(tx, right, to)
    });
    after(visit, see, typed, done.await).await
}

fn revised(tx: &mut Tx, right: &Right<Revise, Here>, to: Revision) -> Result<String> {
    let Within { parent, item } = right.on();
    decision::revise(tx, parent, item, right.user(), to)?;
    Ok(place(parent, item.number))
}

async fn after(visit: Visit, see: May<See, Here>, typed: Typed, done: Result<String>) -> Shown {
    match done {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => drawn(visit.clone(), see, Again::of(refusal, visit.lang, "", typed)?).await,
    }
}
