//! The SQL of shifts.

use diesel::prelude::*;

use crate::base::{Error, Id, Instant, PageRequest, Result};
use crate::channel::Channel;
use crate::channel::shift::{Facts, Shift};
use crate::consortium::holder::HolderColumns;
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Holder, Member, Unit};
use crate::db::Tx;
use crate::db::schema::shifts;
use crate::hackathon::Hackathon;

#[derive(Queryable)]
struct Row {
    id: Id<Shift>,
    hackathon: Id<Hackathon>,
    organization_id: Option<OrganizationId>,
    unit_id: Option<Id<Unit>>,
    member_id: Option<Id<Member>>,
    team_mentor: bool,
    channel: Option<Id<Channel>>,
    starts_at: Instant,
    ends_at: Instant,
    replaces: bool,
    on_duty: bool,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Row> for Shift {
    fn from(row: Row) -> Shift {
        let owner: HolderColumns = (row.organization_id, row.unit_id, row.member_id, row.team_mentor);
        let Row { id, hackathon, channel, starts_at, ends_at, replaces, on_duty, version, .. } = row;
        let facts = Facts { owner: Holder::from_columns(owner), channel, starts_at, ends_at, replaces, on_duty };
        Shift { id, hackathon, facts, version, created_at: row.created_at, updated_at: row.updated_at }
    }
}

/// The shift of that id in this hackathon.
pub fn by_id(tx: &mut Tx, hackathon: Id<Hackathon>, id: Id<Shift>) -> Result<Option<Shift>> {
    let query = shifts::table.filter(shifts::hackathon_id.eq(hackathon)).filter(shifts::id.eq(id));
    Ok(query.first::<Row>(tx.conn()).optional()?.map(Shift::from))
}

/// Every shift of this hackathon, oldest first.
pub fn all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Shift>> {
    let query = shifts::table.filter(shifts::hackathon_id.eq(hackathon)).order(shifts::id);
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(Shift::from).collect())
}

/// A page of them.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, page: &PageRequest) -> Result<Vec<Shift>> {
    let query = shifts::table.filter(shifts::hackathon_id.eq(hackathon));
    let mut query = query.order(shifts::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(shifts::id.gt(Id::<Shift>::from_uuid(after)));
    }
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(Shift::from).collect())
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = shifts, treat_none_as_null = true)]
struct Columns {
    organization_id: Option<OrganizationId>,
    unit_id: Option<Id<Unit>>,
    member_id: Option<Id<Member>>,
    team_mentor: bool,
    channel_id: Option<Id<Channel>>,
    starts_at: Instant,
    ends_at: Instant,
    replaces: bool,
    on_duty: bool,
}

fn columns(facts: &Facts) -> Columns {
    let Facts { owner, channel, starts_at, ends_at, replaces, on_duty } = facts.clone();
    let (organization_id, unit_id, member_id, team_mentor) = owner.columns();
    Columns {
        organization_id,
        unit_id,
        member_id,
        team_mentor,
        channel_id: channel,
        starts_at,
        ends_at,
        replaces,
        on_duty,
    }
}

/// Makes a shift.
pub fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, facts: &Facts) -> Result<Shift> {
    let id: Id<Shift> = tx.fresh();
    let row = (
        shifts::id.eq(id),
        shifts::hackathon_id.eq(hackathon),
        columns(facts),
        shifts::version.eq(1_i64),
        shifts::created_at.eq(tx.now()),
        shifts::updated_at.eq(tx.now()),
    );
    diesel::insert_into(shifts::table).values(row).execute(tx.conn())?;
    by_id(tx, hackathon, id)?.ok_or_else(|| Error::internal("a shift just made is not there"))
}

/// Changes a shift, unless somebody else changed it since it was read.
pub fn update(tx: &mut Tx, shift: &Shift, to: &Facts) -> Result<Shift> {
    let row = shifts::table.filter(shifts::id.eq(shift.id)).filter(shifts::version.eq(shift.version));
    let changed = diesel::update(row)
        .set((columns(to), shifts::version.eq(shifts::version + 1), shifts::updated_at.eq(tx.now())))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, shift.hackathon, shift.id)?.ok_or(Error::NotFound)
}

/// Removes a shift, unless somebody else changed or removed it since it was read.
pub fn delete(tx: &mut Tx, shift: &Shift) -> Result<()> {
    let row = shifts::table.filter(shifts::id.eq(shift.id)).filter(shifts::version.eq(shift.version));
    match diesel::delete(row).execute(tx.conn())? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}

/// Removes the shifts that are about this channel alone.
pub fn delete_of(tx: &mut Tx, channel: Id<Channel>) -> Result<()> {
    diesel::delete(shifts::table.filter(shifts::channel_id.eq(channel))).execute(tx.conn())?;
    Ok(())
}

/// Removes the shifts of this holder.
pub fn delete_by(tx: &mut Tx, hackathon: Id<Hackathon>, holder: Holder) -> Result<()> {
    let query = diesel::delete(shifts::table).filter(shifts::hackathon_id.eq(hackathon)).into_boxed();
    let query = match holder {
        Holder::Organization(id) => query.filter(shifts::organization_id.eq(id)),
        Holder::Unit(id) => query.filter(shifts::unit_id.eq(id)),
        Holder::Member(id) => query.filter(shifts::member_id.eq(id)),
        Holder::TeamMentor => query.filter(shifts::team_mentor.eq(true)),
    };
    query.execute(tx.conn())?;
    Ok(())
}
