//! Check-ins, what changes in a sprint, and its end.

use serde_json::{Value, json};

use super::{Work, report};
use crate::on_both;
use crate::support::{Joined, faults, text};

fn fault(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

on_both! {
    fn a_team_checks_in_once_for_a_sprint_and_may_change_it(world) {
        let work = Work::begin(world);
        let event = &work.event;
        let made = work.check_in(&work.ada, 1, report(20, 2.5));
        assert_eq!((&made["team"]["slug"], &made["hours_spent"], &made["late"]), (&json!("red"), &json!(2.5), &json!(false)));
        assert_eq!((&made["by"]["display_name"], &made["sprint"]), (&json!("ada"), &json!(1)));
        world.post(&work.bob.person, &event.path("sprints/1/check-ins"), report(30, 3.0)).must(409);
        let path = event.path(&format!("sprints/1/check-ins/{}", text(&made["id"])));
        let before = world.get(&work.bob.person, &path).must(200);
        let change = |tag: &str| world.call("PATCH", &path).by(&work.bob.person).header("If-Match", tag).json(json!({"progress_percent": 40})).send();
        let changed = change(&before.etag()).must(200);
        assert_eq!((&changed.json()["progress_percent"], &changed.json()["by"]["display_name"]), (&json!(40), &json!("bob")));
        change(&before.etag()).must(412);
        assert_eq!(change(&changed.etag()).must(200).etag(), changed.etag(), "who says the same changes nothing");
        world.get(&event.organizer, &event.path(&format!("sprints/2/check-ins/{}", text(&made["id"])))).must(404);
    }

    fn what_is_wrong_with_a_check_in_is_told_with_its_place(world) {
        let work = Work::begin(world);
        let told = |who: &Joined, body: Value| faults(&world.post(&who.person, &work.event.path("sprints/1/check-ins"), body).must(422).json());
        let wrong = json!({"progress_percent": 101, "hours_spent": 1, "confidence": 0, "summary": "S"});
        assert_eq!(told(&work.ada, wrong), [fault("/progress_percent", "number.range"), fault("/confidence", "number.range")]);
        assert_eq!(told(&work.ada, report(1, -1.0)), [fault("/hours_spent", "hours.range")]);
        let mut blocked = report(1, 1.0);
        blocked["blockers"] = json!([{"text": "A"}, {"text": "B", "question": "7"}]);
        assert_eq!(told(&work.ada, blocked), [fault("/blockers/1/question", "question.unknown")]);
        let mut foreign = report(1, 1.0);
        foreign["team"] = json!("blue");
        assert_eq!(told(&work.ada, foreign), [fault("/team", "team.foreign")]);
        let mut strange = report(1, 1.0);
        strange["late"] = json!(false);
        assert_eq!(told(&work.ada, strange), [fault("/late", "field.unknown")]);
        world.post(&work.ada.person, &work.event.path("sprints/2/check-ins"), report(1, 1.0)).must(409);
        assert_eq!(work.event.read("sprints/1/check-ins")["items"], json!([]), "nothing was kept");
    }

    fn a_blocker_names_a_question_that_the_team_may_see(world) {
        let work = Work::begin(world);
        let ask = |who: &Joined, visibility: &str| {
            let body = json!({"title": "Why?", "visibility": visibility});
            world.post(&who.person, &work.event.path("questions"), body).must(201).json()
        };
        let (own, theirs) = (ask(&work.ada, "team"), ask(&work.cleo, "team"));
        let with = |question: &Value| json!({"progress_percent": 1, "hours_spent": 1, "confidence": 2, "summary": "S", "blockers": [{"text": "Waiting", "question": question}]});
        let refused = world.post(&work.ada.person, &work.event.path("sprints/1/check-ins"), with(&theirs["id"])).must(422).json();
        assert_eq!(faults(&refused), [fault("/blockers/0/question", "question.unknown")]);
        let made = work.check_in(&work.ada, 1, with(&json!(own["number"].to_string())));
        assert_eq!(made["blockers"], json!([{"text": "Waiting", "question": own["id"]}]));
        let path = work.event.path(&format!("sprints/1/check-ins/{}", text(&made["id"])));
        let cleared = world.patch(&work.ada.person, &path, json!({"blockers": []})).must(200).json();
        assert_eq!(cleared["blockers"], json!([]));
    }

    fn check_ins_are_seen_by_the_team_its_mentors_and_organizers(world) {
        let work = Work::begin(world);
        let made = work.check_in(&work.ada, 1, report(20, 2.5));
        let blue = work.check_in(&work.cleo, 1, report(10, 1.0));
        let path = work.event.path(&format!("sprints/1/check-ins/{}", text(&made["id"])));
        let list = work.event.path("sprints/1/check-ins");
        let seen = |who: &Joined| -> Vec<Value> {
            let page = world.get(&who.person, &list).must(200).json();
            page["items"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect()
        };
        assert_eq!((seen(&work.bob), seen(&work.mentor)), (vec![made["id"].clone()], vec![made["id"].clone()]));
        assert_eq!(seen(&work.cleo), [blue["id"].clone()]);
        assert_eq!(work.event.read("sprints/1/check-ins?limit=1")["items"][0]["id"], made["id"]);
        world.get(&work.mentor.person, &path).must(200);
        world.patch(&work.mentor.person, &path, json!({"progress_percent": 1})).must(403);
        world.get(&work.cleo.person, &path).must(404);
        world.patch(&work.cleo.person, &path, json!({"progress_percent": 1})).must(404);
        world.get(&work.responder.person, &list).must(403);
        world.get(&work.responder.person, &path).must(404);
        world.post(&work.mentor.person, &list, report(1, 1.0)).must(403);
    }

    fn a_repeated_check_in_is_given_once(world) {
        let work = Work::begin(world);
        let send = || world.call("POST", &work.event.path("sprints/1/check-ins")).by(&work.ada.person).header("Idempotency-Key", "one").json(report(20, 2.5)).send().must(201);
        let (first, again) = (send(), send());
        assert_eq!(first.json(), again.json());
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
    }

    fn what_a_team_plans_is_kept_with_who_when_and_why(world) {
        let work = Work::begin(world);
        let path = work.event.path("sprints/2/scope-changes");
        let plan = |who: &Joined, body: Value| world.post(&who.person, &path, body);
        let first = plan(&work.ada, json!({"hours_planned": 18})).must(201).json();
        assert_eq!((&first["kind"], &first["team"]["slug"], &first["why"]), (&json!("hours"), &json!("red"), &json!(null)));
        assert_eq!(first["what"]["en"], "The team plans 18 h.");
        plan(&work.cleo, json!({"hours_planned": 4})).must(201);
        let work = work.later(7);
        let plan = |who: &Joined, body: Value| world.post(&who.person, &path, body);
        assert_eq!(faults(&plan(&work.bob, json!({"hours_planned": 31})).must(422).json()), [fault("/why", "why.missing")]);
        assert_eq!(faults(&plan(&work.bob, json!({"why": "W"})).must(422).json()), [fault("/what", "what.missing")]);
        let grown = plan(&work.bob, json!({"hours_planned": 31, "why": "A second data set."})).must(201).json();
        assert_eq!(grown["what"]["en"], "The team plans 31 h; before it was 18 h.");
        assert_eq!((&grown["by"]["display_name"], &grown["at"]), (&json!("bob"), &json!("2024-11-12T14:30:00Z")));
        plan(&work.ada, json!({"what": "The dashboard is left out.", "why": "No time."})).must(201);
        plan(&work.mentor, json!({"what": "X", "why": "W"})).must(403);
        assert_eq!(faults(&world.post(&work.event.organizer, &path, json!({"hours_planned": 1, "why": "W"})).must(422).json()), [fault("/team", "team.missing")]);
        let whole = world.post(&work.event.organizer, &path, json!({"what": "The venue is closed on Friday.", "why": "A strike."})).must(201).json();
        assert_eq!(whole["team"], json!(null));
        let kinds = |who: &Joined| -> Vec<String> {
            let page = world.get(&who.person, &path).must(200).json();
            page["items"].as_array().unwrap().iter().map(|one| text(&one["kind"])).collect()
        };
        assert_eq!(kinds(&work.mentor), ["hours", "hours", "words", "words"]);
        assert_eq!(kinds(&work.cleo), ["hours", "words"]);
    }

    fn a_changed_goal_is_a_change_of_scope(world) {
        let work = Work::begin(world);
        let path = work.event.path("sprints/2");
        world.patch(&work.event.organizer, &path, json!({"goal": "Two pipelines", "why": "One is not enough."})).must(200);
        world.patch(&work.event.organizer, &path, json!({"ends_on": "2024-11-16"})).must(200);
        world.patch(&work.event.organizer, &path, json!({"goal": "Two pipelines"})).must(200);
        let page = work.event.read("sprints/2/scope-changes");
        let told: Vec<_> = page["items"].as_array().unwrap().iter().map(|one| (text(&one["kind"]), text(&one["what"]["en"]), one["why"].clone())).collect();
        assert_eq!(told, [
            ("goal".into(), "Two pipelines".into(), json!("One is not enough.")),
            ("dates".into(), "It lasts from 2024-11-11 to 2024-11-16; before it was from 2024-11-11 to 2024-11-15.".into(), json!(null)),
        ]);
    }

    fn a_closed_sprint_tells_who_owes_and_stays_as_it_is(world) {
        let work = Work::begin(world);
        let made = work.check_in(&work.ada, 1, report(80, 9.0));
        let work = work.later(4);
        let (event, check_in) = (&work.event, work.event.path(&format!("sprints/1/check-ins/{}", text(&made["id"]))));
        world.post(&work.ada.person, &event.path("sprints/1/close"), json!({"summary": "S"})).must(403);
        let closed = world.post(&event.organizer, &event.path("sprints/1/close"), json!({"summary": "A topic for each team"})).must(200);
        assert_eq!(closed.json()["owed"].as_array().unwrap().iter().map(|team| text(&team["slug"])).collect::<Vec<_>>(), ["blue"]);
        let sprint = event.read("sprints/1");
        assert_eq!((&sprint["closed_at"], &sprint["summary"]), (&json!("2024-11-09T14:30:00Z"), &json!({"en": "A topic for each team"})));
        assert_eq!(closed.json()["sprint"], sprint);
        world.post(&event.organizer, &event.path("sprints/1/close"), json!({"summary": "S"})).must(409);
        world.patch(&work.ada.person, &check_in, json!({"progress_percent": 99})).must(409);
        world.patch(&event.organizer, &event.path("sprints/1"), json!({"goal": "Another"})).must(409);
        world.post(&work.ada.person, &event.path("sprints/1/scope-changes"), json!({"hours_planned": 1, "why": "W"})).must(409);
        let late = work.check_in(&work.cleo, 1, report(10, 1.0));
        assert_eq!(late["late"], true, "what is owed can still be given");
        let open = world.patch(&event.organizer, &event.path("sprints/1"), json!({"closed": false})).must(200).json();
        assert_eq!((&open["closed_at"], &open["summary"]["en"]), (&json!(null), &json!("A topic for each team")));
        world.patch(&work.ada.person, &check_in, json!({"progress_percent": 99})).must(200);
        let kinds: Vec<_> = event.read("sprints/1/scope-changes")["items"].as_array().unwrap().iter().map(|one| text(&one["kind"])).collect();
        assert_eq!(kinds, ["closed", "reopened"]);
        world.patch(&event.organizer, &event.path("sprints/1"), json!({"closed": true})).must(422);
    }

    fn what_teams_reported_is_not_removed_by_the_way(world) {
        let work = Work::begin(world);
        work.check_in(&work.cleo, 1, report(10, 1.0));
        for path in ["sprints/1", "teams/blue"] {
            world.delete(&work.event.organizer, &work.event.path(path)).must(409);
        }
        world.delete(&work.event.organizer, &work.event.path("sprints/2")).must(204);
        world.delete(&work.event.organizer, "/v1/hackathons/h1?confirm=h1").must(204);
        world.get(&work.event.organizer, &work.event.path("sprints/board")).must(404);
    }
}
