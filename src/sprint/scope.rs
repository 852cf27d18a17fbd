//! What a sprint is to bring, and how that changed: what, when, by whom and why. Nothing here is ever changed or removed, so
//! what a team planned on any day can be told on every later day.

use super::{Sprint, store};
use crate::base::{Error, Id, Instant, Localized, Result, Sentence, Text, say};
use crate::consortium::Member;
use crate::consortium::member::weekly_hours as hours;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::team::Team;
use crate::words;

words! {
    /// What about a sprint changed.
    ScopeKind / ScopeKindShape {
        /// Something that people put into words.
        Words = "words",
        /// The goal.
        Goal = "goal",
        /// The dates.
        Dates = "dates",
        /// What a team plans to spend.
        Hours = "hours",
        /// It was closed.
        Closed = "closed",
        /// It was opened again.
        Reopened = "reopened",
    }
}

/// One change of what a sprint is to bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeChange {
    /// Its id.
    pub id: Id<ScopeChange>,
    /// The sprint.
    pub sprint: Id<Sprint>,
    /// Whose plans changed; none: everybody's.
    pub team: Option<Id<Team>>,
    /// What about it changed.
    pub kind: ScopeKind,
    /// What changed, in words.
    pub what: Localized,
    /// Why.
    pub why: Option<Text>,
    /// What the team plans to spend from then on, in minutes.
    pub planned_minutes: Option<i32>,
    /// Who changed it.
    pub by: Id<Member>,
    /// When.
    pub at: Instant,
}

/// A change on its way into the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewScope {
    /// Whose plans change; none: everybody's.
    pub team: Option<Id<Team>>,
    /// What about the sprint changes.
    pub kind: ScopeKind,
    /// What changes, in words.
    pub what: Localized,
    /// Why.
    pub why: Option<Text>,
    /// What the team plans to spend from now on, in minutes.
    pub planned_minutes: Option<i32>,
}

impl NewScope {
    /// A change that Signpost puts into words.
    pub fn told(kind: ScopeKind, what: Sentence, why: Option<Text>) -> NewScope {
        NewScope { team: None, kind, what: what.into(), why, planned_minutes: None }
    }
}

/// What somebody says of a changed plan.
#[derive(Clone, Debug)]
pub struct Said {
    /// Whose plan; none: everybody's.
    pub team: Option<Id<Team>>,
    /// What changes, in words; for hours it may be left to Signpost.
    pub what: Option<Localized>,
    /// What the team plans to spend from now on, in minutes.
    pub planned_minutes: Option<i32>,
    /// Why. Before the sprint begins it is planned and needs no reason.
    pub why: Option<Text>,
}

/// Keeps what somebody says. Once a sprint has begun, a change has a reason.
pub fn change(tx: &mut Tx, here: &Hackathon, sprint: &Sprint, by: Id<Member>, said: Said) -> Result<ScopeChange> {
    sprint.still_open()?;
    let begun = sprint.starts_on <= here.date(tx.now());
    if begun && said.why.is_none() {
        let detail =
            say!("The sprint has begun. Say why this changes.", "이미 시작한 스프린트입니다. 바꾸는 까닭을 적으세요.");
        return Err(Error::invalid("/why", "why.missing", detail));
    }
    let new = new_change(tx, sprint, said)?;
    record(tx, sprint, by, &new)
}

fn new_change(tx: &mut Tx, sprint: &Sprint, said: Said) -> Result<NewScope> {
    let Said { team, what, planned_minutes, why } = said;
    let (kind, what) = match (planned_minutes, what, team) {
        (None, Some(what), _) => (ScopeKind::Words, what),
        (None, None, _) => return Err(nothing_said()),
        (Some(_), _, None) => return Err(no_team()),
        (Some(_), Some(what), Some(_)) => (ScopeKind::Hours, what),
        (Some(minutes), None, Some(team)) => {
            let before = store::scope::plan(tx, sprint, team)?;
            (ScopeKind::Hours, replanned(before, minutes).into())
        }
    };
    Ok(NewScope { team, kind, what, why, planned_minutes })
}

fn nothing_said() -> Error {
    let detail = say!(
        "Say what changes: \"what\" in words, or \"hours_planned\".",
        "무엇이 바뀌는지 \"what\" 또는 \"hours_planned\" 값으로 적으세요."
    );
    Error::invalid("/what", "what.missing", detail)
}

fn no_team() -> Error {
    let detail = say!("Hours are planned by a team. Say which one.", "시간 계획은 팀별로 세웁니다. 팀을 적으세요.");
    Error::invalid("/team", "team.missing", detail)
}

fn replanned(before: Option<i32>, minutes: i32) -> Sentence {
    let now = hours(minutes);
    match before.map(hours) {
        None => say!("The team plans {now} h.", "팀 계획: {now}시간."),
        Some(old) => say!("The team plans {now} h; before it was {old} h.", "팀 계획: {now}시간. 이전: {old}시간."),
    }
}

/// Keeps what an organizer changed about the sprint itself.
pub fn compare(tx: &mut Tx, before: &Sprint, after: &Sprint, by: Id<Member>, why: Option<&Text>) -> Result<()> {
    let (Sprint { starts_on, ends_on, .. }, Sprint { starts_on: from, ends_on: until, .. }) = (before, after);
    if (starts_on, ends_on) != (from, until) {
        let said = say!(
            "It lasts from {from} to {until}; before it was from {starts_on} to {ends_on}.",
            "기간: {from} ~ {until}. 이전: {starts_on} ~ {ends_on}."
        );
        record(tx, after, by, &NewScope::told(ScopeKind::Dates, said, why.cloned()))?;
    }
    if before.goal != after.goal {
        let said = say!("The goal changed.", "목표가 바뀌었습니다.");
        let what = after.goal.clone().unwrap_or_else(|| said.into());
        let new = NewScope { team: None, kind: ScopeKind::Goal, what, why: why.cloned(), planned_minutes: None };
        record(tx, after, by, &new)?;
    }
    Ok(())
}

/// Keeps a change.
pub fn record(tx: &mut Tx, sprint: &Sprint, by: Id<Member>, new: &NewScope) -> Result<ScopeChange> {
    let NewScope { team, kind, what, why, planned_minutes } = new.clone();
    let (id, at) = (tx.fresh(), tx.now());
    let change = ScopeChange { id, sprint: sprint.id, team, kind, what, why, planned_minutes, by, at };
    store::scope::insert(tx, sprint, &change)?;
    Ok(change)
}
