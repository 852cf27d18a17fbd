//! After the event, through the API: what was learnt, and what continues.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::stage::Stage;
use crate::support::{Event, Person, faults, text};

fn seen(event: &Event, who: &Person, query: &str) -> usize {
    event.world.get(who, &event.path(&format!("debriefs{query}"))).must(200).json()["items"].as_array().unwrap().len()
}

on_both! {
    fn a_hackathon_goes_with_all_that_was_judged_and_learnt_in_it(world) {
        let stage = Stage::set(world, "here");
        world.delete(&stage.event.organizer, "/v1/hackathons/here").must(204);
        world.get(&stage.event.organizer, &stage.event.path("submissions")).must(404);
    }

    fn a_debrief_is_its_author_s_own_until_it_is_shared(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["mentor"]));
        event.team("red", &ada, &bob);
        let body = json!({"about": {"team": "red"}, "body": "Ask for the data in the first week.", "themes": ["data access"]});
        let made = world.post(&ada.person, &event.path("debriefs"), body).must(201).json();
        let path = format!("debriefs/{}", text(&made["id"]));
        assert_eq!((&made["shared_at"], &made["themes"]), (&json!(null), &json!(["data access"])));
        for other in [&bob.person, &event.organizer] {
            world.get(other, &event.path(&path)).must(404);
            assert_eq!(seen(&event, other, ""), 0);
        }
        assert_eq!(seen(&event, &ada.person, "?team=red"), 1);
        let presented = json!([{"occasion": "Community of practice", "on": "2024-12-10"}]);
        let shared = world.patch(&ada.person, &event.path(&path), json!({"shared": true, "presented": presented})).must(200).json();
        assert_eq!((&shared["shared_at"], &shared["presented"]), (&json!("2024-11-05T14:30:00Z"), &presented));
        let again = world.patch(&ada.person, &event.path(&path), json!({"shared": false})).must(200).json();
        assert_eq!(again["shared_at"], shared["shared_at"], "what was read was read");
        world.get(&bob.person, &event.path(&path)).must(200);
        world.patch(&event.organizer, &event.path(&path), json!({"body": "B"})).must(403);
        world.delete(&bob.person, &event.path(&path)).must(403);
        assert_eq!((seen(&event, &bob.person, "?profession=design"), seen(&event, &bob.person, "?team=red")), (0, 1));
        world.delete(&ada.person, &event.path(&path)).must(204);
    }

    fn people_write_about_what_is_theirs(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["mentor"]));
        event.team("red", &ada, &bob);
        event.make("teams", json!({"slug": "blue", "name": "Blue"}));
        world.patch(&event.organizer, &event.path(&format!("members/{}", ada.id)), json!({"profession": "design"})).must(200);
        let write = |who: &Person, about: Value| world.post(who, &event.path("debriefs"), json!({"about": about, "body": "B"}));
        for about in [json!({"member": ada.id}), json!({"team": "red"}), json!({"profession": "design"})] {
            write(&ada.person, about.clone()).must(201);
            write(&event.organizer, about).must(201);
        }
        write(&bob.person, json!({"team": "red"})).must(201);
        let told = |about: Value| faults(&write(&ada.person, about).must(422).json());
        for foreign in [json!({"member": bob.id}), json!({"team": "blue"}), json!({"profession": "law"})] {
            assert_eq!(told(foreign), [("/about".to_owned(), "about.foreign".to_owned())]);
        }
        for shape in [json!({}), json!({"member": ada.id, "team": "red"})] {
            assert_eq!(told(shape), [("/about".to_owned(), "about.shape".to_owned())]);
        }
        let joe = event.join("joe", &["observer"]).person;
        write(&joe, json!({"profession": "design"})).must(403);
    }

    fn what_was_learnt_and_what_continues_is_written_after_the_end_too(world) {
        let event = Event::open(world, "h1");
        world.patch(&event.organizer, "/v1/hackathons/h1", json!({"ended": true})).must(200);
        event.make("debriefs", json!({"about": {"profession": "design"}, "body": "B"}));
        event.make("follow-ups", json!({"title": "T", "owner": event.organizer_id(), "ambition": "pilot"}));
    }

    fn a_follow_up_is_looked_at_again_after_30_90_and_180_days(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["mentor"]));
        event.team("red", &ada, &bob);
        let states = |told: &Value| -> Vec<(i64, String, String)> {
            told["checks"].as_array().unwrap().iter().map(|one| (one["days"].as_i64().unwrap(), text(&one["due_on"]), text(&one["state"]))).collect()
        };
        let begun = |on: &str| event.make("follow-ups", json!({"title": "Bed forecast", "team": "red", "owner": ada.id, "ambition": "pilot", "begins_on": on}));
        let check = |days: i64, on: &str, state: &str| (days, on.to_owned(), state.to_owned());
        let made = begun("2024-10-06");
        assert_eq!(states(&made), [check(30, "2024-11-05", "due"), check(90, "2025-01-04", "upcoming"), check(180, "2025-04-04", "upcoming")]);
        assert_eq!(states(&begun("2024-10-07"))[0].2, "upcoming");
        assert_eq!((states(&begun("2024-09-30"))[0].2.as_str(), states(&begun("2024-09-29"))[0].2.as_str()), ("due", "overdue"));
        let unsaid = event.make("follow-ups", json!({"title": "T", "owner": ada.id, "ambition": "poc"}));
        assert_eq!((&unsaid["begins_on"], &unsaid["owner"]["display_name"]), (&json!("2024-11-29"), &json!("ada")));
        let path = format!("follow-ups/{}", text(&made["id"]));
        let tag = world.get(&ada.person, &event.path(&path)).must(200).etag();
        world.later(TimeDelta::hours(10));
        let [ada, bob, organizer] = ["ada", "bob", "h1-organizer"].map(|name| world.person(name));
        assert_ne!(world.get(&ada, &event.path(&path)).must(200).etag(), tag, "what a reader has holds for a day");
        let patch = |body: Value| world.call("PATCH", &event.path(&path)).by(&ada).header("If-Match", &tag).json(body).send();
        // Whoever read it on another day changes the same thing.
        patch(json!({"next_gate": "Funding", "gate_on": "2025-01-15"})).must(200);
        patch(json!({"next_gate": "Other"})).must(412);
        let checked = |who: &Person, days: i64| world.post(who, &event.path(&format!("{path}/checks")), json!({"days": days, "outcome": "Two wards take part."}));
        checked(&bob, 30).must(403);
        let done = checked(&ada, 30).must(200).json();
        assert_eq!((states(&done)[0].2.as_str(), &done["checks"][0]["outcome"]), ("done", &json!("Two wards take part.")));
        checked(&organizer, 30).must(409);
        assert_eq!(faults(&checked(&organizer, 31).must(422).json()), [("/days".to_owned(), "value.unknown".to_owned())]);
        world.patch(&bob, &event.path(&path), json!({"title": "T"})).must(403);
        assert_eq!(faults(&world.patch(&ada, &event.path(&path), json!({"next_gate": null})).must(422).json()), [("/next_gate".to_owned(), "field.missing".to_owned())]);
        world.delete(&ada, &event.path(&path)).must(403);
        world.delete(&organizer, &event.path(&path)).must(204);
    }
}
