//! What is said on a question.

use serde_json::{Value, json};

use super::Scene;
use super::scene::{QUESTIONS, codes, fault, text};
use crate::on_both;

fn bodies(question: &Value) -> Vec<String> {
    question["posts"].as_array().expect("posts").iter().map(|post| text(&post["body"])).collect()
}

on_both! {
    fn an_answer_takes_the_question_that_nobody_has(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let answer = scene.verb_with("dev1", &question, "answers", json!({"body": "With a schedule."})).must(201).json();
        assert_eq!((&answer["kind"], &answer["author"]["display_name"], &answer["accepted"]), (&json!("answer"), &json!("dev1"), &json!(false)));
        let seen = scene.see("ada", &question);
        assert_eq!((&seen["state"], &seen["assignee"]["display_name"]), (&json!("answered"), &json!("dev1")));
        assert_eq!(seen["answered_at"], crate::support::NOON);
        let late = scene.verb_with("dev2", &question, "answers", json!({"body": "Otherwise."})).must(409);
        assert!(late.text().contains("This question was answered; dev1 has it, and it lies with Development team."), "{}", late.text());
        scene.verb_with("dev1", &question, "answers", json!({"body": "Or by hand."})).must(201);
        assert_eq!(bodies(&scene.see("ada", &question)), ["With a schedule.", "Or by hand."]);
        assert_eq!(codes(scene.verb_with("dev1", &question, "answers", json!({"body": " "}))), fault("/body", "text.shape"));
    }

    fn nobody_answers_over_the_head_of_whoever_has_it(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        for other in ["dev2", "planner", "mentor1"] {
            let refused = scene.verb_with(other, &question, "answers", json!({"body": "Mine."})).must(409);
            assert!(refused.text().contains("dev1 has claimed this question"), "{}", refused.text());
        }
        assert_eq!(bodies(&scene.see("ada", &question)), [""; 0]);
        scene.verb("dev1", &question, "wait").must(200);
        scene.verb_with("dev1", &question, "answers", json!({"body": "After all."})).must(201);
        assert_eq!(scene.see("ada", &question)["state"], "answered");
    }

    fn the_first_answer_stays_the_first(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb_with("dev1", &question, "answers", json!({"body": "One."})).must(201);
        world.later(chrono::TimeDelta::minutes(5));
        scene.verb("ada", &question, "reopen").must(200);
        scene.verb_with("dev1", &question, "answers", json!({"body": "Two."})).must(201);
        assert_eq!(scene.see("ada", &question)["answered_at"], crate::support::NOON);
    }

    fn notes_are_read_by_those_who_answer_alone(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb_with("dev1", &question, "notes", json!({"body": "Secret doubts."})).must(201);
        scene.verb_with("mentor2", &question, "notes", json!({"body": "More of them."})).must(201);
        for reader in ["planner", "mentor1", "dev2", "ops1"] {
            assert_eq!(bodies(&scene.see(reader, &question)), ["Secret doubts.", "More of them."], "{reader}");
        }
        for other in ["ada", "bob", "cleo", "judge"] {
            assert_eq!(bodies(&scene.see(other, &question)), [""; 0], "{other}");
            let events = scene.get(other, &format!("{QUESTIONS}/{question}/events")).must(200).text();
            assert!(!events.contains("noted") && !events.contains("Secret"), "{other}: {events}");
            scene.verb_with(other, &question, "notes", json!({"body": "x"})).must(403);
        }
        assert_eq!(scene.kinds(&question), ["asked", "routed", "noted", "noted"]);
    }

    fn comments_are_for_the_own_team_and_for_those_who_answer(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        for writer in ["ada", "bob", "dev1", "ops1", "mentor2", "planner"] {
            scene.verb_with(writer, &question, "comments", json!({"body": format!("By {writer}.")})).must(201);
        }
        for other in ["cleo", "judge"] {
            scene.verb_with(other, &question, "comments", json!({"body": "x"})).must(403);
        }
        assert_eq!(bodies(&scene.see("cleo", &question)).len(), 6);
        scene.verb("ada", &question, "withdraw").must(200);
        scene.verb_with("ada", &question, "comments", json!({"body": "Found it."})).must(201);
        assert_eq!(scene.see("ada", &question)["state"], "closed", "what is said after the end opens nothing");
    }

    fn nobody_s_address_is_shown_with_a_question(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb_with("dev1", &question, "answers", json!({"body": "So."})).must(201);
        for reader in ["ada", "planner"] {
            for path in [format!("{QUESTIONS}/{question}"), format!("{QUESTIONS}/{question}/events"), QUESTIONS.to_owned()] {
                let seen = scene.get(reader, &path).must(200).text();
                assert!(!seen.contains("@example.org") && !seen.contains("7946"), "{reader} {path}: {seen}");
            }
        }
    }
}
