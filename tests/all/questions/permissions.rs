//! Who may see and do what: the table, walked.

use serde_json::json;

use super::Scene;
use super::scene::{PEOPLE, QUESTIONS, id};
use crate::on_both;

/// Who sees a question that its team and those who answer may see: the organizer, the asker's team and its mentor, and the
/// people of the unit it lies with and of the organization around it.
const SEE_HIDDEN: [&str; 8] = ["planner", "boss", "chief", "dev1", "dev2", "mentor1", "ada", "bob"];
/// Who claims a question that lies with the development team.
const CLAIM: [&str; 7] = ["planner", "boss", "chief", "dev1", "dev2", "mentor1", "mentor2"];

on_both! {
    fn a_question_of_a_team_is_seen_by_those_who_have_to_do_with_it(world) {
        let scene = Scene::open(world);
        let question = id(&scene.ask("ada", json!({"title": "Ours", "topic": "etl", "visibility": "team"})));
        for who in PEOPLE {
            let sees = SEE_HIDDEN.contains(&who);
            let path = format!("{QUESTIONS}/{question}");
            scene.get(who, &path).must(if sees { 200 } else { 404 });
            scene.get(who, &format!("{path}/events")).must(if sees { 200 } else { 404 });
            scene.get(who, &format!("{path}/handoffs")).must(if sees { 200 } else { 404 });
            let list = scene.get(who, QUESTIONS);
            if who == "watcher" {
                list.must(403);
                continue;
            }
            let listed = list.must(200).json()["items"].as_array().is_some_and(|items| !items.is_empty());
            assert_eq!(listed, sees, "{who}: a list and a look must agree");
        }
    }

    fn a_question_of_the_hackathon_is_seen_by_all_but_observers(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        for who in PEOPLE {
            scene.get(who, &format!("{QUESTIONS}/{question}")).must(if who == "watcher" { 404 } else { 200 });
        }
        world.get(&world.person("stranger"), &format!("{QUESTIONS}/{question}")).must(404);
        world.get(&world.admin(), &format!("{QUESTIONS}/{question}")).must(404);
        world.call("GET", &format!("{QUESTIONS}/{question}")).send().must(401);
    }

    fn those_who_answer_claim_and_nobody_else(world) {
        let scene = Scene::open(world);
        for who in PEOPLE {
            let question = scene.on_etl();
            let expected = match who {
                "watcher" => 404,
                who if CLAIM.contains(&who) => 200,
                _ => 403,
            };
            scene.verb(who, &question, "claim").must(expected);
            let answered = if expected == 200 { 201 } else { expected };
            scene.verb_with(who, &question, "answers", json!({"body": "So."})).must(answered);
        }
    }

    fn whoever_may_not_is_told_who_has_the_question(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let told = |who: &str| scene.verb(who, &question, "claim").must(403).json()["detail"].clone();
        assert_eq!(told("cleo"), "What you are to this question does not allow this. It lies with Development team.");
        scene.verb("dev1", &question, "claim").must(200);
        assert_eq!(told("ops1"), "What you are to this question does not allow this. dev1 has it; it lies with Development team.");
        let offer = scene.offer("dev1", &question, json!({"unit": "operations"}));
        assert!(scene.settle("data1", &offer, "accept").must(403).text().contains("dev1 has it; it lies with Development team."));
        let korean = world.call("POST", &format!("{QUESTIONS}/{question}/take-over")).by(scene.who("dev2")).header("Accept-Language", "ko").send();
        assert_eq!(korean.must(403).json()["detail"], "이 질문에 대한 내 역할로는 할 수 없는 일입니다. 맡은 사람: dev1. 담당: 개발팀");
    }

    fn those_who_take_part_ask(world) {
        let scene = Scene::open(world);
        for who in PEOPLE {
            let expected = if ["judge", "watcher"].contains(&who) { 403 } else { 201 };
            scene.post(who, QUESTIONS, json!({"title": "May I?"})).must(expected);
        }
        world.post(&world.person("stranger"), QUESTIONS, json!({"title": "May I?"})).must(404);
    }

    fn a_hidden_question_refuses_every_verb_as_if_it_never_was(world) {
        let scene = Scene::open(world);
        let hidden = id(&scene.ask("ada", json!({"title": "Ours", "topic": "etl", "visibility": "team"})));
        let never = "0192fcbb-8240-7244-902b-2ed14bdd9832";
        let dev1 = scene.member("dev1");
        let verbs = [
            ("claim", json!({})), ("release", json!({})), ("take-over", json!({})), ("reassign", json!({"to": dev1})), ("wait", json!({})),
            ("resume", json!({})), ("answers", json!({"body": "x"})), ("comments", json!({"body": "x"})), ("notes", json!({"body": "x"})),
            ("accept", json!({"answer": dev1})), ("close", json!({"resolution": "expired"})), ("reopen", json!({})), ("withdraw", json!({})),
            ("duplicates", json!({"of": "1"})), ("handoffs", json!({"to": {"unit": "operations"}, "reason": "x"})),
        ];
        for (verb, body) in verbs {
            for who in ["cleo", "ops1", "mentor2"] {
                let mut told = [&hidden, never].map(|question| scene.verb_with(who, question, verb, body.clone()).must(404).json());
                for told in &mut told {
                    told["request_id"] = json!("");
                    told["instance"] = json!("");
                }
                assert_eq!(told[0], told[1], "{verb} by {who}");
            }
        }
        assert_eq!(scene.kinds(&hidden), ["asked", "routed"]);
    }

    fn a_role_that_is_taken_away_is_gone_at_once(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let dev1 = scene.member("dev1");
        let change = |body| world.patch(scene.who("planner"), &format!("/v1/hackathons/h1/members/{dev1}"), body).must(200);
        change(json!({"roles": ["observer"]}));
        scene.verb("dev1", &question, "claim").must(404);
        change(json!({"roles": ["responder"], "affiliation": {"unit": "operations"}}));
        scene.verb("dev1", &question, "claim").must(403);
        change(json!({"affiliation": {"organization": "acme"}}));
        scene.verb("dev1", &question, "claim").must(200);
    }

    fn an_ended_hackathon_is_read_and_not_changed(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        world.patch(scene.who("planner"), "/v1/hackathons/h1", json!({"ended": true})).must(200);
        scene.get("ada", &format!("{QUESTIONS}/{question}")).must(200);
        scene.get("dev1", "/v1/hackathons/h1/queue").must(200);
        scene.verb("dev1", &question, "claim").must(409);
        scene.post("ada", QUESTIONS, json!({"title": "Late?"})).must(409);
    }
}
