//! The SQL of absences.

use diesel::prelude::*;

use super::{Absence, Facts};
use crate::base::{Error, Id, PageRequest, Result};
use crate::consortium::Member;
use crate::db::Tx;
use crate::db::schema::absences;
use crate::hackathon::Hackathon;

/// This absence of this member.
pub fn by_id(tx: &mut Tx, member: Id<Member>, id: Id<Absence>) -> Result<Option<Absence>> {
    Ok(absences::table
        .filter(absences::member_id.eq(member))
        .filter(absences::id.eq(id))
        .first(tx.conn())
        .optional()?)
}

/// Every absence in a hackathon, the first day first.
pub fn all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Absence>> {
    let all = absences::table.filter(absences::hackathon_id.eq(hackathon));
    Ok(all.order((absences::starts_on, absences::id)).load(tx.conn())?)
}

/// A page of a member's, as they were said.
pub fn list(tx: &mut Tx, member: Id<Member>, page: &PageRequest) -> Result<Vec<Absence>> {
    let mut query =
        absences::table.filter(absences::member_id.eq(member)).order(absences::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(absences::id.gt(Id::<Absence>::from_uuid(after)));
    }
    Ok(query.load(tx.conn())?)
}

/// Keeps an absence.
pub fn insert(tx: &mut Tx, member: &Member, facts: &Facts) -> Result<Absence> {
    let id: Id<Absence> = tx.fresh();
    let row = (
        absences::id.eq(id),
        absences::hackathon_id.eq(member.hackathon),
        absences::member_id.eq(member.id),
        absences::starts_on.eq(facts.starts_on),
        absences::ends_on.eq(facts.ends_on),
        absences::reason.eq(&facts.reason),
        absences::version.eq(1_i64),
        absences::created_at.eq(tx.now()),
        absences::updated_at.eq(tx.now()),
    );
    diesel::insert_into(absences::table).values(row).execute(tx.conn())?;
    by_id(tx, member.id, id)?.ok_or_else(|| Error::internal("an absence just kept is not there"))
}

/// Changes an absence, unless somebody else changed it meanwhile.
pub fn update(tx: &mut Tx, of: &Absence, facts: &Facts) -> Result<Absence> {
    let as_read = absences::table.filter(absences::id.eq(of.id)).filter(absences::version.eq(of.version));
    let changed = diesel::update(as_read)
        .set((
            absences::starts_on.eq(facts.starts_on),
            absences::ends_on.eq(facts.ends_on),
            absences::reason.eq(&facts.reason),
            absences::version.eq(absences::version + 1),
            absences::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, of.member, of.id)?.ok_or(Error::NotFound)
}

/// Removes an absence.
pub fn delete(tx: &mut Tx, of: &Absence) -> Result<()> {
    diesel::delete(absences::table.find(of.id)).execute(tx.conn())?;
    Ok(())
}
