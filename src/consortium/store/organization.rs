//! The SQL of organizations in a hackathon.

use diesel::prelude::*;

use crate::base::{Error, Id, Key, Localized, OrConflict, PageRequest, Result, say};
use crate::consortium::Member;
use crate::consortium::organization::{Function, Organization, OrganizationId};
use crate::db::Tx;
use crate::db::schema::{hackathon_organizations as here, organizations};
use crate::hackathon::Hackathon;

/// The columns of an [`Organization`], in its order.
const COLUMNS: (
    here::hackathon_id,
    here::organization_id,
    organizations::slug,
    here::name,
    here::function,
    here::lead_id,
    here::version,
    organizations::version,
    here::created_at,
    here::updated_at,
) = (
    here::hackathon_id,
    here::organization_id,
    organizations::slug,
    here::name,
    here::function,
    here::lead_id,
    here::version,
    organizations::version,
    here::created_at,
    here::updated_at,
);

/// The organization of that id or slug in this hackathon.
pub fn find(tx: &mut Tx, hackathon: Id<Hackathon>, key: &Key) -> Result<Option<Organization>> {
    let query = here::table
        .inner_join(organizations::table)
        .filter(here::hackathon_id.eq(hackathon))
        .select(COLUMNS)
        .into_boxed();
    let query = match key {
        Key::Id(id) => query.filter(here::organization_id.eq(OrganizationId::from_uuid(*id))),
        Key::Slug(slug) => query.filter(organizations::slug.eq(slug)),
    };
    Ok(query.first(tx.conn()).optional()?)
}

/// Every organization of this hackathon.
pub fn all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Organization>> {
    let query = here::table.inner_join(organizations::table).filter(here::hackathon_id.eq(hackathon));
    Ok(query.order((here::created_at, here::organization_id)).select(COLUMNS).load(tx.conn())?)
}

/// A page of them.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, page: &PageRequest) -> Result<Vec<Organization>> {
    let query = here::table.inner_join(organizations::table).filter(here::hackathon_id.eq(hackathon));
    let mut query = query.order(here::organization_id).limit(page.fetch()).select(COLUMNS).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(here::organization_id.gt(OrganizationId::from_uuid(after)));
    }
    Ok(query.load(tx.conn())?)
}

/// Takes an organization into the consortium.
pub fn insert(
    tx: &mut Tx,
    hackathon: Id<Hackathon>,
    id: OrganizationId,
    name: &Localized,
    function: Function,
) -> Result<Organization> {
    let row = (
        here::hackathon_id.eq(hackathon),
        here::organization_id.eq(id),
        here::name.eq(name),
        here::function.eq(function),
        here::version.eq(1_i64),
        here::created_at.eq(tx.now()),
        here::updated_at.eq(tx.now()),
    );
    diesel::insert_into(here::table)
        .values(row)
        .execute(tx.conn())
        .or_conflict(|| say!("This organization is in the consortium already.", "이미 컨소시엄에 있는 기관입니다."))?;
    find(tx, hackathon, &Key::Id(id.uuid()))?
        .ok_or_else(|| Error::internal("an organization just taken in is not there"))
}

/// Changes what it is here, unless somebody else changed it meanwhile.
pub fn update(
    tx: &mut Tx,
    of: &Organization,
    name: &Localized,
    function: Function,
    lead: Option<Id<Member>>,
) -> Result<Organization> {
    let as_read = here::table.find((of.hackathon, of.id)).filter(here::version.eq(of.version));
    let changed = diesel::update(as_read)
        .set((
            here::name.eq(name),
            here::function.eq(function),
            here::lead_id.eq(lead),
            here::version.eq(here::version + 1),
            here::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    find(tx, of.hackathon, &Key::Id(of.id.uuid()))?.ok_or(Error::NotFound)
}

/// Takes it out of the consortium. What still points to it makes the database refuse.
pub fn delete(tx: &mut Tx, of: &Organization) -> Result<()> {
    diesel::delete(here::table.find((of.hackathon, of.id))).execute(tx.conn()).or_in_use(|| {
        say!(
            "Something in this hackathon still points to this organization.",
            "이 해커톤에서 아직 쓰이는 기관이라 지울 수 없습니다."
        )
    })?;
    Ok(())
}

/// Sets or clears who speaks for it.
pub fn set_lead(tx: &mut Tx, of: &Organization, lead: Option<Id<Member>>) -> Result<()> {
    diesel::update(here::table.find((of.hackathon, of.id))).set(here::lead_id.eq(lead)).execute(tx.conn())?;
    Ok(())
}
