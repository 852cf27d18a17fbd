//! Streams: what happens is heard at once, by those who may, without a gap.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use serde_json::json;
use signpost::outbox;

use super::dispatched;
use crate::on_both;
use crate::questions::scene::{Scene, text};
use crate::support::{Ear, On, World};

/// Time in which something that was told would have been heard.
const SOON: Duration = Duration::from_millis(300);

fn ear(scene: &Scene, who: &str) -> Ear {
    Ear::open(scene.world, scene.who(who), "h1", None)
}

on_both! {
    fn what_happens_is_heard_by_those_who_may_see_it(world) {
        let scene = Scene::open(world);
        let [mut planner, mut ada, mut cleo] = ["planner", "ada", "cleo"].map(|who| ear(&scene, who));
        let secret = scene.ask("ada", json!({"title": "Ours alone", "topic": "etl", "visibility": "team"}));
        let secret = text(&secret["id"]);
        let first = planner.hear();
        assert_eq!((first.event.as_str(), first.id.as_str(), &first.data["question"]), ("asked", "1", &json!(secret)));
        assert_eq!(first.data, json!({
            "question": secret, "number": 1, "seq": 1, "kind": "asked", "state": "open", "actor": "person",
            "member": scene.member("ada"), "guest": null, "at": "2024-11-05T14:30:00Z"
        }));
        assert_eq!(planner.kinds(1), ["routed"]);
        assert_eq!(ada.kinds(2), ["asked", "routed"]);
        scene.verb_with("dev1", &secret, "notes", json!({"body": "Between us."})).must(201);
        scene.verb_with("dev1", &secret, "answers", json!({"body": "Like this."})).must(201);
        assert_eq!(planner.kinds(2), ["noted", "answered"]);
        assert_eq!(ada.kinds(1), ["answered"], "who asks reads no internal notes");
        let open = scene.on_etl();
        let heard = cleo.hear();
        assert_eq!(&heard.data["question"], &json!(open), "another team hears of what it may see and of nothing else");
        assert!(!format!("{heard:?}").contains("pipeline"), "{heard:?}");
    }

    fn a3_outsiders_and_observers_have_no_stream(world) {
        let scene = Scene::open(world);
        let path = "/v1/hackathons/h1/events";
        world.get(&world.person("stranger"), path).must(404);
        scene.get("watcher", path).must(403);
        world.call("GET", path).send().must(401);
        world.call("GET", path).by(scene.who("ada")).header("Last-Event-ID", "x").send().must(200);
        assert_eq!(world.call("HEAD", path).by(scene.who("ada")).send().must(200).body, b"");
    }

    fn a6_who_may_not_see_it_any_more_hears_nothing_within_five_seconds(world) {
        let scene = Scene::open(world);
        let five = Duration::from_secs(5);
        let [mut bob, mut cleo, mut ada, mut judge] = ["bob", "cleo", "ada", "judge"].map(|who| ear(&scene, who));
        let member = |who: &str| format!("/v1/hackathons/h1/members/{}", scene.member(who));
        world.patch(scene.who("planner"), &member("bob"), json!({"suspended": true})).must(200);
        world.delete(scene.who("cleo"), &format!("/v1/me/sessions/{}", scene.who("cleo").session)).must(204);
        world.patch(scene.who("planner"), &member("judge"), json!({"roles": ["observer"]})).must(200);
        scene.on_etl();
        assert_eq!((bob.next(SOON), judge.next(SOON)), (None, None));
        assert!(bob.ends(five) && cleo.ends(five) && judge.ends(five));
        assert_eq!(ada.kinds(1), ["asked"], "the others go on hearing");
    }

    fn a_token_that_expires_ends_its_stream(world) {
        let scene = Scene::open(world);
        let mut ada = ear(&scene, "ada");
        world.later(chrono::TimeDelta::minutes(20));
        assert!(ada.ends(Duration::from_secs(5)));
    }

    fn a_stream_goes_on_where_it_was_cut_off_while_others_write(world) {
        let scene = Scene::open(world);
        let (threads, each) = (4, 8);
        let mut heard: Vec<u64> = Vec::new();
        std::thread::scope(|scope| {
            for writer in ["ada", "bob", "cleo", "dev1"].into_iter().take(threads) {
                let scene = &scene;
                scope.spawn(move || (0..each).for_each(|n| drop(scene.ask(writer, json!({"title": format!("{writer} {n}"), "topic": "etl"})))));
            }
            let until = Instant::now() + Duration::from_secs(20);
            let mut last = "0".to_owned();
            while heard.len() < threads * each * 2 && Instant::now() < until {
                let mut ear = Ear::open(world, scene.who("planner"), "h1", Some(&last));
                for _ in 0..5 {
                    let Some(block) = ear.next(SOON) else { break };
                    heard.push(block.id.parse().unwrap());
                    last = block.id;
                }
            }
        });
        assert_eq!(heard, (1..=64).collect::<Vec<u64>>());
    }

    fn what_is_kept_no_more_begins_anew(world) {
        let scene = Scene::open(world);
        scene.on_etl();
        for strange in ["99", "x", "-1", "1e3"] {
            let mut ear = Ear::open(world, scene.who("ada"), "h1", Some(strange));
            let reset = ear.hear();
            assert_eq!((reset.event.as_str(), reset.id.as_str()), ("reset", "2"), "{strange}");
        }
        assert_eq!(Ear::open(world, scene.who("ada"), "h1", Some("1")).kinds(1), ["routed"]);
        dispatched(world);
        let scene = scene.later(chrono::TimeDelta::days(8));
        world.db.write_now(outbox::tidy).unwrap();
        assert_eq!(Ear::open(world, scene.who("ada"), "h1", Some("1")).hear().event, "reset");
        let mut at_the_end = Ear::open(world, scene.who("ada"), "h1", Some("2"));
        scene.on_etl();
        assert_eq!(at_the_end.hear().id, "3", "positions go on after what was dropped");
    }

    fn d6_streams_end_when_the_server_stops(world) {
        let scene = Scene::open(world);
        let mut ada = ear(&scene, "ada");
        world.streams.close();
        assert!(ada.ends(Duration::from_secs(3)));
    }

    fn a_stream_is_not_held_back_by_compression_or_buffers(world) {
        let scene = Scene::open(world);
        let mut ada = ear(&scene, "ada");
        let head = ada.head.clone();
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        assert!(!head.contains("gzip") && head.contains("x-accel-buffering: no") && head.contains("no-store"), "{head}");
        let since = Instant::now();
        scene.on_etl();
        ada.hear();
        assert!(since.elapsed() < Duration::from_secs(3));
    }

    fn nobody_opens_streams_without_end(world) {
        let scene = Scene::open(world);
        let mut ears: Vec<Ear> = (0..100).map(|_| ear(&scene, "ada")).collect();
        scene.get("ada", "/v1/hackathons/h1/events").must(429);
        scene.get("bob", "/v1/hackathons/h1/events").must(200);
        let scene = scene.later(chrono::TimeDelta::minutes(20));
        assert!(ears.iter_mut().all(|ear| ear.ends(Duration::from_secs(5))));
        scene.get("ada", "/v1/hackathons/h1/events").must(200);
    }

    fn l3_a_thousand_idle_listeners_are_cheap_and_nobody_is_starved(world) {
        let scene = Scene::open(world);
        let people = ["planner", "boss", "chief", "dev1", "dev2", "ops1", "data1", "mentor1", "mentor2", "ada", "bob", "cleo"];
        // What the first ones bring with them once, such as the room, is there already.
        let mut ears: Vec<Ear> = people.iter().map(|who| ear(&scene, who)).collect();
        let before = resident();
        ears.extend((0..988).map(|n| ear(&scene, people[n % people.len()])));
        let grown = resident().saturating_sub(before);
        assert!(grown < 100 << 20, "{} MiB for 988 listeners, both ends counted", grown >> 20);
        let since = Instant::now();
        let question = scene.on_etl();
        for ear in &mut ears {
            assert_eq!(ear.hear().data["question"], json!(question));
        }
        assert!(since.elapsed() < Duration::from_secs(10), "the last heard it after {:?}", since.elapsed());
        let since = Instant::now();
        scene.get("ada", "/v1/hackathons/h1/who-to-ask?topic=etl").must(200);
        assert!(since.elapsed() < Duration::from_secs(1), "others waited {:?}", since.elapsed());
    }
}

/// The memory of this process, in bytes.
fn resident() -> u64 {
    let pages: u64 = std::fs::read_to_string("/proc/self/statm").unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}

#[test]
fn two_nodes_on_one_postgresql_hear_each_other() {
    let here = World::new(On::Postgres);
    let scene = Scene::open(&here);
    let there = here.beside();
    there.db.listen().unwrap();
    let mut ear = Ear::open(&there, scene.who("planner"), "h1", None);
    // The listening begins with a connection of its own.
    scene.on_etl();
    assert_eq!(ear.kinds(2), ["asked", "routed"]);
    let since = Instant::now();
    scene.on_etl();
    assert_eq!(ear.kinds(2), ["asked", "routed"]);
    assert!(since.elapsed() < Duration::from_secs(2), "{:?}", since.elapsed());
    let ids: BTreeSet<String> = [ear.last].into_iter().collect();
    assert_eq!(ids, BTreeSet::from(["4".to_owned()]));
}
