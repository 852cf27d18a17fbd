//! Where somebody wants to be told.

use super::store;
use crate::access::{Actor, Path, Resource, Roles, UserId};
use crate::base::{Error, Id, Key, Result};
use crate::db::Tx;
use crate::words;

words! {
    /// Which mails somebody gets.
    ByMail / ByMailShape {
        /// None.
        Off = "off",
        /// One for all that happened meanwhile, at most once an hour.
        Digest = "digest",
        /// One for each thing that happens.
        Each = "each",
    }
}

/// Where somebody wants to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Who.
    pub user: UserId,
    /// Whether they are told in the application.
    pub web: bool,
    /// Which mails they get, where this server sends any.
    pub email: ByMail,
    /// Grows with every change.
    pub version: i64,
}

impl Preferences {
    /// What holds for who never said anything: both, and mails that do not pile up.
    pub fn usual(user: UserId) -> Preferences {
        Preferences { user, web: true, email: ByMail::Digest, version: 0 }
    }
}

impl Resource for Preferences {
    fn find(tx: &mut Tx, path: &Path) -> Result<Self> {
        let Key::Id(id) = path.me()? else { return Err(Error::NotFound) };
        let user = Id::from_uuid(id);
        Ok(store::preference::of(tx, &[user])?.remove(&user).unwrap_or_else(|| Preferences::usual(user)))
    }

    fn roles(&self, _tx: &mut Tx, who: &Actor) -> Result<Roles> {
        Ok(Roles::OWN.when(self.user == who.user))
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.user, self.version))
    }
}

/// Changes them.
pub fn change(tx: &mut Tx, to: &Preferences) -> Result<Preferences> {
    store::preference::put(tx, to)
}

/// Whether this is the token in the address that stops somebody's mails.
pub fn is_known(tx: &mut Tx, token: &str) -> Result<bool> {
    Ok(store::preference::by_token(tx, token)?.is_some())
}

/// Stops the mails of whom the token belongs to; again changes nothing. Mails that wait do not go out any more.
pub fn unsubscribe(tx: &mut Tx, token: &str) -> Result<()> {
    let found = store::preference::by_token(tx, token)?.ok_or(Error::NotFound)?;
    if found.email != ByMail::Off {
        store::preference::put(tx, &Preferences { email: ByMail::Off, ..found })?;
    }
    Ok(())
}
