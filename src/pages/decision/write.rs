//! Writing a decision down, and changing what was written: one form for both.

mod form;

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::one::{Here, place, sent};
use crate::access::policy::{Change, Record, Revise};
use crate::access::{Actor, Item, May, Right, Roles, Within, allow};
use crate::base::{Error, Key, Lang, Patch, Result, Sentence, Text};
use crate::consortium::member;
use crate::db::Tx;
use crate::decision::{self, Content, Decision, New, Part, Revision, Seen, Status};
use crate::hackathon::Hackathon;
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::sprint::board::may_report;
use crate::pages::{Shown, page, see_other};
use crate::question::{self, Standing};
use crate::{team, topic};
use form::{PARTS, Read, boxes, read};

/// The columns of an option.
const COLUMNS: [&str; 2] = ["title", "notes"];

#[derive(Template)]
#[template(path = "decision/write.html")]
struct Page {
    frame: Frame,
    list: String,
    action: String,
    obstacles: Vec<Obstacle>,
    mark: Option<String>,
    /// The decision that is changed; none: a new one.
    number: Option<i32>,
    superseded: bool,
    /// Whose it may be, where there is something to choose.
    whose: Option<Entry>,
    /// Whether there is nobody for whom one could record it.
    outside: bool,
    form: form::Form,
}

/// What is known before it is written: the question that led to it, its topic, its team.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Start {
    question: String,
    topic: String,
    team: String,
}

/// `GET /h/{hackathon}/decisions/add?question=&topic=&team=`
pub async fn add(visit: Visit, may: May<Record, Hackathon>, web::Query(start): web::Query<Start>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let begun = begun(tx, right, &start)?;
        new_page(tx, right, &visit, Again::kept(begun))
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

/// What a question that led to it says of it already.
fn begun(tx: &mut Tx, right: &Right<Record, Hackathon>, start: &Start) -> Result<Typed> {
    let here = right.on();
    let own = member::acting(tx, here.id, right.user())?;
    let typed = Typed::default().with("status", Status::Accepted.word()).with("team", &start.team);
    let typed = typed.with(boxes(Part::Decided), format!("member:{}", own.id));
    let standing = Standing::load(tx, here.id, right.user())?;
    let asked = Key::parse(&start.question).map(|key| question::store::find(tx, here.id, &key)).transpose()?.flatten();
    let seen = asked.filter(|one| standing.is_some_and(|standing| !standing.roles_to(one).is_empty()));
    let Some(asked) = seen else { return Ok(typed.with("topic", &start.topic)) };
    let all = topic::store::all(tx, here.id)?;
    let about = all.into_iter().find(|one| Some(one.id) == asked.topic).map(|one| one.facts.slug.to_string());
    let chosen = Some(start.topic.clone()).filter(|topic| !topic.is_empty()).or(about);
    Ok(typed.maybe("topic", chosen).with("questions", asked.number))
}

fn new_page(tx: &mut Tx, right: &Right<Record, Hackathon>, visit: &Visit, again: Again) -> Result<Page> {
    let here = right.on();
    let list = format!("/h/{}/decisions", here.slug);
    let visit = visit.clone().at(format!("{list}/add"));
    let (who, lang) = ((right.actor(), right.roles()), visit.lang);
    let teams = team::store::all(tx, here.id)?.into_iter().filter(|team| may_report(team, who, here));
    let teams: Vec<_> = teams.map(|team| (team.slug.to_string(), team.name.text(lang).to_owned())).collect();
    let outside = teams.is_empty() && !runs(who);
    let whose = whose(&again, teams, runs(who), lang);
    Ok(Page { whose, outside, action: list, ..whole(tx, here, who.1, &visit, again)? })
}

fn whose(again: &Again, teams: Vec<(String, String)>, everybody: bool, lang: Lang) -> Option<Entry> {
    let entry = |en, ko| again.entry("", "team", Sentence::fixed(en, ko), "");
    if everybody {
        let all = (String::new(), lang.either("The whole hackathon's", "해커톤 전체").to_owned());
        return Some(entry("Whose decision", "누구의 결정").among(std::iter::once(all).chain(teams).collect()));
    }
    (teams.len() > 1).then(|| entry("Of which team", "어느 팀의 결정").among(teams))
}

fn runs((actor, roles): (&Actor, Roles)) -> bool {
    allow::<Change>(actor, roles, false).is_ok()
}

/// The form, as far as it is the same for a new decision and one that is changed.
fn whole(tx: &mut Tx, here: &Hackathon, roles: Roles, visit: &Visit, again: Again) -> Result<Page> {
    Ok(Page {
        frame: Frame::within(tx, visit, here, roles, Some(Tab::Sprints))?,
        list: format!("/h/{}/decisions", here.slug),
        action: String::new(),
        mark: None,
        number: None,
        superseded: false,
        whose: None,
        outside: false,
        form: form::Form::load(tx, here, &again, visit.lang)?,
        obstacles: again.obstacles,
    })
}

/// A refused form. What stands in the way of one of many stands above all of them.
fn refused(refusal: Error, lang: Lang, typed: Typed) -> Result<Again> {
    let mut again = Again::of(refusal, lang, "", typed)?;
    let lists = || PARTS.into_iter().chain(["questions"]);
    for one in &mut again.obstacles {
        if let Some(list) = lists().find(|list| one.field.starts_with(&format!("{list}/"))) {
            one.field = list.to_owned();
        }
    }
    Ok(again)
}

fn named(typed: &Typed, name: &str) -> Option<String> {
    typed.filled(name).map(str::to_owned)
}

/// `POST /h/{hackathon}/decisions`
pub async fn create(
    visit: Visit,
    may: May<Record, Hackathon>,
    again: May<Record, Hackathon>,
    Form(typed): Form<Typed>,
) -> Shown {
    let (typed, lang) = (typed.closed_up("options", &COLUMNS), visit.lang);
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let new = new(read(&said)?, &said);
        let made = decision::record(tx, right.on(), (right.user(), right.roles()), new)?;
        Ok(place(right.on(), made.number))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let refused = refused(refusal, lang, typed)?;
            let status = refused.status;
            page(status, lang, &again.read(move |tx, right| new_page(tx, right, &visit, refused)).await?)
        }
    }
}

fn new(read: Read, typed: &Typed) -> New {
    let Read { title, context, options, outcome, status, parts: [decided_by, consulted, informed], questions } = read;
    New {
        team: named(typed, "team"),
        title,
        context,
        options,
        outcome,
        status: status.unwrap_or(Status::Proposed),
        topic: named(typed, "topic"),
        sprint: named(typed, "sprint"),
        decided_by,
        consulted,
        informed,
        questions,
    }
}

/// `GET /h/{hackathon}/decisions/{decision}/edit`
pub async fn edit(visit: Visit, may: May<Revise, Here>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let held = held(tx, right)?;
        edit_page(tx, right, &visit, Again::kept(held))
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

/// What was written, as it is typed.
fn held(tx: &mut Tx, right: &Right<Revise, Here>) -> Result<Typed> {
    let Within { parent: here, item: one } = right.on();
    let standing = Standing::load(tx, here.id, right.user())?.ok_or(Error::NotFound)?;
    let seen = Seen::load(tx, here.id, &standing, std::slice::from_ref(one))?;
    let Content { title, context, outcome, status, options, .. } = &one.content;
    let numbers: Vec<String> = seen.questions(&one.content).map(|asked| asked.number.to_string()).collect();
    let slug = one.content.topic.and_then(|id| seen.names.topic(id)).map(|(slug, _)| slug);
    let mut typed = Typed::default()
        .with("title", title)
        .with("context", context)
        .with("status", status.word())
        .with("questions", numbers.join(", "))
        .maybe("outcome", outcome.as_ref())
        .maybe("topic", slug)
        .maybe("sprint", seen.sprint(&one.content));
    for (row, option) in options.iter().enumerate() {
        typed = typed.with(format!("options/{row}/title"), &option.title);
        typed = typed.with(format!("options/{row}/notes"), option.notes.as_ref().map_or("", Text::as_str));
    }
    for part in [Part::Decided, Part::Consulted, Part::Informed] {
        typed = one.content.named(part).iter().fold(typed, |typed, holder| typed.with(boxes(part), sent(*holder)));
    }
    Ok(typed)
}

fn edit_page(tx: &mut Tx, right: &Right<Revise, Here>, visit: &Visit, again: Again) -> Result<Page> {
    let Within { parent: here, item: one } = right.on();
    let action = format!("{}/edit", place(here, one.number));
    let visit = visit.clone().at(action.clone());
    let superseded = one.content.status == Status::Superseded;
    let form = whole(tx, here, right.roles(), &visit, again)?;
    Ok(Page { action, mark: one.tag(), number: Some(one.number), superseded, ..form })
}

/// `POST /h/{hackathon}/decisions/{decision}/edit`
pub async fn change(visit: Visit, may: May<Revise, Here>, again: May<Revise, Here>, Form(typed): Form<Typed>) -> Shown {
    let (typed, lang) = (typed.closed_up("options", &COLUMNS), visit.lang);
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        unchanged(&said, item.tag())?;
        let to = revision(item, read(&said)?, &said);
        decision::revise(tx, parent, item, right.user(), to)?;
        Ok(place(parent, item.number))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let refused = refused(refusal, lang, typed)?;
            let status = refused.status;
            page(status, lang, &again.read(move |tx, right| edit_page(tx, right, &visit, refused)).await?)
        }
    }
}

/// All that the form says. Where it stands is not asked of a decision that was superseded.
fn revision(of: &Decision, read: Read, typed: &Typed) -> Revision {
    let Read { title, context, options, outcome, status, parts: [decided_by, consulted, informed], questions } = read;
    Revision {
        title: Some(title),
        context: Some(context),
        options: Some(options),
        outcome: outcome.map_or(Patch::Clear, Patch::Set),
        status: status.filter(|_| of.content.status != Status::Superseded),
        superseded_by: Patch::Keep,
        topic: named(typed, "topic").map_or(Patch::Clear, Patch::Set),
        sprint: named(typed, "sprint").map_or(Patch::Clear, Patch::Set),
        decided_by: Some(decided_by),
        consulted: Some(consulted),
        informed: Some(informed),
        questions: Some(questions),
    }
}
