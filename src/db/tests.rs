#![expect(clippy::expect_used, reason = "a test may stop where it stands")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::prelude::*;

use super::schema::throttles;
use super::*;
use crate::base::{Clock, Error, Instant, Result};

fn fresh() -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let backend = Backend::Sqlite(folder.path().join("t.sqlite3"));
    let db = Db::open(Options { backend, pool: 4, clock: Clock::System }).expect("opens");
    (folder, db)
}

fn put(tx: &mut Tx, subject: &str) -> Result<()> {
    let row = (throttles::subject.eq(subject), throttles::failures.eq(1), throttles::last_at.eq(tx.now()));
    diesel::insert_into(throttles::table).values(row).execute(tx.conn())?;
    Ok(())
}

fn count(db: &Db) -> i64 {
    db.read_now(|tx| Ok(throttles::table.count().get_result(tx.conn())?)).expect("counts")
}

#[test]
fn a_refusal_takes_back_its_own_work_and_no_other_s() {
    let (_folder, db) = fresh();
    db.write_now(|tx| put(tx, "kept")).expect("kept");
    let refused: Result<()> = db.write_now(|tx| {
        put(tx, "dropped")?;
        Err(Error::NotFound)
    });
    assert!(matches!(refused, Err(Error::NotFound)));
    assert_eq!(count(&db), 1);
}

#[test]
fn a_panic_takes_back_its_own_work_and_the_writer_lives_on() {
    let (_folder, db) = fresh();
    let broken: Result<()> = db.write_now(|tx| {
        put(tx, "dropped")?;
        panic!("on purpose")
    });
    assert!(matches!(broken, Err(Error::Internal(_))));
    db.write_now(|tx| put(tx, "kept")).expect("the writer lives");
    assert_eq!(count(&db), 1);
}

#[test]
fn sixty_four_writers_at_once_all_succeed() {
    let (_folder, db) = fresh();
    let wrong = Arc::new(AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for n in 0..64 {
            let (db, wrong) = (db.clone(), wrong.clone());
            scope.spawn(move || {
                if db.write_now(move |tx| put(tx, &format!("{n}"))).is_err() {
                    wrong.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert_eq!((wrong.load(Ordering::SeqCst), count(&db)), (0, 64));
}

#[test]
fn news_is_told_when_committed_and_only_then() {
    let (_folder, db) = fresh();
    let heard = Arc::new(AtomicUsize::new(0));
    let ear = heard.clone();
    db.signals().listen(move |_| {
        ear.fetch_add(1, Ordering::SeqCst);
    });
    let signal = Signal::User(uuid::Uuid::from_u128(1));
    db.write_now(move |tx| {
        tx.announce(signal);
        Ok(())
    })
    .expect("commits");
    let _refused: Result<()> = db.write_now(move |tx| {
        tx.announce(signal);
        Err(Error::NotFound)
    });
    assert_eq!(heard.load(Ordering::SeqCst), 1);
}

#[test]
fn a_reader_cannot_write() {
    let (_folder, db) = fresh();
    assert!(db.read_now(|tx| put(tx, "x")).is_err());
}

#[test]
fn times_keep_their_microseconds_and_their_order() {
    let (_folder, db) = fresh();
    let at = Instant::from_micros(1_730_817_000_123_456);
    db.write_now(move |tx| {
        let row = (throttles::subject.eq("t"), throttles::failures.eq(1), throttles::last_at.eq(at));
        diesel::insert_into(throttles::table).values(row).execute(tx.conn())?;
        Ok(())
    })
    .expect("inserts");
    let found: Instant =
        db.read_now(|tx| Ok(throttles::table.select(throttles::last_at).first(tx.conn())?)).expect("reads");
    assert_eq!(found, at);
}
