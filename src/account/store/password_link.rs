//! The SQL of links by which a forgotten password is chosen anew.

use diesel::prelude::*;

use crate::access::UserId;
use crate::base::{Instant, Result};
use crate::db::Tx;
use crate::db::schema::password_links;

/// Keeps a new link by its digest.
pub fn insert(tx: &mut Tx, hash: &str, user: UserId, expires_at: Instant) -> Result<()> {
    let row = (
        password_links::hash.eq(hash),
        password_links::user_id.eq(user),
        password_links::created_at.eq(tx.now()),
        password_links::expires_at.eq(expires_at),
    );
    diesel::insert_into(password_links::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// When links were made for a user since then, the newest first.
pub fn made_since(tx: &mut Tx, user: UserId, since: Instant) -> Result<Vec<Instant>> {
    let made = password_links::table.filter(password_links::user_id.eq(user));
    let made = made.filter(password_links::created_at.gt(since)).order(password_links::created_at.desc());
    Ok(made.select(password_links::created_at).load(tx.conn())?)
}

/// Whose password may be chosen by the link of that digest.
pub fn user_of(tx: &mut Tx, hash: &str) -> Result<Option<UserId>> {
    let now = tx.now();
    let open = password_links::table.find(hash).filter(password_links::used_at.is_null());
    let open = open.filter(password_links::expires_at.gt(now)).select(password_links::user_id);
    Ok(open.first(tx.conn()).optional()?)
}

/// Uses up every link of a user. `false` where there was none that could be used: somebody else was faster.
pub fn use_up(tx: &mut Tx, user: UserId) -> Result<bool> {
    let now = tx.now();
    let open = password_links::table.filter(password_links::user_id.eq(user)).filter(password_links::used_at.is_null());
    Ok(diesel::update(open).set(password_links::used_at.eq(now)).execute(tx.conn())? > 0)
}

/// Drops links that were over before this.
pub fn drop_over(tx: &mut Tx, before: Instant) -> Result<()> {
    diesel::delete(password_links::table.filter(password_links::expires_at.lt(before))).execute(tx.conn())?;
    Ok(())
}
