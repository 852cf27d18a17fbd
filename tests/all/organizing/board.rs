//! The board and the burn-up.

use serde_json::{Value, json};

use super::{Work, report};
use crate::on_both;
use crate::support::{Joined, faults, text};

/// How a team stands in a sprint.
fn cell<'b>(board: &'b Value, team: &str, sprint: usize) -> &'b Value {
    let line = board["teams"].as_array().unwrap().iter().find(|line| line["team"]["slug"] == team).expect("the team");
    &line["sprints"][sprint - 1]
}

on_both! {
    fn the_board_tells_how_each_team_stands_in_each_sprint(world) {
        let work = Work::begin(world);
        work.event.make("teams", json!({"slug": "empty", "name": "Empty"}));
        let post = |who: &Joined, path: &str, body: Value| world.post(&who.person, &work.event.path(path), body).must(201);
        post(&work.ada, "sprints/1/scope-changes", json!({"hours_planned": 31, "why": "W"}));
        post(&work.ada, &format!("members/{}/absences", work.ada.id), json!({"starts_on": "2024-11-07", "ends_on": "2024-11-11"}));
        post(&work.ada, "questions", json!({"title": "Why?"}));
        let mut given = report(20, 2.5);
        given["blockers"] = json!([{"text": "A package"}]);
        work.check_in(&work.bob, 1, given);
        let board = work.event.read("sprints/board");
        let red = cell(&board, "red", 1);
        // Ada offers 7 h a week and is away on two of five days, Bob offers 14 h: 3 + 10 hours.
        assert_eq!((&red["hours_offered"], &red["hours_planned"], &red["hours_spent"]), (&json!(13.0), &json!(31.0), &json!(2.5)));
        assert_eq!((&red["status"], &red["progress_percent"], &red["confidence"]), (&json!("reported"), &json!(20), &json!(4)));
        assert_eq!((&red["open_questions"], &red["blockers"], &red["late"]), (&json!(1), &json!(1), &json!(false)));
        let next = cell(&board, "red", 2);
        assert_eq!((&next["status"], &next["hours_offered"], &next["hours_planned"]), (&json!("planned"), &json!(14.0), &json!(null)));
        assert_eq!(cell(&board, "blue", 1)["status"], "under_way");
        assert_eq!(board["owed"], json!([]));
        let work = work.later(4);
        let board = work.event.read("sprints/board");
        assert_eq!((&cell(&board, "blue", 1)["status"], &cell(&board, "blue", 1)["late"]), (&json!("owed"), &json!(true)));
        let owed: Vec<String> = board["owed"].as_array().unwrap().iter().map(|one| text(&one["team"]["slug"])).collect();
        assert_eq!(owed, ["blue"], "a team that nobody builds in owes nothing, as nobody is reminded of it");
        assert_eq!(board["owed"][0]["was_due_on"], "2024-11-08");
        work.check_in(&work.cleo, 1, report(5, 1.0));
        assert_eq!(cell(&work.event.read("sprints/board"), "blue", 1)["status"], "reported_late");
    }

    fn a_check_in_is_due_on_the_last_day(world) {
        let work = Work::begin(world).later(3);
        assert_eq!(cell(&work.event.read("sprints/board"), "red", 1)["status"], "due");
    }

    fn everybody_sees_their_own_part_of_the_board(world) {
        let work = Work::begin(world);
        let seen = |who: &Joined| -> Vec<String> {
            let board = world.get(&who.person, &work.event.path("sprints/board")).must(200).json();
            board["teams"].as_array().unwrap().iter().map(|line| text(&line["team"]["slug"])).collect()
        };
        assert_eq!((seen(&work.ada), seen(&work.mentor), seen(&work.cleo)), (vec!["red".into()], vec!["red".into()], vec!["blue".to_owned()]));
        world.get(&work.responder.person, &work.event.path("sprints/board")).must(403);
        let theirs = world.get(&work.cleo.person, &work.event.path("sprints/burn-up?team=red")).must(422).json();
        assert_eq!(faults(&theirs), [("/team".to_owned(), "team.foreign".to_owned())]);
    }

    fn the_burn_up_keeps_what_was_planned_and_reported_on_each_day(world) {
        let work = Work::begin(world);
        world.post(&work.ada.person, &work.event.path("sprints/1/scope-changes"), json!({"hours_planned": 10, "why": "W"})).must(201);
        let made = work.check_in(&work.ada, 1, report(20, 2.0));
        let work = work.later(1);
        world.post(&work.ada.person, &work.event.path("sprints/1/scope-changes"), json!({"hours_planned": 16, "why": "W"})).must(201);
        let path = work.event.path(&format!("sprints/1/check-ins/{}", text(&made["id"])));
        world.patch(&work.ada.person, &path, json!({"progress_percent": 60, "hours_spent": 7})).must(200);
        let drawn = world.get(&work.ada.person, &work.event.path("sprints/burn-up?team=red")).must(200).json();
        let day = |on: &str, offered: f64, planned: f64, spent: f64, progress: f64| {
            json!({"on": format!("2024-11-{on}"), "hours_offered": offered, "hours_planned": planned, "hours_spent": spent, "progress_percent": progress})
        };
        assert_eq!(drawn["days"], json!([day("04", 3.0, 0.0, 0.0, 0.0), day("05", 6.0, 10.0, 2.0, 10.0), day("06", 9.0, 16.0, 7.0, 30.0)]));
        let whole = work.event.read("sprints/burn-up")["days"][2].clone();
        assert_eq!((&whole["hours_planned"], &whole["progress_percent"]), (&json!(16.0), &json!(15.0)), "blue has reported nothing yet");
    }
}
