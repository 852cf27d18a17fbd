//! Many at once, and some that die in between.

use std::collections::BTreeMap;

use serde_json::json;
use signpost::base::{Error, Key, Result, Slug};
use signpost::hackathon;
use signpost::webhook::{dispatch, queue};

use super::Hook;
use crate::on_both;
use crate::questions::scene::Scene;
use crate::support::eventually;

fn ask(scene: &Scene, count: usize) {
    for n in 0..count {
        scene.ask("ada", json!({"title": format!("Question {n}"), "topic": "etl"}));
    }
}

/// How often each message was heard.
fn often(hook: &Hook) -> Vec<usize> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for heard in hook.receiver.heard() {
        *times.entry(heard.id().to_owned()).or_default() += 1;
    }
    times.into_values().collect()
}

on_both! {
    fn two_servers_share_the_work_and_send_once(world) {
        let _other = world.beside();
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        ask(&scene, 20);
        let log = hook.settled(&scene, 20);
        assert_eq!((log.len(), often(&hook)), (20, vec![1; 20]));
        let numbers: Vec<i64> = hook.receiver.heard().iter().map(|one| one.json()["data"]["question"]["number"].as_i64().unwrap()).collect();
        assert_eq!(numbers, (1..=20).collect::<Vec<i64>>(), "in order, as nothing failed");
    }

    fn d5_a_dispatcher_that_dies_before_its_commit_writes_each_delivery_once(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        std::thread::scope(|scope| {
            let dying = || for _ in 0..20 {
                let died: Result<()> = world.db.write_now(|tx| {
                    let here = hackathon::store::find(tx, &Key::Slug(Slug::parse("h1").unwrap()))?.expect("a hackathon").id;
                    dispatch::step(tx, here, "http://localhost")?;
                    Err(Error::internal("killed"))
                });
                assert!(died.is_err());
            };
            scope.spawn(dying);
            ask(&scene, 10);
        });
        assert_eq!((hook.settled(&scene, 10).len(), often(&hook)), (10, vec![1; 10]));
    }

    fn d5_a_sender_that_dies_leaves_its_message_to_the_next(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        hook.receiver.answer(500, "", "");
        scene.on_etl();
        let tried = hook.tried(&scene, 1);
        // Whoever takes the webhook when the message is due again, and dies, has it until the time of the lease is over.
        let id = signpost::base::Id::from_uuid(hook.id.parse().unwrap());
        let due = signpost::base::Instant::parse(tried["next_attempt_at"].as_str().unwrap()).unwrap();
        let until = due.plus(queue::LEASE);
        eventually("taking the webhook", || {
            world.db.write_now(move |tx| signpost::webhook::store::queue::take(tx, id, until)).unwrap().then_some(())
        });
        world.later(due.since(world.clock.now()));
        std::thread::sleep(std::time::Duration::from_millis(2_500));
        assert_eq!(hook.receiver.heard().len(), 1, "somebody else has it");
        world.later(queue::LEASE);
        assert_eq!(hook.tried(&scene, 2)["state"], "delivered");
        assert_eq!(often(&hook), [2]);
    }

    fn a_webhook_that_answers_slowly_holds_up_no_other(world) {
        let scene = Scene::open(world);
        let slow = Hook::on(&scene, &["question.asked"]);
        let quick = Hook::on(&scene, &["question.asked"]);
        let held = slow.receiver.hold();
        ask(&scene, 3);
        assert_eq!(quick.settled(&scene, 3).len(), 3);
        assert_eq!(slow.receiver.heard().len(), 1, "one after the other");
        drop(held);
        slow.settled(&scene, 3);
    }
}
