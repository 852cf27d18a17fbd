//! The SQL of users.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::{NewUser, User, UserState};
use crate::access::UserId;
use crate::base::{Email, Error, OrConflict, Result, say};
use crate::db::Tx;
use crate::db::schema::users;

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

/// Whether the user can sign in with a password.
pub fn has_password(tx: &mut Tx, user: UserId) -> Result<bool> {
    let having = users::table.filter(users::id.eq(user)).filter(users::password_hash.is_not_null());
    Ok(diesel::select(exists(having)).get_result(tx.conn())?)
}

/// Gives the user their first password, an Argon2id hash. Refused where they have one by now.
pub fn set_first_password(tx: &mut Tx, user: UserId, hash: &str) -> Result<()> {
    let without = users::table.filter(users::id.eq(user)).filter(users::password_hash.is_null());
    let changed = diesel::update(without)
        .set((users::password_hash.eq(hash), users::version.eq(users::version + 1), users::updated_at.eq(tx.now())))
        .execute(tx.conn())?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}
