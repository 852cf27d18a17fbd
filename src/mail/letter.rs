//! A letter, and how it is written for a mail server.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::message::header::{Date, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use crate::base::{Email, Instant, Lang};

/// The most characters of a header: more than mail programs show.
const LINE_MOST: usize = 300;

/// A letter to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What tells it from every other letter, the same however often it is sent: `<id@host>`. Who gets it twice can tell.
    pub id: String,
    /// To whom.
    pub to: Email,
    /// How they are called.
    pub name: String,
    /// In their language.
    pub lang: Lang,
    /// What it is about, in one line.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As a page.
    pub html: String,
    /// The address at which one POST ends such letters (RFC 8058), if there is one.
    pub unsubscribe: Option<String>,
    /// When it was written.
    pub at: Instant,
}

impl Letter {
    /// The id of a letter of the server at this address, made of what tells it from its others.
    pub fn id_at(address: &str, unique: impl std::fmt::Display) -> String {
        let host = address.split("://").last().unwrap_or_default().split([':', '/']).next().unwrap_or_default();
        format!("<{unique}@{host}>")
    }

    /// As a message; `Err` tells what of it cannot be written.
    pub(super) fn message(&self, from: &Mailbox) -> Result<Message, String> {
        let address = self.to.as_str().parse().map_err(|error| format!("the address cannot be written to: {error}"))?;
        let (seconds, _) = self.at.unix_parts();
        let mut message = Message::builder()
            .from(from.clone())
            .to(Mailbox::new(Some(one_line(&self.name)), address))
            .subject(one_line(&self.subject))
            .message_id(Some(self.id.clone()))
            .header(Date::new(UNIX_EPOCH + Duration::from_secs(seconds)))
            // A machine wrote it, and whoever answers machines need not answer this one (RFC 3834).
            .raw_header(plain("Auto-Submitted", "auto-generated")?)
            .raw_header(plain("Content-Language", self.lang.code())?);
        if let Some(address) = &self.unsubscribe {
            message = message
                .raw_header(plain("List-Unsubscribe", &format!("<{address}>"))?)
                .raw_header(plain("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
        }
        let body = MultiPart::alternative_plain_html(self.text.clone(), self.html.clone());
        message.multipart(body).map_err(|error| error.to_string())
    }
}

fn plain(name: &str, value: &str) -> Result<HeaderValue, String> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|error| error.to_string())?;
    Ok(HeaderValue::new(name, one_line(value)))
}

/// A header ends with its line, so what people wrote never begins a line of its own.
fn one_line(text: &str) -> String {
    let joined: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    joined.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LINE_MOST).collect()
}
