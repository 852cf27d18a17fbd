//! Nothing of another hackathon is reached, named or shown.

use serde_json::{Value, json};

use super::Scene;
use super::scene::{QUESTIONS, codes, id};
use crate::on_both;
use crate::support::Event;

/// Another hackathon with a question in it, and the ids of its things.
fn elsewhere<'w>(world: &'w crate::support::World) -> (Event<'w>, Value) {
    let other = Event::open(world, "h2");
    other.partner("strangers");
    let (member, mentor) = (other.join("zoe", &["participant"]), other.join("max", &["mentor"]));
    other.team("green", &member, &mentor);
    let topic = other.make("topics", json!({"slug": "cooking", "name": "Cooking"}));
    let question =
        world.post(&member.person, "/v1/hackathons/h2/questions", json!({"title": "Salt?"})).must(201).json();
    let team = other.read("teams/green");
    let things = json!({"question": question["id"], "topic": topic["id"], "team": team["id"], "member": member.id});
    (other, things)
}

on_both! {
    fn a_question_of_another_hackathon_is_not_there(world) {
        let scene = Scene::open(world);
        let (other, things) = elsewhere(world);
        let foreign = things["question"].as_str().expect("an id");
        for who in ["planner", "ada", "dev1"] {
            scene.get(who, &format!("{QUESTIONS}/{foreign}")).must(404);
            scene.verb(who, foreign, "claim").must(404);
            scene.get(who, &format!("{QUESTIONS}/{foreign}/events")).must(404);
            world.get(scene.who(who), &format!("/v1/hackathons/h2/questions/{foreign}")).must(404);
        }
        assert_eq!(world.get(&other.organizer, &format!("{QUESTIONS}/{foreign}")).must(404).json()["title"], "Not found");
        assert_eq!(scene.get("planner", QUESTIONS).json()["items"], json!([]));
        assert_eq!(scene.get("planner", &format!("{QUESTIONS}/similar?q=salt")).json()["items"], json!([]));
    }

    fn an_id_of_another_hackathon_in_a_body_is_one_that_never_was(world) {
        let scene = Scene::open(world);
        let (_other, things) = elsewhere(world);
        let question = scene.on_etl();
        let never = "0192fcbb-8240-7244-902b-2ed14bdd9832";
        let tries: [(&str, String, &str); 5] = [
            ("topic", QUESTIONS.to_owned(), "ada"),
            ("team", QUESTIONS.to_owned(), "ada"),
            ("to", format!("{QUESTIONS}/{question}/reassign"), "chief"),
            ("of", format!("{QUESTIONS}/{question}/duplicates"), "dev1"),
            ("answer", format!("{QUESTIONS}/{question}/accept"), "ada"),
        ];
        for (field, path, who) in tries {
            let thing = match field { "to" => "member", "of" | "answer" => "question", other => other };
            let faults = [things[thing].clone(), json!(never)].map(|id| {
                let mut body = json!({field: id});
                if path == QUESTIONS {
                    body["title"] = json!("x");
                }
                codes(scene.post(who, &path, body))
            });
            assert_eq!(faults[0], faults[1], "{field}");
        }
        for (field, thing) in [("topic", "topic"), ("team", "team"), ("assignee", "member"), ("asker", "member")] {
            let codes = [things[thing].as_str().expect("an id"), never].map(|id| codes(scene.get("planner", &format!("{QUESTIONS}?{field}={id}"))));
            assert_eq!(codes[0], codes[1], "{field}");
        }
        assert_eq!(scene.kinds(&question), ["asked", "routed"]);
    }

    fn numbers_are_each_hackathon_s_own_and_have_no_gaps(world) {
        let scene = Scene::open(world);
        let (_other, _) = elsewhere(world);
        scene.post("ada", QUESTIONS, json!({"title": "x", "topic": "nothing"})).must(422);
        let numbers: Vec<Value> = (0..3).map(|_| scene.ask("ada", json!({"title": "x"}))["number"].clone()).collect();
        assert_eq!(json!(numbers), json!([1, 2, 3]));
    }

    fn a_hackathon_is_deleted_with_its_questions_and_nothing_else_is(world) {
        let scene = Scene::open(world);
        let (other, things) = elsewhere(world);
        let (first, second) = (scene.on_etl(), scene.on_etl());
        scene.offer("dev1", &first, json!({"unit": "operations"}));
        let answer = id(&scene.verb_with("dev1", &first, "answers", json!({"body": "So."})).must(201).json());
        scene.verb_with("ada", &first, "accept", json!({"answer": answer})).must(200);
        scene.verb_with("ada", &second, "duplicates", json!({"of": first})).must(200);
        world.delete(scene.who("planner"), "/v1/hackathons/h1?confirm=h1").must(204);
        world.get(&other.organizer, &format!("/v1/hackathons/h2/questions/{}", things["question"].as_str().expect("an id"))).must(200);
    }

    fn whoever_has_asked_or_answered_stays_in_the_history(world) {
        let scene = Scene::open(world);
        scene.on_etl();
        let ada = scene.member("ada");
        world.delete(scene.who("planner"), &format!("/v1/hackathons/h1/members/{ada}")).must(409);
        world.delete(scene.who("planner"), "/v1/hackathons/h1/teams/red").must(409);
        let lonely = json!({"slug": "lonely", "name": "Lonely"});
        scene.post("planner", "/v1/hackathons/h1/topics", lonely).must(201);
        scene.ask("ada", json!({"title": "Anybody?", "topic": "lonely"}));
        world.delete(scene.who("planner"), "/v1/hackathons/h1/topics/lonely").must(409);
    }
}
