//! Offers that nobody answers, and clocks that change hands.

use serde_json::{Value, json};

use super::{at, due, facts, promised};
use crate::on_both;
use crate::questions::Scene;
use crate::questions::scene::{QUESTIONS, holder, id};

on_both! {
    fn an_offer_that_nobody_answers_expires_and_the_sender_stays_in_charge(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        let offer = scene.offer("dev1", &question, json!({"unit": "operations"}));
        let scene = at(scene, "2024-11-06T09:59:59Z");
        assert_eq!(scene.see("ada", &question)["handoff"]["state"], "offered");
        let scene = at(scene, "2024-11-06T10:00:00Z");
        let seen = scene.see("ada", &question);
        assert_eq!((holder(&seen).as_str(), &seen["assignee"]["display_name"], &seen["handoff"], &seen["hops"]), ("development", &json!("dev1"), &Value::Null, &json!(0)));
        assert_eq!(facts(&scene, &question, "handoff_expired"), [json!({"handoff": offer})]);
        let late = scene.settle("ops1", &offer, "accept").must(409);
        assert!(late.text().contains("This hand-off was left to expire by Signpost"), "{}", late.text());
        let list = scene.get("ada", &format!("{QUESTIONS}/{question}/handoffs")).must(200).json();
        assert_eq!((&list["items"][0]["state"], &list["items"][0]["settled_by"]), (&json!("expired"), &Value::Null));
        scene.offer("dev1", &question, json!({"unit": "operations"}));
    }

    fn an_answered_offer_does_not_expire(world) {
        let scene = Scene::open(world);
        let (accepted, declined) = (scene.on_etl(), scene.on_etl());
        let offer = scene.offer("dev1", &accepted, json!({"unit": "operations"}));
        scene.settle("ops1", &offer, "accept").must(200);
        let offer = scene.offer("dev1", &declined, json!({"unit": "operations"}));
        scene.settle("ops1", &offer, "decline").must(200);
        let scene = at(scene, "2024-11-08T10:00:00Z");
        for question in [accepted, declined] {
            assert_eq!(facts(&scene, &question, "handoff_expired"), Vec::<Value>::new());
        }
    }

    fn after_a_hand_off_the_old_holder_s_clock_is_gone(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        let offer = scene.offer("dev1", &question, json!({"unit": "operations"}));
        let scene = at(scene, "2024-11-05T15:00:00Z");
        assert_eq!(due(&scene, &question).1, "first_response", "the sender's until it is accepted");
        scene.settle("ops1", &offer, "accept").must(200);
        assert_eq!(due(&scene, &question), promised("2024-11-06T09:00:00Z", "claim"));
        let scene = at(scene, "2024-11-05T16:00:00Z");
        assert_eq!(facts(&scene, &question, "overdue"), Vec::<Value>::new());
        let seen = scene.see("ada", &question);
        assert_eq!((&seen["assignee"], &seen["way"][0]["holder"]["slug"]), (&Value::Null, &json!("development")));
    }

    fn who_should_answer_an_offer_is_asked_again_by_the_policy(world) {
        let scene = Scene::open(world);
        let steps = json!([{"after_seconds": 1800, "tell": "holder_lead"}, {"after_seconds": 3600, "tell": "team_mentors"}]);
        let policy = json!({"name": "Offers", "trigger": "handoff_unanswered", "scope": {"unit": "development"}, "steps": steps});
        scene.post("planner", "/v1/hackathons/h1/escalation-policies", policy).must(201);
        let question = id(&scene.ask("ada", json!({"title": "Pip?", "topic": "packages"})));
        scene.offer("ops1", &question, json!({"unit": "development"}));
        let scene = at(scene, "2024-11-05T15:30:00Z");
        let told = facts(&scene, &question, "escalated");
        assert_eq!(told, [
            json!({"trigger": "handoff_unanswered", "step": 1, "told": {"member": scene.member("chief")}}),
            json!({"trigger": "handoff_unanswered", "step": 2, "told": {"role": "team_mentor"}}),
        ]);
    }
}
