//! What was asked while nobody was on duty.

use serde_json::{Value, json};

use super::{at, facts};
use crate::on_both;
use crate::questions::Scene;
use crate::questions::scene::{holder, id};

on_both! {
    fn when_somebody_comes_on_duty_what_waited_is_offered(world) {
        let scene = Scene::open(world);
        let question = id(&scene.ask("ada", json!({"title": "Pip?", "topic": "packages"})));
        assert_eq!(scene.see("ada", &question)["no_one_on_duty"], true);
        let scene = at(scene, "2024-11-06T07:59:59Z");
        assert_eq!(scene.kinds(&question), ["asked", "routed", "no_one_on_duty"]);
        let scene = at(scene, "2024-11-06T08:00:00Z");
        assert_eq!(scene.kinds(&question), ["asked", "routed", "no_one_on_duty", "routed"]);
        let seen = scene.see("ada", &question);
        assert_eq!((holder(&seen).as_str(), &seen["no_one_on_duty"]), ("operations", &json!(false)));
        assert_eq!(facts(&scene, &question, "routed")[1]["on_duty"], true);
        assert_eq!(seen["way"].as_array().expect("a way").len(), 1, "it lay with them all the time");
    }

    fn it_goes_to_whoever_comes_on_duty_first(world) {
        let scene = at(Scene::open(world), "2024-11-12T11:00:00Z");
        let question = id(&scene.ask("ada", json!({"title": "Which model?", "topic": "modelling"})));
        assert_eq!(holder(&scene.see("ada", &question)), "operations");
        let scene = at(scene, "2024-11-12T14:00:00Z");
        let seen = scene.see("ada", &question);
        assert_eq!((holder(&seen).as_str(), &seen["due_at"]), ("development", &json!("2024-11-12T15:00:00Z")));
        scene.verb("ops1", &question, "claim").must(403);
    }

    fn a_question_that_somebody_took_meanwhile_stays_with_them(world) {
        let scene = Scene::open(world);
        let question = id(&scene.ask("ada", json!({"title": "Pip?", "topic": "packages"})));
        scene.verb("ops1", &question, "claim").must(200);
        let scene = at(scene, "2024-11-06T08:30:00Z");
        assert_eq!(scene.kinds(&question), ["asked", "routed", "no_one_on_duty", "claimed"]);
        scene.verb("ops1", &question, "release").must(200);
        let scene = at(scene, "2024-11-06T08:30:01Z");
        assert_eq!(scene.kinds(&question)[4..], ["released", "routed"]);
    }

    fn hours_that_are_written_down_later_count(world) {
        let scene = Scene::open(world);
        let question = id(&scene.ask("ada", json!({"title": "Data?", "topic": "data"})));
        assert_eq!(scene.see("ada", &question)["no_one_on_duty"], true);
        let desk = json!({"slug": "data-desk", "owner": {"unit": "analytics"}, "kind": "email", "address": "data@example.org", "hours": ["Tue 14:00-18:00"]});
        scene.post("planner", "/v1/hackathons/h1/channels", desk).must(201);
        let scene = at(scene, "2024-11-05T14:30:00Z");
        // The first round winds the clocks, the next one finds that somebody is there.
        let scene = at(scene, "2024-11-05T14:30:01Z");
        assert_eq!(scene.see("ada", &question)["no_one_on_duty"], false);
    }

    fn a_question_reopened_while_its_assignee_is_off_duty_is_routed_anew(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb_with("dev1", &question, "answers", json!({"body": "So."})).must(201);
        let scene = at(scene, "2024-11-06T08:30:00Z");
        let reopened = scene.verb("ada", &question, "reopen").must(200).json();
        assert_eq!((&reopened["state"], &reopened["assignee"], &reopened["no_one_on_duty"]), (&json!("open"), &Value::Null, &json!(true)));
        assert_eq!(reopened["due_at"], "2024-11-12T15:00:00Z");
        let scene = at(scene, "2024-11-12T14:00:00Z");
        assert_eq!(scene.see("ada", &question)["no_one_on_duty"], false);
    }

    fn in_a_hackathon_that_was_ended_no_clock_rings(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let end = |scene: &Scene, ended: bool| world.patch(scene.who("planner"), "/v1/hackathons/h1", json!({"ended": ended})).must(200);
        end(&scene, true);
        let scene = at(scene, "2024-11-19T14:30:00Z");
        assert_eq!(scene.kinds(&question), ["asked", "routed"]);
        end(&scene, false);
        let scene = at(scene, "2024-11-19T14:30:01Z");
        assert!(scene.kinds(&question).contains(&"overdue".to_owned()));
    }
}
