//! Follow-ups: what continues, who sees to it, and which check is due.

pub mod one;

use actix_web::http::StatusCode;
use askama::Template;

use super::{frame, ways};
use crate::access::policy::{FollowUp as Tend, PlanFollowUp, See};
use crate::access::{Item, May, Right, allow};
use crate::base::page::every;
use crate::base::{Lang, Result, Sentence, Text, say};
use crate::db::Tx;
use crate::follow_up::{Check, CheckState, FollowUp, store};
use crate::hackathon::Hackathon;
use crate::pages::brief::meaning;
use crate::pages::frame::{Frame, Visit, Way};
use crate::pages::prose::Prose;
use crate::pages::time::{Watch, When, date};
use crate::pages::words::{Tag, Words};
use crate::pages::{Shown, page};
use crate::team::{self, Team};

#[derive(Template)]
#[template(path = "after/follow_ups.html")]
struct Page {
    frame: Frame,
    place: String,
    ways: Vec<Way>,
    plans: bool,
    rows: Vec<Row>,
}

/// A follow-up as it is read.
pub struct Row {
    id: String,
    title: Words,
    owner: String,
    own: bool,
    team: Option<Words>,
    ambition: Sentence,
    gate: Option<Words>,
    gate_on: Option<String>,
    checks: Vec<Line>,
    /// The first check that waits, for who may say what was found.
    due: Option<i32>,
}

/// A check as it is read.
pub struct Line {
    days: i32,
    on: String,
    tag: Tag,
    outcome: Option<Prose>,
    at: Option<When>,
}

/// A follow-up as it is read on this day by who may tend it or not.
pub fn row(of: &FollowUp, (tends, own): (bool, bool), teams: &[Team], watch: &Watch) -> Row {
    let lang = watch.lang;
    let facts = &of.facts;
    let team = facts.team.and_then(|id| teams.iter().find(|one| one.id == id));
    let checks = of.checks(watch.today());
    let waits = checks.iter().find(|one| matches!(one.state, CheckState::Due | CheckState::Overdue));
    Row {
        id: of.id.to_string(),
        title: Words::typed(facts.title.as_str(), lang),
        owner: of.display_name.to_string(),
        own,
        team: team.map(|one| Words::of(&one.name, lang)),
        ambition: meaning(facts.ambition).0,
        gate: facts.next_gate.as_ref().map(Text::as_str).map(|text| Words::typed(text, lang)),
        gate_on: facts.gate_on.map(|on| date(on, lang)),
        due: waits.filter(|_| tends).map(|one| one.days),
        checks: checks.iter().map(|one| line(one, watch)).collect(),
    }
}

fn line(of: &Check, watch: &Watch) -> Line {
    let (class, text) = match of.state {
        CheckState::Upcoming => ("", Sentence::fixed("To come", "예정")),
        CheckState::Due => ("waiting", Sentence::fixed("Due", "할 때")),
        CheckState::Overdue => ("error", Sentence::fixed("Overdue", "지남")),
        CheckState::Done => ("answered", Sentence::fixed("Done", "마침")),
    };
    Line {
        days: of.days,
        on: date(of.due_on, watch.lang),
        tag: Tag { class, text },
        outcome: of.outcome.as_ref().map(|text| Prose::of(text.as_str())),
        at: of.checked_at.map(|at| watch.ago(at)),
    }
}

/// What a check after so many days is called.
fn after(days: i32, lang: Lang) -> String {
    say!("After {days} days", "{days}일 뒤").text(lang).to_owned()
}

impl Line {
    fn called(&self, lang: &Lang) -> String {
        after(self.days, *lang)
    }
}

/// `GET /h/{hackathon}/after/follow-ups`: those with a check that waits first.
pub async fn show(visit: Visit, may: May<See, Hackathon>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| whole(tx, right, &visit));
    page(StatusCode::OK, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<See, Hackathon>, visit: &Visit) -> Result<Page> {
    let here = right.on();
    let ended = here.ended_at.is_some();
    let watch = visit.watch(here);
    let teams = team::store::all(tx, here.id)?;
    let found = every(|page| store::list(tx, here.id, page), |one: &FollowUp| one.id.uuid())?;
    let mut rows = Vec::new();
    for one in &found {
        let roles = one.roles_in(tx, here, right.actor(), right.roles())?;
        let tends = allow::<Tend>(right.actor(), roles, ended).is_ok();
        rows.push(row(one, (tends, one.user == right.user()), &teams, &watch));
    }
    let waits = |row: &Row| row.checks.iter().any(|one| ["waiting", "error"].contains(&one.tag.class));
    rows.sort_by_key(|row| !waits(row));
    Ok(Page {
        frame: frame(tx, visit, here, right.roles(), "/after/follow-ups")?,
        place: format!("/h/{}/after/follow-ups", here.slug),
        ways: ways(here, right.roles(), "/after/follow-ups"),
        plans: allow::<PlanFollowUp>(right.actor(), right.roles(), ended).is_ok(),
        rows,
    })
}
