//! The SQL of set-up links.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::base::{Instant, Result};
use crate::db::Tx;
use crate::db::schema::setup_links;

/// Keeps a new link by its digest.
pub fn insert(tx: &mut Tx, hash: &str, expires_at: Instant) -> Result<()> {
    let row =
        (setup_links::hash.eq(hash), setup_links::created_at.eq(tx.now()), setup_links::expires_at.eq(expires_at));
    diesel::insert_into(setup_links::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Whether the link of that digest can be used.
pub fn is_open(tx: &mut Tx, hash: &str) -> Result<bool> {
    let now = tx.now();
    let open =
        setup_links::table.find(hash).filter(setup_links::used_at.is_null()).filter(setup_links::expires_at.gt(now));
    Ok(diesel::select(exists(open)).get_result(tx.conn())?)
}

/// Uses a link up. `false` where it could not be used.
pub fn use_up(tx: &mut Tx, hash: &str) -> Result<bool> {
    let now = tx.now();
    let open =
        setup_links::table.find(hash).filter(setup_links::used_at.is_null()).filter(setup_links::expires_at.gt(now));
    Ok(diesel::update(open).set(setup_links::used_at.eq(now)).execute(tx.conn())? == 1)
}

/// Drops every link.
pub fn drop_all(tx: &mut Tx) -> Result<()> {
    diesel::delete(setup_links::table).execute(tx.conn())?;
    Ok(())
}
