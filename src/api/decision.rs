//! `/v1/hackathons/{hackathon}/decisions`: what was chosen, and why.

mod view;

use actix_web::HttpRequest;
use actix_web::http::header::{Accept, Header as _};
use serde::Deserialize;

use super::reader::Reader;
use super::seen::PersonView;
use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Record, Revise, See};
use crate::access::{Answer, May, Within};
use crate::base::{Error, Id, Instant, Name, Page, Patch, Result, Text, given, say};
use crate::consortium::HolderSaid;
use crate::db::Tx;
use crate::decision::store::Filter;
use crate::decision::{self, Choice, Decision, New, Revision, Seen, Status, adr, store};
use crate::hackathon::Hackathon;
use crate::question::store::names::Wanted as WantedNames;
use crate::question::{self, Standing};
use crate::{sprint, team, topic};

const LIST: &str = "decisions";
const HISTORY: &str = "decision-history";
const MARKDOWN: &str = "text/markdown";

type Here = Within<Hackathon, Decision>;

/// Whether a record is wanted rather than JSON: the first of the two in `Accept`.
fn wants_record(req: &HttpRequest) -> bool {
    let ranked = Accept::parse(req).map(|accept| accept.ranked()).unwrap_or_default();
    let known = ranked.iter().map(|kind| kind.essence_str());
    let mut known = known.filter(|kind| [MARKDOWN, "application/json", "application/*", "*/*"].contains(kind));
    known.next() == Some(MARKDOWN)
}

/// An answer in Markdown.
fn markdown(text: String, name: &str) -> Answer {
    Answer { status: 200, headers: Vec::new(), body: text.into_bytes() }
        .header("Content-Type", "text/markdown; charset=utf-8")
        .header("Content-Disposition", format!("inline; filename=\"{name}\""))
        .header("Vary", "Accept, Accept-Language")
}

/// Which decisions are listed.
#[derive(Deserialize)]
pub struct Wanted {
    team: Option<String>,
    topic: Option<String>,
    sprint: Option<String>,
    question: Option<String>,
    status: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

impl Wanted {
    fn filter(&self, tx: &mut Tx, here: Id<Hackathon>, standing: &Standing) -> Result<Filter> {
        let team = self.team.as_deref().map(|key| team::named(tx, here, key, "/team")).transpose()?;
        let topic = self.topic.as_deref().map(|key| topic::named(tx, here, key, "/topic")).transpose()?;
        let sprint = self.sprint.as_deref().map(|key| sprint::named(tx, here, key, "/sprint")).transpose()?;
        let question = self.question.as_deref();
        let question = question.map(|key| question::named(tx, here, standing, key, "/question")).transpose()?;
        Ok(Filter {
            team: team.map(|team| team.id),
            topic: topic.map(|topic| topic.id),
            sprint: sprint.map(|sprint| sprint.id),
            question: question.map(|question| question.id),
            status: self.status.as_deref().map(status).transpose()?,
        })
    }
}

fn status(word: &str) -> Result<Status> {
    Status::from_word(word).ok_or_else(|| {
        let words = Status::ALL.iter().map(|status| status.word()).collect::<Vec<_>>().join(", ");
        Error::invalid(
            "/status",
            "value.unknown",
            say!("Write one of: {words}.", "다음 가운데 하나를 적으세요: {words}"),
        )
    })
}

/// `GET /v1/hackathons/{hackathon}/decisions`, the first one first; as JSON, or one record after the other in Markdown.
pub async fn list(
    req: HttpRequest,
    may: May<See, Hackathon>,
    Query(wanted): Query<Wanted>,
    Reader(lang): Reader,
) -> Answered {
    let (page, records) = (wanted.paging.of(LIST)?, wants_record(&req));
    let (found, text) = may
        .read(move |tx, right| {
            let here = right.on().id;
            let standing = Standing::load(tx, here, right.user())?.ok_or(Error::NotFound)?;
            let filter = wanted.filter(tx, here, &standing)?;
            let rows = store::list(tx, here, &standing, &filter, &page)?;
            let rows = Page::of(LIST, &page, rows, |row| row.id.uuid());
            let seen = Seen::load(tx, here, &standing, &rows.items)?;
            let text = records.then(|| adr::log(&rows.items, &seen, lang));
            let found = rows.items.iter().map(|row| view::view(&seen, tx, row)).collect::<Result<Vec<_>>>()?;
            Ok((Page { items: found, next: rows.next }, text))
        })
        .await?;
    match text {
        Some(text) => Ok(answer::linked(&req, markdown(text, "decisions.md"), found.next.as_deref())),
        None => Ok(answer::page(&req, &found)?.header("Vary", "Accept")),
    }
}

/// A new decision.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    team: Option<String>,
    title: Name,
    context: Text,
    #[serde(default)]
    options: Vec<Choice>,
    outcome: Option<Text>,
    status: Option<Status>,
    topic: Option<String>,
    sprint: Option<String>,
    #[serde(default)]
    decided_by: Vec<HolderSaid>,
    #[serde(default)]
    consulted: Vec<HolderSaid>,
    #[serde(default)]
    informed: Vec<HolderSaid>,
    #[serde(default)]
    questions: Vec<String>,
}

impl NewDecision {
    fn said(self) -> New {
        let NewDecision { team, title, context, options, outcome, status, topic, sprint, .. } = self;
        let NewDecision { decided_by, consulted, informed, questions, .. } = self;
        let status = status.unwrap_or(Status::Proposed);
        New {
            team,
            title,
            context,
            options,
            outcome,
            status,
            topic,
            sprint,
            decided_by,
            consulted,
            informed,
            questions,
        }
    }
}

/// `POST /v1/hackathons/{hackathon}/decisions`
pub async fn create(may: May<Record, Hackathon>, Body(sent): Body<NewDecision>) -> Answered {
    may.post(sent.map(|new, _| new.said()), |tx, right, new| {
        let here = right.on();
        let made = decision::record(tx, here, (right.user(), right.roles()), new)?;
        let place = format!("/v1/hackathons/{}/decisions/{}", here.slug, made.number);
        Ok(Answer { status: 201, ..view::shown(tx, right.user(), &made)? }.header("Location", place))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/decisions/{decision}`: as JSON, or as a record in Markdown.
pub async fn show(req: HttpRequest, may: May<See, Here>, Reader(lang): Reader) -> Answered {
    let record = wants_record(&req);
    may.read(move |tx, right| {
        let decision = &right.on().item;
        if record {
            let (text, name, tag) = view::record(tx, right.user(), decision, lang)?;
            return Ok(markdown(text, &name).tagged(Some(tag)));
        }
        Ok(view::shown(tx, right.user(), decision)?.header("Vary", "Accept"))
    })
    .await
}

/// A change of a decision.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionPatch {
    #[serde(default, deserialize_with = "given")]
    title: Option<Name>,
    #[serde(default, deserialize_with = "given")]
    context: Option<Text>,
    #[serde(default, deserialize_with = "given")]
    options: Option<Vec<Choice>>,
    #[serde(default)]
    outcome: Patch<Text>,
    #[serde(default, deserialize_with = "given")]
    status: Option<Status>,
    #[serde(default)]
    superseded_by: Patch<String>,
    #[serde(default)]
    topic: Patch<String>,
    #[serde(default)]
    sprint: Patch<String>,
    #[serde(default, deserialize_with = "given")]
    decided_by: Option<Vec<HolderSaid>>,
    #[serde(default, deserialize_with = "given")]
    consulted: Option<Vec<HolderSaid>>,
    #[serde(default, deserialize_with = "given")]
    informed: Option<Vec<HolderSaid>>,
    #[serde(default, deserialize_with = "given")]
    questions: Option<Vec<String>>,
}

impl DecisionPatch {
    fn revision(self) -> Revision {
        let DecisionPatch { title, context, options, outcome, status, superseded_by, topic, sprint, .. } = self;
        let DecisionPatch { decided_by, consulted, informed, questions, .. } = self;
        Revision {
            title,
            context,
            options,
            outcome,
            status,
            superseded_by,
            topic,
            sprint,
            decided_by,
            consulted,
            informed,
            questions,
        }
    }
}

/// `PATCH /v1/hackathons/{hackathon}/decisions/{decision}`
pub async fn change(may: May<Revise, Here>, Body(sent): Body<DecisionPatch>) -> Answered {
    let to = sent.value.revision();
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let changed = decision::revise(tx, parent, item, right.user(), to)?;
        view::shown(tx, right.user(), &changed)
    })
    .await
}

/// An entry of a decision's history as callers see it.
#[derive(serde::Serialize)]
struct ChangeView {
    version: i64,
    changed: Vec<String>,
    by: PersonView,
    at: Instant,
}

/// `GET /v1/hackathons/{hackathon}/decisions/{decision}/history`, the first entry first.
pub async fn history(req: HttpRequest, may: May<See, Here>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(HISTORY)?;
    let found = may
        .read(move |tx, right| {
            let Within { parent, item } = right.on();
            let rows = Page::of(HISTORY, &page, store::history(tx, item, &page)?, store::place);
            let mut wanted = WantedNames::default();
            rows.items.iter().for_each(|row| wanted.member(row.by));
            let names = wanted.read(tx, parent.id)?;
            Ok(rows.map(|row| {
                let by = PersonView::of(&names, row.by);
                ChangeView { version: row.version, changed: row.changed, by, at: row.at }
            }))
        })
        .await?;
    answer::page(&req, &found)
}
