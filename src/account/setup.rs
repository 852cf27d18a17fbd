//! The first administrator comes in by a link that is good for half an hour and for one time.
//! There is no password to begin with, and no page that waits for whoever comes first.

use chrono::TimeDelta;

use super::password::Hashed;
use super::store::setup as store;
use super::{NewUser, User, admin};
use crate::base::{Error, Result, secret};
use crate::db::Tx;

/// How long a link is good for.
pub const LASTS: TimeDelta = TimeDelta::minutes(30);

/// A new link's token, while there is no administrator; `None` once there is one. Links made before are good no more.
pub fn link(tx: &mut Tx) -> Result<Option<String>> {
    admin::take_turns(tx)?;
    store::drop_all(tx)?;
    if admin::exists(tx)? {
        return Ok(None);
    }
    let token = secret::token();
    let expires_at = tx.now().plus(LASTS);
    store::insert(tx, &secret::digest(&token), expires_at)?;
    Ok(Some(token))
}

/// Whether a link can be used.
pub fn is_open(tx: &mut Tx, token: &str) -> Result<bool> {
    Ok(store::is_open(tx, &secret::digest(token))? && !admin::exists(tx)?)
}

/// Makes the first administrator, and uses the link up. Not found where the link is good no more. Whoever is known
/// already by this address, from an invitation, becomes the administrator.
pub fn finish(tx: &mut Tx, token: &str, new: &NewUser, password: &Hashed) -> Result<User> {
    admin::take_turns(tx)?;
    if admin::exists(tx)? || !store::use_up(tx, &secret::digest(token))? {
        return Err(Error::NotFound);
    }
    admin::appoint(tx, new, password)
}
