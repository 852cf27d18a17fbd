//! One transaction under way: the connection, the one time it all happens at, and the ids it makes.

use std::collections::BTreeSet;

use super::conn::Conn;
use super::signal::Signal;
use crate::base::{Clock, Id, Ids, Instant};

/// What every transaction takes from its process.
#[derive(Default)]
pub(super) struct Source {
    pub clock: Clock,
    pub ids: Ids,
    /// What tells this process from other nodes.
    pub node: String,
}

/// One transaction under way. Everything in it happens at the same moment, and is kept or dropped as a whole.
pub struct Tx<'c> {
    conn: &'c mut Conn,
    source: &'c Source,
    now: Instant,
    signals: BTreeSet<String>,
}

/// What a transaction leaves to be told once it is committed.
pub(super) type Told = BTreeSet<String>;

impl<'c> Tx<'c> {
    pub(super) fn new(conn: &'c mut Conn, source: &'c Source) -> Tx<'c> {
        Tx { now: source.clock.now(), conn, source, signals: BTreeSet::new() }
    }

    /// The moment at which all of this happens.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// A fresh id, later than every id made before.
    pub fn fresh<T>(&self) -> Id<T> {
        Id::from_uuid(self.source.ids.next(self.now))
    }

    /// The connection, for the queries of a `store.rs`.
    pub fn conn(&mut self) -> &mut Conn {
        self.conn
    }

    /// Has others told of this once the transaction is committed, and not at all if it is not.
    pub fn announce(&mut self, signal: Signal) {
        self.signals.insert(signal.encode());
    }

    pub(super) fn told(self) -> Told {
        self.signals
    }
}

/// Work that a transaction was asked to do, boxed so that it can travel to the thread that writes.
pub type Asked<T> = Box<dyn FnOnce(&mut Tx) -> crate::base::Result<T> + Send>;
