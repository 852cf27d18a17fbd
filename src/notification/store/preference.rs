//! The SQL of preferences.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::access::UserId;
use crate::base::{Error, Result, secret};
use crate::db::schema::notification_preferences as preferences;
use crate::db::{Tx, on_backend};
use crate::notification::{ByMail, Preferences};

type Row = (UserId, bool, ByMail, i64);

const COLUMNS: (preferences::user_id, preferences::web, preferences::email, preferences::version) =
    (preferences::user_id, preferences::web, preferences::email, preferences::version);

fn whole((user, web, email, version): Row) -> Preferences {
    Preferences { user, web, email, version }
}

/// What these users said; who said nothing is missing.
pub fn of(tx: &mut Tx, users: &[UserId]) -> Result<HashMap<UserId, Preferences>> {
    let query = preferences::table.filter(preferences::user_id.eq_any(users.to_vec())).select(COLUMNS);
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(whole).map(|one| (one.user, one)).collect())
}

/// Keeps them as they are to be, if they are still those that were read.
pub fn put(tx: &mut Tx, to: &Preferences) -> Result<Preferences> {
    begin(tx, to.user)?;
    let as_read = preferences::table.find(to.user).filter(preferences::version.eq(to.version));
    let changed = diesel::update(as_read)
        .set((
            preferences::web.eq(to.web),
            preferences::email.eq(to.email),
            preferences::version.eq(preferences::version + 1),
            preferences::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    if changed == 1 {
        Ok(Preferences { version: to.version.saturating_add(1), ..to.clone() })
    } else {
        Err(Error::Stale)
    }
}

/// The row of a user, with what is usual, where there is none.
fn begin(tx: &mut Tx, user: UserId) -> Result<()> {
    let usual = Preferences::usual(user);
    let row = (
        preferences::user_id.eq(user),
        preferences::web.eq(usual.web),
        preferences::email.eq(usual.email),
        preferences::unsubscribe.eq(secret::token()),
        preferences::version.eq(usual.version),
        preferences::updated_at.eq(tx.now()),
    );
    let insert = diesel::insert_into(preferences::table).values(row);
    on_backend!(tx.conn(), |conn| insert.on_conflict_do_nothing().execute(conn))?;
    Ok(())
}

/// What stands in the address that stops a user's mails. It lies here as it is and not as a digest: every mail must carry it,
/// and it can do nothing but stop mails.
pub fn token(tx: &mut Tx, user: UserId) -> Result<String> {
    begin(tx, user)?;
    Ok(preferences::table.find(user).select(preferences::unsubscribe).first(tx.conn())?)
}

/// The preferences of whom a token belongs to.
pub fn by_token(tx: &mut Tx, token: &str) -> Result<Option<Preferences>> {
    let query = preferences::table.filter(preferences::unsubscribe.eq(token)).select(COLUMNS);
    Ok(query.first::<Row>(tx.conn()).optional()?.map(whole))
}
