//! What is sent, and what becomes of it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use signpost::base::Instant;
use signpost::webhook::delivery::PAUSES;

use super::{Hook, Receiver, WEBHOOKS};
use crate::on_both;
use crate::questions::scene::Scene;
use crate::support::{NOON, World, eventually, text};

fn kinds(receiver: &Receiver, count: usize) -> Vec<String> {
    receiver.wait(count).iter().map(|heard| heard.kind()).collect()
}

fn instant(value: &Value) -> Instant {
    Instant::parse(value.as_str().expect("a time")).expect("a time")
}

/// Moves the clock to when a delivery is tried next.
fn to_next_try(world: &World, delivery: &Value) {
    world.later(instant(&delivery["next_attempt_at"]).since(world.clock.now()));
}

on_both! {
    fn what_happens_is_sent_and_signed(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &[]);
        let asked = scene.ask("ada", json!({"title": "How do I schedule a pipeline?", "body": "WORDS", "topic": "etl"}));
        let question = text(&asked["id"]);
        scene.verb_with("dev1", &question, "answers", json!({"body": "WORDS"})).must(201);
        scene.verb_with("dev1", &question, "notes", json!({"body": "WORDS"})).must(201);
        scene.verb_with("ada", &question, "comments", json!({"body": "WORDS"})).must(201);
        let heard = hook.receiver.wait(4);
        let kinds: Vec<String> = heard.iter().map(|one| one.kind()).collect();
        assert_eq!(kinds, ["question.asked", "question.routed", "question.answered", "question.commented"]);
        for one in &heard {
            assert!(one.is_signed_with(&hook.secret), "{one:?}");
            assert_eq!((one.line.as_str(), one.signatures()), ("POST /hook HTTP/1.1", 1));
            assert_eq!(one.header("content-type"), "application/json");
            assert!(one.header("user-agent").starts_with("Signpost/"), "{one:?}");
            assert_eq!(one.header("webhook-timestamp"), world.clock.now().unix_parts().0.to_string());
            for inside in ["WORDS", "example.org\"", "whsec_"] {
                assert!(!one.body.contains(inside), "{inside} is in {}", one.body);
            }
        }
        let answered = heard[2].json();
        assert_eq!(answered["timestamp"], NOON);
        assert_eq!(answered["data"]["hackathon"]["slug"], "h1");
        let told = &answered["data"]["question"];
        assert_eq!((&told["id"], &told["number"], &told["state"]), (&asked["id"], &asked["number"], &json!("answered")));
        assert_eq!((&told["topic"], &told["team"], &told["asker"]["display_name"]), (&json!("etl"), &json!("red"), &json!("ada")));
        assert_eq!((&told["assignee"]["display_name"], &told["holder"]["kind"]), (&json!("dev1"), &json!("unit")));
        assert_eq!(told["url"], format!("{}/h/h1/questions/{}", world.url, asked["number"]));
        assert_eq!((&answered["data"]["actor"]["kind"], &answered["data"]["actor"]["name"]["en"]), (&json!("person"), &json!("dev1")));
        // As it was then, not as it is now.
        assert_eq!(heard[0].json()["data"]["question"]["state"], "open");
        assert_eq!(heard[1].json()["data"]["to"]["kind"], "unit");
        let ids: std::collections::BTreeSet<&str> = heard.iter().map(|one| one.id()).collect();
        assert_eq!(ids.len(), 4, "each message has an id of its own");
        let log = hook.settled(&scene, 4);
        assert!(log.iter().zip(&heard).all(|(row, one)| row["payload"] == one.json() && row["message_id"] == one.id()));
        assert!(log.iter().all(|row| row["state"] == "delivered" && row["last_attempt"]["status"] == 204));
    }

    fn a_webhook_hears_of_what_it_chose_from_when_it_was_made(world) {
        let scene = Scene::open(world);
        let before = scene.on_etl();
        let hook = Hook::on(&scene, &["question.claimed", "question.asked"]);
        assert_eq!(hook.see(&scene)["events"], json!(["question.asked", "question.claimed"]));
        let everything = Hook::on(&scene, &[]);
        scene.verb("dev1", &before, "claim").must(200);
        let after = scene.on_etl();
        scene.verb("dev1", &after, "claim").must(200);
        assert_eq!(kinds(&everything.receiver, 4), ["question.claimed", "question.asked", "question.routed", "question.claimed"]);
        assert_eq!(kinds(&hook.receiver, 3), ["question.claimed", "question.asked", "question.claimed"]);
    }

    fn what_fails_is_sent_again_under_the_same_id(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        hook.receiver.answer(500, "", "no\u{7} more");
        scene.on_etl();
        let once = hook.tried(&scene, 1);
        assert_eq!((&once["state"], &once["failure"]), (&json!("waiting"), &json!("status")));
        assert_eq!((&once["last_attempt"]["status"], &once["last_attempt"]["body"]), (&json!(500), &json!("no more")));
        let pause = instant(&once["next_attempt_at"]).since(world.clock.now());
        assert!(pause >= PAUSES[0] && pause <= PAUSES[0] + PAUSES[0] / 10, "{pause}");
        assert_eq!(hook.see(&scene)["failing_since"], NOON);
        to_next_try(world, &once);
        let twice = hook.tried(&scene, 2);
        assert_eq!((&twice["state"], &twice["failure"], &twice["next_attempt_at"]), (&json!("delivered"), &Value::Null, &Value::Null));
        let heard = hook.receiver.heard();
        assert_eq!((heard.len(), heard[0].id(), &heard[0].body), (2, heard[1].id(), &heard[1].body));
        assert_ne!(heard[0].header("webhook-timestamp"), heard[1].header("webhook-timestamp"));
        assert!(heard.iter().all(|one| one.is_signed_with(&hook.secret)));
        assert_eq!(hook.see(&scene)["failing_since"], Value::Null);
    }

    fn after_ten_tries_a_message_is_given_up(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        (0..10).for_each(|_| hook.receiver.answer(503, "", ""));
        scene.on_etl();
        let mut scene = scene;
        for attempts in 1..10_i64 {
            let tried = hook.tried(&scene, attempts);
            assert_eq!(tried["state"], "waiting", "{attempts}");
            to_next_try(world, &tried);
            // Three days pass, and a token lasts for minutes.
            scene = Scene::among(world);
        }
        let given_up = hook.tried(&scene, 10);
        assert_eq!((&given_up["state"], &given_up["failure"]), (&json!("failed"), &json!("status")));
        assert_eq!(given_up["settled_at"], world.clock.now().to_string());
        world.later(TimeDelta::days(2));
        assert_eq!(hook.receiver.heard().len(), 10);
    }

    fn an_address_that_is_gone_is_sent_nothing_more(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        hook.receiver.answer(410, "", "");
        scene.on_etl();
        let off = eventually("switching off", || Some(hook.see(&scene)).filter(|see| see["enabled"] == false));
        assert_eq!((&off["disabled_because"], &off["disabled_at"]), (&json!("gone"), &json!(NOON)));
        assert_eq!(hook.tried(&scene, 1)["state"], "failed");
        scene.on_etl();
        scene.post("planner", &hook.path("/test"), json!({})).must(409);
        world.patch(scene.who("planner"), &hook.path(""), json!({"enabled": true})).must(200);
        let third = scene.on_etl();
        let heard = hook.receiver.wait(2);
        assert_eq!((heard.len(), text(&heard[1].json()["data"]["question"]["id"])), (2, third), "the second one was not sent");
    }

    fn an_answer_may_ask_for_patience(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        hook.receiver.answer(429, "retry-after: 3600\r\n", "");
        scene.on_etl();
        let tried = hook.tried(&scene, 1);
        assert_eq!(instant(&tried["next_attempt_at"]).since(world.clock.now()), TimeDelta::hours(1));
    }

    fn w6_a_redirect_is_not_followed(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        let elsewhere = Receiver::open();
        hook.receiver.answer(302, &format!("location: {}\r\n", elsewhere.url), "");
        scene.on_etl();
        let tried = hook.tried(&scene, 1);
        assert_eq!((&tried["failure"], &tried["last_attempt"]["status"]), (&json!("status"), &json!(302)));
        assert_eq!(elsewhere.heard().len(), 0);
    }

    fn after_five_days_without_success_it_is_switched_off(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        (0..3).for_each(|_| hook.receiver.answer(500, "", ""));
        scene.on_etl();
        hook.tried(&scene, 1);
        let scene = scene.later(TimeDelta::days(5));
        scene.on_etl();
        let off = eventually("switching off", || Some(hook.see(&scene)).filter(|see| see["enabled"] == false));
        assert_eq!((&off["disabled_because"], &off["failing_since"]), (&json!("failing"), &json!(NOON)));
        let log = hook.settled(&scene, 1);
        assert!(log.iter().any(|one| one["failure"] == "switched_off" || one["attempts"] == 2), "{log:?}");
        assert!(log.iter().all(|one| one["state"] == "failed"), "{log:?}");
    }

    fn a_test_says_whether_messages_arrive(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.closed"]);
        let held = hook.receiver.hold();
        let sent = scene.post("planner", &hook.path("/test"), json!({})).must(202).json();
        assert_eq!((&sent["type"], &sent["state"]), (&json!("webhook.test"), &json!("waiting")));
        scene.post("planner", &hook.path("/test"), json!({})).must(409);
        drop(held);
        let heard = hook.receiver.wait(1);
        assert!(heard[0].is_signed_with(&hook.secret));
        assert_eq!((heard[0].kind(), text(&heard[0].json()["data"]["webhook"]["id"])), ("webhook.test".to_owned(), hook.id.clone()));
        assert_eq!(hook.settled(&scene, 1)[0]["state"], "delivered");
        // One that does not arrive is not tried again, and the webhook is not thought to fail.
        hook.receiver.answer(500, "", "");
        scene.post("planner", &hook.path("/test"), json!({})).must(202);
        let log = hook.settled(&scene, 2);
        assert_eq!((&log[1]["state"], &log[1]["attempts"], hook.see(&scene)["failing_since"].clone()), (&json!("failed"), &json!(1), Value::Null));
    }

    fn a_message_can_be_sent_once_more(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        scene.on_etl();
        let first = hook.settled(&scene, 1)[0].clone();
        let again = scene.post("planner", &hook.path(&format!("/deliveries/{}/replay", text(&first["id"]))), json!({})).must(202).json();
        assert_eq!((&again["message_id"], &again["payload"]), (&first["message_id"], &first["payload"]));
        assert_ne!(again["id"], first["id"]);
        let heard = hook.receiver.wait(2);
        assert_eq!((heard[0].id(), &heard[0].body), (heard[1].id(), &heard[1].body));
        assert_eq!(hook.settled(&scene, 2).len(), 2);
    }

    fn a_secret_is_changed_without_a_gap(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        let path = hook.path("/secret");
        let rotated = scene.post("planner", &path, json!({})).must(200).json();
        let fresh = text(&rotated["secret"]);
        assert_ne!(fresh, hook.secret);
        assert_eq!(rotated["previous_secret_until"], "2024-11-06T14:30:00Z");
        scene.on_etl();
        let both = hook.receiver.wait(1)[0].clone();
        assert!(both.signatures() == 2 && both.is_signed_with(&hook.secret) && both.is_signed_with(&fresh), "{both:?}");
        let scene = scene.later(TimeDelta::hours(24));
        scene.on_etl();
        let one = hook.receiver.wait(2)[1].clone();
        assert!(one.signatures() == 1 && one.is_signed_with(&fresh) && !one.is_signed_with(&hook.secret), "{one:?}");
    }

    fn switched_off_it_is_sent_nothing_and_what_waits_is_given_up(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        hook.receiver.answer(500, "", "");
        scene.on_etl();
        hook.tried(&scene, 1);
        let off = world.patch(scene.who("planner"), &hook.path(""), json!({"enabled": false})).must(200).json();
        assert_eq!((&off["enabled"], &off["disabled_because"]), (&json!(false), &json!("organizer")));
        let given_up = hook.tried(&scene, 1);
        assert_eq!((&given_up["state"], &given_up["failure"]), (&json!("failed"), &json!("switched_off")));
        let replay = hook.path(&format!("/deliveries/{}/replay", text(&given_up["id"])));
        scene.post("planner", &replay, json!({})).must(409);
        scene.on_etl();
        let on = world.patch(scene.who("planner"), &hook.path(""), json!({"enabled": true})).must(200).json();
        assert_eq!((&on["enabled"], &on["failing_since"]), (&json!(true), &Value::Null));
        scene.post("planner", &replay, json!({})).must(202);
        let heard = hook.receiver.wait(2);
        assert_eq!((heard.len(), heard[0].id()), (2, heard[1].id()));
    }

    fn a_name_that_leads_nowhere_is_told(world) {
        let scene = Scene::open(world);
        let new = json!({"name": "Bot", "url": "https://nowhere.example.org/"});
        let id = text(&scene.post("planner", WEBHOOKS, new).must(201).json()["id"]);
        let hook = Hook { receiver: Receiver::open(), id, secret: String::new() };
        scene.post("planner", &hook.path("/test"), json!({})).must(202);
        let log = hook.settled(&scene, 1);
        assert_eq!((&log[0]["failure"], &log[0]["last_attempt"]["status"]), (&json!("no_address"), &Value::Null));
    }
}
