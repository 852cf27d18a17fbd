//! What the databases say, as refusals the caller can act on.

use diesel::result::{DatabaseErrorKind, Error as Diesel};

use crate::base::{Error, OrConflict, Result, Sentence};

/// Seconds until a caller should try again when the database is away.
const AGAIN: u64 = 2;

impl From<Diesel> for Error {
    fn from(cause: Diesel) -> Error {
        match &cause {
            Diesel::NotFound => Error::NotFound,
            Diesel::BrokenTransactionManager => Error::Unavailable(AGAIN),
            Diesel::DatabaseError(kind, told) => {
                from_database(kind, told.message()).unwrap_or_else(|| Error::internal(cause))
            }
            _ => Error::internal(cause),
        }
    }
}

fn from_database(kind: &DatabaseErrorKind, message: &str) -> Option<Error> {
    let away = [
        "server closed the connection",
        "terminating connection",
        "could not connect",
        "no connection to the server",
        "SSL connection has been closed",
        "the database system is",
        "connection not open",
    ];
    let full = ["database or disk is full", "No space left on device"];
    if matches!(kind, DatabaseErrorKind::ClosedConnection) || away.iter().any(|sign| message.contains(sign)) {
        return Some(Error::Unavailable(AGAIN));
    }
    if message.contains("database is locked")
        || message.contains("lock timeout")
        || message.contains("statement timeout")
    {
        return Some(Error::Unavailable(AGAIN));
    }
    full.iter().any(|sign| message.contains(sign)).then_some(Error::Full)
}

impl From<diesel::r2d2::PoolError> for Error {
    fn from(cause: diesel::r2d2::PoolError) -> Error {
        tracing::warn!(%cause, "no connection to the database");
        Error::Unavailable(AGAIN)
    }
}

impl<T> OrConflict<T> for Result<T, Diesel> {
    fn or_conflict(self, sentence: impl FnOnce() -> Sentence) -> Result<T> {
        self.map_err(|cause| match cause {
            Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Error::Conflict(sentence()),
            other => other.into(),
        })
    }

    fn or_in_use(self, sentence: impl FnOnce() -> Sentence) -> Result<T> {
        self.map_err(|cause| match cause {
            Diesel::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => Error::Conflict(sentence()),
            other => other.into(),
        })
    }
}
