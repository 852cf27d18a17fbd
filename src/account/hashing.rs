//! Where passwords are hashed while requests go on: on threads of their own, at most as many at a time as there are cores.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Mutex, MutexGuard, OwnedSemaphorePermit, Semaphore};

use super::password::{Hashed, NOBODY, NewPassword, Password};
use crate::base::{Email, Error, Result};

/// The most passwords that wait to be hashed; with more, callers are told to come back rather than kept waiting.
const WAITING_MOST: usize = 1_000;
/// Seconds until a caller who was sent away should come back.
const AGAIN: u64 = 5;
/// Attempts at one account take turns, so that many at once cannot all be made before the first has counted as failed.
const TURNS: usize = 1_024;

/// The place where passwords are hashed. Cheap to clone.
#[derive(Clone)]
pub struct Passwords(Arc<Inner>);

struct Inner {
    places: Arc<Semaphore>,
    turns: Vec<Mutex<()>>,
    waiting: AtomicUsize,
    count: Arc<Count>,
}

#[derive(Default)]
struct Count {
    done: AtomicUsize,
    running: AtomicUsize,
    most: AtomicUsize,
}

impl Default for Passwords {
    /// As many at a time as this machine has cores.
    fn default() -> Self {
        Passwords::at_once(std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN))
    }
}

impl Passwords {
    /// So many at a time.
    pub fn at_once(places: NonZeroUsize) -> Passwords {
        Passwords(Arc::new(Inner {
            places: Arc::new(Semaphore::new(places.get())),
            turns: std::iter::repeat_with(Mutex::default).take(TURNS).collect(),
            waiting: AtomicUsize::new(0),
            count: Arc::default(),
        }))
    }

    /// Hashes a password that somebody chose.
    pub async fn hash(&self, new: NewPassword) -> Result<Hashed> {
        self.toil(move || new.hash()).await
    }

    /// Whether this is the password. Without a hash to compare with it is not, after the same work.
    pub async fn is_right(&self, password: Password, hash: Option<Hashed>) -> Result<bool> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| Hashed::stored(NOBODY.to_owned()));
        let matches = self.toil(move || hash.matches(&password)).await?;
        Ok(matches && known)
    }

    /// Waits for one's turn to try a password of this account; it lasts until this is dropped.
    pub(super) async fn turn(&self, email: &Email) -> Option<MutexGuard<'_, ()>> {
        let mut hasher = DefaultHasher::new();
        email.folded().hash(&mut hasher);
        let place = usize::try_from(hasher.finish()).unwrap_or_default() % TURNS;
        Some(self.0.turns.get(place)?.lock().await)
    }

    /// How many hashes were computed so far, and how many at a time at most.
    pub fn counted(&self) -> (usize, usize) {
        (self.0.count.done.load(Ordering::SeqCst), self.0.count.most.load(Ordering::SeqCst))
    }

    async fn toil<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let place = self.place().await?;
        let count = self.0.count.clone();
        let done = tokio::task::spawn_blocking(move || {
            // The place is held by the work and not by the request, which may be given up while the work goes on.
            let _place = place;
            count.around(work)
        });
        done.await.map_err(Error::internal)?
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit> {
        let waiting = Waiting::enter(&self.0.waiting)?;
        let place = self.0.places.clone().acquire_owned().await.map_err(Error::internal)?;
        drop(waiting);
        Ok(place)
    }
}

impl Count {
    fn around<T>(&self, work: impl FnOnce() -> T) -> T {
        let now = self.running.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        let done = work();
        self.running.fetch_sub(1, Ordering::SeqCst);
        self.done.fetch_add(1, Ordering::SeqCst);
        done
    }
}

/// One who waits; a request that is given up waits no longer.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn enter(waiting: &'a AtomicUsize) -> Result<Waiting<'a>> {
        let before = waiting.fetch_add(1, Ordering::SeqCst);
        let entered = Waiting(waiting);
        if before < WAITING_MOST { Ok(entered) } else { Err(Error::Unavailable(AGAIN)) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
