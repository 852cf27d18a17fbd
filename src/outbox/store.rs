//! The SQL of the outbox.

use diesel::dsl::min;
use diesel::prelude::*;

use super::Happened;
use crate::base::{Id, Instant, Result};
use crate::db::schema::{outbox, outbox_ends, outbox_readers};
use crate::db::{Conn, Tx, on_backend};
use crate::hackathon::Hackathon;

/// Takes so many positions, and gives the last of them. From here until the transaction ends, nobody else can take any.
pub fn advance(tx: &mut Tx, hackathon: Id<Hackathon>, count: i64) -> Result<i64> {
    let first = (outbox_ends::hackathon_id.eq(hackathon), outbox_ends::last.eq(count));
    let next = outbox_ends::last.eq(outbox_ends::last + count);
    let insert = diesel::insert_into(outbox_ends::table).values(first);
    let upsert = insert.on_conflict(outbox_ends::hackathon_id).do_update().set(next);
    Ok(on_backend!(tx.conn(), |conn| upsert.returning(outbox_ends::last).get_result(conn))?)
}

/// Keeps entries, the first at the position after this one.
pub fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, after: i64, happened: &[Happened]) -> Result<()> {
    let now = tx.now();
    let row = |(position, Happened { subject, seq, kind, internal }): (i64, &Happened)| {
        (
            outbox::hackathon_id.eq(hackathon),
            outbox::position.eq(position),
            outbox::question_id.eq(*subject),
            outbox::seq.eq(*seq),
            outbox::kind.eq(kind.clone()),
            outbox::internal.eq(*internal),
            outbox::created_at.eq(now),
        )
    };
    let rows: Vec<_> = (after.saturating_add(1)..).zip(happened).map(row).collect();
    let insert = diesel::insert_into(outbox::table).values(rows);
    on_backend!(tx.conn(), |conn| insert.execute(conn))?;
    Ok(())
}

/// The last position of a hackathon; 0 where nothing ever happened.
pub fn end(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<i64> {
    let end = outbox_ends::table.find(hackathon).select(outbox_ends::last);
    Ok(end.first(tx.conn()).optional()?.unwrap_or_default())
}

/// The first position that is still there; the one after the end where nothing is.
pub fn beginning(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<i64> {
    let first: Option<i64> =
        outbox::table.filter(outbox::hackathon_id.eq(hackathon)).select(min(outbox::position)).first(tx.conn())?;
    match first {
        Some(first) => Ok(first),
        None => Ok(end(tx, hackathon)?.saturating_add(1)),
    }
}

/// The hackathons in which something happened that this reader has not dealt with.
pub fn behind(tx: &mut Tx, reader: &'static str) -> Result<Vec<Id<Hackathon>>> {
    let own = outbox_readers::hackathon_id.eq(outbox_ends::hackathon_id).and(outbox_readers::reader.eq(reader));
    let rows = outbox_ends::table.left_join(outbox_readers::table.on(own)).select((
        outbox_ends::hackathon_id,
        outbox_ends::last,
        outbox_readers::position.nullable(),
    ));
    let rows: Vec<(Id<Hackathon>, i64, Option<i64>)> = rows.load(tx.conn())?;
    let behind = rows.into_iter().filter(|(_, last, position)| position.unwrap_or_default() < *last);
    Ok(behind.map(|(hackathon, ..)| hackathon).collect())
}

/// As [`behind`], among the hackathons in which this reader has a place.
pub fn trailing(tx: &mut Tx, reader: &'static str) -> Result<Vec<Id<Hackathon>>> {
    let own = outbox_readers::hackathon_id.eq(outbox_ends::hackathon_id).and(outbox_readers::reader.eq(reader));
    let rows = outbox_ends::table.inner_join(outbox_readers::table.on(own));
    let rows = rows.filter(outbox_readers::position.lt(outbox_ends::last)).select(outbox_ends::hackathon_id);
    Ok(rows.load(tx.conn())?)
}

/// How far a reader has come in a hackathon. Others who read under this name wait until the transaction ends.
pub fn take_turn(tx: &mut Tx, reader: &'static str, hackathon: Id<Hackathon>) -> Result<i64> {
    let first = (
        outbox_readers::reader.eq(reader),
        outbox_readers::hackathon_id.eq(hackathon),
        outbox_readers::position.eq(0_i64),
    );
    let insert = diesel::insert_into(outbox_readers::table).values(first);
    on_backend!(tx.conn(), |conn| insert.on_conflict_do_nothing().execute(conn))?;
    let own = outbox_readers::table.find((reader, hackathon)).select(outbox_readers::position);
    Ok(match tx.conn() {
        Conn::Postgres(conn) => own.for_update().first(conn)?,
        Conn::Sqlite(conn) => own.first(conn)?,
    })
}

/// Waits until nobody writes or reads the outbox of this hackathon, and keeps it so until the transaction ends.
pub fn lock_all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<()> {
    let Conn::Postgres(conn) = tx.conn() else { return Ok(()) };
    let end = outbox_ends::table.find(hackathon).select(outbox_ends::last);
    let _: Option<i64> = end.for_no_key_update().first(conn).optional()?;
    let readers = outbox_readers::table.filter(outbox_readers::hackathon_id.eq(hackathon));
    let _: Vec<i64> =
        readers.order(outbox_readers::reader).select(outbox_readers::position).for_no_key_update().load(conn)?;
    Ok(())
}

/// The reader has dealt with everything up to this position.
pub fn passed(tx: &mut Tx, reader: &'static str, hackathon: Id<Hackathon>, position: i64) -> Result<()> {
    let own = outbox_readers::table.find((reader, hackathon));
    diesel::update(own).set(outbox_readers::position.eq(position)).execute(tx.conn())?;
    Ok(())
}

/// For each hackathon that is read, how far the slowest reader has come.
pub fn slowest_readers(tx: &mut Tx) -> Result<Vec<(Id<Hackathon>, i64)>> {
    let rows: Vec<(Id<Hackathon>, Option<i64>)> = outbox_readers::table
        .group_by(outbox_readers::hackathon_id)
        .select((outbox_readers::hackathon_id, min(outbox_readers::position)))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(hackathon, slowest)| (hackathon, slowest.unwrap_or_default())).collect())
}

/// Drops entries up to a position that are older than this.
pub fn delete(tx: &mut Tx, hackathon: Id<Hackathon>, up_to: i64, before: Instant) -> Result<()> {
    let old = outbox::table
        .filter(outbox::hackathon_id.eq(hackathon))
        .filter(outbox::position.le(up_to))
        .filter(outbox::created_at.lt(before));
    diesel::delete(old).execute(tx.conn())?;
    Ok(())
}

/// When the oldest entry was made that this reader has not dealt with, over all hackathons.
pub fn oldest_unread(tx: &mut Tx, reader: &'static str) -> Result<Option<Instant>> {
    let mut oldest = None;
    for hackathon in behind(tx, reader)? {
        let passed = outbox_readers::table.find((reader, hackathon)).select(outbox_readers::position);
        let passed: Option<i64> = passed.first(tx.conn()).optional()?;
        let first: Option<Instant> = outbox::table
            .filter(outbox::hackathon_id.eq(hackathon))
            .filter(outbox::position.gt(passed.unwrap_or_default()))
            .order(outbox::position)
            .select(outbox::created_at)
            .first(tx.conn())
            .optional()?;
        oldest = [oldest, first].into_iter().flatten().min();
    }
    Ok(oldest)
}
