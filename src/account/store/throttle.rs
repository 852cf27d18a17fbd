//! The SQL of failed sign-ins.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::account::throttle::Failed;
use crate::base::{Instant, Result};
use crate::db::schema::{sessions, throttles};
use crate::db::{Tx, on_backend};

/// The failures of a subject.
pub fn failed(tx: &mut Tx, subject: &str) -> Result<Option<Failed>> {
    let row: Option<(i32, Instant)> =
        throttles::table.find(subject).select((throttles::failures, throttles::last_at)).first(tx.conn()).optional()?;
    Ok(row.map(|(failures, last_at)| Failed { failures, last_at }))
}

/// Counts one more failure, now.
pub fn count(tx: &mut Tx, subject: &str) -> Result<()> {
    let now = tx.now();
    let row = (throttles::subject.eq(subject), throttles::failures.eq(1), throttles::last_at.eq(now));
    let insert = diesel::insert_into(throttles::table).values(row);
    on_backend!(tx.conn(), |conn| {
        let more = (throttles::failures.eq(throttles::failures + 1), throttles::last_at.eq(now));
        insert.on_conflict(throttles::subject).do_update().set(more).execute(conn)
    })?;
    Ok(())
}

/// Forgets the failures of a subject whose last was not after this time.
pub fn forget(tx: &mut Tx, subject: &str, until: Instant) -> Result<()> {
    diesel::delete(throttles::table.find(subject).filter(throttles::last_at.le(until))).execute(tx.conn())?;
    Ok(())
}

/// Forgets the failures of a subject.
pub fn clear(tx: &mut Tx, subject: &str) -> Result<()> {
    diesel::delete(throttles::table.find(subject)).execute(tx.conn())?;
    Ok(())
}

/// Forgets everybody's failures whose last was not after this time.
pub fn forget_all(tx: &mut Tx, until: Instant) -> Result<usize> {
    Ok(diesel::delete(throttles::table.filter(throttles::last_at.le(until))).execute(tx.conn())?)
}

/// Whether this account was signed in to from this address before, as far as sessions are kept.
pub fn has_signed_in_from(tx: &mut Tx, origin: &str) -> Result<bool> {
    Ok(diesel::select(exists(sessions::table.filter(sessions::origin.eq(origin)))).get_result(tx.conn())?)
}
