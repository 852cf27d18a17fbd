//! The questions of a hackathon, by state, topic, team and words.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use super::standing;
use super::view::Item;
use crate::access::policy::{Ask, SeeQuestions};
use crate::access::{May, Right, allow};
use crate::base::{Key, Page as Listed, PageRequest, Result};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::pages::form::{filled, query};
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::live::Live;
use crate::pages::words::{Words, state_word};
use crate::pages::{Shown, page};
use crate::question::store::list::{self, Filter};
use crate::question::{self, Standing, StateWord, store};
use crate::{team, topic};

/// Which questions are wanted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    q: String,
    state: String,
    topic: String,
    team: String,
    mine: String,
    cursor: String,
}

/// A list to choose from: value, label, and whether it is chosen.
type Choice = Vec<(String, Words, bool)>;

#[derive(Template)]
#[template(path = "question/list.html")]
struct Page {
    frame: Frame,
    place: String,
    wanted: Wanted,
    states: Choice,
    topics: Choice,
    teams: Choice,
    items: Vec<Item>,
    next: Option<String>,
    may_ask: bool,
    narrowed: bool,
    live: Live,
}

const LIST: &str = "questions";

/// `GET /h/{hackathon}/questions`
pub async fn show(visit: Visit, may: May<SeeQuestions, Hackathon>, Query(wanted): Query<Wanted>) -> Shown {
    let request = PageRequest::parse(LIST, None, filled(&wanted.cursor))?;
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| drawn(tx, right, &visit, wanted, request));
    page(StatusCode::OK, lang, &drawn.await?)
}

fn drawn(
    tx: &mut Tx,
    right: &Right<SeeQuestions, Hackathon>,
    visit: &Visit,
    wanted: Wanted,
    request: PageRequest,
) -> Result<Page> {
    let (here, lang) = (right.on(), visit.lang);
    let standing = standing(tx, here.id, right.user())?;
    let filter = filter(tx, here, &wanted)?;
    let rows = list::list(tx, here.id, &standing, &filter, &request)?;
    let Listed { items, next } = Listed::of(LIST, &request, rows, |row| row.id.uuid());
    let teams = team::store::all(tx, here.id)?;
    let teams =
        teams.iter().map(|one| (one.slug.to_string(), Words::of(&one.name, lang), one.slug.as_str() == wanted.team));
    let topics = topic::store::all(tx, here.id)?;
    let topics = topics.iter().map(|one| {
        (one.facts.slug.to_string(), Words::of(&one.facts.name, lang), one.facts.slug.as_str() == wanted.topic)
    });
    let state =
        |one: &StateWord| (one.word().to_owned(), Words::name(state_word(*one).text(lang)), one.word() == wanted.state);
    Ok(Page {
        frame: Frame::within(tx, visit, here, right.roles(), Some(Tab::Questions))?,
        place: format!("/h/{}", here.slug),
        states: StateWord::ALL.iter().map(state).collect(),
        topics: topics.collect(),
        teams: teams.collect(),
        items: shown(tx, right, &standing, &items, visit)?,
        live: Live::of(tx, here)?,
        next: next.map(|cursor| address(&wanted, &cursor)),
        may_ask: allow::<Ask>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok(),
        narrowed: [&wanted.q, &wanted.state, &wanted.topic, &wanted.team, &wanted.mine]
            .iter()
            .any(|one| !one.is_empty()),
        wanted,
    })
}

fn shown(
    tx: &mut Tx,
    right: &Right<SeeQuestions, Hackathon>,
    standing: &Standing,
    questions: &[question::Question],
    visit: &Visit,
) -> Result<Vec<Item>> {
    let names = store::names::of(tx, questions)?;
    let watch = visit.watch(right.on());
    let seen = (right.on(), right.actor(), standing);
    Ok(questions.iter().map(|one| Item::of(one, &names, seen, &watch)).collect())
}

/// What cannot be meant is left aside: a filter in an old address shows more rather than nothing.
fn filter(tx: &mut Tx, here: &Hackathon, wanted: &Wanted) -> Result<Filter> {
    let topic = filled(&wanted.topic).and_then(Key::parse);
    let topic = topic.map(|key| topic::store::find(tx, here.id, &key)).transpose()?.flatten();
    let team = filled(&wanted.team).and_then(Key::parse);
    let team = team.map(|key| team::store::find(tx, here.id, &key)).transpose()?.flatten();
    Ok(Filter {
        states: StateWord::from_word(&wanted.state).into_iter().collect(),
        topic: topic.map(|topic| topic.id),
        team: team.map(|team| team.id),
        words: question::terms(&wanted.q),
        mine: !wanted.mine.is_empty(),
        ..Filter::default()
    })
}

/// The address of the next part of the same list.
fn address(wanted: &Wanted, cursor: &str) -> String {
    let Wanted { q, state, topic, team, mine, .. } = wanted;
    let fields =
        [("q", q.as_str()), ("state", state), ("topic", topic), ("team", team), ("mine", mine), ("cursor", cursor)];
    let given = fields.into_iter().filter(|(_, value)| !value.is_empty());
    format!("?{}", given.map(|(name, value)| format!("{name}={}", query(value))).collect::<Vec<_>>().join("&"))
}
