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
    let Attempt { email, password, from, agent } = attempt;
    let subjects = Subjects::of(&email, from);
    let _turn = passwords.turn(&email).await;
    let known = look(anyone, email.clone(), subjects.clone()).await?;
    let right = passwords.is_right(password, known.clone().map(|known| known.hash)).await?;
    let proven = known.filter(|_| right);
    let opened = anyone.write(move |tx| settle(tx, &email, &subjects, proven, agent)).await?;
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

/// Opens the session if what was proven still holds, else counts a failure: both are kept.
fn settle(
    tx: &mut Tx,
    email: &Email,
    subjects: &Subjects,
    proven: Option<Credentials>,
    agent: Option<String>,
) -> Result<Option<Opened>> {
    let Some(proven) = still(tx, email, proven)? else {
        throttle::fail(tx, subjects)?;
        return Ok(None);
    };
    throttle::succeed(tx, subjects)?;
    let from = Origin { agent, digest: subjects.origin().to_owned() };
    session::open(tx, proven.user, from).map(Some)
}

/// The password may have been changed, or the user suspended, while it was hashed.
fn still(tx: &mut Tx, email: &Email, proven: Option<Credentials>) -> Result<Option<Credentials>> {
    let Some(proven) = proven else { return Ok(None) };
    Ok(store::credentials(tx, email)?.filter(|now| *now == proven))
}
