//! The SQL of users.

use diesel::prelude::*;

use super::{NewUser, User, UserState};
use crate::access::UserId;
use crate::base::{Email, OrConflict, Result, say};
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
    by_id(tx, id)?.ok_or_else(|| crate::base::Error::internal("a user just made is not there"))
}
