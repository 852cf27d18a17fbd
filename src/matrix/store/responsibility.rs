//! The SQL of the draft's cells.

use diesel::prelude::*;

use crate::base::{Error, Id, Instant, OrConflict, PageRequest, Result, Slug, say};
use crate::consortium::Holder;
use crate::consortium::holder::HolderColumns;
use crate::db::Tx;
use crate::db::schema::{hackathons, responsibilities as cells, topics};
use crate::hackathon::Hackathon;
use crate::matrix::responsibility::{HolderKind, NewCell, Responsibility, Wanted};
use crate::matrix::{Cell, Role};
use crate::topic::Topic;

/// A cell as it lies.
#[derive(Queryable)]
pub struct Row {
    /// Its id.
    pub id: Id<Responsibility>,
    /// The topic.
    pub topic_id: Id<Topic>,
    /// The topic's short name.
    pub topic: Slug,
    /// As what.
    pub role: Role,
    /// In which place.
    pub position: i32,
    columns: HolderColumns,
    /// When it was made.
    pub created_at: Instant,
}

impl Row {
    /// Who holds it.
    pub fn holder(&self) -> Holder {
        Holder::from_columns(self.columns)
    }
}

/// The columns in which a holder lies.
const HOLDER: (cells::organization_id, cells::unit_id, cells::member_id, cells::team_mentor) =
    (cells::organization_id, cells::unit_id, cells::member_id, cells::team_mentor);

macro_rules! rows {
    ($hackathon:expr) => {
        cells::table
            .inner_join(topics::table.on(topics::id.eq(cells::topic_id)))
            .filter(cells::hackathon_id.eq($hackathon))
            .select((cells::id, cells::topic_id, topics::slug, cells::role, cells::position, HOLDER, cells::created_at))
    };
}

/// The cell of that id in this hackathon.
pub fn by_id(tx: &mut Tx, hackathon: Id<Hackathon>, id: Id<Responsibility>) -> Result<Option<Row>> {
    Ok(rows!(hackathon).filter(cells::id.eq(id)).first(tx.conn()).optional()?)
}

/// A page of the cells that are wanted.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, wanted: &Wanted, page: &PageRequest) -> Result<Vec<Row>> {
    let mut query = rows!(hackathon).order(cells::id).limit(page.fetch()).into_boxed();
    if let Some(topic) = wanted.topic {
        query = query.filter(cells::topic_id.eq(topic));
    }
    if let Some(role) = wanted.role {
        query = query.filter(cells::role.eq(role));
    }
    query = match wanted.kind {
        None => query,
        Some(HolderKind::Organization) => query.filter(cells::organization_id.is_not_null()),
        Some(HolderKind::Unit) => query.filter(cells::unit_id.is_not_null()),
        Some(HolderKind::Member) => query.filter(cells::member_id.is_not_null()),
        Some(HolderKind::Role) => query.filter(cells::team_mentor.eq(true)),
    };
    if let Some(after) = page.after {
        query = query.filter(cells::id.gt(Id::<Responsibility>::from_uuid(after)));
    }
    Ok(query.load(tx.conn())?)
}

/// All cells of the draft.
pub fn cells(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Cell>> {
    let rows: Vec<(Id<Topic>, Role, i32, HolderColumns)> = cells::table
        .filter(cells::hackathon_id.eq(hackathon))
        .order(cells::id)
        .select((cells::topic_id, cells::role, cells::position, HOLDER))
        .load(tx.conn())?;
    let cell = |(topic, role, position, columns)| Cell { topic, role, position, holder: Holder::from_columns(columns) };
    Ok(rows.into_iter().map(cell).collect())
}

/// The holders of this role in this topic with their places, in their order.
pub fn of_topic(tx: &mut Tx, topic: Id<Topic>, role: Role) -> Result<Vec<(Holder, i32)>> {
    let query = cells::table.filter(cells::topic_id.eq(topic)).filter(cells::role.eq(role));
    let query = query.order((cells::position, cells::id)).select((HOLDER, cells::position));
    let rows: Vec<(HolderColumns, i32)> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|(columns, position)| (Holder::from_columns(columns), position)).collect())
}

/// Adds a cell.
pub fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, new: &NewCell, position: i32) -> Result<Id<Responsibility>> {
    let id: Id<Responsibility> = tx.fresh();
    let (organization, unit, member, team_mentor): HolderColumns = new.holder.columns();
    let row = (
        cells::id.eq(id),
        cells::hackathon_id.eq(hackathon),
        cells::topic_id.eq(new.topic),
        cells::role.eq(new.role),
        cells::organization_id.eq(organization),
        cells::unit_id.eq(unit),
        cells::member_id.eq(member),
        cells::team_mentor.eq(team_mentor),
        cells::position.eq(position),
        cells::created_at.eq(tx.now()),
    );
    diesel::insert_into(cells::table)
        .values(row)
        .execute(tx.conn())
        .or_conflict(|| say!("The matrix says so already.", "이미 매트릭스에 있는 내용입니다."))?;
    Ok(id)
}

/// Moves whoever stands in this place, and those after it, one place on.
pub fn make_room(tx: &mut Tx, topic: Id<Topic>, role: Role, position: i32) -> Result<()> {
    let after = cells::table.filter(cells::topic_id.eq(topic)).filter(cells::role.eq(role));
    diesel::update(after.filter(cells::position.ge(position)))
        .set(cells::position.eq(cells::position + 1))
        .execute(tx.conn())?;
    Ok(())
}

/// Moves those after a place that was left one place up.
pub fn close_gap(tx: &mut Tx, topic: Id<Topic>, role: Role, position: i32) -> Result<()> {
    let after = cells::table.filter(cells::topic_id.eq(topic)).filter(cells::role.eq(role));
    diesel::update(after.filter(cells::position.gt(position)))
        .set(cells::position.eq(cells::position - 1))
        .execute(tx.conn())?;
    Ok(())
}

/// Removes a cell.
pub fn delete(tx: &mut Tx, id: Id<Responsibility>) -> Result<()> {
    match diesel::delete(cells::table.find(id)).execute(tx.conn())? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// Removes every cell of a holder; whoever stood after it moves up. Gives how many there were.
pub fn delete_of(tx: &mut Tx, hackathon: Id<Hackathon>, holder: Holder) -> Result<usize> {
    let query = rows!(hackathon).into_boxed();
    let query = match holder {
        Holder::Organization(id) => query.filter(cells::organization_id.eq(id)),
        Holder::Unit(id) => query.filter(cells::unit_id.eq(id)),
        Holder::Member(id) => query.filter(cells::member_id.eq(id)),
        Holder::TeamMentor => query.filter(cells::team_mentor.eq(true)),
    };
    let held: Vec<Row> = query.load(tx.conn())?;
    for row in &held {
        delete(tx, row.id)?;
        close_gap(tx, row.topic_id, row.role, row.position)?;
    }
    Ok(held.len())
}

/// Marks the draft as changed, unless somebody else changed it since it was read.
pub fn touch_draft_as_seen(tx: &mut Tx, event: &Hackathon) -> Result<()> {
    let seen =
        hackathons::table.filter(hackathons::id.eq(event.id)).filter(hackathons::draft_version.eq(event.draft_version));
    match diesel::update(seen).set(hackathons::draft_version.eq(hackathons::draft_version + 1)).execute(tx.conn())? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}
