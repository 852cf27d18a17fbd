//! The letter that brings a guest their link.

use askama::Template;

use super::Guest;
use crate::base::{Error, Lang, Result, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::mail::Letter;
use crate::question::Question;
use crate::question::store::names;

/// What it is called in the log.
pub const WHAT: &str = "a guest's link";

#[derive(Template)]
#[template(path = "guest/invited.txt")]
struct Plain<'l>(&'l Content);

#[derive(Template)]
#[template(path = "guest/invited.html")]
struct Page<'l>(&'l Content);

struct Content {
    lang: Lang,
    name: String,
    lead: String,
    title: String,
    link: String,
    until: String,
}

/// The letter to a guest, in the language of whoever invites: of the guest's own nothing is known. It names the question, and
/// holds none of its words besides.
pub fn letter(
    tx: &mut Tx,
    here: &Hackathon,
    (question, guest): (&Question, &Guest),
    link: &str,
    lang: Lang,
) -> Result<Letter> {
    let inviter = names::of_member(tx, here.id, guest.invited_by)?;
    let (event, title) = (here.name.text(lang), question.title.as_str());
    let subject = say!("A question for you: {title}", "답변을 부탁드립니다: {title}").text(lang).to_owned();
    let lead = say!(
        "{inviter} of {event} asks you to answer a question:",
        "{event} 행사에서 답변을 부탁드립니다. 부탁한 사람: {inviter}"
    );
    let until = guest.expires_at.utc().format("%Y-%m-%d %H:%M UTC").to_string();
    let (lead, title) = (lead.text(lang).to_owned(), title.to_owned());
    let content = Content { lang, name: guest.name.to_string(), lead, title, link: link.to_owned(), until };
    Ok(Letter {
        id: Letter::id_at(link, guest.id),
        to: guest.email.clone(),
        text: Plain(&content).render().map_err(Error::internal)?,
        html: Page(&content).render().map_err(Error::internal)?,
        name: content.name,
        lang,
        subject,
        unsubscribe: None,
        at: tx.now(),
    })
}
