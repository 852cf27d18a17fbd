//! What who-to-ask tells of what has been asked before.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use serde_json::{Value, json};
use signpost::base::Key;
use signpost::directory::Directories;
use signpost::question::Standing;

use super::Scene;
use super::scene::{PEOPLE, QUESTIONS, id};
use crate::on_both;
use crate::support::{On, Person, World};

const INSTALL: &str = "/v1/hackathons/h1/who-to-ask?q=how+to+install+python+packages";
const ETL: &str = "/v1/hackathons/h1/who-to-ask?topic=etl";

fn similar(world: &World, who: &Person) -> Vec<Value> {
    world.get(who, INSTALL).must(200).json()["similar"].as_array().expect("a list").clone()
}

/// How long the first contact for pipelines usually takes.
fn usual(world: &World, who: &Person) -> Value {
    world.get(who, ETL).must(200).json()["contacts"][0]["usual_first_response_seconds"].clone()
}

/// Memories learn beside the requests, within moments.
#[track_caller]
fn soon(what: &str, so: impl Fn() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < Duration::from_secs(5), "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The development team answers a question this long after it was asked.
fn answered_after(scene: &Scene, minutes: i64) {
    let question = scene.on_etl();
    scene.world.clock.advance(TimeDelta::minutes(minutes));
    scene.verb_with("dev1", &question, "answers", json!({"body": "So."})).must(201);
}

on_both! {
    fn who_to_ask_shows_questions_like_it_that_the_asker_may_see(world) {
        let scene = Scene::open(world);
        let (ada, cleo) = (scene.who("ada"), scene.who("cleo"));
        assert!(similar(world, ada).is_empty());
        let open = scene.ask("cleo", json!({"title": "How can I install python packages?", "topic": "packages"}));
        let hidden = scene.ask("cleo", json!({"title": "Install python packages, secretly?", "topic": "packages", "visibility": "team"}));
        soon("both are found by their asker", || similar(world, cleo).len() == 2);
        let found = similar(world, ada);
        assert_eq!((found.len(), &found[0]["id"], &found[0]["number"], &found[0]["state"], &found[0]["resolution"]),
            (1, &open["id"], &json!(1), &json!("open"), &Value::Null));
        assert!(found[0]["similarity"].as_f64().is_some_and(|like| (0.3..=1.0).contains(&like)));
        assert!(similar(world, scene.who("watcher")).is_empty(), "observers get counts only");
        scene.edit("cleo", &id(&hidden), json!({"visibility": "hackathon"})).must(200);
        soon("what is shown to all is found by all", || similar(world, ada).len() == 2);
        scene.edit("cleo", &id(&open), json!({"visibility": "team"})).must(200);
        assert!(similar(world, ada).iter().all(|one| one["id"] != open["id"]), "what was hidden is gone at once");
        scene.verb("cleo", &id(&hidden), "withdraw").must(200);
        assert!(similar(world, ada).is_empty(), "what was withdrawn helps nobody");
        assert_eq!(world.get(ada, ETL).must(200).json()["similar"], json!([]), "there are no words to compare");
    }

    fn a_role_that_is_taken_away_hides_similar_questions_at_once(world) {
        let scene = Scene::open(world);
        scene.ask("cleo", json!({"title": "How can I install python packages?", "topic": "packages", "visibility": "team"}));
        let ops1 = scene.who("ops1");
        soon("it lies with operations", || similar(world, ops1).len() == 1);
        let path = format!("/v1/hackathons/h1/members/{}", scene.member("ops1"));
        world.patch(scene.who("planner"), &path, json!({"affiliation": {"unit": "archive"}})).must(200);
        assert!(similar(world, ops1).is_empty());
    }

    fn how_long_a_first_answer_usually_takes_is_the_median_from_three_on(world) {
        let scene = Scene::open(world);
        let ada = scene.who("ada");
        for minutes in [4, 1] {
            answered_after(&scene, minutes);
        }
        assert_eq!(usual(world, ada), Value::Null, "two answers say nothing");
        answered_after(&scene, 2);
        soon("the middle of three", || usual(world, ada) == json!(120));
        // A question that operations answered after a hand-off counts for them, from when it came to them.
        let question = scene.on_etl();
        let offer = scene.offer("dev1", &question, json!({"unit": "operations"}));
        world.clock.advance(TimeDelta::minutes(2));
        scene.settle("ops1", &offer, "accept").must(200);
        scene.verb_with("ops1", &question, "answers", json!({"body": "So."})).must(201);
        let again = scene.on_etl();
        scene.verb_with("dev1", &again, "answers", json!({"body": "At once."})).must(201);
        soon("the middle of four", || usual(world, ada) == json!(90));
        scene.verb("ada", &again, "reopen").must(200);
        scene.verb_with("dev1", &again, "answers", json!({"body": "Once more."})).must(201);
        std::thread::sleep(Duration::from_millis(200));
        assert_eq!(usual(world, ada), json!(90), "the first answer counts");
    }

    fn what_somebody_may_see_is_the_same_in_memory_and_in_the_store(world) {
        let scene = Scene::open(world);
        let directories = Directories::new(world.db.clone());
        let slug = Key::parse("h1").expect("a slug");
        let directory = actix_web::rt::System::new().block_on(directories.get(&slug)).expect("a directory");
        let everybody = PEOPLE.iter().map(|name| scene.who(name).clone());
        for person in everybody.chain([world.person("stranger")]) {
            let here = directory.source.hackathon;
            let stored = world.db.read_now(|tx| Standing::load(tx, here, person.id)).expect("a standing");
            let sorted = |mut standing: Standing| {
                standing.facts.units.sort();
                standing.facts.leads_units.sort();
                standing.facts.organizations.sort();
                standing
            };
            assert_eq!(Standing::seen_in(&directory, person.id).map(sorted), stored.map(sorted), "{}", person.email);
        }
    }
}

/// Another server learns of a question from the database's own messages, and without them by looking around.
#[test]
fn a_question_that_is_asked_on_one_server_is_known_on_another() {
    let world = World::new(On::Postgres);
    let scene = Scene::open(&world);
    let (heard, unheard) = (world.beside(), world.beside());
    heard.db.listen().expect("listens");
    let ada = scene.who("ada");
    for server in [&heard, &unheard] {
        assert!(similar(server, ada).is_empty());
    }
    let question = id(&scene.ask("cleo", json!({"title": "How can I install python packages?", "topic": "packages"})));
    for server in [&heard, &unheard] {
        soon("it is known on the other server", || similar(server, ada).len() == 1);
    }
    scene.verb("cleo", &question, "withdraw").must(200);
    for server in [&heard, &unheard] {
        soon("it is known that it was withdrawn", || similar(server, ada).is_empty());
    }
    world.get(ada, &format!("{QUESTIONS}/{question}")).must(200);
}
