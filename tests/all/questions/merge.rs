//! Duplicates: one of two questions goes on for both.

use serde_json::{Value, json};

use super::Scene;
use super::scene::{QUESTIONS, codes, fault, id};
use crate::on_both;

on_both! {
    fn a_duplicate_is_merged_and_both_histories_are_kept(world) {
        let scene = Scene::open(world);
        let first = scene.on_etl();
        let second = id(&scene.ask("cleo", json!({"title": "How are pipelines scheduled?", "topic": "etl"})));
        scene.verb("dev1", &second, "claim").must(200);
        let merged = scene.verb_with("dev1", &second, "duplicates", json!({"of": first})).must(200).json();
        assert_eq!((&merged["state"], &merged["resolution"], &merged["duplicate_of"]), (&json!("closed"), &json!("duplicate"), &json!(first)));
        assert_eq!(scene.kinds(&second)[2..], ["claimed", "merged"]);
        let last = scene.events(&first).pop().expect("an event");
        assert_eq!((&last["kind"], &last["facts"]["question"]), (&json!("absorbed"), &json!(second)));
        let of = signpost::base::Id::from_uuid(first.parse().expect("an id"));
        let followers = world.db.read_now(move |tx| signpost::question::store::follower::all(tx, of)).expect("followers");
        let cleo = scene.member("cleo");
        assert!(followers.iter().any(|(member, _)| member.to_string() == cleo), "whoever asked the same is told of the answer");
        let refused = scene.verb("dev2", &second, "claim").must(409);
        assert!(refused.text().contains("was merged into question 1, where it goes on; it lay with Development team."), "{}", refused.text());
        let opened = scene.verb("cleo", &second, "reopen").must(200).json();
        assert_eq!(opened["duplicate_of"], Value::Null);
    }

    fn what_cannot_be_merged_is_refused(world) {
        let scene = Scene::open(world);
        let (first, second) = (scene.on_etl(), scene.on_etl());
        let merge = |who: &str, question: &str, of: &str| scene.verb_with(who, question, "duplicates", json!({"of": of}));
        assert_eq!(codes(merge("dev1", &first, &first)), fault("/of", "duplicate.self"));
        assert_eq!(codes(merge("dev1", &first, "1")), fault("/of", "duplicate.self"));
        assert_eq!(codes(merge("dev1", &first, "0192fcbb-8240-7244-902b-2ed14bdd9832")), fault("/of", "question.unknown"));
        assert_eq!(codes(merge("dev1", &first, "no such thing")), fault("/of", "question.unknown"));
        let hidden = id(&scene.ask("cleo", json!({"title": "Ours", "topic": "data", "visibility": "team"})));
        assert_eq!(codes(merge("dev1", &first, &hidden)), fault("/of", "question.unknown"));
        let refused = merge("planner", &first, &hidden).must(409).json();
        assert!(refused["detail"].as_str().is_some_and(|told| told.contains("another team only") && told.ends_with("this one lies with Development team.")));
        assert_eq!(refused["holder"]["slug"], "development");
        merge("cleo", &first, &second).must(403);
        merge("dev1", &first, "2").must(200);
        assert!(merge("dev1", &second, &first).must(409).text().contains("merged into question 2"));
        let over = scene.on_etl();
        scene.verb("ada", &over, "withdraw").must(200);
        let refused = merge("dev1", &second, &over).must(409).json();
        assert_eq!(refused["resolution"], "withdrawn", "two questions would be lost: {refused}");
        let third = scene.on_etl();
        assert!(merge("dev1", &third, &first).must(409).text().contains("merged into question 2"));
        assert!(merge("dev1", &first, &third).must(409).text().contains("merged into question 2"));
        assert_eq!(scene.see("ada", &third)["state"], "open");
    }

    fn me_too_follows_instead_of_filing(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let me = format!("{QUESTIONS}/{question}/followers/me");
        for who in ["cleo", "judge", "cleo"] {
            world.put(scene.who(who), &me, json!({})).must(204);
        }
        let of = signpost::base::Id::from_uuid(question.parse().expect("an id"));
        let count = || world.db.read_now(move |tx| signpost::question::store::follower::all(tx, of)).expect("followers").len();
        let with_both = count();
        world.delete(scene.who("cleo"), &me).must(204);
        world.delete(scene.who("cleo"), &me).must(204);
        assert_eq!(count(), with_both - 1);
        world.put(scene.who("watcher"), &me, json!({})).must(404);
        let hidden = id(&scene.ask("ada", json!({"title": "Ours", "topic": "etl", "visibility": "team"})));
        world.put(scene.who("cleo"), &format!("{QUESTIONS}/{hidden}/followers/me"), json!({})).must(404);
        assert_eq!(scene.see("ada", &question)["state"], "open");
    }
}
