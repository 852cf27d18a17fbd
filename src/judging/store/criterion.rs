//! The SQL of criteria.

use diesel::prelude::*;

use crate::base::{Error, Id, OrConflict, Result, say};
use crate::db::Tx;
use crate::db::schema::criteria;
use crate::hackathon::Hackathon;
use crate::judging::criterion::{Criterion, Facts};

/// The criterion of that id in this hackathon.
pub fn by_id(tx: &mut Tx, here: Id<Hackathon>, id: Id<Criterion>) -> Result<Option<Criterion>> {
    let query = criteria::table.filter(criteria::hackathon_id.eq(here)).filter(criteria::id.eq(id));
    Ok(query.first(tx.conn()).optional()?)
}

/// Every criterion of this hackathon, in order. There are few: see [`crate::brief::CRITERIA_MOST`].
pub fn all(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Criterion>> {
    let query = criteria::table.filter(criteria::hackathon_id.eq(here)).order((criteria::position, criteria::id));
    Ok(query.load(tx.conn())?)
}

/// Makes a criterion.
pub fn insert(tx: &mut Tx, here: Id<Hackathon>, facts: &Facts, position: i32) -> Result<Criterion> {
    let id: Id<Criterion> = tx.fresh();
    let row = (
        criteria::id.eq(id),
        criteria::hackathon_id.eq(here),
        criteria::name.eq(&facts.name),
        criteria::weight.eq(facts.weight),
        criteria::position.eq(position),
        criteria::version.eq(1_i64),
        criteria::created_at.eq(tx.now()),
        criteria::updated_at.eq(tx.now()),
    );
    diesel::insert_into(criteria::table).values(row).execute(tx.conn())?;
    by_id(tx, here, id)?.ok_or_else(|| Error::internal("a criterion just made is not there"))
}

/// Changes a criterion, unless somebody else changed it since it was read.
pub fn update(tx: &mut Tx, of: &Criterion, facts: &Facts) -> Result<Criterion> {
    let as_read = criteria::table.filter(criteria::id.eq(of.id)).filter(criteria::version.eq(of.version));
    let changed = diesel::update(as_read)
        .set((
            criteria::name.eq(&facts.name),
            criteria::weight.eq(facts.weight),
            criteria::version.eq(criteria::version + 1),
            criteria::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, of.hackathon, of.id)?.ok_or(Error::NotFound)
}

/// Removes a criterion. Drafts with points for it make the database refuse.
pub fn delete(tx: &mut Tx, of: &Criterion) -> Result<()> {
    diesel::delete(criteria::table.find(of.id)).execute(tx.conn()).or_in_use(|| {
        say!(
            "A judge has given points for this criterion already.",
            "이미 점수가 매겨진 평가 기준이라 지울 수 없습니다."
        )
    })?;
    Ok(())
}
