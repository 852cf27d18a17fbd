//! The SQL of the matrix's versions.

use diesel::prelude::*;

use crate::access::UserId;
use crate::base::{Id, Instant, Result};
use crate::db::schema::matrix_versions as versions;
use crate::db::{Json, Tx};
use crate::hackathon::Hackathon;
use crate::matrix::{Table, Version};

type Row = (i32, Instant, Option<UserId>);

const VERSION: (versions::number, versions::published_at, versions::published_by) =
    (versions::number, versions::published_at, versions::published_by);

fn whole((version, published_at, published_by): Row) -> Version {
    Version { version, published_at, published_by }
}

/// The version in force.
pub fn latest(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Option<(Version, Table)>> {
    let found: Option<(Row, Json<Table>)> = versions::table
        .filter(versions::hackathon_id.eq(hackathon))
        .order(versions::number.desc())
        .select((VERSION, versions::cells))
        .first(tx.conn())
        .optional()?;
    Ok(found.map(|(row, Json(table))| (whole(row), table)))
}

/// The version of that number.
pub fn by_number(tx: &mut Tx, hackathon: Id<Hackathon>, number: i32) -> Result<Option<(Version, Table)>> {
    let found: Option<(Row, Json<Table>)> =
        versions::table.find((hackathon, number)).select((VERSION, versions::cells)).first(tx.conn()).optional()?;
    Ok(found.map(|(row, Json(table))| (whole(row), table)))
}

/// Versions, the latest first, from before this number on, at most so many.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, before: Option<i32>, most: i64) -> Result<Vec<Version>> {
    let query = versions::table.filter(versions::hackathon_id.eq(hackathon));
    let mut query = query.order(versions::number.desc()).limit(most).select(VERSION).into_boxed();
    if let Some(before) = before {
        query = query.filter(versions::number.lt(before));
    }
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(whole).collect())
}

/// Keeps a version.
pub fn insert(
    tx: &mut Tx,
    hackathon: Id<Hackathon>,
    number: i32,
    by: Option<UserId>,
    table: &Table,
) -> Result<Version> {
    let version = Version { version: number, published_at: tx.now(), published_by: by };
    let row = (
        versions::hackathon_id.eq(hackathon),
        versions::number.eq(number),
        versions::cells.eq(Json(table.clone())),
        versions::published_at.eq(version.published_at),
        versions::published_by.eq(version.published_by),
    );
    diesel::insert_into(versions::table).values(row).execute(tx.conn())?;
    Ok(version)
}
