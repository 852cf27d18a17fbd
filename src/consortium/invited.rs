//! The letter that brings an invitation's link to whom it is for.

use askama::Template;

use super::Invitation;
use crate::account::{self, name_of};
use crate::base::{Error, Lang, Result, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::mail::Letter;

/// What is missed where such a letter does not leave.
pub const WHAT: &str = "an invitation";

#[derive(Template)]
#[template(path = "invited.txt")]
struct Plain<'l>(&'l Content);

#[derive(Template)]
#[template(path = "invited.html")]
struct Page<'l>(&'l Content);

struct Content {
    lang: Lang,
    name: String,
    subject: String,
    link: String,
    until: String,
}

/// The letter for an invitation, in the language of whom it is for where that is known, else in the one of whoever invites.
pub fn letter(tx: &mut Tx, here: &Hackathon, invitation: &Invitation, link: &str, lang: Lang) -> Result<Letter> {
    let known = account::store::by_email(tx, &invitation.email)?;
    let lang = known.as_ref().map_or(lang, |user| user.locale.lang());
    let name = known.map(|user| user.display_name).or_else(|| invitation.display_name.clone());
    let event = here.name.text(lang);
    let subject = say!("You are invited to {event}", "해커톤에 초대합니다: {event}").text(lang).to_owned();
    let until = invitation.expires_at.utc().format("%Y-%m-%d %H:%M UTC").to_string();
    let name = name.unwrap_or_else(|| name_of(&invitation.email)).to_string();
    let content = Content { lang, name, subject, link: link.to_owned(), until };
    Ok(Letter {
        id: Letter::id_at(link, invitation.id),
        to: invitation.email.clone(),
        text: Plain(&content).render().map_err(Error::internal)?,
        html: Page(&content).render().map_err(Error::internal)?,
        name: content.name,
        lang,
        subject: content.subject,
        unsubscribe: None,
        at: tx.now(),
    })
}
