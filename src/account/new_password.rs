//! Changing one's own password, which takes the old one: whoever finds a screen unlocked must not keep the account.

use std::net::IpAddr;

use super::password::{Hashed, NewPassword, Password};
use super::sign_in::Credentials;
use super::throttle::{self, Subjects};
use super::{Passwords, store};
use crate::access::{Anyone, SessionId};
use crate::base::{Email, Error, Result, say};
use crate::db::Tx;

/// A wish to change one's password.
pub struct Wish {
    /// Whose password.
    pub email: Email,
    /// The old one.
    pub current: Password,
    /// The new one.
    pub new: NewPassword,
    /// Where they come from.
    pub from: Option<IpAddr>,
}

/// A wish whose old password was right.
pub struct Proven {
    email: Email,
    was: Credentials,
    becomes: Hashed,
}

/// Checks the old password and hashes the new one. `None` where the new one is in force already: the request was
/// repeated. A wrong old password counts like one at the door.
pub async fn prove(anyone: &Anyone, passwords: &Passwords, wish: Wish) -> Result<Option<Proven>> {
    let Wish { email, current, new, from } = wish;
    let subjects = Subjects::of(&email, from);
    let _turn = passwords.turn(&email).await;
    let known = look(anyone, email.clone(), subjects.clone()).await?;
    let hash = known.clone().map(|known| known.hash);
    let right = passwords.is_right(current, hash.clone()).await?;
    if let Some(was) = known.filter(|_| right) {
        let becomes = passwords.hash(new).await?;
        return Ok(Some(Proven { email, was, becomes }));
    }
    if passwords.is_right(new.password(), hash).await? {
        return Ok(None);
    }
    anyone.write(move |tx| throttle::fail(tx, &subjects)).await?;
    Err(Error::invalid(
        "/current",
        "password.wrong",
        say!("This is not your current password.", "현재 비밀번호와 다릅니다."),
    ))
}

async fn look(anyone: &Anyone, email: Email, subjects: Subjects) -> Result<Option<Credentials>> {
    anyone
        .read(move |tx| {
            throttle::check(tx, &subjects)?;
            store::credentials(tx, &email)
        })
        .await
}

/// Sets the new password, unless the old one has changed since it was proven, and ends all sessions but this one.
pub fn set(tx: &mut Tx, proven: &Proven, stays: SessionId) -> Result<()> {
    let Proven { email, was, becomes } = proven;
    if store::credentials(tx, email)?.as_ref() != Some(was) {
        return Err(Error::Conflict(say!(
            "The password was changed in the same moment. Sign in again.",
            "같은 순간에 비밀번호가 바뀌었습니다. 다시 로그인하세요."
        )));
    }
    super::set_password(tx, was.user, becomes, Some(stays))
}
