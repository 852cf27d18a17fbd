//! Giving a check-in, and changing it.

use super::{Blocker, CheckIn, Facts, Here, store};
use crate::access::{Roles, UserId};
use crate::base::{Error, Id, Result, Text, say};
use crate::consortium::member;
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::question::{self, Standing};
use crate::sprint;
use crate::team;

/// What a team says, as it was written.
#[derive(Clone, Debug)]
pub struct Given {
    /// Which team, by slug or id; left out: the caller's only one.
    pub team: Option<String>,
    /// How much is done, 0 to 100.
    pub progress_percent: i32,
    /// What was spent, in hours.
    pub hours_spent: f64,
    /// How sure they are, 1 to 5.
    pub confidence: i32,
    /// What was done.
    pub summary: Text,
    /// What stands in the way, each with a question by number or id.
    pub blockers: Vec<(Text, Option<String>)>,
}

/// A change; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct Revision {
    /// How much is done.
    pub progress_percent: Option<i32>,
    /// What was spent, in hours.
    pub hours_spent: Option<f64>,
    /// How sure they are.
    pub confidence: Option<i32>,
    /// What was done.
    pub summary: Option<Text>,
    /// What stands in the way; all of it.
    pub blockers: Option<Vec<(Text, Option<String>)>>,
}

/// Gives a team's check-in for a sprint that has begun. What is owed can be given when the sprint is closed, too.
pub fn give(tx: &mut Tx, at: &Here, who: (UserId, Roles), given: Given) -> Result<CheckIn> {
    let Here { parent: here, item: sprint } = at;
    hackathon::hold(tx, here.id)?;
    let (member, team) = team::spoken_for(tx, here.id, who, given.team.as_deref())?;
    let team = team
        .ok_or_else(|| Error::invalid("/team", "team.missing", say!("Say for which team.", "어느 팀인지 적으세요.")))?;
    let (number, starts_on) = (sprint.number, sprint.starts_on);
    if here.date(tx.now()) < starts_on {
        return Err(Error::Conflict(say!(
            "Sprint {number} begins on {starts_on}; there is nothing to report yet.",
            "스프린트 {number} 시작일은 {starts_on}입니다. 아직 보고할 것이 없습니다."
        )));
    }
    let facts = Facts {
        progress_percent: given.progress_percent,
        spent_minutes: sprint::minutes(given.hours_spent, "/hours_spent")?,
        confidence: given.confidence,
        summary: given.summary,
        blockers: blockers(tx, here.id, who.0, given.blockers)?,
    };
    facts.check()?;
    store::insert(tx, sprint, team, member.id, &facts)
}

/// Changes a check-in, until its sprint is closed.
pub fn revise(tx: &mut Tx, at: &Here, check_in: &CheckIn, by: UserId, to: Revision) -> Result<CheckIn> {
    let Here { parent: here, item: sprint } = at;
    hackathon::hold(tx, here.id)?;
    sprint.still_open()?;
    let member = member::acting(tx, here.id, by)?;
    let now = check_in.facts.clone();
    let spent = to.hours_spent.map(|hours| sprint::minutes(hours, "/hours_spent")).transpose()?;
    let blockers = to.blockers.map(|said| blockers(tx, here.id, by, said)).transpose()?;
    let facts = Facts {
        progress_percent: to.progress_percent.unwrap_or(now.progress_percent),
        spent_minutes: spent.unwrap_or(now.spent_minutes),
        confidence: to.confidence.unwrap_or(now.confidence),
        summary: to.summary.unwrap_or(now.summary),
        blockers: blockers.unwrap_or(now.blockers),
    };
    facts.check()?;
    if facts == check_in.facts {
        return Ok(check_in.clone());
    }
    store::update(tx, check_in, member.id, &facts)
}

fn blockers(tx: &mut Tx, here: Id<Hackathon>, user: UserId, said: Vec<(Text, Option<String>)>) -> Result<Vec<Blocker>> {
    let standing = Standing::load(tx, here, user)?.ok_or(Error::NotFound)?;
    let blocker = |(at, (text, key)): (usize, (Text, Option<String>))| {
        let pointer = format!("/blockers/{at}/question");
        let question = key.map(|key| question::named(tx, here, &standing, &key, &pointer)).transpose()?;
        Ok(Blocker { text, question: question.map(|question| question.id) })
    };
    said.into_iter().enumerate().map(blocker).collect()
}
