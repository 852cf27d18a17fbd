//! Users of this server.

pub mod store;

use diesel::Queryable;
use serde::Serialize;

use crate::access::UserId;
use crate::base::{Email, Instant, Lang, Name, Result};
use crate::db::Tx;
use crate::words;

words! {
    /// Whether a user may use the server.
    UserState / UserStateShape {
        /// They may.
        Active = "active",
        /// They may not sign in, and their tokens are refused.
        Suspended = "suspended",
    }
}

/// Somebody who can sign in, or who is named in a hackathon.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Serialize)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// As they wrote it.
    pub email: Email,
    /// How others see them.
    pub display_name: Name,
    /// Their telephone number.
    pub phone: Option<Name>,
    /// The language they read.
    pub locale: Locale,
    /// Whether they administer the server.
    pub admin: bool,
    /// Whether they may use it.
    pub state: UserState,
    /// Grows with every change.
    #[serde(skip)]
    pub version: i64,
    /// When they became known.
    pub created_at: Instant,
    /// When they were last changed.
    pub updated_at: Instant,
}

words! {
    /// The language a user reads.
    Locale / LocaleShape {
        /// English.
        En = "en",
        /// Korean.
        Ko = "ko",
    }
}

impl Locale {
    /// As a language of the interface.
    pub fn lang(self) -> Lang {
        match self {
            Locale::En => Lang::En,
            Locale::Ko => Lang::Ko,
        }
    }
}

impl User {
    /// What stands in `ETag`.
    pub fn tag(&self) -> String {
        format!("{}-{}", self.id, self.version)
    }
}

/// A user to be made, without a password: they come in by an invitation or when an administrator sets one.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Their address.
    pub email: Email,
    /// Their name.
    pub display_name: Name,
    /// Their telephone number.
    pub phone: Option<Name>,
    /// The language they read.
    pub locale: Locale,
}

/// The user with this address, made now if there was none. One who is known keeps their own name and language.
pub fn known_or_new(tx: &mut Tx, new: &NewUser) -> Result<User> {
    match store::by_email(tx, &new.email)? {
        Some(user) => Ok(user),
        None => store::insert(tx, new),
    }
}

/// What people are called until they say it themselves: the part of their address before the `@`.
pub fn name_of(email: &Email) -> Name {
    Name::stored(email.as_str().split('@').next().unwrap_or_default().to_owned())
}
