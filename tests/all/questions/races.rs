//! Races: exactly one wins, whatever meets ends as if one had come after the other, and a retry is harmless.

use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use super::Scene;
use super::scene::{QUESTIONS, id, text};
use crate::on_both;
use crate::support::{On, Reply, World, rounds};

/// The people who may claim a question on pipelines, and who race for it.
const RACERS: [&str; 7] = ["planner", "boss", "chief", "dev1", "dev2", "mentor1", "mentor2"];

/// Does everything at once, and gives back what was answered in the order of the work.
fn at_once<T: Send>(work: Vec<impl FnOnce() -> T + Send>) -> Vec<T> {
    let start = Barrier::new(work.len());
    thread::scope(|scope| {
        let begin = |deed| {
            let start = &start;
            scope.spawn(move || {
                start.wait();
                let deed: Box<dyn FnOnce() -> T + Send> = Box::new(deed);
                deed()
            })
        };
        let running: Vec<_> = work.into_iter().map(begin).collect();
        running.into_iter().map(|one| one.join().expect("no panic")).collect()
    })
}

/// 16 claim one question, on all of these servers; again and again.
fn sixteen_claim(scene: &Scene, servers: &[&World]) {
    for _ in 0..rounds(20, 200) {
        let question = scene.on_etl();
        let path = format!("{QUESTIONS}/{question}/claim");
        let claim = |place: usize| {
            let (server, who, path) = (servers[place % servers.len()], scene.who(RACERS[place % RACERS.len()]), &path);
            move || server.call("POST", path).by(who).send()
        };
        let replies = at_once((0..16).map(claim).collect());
        let (won, lost): (Vec<&Reply>, Vec<&Reply>) = replies.iter().partition(|reply| reply.status == 200);
        assert_eq!((won.len(), lost.len()), (1, 15), "{replies:?}");
        let winner = text(&won[0].json()["assignee"]["display_name"]);
        for reply in lost {
            let yours = reply.text().contains("You have claimed this question already.");
            let named = reply.status == 409 && reply.json()["assignee"]["display_name"] == json!(winner);
            assert!(reply.status == 409 && (named || yours), "{}", reply.text());
        }
        assert_eq!(scene.kinds(&question), ["asked", "routed", "claimed"]);
    }
}

#[test]
fn c1_one_of_sixteen_wins_on_two_servers() {
    let world = World::new(On::Postgres);
    let scene = Scene::open(&world);
    let second = world.beside();
    sixteen_claim(&scene, &[&world, &second]);
}

/// What can meet: who does it, the verb, the body; a hand-off's verbs go to the offer.
fn deeds(scene: &Scene) -> Vec<(&'static str, &'static str, Value)> {
    vec![
        ("dev2", "claim", json!({})),
        ("dev1", "release", json!({})),
        ("chief", "take-over", json!({})),
        ("mentor1", "reassign", json!({"to": scene.member("dev2")})),
        ("dev1", "wait", json!({})),
        ("dev1", "answers", json!({"body": "So."})),
        ("bob", "comments", json!({"body": "And?"})),
        ("ada", "close", json!({"resolution": "expired"})),
        ("bob", "withdraw", json!({})),
        ("mentor2", "duplicates", json!({"of": "1"})),
        ("ops1", "handoff accept", json!({})),
        ("ops1", "handoff decline", json!({"reason": "Not ours."})),
        ("dev2", "handoff withdraw", json!({})),
        ("ada", "reopen", json!({})),
    ]
}

/// A question in somebody's hands, with an offer that waits.
fn contested(scene: &Scene, claimed: bool) -> (String, String) {
    let question = scene.on_etl();
    if claimed {
        scene.verb("dev1", &question, "claim").must(200);
    }
    let offer = scene.offer("dev1", &question, json!({"unit": "operations"}));
    (question, offer)
}

fn perform(scene: &Scene, (question, offer): &(String, String), (who, verb, body): &(&str, &str, Value)) -> u16 {
    let path = match verb.strip_prefix("handoff ") {
        Some(verb) => format!("/v1/hackathons/h1/handoffs/{offer}/{verb}"),
        None => format!("{QUESTIONS}/{question}/{verb}"),
    };
    let call = scene.world.call("POST", &path).by(scene.who(who));
    let reply = if body == &json!({}) { call.send() } else { call.json(body.clone()).send() };
    assert!(reply.status < 500, "{verb}: {}", reply.text());
    reply.status
}

/// How a question ended, as far as an order of two deeds can be told from it.
fn outcome(scene: &Scene, (question, _): &(String, String), statuses: (u16, u16)) -> Value {
    let seen = scene.see("planner", question);
    json!([
        statuses.0,
        statuses.1,
        seen["state"],
        seen["resolution"],
        seen["assignee"]["display_name"],
        seen["holder"]["slug"],
        seen["hops"],
        seen["handoff"]["state"],
        scene.kinds(question)
    ])
}

fn pairs_meet(scene: &Scene, claimed: bool) {
    scene.on_etl();
    let deeds = deeds(scene);
    for (place, one) in deeds.iter().enumerate() {
        for other in &deeds[place..] {
            let (first, second, both) =
                (contested(scene, claimed), contested(scene, claimed), contested(scene, claimed));
            let forth = (perform(scene, &first, one), perform(scene, &first, other));
            let back = perform(scene, &second, other);
            let back = (perform(scene, &second, one), back);
            let met = at_once(vec![one, other].into_iter().map(|deed| || perform(scene, &both, deed)).collect());
            let legal = [outcome(scene, &first, forth), outcome(scene, &second, back)];
            let seen = outcome(scene, &both, (met[0], met[1]));
            assert!(
                legal.contains(&seen),
                "{} by {} met {} by {}: {seen}\nlegal: {legal:?}",
                one.1,
                one.0,
                other.1,
                other.0
            );
        }
    }
}

on_both! {
    fn c1_one_of_sixteen_wins(world) {
        sixteen_claim(&Scene::open(world), &[world]);
    }

    fn c2_whatever_meets_a_claimed_question_has_a_legal_order(world) {
        let scene = Scene::open(world);
        for _ in 0..rounds(1, 10) {
            pairs_meet(&scene, true);
        }
    }

    fn c2_whatever_meets_an_open_question_has_a_legal_order(world) {
        let scene = Scene::open(world);
        for _ in 0..rounds(1, 10) {
            pairs_meet(&scene, false);
        }
    }

    fn c2_two_questions_merged_into_one_another_are_not_both_gone(world) {
        let scene = Scene::open(world);
        for _ in 0..rounds(15, 150) {
            let (a, b) = (scene.on_etl(), scene.on_etl());
            let scene = &scene;
            let merge = |from: &str, into: &str| {
                let (path, body) = (format!("{QUESTIONS}/{from}/duplicates"), json!({"of": into}));
                move || world.post(scene.who("dev1"), &path, body).status
            };
            let mut statuses = at_once(vec![merge(&a, &b), merge(&b, &a)]);
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 409]);
            let mut states = [scene.see("ada", &a)["state"].clone(), scene.see("ada", &b)["state"].clone()].map(|state| text(&state));
            states.sort_unstable();
            assert_eq!(states, ["closed", "open"]);
        }
    }

    fn c4_a_hundred_posts_with_one_key_are_one_question(world) {
        let scene = Scene::open(world);
        let post = || world.call("POST", QUESTIONS).by(scene.who("ada")).header("Idempotency-Key", "one").json(json!({"title": "Once?", "topic": "etl"})).send();
        let replies = at_once((0..100).map(|_| || post()).collect());
        let made: Vec<String> = replies.iter().filter(|reply| reply.status == 201).map(|reply| id(&reply.json())).collect();
        assert!(replies.iter().all(|reply| reply.status == 201 || reply.status == 409), "{replies:?}");
        assert!(!made.is_empty() && made.iter().all(|one| *one == made[0]));
        assert_eq!(id(&post().must(201).json()), made[0], "a retry is answered as the first was");
        assert_eq!(scene.get("planner", QUESTIONS).json()["items"].as_array().expect("a list").len(), 1);
        let claim = || world.call("POST", &format!("{QUESTIONS}/{}/claim", made[0])).by(scene.who("dev1")).header("Idempotency-Key", "two").send();
        assert_eq!((claim().status, claim().status, claim().status), (200, 200, 200), "whoever repeats a claim has still claimed it");
        assert_eq!(scene.kinds(&made[0]), ["asked", "routed", "claimed"]);
    }

    fn c4_those_who_ask_at_once_get_numbers_without_gaps(world) {
        let scene = Scene::open(world);
        let ask = |who: &'static str| {
            let scene = &scene;
            move || scene.post(who, QUESTIONS, json!({"title": "Now?", "topic": "etl"})).must(201).json()["number"].as_i64().expect("a number")
        };
        let mut numbers = at_once((0..24).map(|place| ask(["ada", "bob", "cleo", "dev1"][place % 4])).collect());
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=24).collect::<Vec<_>>());
    }
}
