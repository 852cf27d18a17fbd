//! Absences: when members are away.

use serde_json::json;

use super::Work;
use crate::on_both;
use crate::support::{faults, text};

on_both! {
    fn a_member_says_when_they_are_away(world) {
        let work = Work::begin(world);
        let list = work.event.path(&format!("members/{}/absences", work.ada.id));
        let away = json!({"starts_on": "2024-11-05", "ends_on": "2024-11-06", "reason": "Conference"});
        let made = world.post(&work.ada.person, &list, away).must(201);
        assert_eq!((&made.json()["member"], &made.json()["reason"]), (&json!(work.ada.id), &json!("Conference")));
        let path = format!("{list}/{}", text(&made.json()["id"]));
        let change = |tag: &str, body| world.call("PATCH", &path).by(&work.event.organizer).header("If-Match", tag).json(body).send();
        let changed = change(&made.etag(), json!({"ends_on": "2024-11-07", "reason": null})).must(200);
        assert_eq!((&changed.json()["ends_on"], &changed.json()["reason"]), (&json!("2024-11-07"), &json!(null)));
        change(&made.etag(), json!({"ends_on": "2024-11-08"})).must(412);
        let wrong = change("*", json!({"ends_on": "2024-11-01"})).must(422).json();
        assert_eq!(faults(&wrong), [("/ends_on".to_owned(), "dates.order".to_owned())]);
        assert_eq!(world.get(&work.ada.person, &list).must(200).json()["items"], json!([changed.json()]));
        world.delete(&work.ada.person, &path).must(204);
        world.get(&work.ada.person, &path).must(404);
    }

    fn only_the_member_and_organizers_know_of_an_absence(world) {
        let work = Work::begin(world);
        let list = work.event.path(&format!("members/{}/absences", work.ada.id));
        let made = work.event.make(&format!("members/{}/absences", work.ada.id), json!({"starts_on": "2024-11-05", "ends_on": "2024-11-06"}));
        for other in [&work.bob, &work.mentor, &work.responder] {
            world.get(&other.person, &list).must(403);
            world.post(&other.person, &list, json!({"starts_on": "2024-11-05", "ends_on": "2024-11-06"})).must(403);
        }
        let elsewhere = work.event.path(&format!("members/{}/absences/{}", work.bob.id, text(&made["id"])));
        world.get(&work.event.organizer, &elsewhere).must(404);
    }
}
