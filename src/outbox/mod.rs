//! The outbox: every event of a hackathon's questions, once more, in the order in which they were committed. Whoever tells
//! somebody of an event reads it from here: streams, notifications, mails.
//!
//! An entry is written in the transaction of its event, so both are there or neither. Positions have no gaps and are given in
//! the order of the commits: the row of [`store::advance`] stays locked from the moment a position is taken until the
//! transaction ends, so nobody can commit a later position before an earlier one, and a reader who has seen position n will
//! never find anything new at or below n. That row is the last lock a transaction takes: whoever changes several questions
//! locks all of them first.

pub mod store;

use chrono::TimeDelta;

use crate::base::{Id, Instant, Result};
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// How long entries are kept, at least. A stream that was cut off for longer begins anew.
pub const KEPT: TimeDelta = TimeDelta::days(7);

/// What an entry is about: a question, of which nothing is known here.
#[derive(Debug)]
pub struct Subject;

/// An event on its way into the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// The question it happened to.
    pub subject: Id<Subject>,
    /// Its number in the question's history.
    pub seq: i32,
    /// The word for what happened.
    pub kind: String,
    /// Whether only those who read internal notes hear of it.
    pub internal: bool,
}

/// An entry of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands: from 1, without gaps, in the order of the commits.
    pub position: i64,
    /// What happened.
    pub happened: Happened,
    /// When.
    pub at: Instant,
}

/// Puts events into the outbox of their hackathon. Whoever changes a question announces that as well, which wakes those who
/// read. Nothing may be locked after this: see above.
pub fn put(tx: &mut Tx, hackathon: Id<Hackathon>, happened: &[Happened]) -> Result<()> {
    let count = i64::try_from(happened.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(());
    }
    let last = store::advance(tx, hackathon, count)?;
    store::insert(tx, hackathon, last - count, happened)
}

/// Drops what is older than [`KEPT`] and has been dealt with by every reader.
pub fn tidy(tx: &mut Tx) -> Result<()> {
    let before = tx.now().plus(-KEPT);
    for (hackathon, slowest) in store::slowest_readers(tx)? {
        store::delete(tx, hackathon, slowest, before)?;
    }
    Ok(())
}
