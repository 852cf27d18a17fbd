//! Keeps directories in memory, and lets go of those that changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use moka::future::Cache;
use uuid::Uuid;

use super::model::Directory;
use super::store;
use crate::access::{Actor, May, Roles, Verb, allow};
use crate::base::{Error, Id, Instant, Key, Result, Slug};
use crate::db::{Db, Signal};
use crate::hackathon::{self, Hackathon};
use crate::lesson;

/// The most memory that directories take, in bytes; most of it is the routers'. What is not asked for makes room first.
const BUDGET: u64 = 1 << 30;
/// The most short names whose hackathon is remembered.
const NAMES: u64 = 100_000;

/// The directories in memory. Cheap to clone.
#[derive(Clone)]
pub struct Directories(Arc<Inner>);

struct Inner {
    db: Db,
    by_id: Cache<Uuid, Arc<Directory>>,
    by_slug: Cache<Slug, Uuid>,
    /// How often each was said to have changed, so that one read before a change is not kept after it.
    changes: Mutex<HashMap<Uuid, u64>>,
    /// The last one of each, whose router serves the next one while its topics stay the same.
    last: Cache<Uuid, Arc<Directory>>,
}

impl Directories {
    /// Starts with none, and listens for changes.
    pub fn new(db: Db) -> Directories {
        let weight = |_: &Uuid, directory: &Arc<Directory>| u32::try_from(directory.bytes()).unwrap_or(u32::MAX);
        let cache = || Cache::builder().max_capacity(BUDGET).weigher(weight);
        let directories = Directories(Arc::new(Inner {
            by_id: cache().build(),
            by_slug: Cache::builder().max_capacity(NAMES).build(),
            last: cache().build(),
            changes: Mutex::default(),
            db: db.clone(),
        }));
        let weak = Arc::downgrade(&directories.0);
        db.signals().listen(move |signal| {
            if let (Signal::Directory(id) | Signal::Lesson(id), Some(inner)) = (signal, weak.upgrade()) {
                inner.forget(id);
            }
        });
        directories
    }

    /// The directory of that hackathon; not found where there is none.
    pub async fn get(&self, key: &Key) -> Result<Arc<Directory>> {
        let inner = &self.0;
        let id = match key {
            Key::Id(id) => Some(*id),
            Key::Slug(slug) => inner.by_slug.get(slug).await,
        };
        if let Some(id) = id
            && let Some(directory) = inner.by_id.get(&id).await
            && directory.goes_by(key)
        {
            return Ok(directory);
        }
        self.load(key).await
    }

    async fn load(&self, key: &Key) -> Result<Arc<Directory>> {
        let inner = self.0.clone();
        let key = key.clone();
        let id = inner.db.read(move |tx| hackathon::store::find(tx, &key)).await?.ok_or(Error::NotFound)?.id.uuid();
        let kept = inner.by_id.try_get_with(id, self.build(id)).await.map_err(|cause: Arc<Error>| again(&cause))?;
        inner.by_slug.insert(kept.source.slug.clone(), id).await;
        Ok(kept)
    }

    /// Reads until nothing changed while it was read; a busy organizer cannot make this go on for ever.
    async fn build(&self, id: Uuid) -> Result<Arc<Directory>> {
        let inner = &self.0;
        let before = inner.last.get(&id).await;
        for _ in 0..8 {
            let changes = inner.changes_of(id);
            let before = before.clone();
            let built = inner
                .db
                .read(move |tx| {
                    let source = store::load(tx, Id::from_uuid(id))?.ok_or(Error::NotFound)?;
                    Ok(Arc::new(Directory::new(source, before.as_deref())))
                })
                .await?;
            inner.last.insert(id, built.clone()).await;
            if inner.changes_of(id) == changes {
                return Ok(built);
            }
        }
        Err(Error::Unavailable(1))
    }

    /// The safety net behind the signals: drops every directory whose version in the database is another one, or whose
    /// router does not know of the last lessons.
    pub async fn catch_up(&self, look_back: TimeDelta) -> Result<()> {
        let inner = &self.0;
        let facts = |directory: &Directory| (directory.source.version, directory.source.lessons_as_of);
        let kept: HashMap<Uuid, _> = inner.by_id.iter().map(|(id, directory)| (*id, facts(&directory))).collect();
        let ids: Vec<Id<Hackathon>> = kept.keys().copied().map(Id::from_uuid).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let (versions, lessons) = inner
            .db
            .read(move |tx| {
                let since = tx.now().plus(-look_back);
                Ok((hackathon::store::versions(tx, &ids)?, lesson::store::changed_since(tx, since)?))
            })
            .await?;
        let versions: HashMap<Uuid, i64> = versions.into_iter().map(|(id, version)| (id.uuid(), version)).collect();
        let lessons: HashMap<Uuid, Instant> = lessons.into_iter().map(|(id, last)| (id.uuid(), last)).collect();
        let is_old = |id: &Uuid, version: &i64, as_of: Option<Instant>| {
            versions.get(id) != Some(version) || lessons.get(id).is_some_and(|last| as_of < Some(*last))
        };
        let old = kept.into_iter().filter(|(id, (version, as_of))| is_old(id, version, *as_of));
        old.for_each(|(id, _)| inner.forget(id));
        Ok(())
    }

    /// Trains the routers that have something to learn or to forget, and puts them in the place of the others. Nobody who
    /// asks waits for it; a router that is overtaken while it is trained serves as the start of the next one.
    pub async fn train(&self) -> Result<()> {
        let inner = &self.0;
        let behind: Vec<(Uuid, Arc<Directory>)> =
            inner.by_id.iter().filter(|(_, directory)| directory.is_behind()).map(|(id, d)| (*id, d)).collect();
        for (id, directory) in behind {
            let changes = inner.changes_of(id);
            let train = tokio::task::spawn_blocking(move || directory.train().map(Arc::new));
            let Some(trained) = train.await.map_err(Error::internal)? else { continue };
            inner.last.insert(id, trained.clone()).await;
            if inner.changes_of(id) == changes {
                inner.by_id.insert(id, trained).await;
            }
            if inner.changes_of(id) != changes {
                inner.by_id.invalidate(&id).await;
            }
        }
        Ok(())
    }

    /// Answers a claim from memory: the roles that are checked and the facts that are used stand in the same directory.
    pub async fn look<V: Verb>(&self, may: &May<V, Hackathon>) -> Result<Seen> {
        let directory = self.get(&may.path().key("hackathon")?).await?;
        let actor = *may.actor();
        let roles = directory.roles_of(actor.user);
        allow::<V>(&actor, roles, directory.source.ended)?;
        Ok(Seen { directory, actor, roles })
    }
}

impl Inner {
    fn forget(&self, id: Uuid) {
        *self.changes.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default() += 1;
        // Invalidation is due before the writer is answered; the cache's own is not worth waiting for elsewhere.
        futures_util::FutureExt::now_or_never(self.by_id.invalidate(&id));
    }

    fn changes_of(&self, id: Uuid) -> u64 {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied().unwrap_or_default()
    }
}

/// An error that several waited for, once for each.
fn again(cause: &Error) -> Error {
    match cause {
        Error::NotFound => Error::NotFound,
        Error::Unavailable(seconds) => Error::Unavailable(*seconds),
        other => Error::internal(other.to_string()),
    }
}

/// A directory that somebody may look into.
pub struct Seen {
    /// The directory.
    pub directory: Arc<Directory>,
    /// Who looks.
    pub actor: Actor,
    /// What they are in it.
    pub roles: Roles,
}
