//! Decisions: recorded, held against the matrix, superseded, taken out as records.

use serde_json::{Value, json};

use crate::on_both;
use crate::questions::scene::{QUESTIONS, Scene, codes, fault, id, text};
use crate::support::{Reply, World};

const DECISIONS: &str = "/v1/hackathons/h1/decisions";

fn plain(title: &str) -> Value {
    json!({"title": title, "context": "We must choose."})
}

fn record(scene: &Scene, who: &str, body: Value) -> Value {
    scene.post(who, DECISIONS, body).must(201).json()
}

fn change(scene: &Scene, who: &str, decision: &Value, body: Value) -> Reply {
    scene.world.patch(scene.who(who), &format!("{DECISIONS}/{}", id(decision)), body)
}

/// As a record in Markdown.
fn as_record(world: &World, scene: &Scene, who: &str, path: &str) -> Reply {
    world.call("GET", path).by(scene.who(who)).header("Accept", "text/markdown").send().must(200)
}

on_both! {
    fn a_team_records_what_it_chose_and_why(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let made = record(&scene, "ada", json!({
            "title": "Use the shared data model", "context": "Two teams read the **same** tables.",
            "options": [{"title": "Shared", "notes": "It is there."}, {"title": "Our own"}],
            "outcome": "Shared.", "status": "accepted", "topic": "etl",
            "decided_by": [{"member": scene.member("ada")}, {"member": scene.member("ada")}],
            "consulted": [{"unit": "analytics"}], "questions": ["1", question],
        }));
        assert_eq!((&made["number"], &made["team"]["slug"], &made["status"]), (&json!(1), &json!("red"), &json!("accepted")));
        assert_eq!(made["decided_at"], "2024-11-05T14:30:00Z");
        assert_eq!(made["decided_by"].as_array().map(Vec::len), Some(1), "each is named once");
        assert_eq!((&made["questions"][0]["number"], made["questions"].as_array().map(Vec::len)), (&json!(1), Some(1)));
        assert_eq!(scene.get("bob", &format!("{DECISIONS}/1")).must(200).json(), made);
        assert_eq!(record(&scene, "planner", plain("For all"))["team"], json!(null));
        let led = scene.get("ada", &format!("{DECISIONS}?question={question}")).must(200).json();
        assert_eq!(led["items"], json!([made]), "this question led to this decision");
        for none in ["3", "01", "0", "first"] {
            scene.get("ada", &format!("{DECISIONS}/{none}")).must(404);
        }
    }

    fn what_is_wrong_with_a_decision_is_told_with_its_place(world) {
        let scene = Scene::open(world);
        let told = |who: &str, more: Value| {
            let mut body = plain("T");
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            codes(scene.post(who, DECISIONS, body))
        };
        assert_eq!(told("ada", json!({"status": "accepted"})), [fault("/outcome", "outcome.missing"), fault("/decided_by", "decided_by.missing")].concat());
        assert_eq!(told("ada", json!({"status": "superseded"})), fault("/superseded_by", "superseded_by.status"));
        assert_eq!(told("ada", json!({"team": "blue"})), fault("/team", "team.foreign"));
        assert_eq!(told("ada", json!({"sprint": "9"})), fault("/sprint", "sprint.unknown"));
        assert_eq!(told("ada", json!({"questions": ["9"]})), fault("/questions/0", "question.unknown"));
        assert_eq!(told("ada", json!({"consulted": [{"unit": "none"}]})), fault("/consulted/0", "holder.unknown"));
        assert_eq!(told("ada", json!({"number": 7})), fault("/number", "field.unknown"));
        let hidden = id(&scene.ask("cleo", json!({"title": "Theirs?", "topic": "etl", "visibility": "team"})));
        assert_eq!(told("ada", json!({"questions": [hidden]})), fault("/questions/0", "question.unknown"));
        assert_eq!(scene.get("planner", DECISIONS).must(200).json()["items"], json!([]));
    }

    fn whom_the_matrix_names_is_found_missing_and_nothing_is_refused(world) {
        let scene = Scene::open(world);
        let mut body = plain("T");
        body["topic"] = json!("etl");
        let made = record(&scene, "ada", body);
        let missing = |decision: &Value| -> Vec<(String, String)> {
            decision["findings"].as_array().unwrap().iter().map(|one| (text(&one["code"]), text(&one["holder"]["slug"]))).collect()
        };
        let pair = |code: &str, slug: &str| (code.to_owned(), slug.to_owned());
        assert_eq!(missing(&made), [pair("D1", "analytics"), pair("D2", "operations")]);
        assert_eq!(made["findings"][0]["message"]["en"], "Analytics is consulted on ETL pipelines by the matrix, and was not consulted on this decision.");
        let one = change(&scene, "bob", &made, json!({"consulted": [{"member": scene.member("data1")}]})).must(200).json();
        assert_eq!(missing(&one), [pair("D2", "operations")], "a member speaks for their unit");
        let told = change(&scene, "bob", &made, json!({"informed": [{"organization": "acme"}]})).must(200).json();
        assert_eq!(missing(&told), [], "an organization speaks for its units");
        let other = change(&scene, "bob", &made, json!({"topic": null, "informed": []})).must(200).json();
        assert_eq!(missing(&other), []);
    }

    fn a_team_s_decisions_are_for_the_team_and_for_whom_they_name(world) {
        let scene = Scene::open(world);
        let mut body = plain("Ours");
        body["consulted"] = json!([{"unit": "analytics"}]);
        let ours = record(&scene, "ada", body);
        let all = record(&scene, "planner", plain("For all"));
        let seen = |who: &str| -> Vec<String> {
            let page = scene.get(who, DECISIONS).must(200).json();
            page["items"].as_array().unwrap().iter().map(|one| text(&one["title"])).collect()
        };
        for near in ["planner", "ada", "bob", "mentor1", "data1"] {
            assert_eq!(seen(near), ["Ours", "For all"], "{near}");
            scene.get(near, &format!("{DECISIONS}/1")).must(200);
        }
        for far in ["cleo", "mentor2", "dev1", "judge", "watcher"] {
            assert_eq!(seen(far), ["For all"], "{far}");
            scene.get(far, &format!("{DECISIONS}/1")).must(404);
            scene.get(far, &format!("{DECISIONS}/1/history")).must(404);
        }
        change(&scene, "data1", &ours, json!({"title": "X"})).must(403);
        change(&scene, "mentor1", &ours, json!({"title": "X"})).must(403);
        change(&scene, "cleo", &ours, json!({"title": "X"})).must(404);
        change(&scene, "ada", &all, json!({"title": "X"})).must(403);
        scene.post("mentor1", DECISIONS, plain("X")).must(403);
        assert_eq!(scene.get("ada", &format!("{DECISIONS}?team=red&status=proposed")).must(200).json()["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(scene.get("ada", &format!("{DECISIONS}?status=accepted")).must(200).json()["items"], json!([]));
        let page = scene.get("planner", &format!("{DECISIONS}?limit=1")).must(200).json();
        let rest = scene.get("planner", &format!("{DECISIONS}?limit=1&cursor={}", text(&page["next"]))).must(200).json();
        assert_eq!((&rest["items"][0]["number"], &rest["next"]), (&json!(2), &json!(null)));
    }

    fn a_question_that_one_may_not_see_is_not_shown_beside_a_decision(world) {
        let scene = Scene::open(world);
        let hidden = id(&scene.ask("ada", json!({"title": "Ours?", "topic": "etl", "visibility": "team"})));
        let mut body = plain("For all");
        body["questions"] = json!([hidden]);
        record(&scene, "planner", body);
        assert_eq!(scene.get("ada", &format!("{DECISIONS}/1")).must(200).json()["questions"][0]["title"], "Ours?");
        assert_eq!(scene.get("cleo", &format!("{DECISIONS}/1")).must(200).json()["questions"], json!([]));
        assert!(!as_record(world, &scene, "cleo", &format!("{DECISIONS}/1")).text().contains("Ours?"));
        assert_eq!(codes(scene.get("cleo", &format!("{DECISIONS}?question={hidden}"))), fault("/question", "question.unknown"));
        scene.get("ada", &format!("{QUESTIONS}/{hidden}")).must(200);
    }

    fn nobody_unlinks_a_question_that_they_do_not_see(world) {
        let scene = Scene::open(world);
        let hidden = scene.ask("cleo", json!({"title": "Theirs?", "topic": "etl", "visibility": "team"}));
        let mut body = plain("T");
        (body["team"], body["questions"]) = (json!("red"), json!([id(&hidden)]));
        let made = record(&scene, "planner", body);
        let change = |body: Value| change(&scene, "ada", &made, body).must(200).json();
        assert_eq!(change(json!({"questions": []}))["questions"], json!([]), "it is not hers to see");
        assert_eq!(change(json!({"questions": [scene.on_etl()]}))["questions"].as_array().map(Vec::len), Some(1));
        let seen = scene.get("planner", &format!("{DECISIONS}/1")).must(200).json();
        assert_eq!(seen["questions"].as_array().map(Vec::len), Some(2), "it was kept: {seen}");
    }

    fn a_decision_is_superseded_by_another_and_never_in_a_circle(world) {
        let scene = Scene::open(world);
        let (one, two, three) = (record(&scene, "ada", plain("One")), record(&scene, "ada", plain("Two")), record(&scene, "ada", plain("Three")));
        let done = change(&scene, "ada", &one, json!({"superseded_by": "2"})).must(200).json();
        assert_eq!((&done["status"], &done["superseded_by"]["title"]), (&json!("superseded"), &json!("Two")));
        change(&scene, "ada", &two, json!({"superseded_by": id(&three)})).must(200);
        let circle = fault("/superseded_by", "decision.circle");
        assert_eq!(codes(change(&scene, "ada", &three, json!({"superseded_by": "1"}))), circle);
        assert_eq!(codes(change(&scene, "ada", &three, json!({"superseded_by": "3"}))), circle);
        assert_eq!(codes(change(&scene, "ada", &three, json!({"superseded_by": "9"}))), fault("/superseded_by", "decision.unknown"));
        let back = change(&scene, "ada", &one, json!({"superseded_by": null})).must(200).json();
        assert_eq!((&back["status"], &back["superseded_by"]), (&json!("proposed"), &json!(null)));
    }

    fn the_decision_that_took_its_place_is_shown_only_to_those_who_may_know_of_it(world) {
        let scene = Scene::open(world);
        let all = record(&scene, "planner", plain("For all"));
        record(&scene, "ada", plain("Ours alone"));
        change(&scene, "planner", &all, json!({"superseded_by": "2"})).must(200);
        let path = format!("{DECISIONS}/1");
        assert_eq!(scene.get("bob", &path).must(200).json()["superseded_by"]["title"], "Ours alone");
        assert!(as_record(world, &scene, "bob", &path).text().contains("superseded by 0002"));
        for far in ["cleo", "dev1", "judge", "watcher"] {
            let told = scene.get(far, &path).must(200).json();
            assert_eq!((&told["status"], &told["superseded_by"]), (&json!("superseded"), &json!(null)), "{far}");
            let listed = scene.get(far, DECISIONS).must(200).text();
            assert!(!listed.contains("Ours alone"), "{far}: {listed}");
            let record = as_record(world, &scene, far, &path).text();
            assert!(record.contains("status: \"superseded\"") && !record.contains("0002"), "{far}: {record}");
        }
    }

    fn every_change_is_kept_and_nobody_changes_what_they_have_not_read(world) {
        let scene = Scene::open(world);
        let made = record(&scene, "ada", plain("T"));
        let path = format!("{DECISIONS}/1");
        let read = scene.get("bob", &path).must(200);
        let send = |tag: &str, body: Value| world.call("PATCH", &path).by(scene.who("bob")).header("If-Match", tag).json(body).send();
        let decided = json!({"outcome": "So.", "status": "accepted", "decided_by": [{"member": scene.member("bob")}]});
        let changed = send(&read.etag(), decided.clone()).must(200);
        send(&read.etag(), json!({"title": "X"})).must(412);
        assert_eq!(send(&changed.etag(), decided).must(200).etag(), changed.etag(), "who says the same changes nothing");
        world.call("GET", &path).by(scene.who("bob")).header("If-None-Match", &changed.etag()).send().must(304);
        let history = scene.get("ada", &format!("{path}/history")).must(200).json();
        assert_eq!((&history["items"][0]["by"]["display_name"], &history["items"][0]["changed"]), (&json!("ada"), &json!([])));
        assert_eq!((&history["items"][1]["by"]["display_name"], &history["items"][1]["changed"]), (&json!("bob"), &json!(["outcome", "status", "decided_by"])));
        assert_eq!(history["items"].as_array().map(Vec::len), Some(2));
        assert_eq!(changed.json()["created_at"], made["created_at"]);
    }

    fn a_decision_is_taken_out_as_a_record(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        record(&scene, "ada", json!({
            "title": "Use the \"shared\" model", "context": "Two teams.", "options": [{"title": "Shared", "notes": "It is there."}],
            "outcome": "Shared.", "status": "accepted", "topic": "etl", "decided_by": [{"member": scene.member("ada")}],
            "consulted": [{"unit": "analytics"}], "questions": [question],
        }));
        record(&scene, "ada", plain("빌드 순서"));
        let file = as_record(world, &scene, "bob", &format!("{DECISIONS}/1"));
        assert_eq!(file.header("content-disposition"), Some("inline; filename=\"0001-use-the-shared-model.md\""));
        let lines = [
            "---", "status: \"accepted\"", "date: 2024-11-05", "decision-makers: [\"ada\"]", "consulted: [\"Analytics\"]", "---", "",
            "# Use the \"shared\" model", "", "## Context and Problem Statement", "", "Two teams.", "", "## Considered Options", "", "* Shared", "",
            "## Decision Outcome", "", "Shared.", "", "## Pros and Cons of the Options", "", "### Shared", "", "It is there.", "",
            "## More Information", "", "* Team: Red", "* Topic: ETL pipelines", "* Question #1 led to it: How do I schedule a pipeline?", "",
        ];
        assert_eq!(file.text().lines().collect::<Vec<_>>(), lines.split_last().map(|(_, rest)| rest).unwrap());
        let all = as_record(world, &scene, "ada", DECISIONS).text();
        assert!(all.contains("<!-- 0001-use-the-shared-model.md -->") && all.contains("<!-- 0002.md -->"), "{all}");
        let json = world.call("GET", &format!("{DECISIONS}/1")).by(scene.who("bob")).header("Accept", "application/json, text/markdown;q=0.5").send().must(200);
        assert_eq!(json.json()["number"], 1);
    }

    fn of_two_that_supersede_each_other_at_once_one_is_refused(world) {
        let scene = Scene::open(world);
        let (one, two) = (record(&scene, "ada", plain("One")), record(&scene, "ada", plain("Two")));
        let mut both = std::thread::scope(|scope| {
            let first = scope.spawn(|| change(&scene, "ada", &one, json!({"superseded_by": "2"})).status);
            let second = scope.spawn(|| change(&scene, "bob", &two, json!({"superseded_by": "1"})).status);
            [first.join().unwrap(), second.join().unwrap()]
        });
        both.sort_unstable();
        assert_eq!(both, [200, 422]);
    }
}
