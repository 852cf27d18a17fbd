//! The SQL of members.

use diesel::prelude::*;

use crate::access::UserId;
use crate::account::{Locale, User};
use crate::base::{Email, Id, Instant, Name, OrConflict, PageRequest, Result, say};
use crate::consortium::Unit;
use crate::consortium::member::{Affiliation, Member, MemberState, NewMember};
use crate::consortium::organization::OrganizationId;
use crate::db::schema::{members, users};
use crate::db::{Json, Tx};
use crate::hackathon::{Hackathon, Role};

#[derive(Queryable, Selectable)]
#[diesel(table_name = members)]
struct MemberColumns {
    id: Id<Member>,
    hackathon_id: Id<Hackathon>,
    user_id: UserId,
    roles: Json<Vec<Role>>,
    organization_id: Option<OrganizationId>,
    unit_id: Option<Id<Unit>>,
    profession: Option<Name>,
    weekly_minutes: Option<i32>,
    state: MemberState,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
struct UserColumns {
    email: Email,
    display_name: Name,
    phone: Option<Name>,
    locale: Locale,
}

type Row = (MemberColumns, UserColumns);

fn whole((member, user): Row) -> Member {
    let UserColumns { email, display_name, phone, locale } = user;
    let affiliation = member.unit_id.map(Affiliation::Unit).or(member.organization_id.map(Affiliation::Organization));
    Member {
        id: member.id,
        hackathon: member.hackathon_id,
        user: member.user_id,
        email,
        display_name,
        phone,
        locale,
        roles: member.roles.0,
        affiliation,
        profession: member.profession,
        weekly_minutes: member.weekly_minutes,
        state: member.state,
        version: member.version,
        created_at: member.created_at,
        updated_at: member.updated_at,
    }
}

macro_rules! rows {
    () => {
        members::table.inner_join(users::table).select((MemberColumns::as_select(), UserColumns::as_select()))
    };
}

/// The member of that id in this hackathon.
pub fn by_id(tx: &mut Tx, hackathon: Id<Hackathon>, id: Id<Member>) -> Result<Option<Member>> {
    let query = rows!().filter(members::hackathon_id.eq(hackathon)).filter(members::id.eq(id));
    Ok(query.first::<Row>(tx.conn()).optional()?.map(whole))
}

/// The membership of this user.
pub fn by_user(tx: &mut Tx, hackathon: Id<Hackathon>, user: UserId) -> Result<Option<Member>> {
    let query = rows!().filter(members::hackathon_id.eq(hackathon)).filter(members::user_id.eq(user));
    Ok(query.first::<Row>(tx.conn()).optional()?.map(whole))
}

/// Every member of this hackathon.
pub fn all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Member>> {
    let query = rows!().filter(members::hackathon_id.eq(hackathon)).order(members::id);
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(whole).collect())
}

/// A page of them.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, page: &PageRequest) -> Result<Vec<Member>> {
    let mut query =
        rows!().filter(members::hackathon_id.eq(hackathon)).order(members::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(members::id.gt(Id::<Member>::from_uuid(after)));
    }
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(whole).collect())
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = members, treat_none_as_null = true)]
struct Said {
    roles: Json<Vec<Role>>,
    organization_id: Option<OrganizationId>,
    unit_id: Option<Id<Unit>>,
    profession: Option<Name>,
    weekly_minutes: Option<i32>,
    state: MemberState,
}

fn said(new: &NewMember) -> Said {
    let NewMember { roles, affiliation, profession, weekly_minutes, state } = new.clone();
    let (organization_id, unit_id) = match affiliation {
        Some(Affiliation::Organization(id)) => (Some(id), None),
        Some(Affiliation::Unit(id)) => (None, Some(id)),
        None => (None, None),
    };
    Said { roles: Json(roles), organization_id, unit_id, profession, weekly_minutes, state }
}

/// Makes a membership.
pub fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, user: &User, new: &NewMember) -> Result<Id<Member>> {
    let id: Id<Member> = tx.fresh();
    let row = (
        members::id.eq(id),
        members::hackathon_id.eq(hackathon),
        members::user_id.eq(user.id),
        said(new),
        members::version.eq(1_i64),
        members::created_at.eq(tx.now()),
        members::updated_at.eq(tx.now()),
    );
    let email = &user.email;
    diesel::insert_into(members::table).values(row).execute(tx.conn()).or_conflict(|| {
        say!("{email} is a member of this hackathon already.", "이미 이 해커톤의 구성원입니다: {email}")
    })?;
    Ok(id)
}

/// Changes what is said of a member.
pub fn update(tx: &mut Tx, id: Id<Member>, to: &NewMember) -> Result<()> {
    diesel::update(members::table.find(id))
        .set((said(to), members::version.eq(members::version + 1), members::updated_at.eq(tx.now())))
        .execute(tx.conn())?;
    Ok(())
}

/// Removes a membership. What still points to it makes the database refuse.
pub fn delete(tx: &mut Tx, id: Id<Member>) -> Result<()> {
    diesel::delete(members::table.find(id)).execute(tx.conn())?;
    Ok(())
}
