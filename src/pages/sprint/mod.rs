//! Sprints: the timeline, what is late, how every team stands, and all of it day by day.

pub mod board;
pub mod burn_up;
pub mod check_in;
pub mod close;
pub mod one;
pub mod plan;
pub mod scope;
pub mod timeline;

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::frame::{Frame, Tab, Visit, Way};
use super::{Shown, page};
use crate::access::policy::{Change, See, SeeCapacity, SeeWork, Verb};
use crate::access::{May, Right, Roles, allow};
use crate::base::{Result, Sentence};
use crate::board::load;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::sprint;
use crate::team::{self, Team};
use board::{Late, Table, late};
use burn_up::Chart;
use timeline::Timeline;

/// The parts of what sprints are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// How teams stand.
    Board,
    /// Who has how much time.
    Capacity,
    /// What was chosen.
    Decisions,
    /// When one is away.
    Absences,
}

/// The ways among them that somebody with these roles has.
pub fn ways(here: &Hackathon, roles: Roles, at: Option<Part>) -> Vec<Way> {
    let all = [
        (Part::Board, "sprints", "Board", "현황판", Roles::MEMBER),
        (Part::Capacity, "capacity", "Capacity", "여력", SeeCapacity::BY),
        (Part::Decisions, "decisions", "Decisions", "결정", Roles::MEMBER),
        (Part::Absences, "absences", "My absences", "내 부재", Roles::MEMBER),
    ];
    let open = all.into_iter().filter(|(.., by)| by.meet(roles));
    let way = |(part, path, en, ko, _): (Part, &str, &'static str, &'static str, Roles)| Way {
        place: format!("/h/{}/{path}", here.slug),
        label: Sentence::fixed(en, ko),
        current: at == Some(part),
    };
    open.map(way).collect()
}

#[derive(Template)]
#[template(path = "sprint/sprints.html")]
struct Page {
    frame: Frame,
    ways: Vec<Way>,
    place: String,
    timeline: Timeline,
    may_change: bool,
    work: Option<Work>,
}

/// What is shown of teams to whoever sees some.
struct Work {
    late: Vec<Late>,
    table: Table,
    chart: Chart,
    chosen: Vec<(String, super::words::Words, bool)>,
}

impl Work {
    /// Whether the burn-up is that of one team.
    fn is_one(&self) -> bool {
        self.chosen.iter().any(|(.., chosen)| *chosen)
    }
}

/// Whose burn-up.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Whose {
    team: String,
}

/// `GET /h/{hackathon}/sprints?team=`
pub async fn show(visit: Visit, may: May<See, Hackathon>, web::Query(whose): web::Query<Whose>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let here = right.on();
        let all = sprint::store::all(tx, here.id)?;
        Ok(Page {
            frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Sprints))?,
            ways: ways(here, right.roles(), Some(Part::Board)),
            place: format!("/h/{}", here.slug),
            timeline: Timeline::of(here, &all, visit.watch(here).today(), lang),
            may_change: may_still::<Change>(right),
            work: work(tx, right, &visit, &whose.team)?,
        })
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

/// Whether one may do this here as well, as things stand.
pub fn may_still<V: Verb>(right: &Right<See, Hackathon>) -> bool {
    allow::<V>(right.actor(), right.roles(), right.on().ended_at.is_some()).is_ok()
}

fn work(tx: &mut Tx, right: &Right<See, Hackathon>, visit: &Visit, team: &str) -> Result<Option<Work>> {
    let here = right.on();
    if !may_still::<SeeWork>(right) {
        return Ok(None);
    }
    let seen = team::seen_by(tx, here.id, right.user(), right.roles())?;
    let mut teams = team::store::all(tx, here.id)?;
    teams.retain(|team| seen.as_ref().is_none_or(|seen| seen.contains(&team.id)));
    if teams.is_empty() {
        return Ok(None);
    }
    let watch = visit.watch(here);
    // A team that is not there, or not the reader's, is as good as none chosen.
    let team = if teams.iter().any(|one| one.slug.as_str() == team) { team } else { "" };
    let drawn_for: Vec<Team> =
        teams.iter().filter(|one| team.is_empty() || one.slug.as_str() == team).cloned().collect();
    let chosen = teams.iter().map(|one| {
        let name = super::words::Words::of(&one.name, visit.lang);
        (one.slug.to_string(), name, one.slug.as_str() == team)
    });
    let chosen = chosen.collect();
    let chart = Chart::load(tx, right, &drawn_for, &watch)?;
    let board = load(tx, here, teams)?;
    Ok(Some(Work { late: late(&board, right, &watch), table: Table::load(tx, right, &board, &watch)?, chart, chosen }))
}
