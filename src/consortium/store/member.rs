//! The SQL of members.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::UserId;
use crate::account::{Locale, User, UserState};
use crate::base::text::fold;
use crate::base::{Email, Error, Id, Instant, Name, OrConflict, PageRequest, Result, say};
use crate::consortium::Unit;
use crate::consortium::affiliation::Affiliation;
use crate::consortium::member::{Member, MemberState, NewMember};
use crate::consortium::organization::OrganizationId;
use crate::db::schema::{members, units, users};
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
    state: UserState,
    version: i64,
}

type Row = (MemberColumns, UserColumns);

fn whole((member, user): Row) -> Member {
    let UserColumns { email, display_name, phone, locale, state: user_state, version: user_version } = user;
    let affiliation = Affiliation::from_columns((member.organization_id, member.unit_id));
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
        user_state,
        version: member.version,
        user_version,
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

/// Which members a list holds. What is left out holds for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those with this role.
    pub role: Option<Role>,
    /// Those of this organization and of its units.
    pub organization: Option<OrganizationId>,
    /// Those of this unit.
    pub unit: Option<Id<Unit>>,
    /// Those of this profession.
    pub profession: Option<Name>,
    /// Those whose name has this in it, however it is written.
    pub name: Option<String>,
}

impl Filter {
    /// Roles lie in JSON and names are compared folded, in which the databases differ, so these two are looked at here.
    fn takes(&self, member: &Member) -> bool {
        let named = |part: &String| fold(member.display_name.as_str()).contains(part.as_str());
        self.role.is_none_or(|role| member.is(role)) && self.name.as_ref().is_none_or(named)
    }
}

/// Rows read at a time where the rest of a filter is looked at here.
const BATCH: i64 = 500;

/// A page of them.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, filter: &Filter, page: &PageRequest) -> Result<Vec<Member>> {
    let wanted = usize::try_from(page.fetch()).unwrap_or_default();
    let mut found: Vec<Member> = Vec::new();
    let mut after = page.after.map(Id::from_uuid);
    loop {
        let batch = batch(tx, hackathon, filter, after)?;
        let full = i64::try_from(batch.len()).is_ok_and(|rows| rows == BATCH);
        after = batch.last().map(|last| last.id);
        found.extend(batch.into_iter().filter(|member| filter.takes(member)));
        if !full || found.len() >= wanted {
            found.truncate(wanted);
            return Ok(found);
        }
    }
}

fn batch(tx: &mut Tx, hackathon: Id<Hackathon>, filter: &Filter, after: Option<Id<Member>>) -> Result<Vec<Member>> {
    let mut query = rows!().filter(members::hackathon_id.eq(hackathon)).order(members::id).limit(BATCH).into_boxed();
    if let Some(after) = after {
        query = query.filter(members::id.gt(after));
    }
    if let Some(id) = filter.organization {
        let own = units::table.filter(units::organization_id.eq(id)).filter(units::hackathon_id.eq(hackathon));
        let own: Vec<Option<Id<Unit>>> = own.select(units::id.nullable()).load(tx.conn())?;
        query = query.filter(members::organization_id.eq(id).or(members::unit_id.eq_any(own)));
    }
    if let Some(id) = filter.unit {
        query = query.filter(members::unit_id.eq(id));
    }
    if let Some(profession) = &filter.profession {
        query = query.filter(members::profession.eq(profession));
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
    let (organization_id, unit_id) = Affiliation::columns(affiliation);
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

/// Changes what is said of a member, unless somebody else changed it meanwhile.
pub fn update(tx: &mut Tx, of: &Member, to: &NewMember) -> Result<Member> {
    let as_read = members::table.filter(members::id.eq(of.id)).filter(members::version.eq(of.version));
    let changed = diesel::update(as_read)
        .set((said(to), members::version.eq(members::version + 1), members::updated_at.eq(tx.now())))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, of.hackathon, of.id)?.ok_or(Error::NotFound)
}

/// How many others organize the hackathon.
pub fn other_organizers(tx: &mut Tx, besides: &Member) -> Result<usize> {
    let rows: Vec<Json<Vec<Role>>> = members::table
        .inner_join(users::table)
        .filter(members::hackathon_id.eq(besides.hackathon))
        .filter(members::id.ne(besides.id))
        .filter(members::state.eq(MemberState::Active))
        .filter(users::state.eq(UserState::Active))
        .select(members::roles)
        .load(tx.conn())?;
    Ok(rows.iter().filter(|Json(roles)| roles.contains(&Role::Organizer)).count())
}

/// Whether this user is a member of any hackathon but this one.
pub fn is_elsewhere(tx: &mut Tx, user: UserId, hackathon: Id<Hackathon>) -> Result<bool> {
    let elsewhere = members::table.filter(members::user_id.eq(user)).filter(members::hackathon_id.ne(hackathon));
    Ok(diesel::select(exists(elsewhere)).get_result(tx.conn())?)
}

/// Removes a membership. What still points to it makes the database refuse.
pub fn delete(tx: &mut Tx, id: Id<Member>) -> Result<()> {
    diesel::delete(members::table.find(id)).execute(tx.conn()).or_in_use(|| {
        say!(
            "Something in this hackathon still points to this member. Suspend them instead.",
            "이 해커톤에서 아직 쓰이는 구성원이라 지울 수 없습니다. 대신 정지하세요."
        )
    })?;
    Ok(())
}
