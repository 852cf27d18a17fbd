//! The test database itself: what tests rely on when they ask it for a database.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use diesel::sql_types::BigInt;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};

use crate::support::postgres::{Database, Durability, Postgres, Programs};
use crate::support::rounds;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn run(url: &str, statement: &str) {
    let mut connection = PgConnection::establish(url).expect("a server that answers");
    sql_query(statement).execute(&mut connection).expect("a statement that is right");
}

fn count(url: &str, table: &str) -> i64 {
    let mut connection = PgConnection::establish(url).expect("a server that answers");
    let count: Count =
        sql_query(format!("SELECT count(*) AS n FROM {table}")).get_result(&mut connection).expect("a count");
    count.n
}

#[test]
fn databases_made_at_once_are_separate() {
    let one = || {
        let database = Postgres::shared().database();
        run(database.url(), "CREATE TABLE mine (n int)");
        run(database.url(), "INSERT INTO mine VALUES (1)");
        database
    };
    let many = rounds(16, 200);
    let databases: Vec<Database> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..many).map(|_| scope.spawn(one)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no thread panics")).collect()
    });
    assert_eq!(databases.iter().map(Database::url).collect::<HashSet<_>>().len(), many);
    assert!(databases.iter().all(|database| count(database.url(), "mine") == 1));
}

#[test]
fn a_template_is_prepared_once_and_copied() {
    let mut prepared = 0;
    let mut copy = || {
        Postgres::shared().database_like("a_template", |url| {
            prepared += 1;
            run(url, "CREATE TABLE laid_down (n int)");
        })
    };
    let (one, two) = (copy(), copy());
    run(one.url(), "INSERT INTO laid_down VALUES (1)");
    assert_eq!((count(one.url(), "laid_down"), count(two.url(), "laid_down"), prepared), (1, 0, 1));
}

#[test]
fn a_database_goes_with_its_test_even_while_it_is_in_use() {
    let database = Postgres::shared().database();
    let url = database.url().to_owned();
    let _in_use = PgConnection::establish(&url).expect("a server that answers");
    drop(database);
    assert!(PgConnection::establish(&url).is_err(), "the database is still there");
}

#[test]
fn text_is_ordered_as_people_do_and_not_by_bytes() {
    let database = Postgres::shared().database();
    assert_eq!(count(database.url(), "(SELECT 1 WHERE 'a' < 'B') AS ordered"), 1);
}

#[test]
fn a_server_of_one_s_own_keeps_what_was_committed_through_a_kill() {
    let server = Postgres::alone(Durability::Full);
    let database = server.database();
    let url = database.url();
    run(url, "CREATE TABLE kept (n int)");
    for round in 1..=3 {
        run(url, "INSERT INTO kept VALUES (1)");
        server.kill();
        assert!(PgConnection::establish(url).is_err(), "it still answers after a kill");
        server.start();
        assert_eq!(count(url, "kept"), round);
    }
    server.stop();
    assert!(PgConnection::establish(url).is_err(), "it still answers after a stop");
    let folder = server.folder().to_owned();
    drop(server);
    assert!(!folder.exists());
}

/// The same test plays both parts: started again with this variable set, it holds a server until it is killed.
const HOLD: &str = "SIGNPOST_TEST_HOLD_A_SERVER";

#[test]
fn a_server_ends_with_the_process_that_started_it() {
    if std::env::var_os(HOLD).is_some() {
        let server = Postgres::shared();
        println!("\nserver {} {}", server.port(), server.folder().display());
        loop {
            std::thread::park();
        }
    }
    let name = "postgres::a_server_ends_with_the_process_that_started_it";
    let mut holder = Command::new(std::env::current_exe().expect("this program"));
    holder.args(["--exact", name, "--nocapture"]).env(HOLD, "1").stdout(Stdio::piped());
    let mut holder = holder.spawn().expect("this program again");
    let lines = BufReader::new(holder.stdout.take().expect("a pipe")).lines();
    let line = lines.map_while(Result::ok).find_map(|line| Some(line.strip_prefix("server ")?.to_owned()));
    let line = line.expect("the holder tells its server");
    let (port, folder) = line.split_once(' ').expect("a port and a folder");
    let port: u16 = port.parse().expect("a port");
    assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());

    holder.kill().expect("our own child");
    holder.wait().expect("our own child");
    let gone = || TcpStream::connect(("127.0.0.1", port)).is_err() && !Path::new(folder).exists();
    let within_ten_seconds = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        gone()
    });
    assert!(within_ten_seconds, "the server on port {port} outlived its process");
}

#[test]
fn the_newest_installed_version_is_taken() {
    let versions = tempfile::tempdir().expect("a temporary folder");
    for version in ["9", "15", "17", "not-a-version"] {
        let bin = versions.path().join(version).join("bin");
        std::fs::create_dir_all(&bin).expect("our own folder");
        // 17 is not whole: it has the client's programs only.
        let programs = if version == "17" { &["psql"][..] } else { &["initdb", "pg_ctl", "postgres"] };
        programs.iter().for_each(|name| std::fs::write(bin.join(name), "").expect("our own folder"));
    }
    let found = Programs::folder("/nowhere".as_ref(), versions.path());
    assert_eq!(found, Ok(versions.path().join("15/bin")));
}

#[test]
fn a_missing_postgresql_is_told_with_the_command_that_installs_it() {
    let missing = Programs::folder("/nowhere".as_ref(), Path::new("/nowhere")).expect_err("nothing is there");
    assert!(missing.contains("apt-get install postgresql"), "{missing}");
}
