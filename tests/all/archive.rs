//! The archive, and the matrices of two hackathons side by side, through the API.

use std::io::{Cursor, Read};

use serde_json::{Value, json};

use crate::on_both;
use crate::questions::scene::{QUESTIONS, Scene, text};
use crate::support::Event;

type Zip = zip::ZipArchive<Cursor<Vec<u8>>>;

fn archive(scene: &Scene) -> Zip {
    let got = scene.get("planner", "/v1/hackathons/h1/archive").must(200);
    assert_eq!(got.header("content-disposition"), Some("attachment; filename=\"h1-archive.zip\""));
    zip::ZipArchive::new(Cursor::new(got.body)).expect("a zip")
}

fn file(zip: &mut Zip, name: &str) -> String {
    let mut body = String::new();
    zip.by_name(name).unwrap_or_else(|_| panic!("no {name}")).read_to_string(&mut body).expect("text");
    body
}

fn json_of(zip: &mut Zip, name: &str) -> Value {
    serde_json::from_str(&file(zip, name)).expect("JSON")
}

fn all(zip: &mut Zip) -> String {
    let names: Vec<String> = zip.file_names().map(|name| name.expect("a name").into_owned()).collect();
    names.iter().map(|name| file(zip, name)).collect()
}

on_both! {
    fn an_archive_holds_what_was_asked_and_said(world) {
        let scene = Scene::open(world);
        let question = text(&scene.ask("ada", json!({"title": "=Why <b>this</b>?", "body": "First\n# Second", "topic": "etl", "team": "red"}))["id"]);
        scene.verb_with("dev1", &question, "notes", json!({"body": "Between us."})).must(201);
        scene.verb_with("dev1", &question, "answers", json!({"body": "So."})).must(201);
        let mut zip = archive(&scene);
        let told = json_of(&mut zip, "questions.json");
        let one = &told[0];
        assert_eq!((&one["number"], &one["topic"], &one["team"], &one["asker"], &one["state"]), (&json!(1), &json!("etl"), &json!("red"), &json!("ada"), &json!("answered")));
        let kinds: Vec<String> = one["posts"].as_array().unwrap().iter().map(|post| text(&post["kind"])).collect();
        assert_eq!(kinds, ["note", "answer"]);
        let happened: Vec<String> = one["events"].as_array().unwrap().iter().map(|event| text(&event["kind"])).collect();
        assert_eq!(happened, scene.kinds(&question));
        assert!(file(&mut zip, "questions.csv").contains("'=Why <b>this</b>?,etl,red,ada,answered"), "no cell is a formula");
        let page = file(&mut zip, "questions.md");
        assert!(page.contains("## 1. =Why &lt;b>this&lt;/b>?") && page.contains("> First\n> \\# Second\n"), "{page}");
        assert_eq!(json_of(&mut zip, "report.json")["all"]["answered"], 1);
        assert!(file(&mut zip, "matrix.csv").contains("etl"));
        assert!(file(&mut zip, "README.md").contains("The hackathon `h1` as it was on 2024-11-05T14:30:00Z."));
    }

    fn an_archive_holds_what_was_planned_reported_and_decided(world) {
        let scene = Scene::open(world);
        let path = |rest: &str| format!("/v1/hackathons/h1/{rest}");
        scene.post("planner", &path("sprints"), json!({"number": 1, "starts_on": "2024-11-04", "ends_on": "2024-11-12"})).must(201);
        scene.post("ada", &path("sprints/1/scope-changes"), json!({"team": "red", "hours_planned": 6.0, "why": "Less data than hoped."})).must(201);
        let report = json!({"team": "red", "progress_percent": 40, "hours_spent": 3.5, "confidence": 3, "summary": "It runs.", "blockers": [{"text": "A quota."}]});
        scene.post("ada", &path("sprints/1/check-ins"), report).must(201);
        let decision = json!({"team": "red", "title": "Use the shared model", "context": "Two of them.", "outcome": "The shared one.", "status": "accepted", "decided_by": [{"member": scene.member("ada")}]});
        scene.post("ada", &path("decisions"), decision).must(201);
        let mut zip = archive(&scene);
        let sprints = json_of(&mut zip, "sprints.json");
        let (told, planned) = (&sprints[0]["check_ins"][0], &sprints[0]["changes"][0]);
        assert_eq!((&told["team"], &told["by"], &told["hours_spent"], &told["blockers"][0]["text"]), (&json!("red"), &json!("ada"), &json!(3.5), &json!("A quota.")));
        assert_eq!((&planned["kind"], &planned["hours_planned"], &planned["why"]), (&json!("hours"), &json!(6.0), &json!("Less data than hoped.")));
        let capacity = json_of(&mut zip, "capacity.json");
        let red = capacity.as_array().unwrap().iter().find(|one| one["team"] == "red" && one["sprint"] == 1).expect("team red in the first sprint");
        assert_eq!((&red["status"], &red["hours_planned"], &red["hours_spent"]), (&json!("reported"), &json!(6.0), &json!(3.5)));
        let decisions = file(&mut zip, "decisions.md");
        assert!(decisions.contains("<!-- 0001-use-the-shared-model.md -->") && decisions.contains("The shared one."), "{decisions}");
    }

    fn the_next_event_begins_from_an_archive(world) {
        let scene = Scene::open(world);
        let file = file(&mut archive(&scene), "hackathon.yaml");
        let next = file.replacen("slug: h1", "slug: h2", 1).replace("2024-11-04", "2025-11-03").replace("2024-11-29", "2025-11-28");
        assert_ne!(file, next);
        let import = world.call("POST", "/v1/hackathons/import").by(&world.admin()).header("Content-Type", "application/yaml");
        let made = import.body(next).send().must(201).json();
        assert_eq!((&made["hackathon"]["starts_on"], &made["matrix_version"]), (&json!("2025-11-03"), &json!(1)));
        let compare = |with: &str| scene.get("planner", &format!("/v1/hackathons/h1/matrix/difference?with={with}"));
        let told = compare("h2").must(200).json();
        let nothing = json!({"here": {"hackathon": "h1", "version": 1}, "there": {"hackathon": "h2", "version": 1},
            "topics_added": [], "topics_removed": [], "topics_changed": [], "added": [], "removed": [], "moved": []});
        assert_eq!(told, nothing, "what is called the same is the same");
        let path = |rest: &str| format!("/v1/hackathons/h2/{rest}");
        scene.post("planner", &path("topics"), json!({"slug": "legal", "name": "Legal"})).must(201);
        for (topic, role, unit) in [("legal", "responsible", "archive"), ("legal", "accountable", "archive"), ("etl", "consulted", "operations")] {
            scene.post("planner", &path("responsibilities"), json!({"topic": topic, "role": role, "holder": {"unit": unit}})).must(201);
        }
        world.call("POST", &path("matrix/publish")).by(scene.who("planner")).send().must(201);
        let told = compare("h2").must(200).json();
        assert_eq!((&told["topics_added"][0]["slug"], &told["topics_removed"]), (&json!("legal"), &json!([])));
        let added: Vec<(String, String)> = told["added"].as_array().unwrap().iter().map(|cell| (text(&cell["topic"]["slug"]), text(&cell["holder"]["slug"]))).collect();
        assert!(added.contains(&("etl".into(), "operations".into())) && added.contains(&("legal".into(), "archive".into())), "{added:?}");
    }

    fn nothing_that_is_not_an_organizer_s_to_read_is_in_an_archive(world) {
        let scene = Scene::open(world);
        let path = |rest: &str| format!("/v1/hackathons/h1/{rest}");
        let criterion = text(&scene.post("planner", &path("criteria"), json!({"name": "Value", "weight": 1})).must(201).json()["id"]);
        let score = |team: &str, points: i32, words: &str| {
            let submission = scene.post("planner", &path("submissions"), json!({"team": team, "title": team})).must(201).json();
            let body = json!({"submission": submission["id"], "points": [{"criterion": criterion, "points": points}], "comment": words});
            text(&scene.post("judge", &path("scores"), body).must(201).json()["id"])
        };
        let sealed = score("red", 7, "said in public");
        score("blue", 3, "said in private");
        world.call("POST", &path(&format!("scores/{sealed}/seal"))).by(scene.who("judge")).send().must(200);
        scene.post("ada", &path("debriefs"), json!({"about": {"team": "red"}, "body": "kept to myself"})).must(201);
        scene.post("ada", &path("debriefs"), json!({"about": {"team": "red"}, "body": "told to all", "shared": true})).must(201);
        let invited = scene.post("planner", &path("invitations"), json!({"email": "new@example.org", "roles": ["judge"]})).must(201).json();
        let mut zip = archive(&scene);
        assert_eq!(json_of(&mut zip, "judging/scores.json").as_array().map(Vec::len), Some(1));
        let told = all(&mut zip);
        assert!(told.contains("said in public") && told.contains("told to all"));
        let link = text(&invited["link"]);
        let token = link.rsplit('/').next().expect("a token").to_owned();
        for secret in ["said in private", "kept to myself", "$argon2", "password_hash", "token_hash", token.as_str(), scene.who("planner").refresh.as_str()] {
            assert!(!told.contains(secret), "{secret} is in the archive");
        }
        for other in ["mentor1", "dev1", "ada", "judge", "watcher"] {
            scene.get(other, &path("archive")).must(403);
        }
        world.get(&world.person("stranger"), &path("archive")).must(404);
        scene.get("planner", QUESTIONS).must(200);
    }

    fn matrices_are_compared_by_who_sees_both(world) {
        let scene = Scene::open(world);
        let other = Event::open(world, "h2");
        let compare = |who: &str, with: &str| scene.get(who, &format!("/v1/hackathons/h1/matrix/difference?with={with}"));
        compare("ada", "h2").must(404);
        compare("ada", "h9").must(404);
        scene.get("ada", "/v1/hackathons/h1/matrix/difference").must(422);
        other.make("members", json!({"email": scene.who("ada").email, "roles": ["observer"]}));
        let told = compare("ada", "h2").must(200).json();
        assert_eq!((&told["there"]["version"], told["topics_removed"].as_array().map(Vec::len)), (&json!(null), Some(5)));
    }
}
