//! The databases that are measured.

#[path = "../../tests/all/support"]
#[expect(dead_code, reason = "shared with the tests, which use more of it")]
mod support {
    pub mod postgres;
}

use support::postgres::{Durability, Postgres};

/// SQLite in a temporary folder, and a PostgreSQL that waits for its disk: their names and their addresses.
pub fn databases() -> Vec<(&'static str, String)> {
    let folder = tempfile::tempdir().unwrap().keep();
    let server: &'static Postgres = Box::leak(Box::new(Postgres::alone(Durability::Full)));
    let database = Box::leak(Box::new(server.database()));
    vec![
        ("SQLite", folder.join("bench.sqlite3").to_string_lossy().into_owned()),
        ("PostgreSQL", database.url().to_owned()),
    ]
}
