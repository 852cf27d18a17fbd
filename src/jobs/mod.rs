//! Floor 5, a face: clockwork. It does by the clock what nobody asks for.

pub mod hook;
pub mod tell;

use std::future::Future;
use std::time::Duration;

use chrono::TimeDelta;

use crate::access::Gate;
use crate::base::{Error, Result};
use crate::db::Tx;
use crate::directory::Directories;
use crate::question::{Clockwork, Memories};
use crate::{account, notification, outbox, webhook};

/// How often what other nodes changed is looked up. A removed role must be refused within five seconds everywhere.
const CATCH_UP: Duration = Duration::from_secs(1);
/// How far back an ended session is looked for: several rounds, so that one that fails loses nothing.
const LOOK_BACK: TimeDelta = TimeDelta::seconds(30);
/// How often is looked for questions to which something is to happen.
const ROUND: Duration = Duration::from_secs(1);
/// How long changes of questions are collected before they are read.
const BETWEEN: Duration = Duration::from_millis(50);
/// How often is looked for routers that have something to learn.
const TRAIN: Duration = Duration::from_secs(2);
/// How often things that were kept long enough are dropped.
const TIDY: Duration = Duration::from_secs(3600);

/// Starts the clockwork on the present runtime. It ends with it.
pub fn start(gate: &Gate, directories: &Directories, memories: &Memories, clockwork: &Clockwork) {
    let (gate, directories, remembered) = (gate.clone(), directories.clone(), memories.clone());
    let (tidy, memories, clockwork) = (gate.clone(), memories.clone(), clockwork.clone());
    tokio::spawn(learn(memories));
    tokio::spawn(train(directories.clone()));
    tokio::spawn(every(ROUND, "looking after the clocks of questions", move || {
        let clockwork = clockwork.clone();
        async move { clockwork.round().await }
    }));
    tokio::spawn(every(CATCH_UP, "catching up with other nodes", move || {
        let (gate, directories, memories) = (gate.clone(), directories.clone(), remembered.clone());
        async move {
            directories.catch_up(LOOK_BACK).await?;
            memories.catch_up().await?;
            aside(move || gate.catch_up(LOOK_BACK)).await
        }
    }));
    tokio::spawn(every(TIDY, "tidying up", move || {
        let gate = tidy.clone();
        aside(move || gate.tidy(tidy_all))
    }));
}

/// Has questions that changed remembered anew, a few at a time. What fails is tried again when nodes catch up.
async fn learn(memories: Memories) {
    loop {
        memories.news().await;
        if let Err(cause) = memories.learn_all().await {
            tracing::warn!(%cause, "could not read the questions that changed");
        }
        tokio::time::sleep(BETWEEN).await;
    }
}

/// Has routers trained on what questions taught them. However large an event is, it takes one part in twenty of a
/// processor at most.
async fn train(directories: Directories) {
    loop {
        let started = tokio::time::Instant::now();
        if let Err(cause) = directories.train().await {
            tracing::warn!(%cause, "could not train a router");
        }
        tokio::time::sleep(TRAIN.max(started.elapsed().saturating_mul(19))).await;
    }
}

/// Drops what was kept long enough.
fn tidy_all(tx: &mut Tx) -> Result<()> {
    account::tidy(tx)?;
    outbox::tidy(tx)?;
    notification::tidy(tx)?;
    webhook::tidy(tx)
}

/// Does the work at once, and then again and again. What fails is told and tried at the next round.
async fn every<F: Future<Output = Result<()>>>(pause: Duration, what: &'static str, mut work: impl FnMut() -> F) {
    loop {
        if let Err(cause) = work().await {
            tracing::warn!(%cause, "{what} failed; it is tried again");
        }
        tokio::time::sleep(pause).await;
    }
}

async fn aside(work: impl FnOnce() -> Result<()> + Send + 'static) -> Result<()> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}
