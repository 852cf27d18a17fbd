//! Sprints through the API.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Event, faults};

fn sprint(number: i32, from: &str, until: &str) -> Value {
    json!({"number": number, "starts_on": format!("2024-11-{from}"), "ends_on": format!("2024-11-{until}")})
}

on_both! {
    fn a_sprint_is_found_by_its_number_and_by_its_id(world) {
        let event = Event::open(world, "h1");
        event.make("sprints", sprint(2, "11", "15"));
        let first = event.make("sprints", json!({"number": 1, "starts_on": "2024-11-04", "ends_on": "2024-11-08", "goal": {"en": "Look", "ko": "보기"}}));
        assert_eq!(event.read("sprints/1"), first);
        assert_eq!(event.read(&format!("sprints/{}", first["id"].as_str().unwrap())), first);
        for nothing in ["3", "01", "0", "-1", "first", "0190e2a0-0000-7000-8000-000000000000"] {
            world.get(&event.organizer, &event.path(&format!("sprints/{nothing}"))).must(404);
        }
        let page = event.read("sprints?limit=1");
        assert_eq!(page["items"][0]["number"], 1, "they are listed in order, whichever was made first");
        let rest = event.read(&format!("sprints?limit=1&cursor={}", page["next"].as_str().unwrap()));
        assert_eq!((&rest["items"][0]["number"], &rest["next"]), (&json!(2), &json!(null)));
    }

    fn sprints_lie_in_the_event_one_after_another(world) {
        let event = Event::open(world, "h1");
        event.make("sprints", sprint(2, "11", "15"));
        let told = |body: Value| faults(&world.post(&event.organizer, &event.path("sprints"), body).must(422).json());
        let fault = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
        assert_eq!(told(sprint(3, "15", "20")), [fault("/starts_on", "sprint.overlap")]);
        assert_eq!(told(sprint(3, "05", "08")), [fault("/number", "sprint.order")]);
        assert_eq!(told(sprint(1, "18", "20")), [fault("/number", "sprint.order")]);
        assert_eq!(told(sprint(0, "20", "18")), [fault("/number", "number.range"), fault("/ends_on", "dates.order"), fault("/number", "sprint.order")]);
        assert_eq!(told(sprint(1, "01", "30")), [fault("/starts_on", "dates.outside"), fault("/ends_on", "dates.outside"), fault("/starts_on", "sprint.overlap")]);
        let overlap = world.post(&event.organizer, &event.path("sprints"), sprint(3, "15", "20")).json();
        assert!(overlap["errors"][0]["detail"].as_str().unwrap().starts_with("Sprint 2 lasts from 2024-11-11 to 2024-11-15"));
        world.post(&event.organizer, &event.path("sprints"), sprint(2, "18", "20")).must(409);
        event.make("sprints", sprint(1, "04", "10"));
        event.make("sprints", sprint(3, "16", "29"));
    }

    fn a_sprint_is_changed_and_removed(world) {
        let event = Event::open(world, "h1");
        event.make("sprints", sprint(1, "04", "08"));
        event.make("sprints", sprint(2, "11", "15"));
        let change = |body| world.patch(&event.organizer, &event.path("sprints/1"), body);
        change(json!({"ends_on": "2024-11-11"})).must(422);
        change(json!({"number": 2})).must(409);
        let goal = change(json!({"ends_on": "2024-11-10", "goal": "Look around"})).must(200).json();
        assert_eq!((goal["ends_on"].as_str(), goal["goal"]["en"].as_str()), (Some("2024-11-10"), Some("Look around")));
        assert_eq!(change(json!({"goal": null})).must(200).json()["goal"], json!(null));
        change(json!({"version": 3})).must(422);
        world.delete(&event.organizer, &event.path("sprints/1")).must(204);
        world.get(&event.organizer, &event.path("sprints/1")).must(404);
        assert_eq!(event.read("sprints/2")["number"], 2);
    }

    fn the_event_keeps_its_sprints_inside(world) {
        let event = Event::open(world, "h1");
        event.make("sprints", sprint(1, "04", "08"));
        event.make("sprints", sprint(2, "11", "29"));
        let change = |body| world.patch(&event.organizer, "/v1/hackathons/h1", body);
        let told = faults(&change(json!({"starts_on": "2024-11-05", "ends_on": "2024-11-28"})).must(422).json());
        assert_eq!(told, [("/starts_on".into(), "dates.sprint".into()), ("/ends_on".into(), "dates.sprint".into())]);
        change(json!({"starts_on": "2024-11-01"})).must(200);
    }

    fn only_an_organizer_changes_sprints(world) {
        let event = Event::open(world, "h1");
        event.make("sprints", sprint(1, "04", "08"));
        let ada = event.join("ada", &["participant", "mentor"]).person;
        world.get(&ada, &event.path("sprints/1")).must(200);
        world.post(&ada, &event.path("sprints"), sprint(2, "11", "15")).must(403);
        world.patch(&ada, &event.path("sprints/1"), json!({"goal": "x"})).must(403);
        world.delete(&ada, &event.path("sprints/1")).must(403);
        world.get(&world.person("stranger"), &event.path("sprints")).must(404);
    }
}
