//! Users of this server, and how they prove who they are.

pub mod admin;
pub mod forgotten;
pub mod hashing;
pub mod new_password;
pub mod password;
pub mod session;
pub mod setup;
pub mod sign_in;
pub mod store;
pub mod throttle;
pub mod token;

use chrono::TimeDelta;
use diesel::Queryable;
use serde::Serialize;

use crate::access::{Actor, Path, Resource, Roles, Server, SessionId, UserId};
use crate::base::text::NAME_MOST;
use crate::base::{Email, Error, Id, Instant, Key, Lang, Name, Patch, Result};
use crate::db::{Signal, Tx};
use crate::words;
pub use hashing::Passwords;
pub use password::{Hashed, NewPassword, Password};
pub use session::{Opened, Session};

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

impl From<Lang> for Locale {
    fn from(lang: Lang) -> Locale {
        match lang {
            Lang::En => Locale::En,
            Lang::Ko => Locale::Ko,
        }
    }
}

impl Locale {
    /// For somebody who reads the interface in this language.
    pub fn of(lang: Lang) -> Locale {
        match lang {
            Lang::En => Locale::En,
            Lang::Ko => Locale::Ko,
        }
    }

    /// As a language of the interface.
    pub fn lang(self) -> Lang {
        match self {
            Locale::En => Lang::En,
            Locale::Ko => Lang::Ko,
        }
    }
}

impl User {
    /// Whether they may use the server.
    pub fn is_active(&self) -> bool {
        self.state == UserState::Active
    }

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

impl NewUser {
    /// Until they say how they are called, people are called by their address.
    pub fn named_by(email: Email) -> NewUser {
        let display_name = name_of(&email);
        NewUser { email, display_name, phone: None, locale: Locale::En }
    }
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
    let local = email.as_str().split('@').next().unwrap_or_default();
    Name::stored(local.chars().take(NAME_MOST).collect())
}

/// What is to change of a user. Nothing of it: they stay as they are.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Their name.
    pub display_name: Option<Name>,
    /// Their telephone number.
    pub phone: Patch<Name>,
    /// The language they read.
    pub locale: Option<Locale>,
    /// Whether they administer the server.
    pub admin: Option<bool>,
    /// Whether they are kept out.
    pub suspended: Option<bool>,
}

/// Changes a user. Whoever is suspended is out at once: their sessions and API tokens end.
pub fn change(tx: &mut Tx, user: &User, change: Change) -> Result<User> {
    let Change { display_name, phone, locale, admin, suspended } = change;
    if admin == Some(false) || suspended == Some(true) {
        admin::can_do_without(tx, user)?;
    }
    let mut changed = user.clone();
    changed.display_name = display_name.unwrap_or(changed.display_name);
    changed.phone = phone.apply(changed.phone);
    changed.locale = locale.unwrap_or(changed.locale);
    changed.admin = admin.unwrap_or(changed.admin);
    changed.state = match suspended {
        Some(true) => UserState::Suspended,
        Some(false) => UserState::Active,
        None => changed.state,
    };
    if user.is_active() && !changed.is_active() {
        put_out(tx, user.id)?;
    }
    if (user.admin, user.state) != (changed.admin, changed.state) {
        tx.announce(Signal::User(user.id.uuid()));
    }
    store::update(tx, &changed)
}

/// Ends every session and every API token of a user.
fn put_out(tx: &mut Tx, user: UserId) -> Result<()> {
    session::end_all(tx, user, None)?;
    store::token::end_all(tx, user)
}

/// Sets a password, and ends the user's sessions: all but the one that stays, from which they changed it themselves.
pub fn set_password(tx: &mut Tx, user: UserId, password: &Hashed, stays: Option<SessionId>) -> Result<()> {
    store::set_password(tx, user, password)?;
    session::end_all(tx, user, stays)
}

impl Resource for User {
    fn find(tx: &mut Tx, path: &Path) -> Result<Self> {
        let Key::Id(id) = path.key("user")? else { return Err(Error::NotFound) };
        store::by_id(tx, Id::from_uuid(id))?.ok_or(Error::NotFound)
    }

    /// Administrators know every user; anybody else knows that they are one themselves.
    fn roles(&self, tx: &mut Tx, who: &Actor) -> Result<Roles> {
        let of_server = Server.roles(tx, who)?;
        let known = of_server.meet(Roles::ADMIN) || self.id == who.user;
        Ok(if known { of_server } else { Roles::NONE })
    }

    fn tag(&self) -> Option<String> {
        Some(User::tag(self))
    }
}

/// What was over before this is forgotten: until then, a session tells where its user has signed in from.
const REMEMBERED: TimeDelta = TimeDelta::days(90);

/// Drops what is of no use any more: old sessions, failures that are forgotten. To be done now and then.
pub fn tidy(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    store::session::drop_over(tx, now.plus(-REMEMBERED))?;
    store::password_link::drop_over(tx, now.plus(-TimeDelta::days(1)))?;
    store::throttle::forget_all(tx, now.plus(TimeDelta::seconds(-throttle::PAIR.forgotten_after)))?;
    Ok(())
}
