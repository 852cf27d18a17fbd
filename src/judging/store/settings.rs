//! The SQL of how submissions are taken.

use diesel::prelude::*;

use crate::base::{Id, Instant, Result};
use crate::db::schema::judgings;
use crate::db::{Conn, Tx, on_backend};
use crate::hackathon::Hackathon;

/// Until when teams hand in, and the version of that; none where nobody has said anything or handed in yet.
pub fn find(tx: &mut Tx, here: Id<Hackathon>) -> Result<Option<(Option<Instant>, i64)>> {
    let query = judgings::table.find(here).select((judgings::submissions_due_at, judgings::version));
    Ok(query.first(tx.conn()).optional()?)
}

/// Waits until nobody else changes the judging of this hackathon: what was checked is then what is changed. SQLite has one
/// writer, who waited before it began. The row that the first one makes says nothing yet, which is version 0 as without a row.
pub fn lock(tx: &mut Tx, here: Id<Hackathon>) -> Result<()> {
    let row = (judgings::hackathon_id.eq(here), judgings::version.eq(0_i64), judgings::updated_at.eq(tx.now()));
    let insert = diesel::insert_into(judgings::table).values(row).on_conflict_do_nothing();
    on_backend!(tx.conn(), |conn| insert.execute(conn))?;
    if let Conn::Postgres(conn) = tx.conn() {
        let _: Id<Hackathon> =
            judgings::table.find(here).select(judgings::hackathon_id).for_no_key_update().first(conn)?;
    }
    Ok(())
}

/// Says until when teams hand in.
pub fn set_due(tx: &mut Tx, here: Id<Hackathon>, due_at: Option<Instant>) -> Result<()> {
    diesel::update(judgings::table.find(here))
        .set((
            judgings::submissions_due_at.eq(due_at),
            judgings::version.eq(judgings::version + 1),
            judgings::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    Ok(())
}
