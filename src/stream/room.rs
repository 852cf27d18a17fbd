//! A room: reads a hackathon's outbox once for all who listen to it here.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

use super::Inner;
use crate::base::{Id, Result};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::outbox;
use crate::question::store::news::{self, News};
use crate::question::{Question, store};

/// How often the outbox is looked at when nothing is announced: the safety net behind the signals.
const LOOK: Duration = Duration::from_secs(1);
/// The most events that are read at a time.
pub(super) const MOST: i64 = 100;
/// How many batches a listener may be behind. Who is slower is dropped, and comes back to where they were.
const SLACK: usize = 32;
/// The version of a hackathon's directory when the hackathon is there no more.
const GONE: i64 = i64::MAX;

/// A hackathon that somebody here listens to.
pub(super) struct Room {
    pub hackathon: Uuid,
    wake: Notify,
    sender: broadcast::Sender<Arc<Batch>>,
}

/// What was read from the outbox at one moment.
pub(super) struct Batch {
    /// It goes on after this position,
    pub after: i64,
    /// and ends with this one.
    pub until: i64,
    /// The version of the directory at that moment: whether what somebody may see has changed.
    pub version: i64,
    pub pieces: Vec<Piece>,
}

/// An event, with the question as it was when the batch was read.
pub(super) struct Piece {
    pub news: News,
    pub question: Arc<Question>,
}

impl Room {
    pub fn new(hackathon: Uuid) -> Room {
        Room { hackathon, wake: Notify::new(), sender: broadcast::Sender::new(SLACK) }
    }

    pub fn wake(&self) {
        self.wake.notify_one();
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Batch>> {
        self.sender.subscribe()
    }

    pub fn is_empty(&self) -> bool {
        self.sender.receiver_count() == 0
    }
}

/// Reads and tells until nobody listens any more.
pub(super) async fn run(streams: Weak<Inner>, room: Arc<Room>) {
    let (hackathon, mut seen) = (Id::from_uuid(room.hackathon), None);
    loop {
        let Some(inner) = streams.upgrade().filter(|inner| !inner.close_if_empty(&room)) else { return };
        let at = seen.map(|(until, _)| until);
        let mut full = false;
        match inner.db.read(move |tx| read(tx, hackathon, at)).await {
            Ok(batch) => {
                let now = Some((batch.until, batch.version));
                full = batch.pieces.len() >= usize::try_from(MOST).unwrap_or_default();
                if now != seen {
                    seen = now;
                    // Nobody may be listening by now; the next turn finds that out.
                    drop(room.sender.send(Arc::new(batch)));
                }
            }
            Err(cause) => tracing::warn!(%cause, "the outbox could not be read; it is tried again"),
        }
        drop(inner);
        if !full {
            // Woken or not: the outbox is looked at.
            let _woken = tokio::time::timeout(LOOK, room.wake.notified()).await;
        }
    }
}

/// What there is after this position; without one, where the outbox ends.
pub(super) fn read(tx: &mut Tx, hackathon: Id<Hackathon>, at: Option<i64>) -> Result<Batch> {
    let version = hackathon::store::versions(tx, &[hackathon])?.first().map_or(GONE, |(_, version)| *version);
    let after = match at {
        Some(at) => at,
        None => outbox::store::end(tx, hackathon)?,
    };
    let news = news::after(tx, hackathon, after, MOST)?;
    let until = news.last().map_or(after, |last| last.position);
    let mut ids: Vec<Id<Question>> = news.iter().map(|news| news.question).collect();
    ids.sort_unstable();
    ids.dedup();
    let found = if ids.is_empty() { Vec::new() } else { store::of_ids(tx, hackathon, &ids)? };
    let questions: HashMap<Id<Question>, Arc<Question>> =
        found.into_iter().map(|question| (question.id, Arc::new(question))).collect();
    let piece = |news: News| Some(Piece { question: questions.get(&news.question)?.clone(), news });
    Ok(Batch { after, until, version, pieces: news.into_iter().filter_map(piece).collect() })
}
