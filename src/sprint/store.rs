//! The SQL of sprints.

pub mod scope;

use diesel::prelude::*;
use uuid::Uuid;

use super::{Facts, Sprint};
use crate::base::{Error, Id, Instant, Localized, OrConflict, PageRequest, Result, Sentence, say};
use crate::db::Tx;
use crate::db::schema::sprints;
use crate::hackathon::Hackathon;

/// The sprint of that id in this hackathon.
pub fn by_id(tx: &mut Tx, hackathon: Id<Hackathon>, id: Id<Sprint>) -> Result<Option<Sprint>> {
    let query = sprints::table.filter(sprints::hackathon_id.eq(hackathon)).filter(sprints::id.eq(id));
    Ok(query.first(tx.conn()).optional()?)
}

/// The sprint of that number in this hackathon.
pub fn by_number(tx: &mut Tx, hackathon: Id<Hackathon>, number: i32) -> Result<Option<Sprint>> {
    let query = sprints::table.filter(sprints::hackathon_id.eq(hackathon)).filter(sprints::number.eq(number));
    Ok(query.first(tx.conn()).optional()?)
}

/// Every sprint of this hackathon, in order.
pub fn all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Sprint>> {
    Ok(sprints::table.filter(sprints::hackathon_id.eq(hackathon)).order(sprints::number).load(tx.conn())?)
}

/// A page of them, in order. What a cursor holds is the number, see [`place`].
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, page: &PageRequest) -> Result<Vec<Sprint>> {
    let mut query = sprints::table
        .filter(sprints::hackathon_id.eq(hackathon))
        .order(sprints::number)
        .limit(page.fetch())
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(sprints::number.gt(i32::try_from(after.as_u128()).unwrap_or(i32::MAX)));
    }
    Ok(query.load(tx.conn())?)
}

/// Where a number stands in the list: cursors carry a UUID, and sprints are listed by number.
pub fn place(number: i32) -> Uuid {
    Uuid::from_u128(u128::try_from(number).unwrap_or_default())
}

/// Makes a sprint.
pub fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, facts: &Facts) -> Result<Sprint> {
    let id: Id<Sprint> = tx.fresh();
    let row = (
        sprints::id.eq(id),
        sprints::hackathon_id.eq(hackathon),
        sprints::number.eq(facts.number),
        sprints::starts_on.eq(facts.starts_on),
        sprints::ends_on.eq(facts.ends_on),
        sprints::goal.eq(&facts.goal),
        sprints::version.eq(1_i64),
        sprints::created_at.eq(tx.now()),
        sprints::updated_at.eq(tx.now()),
    );
    diesel::insert_into(sprints::table).values(row).execute(tx.conn()).or_conflict(|| taken(facts))?;
    by_id(tx, hackathon, id)?.ok_or_else(|| Error::internal("a sprint just made is not there"))
}

/// Changes a sprint, unless somebody else changed it meanwhile.
pub fn update(tx: &mut Tx, of: &Sprint, facts: &Facts) -> Result<Sprint> {
    let as_read = sprints::table.filter(sprints::id.eq(of.id)).filter(sprints::version.eq(of.version));
    let changed = diesel::update(as_read)
        .set((
            sprints::number.eq(facts.number),
            sprints::starts_on.eq(facts.starts_on),
            sprints::ends_on.eq(facts.ends_on),
            sprints::goal.eq(&facts.goal),
            sprints::version.eq(sprints::version + 1),
            sprints::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())
        .or_conflict(|| taken(facts))?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, of.hackathon, of.id)?.ok_or(Error::NotFound)
}

/// Closes a sprint with what it brought, or opens it again, unless somebody else changed it meanwhile.
pub fn set_closed(tx: &mut Tx, of: &Sprint, closed_at: Option<Instant>, summary: Option<&Localized>) -> Result<Sprint> {
    let as_read = sprints::table.filter(sprints::id.eq(of.id)).filter(sprints::version.eq(of.version));
    let changed = diesel::update(as_read)
        .set((
            sprints::closed_at.eq(closed_at),
            sprints::summary.eq(summary),
            sprints::version.eq(sprints::version + 1),
            sprints::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, of.hackathon, of.id)?.ok_or(Error::NotFound)
}

fn taken(facts: &Facts) -> Sentence {
    let number = facts.number;
    say!("There is a sprint {number} already.", "이미 있는 스프린트 번호입니다: {number}")
}

/// Removes a sprint. What still points to it makes the database refuse.
pub fn delete(tx: &mut Tx, id: Id<Sprint>) -> Result<()> {
    diesel::delete(sprints::table.find(id)).execute(tx.conn()).or_in_use(|| {
        say!(
            "Something in this hackathon still points to this sprint.",
            "이 해커톤에서 아직 쓰이는 스프린트라 지울 수 없습니다."
        )
    })?;
    Ok(())
}
