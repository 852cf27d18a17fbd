//! The SQL of hackathons.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Facts, Hackathon, Role, Zone};
use crate::access::{Roles, UserId};
use crate::base::{Error, Id, Instant, Key, Localized, OrConflict, PageRequest, Result, Sentence, Slug, say};
use crate::db::schema::{hackathons, members, users};
use crate::db::{Conn, Json, Tx};

/// The hackathon of that id or slug.
pub fn find(tx: &mut Tx, key: &Key) -> Result<Option<Hackathon>> {
    let query = hackathons::table.into_boxed();
    let query = match key {
        Key::Id(id) => query.filter(hackathons::id.eq(Id::<Hackathon>::from_uuid(*id))),
        Key::Slug(slug) => query.filter(hackathons::slug.eq(slug)),
    };
    Ok(query.first(tx.conn()).optional()?)
}

/// Every hackathon.
pub fn all(tx: &mut Tx) -> Result<Vec<Hackathon>> {
    Ok(hackathons::table.order(hackathons::id).load(tx.conn())?)
}

/// What this user is in it; nothing for a stranger, and for a member or a user who is suspended.
pub fn roles_of(tx: &mut Tx, hackathon: Id<Hackathon>, user: UserId) -> Result<Roles> {
    let roles: Option<Json<Vec<Role>>> = members::table
        .inner_join(users::table)
        .filter(members::hackathon_id.eq(hackathon))
        .filter(members::user_id.eq(user))
        .filter(members::state.eq("active"))
        .filter(users::state.eq("active"))
        .select(members::roles)
        .first(tx.conn())
        .optional()?;
    Ok(roles.map_or(Roles::NONE, |Json(roles)| Role::union(&roles)))
}

/// A page of the hackathons that this user is an active member of.
pub fn list_of(tx: &mut Tx, user: UserId, page: &PageRequest) -> Result<Vec<Hackathon>> {
    let own = members::table
        .filter(members::user_id.eq(user))
        .filter(members::state.eq("active"))
        .select(members::hackathon_id);
    let mut query =
        hackathons::table.filter(hackathons::id.eq_any(own)).order(hackathons::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(hackathons::id.gt(Id::<Hackathon>::from_uuid(after)));
    }
    Ok(query.load(tx.conn())?)
}

/// Makes a hackathon.
pub fn insert(tx: &mut Tx, facts: &Facts) -> Result<Hackathon> {
    let id: Id<Hackathon> = tx.fresh();
    let row = (
        hackathons::id.eq(id),
        columns(facts),
        hackathons::directory_version.eq(1_i64),
        hackathons::draft_version.eq(1_i64),
        hackathons::version.eq(1_i64),
        hackathons::created_at.eq(tx.now()),
        hackathons::updated_at.eq(tx.now()),
    );
    diesel::insert_into(hackathons::table).values(row).execute(tx.conn()).or_conflict(|| taken(facts))?;
    find(tx, &Key::Id(id.uuid()))?.ok_or_else(|| Error::internal("a hackathon just made is not there"))
}

/// Changes its facts.
pub fn update(tx: &mut Tx, id: Id<Hackathon>, facts: &Facts) -> Result<Hackathon> {
    diesel::update(hackathons::table.find(id))
        .set((columns(facts), hackathons::version.eq(hackathons::version + 1), hackathons::updated_at.eq(tx.now())))
        .execute(tx.conn())
        .or_conflict(|| taken(facts))?;
    find(tx, &Key::Id(id.uuid()))?.ok_or(Error::NotFound)
}

/// A row of [`Facts`].
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = hackathons)]
struct Columns {
    slug: Slug,
    name: Localized,
    timezone: Zone,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    working_hours: Json<Option<Vec<String>>>,
    holidays: Json<Vec<NaiveDate>>,
}

fn columns(facts: &Facts) -> Columns {
    let Facts { slug, name, timezone, starts_on, ends_on, working_hours, holidays } = facts.clone();
    Columns { slug, name, timezone, starts_on, ends_on, working_hours: Json(working_hours), holidays: Json(holidays) }
}

fn taken(facts: &Facts) -> Sentence {
    let slug = &facts.slug;
    say!("There is a hackathon \"{slug}\" already.", "이미 있는 해커톤입니다: \"{slug}\"")
}

/// Ends it, or opens it again.
pub fn set_ended(tx: &mut Tx, id: Id<Hackathon>, ended_at: Option<Instant>) -> Result<()> {
    diesel::update(hackathons::table.find(id)).set(hackathons::ended_at.eq(ended_at)).execute(tx.conn())?;
    Ok(())
}

/// Deletes it with all that is in it.
pub fn delete(tx: &mut Tx, id: Id<Hackathon>) -> Result<()> {
    diesel::delete(hackathons::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// Locks its row against deletion, and nothing else. `false`: it is gone. SQLite has one writer, who waited before it began.
pub fn hold(tx: &mut Tx, id: Id<Hackathon>) -> Result<bool> {
    let Conn::Postgres(conn) = tx.conn() else { return Ok(true) };
    let held: Option<Id<Hackathon>> =
        hackathons::table.find(id).select(hackathons::id).for_key_share().first(conn).optional()?;
    Ok(held.is_some())
}

/// Marks the directory as changed.
pub fn touch(tx: &mut Tx, id: Id<Hackathon>) -> Result<()> {
    diesel::update(hackathons::table.find(id))
        .set(hackathons::directory_version.eq(hackathons::directory_version + 1))
        .execute(tx.conn())?;
    Ok(())
}

/// Marks the draft of the matrix as changed.
pub fn touch_draft(tx: &mut Tx, id: Id<Hackathon>) -> Result<()> {
    diesel::update(hackathons::table.find(id))
        .set(hackathons::draft_version.eq(hackathons::draft_version + 1))
        .execute(tx.conn())?;
    Ok(())
}

/// The directory versions of these hackathons, for those who keep directories.
pub fn versions(tx: &mut Tx, ids: &[Id<Hackathon>]) -> Result<Vec<(Id<Hackathon>, i64)>> {
    let wanted = hackathons::table.filter(hackathons::id.eq_any(ids.to_vec()));
    Ok(wanted.select((hackathons::id, hackathons::directory_version)).load(tx.conn())?)
}
