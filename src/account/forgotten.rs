//! A forgotten password is chosen anew by a link that goes to the account's own address. Whoever asks for one learns nothing
//! of who has an account here, and nobody is sent more than a few.

use askama::Template;
use chrono::TimeDelta;

use super::password::Hashed;
use super::store::password_link as store;
use super::{User, set_password};
use crate::base::{Email, Error, Lang, Result, say, secret};
use crate::db::Tx;
use crate::mail::Letter;

/// How long a link is good for.
pub const LASTS: TimeDelta = TimeDelta::minutes(30);
/// The time from one link to the next.
const PAUSE: TimeDelta = TimeDelta::minutes(1);
/// The most links that are sent in a day.
const DAILY: usize = 5;

#[derive(Template)]
#[template(path = "forgotten.txt")]
struct Plain<'l>(&'l Content);

#[derive(Template)]
#[template(path = "forgotten.html")]
struct Page<'l>(&'l Content);

struct Content {
    lang: Lang,
    name: String,
    subject: String,
    link: String,
}

/// The letter with a new link for the account of this address; none where there is no such account, where it never had a
/// password, or where enough were sent. `door` is the address that the token is added to.
pub fn letter(tx: &mut Tx, email: &Email, door: &str) -> Result<Option<Letter>> {
    let Some(user) = super::store::by_email(tx, email)?.filter(User::is_active) else { return Ok(None) };
    if !super::store::has_password(tx, user.id)? {
        return Ok(None);
    }
    let now = tx.now();
    let sent = store::made_since(tx, user.id, now.plus(-TimeDelta::days(1)))?;
    if sent.len() >= DAILY || sent.first().is_some_and(|last| now.since(*last) < PAUSE) {
        return Ok(None);
    }
    let token = secret::token();
    store::insert(tx, &secret::digest(&token), user.id, now.plus(LASTS))?;
    written(tx, user, &format!("{door}/{token}")).map(Some)
}

fn written(tx: &mut Tx, user: User, link: &str) -> Result<Letter> {
    let lang = user.locale.lang();
    let subject = say!("Choose a new password", "비밀번호를 새로 정하세요").text(lang).to_owned();
    let content = Content { lang, name: user.display_name.to_string(), subject, link: link.to_owned() };
    Ok(Letter {
        id: Letter::id_at(link, tx.fresh::<Letter>()),
        to: user.email,
        text: Plain(&content).render().map_err(Error::internal)?,
        html: Page(&content).render().map_err(Error::internal)?,
        name: content.name,
        lang,
        subject: content.subject,
        unsubscribe: None,
        at: tx.now(),
    })
}

/// Whose password may be chosen by this link. Used, old and made-up links are all alike not found.
pub fn user_of(tx: &mut Tx, token: &str) -> Result<User> {
    let user = store::user_of(tx, &secret::digest(token))?;
    let user = user.map(|user| super::store::by_id(tx, user)).transpose()?.flatten();
    user.filter(User::is_active).ok_or(Error::NotFound)
}

/// Sets the new password. Every session of the user ends, and no other link of theirs can be used any more.
pub fn choose(tx: &mut Tx, token: &str, password: &Hashed) -> Result<()> {
    let user = user_of(tx, token)?;
    if !store::use_up(tx, user.id)? {
        return Err(Error::NotFound);
    }
    set_password(tx, user.id, password, None)
}
