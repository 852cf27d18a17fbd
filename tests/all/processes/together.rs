//! Two processes on one PostgreSQL.

use std::time::Duration;

use serde_json::{Value, json};

use super::{QUESTIONS, Site};
use crate::commands::Place;
use crate::support::{Ear, rounds};

/// Those who race.
const RACERS: [&str; 5] = ["planner", "chief", "dev1", "dev2", "mentor1"];

fn two() -> (Site, crate::commands::Server, crate::commands::Server) {
    let [_, place] = Place::each();
    let site = Site::filled(place);
    let first = site.serve();
    let second = site.beside();
    (site, first, second)
}

#[test]
fn c1_one_of_sixteen_wins_across_two_processes() {
    let (site, first, second) = two();
    let ada = site.caller(&first, "ada");
    let racers = RACERS.map(|who| site.caller(&first, who));
    for round in 0..rounds(10, 200) {
        let asked = ada.ask(&format!("Who gets round {round}?")).expect("an answer");
        assert_eq!(asked.status, 201, "{asked:?}");
        let path = format!("{QUESTIONS}/{}/claim", asked.body["id"].as_str().unwrap());
        let barrier = std::sync::Barrier::new(16);
        let told: Vec<_> = std::thread::scope(|scope| {
            let claim = |place: usize| {
                let node = if place.is_multiple_of(2) { &first } else { &second };
                let (caller, barrier, path) = (racers[place % racers.len()].at(node), &barrier, &path);
                scope.spawn(move || {
                    barrier.wait();
                    caller.call("POST", path, None).expect("an answer")
                })
            };
            let running: Vec<_> = (0..16).map(claim).collect();
            running.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let won: Vec<&Value> = told.iter().filter(|one| one.status == 200).map(|one| &one.body["assignee"]).collect();
        assert_eq!(won.len(), 1, "{told:?}");
        for lost in told.iter().filter(|one| one.status != 200) {
            let yours = lost.body["detail"] == "You have claimed this question already.";
            assert!(lost.status == 409 && (yours || lost.body["assignee"] == *won[0]), "{lost:?}");
        }
        let events = ada.get(&format!("{}/events", path.trim_end_matches("/claim")));
        let kinds = events["items"].as_array().unwrap().iter().map(|event| &event["kind"]);
        let kinds: Vec<&Value> = kinds.filter(|kind| **kind != "no_one_on_duty").collect();
        assert_eq!(json!(kinds), json!(["asked", "routed", "claimed"]));
    }
    drop((first, second));
    assert_eq!(site.sound().len(), rounds(10, 200));
}

#[test]
fn what_happens_at_one_process_is_heard_at_the_other_without_a_gap() {
    let (site, first, second) = two();
    let (ada, dev1) = (site.caller(&first, "ada"), site.caller(&second, "dev1"));
    let planner = site.caller(&first, "planner");
    let mut ears = [&first, &second].map(|node| Ear::at(&node.address, &planner.token, "h1", None));
    for n in 0..5 {
        let asked = ada.ask(&format!("Do you hear {n}?")).expect("an answer").body;
        let path = format!("{QUESTIONS}/{}", asked["id"].as_str().unwrap());
        assert_eq!(dev1.call("POST", &format!("{path}/claim"), None).expect("an answer").status, 200);
        let answer = dev1.call("POST", &format!("{path}/answers"), Some(json!({"body": "Yes."})));
        assert_eq!(answer.expect("an answer").status, 201);
    }
    for ear in &mut ears {
        let (mut ids, mut kinds) = (Vec::new(), Vec::new());
        while kinds.iter().filter(|kind| *kind == "answered").count() < 5 {
            let block = ear.hear();
            ids.push(block.id.parse::<usize>().unwrap());
            // Whether anybody is on duty depends on when this runs.
            kinds.extend(Some(block.event).filter(|kind| kind != "no_one_on_duty"));
        }
        assert_eq!(ids, (1..=ids.len()).collect::<Vec<usize>>());
        assert_eq!(kinds, ["asked", "routed", "claimed", "answered"].repeat(5));
        assert_eq!(ear.next(Duration::from_millis(300)), None);
    }
}
