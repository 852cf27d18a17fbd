//! The SQL of the draft's cells as a file sees them.

use diesel::prelude::*;

use crate::base::{Id, Result};
use crate::consortium::Holder;
use crate::consortium::holder::HolderColumns;
use crate::db::Tx;
use crate::db::schema::responsibilities as cells;
use crate::hackathon::Hackathon;
use crate::topic::Topic;

/// A cell of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CellRow {
    pub topic: Id<Topic>,
    pub role: String,
    pub position: i32,
    pub holder: Holder,
}

/// The id of a cell, which only this file needs.
pub(super) type CellId = Id<CellRow>;

/// Every cell of the draft, in the order in which a file lists them.
pub(super) fn cells(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<(CellId, CellRow)>> {
    let rows: Vec<(CellId, Id<Topic>, String, i32, HolderColumns)> = cells::table
        .filter(cells::hackathon_id.eq(here))
        .order((cells::topic_id, cells::position, cells::id))
        .select((
            cells::id,
            cells::topic_id,
            cells::role,
            cells::position,
            (cells::organization_id, cells::unit_id, cells::member_id, cells::team_mentor),
        ))
        .load(tx.conn())?;
    let cell = |(id, topic, role, position, holder)| {
        (id, CellRow { topic, role, position, holder: Holder::from_columns(holder) })
    };
    Ok(rows.into_iter().map(cell).collect())
}

/// Removes cells.
pub(super) fn delete_cells(tx: &mut Tx, gone: &[CellId]) -> Result<()> {
    diesel::delete(cells::table.filter(cells::id.eq_any(gone.to_vec()))).execute(tx.conn())?;
    Ok(())
}

/// Adds a cell.
pub(super) fn insert_cell(tx: &mut Tx, here: Id<Hackathon>, cell: &CellRow) -> Result<()> {
    let (organization, unit, member, team_mentor) = cell.holder.columns();
    let row = (
        cells::id.eq(tx.fresh::<CellRow>()),
        cells::hackathon_id.eq(here),
        cells::topic_id.eq(cell.topic),
        cells::role.eq(&cell.role),
        cells::organization_id.eq(organization),
        cells::unit_id.eq(unit),
        cells::member_id.eq(member),
        cells::team_mentor.eq(team_mentor),
        cells::position.eq(cell.position),
        cells::created_at.eq(tx.now()),
    );
    diesel::insert_into(cells::table).values(row).execute(tx.conn())?;
    Ok(())
}
