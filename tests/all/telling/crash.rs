//! D5: whoever dies in between, everything that was committed is told, and what is told twice can be told apart.

use chrono::TimeDelta;
use serde_json::json;
use signpost::base::{Error, Key, Result, Slug};
use signpost::hackathon;
use signpost::notification::{dispatch, post};
use signpost::outbox;

use super::mails::header;
use super::{dispatched, told};
use crate::on_both;
use crate::questions::scene::{PEOPLE, Scene};
use crate::support::eventually;

/// What a person was told, by question and event.
fn heard(scene: &Scene, who: &str) -> Vec<String> {
    let mut heard: Vec<(i64, i64)> = told(scene, who)
        .iter()
        .map(|item| (item["question"]["number"].as_i64().unwrap(), item["seq"].as_i64().unwrap()))
        .collect();
    // Two servers make ids of their own at the same moment of a clock that stands.
    heard.sort_unstable();
    heard.into_iter().map(|(number, seq)| format!("{number}/{seq}")).collect()
}

on_both! {
    fn d5_a_dispatcher_that_dies_before_its_commit_tells_once_all_the_same(world) {
        let scene = Scene::open(world);
        std::thread::scope(|scope| {
            // Some dispatch and die before they commit, again and again, while the server dispatches and people ask.
            let dying = || for _ in 0..20 {
                let died: Result<()> = world.db.write_now(|tx| {
                    let here = hackathon::store::find(tx, &Key::Slug(Slug::parse("h1").unwrap()))?.expect("a hackathon").id;
                    dispatch::step(tx, here, true)?;
                    Err(Error::internal("killed"))
                });
                assert!(died.is_err());
            };
            scope.spawn(dying);
            scope.spawn(dying);
            for n in 0..10 {
                scene.ask("ada", json!({"title": format!("Question {n}"), "topic": "etl"}));
            }
        });
        let all: Vec<String> = (1..=10).map(|number| format!("{number}/2")).collect();
        for who in ["dev1", "dev2", "chief", "boss"] {
            assert_eq!(heard(&scene, who), all, "{who}");
        }
    }

    fn d5_two_servers_share_the_work_and_tell_once(world) {
        let other = world.beside();
        let scene = Scene::open(world);
        for n in 0..20 {
            scene.ask("ada", json!({"title": format!("Question {n}"), "topic": "etl"}));
        }
        let all: Vec<String> = (1..=20).map(|number| format!("{number}/2")).collect();
        assert_eq!(heard(&scene, "dev1"), all);
        let behind = other.db.read_now(|tx| outbox::store::behind(tx, dispatch::READER)).unwrap();
        assert_eq!(behind, []);
    }

    fn d5_a_mail_that_was_sent_and_not_settled_goes_out_again_under_the_same_id(world) {
        let scene = Scene::open(world);
        scene.on_etl();
        dispatched(world);
        let base = world.gate.issuer().to_owned();
        world.later(TimeDelta::seconds(61));
        // Whoever takes them dies after sending and before saying so. The server may have been faster for some of them.
        let taken = world.db.write_now(move |tx| post::take(tx, &base)).unwrap();
        let system = actix_web::rt::System::new();
        for (_, letter) in &taken {
            system.block_on(world.mailer.send(letter)).unwrap();
        }
        world.later(post::LEASE + TimeDelta::seconds(1));
        let told = ["boss", "chief", "data1", "dev1", "dev2", "ops1"];
        let count = told.len() + taken.len();
        let letters = eventually("sending", || Some(world.mailer.kept()).filter(|letters| letters.len() >= count));
        assert_eq!(letters.len(), count, "those that were taken went out twice and the others once");
        let mut ids: Vec<String> = letters.iter().map(|letter| header(letter, "Message-ID")).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), told.len(), "the doubles carry the ids of the first");
        assert!(PEOPLE.len() > told.len());
    }
}
