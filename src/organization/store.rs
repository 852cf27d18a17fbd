//! The SQL of organizations.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::Organization;
use crate::access::UserId;
use crate::base::{Error, Id, Key, Localized, OrConflict, PageRequest, Result, Slug, say};
use crate::db::Tx;
use crate::db::schema::{hackathon_organizations, members, organizations};

/// The organization of that id or slug.
pub fn find(tx: &mut Tx, key: &Key) -> Result<Option<Organization>> {
    let query = organizations::table.into_boxed();
    let query = match key {
        Key::Id(id) => query.filter(organizations::id.eq(Id::<Organization>::from_uuid(*id))),
        Key::Slug(slug) => query.filter(organizations::slug.eq(slug)),
    };
    Ok(query.first(tx.conn()).optional()?)
}

/// A page of all organizations.
pub fn list(tx: &mut Tx, page: &PageRequest) -> Result<Vec<Organization>> {
    let mut query = organizations::table.order(organizations::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(organizations::id.gt(Id::<Organization>::from_uuid(after)));
    }
    Ok(query.load(tx.conn())?)
}

/// A page of the organizations in this user's hackathons.
pub fn list_of(tx: &mut Tx, user: UserId, page: &PageRequest) -> Result<Vec<Organization>> {
    let own = members::table
        .filter(members::user_id.eq(user))
        .filter(members::state.eq("active"))
        .select(members::hackathon_id);
    let near = hackathon_organizations::table
        .filter(hackathon_organizations::hackathon_id.eq_any(own))
        .select(hackathon_organizations::organization_id);
    let mut query = organizations::table
        .filter(organizations::id.eq_any(near))
        .order(organizations::id)
        .limit(page.fetch())
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(organizations::id.gt(Id::<Organization>::from_uuid(after)));
    }
    Ok(query.load(tx.conn())?)
}

/// Whether it is in a hackathon that this user is an active member of.
pub fn is_partner_of(tx: &mut Tx, id: Id<Organization>, user: UserId) -> Result<bool> {
    let own = members::table
        .filter(members::user_id.eq(user))
        .filter(members::state.eq("active"))
        .select(members::hackathon_id);
    let near = hackathon_organizations::table
        .filter(hackathon_organizations::organization_id.eq(id))
        .filter(hackathon_organizations::hackathon_id.eq_any(own));
    Ok(diesel::select(exists(near)).get_result(tx.conn())?)
}

/// Makes an organization.
pub fn insert(tx: &mut Tx, slug: &Slug, name: &Localized) -> Result<Organization> {
    let row = (
        organizations::id.eq(tx.fresh::<Organization>()),
        organizations::slug.eq(slug),
        organizations::name.eq(name),
        organizations::version.eq(1_i64),
        organizations::created_at.eq(tx.now()),
        organizations::updated_at.eq(tx.now()),
    );
    diesel::insert_into(organizations::table)
        .values(row)
        .execute(tx.conn())
        .or_conflict(|| say!("There is an organization \"{slug}\" already.", "이미 있는 기관입니다: \"{slug}\""))?;
    find(tx, &Key::Slug(slug.clone()))?.ok_or_else(|| Error::internal("an organization just made is not there"))
}

/// Changes slug and name.
pub fn update(tx: &mut Tx, id: Id<Organization>, slug: &Slug, name: &Localized) -> Result<Organization> {
    diesel::update(organizations::table.find(id))
        .set((
            organizations::slug.eq(slug),
            organizations::name.eq(name),
            organizations::version.eq(organizations::version + 1),
            organizations::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())
        .or_conflict(|| say!("There is an organization \"{slug}\" already.", "이미 있는 기관입니다: \"{slug}\""))?;
    find(tx, &Key::Id(id.uuid()))?.ok_or(Error::NotFound)
}
