//! The SQL of what sprints are to bring.

use diesel::prelude::*;

use crate::base::{Id, Instant, PageRequest, Result, Text};
use crate::consortium::Member;
use crate::db::Tx;
use crate::db::schema::scope_changes;
use crate::hackathon::Hackathon;
use crate::sprint::{ScopeChange, ScopeKind, Sprint};
use crate::team::Team;

type Row = (
    (Id<ScopeChange>, Id<Sprint>, Option<Id<Team>>, ScopeKind),
    (crate::base::Localized, Option<Text>, Option<i32>, Id<Member>, Instant),
);

macro_rules! rows {
    () => {
        scope_changes::table.select((
            (scope_changes::id, scope_changes::sprint_id, scope_changes::team_id, scope_changes::kind),
            (
                scope_changes::what,
                scope_changes::why,
                scope_changes::planned_minutes,
                scope_changes::member_id,
                scope_changes::created_at,
            ),
        ))
    };
}

fn whole(((id, sprint, team, kind), (what, why, planned_minutes, by, at)): Row) -> ScopeChange {
    ScopeChange { id, sprint, team, kind, what, why, planned_minutes, by, at }
}

/// Keeps a change.
pub fn insert(tx: &mut Tx, sprint: &Sprint, change: &ScopeChange) -> Result<()> {
    let row = (
        scope_changes::id.eq(change.id),
        scope_changes::hackathon_id.eq(sprint.hackathon),
        scope_changes::sprint_id.eq(change.sprint),
        scope_changes::team_id.eq(change.team),
        scope_changes::kind.eq(change.kind),
        scope_changes::what.eq(&change.what),
        scope_changes::why.eq(&change.why),
        scope_changes::planned_minutes.eq(change.planned_minutes),
        scope_changes::member_id.eq(change.by),
        scope_changes::created_at.eq(change.at),
    );
    diesel::insert_into(scope_changes::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// A page of what changed in a sprint, the first change first: what concerns everybody, and of teams only these; none: of all.
pub fn list(
    tx: &mut Tx,
    sprint: &Sprint,
    teams: Option<Vec<Id<Team>>>,
    page: &PageRequest,
) -> Result<Vec<ScopeChange>> {
    let mut query = rows!()
        .filter(scope_changes::sprint_id.eq(sprint.id))
        .order(scope_changes::id)
        .limit(page.fetch())
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(scope_changes::id.gt(Id::<ScopeChange>::from_uuid(after)));
    }
    if let Some(teams) = teams {
        let teams: Vec<Option<Id<Team>>> = teams.into_iter().map(Some).collect();
        query = query.filter(scope_changes::team_id.is_null().or(scope_changes::team_id.eq_any(teams)));
    }
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(whole).collect())
}

/// What a team plans to spend in a sprint, in minutes, if it said so.
pub fn plan(tx: &mut Tx, sprint: &Sprint, team: Id<Team>) -> Result<Option<i32>> {
    let planned: Option<Option<i32>> = scope_changes::table
        .filter(scope_changes::sprint_id.eq(sprint.id))
        .filter(scope_changes::team_id.eq(team))
        .filter(scope_changes::kind.eq(ScopeKind::Hours))
        .order(scope_changes::id.desc())
        .select(scope_changes::planned_minutes)
        .first(tx.conn())
        .optional()?;
    Ok(planned.flatten())
}

/// A plan of a team for a sprint, from this moment until the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The sprint.
    pub sprint: Id<Sprint>,
    /// The team.
    pub team: Id<Team>,
    /// What it plans to spend, in minutes.
    pub minutes: i32,
    /// Since when.
    pub at: Instant,
}

type PlanRow = (Id<Sprint>, Option<Id<Team>>, Option<i32>, Instant);

/// Every plan of hours in a hackathon, the first one first.
pub fn plans(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Plan>> {
    let rows: Vec<PlanRow> = scope_changes::table
        .filter(scope_changes::hackathon_id.eq(hackathon))
        .filter(scope_changes::kind.eq(ScopeKind::Hours))
        .order(scope_changes::id)
        .select((
            scope_changes::sprint_id,
            scope_changes::team_id,
            scope_changes::planned_minutes,
            scope_changes::created_at,
        ))
        .load(tx.conn())?;
    let plan = |(sprint, team, minutes, at): PlanRow| Some(Plan { sprint, team: team?, minutes: minutes?, at });
    Ok(rows.into_iter().filter_map(plan).collect())
}
