//! What the router learns from questions, and what organizers make of it.

use serde_json::{Value, json};

use crate::on_both;
use crate::questions::scene::{Scene, id, text};
use crate::support::{World, eventually};

const LESSONS: &str = "/v1/hackathons/h1/lessons";
/// Words that no card has.
const STRANGE: &str = "Does the zorblax frobnicate our quimby?";

/// The topic that the router holds likeliest for those strange words, with its confidence.
fn guess(world: &World, scene: &Scene) -> (String, f64) {
    let path = format!("/v1/hackathons/h1/who-to-ask?q={}", STRANGE.replace(' ', "%20"));
    let told = world.get(scene.who("bob"), &path).must(200).json();
    let best = if told["topic"].is_null() { &told["alternatives"][0] } else { &told["topic"] };
    (text(&best["slug"]), best["confidence"].as_f64().expect("a confidence"))
}

/// Asks in strange words, has it answered and takes the answer.
fn settled(scene: &Scene, topic: &str, by: &str) -> String {
    let question = id(&scene.ask("ada", json!({"title": STRANGE, "topic": topic})));
    let answer = scene.verb_with(by, &question, "answers", json!({"body": "It does."})).must(201).json();
    scene.verb_with("ada", &question, "accept", json!({"answer": answer["id"]})).must(200);
    question
}

fn lessons(scene: &Scene, query: &str) -> Vec<Value> {
    scene.get("planner", &format!("{LESSONS}{query}")).must(200).json()["items"].as_array().expect("lessons").clone()
}

fn topic(scene: &Scene, slug: &str) -> Value {
    scene.get("planner", &format!("/v1/hackathons/h1/topics/{slug}")).must(200).json()["id"].clone()
}

on_both! {
    fn a_question_that_was_answered_teaches_its_topic(world) {
        let scene = Scene::open(world);
        let (_, before) = guess(world, &scene);
        let question = settled(&scene, "data", "data1");
        let learnt = lessons(&scene, "");
        let [lesson] = learnt.as_slice() else { panic!("{learnt:?}") };
        assert_eq!((&lesson["question"]["id"], &lesson["question"]["title"]), (&json!(question), &json!(STRANGE)));
        assert_eq!((&lesson["topic"], &lesson["why"]), (&topic(&scene, "data"), &json!("answered")));
        let (best, confidence) = guess(world, &scene);
        assert_eq!(best, "data", "the very next question is read with it");
        assert!(confidence > before, "{confidence} is no more than {before}");
        assert_eq!(lessons(&scene, "?topic=etl"), Vec::<Value>::new());
        assert_eq!(lessons(&scene, "?topic=data&forgotten=false").len(), 1);
        scene.get("planner", &format!("{LESSONS}?forgotten=maybe")).must(422);
        scene.get("planner", &format!("{LESSONS}?topic=nothing")).must(422);
    }

    fn what_was_not_answered_teaches_nothing(world) {
        let scene = Scene::open(world);
        let withdrawn = scene.on_etl();
        scene.verb("ada", &withdrawn, "withdraw").must(200);
        let not_ours = scene.on_etl();
        scene.verb_with("dev1", &not_ours, "close", json!({"resolution": "not_for_us"})).must(200);
        scene.verb_with("dev1", &scene.on_etl(), "answers", json!({"body": "Like this."})).must(201);
        assert_eq!(lessons(&scene, ""), Vec::<Value>::new(), "an answer alone may still be wrong");
    }

    fn a_changed_topic_corrects_the_router_and_no_topic_takes_it_back(world) {
        let scene = Scene::open(world);
        let question = id(&scene.ask("ada", json!({"title": STRANGE, "topic": "etl"})));
        scene.edit("dev1", &question, json!({"topic": "packages"})).must(200);
        scene.edit("ops1", &question, json!({"topic": "data"})).must(200);
        let learnt = lessons(&scene, "");
        assert_eq!((learnt.len(), &learnt[0]["topic"], &learnt[0]["why"]), (1, &topic(&scene, "data"), &json!("topic_changed")));
        // The router learnt the other topic for a moment, and is trained without it in the background.
        eventually("learning", || (guess(world, &scene).0 == "data").then_some(()));
        scene.edit("data1", &question, json!({"topic": null})).must(200);
        assert_eq!(lessons(&scene, ""), Vec::<Value>::new());
    }

    fn a_hand_off_to_those_who_answer_for_one_other_topic_corrects_it(world) {
        let scene = Scene::open(world);
        let moved = id(&scene.ask("ada", json!({"title": STRANGE, "topic": "packages"})));
        let offer = scene.offer("ops1", &moved, json!({"unit": "analytics"}));
        assert_eq!(lessons(&scene, ""), Vec::<Value>::new(), "an offer is no correction");
        scene.settle("data1", &offer, "accept").must(200);
        let learnt = lessons(&scene, "");
        assert_eq!((learnt.len(), &learnt[0]["topic"], &learnt[0]["why"]), (1, &topic(&scene, "data"), &json!("handed_off")));
        // Once answered, it stays what those who answered it answer for.
        let answer = scene.verb_with("data1", &moved, "answers", json!({"body": "So."})).must(201).json();
        scene.verb_with("ada", &moved, "accept", json!({"answer": answer["id"]})).must(200);
        assert_eq!(lessons(&scene, "")[0]["why"], "handed_off");
        // The development team answers for two topics: nobody can tell which of them it is.
        let unclear = id(&scene.ask("ada", json!({"title": "Another?", "topic": "packages"})));
        let offer = scene.offer("ops1", &unclear, json!({"unit": "development"}));
        scene.settle("dev1", &offer, "accept").must(200);
        assert_eq!(lessons(&scene, "").len(), 1);
    }

    fn organizers_correct_forget_and_take_back_what_was_learnt(world) {
        let scene = Scene::open(world);
        let before = guess(world, &scene);
        settled(&scene, "etl", "dev1");
        let lesson = lessons(&scene, "")[0].clone();
        let path = format!("{LESSONS}/{}", text(&lesson["id"]));
        let shown = scene.get("planner", &path).must(200);
        assert_eq!(shown.json(), lesson);
        let change = |who: &str, tag: &str, body: Value| world.call("PATCH", &path).by(scene.who(who)).header("If-Match", tag).json(body).send();
        change("dev1", "*", json!({"forgotten": true})).must(403);
        change("planner", "*", json!({"topic": "nothing"})).must(422);
        let forgotten = change("planner", &shown.etag(), json!({"forgotten": true})).must(200);
        assert_eq!(forgotten.json()["forgotten_at"], crate::support::NOON);
        change("planner", &shown.etag(), json!({"forgotten": false})).must(412);
        assert_eq!(lessons(&scene, "?forgotten=true").len(), 1);
        eventually("forgetting", || (guess(world, &scene) == before).then_some(()));
        change("planner", &forgotten.etag(), json!({"forgotten": false, "topic": "data"})).must(200);
        let (learnt, why) = (lessons(&scene, "")[0].clone(), json!("organizer"));
        assert_eq!((&learnt["topic"], &learnt["why"], &learnt["forgotten_at"]), (&topic(&scene, "data"), &why, &Value::Null));
        eventually("learning", || (guess(world, &scene).0 == "data").then_some(()));
    }

    fn what_was_forgotten_is_not_learnt_again(world) {
        let scene = Scene::open(world);
        let question = settled(&scene, "etl", "dev1");
        let path = format!("{LESSONS}/{}", text(&lessons(&scene, "")[0]["id"]));
        world.patch(scene.who("planner"), &path, json!({"forgotten": true})).must(200);
        scene.verb("ada", &question, "reopen").must(200);
        scene.edit("dev1", &question, json!({"topic": "data"})).must(200);
        let lesson = scene.get("planner", &path).must(200).json();
        assert_eq!((&lesson["topic"], &lesson["forgotten_at"]), (&topic(&scene, "etl"), &json!(crate::support::NOON)));
    }

    fn another_server_learns_it_too(world) {
        let scene = Scene::open(world);
        let other = world.beside();
        guess(&other, &scene);
        settled(&scene, "data", "data1");
        eventually("learning on the other server", || (guess(&other, &scene).0 == "data").then_some(()));
    }

    fn organizers_see_which_starter_packs_there_are(world) {
        let scene = Scene::open(world);
        let packs = scene.get("planner", "/v1/packs").must(200).json();
        let slugs: Vec<String> = packs["items"].as_array().expect("packs").iter().map(|pack| text(&pack["slug"])).collect();
        assert!(slugs.contains(&"etl-pipelines".to_owned()) && slugs.len() == 14, "{slugs:?}");
        let unknown = world.post(scene.who("planner"), "/v1/hackathons/h1/topics", json!({"slug": "x", "name": "X", "pack": "nothing"}));
        assert_eq!(crate::questions::scene::codes(unknown), crate::questions::scene::fault("/pack", "pack.unknown"));
        world.post(scene.who("planner"), "/v1/hackathons/h1/topics", json!({"slug": "x", "name": "X", "pack": "infrastructure"})).must(201);
    }
}
