//! The teller: what the clockwork does for those who are to be told.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::sync::Notify;

use super::post::{self, MailState};
use super::remind::remind;
use super::{dispatch, store};
use crate::base::{Error, Result};
use crate::db::{Db, Signal};
use crate::mail::Mailer;
use crate::{outbox, reminder};

/// How many mails are on their way at a time.
const AT_A_TIME: usize = 4;

/// Tells people what happened. Cheap to clone.
#[derive(Clone)]
pub struct Teller {
    db: Db,
    mailer: Mailer,
    base: Arc<str>,
    wake: Arc<Notify>,
}

impl Teller {
    /// A teller over this store, which sends mails as from this server's address.
    pub fn new(db: Db, mailer: Mailer, base: &str) -> Teller {
        let wake = Arc::new(Notify::new());
        let ear = Arc::downgrade(&wake);
        db.signals().listen(move |signal| {
            if let (Signal::Question { .. }, Some(wake)) = (signal, ear.upgrade()) {
                wake.notify_one();
            }
        });
        Teller { db, mailer, base: base.into(), wake }
    }

    /// Whether mails are sent.
    pub fn mails(&self) -> bool {
        self.mailer.is_on()
    }

    /// Waits until something happened, at most so long.
    pub async fn wait(&self, most: Duration) {
        // Woken or not: the outbox is looked at.
        let _woken = tokio::time::timeout(most, self.wake.notified()).await;
    }

    /// Deals with everything in the outbox.
    pub async fn dispatch(&self) -> Result<()> {
        let mails = self.mailer.is_on();
        for hackathon in self.db.read(|tx| outbox::store::behind(tx, dispatch::READER)).await? {
            while self.db.write(move |tx| dispatch::step(tx, hackathon, mails)).await? {}
        }
        Ok(())
    }

    /// Reminds people of what is due.
    pub async fn remind(&self) -> Result<()> {
        let mails = self.mailer.is_on();
        for due in self.db.read(reminder::due).await? {
            match self.db.write(move |tx| remind(tx, &due, mails)).await {
                // It was deleted meanwhile.
                Ok(_) | Err(Error::NotFound) => {}
                Err(cause) => return Err(cause),
            }
        }
        Ok(())
    }

    /// Sends the mails that are due.
    pub async fn send(&self) -> Result<()> {
        loop {
            let base = self.base.clone();
            let taken = self.db.write(move |tx| post::take(tx, &base)).await?;
            if taken.is_empty() {
                return Ok(());
            }
            let sending = stream::iter(taken).map(|(mail, letter)| async move {
                let outcome = self.mailer.send(&letter).await;
                let state = self.db.write(move |tx| post::settle(tx, &mail, &outcome)).await?;
                metrics::counter!("signpost_mails_total", "outcome" => state.word()).increment(1);
                Ok(state)
            });
            let settled: Vec<Result<MailState>> = sending.buffer_unordered(AT_A_TIME).collect().await;
            let dead = settled.into_iter().collect::<Result<Vec<_>>>()?;
            let dead = dead.into_iter().filter(|state| *state == MailState::Dead).count();
            if dead > 0 {
                tracing::warn!(dead, "mails were given up; `signpost doctor` tells why");
            }
        }
    }

    /// Puts down how much waits, for those who watch.
    pub async fn measure(&self) -> Result<()> {
        let (waiting, dead) = self
            .db
            .read(|tx| Ok((store::mail::count(tx, MailState::Waiting)?, store::mail::count(tx, MailState::Dead)?)))
            .await?;
        let gauge = |count: i64| f64::from(i32::try_from(count).unwrap_or(i32::MAX));
        metrics::gauge!("signpost_mails", "state" => "waiting").set(gauge(waiting));
        metrics::gauge!("signpost_mails", "state" => "dead").set(gauge(dead));
        Ok(())
    }
}
