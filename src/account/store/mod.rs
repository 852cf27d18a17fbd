//! The SQL of users.

pub mod password_link;
pub mod session;
pub mod setup;
pub mod throttle;
pub mod token;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::password::Hashed;
use super::sign_in::Credentials;
use super::{NewUser, User, UserState};
use crate::access::UserId;
use crate::base::{Email, Error, OrConflict, PageRequest, Result, say};
use crate::db::schema::users;
use crate::db::{Conn, Tx};

/// The columns of a [`User`], in its order.
pub(crate) const COLUMNS: (
    users::id,
    users::email,
    users::display_name,
    users::phone,
    users::locale,
    users::admin,
    users::state,
    users::version,
    users::created_at,
    users::updated_at,
) = (
    users::id,
    users::email,
    users::display_name,
    users::phone,
    users::locale,
    users::admin,
    users::state,
    users::version,
    users::created_at,
    users::updated_at,
);

/// The user of an address.
pub fn by_email(tx: &mut Tx, email: &Email) -> Result<Option<User>> {
    Ok(users::table.filter(users::email_folded.eq(email.folded())).select(COLUMNS).first(tx.conn()).optional()?)
}

/// The user of an id.
pub fn by_id(tx: &mut Tx, id: UserId) -> Result<Option<User>> {
    Ok(users::table.find(id).select(COLUMNS).first(tx.conn()).optional()?)
}

/// Makes a user.
pub fn insert(tx: &mut Tx, new: &NewUser) -> Result<User> {
    let id: UserId = tx.fresh();
    let row = (
        users::id.eq(id),
        users::email.eq(&new.email),
        users::email_folded.eq(new.email.folded()),
        users::display_name.eq(&new.display_name),
        users::phone.eq(&new.phone),
        users::locale.eq(new.locale),
        users::admin.eq(false),
        users::state.eq(UserState::Active),
        users::version.eq(1_i64),
        users::created_at.eq(tx.now()),
        users::updated_at.eq(tx.now()),
    );
    let email = new.email.clone();
    diesel::insert_into(users::table).values(row).execute(tx.conn()).or_conflict(|| {
        say!("There is a user with the address {email} already.", "이미 사용 중인 주소입니다: {email}")
    })?;
    by_id(tx, id)?.ok_or_else(|| Error::internal("a user just made is not there"))
}

/// Changes what can be changed of a user, unless somebody else has since this one was read: a new name must not take
/// back a suspension of the same moment.
pub fn update(tx: &mut Tx, to: &User) -> Result<User> {
    let changed = diesel::update(users::table.find(to.id).filter(users::version.eq(to.version)))
        .set((
            users::display_name.eq(&to.display_name),
            users::phone.eq(&to.phone),
            users::locale.eq(to.locale),
            users::admin.eq(to.admin),
            users::state.eq(to.state),
            users::version.eq(users::version + 1),
            users::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    if changed != 1 {
        return Err(Error::Conflict(say!(
            "Somebody else changed this user in the same moment. Send it again.",
            "다른 사람이 같은 순간에 이 사용자를 바꾸었습니다. 다시 보내세요."
        )));
    }
    by_id(tx, to.id)?.ok_or(Error::NotFound)
}

/// A page of all users; with an address, only the one who has it.
pub fn list(tx: &mut Tx, email: Option<&Email>, page: &PageRequest) -> Result<Vec<User>> {
    let mut query = users::table.order(users::id).limit(page.fetch()).select(COLUMNS).into_boxed();
    if let Some(email) = email {
        query = query.filter(users::email_folded.eq(email.folded()));
    }
    if let Some(after) = page.after {
        query = query.filter(users::id.gt(UserId::from_uuid(after)));
    }
    Ok(query.load(tx.conn())?)
}

/// What an active user with this address signs in with; `None` where there is none, or they have no password.
pub fn credentials(tx: &mut Tx, email: &Email) -> Result<Option<Credentials>> {
    let row: Option<(UserId, Option<String>)> = users::table
        .filter(users::email_folded.eq(email.folded()))
        .filter(users::state.eq(UserState::Active))
        .select((users::id, users::password_hash))
        .first(tx.conn())
        .optional()?;
    Ok(row.and_then(|(user, hash)| Some(Credentials { user, hash: Hashed::stored(hash?) })))
}

/// Sets a password.
pub fn set_password(tx: &mut Tx, user: UserId, password: &Hashed) -> Result<()> {
    let to = (users::password_hash.eq(password.as_str()), users::updated_at.eq(tx.now()));
    diesel::update(users::table.find(user)).set(to).execute(tx.conn())?;
    Ok(())
}

/// How many administrators can sign in.
pub fn active_admins(tx: &mut Tx) -> Result<i64> {
    let admins = users::table.filter(users::admin.eq(true)).filter(users::state.eq(UserState::Active));
    Ok(admins.count().get_result(tx.conn())?)
}

/// The number means nothing but "who administers Signpost".
const ADMINS: i64 = 7_446_770_776_879;

/// Makes transactions that decide who administers wait for one another. On SQLite all that write do.
pub fn lock_admins(tx: &mut Tx) -> Result<()> {
    if let Conn::Postgres(conn) = tx.conn() {
        diesel::sql_query(format!("SELECT pg_advisory_xact_lock({ADMINS})")).execute(conn)?;
    }
    Ok(())
}

/// Whether the user can sign in with a password.
pub fn has_password(tx: &mut Tx, user: UserId) -> Result<bool> {
    let having = users::table.filter(users::id.eq(user)).filter(users::password_hash.is_not_null());
    Ok(diesel::select(exists(having)).get_result(tx.conn())?)
}

/// Gives the user their first password. Refused where they have one by now.
pub fn set_first_password(tx: &mut Tx, user: UserId, password: &Hashed) -> Result<()> {
    let without = users::table.filter(users::id.eq(user)).filter(users::password_hash.is_null());
    let changed = diesel::update(without)
        .set((
            users::password_hash.eq(password.as_str()),
            users::version.eq(users::version + 1),
            users::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}
