//! Webhooks: other programs that are told what happens, signed, again and again until they have heard it.

mod keeping;
pub mod receiver;
mod sending;
mod shared;

use serde_json::{Value, json};

use crate::questions::scene::Scene;
use crate::support::{eventually, text};
use receiver::Receiver;

const WEBHOOKS: &str = "/v1/hackathons/h1/webhooks";

/// A webhook, with the program behind it.
struct Hook {
    receiver: Receiver,
    id: String,
    secret: String,
}

impl Hook {
    /// One that hears of these events.
    #[track_caller]
    fn on(scene: &Scene, events: &[&str]) -> Hook {
        let receiver = Receiver::open();
        let new = json!({"name": "Bot", "url": receiver.url, "events": events});
        let made = scene.post("planner", WEBHOOKS, new).must(201).json();
        Hook { receiver, id: text(&made["id"]), secret: text(&made["secret"]) }
    }

    fn path(&self, rest: &str) -> String {
        format!("{WEBHOOKS}/{}{rest}", self.id)
    }

    #[track_caller]
    fn see(&self, scene: &Scene) -> Value {
        scene.get("planner", &self.path("")).must(200).json()
    }

    /// What was sent to it, the oldest first.
    #[track_caller]
    fn log(&self, scene: &Scene) -> Vec<Value> {
        let page = scene.get("planner", &self.path("/deliveries?limit=100")).must(200).json();
        let mut items = page["items"].as_array().expect("deliveries").clone();
        items.reverse();
        items
    }

    /// Its only delivery, once it was tried so often.
    #[track_caller]
    fn tried(&self, scene: &Scene, attempts: i64) -> Value {
        eventually("trying", || {
            let log = self.log(scene);
            assert!(log.len() <= 1, "{log:?}");
            log.into_iter().find(|one| one["attempts"] == attempts)
        })
    }

    /// Its log, once nothing in it waits and there are so many.
    #[track_caller]
    fn settled(&self, scene: &Scene, count: usize) -> Vec<Value> {
        eventually("settling", || {
            Some(self.log(scene)).filter(|log| log.len() >= count && log.iter().all(|one| one["state"] != "waiting"))
        })
    }
}
