//! Every step of the tables can be taken back, and taken again.

use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

use crate::support::postgres::Postgres;

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    name: String,
}

fn steps(backend: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(backend);
    let mut steps: Vec<PathBuf> =
        read_dir(folder).expect("migrations").map(|step| step.expect("a step").path()).collect();
    steps.sort();
    assert!(steps.len() > 10, "{steps:?}");
    steps
}

/// What is in the database after every step up, after every step down, and after every step up once more.
fn there_and_back(backend: &str, run: &mut dyn FnMut(&str), tables: &mut dyn FnMut() -> Vec<String>) {
    let steps = steps(backend);
    let read = |step: &PathBuf, name: &str| {
        read_to_string(step.join(name)).unwrap_or_else(|error| panic!("{step:?}/{name}: {error}"))
    };
    let mut before = vec![tables()];
    for step in &steps {
        run(&read(step, "up.sql"));
        before.push(tables());
    }
    let whole = before.pop().expect("what all steps made");
    for step in steps.iter().rev() {
        run(&read(step, "down.sql"));
        assert_eq!(Some(tables()), before.pop(), "{step:?} does not take back what it made");
    }
    steps.iter().for_each(|step| run(&read(step, "up.sql")));
    assert_eq!(tables(), whole);
}

#[test]
fn every_step_is_taken_back_on_sqlite() {
    let mut conn = SqliteConnection::establish(":memory:").expect("a database");
    let conn = std::cell::RefCell::new(&mut conn);
    let listed = "SELECT type || ' ' || name AS name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1";
    there_and_back(
        "sqlite",
        &mut |sql| conn.borrow_mut().batch_execute(sql).unwrap_or_else(|error| panic!("{error}: {sql}")),
        &mut || {
            let rows: Vec<Table> = sql_query(listed).load(*conn.borrow_mut()).expect("a list");
            rows.into_iter().map(|row| row.name).collect()
        },
    );
}

#[test]
fn every_step_is_taken_back_on_postgres() {
    let database = Postgres::shared().database();
    let mut conn = PgConnection::establish(database.url()).expect("a database");
    let conn = std::cell::RefCell::new(&mut conn);
    let listed =
        "SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public'
         UNION ALL SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1";
    there_and_back(
        "postgres",
        &mut |sql| conn.borrow_mut().batch_execute(sql).unwrap_or_else(|error| panic!("{error}: {sql}")),
        &mut || {
            let rows: Vec<Table> = sql_query(listed).load(*conn.borrow_mut()).expect("a list");
            rows.into_iter().map(|row| row.name).collect()
        },
    );
}
