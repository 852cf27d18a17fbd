//! The one door to the database.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use diesel::Connection;
use diesel::connection::{SimpleConnection, TransactionManager};
use diesel::r2d2::{ManageConnection, Pool};
use tokio::sync::oneshot;

use super::conn::{Backend, CHECKOUT, Conn, Maker, begin};
use super::migrate;
use super::signal::{Signal, Signals};
use super::tx::{Asked, Source, Told, Tx};
use super::writer::{Job, Taken, Writer};
use crate::base::{Clock, Error, Result, secret};

/// How the store is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which database.
    pub backend: Backend,
    /// The most connections kept open.
    pub pool: u32,
    /// Where the time comes from.
    pub clock: Clock,
}

/// The store. Cheap to clone; the pool stays behind this door.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Maker>,
    /// Only SQLite has one; on PostgreSQL every connection writes.
    writer: Option<Writer>,
    source: Arc<Source>,
    signals: Signals,
    backend: Backend,
}

impl Db {
    /// Opens the store and brings its tables up to date. Refuses tables that a newer Signpost made.
    pub fn open(options: Options) -> Result<Db> {
        let Options { backend, pool, clock } = options;
        let maker = Maker { backend: backend.clone(), writes: true };
        let mut first = maker.connect().map_err(Error::internal)?;
        migrate::up(&mut first)?;
        Db::serve(first, backend, pool, clock)
    }

    fn serve(first: Conn, backend: Backend, pool: u32, clock: Clock) -> Result<Db> {
        let source = Arc::new(Source { clock, node: secret::token(), ..Source::default() });
        let signals = Signals::default();
        let alone = matches!(backend, Backend::Sqlite(_));
        let writer = alone.then(|| Writer::start(first, source.clone(), signals.clone())).transpose()?;
        let maker = Maker { backend: backend.clone(), writes: !alone };
        let pool = Pool::builder()
            .max_size(pool)
            .min_idle(Some(1))
            .connection_timeout(CHECKOUT)
            .test_on_check_out(false)
            .build(maker)
            .map_err(Error::internal)?;
        Ok(Db { pool, writer, source, signals, backend })
    }

    /// Which database this is.
    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    /// Where committed changes are heard of.
    pub fn signals(&self) -> &Signals {
        &self.signals
    }

    /// What tells this process from other nodes.
    pub(super) fn node(&self) -> &str {
        &self.source.node
    }

    /// The time, for what happens outside a transaction, such as checking a token.
    pub fn clock(&self) -> &Clock {
        &self.source.clock
    }

    /// Runs `f` in one transaction that may write. An error takes everything back.
    pub async fn write<T: Send + 'static>(&self, f: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        let Some(writer) = &self.writer else {
            let db = self.clone();
            return off_thread(move || db.postgres(f, "BEGIN")).await;
        };
        let (job, answer) = Parcel::packed(Box::new(f));
        writer.send(job)?;
        answer.await.map_err(|_closed| Error::internal("the work was dropped"))?
    }

    /// Runs `f` in one transaction that sees the store as it stood at one moment, and cannot write.
    pub async fn read<T: Send + 'static>(&self, f: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        let db = self.clone();
        off_thread(move || db.read_now(f)).await
    }

    /// As [`Db::write`], for the command line: waits on this thread.
    pub fn write_now<T: Send + 'static>(&self, f: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        let Some(writer) = &self.writer else { return self.postgres(f, "BEGIN") };
        let (job, answer) = Parcel::packed(Box::new(f));
        writer.send(job)?;
        answer.blocking_recv().map_err(|_closed| Error::internal("the work was dropped"))?
    }

    /// As [`Db::read`], on this thread.
    pub fn read_now<T>(&self, f: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        match &self.writer {
            None => self.postgres(f, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
            Some(_) => self.sqlite_read(f),
        }
    }

    fn sqlite_read<T>(&self, f: impl FnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let mut conn = self.pool.get()?;
        guarded(&mut conn, |conn| conn.transaction(|conn| f(&mut Tx::new(conn, &self.source))))
    }

    fn postgres<T>(&self, f: impl FnOnce(&mut Tx) -> Result<T>, how: &str) -> Result<T> {
        let mut conn = self.pool.get()?;
        let (value, told) = guarded(&mut conn, |conn| {
            begin(conn, how)?;
            let mut tx = Tx::new(conn, &self.source);
            let outcome = f(&mut tx);
            let told = tx.told();
            end(conn, outcome, told, self.node())
        })?;
        told.iter().filter_map(|word| Signal::decode(word)).for_each(|signal| self.signals.tell(signal));
        Ok(value)
    }
}

/// A panic must not leave a transaction open on a connection that goes back to the pool.
fn guarded<T>(conn: &mut Conn, f: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(|| f(conn))).unwrap_or_else(|_panic| {
        Conn::rollback_transaction(conn).map_err(Error::internal)?;
        Err(Error::internal("a panic, told above"))
    })
}

/// Commits with the news for other nodes in the same commit, or takes everything back.
fn end<T>(conn: &mut Conn, outcome: Result<T>, told: Told, node: &str) -> Result<(T, Told)> {
    let value = match outcome {
        Ok(value) => value,
        Err(refusal) => {
            Conn::rollback_transaction(conn)?;
            return Err(refusal);
        }
    };
    for word in &told {
        // Both are ours: letters, digits and hyphens, nothing that could end the string.
        conn.batch_execute(&format!("NOTIFY signpost, '{node}|{word}'"))?;
    }
    Conn::commit_transaction(conn)?;
    Ok((value, told))
}

async fn off_thread<T: Send + 'static>(f: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(f).await.map_err(Error::internal)?
}

/// A piece of work with its answer, as the writer carries it.
struct Parcel<T> {
    work: Option<Asked<T>>,
    outcome: Option<Result<T>>,
    answer: oneshot::Sender<Result<T>>,
}

impl<T: Send + 'static> Parcel<T> {
    fn packed(work: Asked<T>) -> (Box<dyn Job>, oneshot::Receiver<Result<T>>) {
        let (answer, wait) = oneshot::channel();
        (Box::new(Parcel { work: Some(work), outcome: None, answer }), wait)
    }
}

impl<T: Send> Job for Parcel<T> {
    fn run(&mut self, tx: &mut Tx) -> Result<(), Taken> {
        let Some(work) = self.work.take() else { return Err(Taken) };
        let outcome = work(tx);
        let kept = outcome.is_ok();
        self.outcome = Some(outcome);
        if kept { Ok(()) } else { Err(Taken) }
    }

    fn done(self: Box<Self>, committed: Result<()>) {
        let outcome = self.outcome.unwrap_or_else(|| Err(Error::internal("a panic, told above")));
        let answer = match (outcome, committed) {
            (Ok(value), Ok(())) => Ok(value),
            (Ok(_), Err(refusal)) => Err(refusal),
            (Err(refusal), _) => Err(refusal),
        };
        // Whoever asked may have gone; the work is done all the same.
        drop(self.answer.send(answer));
    }
}
