//! The SQL of declared conflicts of interest.

use diesel::prelude::*;

use crate::access::UserId;
use crate::base::{Error, Id, OrConflict, Result, Text, say};
use crate::consortium::Member;
use crate::db::Tx;
use crate::db::schema::conflicts;
use crate::hackathon::Hackathon;
use crate::judging::conflict::Declared;
use crate::team::Team;

/// The declaration of that id in this hackathon.
pub fn by_id(tx: &mut Tx, here: Id<Hackathon>, id: Id<Declared>) -> Result<Option<Declared>> {
    let query = conflicts::table.filter(conflicts::hackathon_id.eq(here)).filter(conflicts::id.eq(id));
    Ok(query.first(tx.conn()).optional()?)
}

/// Everything that was declared in this hackathon.
pub fn all(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Declared>> {
    Ok(conflicts::table.filter(conflicts::hackathon_id.eq(here)).order(conflicts::id).load(tx.conn())?)
}

/// Keeps a declaration.
pub fn insert(
    tx: &mut Tx,
    here: Id<Hackathon>,
    by: UserId,
    (judge, team): (Id<Member>, Id<Team>),
    reason: &Text,
) -> Result<Declared> {
    let id: Id<Declared> = tx.fresh();
    let row = (
        conflicts::id.eq(id),
        conflicts::hackathon_id.eq(here),
        conflicts::judge_id.eq(judge),
        conflicts::team_id.eq(team),
        conflicts::reason.eq(reason),
        conflicts::declared_by.eq(by),
        conflicts::created_at.eq(tx.now()),
    );
    diesel::insert_into(conflicts::table)
        .values(row)
        .execute(tx.conn())
        .or_conflict(|| say!("This conflict of interest was declared already.", "이미 신고된 이해 충돌입니다."))?;
    by_id(tx, here, id)?.ok_or_else(|| Error::internal("a declaration just made is not there"))
}

/// Takes a declaration back.
pub fn delete(tx: &mut Tx, of: &Declared) -> Result<()> {
    diesel::delete(conflicts::table.find(of.id)).execute(tx.conn())?;
    Ok(())
}
