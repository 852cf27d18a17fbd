//! The SQL of clocks: which questions must be looked at.

use diesel::prelude::*;

use super::complete;
use crate::base::{Id, Instant, Result};
use crate::db::schema::{hackathons, questions};
use crate::db::{Conn, Tx};
use crate::hackathon::Hackathon;
use crate::question::Question;
use crate::question::clock::Wound;

/// A question to which something is to happen, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awake {
    /// Since when.
    pub at: Instant,
    /// Where it is.
    pub hackathon: Id<Hackathon>,
    /// The question.
    pub question: Id<Question>,
}

/// Those to which something is to happen by then, the longest waiting first, from after one of them on. In a hackathon that
/// was ended nothing happens any more.
pub fn awake(tx: &mut Tx, until: Instant, after: Option<Awake>, most: i64) -> Result<Vec<Awake>> {
    let running = hackathons::table.filter(hackathons::ended_at.is_null()).select(hackathons::id);
    let mut query = questions::table
        .filter(questions::wake_at.le(until))
        .filter(questions::hackathon_id.eq_any(running))
        .order((questions::wake_at, questions::id))
        .limit(most)
        .into_boxed();
    if let Some(after) = after {
        let later = questions::wake_at.gt(after.at);
        query = query.filter(later.or(questions::wake_at.eq(after.at).and(questions::id.gt(after.question))));
    }
    let columns = (questions::wake_at.assume_not_null(), questions::hackathon_id, questions::id);
    let rows: Vec<(Instant, Id<Hackathon>, Id<Question>)> = query.select(columns).load(tx.conn())?;
    Ok(rows.into_iter().map(|(at, hackathon, question)| Awake { at, hackathon, question }).collect())
}

/// Those of these questions to which something is to happen by now, held until the transaction ends. What somebody else holds
/// is left out, so that nobody waits here who is waited for.
pub fn hold(tx: &mut Tx, hackathon: Id<Hackathon>, ids: &[Id<Question>]) -> Result<Vec<Question>> {
    let now = tx.now();
    let due = questions::table
        .filter(questions::hackathon_id.eq(hackathon))
        .filter(questions::id.eq_any(ids.to_vec()))
        .filter(questions::wake_at.le(now))
        .order((questions::wake_at, questions::id));
    let rows = match tx.conn() {
        Conn::Postgres(conn) => due.for_no_key_update().skip_locked().load(conn)?,
        // SQLite has one writer, who waited before it began.
        Conn::Sqlite(conn) => due.load(conn)?,
    };
    complete(tx, rows)
}

/// The hackathons with clocks that are wound by an older directory than theirs. A closed question has none.
pub fn behind(tx: &mut Tx) -> Result<Vec<Id<Hackathon>>> {
    let query = hackathons::table
        .inner_join(questions::table.on(questions::hackathon_id.eq(hackathons::id)))
        .filter(hackathons::ended_at.is_null())
        .filter(questions::wake_at.is_not_null())
        .filter(questions::wound_version.lt(hackathons::directory_version))
        .select(hackathons::id)
        .distinct();
    Ok(query.load(tx.conn())?)
}

/// The questions of this hackathon whose clocks are wound by a directory older than this version.
pub fn stale(tx: &mut Tx, hackathon: Id<Hackathon>, version: i64, most: i64) -> Result<Vec<Question>> {
    let rows = questions::table
        .filter(questions::hackathon_id.eq(hackathon))
        .filter(questions::wake_at.is_not_null())
        .filter(questions::wound_version.lt(version))
        .order(questions::id)
        .limit(most)
        .load(tx.conn())?;
    complete(tx, rows)
}

/// Keeps clocks that were wound anew, unless the question changed since it was read. It counts as changed itself only
/// where somebody could see that.
pub fn keep(tx: &mut Tx, question: &Question, wound: &Wound, version: i64) -> Result<()> {
    let seen = i64::from(wound.due != question.due);
    let as_read =
        questions::table.filter(questions::id.eq(question.id)).filter(questions::version.eq(question.version));
    diesel::update(as_read)
        .set((
            questions::due_at.eq(wound.due.map(|due| due.at)),
            questions::due_for.eq(wound.due.map(|due| due.promise)),
            questions::wake_at.eq(wound.wake_at),
            questions::wound_version.eq(version),
            questions::version.eq(questions::version + seen),
        ))
        .execute(tx.conn())?;
    Ok(())
}
