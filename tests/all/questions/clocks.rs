//! What happens to a question by the clock.

mod duty;
mod escalate;
mod handoffs;
mod many;
mod promises;

use chrono::TimeDelta;
use serde_json::Value;
use signpost::base::{Id, Instant, Key};
use signpost::db::Tx;
use signpost::directory::Directories;
use signpost::question::store::clock::{awake, behind};
use signpost::question::{Clockwork, Question, store};

use super::Scene;
use crate::support::{World, eventually};

/// The clockwork of a node of its own.
pub fn clockwork(world: &World) -> Clockwork {
    Clockwork::new(world.db.clone(), Directories::new(world.db.clone()))
}

/// Does what is due now, and has the clocks wound. The server does so every second; a test does not wait for it. What the
/// server holds at this moment is left to the server, so this is over when nothing is due any more.
pub fn tick(world: &World) {
    round(world);
    let idle = |tx: &mut Tx| Ok(awake(tx, tx.now(), None, 1)?.is_empty() && behind(tx)?.is_empty());
    eventually("what is due", || world.db.read_now(idle).expect("reads").then_some(()));
}

/// One round, in which some clocks may fail.
pub fn round(world: &World) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(clockwork(world).round()).expect("a round");
}

/// Moves the clock to this moment and does what is due then.
pub fn at<'w>(scene: Scene<'w>, when: &str) -> Scene<'w> {
    let world = scene.world;
    world.later(Instant::parse(when).expect("a time").since(world.clock.now()));
    // Keys that sign last for weeks; some of these tests go on for months.
    world.gate.catch_up(TimeDelta::zero()).expect("keys");
    tick(world);
    scene.later(TimeDelta::zero())
}

/// The question as it is kept.
pub fn kept(world: &World, question: &str) -> Question {
    let id: Id<Question> = Id::from_uuid(question.parse().expect("an id"));
    let found = world.db.read_now(|tx| {
        let here = signpost::hackathon::store::find(tx, &Key::parse("h1").expect("a slug"))?.expect("h1");
        store::of_id(tx, here.id, id)
    });
    found.expect("reads")
}

/// The events of a kind, with their facts.
pub fn facts(scene: &Scene, question: &str, kind: &str) -> Vec<Value> {
    let of_kind = scene.events(question).into_iter().filter(|event| event["kind"] == kind);
    of_kind.map(|event| event["facts"].clone()).collect()
}

/// When the next promise about a question falls due, and which it is.
pub fn due(scene: &Scene, question: &str) -> (String, String) {
    let seen = scene.see("planner", question);
    let text = |name: &str| seen[name].as_str().unwrap_or("-").to_owned();
    (text("due_at"), text("due_for"))
}

pub fn promised(when: &str, promise: &str) -> (String, String) {
    (when.to_owned(), promise.to_owned())
}

pub fn minutes(minutes: i64) -> TimeDelta {
    TimeDelta::minutes(minutes)
}
