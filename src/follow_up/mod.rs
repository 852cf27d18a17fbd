//! A follow-up: what continues after the event, who sees to it, and what was found when it was looked at again after 30, 90
//! and 180 days. Most of what is built at a hackathon is never looked at again unless somebody has to.

pub mod store;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::access::{Actor, Item, Roles, UserId};
use crate::base::{Error, Id, Instant, Key, Name, Result, Text, say};
use crate::brief::Ambition;
use crate::consortium::Member;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::team::Team;
use crate::words;

/// After how many days it is looked at again.
pub const CHECKS: [i32; 3] = [30, 90, 180];
/// How many days a check may take before it is overdue.
pub const GRACE_DAYS: u64 = 7;

words! {
    /// Where a check stands.
    CheckState / CheckStateShape {
        /// Its day has not come.
        Upcoming = "upcoming",
        /// Its day has come.
        Due = "due",
        /// It should have been made a week ago.
        Overdue = "overdue",
        /// It was made.
        Done = "done",
    }
}

/// What a follow-up says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What continues.
    pub title: Name,
    /// Whose work it is, if a team's.
    pub team: Option<Id<Team>>,
    /// Who sees to it.
    pub owner: Id<Member>,
    /// How far it is meant to go.
    pub ambition: Ambition,
    /// What is decided next.
    pub next_gate: Option<Text>,
    /// On which day.
    pub gate_on: Option<NaiveDate>,
    /// From which day the checks are counted.
    pub begins_on: NaiveDate,
}

impl Facts {
    fn check(&self) -> Result<()> {
        if self.gate_on.is_none() || self.next_gate.is_some() {
            return Ok(());
        }
        let detail = say!("Say what is decided on that day.", "그날 무엇을 결정하는지 적으세요.");
        Err(Error::invalid("/next_gate", "field.missing", detail))
    }
}

/// What was found when it was looked at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// After how many days.
    pub days: i32,
    /// What was found.
    pub outcome: Text,
    /// By whom.
    pub checked_by: UserId,
    /// When.
    pub checked_at: Instant,
}

/// A check, whether or not it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// After how many days.
    pub days: i32,
    /// On which day it falls due.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub state: CheckState,
    /// What was found.
    pub outcome: Option<Text>,
    /// When.
    pub checked_at: Option<Instant>,
}

/// A follow-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowUp {
    /// Its id.
    pub id: Id<FollowUp>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// What it says.
    pub facts: Facts,
    /// The owner's user.
    pub user: UserId,
    /// The owner's name.
    pub display_name: Name,
    /// The checks that were made.
    pub outcomes: Vec<Outcome>,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl FollowUp {
    /// The checks as they stand on this day.
    pub fn checks(&self, today: NaiveDate) -> Vec<Check> {
        let check = |days: i32| {
            let made = self.outcomes.iter().find(|outcome| outcome.days == days);
            let due_on = due_on(self.facts.begins_on, days);
            Check {
                days,
                due_on,
                state: if made.is_some() { CheckState::Done } else { state(due_on, today) },
                outcome: made.map(|made| made.outcome.clone()),
                checked_at: made.map(|made| made.checked_at),
            }
        };
        CHECKS.into_iter().map(check).collect()
    }

    /// What stands in its `ETag` on this day: where the checks stand changes with the day, and so does what a reader has.
    pub fn tag_on(&self, today: NaiveDate) -> String {
        format!("{}{today}", self.mark())
    }

    fn mark(&self) -> String {
        format!("{}-{}@", self.id, self.version)
    }
}

fn due_on(begins_on: NaiveDate, days: i32) -> NaiveDate {
    let days = Days::new(days.unsigned_abs().into());
    begins_on.checked_add_days(days).unwrap_or(NaiveDate::MAX)
}

fn state(due_on: NaiveDate, today: NaiveDate) -> CheckState {
    let late = due_on.checked_add_days(Days::new(GRACE_DAYS)).unwrap_or(NaiveDate::MAX);
    if today < due_on {
        CheckState::Upcoming
    } else if today < late {
        CheckState::Due
    } else {
        CheckState::Overdue
    }
}

impl Item<Hackathon> for FollowUp {
    const PARAM: &'static str = "follow_up";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::by_id(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn roles_in(&self, _tx: &mut Tx, _parent: &Hackathon, who: &Actor, of_parent: Roles) -> Result<Roles> {
        Ok(of_parent | Roles::OWN.when(self.user == who.user))
    }

    fn tag(&self) -> Option<String> {
        Some(self.mark())
    }

    /// Whoever read it on another day and changes it now changes the same thing.
    fn is_part_of(&self, tag: &str) -> bool {
        tag.starts_with(&self.mark())
    }
}

/// Makes a follow-up.
pub fn add(tx: &mut Tx, here: Id<Hackathon>, facts: &Facts) -> Result<FollowUp> {
    facts.check()?;
    store::insert(tx, here, facts)
}

/// Changes a follow-up.
pub fn change(tx: &mut Tx, of: &FollowUp, facts: &Facts) -> Result<FollowUp> {
    facts.check()?;
    store::update(tx, of, facts)
}

/// Keeps what was found. Each check is made once.
pub fn check(tx: &mut Tx, of: &FollowUp, by: UserId, days: i32, outcome: &Text) -> Result<FollowUp> {
    if !CHECKS.contains(&days) {
        let detail = say!("Checks are made after 30, 90 and 180 days.", "점검은 30일, 90일, 180일 뒤에 합니다.");
        return Err(Error::invalid("/days", "value.unknown", detail));
    }
    store::check(tx, of, by, days, outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_due_for_a_week() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let due = due_on(day("2024-11-29"), 90);
        assert_eq!(due, day("2025-02-27"));
        assert_eq!(state(due, day("2025-02-26")), CheckState::Upcoming);
        assert_eq!((state(due, due), state(due, day("2025-03-05"))), (CheckState::Due, CheckState::Due));
        assert_eq!(state(due, day("2025-03-06")), CheckState::Overdue);
        assert_eq!(due_on(NaiveDate::MAX, 30), NaiveDate::MAX);
    }
}
