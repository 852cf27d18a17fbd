//! The clocks of questions: lets happen what is due, and winds anew what was wound by other policies or hours.
//!
//! Any number of nodes may do this at once. Each looks for what is due, and each question is changed under its lock, by what
//! its history says then; so who comes second finds nothing to do. Nothing is kept in memory: a server that was away does
//! in its first round what fell due meanwhile, in order.

use futures_util::StreamExt;
use futures_util::stream::iter;

use super::{keep, rewind, ring};
use crate::base::{Error, Id, Key, Result};
use crate::db::Db;
use crate::directory::{Directories, Directory};
use crate::hackathon::{self, Hackathon};
use crate::question::Question;
use crate::question::store::clock::{Awake, awake, behind};

/// How many questions are looked up at a time.
const BATCH: i64 = 500;
/// How many questions of a hackathon are changed in one transaction: enough that they share what it costs, few enough that
/// people's own changes pass between.
const TOGETHER: usize = 25;
/// How many such transactions are under way at a time.
const ABREAST: usize = 4;

/// What looks after the clocks of all questions. Cheap to clone.
#[derive(Clone)]
pub struct Clockwork {
    db: Db,
    directories: Directories,
}

impl Clockwork {
    /// The clockwork over a store.
    pub fn new(db: Db, directories: Directories) -> Clockwork {
        Clockwork { db, directories }
    }

    /// One round: what is due first, as nobody's clock must wait for others to be wound.
    pub async fn round(&self) -> Result<()> {
        self.ring().await?;
        self.rewind().await
    }

    /// Lets happen what is due by now. A question that fails is told and tried in the next round; it stops no other.
    async fn ring(&self) -> Result<()> {
        // What is due again by its own doing waits for the next round.
        let (until, mut after) = (self.db.clock().now(), None);
        loop {
            let due = self.db.read(move |tx| awake(tx, until, after, BATCH)).await?;
            let Some(last) = due.last().copied() else { return Ok(()) };
            iter(groups(due)).for_each_concurrent(ABREAST, |group| self.try_all(group)).await;
            after = Some(last);
        }
    }

    /// Where one of them fails all are taken back, and each is tried alone.
    async fn try_all(&self, group: Group) {
        match self.ring_all(group.clone()).await {
            // It was deleted or ended meanwhile.
            Ok(()) | Err(Error::NotFound) => {}
            Err(cause @ Error::Unavailable(_)) => {
                tracing::warn!(%cause, hackathon = %group.hackathon, "clocks could not ring; they are tried again")
            }
            Err(cause) => {
                tracing::warn!(%cause, hackathon = %group.hackathon, "clocks could not ring together; each is tried alone");
                for question in group.questions {
                    self.try_one(group.hackathon, question).await;
                }
            }
        }
    }

    async fn try_one(&self, hackathon: Id<Hackathon>, question: Id<Question>) {
        match self.ring_all(Group { hackathon, questions: vec![question] }).await {
            // It was deleted or ended meanwhile.
            Ok(()) | Err(Error::NotFound) => {}
            Err(cause) => tracing::error!(%cause, %question, "a clock could not ring; it is tried again"),
        }
    }

    async fn ring_all(&self, group: Group) -> Result<()> {
        let key = Key::Id(group.hackathon.uuid());
        let kept = self.directories.get(&key).await?;
        self.db
            .write(move |tx| {
                let hackathon = running(hackathon::store::find(tx, &key)?)?;
                let directory = Directory::current(tx, &hackathon, &kept)?;
                ring(tx, hackathon.id, &directory, &group.questions)
            })
            .await
    }

    /// Winds the clocks that were wound by other policies, hours or holders than count now.
    async fn rewind(&self) -> Result<()> {
        for hackathon in self.db.read(behind).await? {
            if let Err(cause) = self.rewind_all(hackathon).await {
                tracing::error!(%cause, %hackathon, "clocks could not be wound; it is tried again");
            }
        }
        Ok(())
    }

    async fn rewind_all(&self, id: Id<Hackathon>) -> Result<()> {
        let kept = self.directories.get(&Key::Id(id.uuid())).await?;
        loop {
            let kept = kept.clone();
            let (version, rewound) = self
                .db
                .read(move |tx| {
                    let hackathon = running(hackathon::store::find(tx, &Key::Id(id.uuid()))?)?;
                    let directory = Directory::current(tx, &hackathon, &kept)?;
                    Ok((directory.source.version, rewind(tx, id, &directory, BATCH)?))
                })
                .await?;
            let full = i64::try_from(rewound.len()).is_ok_and(|wound| wound == BATCH);
            self.db.write(move |tx| keep(tx, version, &rewound)).await?;
            if !full {
                return Ok(());
            }
        }
    }
}

/// Questions of one hackathon that are changed together.
#[derive(Clone)]
struct Group {
    hackathon: Id<Hackathon>,
    questions: Vec<Id<Question>>,
}

/// Who waits longest is in the first group of their hackathon.
fn groups(due: Vec<Awake>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for Awake { hackathon, question, .. } in due {
        let open = |group: &&mut Group| group.hackathon == hackathon && group.questions.len() < TOGETHER;
        match groups.iter_mut().find(open) {
            Some(group) => group.questions.push(question),
            None => groups.push(Group { hackathon, questions: vec![question] }),
        }
    }
    groups
}

/// Nothing happens in a hackathon that was ended.
fn running(hackathon: Option<Hackathon>) -> Result<Hackathon> {
    hackathon.filter(|hackathon| hackathon.ended_at.is_none()).ok_or(Error::NotFound)
}
