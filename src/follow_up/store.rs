//! The SQL of follow-ups.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Facts, FollowUp, Outcome};
use crate::access::UserId;
use crate::base::{Error, Id, Instant, Name, OrConflict, PageRequest, Result, Text, say};
use crate::brief::Ambition;
use crate::consortium::Member;
use crate::db::Tx;
use crate::db::schema::{follow_up_checks, follow_ups, members, users};
use crate::hackathon::Hackathon;
use crate::team::Team;

#[derive(Queryable)]
struct Row {
    id: Id<FollowUp>,
    hackathon: Id<Hackathon>,
    title: Name,
    team: Option<Id<Team>>,
    owner: Id<Member>,
    ambition: Ambition,
    next_gate: Option<Text>,
    gate_on: Option<NaiveDate>,
    begins_on: NaiveDate,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

type Joined = (Row, (UserId, Name));
type CheckRow = (Id<FollowUp>, i32, Text, UserId, Instant);

macro_rules! rows {
    ($here:ident) => {
        follow_ups::table
            .inner_join(members::table.on(members::id.eq(follow_ups::owner_id)))
            .inner_join(users::table.on(users::id.eq(members::user_id)))
            .filter(follow_ups::hackathon_id.eq($here))
            .select((follow_ups::all_columns, (users::id, users::display_name)))
    };
}

/// The follow-ups of these rows with their checks, read at once for all of them.
fn complete(tx: &mut Tx, rows: Vec<Joined>) -> Result<Vec<FollowUp>> {
    let ids: Vec<Id<FollowUp>> = rows.iter().map(|(row, _)| row.id).collect();
    let checks: Vec<CheckRow> = follow_up_checks::table
        .filter(follow_up_checks::follow_up_id.eq_any(ids))
        .order(follow_up_checks::days)
        .select((
            follow_up_checks::follow_up_id,
            follow_up_checks::days,
            follow_up_checks::outcome,
            follow_up_checks::checked_by,
            follow_up_checks::checked_at,
        ))
        .load(tx.conn())?;
    let outcomes = |id: Id<FollowUp>| {
        let own = checks.iter().filter(|(of, ..)| *of == id).cloned();
        own.map(|(_, days, outcome, checked_by, checked_at)| Outcome { days, outcome, checked_by, checked_at })
            .collect()
    };
    let whole = |(row, (user, display_name)): Joined| {
        let Row { id, hackathon, title, team, owner, ambition, next_gate, gate_on, begins_on, .. } = row;
        let facts = Facts { title, team, owner, ambition, next_gate, gate_on, begins_on };
        let Row { version, created_at, updated_at, .. } = row;
        FollowUp { id, hackathon, facts, user, display_name, outcomes: outcomes(id), version, created_at, updated_at }
    };
    Ok(rows.into_iter().map(whole).collect())
}

/// The follow-up of that id in this hackathon.
pub fn by_id(tx: &mut Tx, here: Id<Hackathon>, id: Id<FollowUp>) -> Result<Option<FollowUp>> {
    let rows = rows!(here).filter(follow_ups::id.eq(id)).load(tx.conn())?;
    Ok(complete(tx, rows)?.pop())
}

/// A page of the follow-ups of this hackathon.
pub fn list(tx: &mut Tx, here: Id<Hackathon>, page: &PageRequest) -> Result<Vec<FollowUp>> {
    let mut query = rows!(here).order(follow_ups::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(follow_ups::id.gt(Id::<FollowUp>::from_uuid(after)));
    }
    let rows = query.load(tx.conn())?;
    complete(tx, rows)
}

/// Every follow-up of this hackathon.
pub fn all(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<FollowUp>> {
    let rows = rows!(here).order(follow_ups::id).load(tx.conn())?;
    complete(tx, rows)
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = follow_ups, treat_none_as_null = true)]
struct Columns {
    title: Name,
    team_id: Option<Id<Team>>,
    owner_id: Id<Member>,
    ambition: Ambition,
    next_gate: Option<Text>,
    gate_on: Option<NaiveDate>,
    begins_on: NaiveDate,
}

fn columns(facts: &Facts) -> Columns {
    let Facts { title, team, owner, ambition, next_gate, gate_on, begins_on } = facts.clone();
    Columns { title, team_id: team, owner_id: owner, ambition, next_gate, gate_on, begins_on }
}

/// Makes a follow-up.
pub fn insert(tx: &mut Tx, here: Id<Hackathon>, facts: &Facts) -> Result<FollowUp> {
    let id: Id<FollowUp> = tx.fresh();
    let row = (
        follow_ups::id.eq(id),
        follow_ups::hackathon_id.eq(here),
        columns(facts),
        follow_ups::version.eq(1_i64),
        follow_ups::created_at.eq(tx.now()),
        follow_ups::updated_at.eq(tx.now()),
    );
    diesel::insert_into(follow_ups::table).values(row).execute(tx.conn())?;
    by_id(tx, here, id)?.ok_or_else(|| Error::internal("a follow-up just made is not there"))
}

macro_rules! as_read {
    ($of:ident) => {
        follow_ups::table.filter(follow_ups::id.eq($of.id)).filter(follow_ups::version.eq($of.version))
    };
}

/// Changes a follow-up, unless it was changed since it was read.
pub fn update(tx: &mut Tx, of: &FollowUp, facts: &Facts) -> Result<FollowUp> {
    let set = (columns(facts), follow_ups::version.eq(follow_ups::version + 1), follow_ups::updated_at.eq(tx.now()));
    if diesel::update(as_read!(of)).set(set).execute(tx.conn())? == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, of.hackathon, of.id)?.ok_or(Error::NotFound)
}

/// Keeps what a check found.
pub fn check(tx: &mut Tx, of: &FollowUp, by: UserId, days: i32, outcome: &Text) -> Result<FollowUp> {
    let set = (follow_ups::version.eq(follow_ups::version + 1), follow_ups::updated_at.eq(tx.now()));
    if diesel::update(as_read!(of)).set(set).execute(tx.conn())? == 0 {
        return Err(Error::Stale);
    }
    let row = (
        follow_up_checks::hackathon_id.eq(of.hackathon),
        follow_up_checks::follow_up_id.eq(of.id),
        follow_up_checks::days.eq(days),
        follow_up_checks::outcome.eq(outcome),
        follow_up_checks::checked_by.eq(by),
        follow_up_checks::checked_at.eq(tx.now()),
    );
    diesel::insert_into(follow_up_checks::table)
        .values(row)
        .execute(tx.conn())
        .or_conflict(|| say!("This check was made already.", "이미 마친 점검입니다."))?;
    by_id(tx, of.hackathon, of.id)?.ok_or(Error::NotFound)
}

/// Removes a follow-up with its checks, unless it was changed since it was read.
pub fn delete(tx: &mut Tx, of: &FollowUp) -> Result<()> {
    match diesel::delete(as_read!(of)).execute(tx.conn())? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}
