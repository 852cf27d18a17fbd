//! Signing in with email and password.
//!
//! Whether the address is unknown, the password wrong or the account suspended, the same is done and the same is
//! answered: nobody learns who has an account here.

use std::net::IpAddr;

use super::password::{Hashed, Password};
use super::session::{self, Opened, Origin};
use super::throttle::{self, Subjects};
use super::{Passwords, store};
use crate::access::{Anyone, UserId};
use crate::base::{Email, Error, Result, say};
use crate::db::Tx;

/// Somebody who wants to sign in.
pub struct Attempt {
    /// Who they say they are.
    pub email: Email,
    /// What they say to prove it.
    pub password: Password,
    /// Where they come from.
    pub from: Option<IpAddr>,
    /// The program, as it calls itself.
    pub agent: Option<String>,
}

/// What is known of an account that can be signed in to.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The user.
    pub user: UserId,
    /// What their password is compared with.
    pub hash: Hashed,
}

/// Opens a session for the right password. A wrong one counts against the account and the address.
pub async fn sign_in(anyone: &Anyone, passwords: &Passwords, attempt: Attempt) -> Result<Opened> {
    enter(anyone, passwords, attempt, session::open).await
}

/// As [`sign_in`], for the pages: gives the secret of the session's cookie.
pub async fn sign_in_to_browser(anyone: &Anyone, passwords: &Passwords, attempt: Attempt) -> Result<String> {
    enter(anyone, passwords, attempt, session::open_in_browser).await
}

/// How a session is opened for somebody who has proved who they are.
type Open<T> = fn(&mut Tx, UserId, Origin) -> Result<T>;

async fn enter<T: Send + 'static>(
    anyone: &Anyone,
    passwords: &Passwords,
    attempt: Attempt,
    open: Open<T>,
) -> Result<T> {
    let Attempt { email, password, from, agent } = attempt;
    let subjects = Subjects::of(&email, from);
    let _turn = passwords.turn(&email).await;
    let known = look(anyone, email.clone(), subjects.clone()).await?;
    let right = passwords.is_right(password, known.clone().map(|known| known.hash)).await?;
    let proven = known.filter(|_| right);
    let opened = anyone
        .write(move |tx| {
            let Some(user) = settle(tx, &email, &subjects, proven)? else { return Ok(None) };
            open(tx, user, Origin { agent, digest: subjects.origin().to_owned() }).map(Some)
        })
        .await?;
    opened.ok_or_else(|| {
        Error::Unauthenticated(say!(
            "The email address or the password is not right.",
            "이메일 주소 또는 비밀번호가 맞지 않습니다."
        ))
    })
}

async fn look(anyone: &Anyone, email: Email, subjects: Subjects) -> Result<Option<Credentials>> {
    anyone
        .read(move |tx| {
            throttle::check(tx, &subjects)?;
            store::credentials(tx, &email)
        })
        .await
}

/// Whose session is to be opened, if what was proven still holds; else a failure is counted, which is kept.
fn settle(tx: &mut Tx, email: &Email, subjects: &Subjects, proven: Option<Credentials>) -> Result<Option<UserId>> {
    let Some(proven) = still(tx, email, proven)? else {
        throttle::fail(tx, subjects)?;
        return Ok(None);
    };
    throttle::succeed(tx, subjects)?;
    Ok(Some(proven.user))
}

/// The password may have been changed, or the user suspended, while it was hashed.
fn still(tx: &mut Tx, email: &Email, proven: Option<Credentials>) -> Result<Option<Credentials>> {
    let Some(proven) = proven else { return Ok(None) };
    Ok(store::credentials(tx, email)?.filter(|now| *now == proven))
}
