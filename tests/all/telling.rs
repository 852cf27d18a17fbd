//! Being told: streams, notifications, mails.

mod crash;
pub mod mails;
mod notifications;
mod smtp;
mod streams;
mod unsubscribe;

use serde_json::Value;
use signpost::notification::dispatch::READER;
use signpost::outbox;

use crate::questions::scene::Scene;
use crate::support::{World, eventually};

/// Waits until everything that happened has been dealt with.
#[track_caller]
pub fn dispatched(world: &World) {
    eventually("dispatching", || {
        let behind = world.db.read_now(|tx| outbox::store::behind(tx, READER)).unwrap();
        behind.is_empty().then_some(())
    });
}

/// What somebody was told, the oldest first.
#[track_caller]
fn told(scene: &Scene, who: &str) -> Vec<Value> {
    dispatched(scene.world);
    let page = scene.get(who, "/v1/me/notifications?limit=100").must(200).json();
    let mut items = page["items"].as_array().expect("items").clone();
    items.reverse();
    items
}

/// As kind and reason, for comparing.
fn whys(items: &[Value]) -> Vec<(String, String)> {
    let word = |item: &Value, name: &str| item[name].as_str().expect("a word").to_owned();
    items.iter().map(|item| (word(item, "kind"), word(item, "reason"))).collect()
}

/// Pairs of words, for comparing with [`whys`].
fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(kind, reason)| ((*kind).to_owned(), (*reason).to_owned())).collect()
}
