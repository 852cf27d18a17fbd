//! People across teams, through the API.

use serde_json::{Value, json};

use crate::on_both;
use crate::questions::scene::{Scene, text};

fn read(scene: &Scene, who: &str, query: &str) -> Value {
    scene.get(who, &format!("/v1/hackathons/h1/people?limit=100&{query}")).must(200).json()
}

fn names(told: &Value) -> Vec<String> {
    told["items"].as_array().unwrap().iter().map(|one| text(&one["display_name"])).collect()
}

fn of<'v>(told: &'v Value, name: &str) -> &'v Value {
    told["items"].as_array().unwrap().iter().find(|one| one["display_name"] == name).expect("somebody of that name")
}

fn scientists(scene: &Scene) {
    for name in ["ada", "cleo"] {
        let path = format!("/v1/hackathons/h1/members/{}", scene.member(name));
        scene.world.patch(scene.who("planner"), &path, json!({"profession": "data-science"})).must(200);
    }
}

on_both! {
    fn a_profession_is_found_across_teams(world) {
        let scene = Scene::open(world);
        scientists(&scene);
        let told = read(&scene, "bob", "profession=data-science");
        assert_eq!(names(&told), ["ada", "cleo"]);
        let ada = of(&told, "ada");
        assert_eq!(ada["teams"], json!([{"slug": "red", "name": {"en": "Red"}, "function": "leader"}]));
        assert_eq!(ada["organization"], json!({"slug": "acme", "name": {"en": "Acme"}, "unit": "development"}));
        assert_eq!(told["professions"], json!([{"key": null, "people": 13, "teams": 1}, {"key": "data-science", "people": 2, "teams": 2}]));
        let acme = told["organizations"].as_array().unwrap().iter().find(|one| one["key"] == "acme").unwrap();
        assert_eq!((&acme["people"], &acme["teams"]), (&json!(6), &json!(1)));
        assert_eq!(names(&read(&scene, "bob", "organization=trust")), ["data1", "keeper"]);
        let mentor = read(&scene, "bob", "");
        assert_eq!(of(&mentor, "mentor2")["teams"], json!([{"slug": "blue", "name": {"en": "Blue"}, "function": null}]));
        let page = scene.get("bob", "/v1/hackathons/h1/people?limit=1").must(200);
        assert!(page.header("link").is_some() && page.json()["next"].is_string());
        scene.get("bob", "/v1/hackathons/h1/people?organization=nobody").must(422);
        world.get(&world.person("stranger"), "/v1/hackathons/h1/people").must(404);
    }

    fn what_somebody_asked_and_answered_is_told_as_far_as_the_reader_sees_it(world) {
        let scene = Scene::open(world);
        let open = scene.on_etl();
        scene.verb_with("dev1", &open, "answers", json!({"body": "So."})).must(201);
        scene.ask("ada", json!({"title": "Between us?", "topic": "etl", "visibility": "team"}));
        let asked = |who: &str| of(&read(&scene, who, ""), "ada")["asked"]["count"].as_u64();
        assert_eq!((asked("bob"), asked("planner"), asked("cleo")), (Some(2), Some(2), Some(1)));
        let told = read(&scene, "cleo", "");
        assert_eq!(of(&told, "ada")["asked"]["newest"][0]["title"], "How do I schedule a pipeline?");
        assert_eq!(of(&told, "dev1")["answered"], json!({"count": 1, "newest": [{"id": open, "number": 1, "title": "How do I schedule a pipeline?", "state": "answered"}]}));
        let counts = read(&scene, "watcher", "");
        assert_eq!(of(&counts, "ada")["asked"], json!({"count": 2, "newest": []}), "observers get counts alone");
        assert!(!counts.to_string().contains("Between us?") && !counts.to_string().contains("pipeline"));
        assert!(!told.to_string().contains("@example.org"), "no address is told");
    }
}
