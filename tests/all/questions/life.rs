//! How a question ends, and how it begins again.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::Scene;
use super::scene::{codes, fault, holder, id};
use crate::on_both;

fn answered(scene: &Scene) -> (String, String) {
    let question = scene.on_etl();
    let answer = scene.verb_with("dev1", &question, "answers", json!({"body": "So."})).must(201).json();
    (question, id(&answer))
}

on_both! {
    fn an_accepted_answer_closes_the_question(world) {
        let scene = Scene::open(world);
        let (question, answer) = answered(&scene);
        let comment = id(&scene.verb_with("ada", &question, "comments", json!({"body": "Thanks."})).must(201).json());
        let accept = |who: &str, answer: &str| scene.verb_with(who, &question, "accept", json!({"answer": answer}));
        assert_eq!(codes(accept("ada", &comment)), fault("/answer", "answer.unknown"));
        assert_eq!(codes(accept("ada", "0192fcbb-8240-7244-902b-2ed14bdd9832")), fault("/answer", "answer.unknown"));
        accept("cleo", &answer).must(403);
        let closed = accept("bob", &answer).must(200).json();
        assert_eq!((&closed["state"], &closed["resolution"], &closed["accepted_answer"]), (&json!("closed"), &json!("answered"), &json!(answer)));
        assert_eq!((&closed["posts"][0]["accepted"], &closed["assignee"]["display_name"]), (&json!(true), &json!("dev1")));
        assert!(accept("ada", &answer).must(409).text().contains("This question is closed: it was answered. It lay with Development team."));
        assert_eq!(scene.kinds(&question)[2..], ["answered", "commented", "accepted", "closed"]);
        let (other, _) = answered(&scene);
        assert_eq!(codes(scene.verb_with("ada", &other, "accept", json!({"answer": answer}))), fault("/answer", "answer.unknown"));
    }

    fn a_question_is_closed_with_a_reason(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let close = |who: &str, body: Value| scene.verb_with(who, &question, "close", body);
        assert_eq!(codes(close("ada", json!({}))), fault("/resolution", "field.missing"));
        assert_eq!(codes(close("ada", json!({"resolution": "duplicate"}))), fault("/resolution", "resolution.elsewhere"));
        assert_eq!(codes(close("ada", json!({"resolution": "withdrawn"}))), fault("/resolution", "resolution.elsewhere"));
        assert!(close("dev1", json!({"resolution": "answered"})).must(409).text().contains("no answer yet; it lies with Development team."));
        close("cleo", json!({"resolution": "not_for_us"})).must(403);
        let closed = close("dev1", json!({"resolution": "not_for_us", "comment": "Ask your bank."})).must(200).json();
        assert_eq!((&closed["state"], &closed["resolution"], &closed["posts"][0]["body"]), (&json!("closed"), &json!("not_for_us"), &json!("Ask your bank.")));
        assert!(close("dev1", json!({"resolution": "expired"})).must(409).text().contains("no matter of this hackathon"));
        let (question, _) = answered(&scene);
        scene.verb_with("mentor1", &question, "close", json!({"resolution": "answered"})).must(200);
    }

    fn nothing_happens_to_a_closed_question_but_what_is_said(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        scene.verb("ada", &question, "withdraw").must(200);
        for (who, verb) in [("dev1", "claim"), ("dev1", "release"), ("chief", "take-over"), ("dev1", "wait"), ("ada", "resume"), ("ada", "withdraw")] {
            let refused = scene.verb(who, &question, verb).must(409);
            assert!(refused.text().contains("the asker's side took it back. It lay with Development team."), "{verb}: {}", refused.text());
        }
        let dev2 = scene.member("dev2");
        for (who, verb, body) in [
            ("chief", "reassign", json!({"to": dev2})),
            ("dev1", "answers", json!({"body": "x"})),
            ("ada", "close", json!({"resolution": "expired"})),
            ("dev1", "handoffs", json!({"to": {"unit": "operations"}, "reason": "x"})),
        ] {
            scene.verb_with(who, &question, verb, body).must(409);
        }
        scene.edit("ada", &question, json!({"title": "x"})).must(409);
        assert_eq!(scene.kinds(&question), ["asked", "routed", "claimed", "withdrawn"]);
    }

    fn a_reopened_question_goes_back_to_whoever_had_it_while_they_are_on_duty(world) {
        let scene = Scene::open(world);
        let (question, answer) = answered(&scene);
        scene.verb_with("ada", &question, "accept", json!({"answer": answer})).must(200);
        scene.verb("cleo", &question, "reopen").must(403);
        let opened = scene.verb_with("ada", &question, "reopen", json!({"comment": "It broke again."})).must(200).json();
        assert_eq!((&opened["state"], &opened["assignee"]["display_name"], &opened["accepted_answer"], &opened["resolution"]),
            (&json!("claimed"), &json!("dev1"), &Value::Null, &Value::Null));
        assert!(scene.verb("ada", &question, "reopen").must(409).text().contains("dev1 has claimed"));
        assert_eq!(scene.kinds(&question)[2..], ["answered", "accepted", "closed", "commented", "reopened"]);
    }

    fn a_question_reopened_while_its_assignee_is_off_duty_is_routed_anew(world) {
        let scene = Scene::open(world);
        let question = id(&scene.ask("ada", json!({"title": "Which model?", "topic": "modelling"})));
        scene.verb_with("dev1", &question, "answers", json!({"body": "So."})).must(201);
        // On Wednesday at 08:30 operations are on duty, and development are not.
        let scene = scene.later(TimeDelta::hours(18));
        let opened = scene.verb("ada", &question, "reopen").must(200).json();
        assert_eq!((&opened["state"], &opened["assignee"], holder(&opened).as_str()), (&json!("open"), &Value::Null, "operations"));
        assert_eq!(scene.kinds(&question)[2..], ["answered", "reopened", "routed"]);
    }

    fn whoever_was_suspended_does_not_get_a_question_back(world) {
        let scene = Scene::open(world);
        let (question, _) = answered(&scene);
        let dev1 = scene.member("dev1");
        world.patch(scene.who("planner"), &format!("/v1/hackathons/h1/members/{dev1}"), json!({"suspended": true})).must(200);
        let opened = scene.verb("ada", &question, "reopen").must(200).json();
        assert_eq!((&opened["state"], &opened["assignee"], holder(&opened).as_str()), (&json!("open"), &Value::Null, "development"));
    }

    fn people_and_machines_are_told_apart_in_the_history(world) {
        let scene = Scene::open(world);
        let question = id(&scene.ask("ada", json!({"title": "Packages?", "topic": "packages"})));
        scene.verb("ops1", &question, "claim").must(200);
        let actors: Vec<Value> = scene.events(&question).iter().map(|event| json!([event["seq"], event["kind"], event["actor"]["kind"], event["actor"]["member"]["display_name"]])).collect();
        assert_eq!(json!(actors), json!([
            [1, "asked", "person", "ada"], [2, "routed", "system", null], [3, "no_one_on_duty", "system", null], [4, "claimed", "person", "ops1"],
        ]));
    }
}
