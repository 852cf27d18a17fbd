//! The tables are made and changed by migrations that are part of the program.

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::Conn;
use crate::base::{Error, Result};

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// Two servers that start at once take turns by this lock. The number means nothing but "Signpost's tables".
const LOCK: i64 = 7_446_770_776_878;

/// The name of a step of the tables, such as `00000000000001`.
pub type Version = String;

/// Brings the tables up to date. Refuses tables that have a step this program does not know.
pub(super) fn up(conn: &mut Conn) -> Result<()> {
    locked(conn, |conn| {
        refuse_newer(conn)?;
        run(conn)
    })
}

/// Refuses a database that is none of ours, or newer than this program. Changes nothing.
pub(super) fn refuse_strange(conn: &mut Conn) -> Result<()> {
    let applied = match conn {
        Conn::Postgres(conn) => conn.has_pending_migration(POSTGRES),
        Conn::Sqlite(conn) => conn.has_pending_migration(SQLITE),
    };
    applied.map_err(Error::Internal)?;
    refuse_newer(conn)
}

fn locked<T>(conn: &mut Conn, f: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
    if let Conn::Postgres(conn) = conn {
        conn.batch_execute(&format!("SET lock_timeout = '120s'; SELECT pg_advisory_lock({LOCK})"))?;
    }
    let outcome = f(conn);
    if let Conn::Postgres(conn) = conn {
        conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK}); SET lock_timeout = '10s'"))?;
    }
    outcome
}

fn run(conn: &mut Conn) -> Result<()> {
    match conn {
        Conn::Postgres(conn) => conn.run_pending_migrations(POSTGRES).map(drop),
        Conn::Sqlite(conn) => conn.run_pending_migrations(SQLITE).map(drop),
    }
    .map_err(Error::Internal)
}

fn refuse_newer(conn: &mut Conn) -> Result<()> {
    let (applied, known) = match conn {
        Conn::Postgres(conn) => (conn.applied_migrations(), known(&POSTGRES)?),
        Conn::Sqlite(conn) => (conn.applied_migrations(), known(&SQLITE)?),
    };
    let stranger = applied.map_err(Error::Internal)?.into_iter().find(|version| !known.contains(version));
    match stranger {
        None => Ok(()),
        Some(version) => Err(Error::internal(format!(
            "the database has tables of a newer Signpost (step {version}). Start that version, or restore a backup made by this one."
        ))),
    }
}

/// The steps in order, whichever backend: both folders hold the same names.
fn known(source: &EmbeddedMigrations) -> Result<Vec<MigrationVersion<'static>>> {
    let steps: Vec<Box<dyn Migration<diesel::sqlite::Sqlite>>> = source.migrations().map_err(Error::Internal)?;
    Ok(steps.iter().map(|step| step.name().version().as_owned()).collect())
}
