//! Capacity: who has how much time, who has gone quiet, how much lies with whom.

use serde_json::{Value, json};

use super::{Work, report};
use crate::on_both;
use crate::questions::scene::Scene;
use crate::support::{faults, text};

fn names(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| text(&one["display_name"])).collect()
}

on_both! {
    fn a_team_that_plans_more_than_it_has_is_told_before_the_sprint_is_over(world) {
        let work = Work::begin(world);
        world.patch(&work.event.organizer, &work.event.path("teams/red"), json!({"name": {"en": "Team 2", "ko": "2팀"}})).must(200);
        world.post(&work.ada.person, &work.event.path("sprints/2/scope-changes"), json!({"hours_planned": 31})).must(201);
        world.post(&work.cleo.person, &work.event.path("sprints/2/scope-changes"), json!({"hours_planned": 1})).must(201);
        let over = work.event.read("capacity")["over_commitments"].clone();
        assert_eq!((over.as_array().map(Vec::len), &over[0]["sprint"]), (Some(1), &json!(2)));
        assert_eq!(over[0]["text"]["en"], "Team 2 plans 31 h, its members offer 15 h.");
        let away = json!({"starts_on": "2024-11-11", "ends_on": "2024-11-12"});
        world.post(&work.bob.person, &work.event.path(&format!("members/{}/absences", work.bob.id)), away).must(201);
        assert_eq!(work.event.read("capacity")["over_commitments"][0]["text"]["en"], "Team 2 plans 31 h, its members offer 11 h.");
        let work = work.later(11);
        assert_eq!(work.event.read("capacity")["over_commitments"], json!([]), "what is over is over");
    }

    fn who_says_nothing_for_a_week_has_gone_quiet(world) {
        let work = Work::begin(world);
        let quiet = |work: &Work, query: &str| names(&work.event.read(&format!("capacity{query}"))["quiet"]);
        assert_eq!(quiet(&work, ""), [""; 0]);
        let work = work.later(7);
        assert_eq!(quiet(&work, ""), ["ada", "bob", "cleo"]);
        work.check_in(&work.ada, 1, report(20, 2.5));
        world.post(&work.bob.person, &work.event.path("questions"), json!({"title": "Why?"})).must(201);
        world.post(&work.cleo.person, &work.event.path("decisions"), json!({"title": "T", "context": "C"})).must(201);
        assert_eq!(quiet(&work, ""), [""; 0]);
        let work = work.later(3);
        world.post(&work.ada.person, &work.event.path("questions"), json!({"title": "How?"})).must(201);
        assert_eq!(quiet(&work, "?quiet_days=3"), ["bob", "cleo"]);
        let told = work.event.read("capacity?quiet_days=3")["quiet"][0]["text"]["en"].clone();
        assert_eq!(told, "bob has not checked in and taken no part in a question or a decision for 3 days.");
        for wrong in ["0", "91", "many"] {
            let refused = world.get(&work.event.organizer, &work.event.path(&format!("capacity?quiet_days={wrong}"))).must(422).json();
            assert_eq!(faults(&refused), [("/quiet_days".to_owned(), "number.range".to_owned())]);
        }
    }

    fn what_lies_with_whom_and_what_they_answered_is_counted(world) {
        let scene = Scene::open(world);
        let (one, two, _three) = (scene.on_etl(), scene.on_etl(), scene.on_etl());
        scene.verb("dev1", &one, "claim").must(200);
        scene.post("dev2", &format!("/v1/hackathons/h1/questions/{two}/answers"), json!({"body": "So."})).must(201);
        let loads = scene.get("planner", "/v1/hackathons/h1/capacity").must(200).json()["loads"].clone();
        let of = |name: &str| {
            let found = loads.as_array().unwrap().iter().find(|one| one["display_name"] == name).expect("somebody who answers").clone();
            [&found["assigned"], &found["held"], &found["answered_last_7_days"]].map(|count| count.as_i64().unwrap())
        };
        assert_eq!((of("dev1"), of("dev2"), of("ops1"), of("mentor1")), ([1, 1, 0], [0, 1, 1], [0, 0, 0], [0, 0, 0]));
        assert_eq!(loads[0]["display_name"], "dev1", "who has most comes first");
        assert!(!names(&loads).contains(&"ada".to_owned()));
        let scene = scene.later(chrono::TimeDelta::days(8));
        let later = scene.get("planner", "/v1/hackathons/h1/capacity").must(200).json()["loads"].clone();
        let dev2 = later.as_array().unwrap().iter().find(|one| one["display_name"] == "dev2").unwrap().clone();
        assert_eq!(dev2["answered_last_7_days"], 0);
    }

    fn only_organizers_see_the_capacity(world) {
        let work = Work::begin(world);
        for other in [&work.ada, &work.mentor, &work.responder] {
            world.get(&other.person, &work.event.path("capacity")).must(403);
        }
        world.get(&world.person("stranger"), &work.event.path("capacity")).must(404);
    }
}
