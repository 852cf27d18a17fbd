//! The SQL of the brief and of who has read it.

use std::collections::HashMap;

use diesel::dsl::max;
use diesel::prelude::*;
use uuid::Uuid;

use super::{Acknowledgement, Brief, Wish};
use crate::access::UserId;
use crate::base::{Error, Id, Instant, Name, PageRequest, Result};
use crate::consortium::Member;
use crate::db::schema::{acknowledgements, briefs, members, users};
use crate::db::{Json, Tx, on_backend};
use crate::hackathon::Hackathon;
use crate::team::Team;

/// The last version.
pub fn latest(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Option<Brief>> {
    let all = briefs::table.filter(briefs::hackathon_id.eq(hackathon));
    Ok(all.order(briefs::number.desc()).first(tx.conn()).optional()?)
}

/// The version of that number.
pub fn version(tx: &mut Tx, hackathon: Id<Hackathon>, number: i32) -> Result<Option<Brief>> {
    let query = briefs::table.filter(briefs::hackathon_id.eq(hackathon)).filter(briefs::number.eq(number));
    Ok(query.first(tx.conn()).optional()?)
}

/// A page of the versions, the first one first, each with the one before it, so that it can be told what changed.
/// What a cursor holds is the number, see [`place`].
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, page: &PageRequest) -> Result<Vec<(Brief, Option<Brief>)>> {
    let after = page.after.map_or(0, |after| i32::try_from(after.as_u128()).unwrap_or(i32::MAX));
    let all = briefs::table.filter(briefs::hackathon_id.eq(hackathon)).filter(briefs::number.ge(after));
    // One more at the front: the version before the first one of the page.
    let rows: Vec<Brief> = all.order(briefs::number).limit(page.fetch().saturating_add(1)).load(tx.conn())?;
    let before = rows.iter().cloned().map(Some);
    let mut pairs: Vec<(Brief, Option<Brief>)> =
        rows.iter().cloned().zip(std::iter::once(None).chain(before)).collect();
    pairs.retain(|(brief, _)| brief.number > after);
    pairs.truncate(usize::try_from(page.fetch()).unwrap_or_default());
    Ok(pairs)
}

/// Where a number stands in the list: cursors carry a UUID, and versions are listed by number.
pub fn place(number: i32) -> Uuid {
    Uuid::from_u128(u128::try_from(number).unwrap_or_default())
}

/// Writes a version.
pub fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, number: i32, by: Option<UserId>, wish: &Wish) -> Result<Brief> {
    let row = (
        briefs::id.eq(tx.fresh::<Brief>()),
        briefs::hackathon_id.eq(hackathon),
        briefs::number.eq(number),
        briefs::ambition.eq(wish.ambition),
        briefs::summary.eq(&wish.summary),
        briefs::background.eq(&wish.background),
        briefs::scalability.eq(&wish.scalability),
        briefs::criteria.eq(Json(wish.criteria.clone())),
        briefs::written_by.eq(by),
        briefs::created_at.eq(tx.now()),
    );
    diesel::insert_into(briefs::table).values(row).execute(tx.conn())?;
    version(tx, hackathon, number)?.ok_or_else(|| Error::internal("a version just written is not there"))
}

/// Keeps that a member has read a version. `false` where that was known.
pub fn acknowledge(tx: &mut Tx, brief: &Brief, member: Id<Member>, team: Option<Id<Team>>) -> Result<bool> {
    let row = (
        acknowledgements::hackathon_id.eq(brief.hackathon),
        acknowledgements::brief_id.eq(brief.id),
        acknowledgements::member_id.eq(member),
        acknowledgements::team_id.eq(team),
        acknowledgements::acknowledged_at.eq(tx.now()),
    );
    let insert = diesel::insert_into(acknowledgements::table).values(row);
    let rows = on_backend!(tx.conn(), |conn| insert.on_conflict_do_nothing().execute(conn))?;
    Ok(rows == 1)
}

/// The last version that each member has read.
pub fn last_read_by_all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<HashMap<Id<Member>, i32>> {
    let rows: Vec<(Id<Member>, Option<i32>)> = acknowledgements::table
        .inner_join(briefs::table)
        .filter(acknowledgements::hackathon_id.eq(hackathon))
        .group_by(acknowledgements::member_id)
        .select((acknowledgements::member_id, max(briefs::number)))
        .load(tx.conn())?;
    Ok(rows.into_iter().filter_map(|(member, number)| Some((member, number?))).collect())
}

/// Who has read this version.
pub fn readers_of(tx: &mut Tx, brief: Id<Brief>) -> Result<Vec<Id<Member>>> {
    let read = acknowledgements::table.filter(acknowledgements::brief_id.eq(brief));
    Ok(read.select(acknowledgements::member_id).load(tx.conn())?)
}

type Row = (Id<Member>, Name, Option<Id<Team>>, i32, Instant);

macro_rules! rows {
    () => {
        acknowledgements::table.inner_join(briefs::table).inner_join(members::table.inner_join(users::table)).select((
            acknowledgements::member_id,
            users::display_name,
            acknowledgements::team_id,
            briefs::number,
            acknowledgements::acknowledged_at,
        ))
    };
}

fn whole((member, display_name, team, number, acknowledged_at): Row) -> Acknowledgement {
    Acknowledgement { member, display_name, team, number, acknowledged_at }
}

/// What this member said of this version.
pub fn acknowledgement(tx: &mut Tx, brief: &Brief, member: Id<Member>) -> Result<Option<Acknowledgement>> {
    let query = rows!().filter(acknowledgements::brief_id.eq(brief.id)).filter(acknowledgements::member_id.eq(member));
    Ok(query.first::<Row>(tx.conn()).optional()?.map(whole))
}

/// The last version that one of these members has read.
pub fn last_read(tx: &mut Tx, hackathon: Id<Hackathon>, of: &[Id<Member>]) -> Result<Option<i32>> {
    let theirs = acknowledgements::table
        .inner_join(briefs::table)
        .filter(acknowledgements::hackathon_id.eq(hackathon))
        .filter(acknowledgements::member_id.eq_any(of.to_vec()));
    Ok(theirs.select(max(briefs::number)).first(tx.conn())?)
}

/// Whose reading a list tells, and of which version.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only of these members.
    pub members: Option<Vec<Id<Member>>>,
    /// Only of this version; left out: of the last one that each has read.
    pub number: Option<i32>,
}

/// A page of who has read what, one entry a member, in the order of their ids.
pub fn readers(
    tx: &mut Tx,
    hackathon: Id<Hackathon>,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Vec<Acknowledgement>> {
    let mut query = acknowledgements::table
        .inner_join(briefs::table)
        .filter(acknowledgements::hackathon_id.eq(hackathon))
        .group_by(acknowledgements::member_id)
        .select((acknowledgements::member_id, max(briefs::number)))
        .order(acknowledgements::member_id)
        .limit(page.fetch())
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(acknowledgements::member_id.gt(Id::<Member>::from_uuid(after)));
    }
    if let Some(only) = &filter.members {
        query = query.filter(acknowledgements::member_id.eq_any(only.clone()));
    }
    if let Some(number) = filter.number {
        query = query.filter(briefs::number.eq(number));
    }
    let last: Vec<(Id<Member>, Option<i32>)> = query.load(tx.conn())?;
    let ids: Vec<Id<Member>> = last.iter().map(|(member, _)| *member).collect();
    let told = rows!().filter(acknowledgements::member_id.eq_any(ids)).order(acknowledgements::member_id);
    let told: Vec<Row> = told.load(tx.conn())?;
    Ok(told.into_iter().map(whole).filter(|one| last.contains(&(one.member, Some(one.number)))).collect())
}
