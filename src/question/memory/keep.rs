//! Keeps memories: filled when a hackathon is first asked about, and told of every change. A question that changed is not
//! shown until it has been read again; the clockwork does that, so that nobody who asks waits for it.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::TimeDelta;
use moka::sync::Cache;
use tokio::sync::{Notify, OnceCell};
use uuid::Uuid;

use super::known::{Alike, Known};
use crate::base::{Id, Result};
use crate::db::{Db, Signal};
use crate::directory::{self, Directory, Similar, Subject, Usual};
use crate::hackathon::Hackathon;
use crate::question::store::memory::{self as store, Read};
use crate::question::{Question, Resolution, Standing};

/// The most hackathons whose questions are remembered, at about half a megabyte for a thousand questions.
const MOST: u64 = 1_000;
/// How far back changes are looked for that this node was not told of: several rounds, so that one that fails loses nothing.
const LOOK_BACK: TimeDelta = TimeDelta::seconds(30);

/// The memories of all hackathons. Cheap to clone.
#[derive(Clone)]
pub struct Memories(Arc<Inner>);

struct Inner {
    db: Db,
    kept: Cache<Uuid, Arc<Memory>>,
    /// Something has to be learnt.
    news: Notify,
}

/// What is remembered of one hackathon.
pub struct Memory {
    here: Id<Hackathon>,
    filled: OnceCell<()>,
    state: RwLock<State>,
}

#[derive(Default)]
struct State {
    known: Known,
    /// What changed since it was read, with when in the order of changes: what changes while it is read stays here.
    changed: Changed,
    changes: u64,
    /// The versions that the last look around found.
    found: HashMap<Id<Question>, i64>,
}

type Changed = HashMap<Id<Question>, u64>;

impl Memories {
    /// Starts with none, and listens for changes.
    pub fn new(db: Db) -> Memories {
        let kept = Cache::builder().max_capacity(MOST).build();
        let memories = Memories(Arc::new(Inner { db: db.clone(), kept, news: Notify::new() }));
        let weak = Arc::downgrade(&memories.0);
        db.signals().listen(move |signal| {
            if let (Signal::Question { hackathon, question }, Some(inner)) = (signal, weak.upgrade())
                && let Some(memory) = inner.kept.get(&hackathon)
            {
                memory.write(|state| state.change(Id::from_uuid(question)));
                inner.news.notify_one();
            }
        });
        memories
    }

    /// What is remembered of this hackathon. Where it cannot be read, nothing is: whom to ask is worth more than what has
    /// been asked.
    pub async fn of(&self, here: Id<Hackathon>) -> Arc<Memory> {
        let memory = self.0.kept.get_with(here.uuid(), || Arc::new(Memory::of(here)));
        if let Err(cause) = memory.filled.get_or_try_init(|| self.fill(&memory)).await {
            tracing::warn!(%cause, "could not read what has been asked");
        }
        memory
    }

    /// As [`Memories::of`], with all that was committed before. For those who read the database anyway.
    pub async fn fresh(&self, here: Id<Hackathon>) -> Result<Arc<Memory>> {
        let memory = self.of(here).await;
        self.learn(&memory).await?;
        Ok(memory)
    }

    async fn fill(&self, memory: &Memory) -> Result<()> {
        let here = memory.here;
        let read = self.0.db.read(move |tx| store::newest(tx, here)).await?;
        memory.write(|state| state.fill(read));
        // What changed while it was read is still to be learnt.
        self.0.news.notify_one();
        Ok(())
    }

    /// Waits until there is something to learn.
    pub async fn news(&self) {
        self.0.news.notified().await;
    }

    /// Learns what changed.
    pub async fn learn_all(&self) -> Result<()> {
        let all: Vec<Arc<Memory>> = self.0.kept.iter().map(|(_, memory)| memory).collect();
        for memory in all {
            self.learn(&memory).await?;
        }
        Ok(())
    }

    async fn learn(&self, memory: &Memory) -> Result<()> {
        let (here, changed) = (memory.here, memory.read(|state| state.changed.clone()));
        if changed.is_empty() || !memory.filled.initialized() {
            return Ok(());
        }
        let ids: Vec<Id<Question>> = changed.keys().copied().collect();
        let read = self.0.db.read(move |tx| store::these(tx, here, &ids)).await?;
        memory.write(|state| state.learn(&changed, read));
        Ok(())
    }

    /// The safety net behind the signals: looks for changes that this node was not told of, and learns them.
    pub async fn catch_up(&self) -> Result<()> {
        let here: Vec<Id<Hackathon>> = self.0.kept.iter().map(|(id, _)| Id::from_uuid(*id)).collect();
        if here.is_empty() {
            return Ok(());
        }
        let found = self.0.db.read(move |tx| store::changed_since(tx, &here, LOOK_BACK)).await?;
        let mut by_hackathon: HashMap<Uuid, HashMap<Id<Question>, i64>> = HashMap::new();
        for (hackathon, question, version) in found {
            by_hackathon.entry(hackathon.uuid()).or_default().insert(question, version);
        }
        for (hackathon, found) in by_hackathon {
            if let Some(memory) = self.0.kept.get(&hackathon) {
                memory.write(|state| state.compare(found));
            }
        }
        self.learn_all().await
    }
}

impl Memory {
    fn of(here: Id<Hackathon>) -> Memory {
        Memory { here, filled: OnceCell::new(), state: RwLock::default() }
    }

    fn read<T>(&self, f: impl FnOnce(&State) -> T) -> T {
        f(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, f: impl FnOnce(&mut State) -> T) -> T {
        f(&mut self.state.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// How long first answers usually take here.
    pub fn usual(&self) -> Arc<Usual> {
        self.read(|state| state.known.usual())
    }

    /// The questions most like what is asked in words that the asker may see, the likest first.
    pub fn similar(&self, directory: &Directory, asked: &directory::Question) -> Vec<Similar> {
        let (Subject::Words(words), Some(asker)) = (&asked.subject, asked.asker) else { return Vec::new() };
        self.read(|State { known, .. }| {
            let standing = Some(asker).filter(|_| !known.is_empty()).and_then(|who| Standing::seen_in(directory, who));
            let alike = standing.map(|standing| known.alike(words, &standing)).unwrap_or_default();
            alike.into_iter().map(similar).collect()
        })
    }

    /// The questions most like these words that somebody may see, the likest first.
    pub fn alike(&self, words: &str, standing: &Standing) -> Vec<Alike<Id<Question>>> {
        self.read(|State { known, .. }| {
            let all = known.alike(words, standing).into_iter();
            all.map(|Alike { question, similarity }| Alike { question: question.id, similarity }).collect()
        })
    }
}

fn similar(Alike { question, similarity }: Alike<&Question>) -> Similar {
    let state = question.life.state;
    Similar {
        id: question.id.uuid(),
        number: question.number,
        title: question.title.clone(),
        state: state.word().word(),
        resolution: state.resolution().map(Resolution::word).map(|how| how.word()),
        similarity,
    }
}

impl State {
    /// What is known of this question is true no more.
    fn change(&mut self, question: Id<Question>) {
        self.changes += 1;
        self.changed.insert(question, self.changes);
        self.known.forget(question);
    }

    fn fill(&mut self, Read { mut questions, responses }: Read) {
        questions.retain(|question| !self.changed.contains_key(&question.id));
        self.known.learn(questions, responses);
    }

    /// Learns what was read, but for what has changed again since.
    fn learn(&mut self, asked: &Changed, Read { mut questions, responses }: Read) {
        let unchanged = |question: &Id<Question>| asked.get(question) == self.changed.get(question);
        questions.retain(|question| unchanged(&question.id));
        self.changed.retain(|question, change| asked.get(question) != Some(change));
        self.known.learn(questions, responses);
    }

    /// Compares what is known with what a look around found.
    fn compare(&mut self, found: HashMap<Id<Question>, i64>) {
        for (question, version) in &found {
            let known = self.known.version(*question) == Some(*version);
            if !known && self.found.get(question) != Some(version) {
                self.change(*question);
            }
        }
        self.found = found;
    }
}
