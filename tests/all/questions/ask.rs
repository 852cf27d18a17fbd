//! Asking, and where a question is brought.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::Scene;
use super::scene::{QUESTIONS, codes, fault, holder, id};
use crate::on_both;

fn routed(scene: &Scene, question: &str) -> Value {
    let found = scene.events(question).into_iter().rev().find(|event| event["kind"] == "routed");
    found.expect("a question that was routed")["facts"].clone()
}

on_both! {
    fn a_question_is_filed_in_one_step_and_lies_with_the_first_responsible_on_duty(world) {
        let scene = Scene::open(world);
        let reply = scene.post("ada", QUESTIONS, json!({"title": "Which model do I train first?", "topic": "modelling"})).must(201);
        let asked = reply.json();
        assert_eq!(asked["number"], 1);
        assert_eq!(holder(&asked), "development", "operations come first in the matrix, but are off duty at 14:30");
        assert_eq!((&asked["holder"]["kind"], &asked["state"], &asked["no_one_on_duty"]), (&json!("unit"), &json!("open"), &json!(false)));
        assert_eq!((&asked["asker"]["display_name"], &asked["team"]["slug"], &asked["topic"]["slug"]), (&json!("ada"), &json!("red"), &json!("modelling")));
        assert_eq!((&asked["assignee"], &asked["resolution"], &asked["visibility"]), (&Value::Null, &Value::Null, &json!("hackathon")));
        let place = reply.header("location").expect("a place").to_owned();
        assert_eq!(scene.get("ada", &place).must(200).json(), asked);
        assert_eq!(scene.see("ada", "1"), asked, "a question goes by its number too");
        assert_eq!(scene.kinds(&id(&asked)), ["asked", "routed"]);
        assert_eq!(routed(&scene, &id(&asked))["why"], "responsible");
    }

    fn the_topic_is_read_from_the_words(world) {
        let scene = Scene::open(world);
        let asked = scene.ask("ada", json!({"title": "파이썬 패키지 라이브러리 설치가 안 됩니다", "body": "pip install fails for a python package"}));
        assert_eq!((&asked["topic"]["slug"], holder(&asked).as_str()), (&json!("packages"), "operations"));
        assert_eq!(scene.events(&id(&asked))[0]["facts"]["topic_read"], true);
    }

    fn when_nobody_is_on_duty_the_first_responsible_has_it_and_the_history_says_so(world) {
        let scene = Scene::open(world);
        let asked = scene.ask("ada", json!({"title": "Where do packages come from?", "topic": "packages"}));
        assert_eq!((holder(&asked).as_str(), &asked["no_one_on_duty"]), ("operations", &json!(true)));
        assert_eq!(scene.kinds(&id(&asked)), ["asked", "routed", "no_one_on_duty"]);
        let scene = scene.later(TimeDelta::hours(18));
        let asked = scene.ask("ada", json!({"title": "And in the morning?", "topic": "modelling"}));
        assert_eq!((holder(&asked).as_str(), &asked["no_one_on_duty"]), ("operations", &json!(false)));
    }

    fn what_nobody_can_tell_goes_to_the_team_s_mentor_and_at_last_to_the_organizers(world) {
        let scene = Scene::open(world);
        let asked = scene.ask("ada", json!({"title": "Zzz qqq?"}));
        assert_eq!((&asked["topic"], holder(&asked).as_str()), (&Value::Null, "team_mentor"));
        assert_eq!(routed(&scene, &id(&asked))["why"], "team_mentor");
        let asked = scene.ask("dev1", json!({"title": "Zzz qqq?"}));
        assert_eq!((&asked["team"], holder(&asked).as_str()), (&Value::Null, "organizer"));
        assert_eq!(routed(&scene, &id(&asked)), json!({"holder": {"role": "organizer"}, "why": "organizer", "on_duty": false}));
        let asked = scene.ask("dev1", json!({"title": "Who leads a team?", "topic": "team-matters"}));
        assert_eq!(holder(&asked), "acme", "nobody mentors a team that is not there, so the accountable has it");
        assert_eq!(routed(&scene, &id(&asked))["why"], "accountable");
    }

    fn a_holder_who_is_gone_is_passed_over(world) {
        let scene = Scene::open(world);
        let mentor = scene.member("mentor1");
        world.patch(scene.who("planner"), &format!("/v1/hackathons/h1/members/{mentor}"), json!({"suspended": true})).must(200);
        let asked = scene.ask("ada", json!({"title": "Who leads us?", "topic": "team-matters"}));
        assert_eq!(holder(&asked), "acme");
    }

    fn what_is_wrong_with_a_question_is_said_where_it_stands(world) {
        let scene = Scene::open(world);
        let ask = |who: &str, body| scene.post(who, QUESTIONS, body);
        assert_eq!(codes(ask("ada", json!({"title": "  "}))), fault("/title", "name.shape"));
        assert_eq!(codes(ask("ada", json!({"title": "x", "topic": "nothing"}))), fault("/topic", "topic.unknown"));
        assert_eq!(codes(ask("ada", json!({"title": "x", "team": "nothing"}))), fault("/team", "team.unknown"));
        assert_eq!(codes(ask("ada", json!({"title": "x", "team": "blue"}))), fault("/team", "team.not_own"));
        assert_eq!(codes(ask("dev1", json!({"title": "x", "visibility": "team"}))), fault("/visibility", "visibility.no_team"));
        for field in ["state", "assignee", "holder", "asker", "number", "resolution", "created_at", "due_at"] {
            assert_eq!(codes(ask("ada", json!({"title": "x", field: "1"}))), fault(&format!("/{field}"), "field.unknown"));
        }
        assert_eq!(scene.get("planner", QUESTIONS).json()["items"], json!([]), "a question that was refused was filed");
        let mentors = scene.ask("mentor2", json!({"title": "For my team", "team": "blue"}));
        assert_eq!(mentors["team"]["slug"], "blue");
        assert_eq!(scene.ask("planner", json!({"title": "For any team", "team": "red"}))["number"], 2);
    }

    fn another_topic_routes_anew_and_whoever_had_it_does_not_any_more(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        let changed = scene.edit("mentor1", &question, json!({"topic": "data"})).must(200).json();
        assert_eq!((holder(&changed).as_str(), &changed["state"], &changed["assignee"]), ("analytics", &json!("open"), &Value::Null));
        assert_eq!(scene.kinds(&question), ["asked", "routed", "claimed", "topic_changed", "routed", "no_one_on_duty"]);
        let way = changed["way"].as_array().expect("a way");
        assert_eq!(way.iter().map(|stay| stay["holder"]["slug"].clone()).collect::<Vec<_>>(), ["development", "analytics"]);
        let none = scene.edit("ada", &question, json!({"topic": null})).must(200).json();
        assert_eq!((&none["topic"], holder(&none).as_str()), (&Value::Null, "team_mentor"));
    }

    fn a_changed_topic_with_the_same_holder_leaves_the_question_in_its_hands(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        let changed = scene.edit("ada", &question, json!({"topic": "modelling"})).must(200).json();
        assert_eq!((holder(&changed).as_str(), &changed["state"], &changed["assignee"]["display_name"]), ("development", &json!("claimed"), &json!("dev1")));
        assert_eq!(changed["way"].as_array().expect("a way").len(), 1);
    }

    fn the_words_are_the_asker_s_side_s(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let changed = scene.edit("bob", &question, json!({"title": "How often?", "body": "Daily."})).must(200).json();
        assert_eq!((&changed["title"], &changed["body"]), (&json!("How often?"), &json!("Daily.")));
        assert_eq!(scene.edit("bob", &question, json!({"body": null})).must(200).json()["body"], Value::Null);
        scene.edit("dev1", &question, json!({"title": "Mine"})).must(403);
        scene.edit("mentor1", &question, json!({"visibility": "team"})).must(403);
        scene.edit("cleo", &question, json!({"title": "Mine"})).must(403);
        assert_eq!(codes(scene.edit("ada", &question, json!({"topic": "nothing"}))), fault("/topic", "topic.unknown"));
        assert_eq!(codes(scene.edit("ada", &question, json!({"state": "closed"}))), fault("/state", "field.unknown"));
        assert_eq!(scene.see("ada", &question)["title"], "How often?");
    }

    fn a_change_is_made_to_the_state_that_was_read(world) {
        let scene = Scene::open(world);
        let path = format!("{QUESTIONS}/{}", scene.on_etl());
        let tag = scene.get("ada", &path).etag();
        let change = |tag: &str, title: &str| world.call("PATCH", &path).by(scene.who("ada")).header("If-Match", tag).json(json!({"title": title})).send();
        let changed = change(&tag, "One").must(200).etag();
        change(&tag, "Two").must(412);
        assert_eq!(change(&changed, "One").must(200).etag(), changed, "a change that changes nothing is no event");
        world.call("GET", &path).by(scene.who("ada")).header("If-None-Match", &changed).send().must(304);
    }

    fn consulted_and_informed_follow_by_themselves(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let followers = |question: &str| {
            let id = signpost::base::Id::from_uuid(question.parse().expect("an id"));
            let all = world.db.read_now(move |tx| signpost::question::store::follower::all(tx, id)).expect("followers");
            let mut reasons: Vec<_> = all.iter().map(|(_, reason)| reason.word()).collect();
            reasons.sort_unstable();
            reasons
        };
        assert_eq!(followers(&question), ["asked", "consulted", "informed"]);
        scene.edit("ada", &question, json!({"topic": "packages"})).must(200);
        assert_eq!(followers(&question), ["asked"]);
        let hidden = scene.ask("ada", json!({"title": "Ours", "topic": "etl", "visibility": "team"}));
        assert_eq!(followers(&id(&hidden)), ["asked"]);
        scene.edit("ada", &id(&hidden), json!({"visibility": "hackathon"})).must(200);
        assert_eq!(followers(&id(&hidden)), ["asked", "consulted", "informed"], "what is shown to all is told to all whom it concerns");
        scene.edit("ada", &id(&hidden), json!({"visibility": "team"})).must(200);
        assert_eq!(followers(&id(&hidden)), ["asked"]);
    }
}
