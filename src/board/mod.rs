//! The board: teams by sprints, with what they offered, planned, spent and reported. And the burn-up: the same day by day.

pub mod burn_up;
mod store;

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::absence::{self, Offer, Span, offered_minutes};
use crate::base::{Id, Instant, Result};
use crate::check_in::{self, CheckIn};
use crate::consortium::Member;
use crate::consortium::member::MemberState;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::sprint::store::scope::plans;
use crate::sprint::{self, Sprint};
use crate::team::Team;
use crate::words;

pub use burn_up::{BurnUp, burn_up};

words! {
    /// How a team stands in a sprint.
    Status / StatusShape {
        /// The sprint has not begun.
        Planned = "planned",
        /// It is under way, and nothing was reported yet.
        UnderWay = "under_way",
        /// The check-in is due today.
        Due = "due",
        /// The sprint is over, and the check-in is owed.
        Owed = "owed",
        /// The team has checked in.
        Reported = "reported",
        /// The team has checked in, after the sprint was over.
        ReportedLate = "reported_late",
    }
}

impl Status {
    /// How a team stands today that checked in on this day, or has not.
    pub fn of(sprint: Span, reported_on: Option<NaiveDate>, today: NaiveDate) -> Status {
        match reported_on {
            Some(on) if on > sprint.until => Status::ReportedLate,
            Some(_) => Status::Reported,
            None if today < sprint.from => Status::Planned,
            None if today < sprint.until => Status::UnderWay,
            None if today == sprint.until => Status::Due,
            None => Status::Owed,
        }
    }

    /// Whether the check-in came, or is still to come, after the sprint was over.
    pub fn is_late(self) -> bool {
        matches!(self, Status::Owed | Status::ReportedLate)
    }
}

/// A team in a sprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The sprint.
    pub sprint: Id<Sprint>,
    /// The team.
    pub team: Id<Team>,
    /// How it stands.
    pub status: Status,
    /// What was reported, if anything was.
    pub check_in: Option<CheckInFigures>,
    /// What its members offer in the sprint's days, in minutes.
    pub offered_minutes: i64,
    /// What it plans to spend, in minutes, if it said so.
    pub planned_minutes: Option<i32>,
    /// Questions that it asked in the sprint's days and that were not answered.
    pub open_questions: usize,
}

/// What a check-in says, as figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckInFigures {
    /// Its id.
    pub id: Id<CheckIn>,
    /// How much is done, 0 to 100.
    pub progress_percent: i32,
    /// What was spent, in minutes.
    pub spent_minutes: i32,
    /// How sure the team is, 1 to 5.
    pub confidence: i32,
    /// How many things stand in its way.
    pub blockers: usize,
}

impl From<&CheckIn> for CheckInFigures {
    fn from(of: &CheckIn) -> CheckInFigures {
        let check_in::Facts { progress_percent, spent_minutes, confidence, ref blockers, .. } = of.facts;
        CheckInFigures { id: of.id, progress_percent, spent_minutes, confidence, blockers: blockers.len() }
    }
}

/// Teams by sprints.
#[derive(Clone, Debug)]
pub struct Board {
    /// The sprints, in order.
    pub sprints: Vec<Sprint>,
    /// The teams.
    pub teams: Vec<Team>,
    /// A cell for each team in each sprint: team by team, in the order of the sprints.
    pub cells: Vec<Cell>,
}

impl Board {
    /// The cells of a team, in the order of the sprints.
    pub fn of(&self, team: Id<Team>) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(move |cell| cell.team == team)
    }

    /// The check-ins that are waited for, by team: those that are owed, and those that are due today. Who is reminded owes by the
    /// same rule.
    pub fn waited_for(&self) -> impl Iterator<Item = (&Cell, &Team, &Sprint)> {
        let waits = self.cells.iter().filter(|cell| matches!(cell.status, Status::Owed | Status::Due));
        waits.filter_map(|cell| {
            let team = self.teams.iter().find(|team| team.id == cell.team).filter(|team| owes(team))?;
            Some((cell, team, self.sprints.iter().find(|sprint| sprint.id == cell.sprint)?))
        })
    }

    /// Those of them that are owed: of sprints that are over.
    pub fn owed(&self) -> impl Iterator<Item = (&Team, &Sprint)> {
        self.waited_for().filter(|(cell, ..)| cell.status == Status::Owed).map(|(_, team, sprint)| (team, sprint))
    }
}

/// What a sprint's days are.
pub fn span(sprint: &Sprint) -> Span {
    Span { from: sprint.starts_on, until: sprint.ends_on }
}

/// The board of these teams.
pub fn load(tx: &mut Tx, here: &Hackathon, teams: Vec<Team>) -> Result<Board> {
    let sprints = sprint::store::all(tx, here.id)?;
    let offers = offers(tx, here, &teams)?;
    let planned: HashMap<_, _> =
        plans(tx, here.id)?.iter().map(|plan| ((plan.sprint, plan.team), plan.minutes)).collect();
    let given = check_in::store::all(tx, here.id)?;
    let given: HashMap<_, _> = given.iter().map(|one| ((one.sprint, one.team), one)).collect();
    let open = store::open_questions(tx, here.id)?;
    let today = here.date(tx.now());
    let cell = |team: &Team, sprint: &Sprint| {
        let (key, days) = ((sprint.id, team.id), span(sprint));
        let check_in = given.get(&key).copied();
        let in_it = |(of, at): &&(Id<Team>, Instant)| *of == team.id && days.has(here.date(*at));
        Cell {
            sprint: sprint.id,
            team: team.id,
            status: Status::of(days, check_in.map(|one| here.date(one.created_at)), today),
            check_in: check_in.map(CheckInFigures::from),
            offered_minutes: offered_minutes(offers.get(&team.id).map(Vec::as_slice).unwrap_or_default(), days),
            planned_minutes: planned.get(&key).copied(),
            open_questions: open.iter().filter(in_it).count(),
        }
    };
    let cells = teams.iter().flat_map(|team| sprints.iter().map(move |sprint| (team, sprint)));
    let cells = cells.map(|(team, sprint)| cell(team, sprint)).collect();
    Ok(Board { sprints, teams, cells })
}

/// What the active members of each team offer.
pub fn offers(tx: &mut Tx, here: &Hackathon, teams: &[Team]) -> Result<HashMap<Id<Team>, Vec<Offer>>> {
    let mut away: HashMap<Id<Member>, Vec<Span>> = HashMap::new();
    for one in absence::store::all(tx, here.id)? {
        away.entry(one.member).or_default().push(one.span());
    }
    let of = |team: &Team| {
        let there = team.members.iter().filter(|one| one.person.state == MemberState::Active);
        let offer = there.filter_map(|one| {
            let weekly_minutes = one.person.weekly_minutes?;
            Some(Offer { weekly_minutes, away: away.get(&one.member).cloned().unwrap_or_default() })
        });
        (team.id, offer.collect())
    };
    Ok(teams.iter().map(of).collect())
}

/// The teams that owe a check-in of this sprint: those that somebody builds in and that gave none.
pub fn owing(tx: &mut Tx, sprint: &Sprint, teams: Vec<Team>) -> Result<Vec<Team>> {
    let given = check_in::store::teams_in(tx, sprint.id)?;
    Ok(teams.into_iter().filter(|team| owes(team) && !given.contains(&team.id)).collect())
}

/// Whether a team owes check-ins at all: one that nobody builds in does not.
fn owes(team: &Team) -> bool {
    team.members.iter().any(|one| one.person.state == MemberState::Active)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_in_is_due_on_the_last_day_and_owed_after_it() {
        let day = |number: u32| NaiveDate::default() + chrono::Days::new(number.into());
        let sprint = Span { from: day(10), until: day(14) };
        let silent = |today| Status::of(sprint, None, day(today));
        assert_eq!(
            [9, 10, 13, 14, 15].map(silent),
            [Status::Planned, Status::UnderWay, Status::UnderWay, Status::Due, Status::Owed]
        );
        assert_eq!(Status::of(sprint, Some(day(14)), day(20)), Status::Reported);
        assert_eq!(Status::of(sprint, Some(day(15)), day(20)), Status::ReportedLate);
    }
}
