//! How fast the clocks of questions ring after a pause, beside the bare database: `cargo bench --bench clocks`.
//!
//! So many questions each have three steps of an escalation to be done. Beside it, in turn, the bare database keeps as many
//! rows, each in a transaction of its own, as many at a time: what it would cost at least to do one thing to each question.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot go on stops and says where"
)]

#[path = "support/databases.rs"]
mod databases;

use std::time::{Duration, Instant as Stopwatch};

use chrono::TimeDelta;
use databases::databases;
use diesel::{RunQueryDsl, sql_query};
use futures_util::StreamExt;
use futures_util::stream::iter;
use signpost::base::{Clock, Id, Instant, Key, Name};
use signpost::db::{Backend, Db, Options, Tx};
use signpost::directory::{Directories, Directory};
use signpost::hackathon::Hackathon;
use signpost::question::{By, Clockwork, Event, InCharge, Life, Question, Visibility, What, Why, store};
use signpost::{consortium, file, hackathon, transfer};

const FILE: &[u8] = include_bytes!("../examples/fdp-monthly.yaml");
/// The promise: so many are done within 15 s after a pause.
const MANY: i32 = 5_000;
const ROUNDS: usize = 3;
const HERE: &str = "fdp-monthly";

fn main() {
    println!(
        "{:<14} {:>10} {:>10} {:>8} {:>10} {:>14}",
        "clocks", "bare s", "ours s", "ratio", "events", "questions/s"
    );
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for (name, url) in databases() {
        let db = Db::open(Options { backend: Backend::from_url(&url), pool: 16, clock: asked() }).unwrap();
        let document = file::read(FILE, &[]).unwrap();
        db.write_now(move |tx| transfer::import(tx, &document, None, transfer::Wish::Update)).unwrap();
        db.write_now(|tx| Ok(sql_query("CREATE TABLE bare (number INTEGER, words TEXT)").execute(tx.conn())?)).unwrap();
        let mut measured: Vec<(Duration, Duration, usize)> = (0..ROUNDS)
            .map(|round| (runtime.block_on(bare(&db)), runtime.block_on(rung(&db, round))))
            .map(|(bare, (ours, events))| (bare, ours, events))
            .collect();
        measured.sort_by_key(|(_, ours, _)| *ours);
        let (bare, ours, events) = measured[ROUNDS / 2];
        let (bare, ours) = (bare.as_secs_f64(), ours.as_secs_f64());
        println!(
            "{name:<14} {bare:>10.2} {ours:>10.2} {:>8.2} {events:>10} {:>14.0}",
            ours / bare,
            f64::from(MANY) / ours
        );
    }
}

/// A Monday morning in Seoul, in the second week of the example.
fn asked() -> Clock {
    Clock::fixed(Instant::parse("2024-11-11T01:00:00Z").unwrap())
}

/// As many transactions that keep one row, as many at a time as requests could be.
async fn bare(db: &Db) -> Duration {
    let begun = Stopwatch::now();
    let one = |number: i32| async move {
        let words = "x".repeat(300);
        let keep = sql_query(format!("INSERT INTO bare VALUES ({number}, '{words}')"));
        db.write(move |tx| Ok(keep.execute(tx.conn())?)).await.unwrap();
    };
    iter(0..MANY).for_each_concurrent(16, one).await;
    begun.elapsed()
}

/// Questions that nobody looks after for five days, and then one round of the clockwork. How long it took, and how many events
/// it made.
async fn rung(db: &Db, round: usize) -> (Duration, usize) {
    let directories = Directories::new(db.clone());
    let directory = directories.get(&Key::parse(HERE).unwrap()).await.unwrap();
    let first = 1 + MANY * i32::try_from(round).unwrap();
    let made = db.write(move |tx| questions(tx, &directory, first)).await.unwrap();
    db.clock().advance(TimeDelta::days(5));
    let begun = Stopwatch::now();
    Clockwork::new(db.clone(), directories).round().await.unwrap();
    let took = begun.elapsed();
    let events: usize =
        db.read(move |tx| Ok(store::event::of(tx, &made)?.values().map(|all| all.len() - 2).sum())).await.unwrap();
    // The next round has questions of its own.
    db.write(|tx| Ok(sql_query("UPDATE questions SET wake_at = NULL").execute(tx.conn())?)).await.unwrap();
    assert!(events >= 3 * MANY as usize, "only {events} events: nothing was measured");
    (took, events)
}

/// Open questions about a topic of the example, straight into the store.
fn questions(tx: &mut Tx, directory: &Directory, first: i32) -> signpost::base::Result<Vec<Id<Question>>> {
    let here = hackathon::store::find(tx, &Key::parse(HERE).unwrap())?.unwrap();
    let asker = consortium::store::member::all(tx, here.id)?.remove(0).id;
    let mut made = Vec::new();
    for number in first..first + MANY {
        let question = open(tx, &here, directory, asker, number);
        store::insert(tx, &question.0)?;
        store::event::append(tx, &question.0, &question.1)?;
        made.push(question.0.id);
    }
    Ok(made)
}

fn open(
    tx: &Tx,
    here: &Hackathon,
    directory: &Directory,
    asker: Id<consortium::Member>,
    number: i32,
) -> (Question, Vec<Event>) {
    let topic =
        directory.source.topics.iter().find(|topic| topic.slug.as_str() == "package-install").map(|topic| topic.id);
    let holder = InCharge::Organizers;
    let happened = [
        (By::Person(asker), What::Asked { team: None, topic, topic_read: false, visibility: Visibility::Hackathon }),
        (By::System, What::Routed { holder, why: Why::Organizer, on_duty: true }),
    ];
    let events: Vec<Event> =
        (1..).zip(happened).map(|(seq, (by, what))| Event { seq, at: tx.now(), by, what }).collect();
    let mut life = Life::beginning(tx.now());
    events.iter().for_each(|event| life.apply(&event.what, event.at));
    let question = Question {
        id: tx.fresh(),
        hackathon: here.id,
        number,
        asker,
        team: None,
        topic,
        title: Name::parse("How do I install a package that needs a compiler?").unwrap(),
        body: None,
        visibility: Visibility::Hackathon,
        life,
        offer: None,
        before: Vec::new(),
        due: None,
        wake_at: Some(tx.now()),
        wound_version: directory.source.version,
        version: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    (question, events)
}
