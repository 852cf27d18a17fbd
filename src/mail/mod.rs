//! Mail: letters, and the way out for them. Where no mail server is configured there is no way out, and none is written.

mod letter;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

pub use letter::Letter;

use crate::base::{Sentence, say};

/// How long a mail server may take for one step.
const PATIENCE: Duration = Duration::from_secs(20);
/// The most characters kept of what a mail server said.
const TOLD: usize = 300;

/// The way out for letters. Cheap to clone.
#[derive(Clone, Default)]
pub struct Mailer(Option<Arc<Outward>>);

struct Outward {
    from: Mailbox,
    way: Way,
}

enum Way {
    /// To a mail server.
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    /// Nowhere: kept in memory, for tests.
    Kept(Kept),
}

#[derive(Default)]
struct Kept {
    letters: Mutex<Vec<String>>,
    refuses: AtomicBool,
}

/// A letter that did not leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotSent {
    /// Whether it never will: the mail server refused it for good.
    pub for_good: bool,
    /// What was said, in short. It may name the address, and nothing of the letter.
    pub told: String,
}

impl Mailer {
    /// No way out: mail is off.
    pub fn off() -> Mailer {
        Mailer(None)
    }

    /// Through the mail server at this address, such as `smtps://user:password@mail.example.org`, as this sender.
    pub fn smtp(url: &str, from: &str) -> Result<Mailer, Sentence> {
        let from = sender(from)?;
        let way = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_unread| {
            say!(
                "Write smtps://user:password@host:465, or smtp://user:password@host:587?tls=required.",
                "smtps://user:password@host:465 또는 smtp://user:password@host:587?tls=required 형식으로 적으세요."
            )
        })?;
        let way = Way::Smtp(Box::new(way.timeout(Some(PATIENCE)).build()));
        Ok(Mailer(Some(Arc::new(Outward { from, way }))))
    }

    /// Keeps what would be sent in memory, for tests.
    pub fn keeping() -> Mailer {
        let way = |from| Arc::new(Outward { from, way: Way::Kept(Kept::default()) });
        Mailer(sender("Signpost <signpost@example.org>").ok().map(way))
    }

    /// Whether letters leave.
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Sends a letter.
    pub async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let Some(outward) = &self.0 else {
            return Err(NotSent { for_good: false, told: "mail is off".to_owned() });
        };
        let message = letter.message(&outward.from).map_err(|told| NotSent { for_good: true, told: short(&told) })?;
        match &outward.way {
            Way::Smtp(server) => server.send(message).await.map(drop).map_err(|error| refused(&error)),
            Way::Kept(kept) => kept.take(&message.formatted()),
        }
    }

    /// Sends a letter beside what is being answered, where letters leave at all. For letters whose secret is nowhere else, so
    /// that they cannot wait in the database for their turn; should one not arrive, `what` is missed.
    pub fn send_aside(&self, letter: Letter, what: &'static str) {
        if !self.is_on() {
            return;
        }
        let mailer = self.clone();
        tokio::spawn(async move {
            if let Err(refusal) = mailer.send(&letter).await {
                tracing::warn!(told = refusal.told, "{what} did not leave by mail");
            }
        });
    }

    /// What was kept so far, in the form in which it would have left.
    pub fn kept(&self) -> Vec<String> {
        match self.0.as_deref() {
            Some(Outward { way: Way::Kept(kept), .. }) => {
                kept.letters.lock().unwrap_or_else(PoisonError::into_inner).clone()
            }
            _ => Vec::new(),
        }
    }

    /// From now on what is sent is refused, as by a mail server that is away, or kept again.
    pub fn refuse(&self, refuses: bool) {
        if let Some(Outward { way: Way::Kept(kept), .. }) = self.0.as_deref() {
            kept.refuses.store(refuses, Ordering::SeqCst);
        }
    }
}

impl Kept {
    fn take(&self, letter: &[u8]) -> Result<(), NotSent> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err(NotSent { for_good: false, told: "421 away".to_owned() });
        }
        let letter = String::from_utf8_lossy(letter).into_owned();
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).push(letter);
        Ok(())
    }
}

/// The sender, as `Signpost <signpost@example.org>` or as a bare address.
fn sender(text: &str) -> Result<Mailbox, Sentence> {
    text.trim().parse().map_err(|_unread: lettre::address::AddressError| {
        say!(
            "Write an address: signpost@example.org, or Signpost <signpost@example.org>.",
            "주소를 적으세요: signpost@example.org 또는 Signpost <signpost@example.org>"
        )
    })
}

fn refused(error: &smtp::Error) -> NotSent {
    NotSent { for_good: error.is_permanent(), told: short(&error.to_string()) }
}

fn short(told: &str) -> String {
    told.chars().filter(|c| !c.is_control()).take(TOLD).collect()
}
