//! One connection, to either database, and how it is made and judged.

use std::path::PathBuf;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection};
use diesel::r2d2::{ManageConnection, R2D2Connection};
use diesel::{Connection, ConnectionResult, PgConnection, SqliteConnection};

/// A connection to one of the two databases. Never `Conn::establish`: it tries each kind in turn, and SQLite takes any path.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// PostgreSQL, when many use it.
    Postgres(PgConnection),
    /// SQLite, embedded.
    Sqlite(SqliteConnection),
}

/// Runs one query on the connection that is there, for the few that differ in type between the two
/// (upsert, batch insert, `as_returning`).
macro_rules! on_backend {
    ($conn:expr, |$c:ident| $query:expr) => {
        match $conn {
            $crate::db::Conn::Postgres($c) => $query,
            $crate::db::Conn::Sqlite($c) => $query,
        }
    };
}
pub(crate) use on_backend;

/// Which database is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Backend {
    /// PostgreSQL at this URL.
    Postgres(String),
    /// A SQLite file.
    Sqlite(PathBuf),
}

impl Backend {
    /// Tells the two apart by the scheme: `postgres://` or `postgresql://`; all else is a file, with or without `sqlite:`.
    pub fn from_url(url: &str) -> Backend {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Backend::Postgres(url.to_owned());
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
        Backend::Sqlite(path.into())
    }

    /// The database's name as people know it.
    pub fn name(&self) -> &'static str {
        match self {
            Backend::Postgres(_) => "PostgreSQL",
            Backend::Sqlite(_) => "SQLite",
        }
    }
}

/// Makes connections for a pool.
#[derive(Debug)]
pub(super) struct Maker {
    pub backend: Backend,
    /// Whether these connections may write.
    pub writes: bool,
}

/// How long SQLite waits for another process's lock, in milliseconds.
const BUSY_MS: u32 = 10_000;

impl ManageConnection for Maker {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        Ok(match &self.backend {
            Backend::Postgres(url) => Conn::Postgres(postgres(url)?),
            Backend::Sqlite(path) => Conn::Sqlite(sqlite(&path.to_string_lossy(), self.writes)?),
        })
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        Ok(conn.ping()?)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}

fn postgres(url: &str) -> ConnectionResult<PgConnection> {
    let mut conn = PgConnection::establish(url)?;
    // An acknowledged write is on disk; a statement that hangs gives its place back.
    conn.batch_execute(
        "SET synchronous_commit = on; SET statement_timeout = '30s'; SET lock_timeout = '10s'; SET TIME ZONE 'UTC'",
    )
    .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// FULL, because NORMAL acknowledges commits that a power cut takes back; WAL, so that readers never wait.
fn sqlite(path: &str, writes: bool) -> ConnectionResult<SqliteConnection> {
    let mut conn = SqliteConnection::establish(path)?;
    let only_reads = if writes { "OFF" } else { "ON" };
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout = {BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA query_only = {only_reads};"
    ))
    .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// Begins a transaction with words of its own, such as `BEGIN IMMEDIATE`.
pub(super) fn begin(conn: &mut Conn, sql: &str) -> diesel::QueryResult<()> {
    match conn {
        Conn::Postgres(conn) => AnsiTransactionManager::begin_transaction_sql(conn, sql),
        Conn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, sql),
    }
}

/// How long a request waits for a connection before it is told to come back.
pub(super) const CHECKOUT: Duration = Duration::from_secs(4);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_decides() {
        assert!(matches!(Backend::from_url("postgres://h/d"), Backend::Postgres(_)));
        assert_eq!(Backend::from_url("sqlite://a/b.db"), Backend::Sqlite("a/b.db".into()));
        assert_eq!(Backend::from_url("/var/lib/x.sqlite3"), Backend::Sqlite("/var/lib/x.sqlite3".into()));
    }
}
