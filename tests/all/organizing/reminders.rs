//! Reminders: who owes a check-in, and who has not read the brief, is told once.

use serde_json::{Value, json};
use signpost::notification::remind::remind;
use signpost::reminder;

use super::{Work, report};
use crate::on_both;
use crate::support::{Joined, World, eventually};

/// What somebody was reminded of, the oldest first: kind, step, whether it was settled.
fn reminded(world: &World, who: &Joined) -> Vec<(Value, Value, Value)> {
    let page = world.get(&who.person, "/v1/me/notifications?limit=100").must(200).json();
    let items = page["items"].as_array().unwrap().iter().rev();
    let reminders = items.filter(|item| !item["reminder"].is_null()).map(|item| &item["reminder"]);
    reminders.map(|one| (one["kind"].clone(), one["step"].clone(), one["settled"].clone())).collect()
}

/// Reminds of what is due, as the server's own clockwork does.
fn round(world: &World) {
    for due in world.db.read_now(reminder::due).unwrap() {
        world.db.write_now(move |tx| remind(tx, &due, true)).unwrap();
    }
}

fn one(kind: &str, step: &str, settled: bool) -> (Value, Value, Value) {
    (json!(kind), json!(step), json!(settled))
}

on_both! {
    fn a_team_that_owes_a_check_in_is_reminded_once_when_it_is_due_and_once_when_it_is_late(world) {
        let work = Work::begin(world);
        round(world);
        assert_eq!(reminded(world, &work.ada), []);
        // Before it is due: the server reminds by itself as soon as the day has come.
        work.check_in(&work.cleo, 1, report(10, 1.0));
        let work = work.later(3);
        round(world);
        round(world);
        assert_eq!(reminded(world, &work.ada), [one("check_in", "due", false)]);
        assert_eq!(reminded(world, &work.bob), [one("check_in", "due", false)]);
        assert_eq!((reminded(world, &work.cleo), reminded(world, &work.mentor)), (vec![], vec![]));
        let work = work.later(1);
        round(world);
        assert_eq!(reminded(world, &work.ada), [one("check_in", "due", false), one("check_in", "late", false)]);
        work.check_in(&work.ada, 1, report(10, 1.0));
        assert_eq!(reminded(world, &work.ada), [one("check_in", "due", true), one("check_in", "late", true)]);
        let item = world.get(&work.ada.person, "/v1/me/notifications?limit=1").json()["items"][0].clone();
        assert_eq!(item["text"]["en"], "red owes its check-in for sprint 1, which ended on 2024-11-08.");
        assert_eq!((&item["reason"], &item["question"], &item["kind"]), (&json!("owes"), &json!(null), &json!("reminder")));
    }

    fn of_many_servers_one_reminds(world) {
        let work = Work::begin(world).later(3);
        let beside = world.beside();
        let due = world.db.read_now(reminder::due).unwrap();
        std::thread::scope(|scope| {
            for db in [&world.db, &beside.db, &world.db, &beside.db] {
                let due = due.clone();
                scope.spawn(move || due.into_iter().for_each(|due| drop(db.write_now(move |tx| remind(tx, &due, true)))));
            }
        });
        assert_eq!(reminded(world, &work.ada), [one("check_in", "due", false)]);
        assert_eq!(reminded(world, &work.cleo), [one("check_in", "due", false)]);
    }

    fn the_server_reminds_by_itself_and_by_mail(world) {
        let work = Work::begin(world);
        world.patch(&work.ada.person, "/v1/me/notifications/preferences", json!({"email": "each"})).must(200);
        let work = work.later(3);
        eventually("a reminder", || (!reminded(world, &work.ada).is_empty()).then_some(()));
        let letter = eventually("a letter", || world.mailer.kept().into_iter().find(|letter| letter.contains("ada@example.org")));
        assert!(letter.contains("Subject: Check-in of red, sprint 1"), "{letter}");
    }

    fn what_was_missed_long_ago_and_closed_sprints_are_let_rest(world) {
        let work = Work::begin(world);
        world.post(&work.event.organizer, &work.event.path("sprints/1/close"), json!({"summary": "S"})).must(200);
        let work = work.later(4);
        round(world);
        assert_eq!(reminded(world, &work.ada), []);
        let work = work.later(20);
        round(world);
        assert_eq!(reminded(world, &work.ada), [], "sprint 2 ended nine days ago");
    }

    fn what_concerns_nobody_is_not_found_due(world) {
        let work = Work::begin(world);
        world.put(&work.event.organizer, &work.event.path("brief"), json!({"ambition": "poc"})).must(201);
        for reader in [&work.ada, &work.bob, &work.cleo] {
            world.post(&reader.person, &work.event.path("brief/acknowledgements"), json!({})).must(201);
        }
        let work = work.later(1);
        assert_eq!(world.db.read_now(reminder::due).unwrap(), [], "everybody has read it");
        let late = work.event.join("late", &["participant"]);
        let due = world.db.read_now(reminder::due).unwrap();
        // The server may have told it already.
        assert!(due.len() == 1 || reminded(world, &late) == [one("brief", "due", false)], "{due:?}");
    }

    fn who_has_not_read_the_brief_is_reminded(world) {
        let work = Work::begin(world);
        world.put(&work.event.organizer, &work.event.path("brief"), json!({"ambition": "poc"})).must(201);
        world.post(&work.ada.person, &work.event.path("brief/acknowledgements"), json!({})).must(201);
        round(world);
        assert_eq!(reminded(world, &work.bob), [], "it may be read in peace");
        let work = work.later(1);
        round(world);
        round(world);
        assert_eq!((reminded(world, &work.bob), reminded(world, &work.ada)), (vec![one("brief", "due", false)], vec![]));
        world.post(&work.bob.person, &work.event.path("brief/acknowledgements"), json!({})).must(201);
        assert_eq!(reminded(world, &work.bob), [one("brief", "due", true)]);
    }
}
