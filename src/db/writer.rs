//! SQLite takes one writer at a time. This is that writer: a thread that commits what has queued up as a group,
//! so that one flush to the disk serves many requests. Each piece of work stands in a savepoint of its own,
//! so a refusal takes back nothing but itself; nobody hears of success before the group is on disk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use diesel::Connection;
use diesel::connection::TransactionManager;

use super::conn::{Conn, begin};
use super::signal::{Signal, Signals};
use super::tx::{Source, Told, Tx};
use crate::base::{Error, Result};

/// The most pieces of work in one commit: enough that a flush is shared, few enough that the first does not wait long.
const GROUP: usize = 64;

/// One piece of work on its way through the writer.
pub(super) trait Job: Send {
    /// Does the work inside its savepoint. `Err` has it taken back.
    fn run(&mut self, tx: &mut Tx) -> std::result::Result<(), Taken>;
    /// Hears whether the group reached the disk, and answers whoever waits.
    fn done(self: Box<Self>, committed: std::result::Result<(), Error>);
}

/// The work was refused or failed; its savepoint is taken back.
#[derive(Debug)]
pub(super) struct Taken;

impl From<diesel::result::Error> for Taken {
    fn from(_: diesel::result::Error) -> Taken {
        Taken
    }
}

/// The way to the writing thread.
#[derive(Clone)]
pub(super) struct Writer(Sender<Box<dyn Job>>);

impl Writer {
    /// Starts the thread; it ends when the last `Writer` is dropped.
    pub fn start(conn: Conn, source: Arc<Source>, signals: Signals) -> Result<Writer> {
        let (send, receive) = channel();
        std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || work(conn, &source, &signals, &receive))
            .map_err(Error::internal)?;
        Ok(Writer(send))
    }

    /// Queues a piece of work.
    pub fn send(&self, job: Box<dyn Job>) -> Result<()> {
        self.0.send(job).map_err(|_gone| Error::Unavailable(1))
    }
}

fn work(mut conn: Conn, source: &Source, signals: &Signals, jobs: &Receiver<Box<dyn Job>>) {
    while let Ok(first) = jobs.recv() {
        let mut group = vec![first];
        group.extend(jobs.try_iter().take(GROUP - 1));
        let told = commit(&mut conn, source, &mut group, jobs);
        finish(group, told, signals);
    }
}

/// Runs the group in one transaction. What arrives while it runs still joins it, up to [`GROUP`].
fn commit(
    conn: &mut Conn,
    source: &Source,
    group: &mut Vec<Box<dyn Job>>,
    jobs: &Receiver<Box<dyn Job>>,
) -> Result<Told, diesel::result::Error> {
    // A writer that only becomes one at its first write can lose what it read before; IMMEDIATE asks at once.
    begin(conn, "BEGIN IMMEDIATE")?;
    let mut told = Told::new();
    let mut next = 0;
    while let Some(job) = group.get_mut(next) {
        told.extend(one(conn, source, job.as_mut()).unwrap_or_default());
        next += 1;
        if next == group.len() && next < GROUP {
            group.extend(jobs.try_iter().take(1));
        }
    }
    Conn::commit_transaction(conn).inspect_err(|_| roll_back(conn))?;
    Ok(told)
}

fn one(conn: &mut Conn, source: &Source, job: &mut dyn Job) -> std::result::Result<Told, Taken> {
    conn.transaction(|conn| {
        let mut tx = Tx::new(conn, source);
        // A panic in one piece of work must take back that piece and nothing else.
        catch_unwind(AssertUnwindSafe(|| job.run(&mut tx))).unwrap_or(Err(Taken))?;
        Ok(tx.told())
    })
}

fn roll_back(conn: &mut Conn) {
    if let Err(cause) = Conn::rollback_transaction(conn) {
        tracing::error!(%cause, "could not roll back");
    }
}

fn finish(group: Vec<Box<dyn Job>>, told: Result<Told, diesel::result::Error>, signals: &Signals) {
    match told {
        Ok(told) => {
            told.iter().filter_map(|word| Signal::decode(word)).for_each(|signal| signals.tell(signal));
            group.into_iter().for_each(|job| job.done(Ok(())));
        }
        Err(cause) => {
            tracing::error!(%cause, "a group of writes was not committed");
            let full = matches!(Error::from(cause), Error::Full);
            let refusal = || if full { Error::Full } else { Error::Unavailable(1) };
            group.into_iter().for_each(|job| job.done(Err(refusal())));
        }
    }
}
