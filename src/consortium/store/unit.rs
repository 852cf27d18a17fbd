//! The SQL of units.

use diesel::prelude::*;

use crate::base::{Error, Id, Key, Localized, OrConflict, PageRequest, Result, Sentence, Slug, say};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Member, Unit};
use crate::db::Tx;
use crate::db::schema::units;
use crate::hackathon::Hackathon;

/// The unit of that id or slug in this hackathon.
pub fn find(tx: &mut Tx, hackathon: Id<Hackathon>, key: &Key) -> Result<Option<Unit>> {
    let query = units::table.filter(units::hackathon_id.eq(hackathon)).into_boxed();
    let query = match key {
        Key::Id(id) => query.filter(units::id.eq(Id::<Unit>::from_uuid(*id))),
        Key::Slug(slug) => query.filter(units::slug.eq(slug)),
    };
    Ok(query.first(tx.conn()).optional()?)
}

/// Every unit of this hackathon.
pub fn all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Unit>> {
    Ok(units::table.filter(units::hackathon_id.eq(hackathon)).order(units::id).load(tx.conn())?)
}

/// A page of them.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, page: &PageRequest) -> Result<Vec<Unit>> {
    let mut query =
        units::table.filter(units::hackathon_id.eq(hackathon)).order(units::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(units::id.gt(Id::<Unit>::from_uuid(after)));
    }
    Ok(query.load(tx.conn())?)
}

/// Makes a unit.
pub fn insert(
    tx: &mut Tx,
    hackathon: Id<Hackathon>,
    organization: OrganizationId,
    slug: &Slug,
    name: &Localized,
) -> Result<Unit> {
    let id: Id<Unit> = tx.fresh();
    let row = (
        units::id.eq(id),
        units::hackathon_id.eq(hackathon),
        units::organization_id.eq(organization),
        units::slug.eq(slug),
        units::name.eq(name),
        units::version.eq(1_i64),
        units::created_at.eq(tx.now()),
        units::updated_at.eq(tx.now()),
    );
    diesel::insert_into(units::table).values(row).execute(tx.conn()).or_conflict(|| taken(slug))?;
    find(tx, hackathon, &Key::Id(id.uuid()))?.ok_or_else(|| Error::internal("a unit just made is not there"))
}

/// Changes a unit to what `to` says, unless somebody else changed it meanwhile.
pub fn update(tx: &mut Tx, to: &Unit) -> Result<Unit> {
    let as_read = units::table.filter(units::id.eq(to.id)).filter(units::version.eq(to.version));
    let changed = diesel::update(as_read)
        .set((
            units::organization_id.eq(to.organization),
            units::slug.eq(&to.slug),
            units::name.eq(&to.name),
            units::lead_id.eq(to.lead),
            units::version.eq(units::version + 1),
            units::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())
        .or_conflict(|| taken(&to.slug))?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    find(tx, to.hackathon, &Key::Id(to.id.uuid()))?.ok_or(Error::NotFound)
}

fn taken(slug: &Slug) -> Sentence {
    say!("There is a unit \"{slug}\" already.", "이미 있는 부서입니다: \"{slug}\"")
}

/// Removes a unit. What still points to it makes the database refuse.
pub fn delete(tx: &mut Tx, id: Id<Unit>) -> Result<()> {
    diesel::delete(units::table.find(id)).execute(tx.conn()).or_in_use(|| {
        say!(
            "Something in this hackathon still points to this unit.",
            "이 해커톤에서 아직 쓰이는 부서라 지울 수 없습니다."
        )
    })?;
    Ok(())
}

/// Sets or clears who leads it.
pub fn set_lead(tx: &mut Tx, id: Id<Unit>, lead: Option<Id<Member>>) -> Result<()> {
    diesel::update(units::table.find(id)).set(units::lead_id.eq(lead)).execute(tx.conn())?;
    Ok(())
}
