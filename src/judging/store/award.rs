//! The SQL of awards.

use diesel::prelude::*;

use crate::base::{Error, Id, PageRequest, Result};
use crate::db::Tx;
use crate::db::schema::awards;
use crate::hackathon::Hackathon;
use crate::judging::award::{Award, Facts};

/// The award of that id in this hackathon.
pub fn by_id(tx: &mut Tx, here: Id<Hackathon>, id: Id<Award>) -> Result<Option<Award>> {
    let query = awards::table.filter(awards::hackathon_id.eq(here)).filter(awards::id.eq(id));
    Ok(query.first(tx.conn()).optional()?)
}

/// A page of the awards of this hackathon.
pub fn list(tx: &mut Tx, here: Id<Hackathon>, page: &PageRequest) -> Result<Vec<Award>> {
    let mut query =
        awards::table.filter(awards::hackathon_id.eq(here)).order(awards::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(awards::id.gt(Id::<Award>::from_uuid(after)));
    }
    Ok(query.load(tx.conn())?)
}

/// Makes an award.
pub fn insert(tx: &mut Tx, here: Id<Hackathon>, facts: &Facts) -> Result<Award> {
    let id: Id<Award> = tx.fresh();
    let row = (
        awards::id.eq(id),
        awards::hackathon_id.eq(here),
        awards::name.eq(&facts.name),
        awards::sponsor_id.eq(facts.sponsor),
        awards::submission_id.eq(facts.submission),
        awards::reason.eq(&facts.reason),
        awards::version.eq(1_i64),
        awards::created_at.eq(tx.now()),
        awards::updated_at.eq(tx.now()),
    );
    diesel::insert_into(awards::table).values(row).execute(tx.conn())?;
    by_id(tx, here, id)?.ok_or_else(|| Error::internal("an award just made is not there"))
}

/// Changes an award, unless somebody else changed it since it was read.
pub fn update(tx: &mut Tx, of: &Award, facts: &Facts) -> Result<Award> {
    let as_read = awards::table.filter(awards::id.eq(of.id)).filter(awards::version.eq(of.version));
    let changed = diesel::update(as_read)
        .set((
            awards::name.eq(&facts.name),
            awards::sponsor_id.eq(facts.sponsor),
            awards::submission_id.eq(facts.submission),
            awards::reason.eq(&facts.reason),
            awards::version.eq(awards::version + 1),
            awards::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, of.hackathon, of.id)?.ok_or(Error::NotFound)
}

/// Removes an award, unless somebody else changed it since it was read.
pub fn delete(tx: &mut Tx, of: &Award) -> Result<()> {
    let as_read = awards::table.filter(awards::id.eq(of.id)).filter(awards::version.eq(of.version));
    match diesel::delete(as_read).execute(tx.conn())? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}
