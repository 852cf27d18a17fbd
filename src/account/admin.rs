//! Administrators of the server: there is one at least, once there was one.

use super::password::{Hashed, NewPassword, Password};
use super::{Change, NewUser, User, change, store};
use crate::base::{Email, Error, Result, say, secret};
use crate::db::{Db, Tx};

/// Whether there is an administrator who can sign in.
pub fn exists(tx: &mut Tx) -> Result<bool> {
    Ok(store::active_admins(tx)? > 0)
}

/// Lets one transaction at a time decide who administers: two who resign in the same moment would leave nobody.
pub fn take_turns(tx: &mut Tx) -> Result<()> {
    store::lock_admins(tx)
}

/// Refuses to leave the server without an administrator.
pub(super) fn can_do_without(tx: &mut Tx, user: &User) -> Result<()> {
    take_turns(tx)?;
    if !(user.admin && user.is_active()) || store::active_admins(tx)? > 1 {
        return Ok(());
    }
    Err(Error::Conflict(say!(
        "This is the last administrator. Make somebody else an administrator first.",
        "마지막 관리자입니다. 먼저 다른 사람을 관리자로 지정하세요."
    )))
}

/// Makes the user with this address an active administrator with this password; whoever was signed in as them is not
/// any more.
pub(super) fn appoint(tx: &mut Tx, new: &NewUser, password: &Hashed) -> Result<User> {
    let user = super::known_or_new(tx, new)?;
    super::set_password(tx, user.id, password, None)?;
    let display_name = Some(new.display_name.clone());
    change(tx, &user, Change { display_name, admin: Some(true), suspended: Some(false), ..Change::default() })
}

/// What `signpost admin create` did.
pub struct Created {
    /// The administrator.
    pub user: User,
    /// The password that was made for them, to be shown once; none where one was given, or they have one and keep it.
    pub password: Option<String>,
}

/// Makes the user with this address an administrator, for the command line. Where no password is given, whoever has one
/// keeps it, and anybody else gets one that was drawn by lot. Waits on this thread.
pub fn create(db: &Db, email: Email, given: Option<Password>) -> Result<Created> {
    let drawn = given.is_none().then(secret::token);
    let password = given.unwrap_or_else(|| Password::new(drawn.as_deref().unwrap_or_default()));
    let hash = NewPassword::choose(password, &email, "/password")?.hash()?;
    db.write_now(move |tx| {
        take_turns(tx)?;
        if drawn.is_some() && store::credentials(tx, &email)?.is_some() {
            let user = super::known_or_new(tx, &NewUser::named_by(email))?;
            let user = change(tx, &user, Change { admin: Some(true), ..Change::default() })?;
            return Ok(Created { user, password: None });
        }
        let new = known_as(tx, email)?;
        let user = appoint(tx, &new, &hash)?;
        Ok(Created { user, password: drawn })
    })
}

/// Whoever is known keeps their name.
fn known_as(tx: &mut Tx, email: Email) -> Result<NewUser> {
    let mut new = NewUser::named_by(email);
    if let Some(user) = store::by_email(tx, &new.email)? {
        new.display_name = user.display_name;
    }
    Ok(new)
}

/// Sets the password of the user with this address, for the command line, and ends their sessions. Not found where
/// there is no such user. Waits on this thread.
pub fn set_password(db: &Db, email: Email, password: Password) -> Result<User> {
    let hash = NewPassword::choose(password, &email, "/password")?.hash()?;
    db.write_now(move |tx| {
        let user = store::by_email(tx, &email)?.ok_or(Error::NotFound)?;
        super::set_password(tx, user.id, &hash, None)?;
        store::by_id(tx, user.id)?.ok_or(Error::NotFound)
    })
}

/// What became of the administrator that the environment names.
pub enum Ensured {
    /// There was none, so this one was made.
    Made(User),
    /// There is one already, so nothing was done; whoever starts the server is told so.
    Ignored,
}

/// Makes the administrator that the environment names, when there is none. Waits on this thread.
pub fn ensure(db: &Db, email: Email, password: Password) -> Result<Ensured> {
    if db.read_now(exists)? {
        return Ok(Ensured::Ignored);
    }
    let hash = NewPassword::choose(password, &email, "SIGNPOST_ADMIN_PASSWORD")?.hash()?;
    db.write_now(move |tx| {
        take_turns(tx)?;
        if exists(tx)? {
            return Ok(Ensured::Ignored);
        }
        let new = known_as(tx, email)?;
        appoint(tx, &new, &hash).map(Ensured::Made)
    })
}

/// Gives all of these users the same password, hashed once: for a demo, whose password is on the screen. Waits on this thread.
pub fn set_passwords(db: &Db, emails: Vec<Email>, password: Password) -> Result<()> {
    let Some(first) = emails.first() else { return Ok(()) };
    let hash = NewPassword::choose(password, first, "/password")?.hash()?;
    db.write_now(move |tx| {
        for email in &emails {
            let user = store::by_email(tx, email)?.ok_or(Error::NotFound)?;
            super::set_password(tx, user.id, &hash, None)?;
        }
        Ok(())
    })
}
