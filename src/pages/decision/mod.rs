//! Decisions: what was chosen, why, and who had a part in it.

pub mod one;
pub mod write;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::form::{filled, query};
use super::frame::{Frame, Tab, Visit, Way};
use super::sprint::{Part, may_still, ways};
use super::time::{Watch, When};
use super::words::{Tag, Words};
use super::{Shown, page};
use crate::access::policy::{Record, See};
use crate::access::{May, Right};
use crate::base::page::every;
use crate::base::{Error, Key, Page as Listed, PageRequest, Result, Sentence};
use crate::db::Tx;
use crate::decision::store::{self, Filter};
use crate::decision::{Decision, Seen, Status, adr};
use crate::hackathon::Hackathon;
use crate::question::{self, Standing};
use crate::team;

const LIST: &str = "decisions";
/// The most that are shown on a page.
const SHOWN: i64 = 50;

#[derive(Template)]
#[template(path = "decision/list.html")]
struct Page {
    frame: Frame,
    ways: Vec<Way>,
    place: String,
    /// Each filter with whether it is chosen.
    filters: Vec<(&'static str, Sentence, bool)>,
    narrowed: bool,
    decisions: Vec<Line>,
    next: Option<String>,
    may_record: bool,
}

/// A decision in a list.
pub struct Line {
    /// Its page.
    pub place: String,
    /// Its number.
    pub number: i32,
    /// What it is about.
    pub title: Words,
    /// Where it stands.
    pub tag: Tag,
    /// Whose it is; none: the whole hackathon's.
    pub team: Option<Words>,
    /// What it is about.
    pub topic: Option<Words>,
    /// The sprint in which it was made.
    pub sprint: Option<i32>,
    /// When it was accepted, or recorded.
    pub at: When,
    /// How many should have had a part in it and had none.
    pub missing: usize,
}

/// Which decisions.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    status: String,
    team: String,
    question: String,
    cursor: String,
}

/// Where a decision stands, in a word.
pub fn status(of: Status) -> Tag {
    let (class, text) = match of {
        Status::Proposed => ("waiting", Sentence::fixed("Proposed", "제안")),
        Status::Accepted => ("answered", Sentence::fixed("Accepted", "결정됨")),
        Status::Superseded => ("closed", Sentence::fixed("Superseded", "대체됨")),
    };
    Tag { class, text }
}

/// `GET /h/{hackathon}/decisions?status=&team=&question=&cursor=`
pub async fn show(visit: Visit, may: May<See, Hackathon>, web::Query(wanted): web::Query<Wanted>) -> Shown {
    let request = PageRequest::parse(LIST, Some(SHOWN), filled(&wanted.cursor))?;
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| drawn(tx, right, &visit, &wanted, &request));
    page(StatusCode::OK, lang, &drawn.await?)
}

fn drawn(
    tx: &mut Tx,
    right: &Right<See, Hackathon>,
    visit: &Visit,
    wanted: &Wanted,
    request: &PageRequest,
) -> Result<Page> {
    let here = right.on();
    let standing = Standing::load(tx, here.id, right.user())?.ok_or(Error::NotFound)?;
    let filter = filter(tx, here, wanted)?;
    let narrowed = filter.status.is_some() || filter.team.is_some() || filter.question.is_some();
    let rows = store::list(tx, here.id, &standing, &filter, request)?;
    let Listed { items, next } = Listed::of(LIST, request, rows, |row| row.id.uuid());
    let place = format!("/h/{}/decisions", here.slug);
    let label = |one: Option<Status>| one.map_or(Sentence::fixed("All", "전체"), |one| status(one).text);
    let each = std::iter::once(None).chain(Status::ALL.iter().copied().map(Some));
    Ok(Page {
        frame: Frame::within(tx, visit, here, right.roles(), Some(Tab::Sprints))?,
        ways: ways(here, right.roles(), Some(Part::Decisions)),
        filters: each.map(|one| (one.map_or("", Status::word), label(one), one == filter.status)).collect(),
        narrowed,
        decisions: lines(tx, here, &standing, &items, &visit.watch(here))?,
        next: next.map(|cursor| {
            let [status, team, question] = [&wanted.status, &wanted.team, &wanted.question].map(|said| query(said));
            format!("{place}?status={status}&team={team}&question={question}&cursor={cursor}")
        }),
        may_record: may_still::<Record>(right),
        place,
    })
}

/// Decisions as they are listed.
pub fn lines(tx: &mut Tx, here: &Hackathon, standing: &Standing, all: &[Decision], watch: &Watch) -> Result<Vec<Line>> {
    let (seen, lang) = (Seen::load(tx, here.id, standing, all)?, watch.lang);
    let line = |one: &Decision| {
        Ok(Line {
            place: format!("/h/{}/decisions/{}", here.slug, one.number),
            number: one.number,
            title: Words::typed(one.content.title.as_str(), lang),
            tag: status(one.content.status),
            team: one.team.and_then(|team| seen.names.team(team)).map(|(_, name)| Words::of(name, lang)),
            topic: one.content.topic.and_then(|id| seen.names.topic(id)).map(|(_, name)| Words::of(name, lang)),
            sprint: seen.sprint(&one.content),
            at: watch.ago(one.decided_at.unwrap_or(one.created_at)),
            missing: seen.findings(tx, one)?.len(),
        })
    };
    all.iter().map(line).collect()
}

/// What cannot be meant is left aside: a filter in an old address shows more rather than nothing.
fn filter(tx: &mut Tx, here: &Hackathon, wanted: &Wanted) -> Result<Filter> {
    let team = filled(&wanted.team).and_then(Key::parse);
    let team = team.map(|key| team::store::find(tx, here.id, &key)).transpose()?.flatten();
    let asked = filled(&wanted.question).and_then(Key::parse);
    let asked = asked.map(|key| question::store::find(tx, here.id, &key)).transpose()?.flatten();
    Ok(Filter {
        team: team.map(|team| team.id),
        question: asked.map(|asked| asked.id),
        status: Status::from_word(&wanted.status),
        ..Filter::default()
    })
}

/// `GET /h/{hackathon}/decisions/file`: all that one may see, as records in Markdown.
pub async fn file(visit: Visit, may: May<See, Hackathon>) -> Shown {
    let text = may.read(move |tx, right| {
        let here = right.on().id;
        let standing = Standing::load(tx, here, right.user())?.ok_or(Error::NotFound)?;
        let filter = Filter::default();
        let list = |page: &PageRequest| store::list(tx, here, &standing, &filter, page);
        let all = every(list, |one: &Decision| one.id.uuid())?;
        Ok(adr::log(&all, &Seen::load(tx, here, &standing, &all)?, visit.lang))
    });
    Ok(markdown("decisions.md", text.await?))
}

/// A file in Markdown, to take away.
fn markdown(name: &str, text: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/markdown; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(text)
}
