//! Streams: what happens to the questions of a hackathon, told at once to everybody who listens and may see it.
//!
//! Each hackathon that somebody here listens to has one [`room`]. It reads the outbox once for all of its listeners, when a
//! commit is announced (here or, on PostgreSQL, on another node) and every second besides. Each [`Listener`] goes through what
//! was read with the standing of its own member, and reads for itself only what it missed.

mod flow;
mod listener;
mod room;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Semaphore, broadcast, watch};
use uuid::Uuid;

pub use flow::{HEADERS, Manner, flow};
pub use listener::{Heard, Listener, Opening, Said};
use room::{Batch, Room};

use crate::access::UserId;
use crate::base::{Error, Result};
use crate::db::{Db, Signal};

/// The most streams that one user has open on one node: many tabs, but no flood.
pub const MOST_OF_ONE: usize = 100;
/// How many listeners read from the database at a time, so that a thousand who come back at once leave room for others.
const READING: usize = 2;

/// The streams of this node. Cheap to clone.
#[derive(Clone)]
pub struct Streams(Arc<Inner>);

struct Inner {
    db: Db,
    rooms: Mutex<HashMap<Uuid, Arc<Room>>>,
    open: Mutex<HashMap<UserId, usize>>,
    reading: Semaphore,
    over: watch::Sender<bool>,
}

impl Streams {
    /// Starts with nobody listening.
    pub fn new(db: Db) -> Streams {
        let streams = Streams(Arc::new(Inner {
            rooms: Mutex::default(),
            open: Mutex::default(),
            reading: Semaphore::new(READING),
            over: watch::Sender::new(false),
            db: db.clone(),
        }));
        let weak = Arc::downgrade(&streams.0);
        db.signals().listen(move |signal| {
            let (Signal::Question { hackathon, .. } | Signal::Directory(hackathon)) = signal else { return };
            let Some(inner) = weak.upgrade() else { return };
            inner.rooms().get(&hackathon).iter().for_each(|room| room.wake());
        });
        streams
    }

    /// Begins to listen. Must be called on a runtime.
    pub fn listen(&self, opening: Opening) -> Result<Listener> {
        let place = Place::take(self, opening.user)?;
        let over = self.0.over.subscribe();
        Ok(Listener::new(opening, self.clone(), self.enter(opening.hackathon.uuid()), over, place))
    }

    /// Ends every stream, so that a server that stops need not wait for those who only listen. They come back elsewhere.
    pub fn close(&self) {
        self.0.over.send_replace(true);
    }

    fn enter(&self, hackathon: Uuid) -> broadcast::Receiver<Arc<Batch>> {
        let mut rooms = self.0.rooms();
        let room = rooms.entry(hackathon).or_insert_with(|| {
            let room = Arc::new(Room::new(hackathon));
            tokio::spawn(room::run(Arc::downgrade(&self.0), room.clone()));
            room
        });
        room.subscribe()
    }
}

impl Inner {
    fn rooms(&self) -> MutexGuard<'_, HashMap<Uuid, Arc<Room>>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes a room in which nobody listens any more. Whoever enters does so under the same lock.
    fn close_if_empty(&self, room: &Room) -> bool {
        let mut rooms = self.rooms();
        let empty = room.is_empty();
        if empty {
            rooms.remove(&room.hackathon);
        }
        empty
    }
}

/// One of the streams that a user may have open.
struct Place {
    streams: Streams,
    user: UserId,
}

impl Place {
    fn take(streams: &Streams, user: UserId) -> Result<Place> {
        let mut open = streams.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(user).or_default();
        if *count >= MOST_OF_ONE {
            return Err(Error::TooMany(60));
        }
        *count += 1;
        Ok(Place { streams: streams.clone(), user })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.streams.0.open.lock().unwrap_or_else(PoisonError::into_inner);
        let left = open.get(&self.user).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            open.remove(&self.user);
        } else {
            open.insert(self.user, left);
        }
    }
}
