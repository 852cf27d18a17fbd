//! Who is told of what, once, and why.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use serde_json::{Value, json};
use signpost::base::{Key, Slug};
use signpost::hackathon;
use signpost::notification::Reason;
use signpost::notification::audience::{Crowd, Listed};
use signpost::question::Standing;
use signpost::question::store::{self, standings};

use super::{dispatched, pairs, told, whys};
use crate::on_both;
use crate::questions::scene::{PEOPLE, QUESTIONS, Scene, text};

const LIST: &str = "/v1/me/notifications";
const PREFERENCES: &str = "/v1/me/notifications/preferences";

/// Everybody who was told anything.
fn hearers(scene: &Scene) -> BTreeSet<&'static str> {
    PEOPLE.into_iter().filter(|who| !told(scene, who).is_empty()).collect()
}

fn clear(scene: &Scene) {
    dispatched(scene.world);
    PEOPLE.iter().for_each(|who| {
        drop(scene.world.call("POST", "/v1/me/notifications/read").by(scene.who(who)).send().must(204))
    });
}

/// What somebody was told and has not read, as kind and reason.
#[track_caller]
fn news(scene: &Scene, who: &str) -> Vec<(String, String)> {
    dispatched(scene.world);
    let page = scene.get(who, &format!("{LIST}?unread=true&limit=100")).must(200).json();
    let mut items = whys(page["items"].as_array().expect("items"));
    items.reverse();
    items
}

on_both! {
    fn the_people_behind_the_new_holder_are_told_and_never_the_actor(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        for who in ["boss", "chief", "dev1", "dev2"] {
            assert_eq!(news(&scene, who), pairs(&[("routed", "holder")]), "{who}");
        }
        assert_eq!(news(&scene, "data1"), pairs(&[("asked", "consulted")]));
        assert_eq!(news(&scene, "ops1"), pairs(&[("asked", "informed")]));
        assert_eq!(hearers(&scene), BTreeSet::from(["boss", "chief", "data1", "dev1", "dev2", "ops1"]));
        let items = told(&scene, "dev1");
        let Value::Object(one) = &items[0] else { panic!("{items:?}") };
        assert_eq!((&one["question"]["id"], &one["question"]["number"]), (&json!(question), &json!(1)));
        assert_eq!(one["text"]["en"], "It lies with Development team.");
        assert_eq!(one["text"]["ko"], "담당이 정해졌습니다: 개발팀");
        assert_eq!(one["why"]["en"], "You get this because the question lies with you or with whom you answer for.");
        assert_eq!((&one["read_at"], &one["hackathon"]["slug"]), (&Value::Null, &json!("h1")));
    }

    fn the_asker_hears_what_becomes_of_the_question(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        world.later(TimeDelta::seconds(1));
        scene.verb("dev1", &question, "claim").must(200);
        scene.verb("dev1", &question, "wait").must(200);
        scene.verb("ada", &question, "resume").must(200);
        scene.verb_with("dev1", &question, "answers", json!({"body": "Like this."})).must(201);
        assert_eq!(news(&scene, "ada"), pairs(&[("claimed", "asker"), ("waiting", "asker"), ("answered", "asker")]));
        assert_eq!(news(&scene, "dev1"), pairs(&[("routed", "holder"), ("resumed", "assignee")]));
        let text = told(&scene, "ada").pop().unwrap()["text"].clone();
        assert_eq!(text, json!({"en": "dev1 answered it.", "ko": "답변이 올라왔습니다. 답변자: dev1"}));
    }

    fn who_is_told_is_what_held_when_it_happened_however_late_they_are_told(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        world.later(TimeDelta::minutes(1));
        scene.verb("dev1", &question, "claim").must(200);
        world.later(TimeDelta::minutes(1));
        scene.verb_with("dev2", &question, "comments", json!({"body": "I saw this before."})).must(201);
        world.put(scene.who("cleo"), &format!("{QUESTIONS}/{question}/followers/me"), Value::Null);
        world.later(TimeDelta::minutes(1));
        scene.verb("dev1", &question, "release").must(200);
        // As a server would that slept through all of it.
        let told = world.db.read_now(|tx| {
            let here = hackathon::store::find(tx, &Key::Slug(Slug::parse("h1").unwrap()))?.expect("a hackathon").id;
            let news = store::news::after(tx, here, 0, 50)?;
            let crowd = Crowd::load(tx, here, &news)?;
            let heard = |listed: &Listed<'_>| (listed.member.display_name.to_string(), listed.reason);
            news.iter().map(|news| Ok((store::event::parts(&news.event.what)?.0, crowd.told(news).iter().map(heard).collect()))).collect::<Result<Vec<_>, _>>()
        }).unwrap();
        let of = |kind: &str, who: &str| -> Option<Reason> {
            let (_, heard): &(String, BTreeMap<String, Reason>) = told.iter().find(|(of, _)| of == kind).expect("it happened");
            heard.get(who).copied()
        };
        assert_eq!((of("asked", "dev1"), of("asked", "cleo")), (None, None), "they had nothing to do with it yet");
        assert_eq!((of("claimed", "dev2"), of("claimed", "cleo")), (None, None));
        assert_eq!((of("commented", "dev1"), of("commented", "cleo")), (Some(Reason::Assignee), Some(Reason::Wanted)));
        assert_eq!((of("commented", "ada"), of("commented", "dev2")), (Some(Reason::Asker), None));
        assert_eq!(of("released", "dev2"), Some(Reason::Holder));
    }

    fn one_person_gets_one_message_for_one_event(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        dispatched(world);
        // dev2 follows, stands behind the holder and had it before: three reasons.
        world.put(scene.who("dev2"), &format!("{QUESTIONS}/{question}/followers/me"), Value::Null);
        scene.verb("dev2", &question, "claim").must(200);
        scene.verb("chief", &question, "take-over").must(200);
        scene.verb("chief", &question, "release").must(200);
        scene.verb_with("planner", &question, "reassign", json!({"to": scene.member("dev2")})).must(200);
        assert_eq!(news(&scene, "dev2"), pairs(&[
            ("routed", "holder"), ("taken_over", "named"), ("released", "holder"), ("reassigned", "named"),
        ]));
        for who in PEOPLE {
            let items = told(&scene, who);
            let events: BTreeSet<String> = items.iter().map(|item| format!("{}/{}", item["question"]["id"], item["seq"])).collect();
            assert_eq!(events.len(), items.len(), "{who}");
        }
    }

    fn followers_hear_everything_until_they_do_not_follow_any_more(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let follow = |method: &str| {
            let path = format!("{QUESTIONS}/{question}/followers/me");
            world.call(method, &path).by(scene.who("cleo")).send().must(204);
        };
        dispatched(world);
        follow("PUT");
        scene.verb_with("dev1", &question, "comments", json!({"body": "Soon."})).must(201);
        scene.verb_with("dev1", &question, "notes", json!({"body": "Hm."})).must(201);
        scene.verb_with("mentor1", &question, "comments", json!({"body": "Me too."})).must(201);
        assert_eq!(news(&scene, "cleo"), pairs(&[("commented", "wanted"), ("commented", "wanted")]));
        clear(&scene);
        follow("DELETE");
        scene.verb_with("dev1", &question, "answers", json!({"body": "Now."})).must(201);
        assert_eq!(news(&scene, "cleo"), []);
        assert_eq!(news(&scene, "ada"), pairs(&[("answered", "asker")]));
    }

    fn a_hand_off_is_told_to_both_sides_and_to_the_asker(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        clear(&scene);
        let offer = scene.offer("dev1", &question, json!({"unit": "analytics"}));
        assert_eq!(news(&scene, "data1"), pairs(&[("handoff_offered", "offered")]));
        scene.settle("data1", &offer, "decline").must(200);
        assert_eq!(news(&scene, "dev1"), pairs(&[("handoff_declined", "assignee")]), "dev1 has it, and offered it too");
        clear(&scene);
        let offer = scene.offer("dev1", &question, json!({"unit": "analytics"}));
        scene.settle("data1", &offer, "accept").must(200);
        assert!(news(&scene, "ada").contains(&("handoff_accepted".to_owned(), "asker".to_owned())));
        assert!(news(&scene, "dev1").contains(&("handoff_accepted".to_owned(), "sender".to_owned())));
        let text = told(&scene, "dev1").pop().unwrap()["text"]["en"].clone();
        assert_eq!(text, "It was handed on and lies with Analytics now.");
    }

    fn nobody_is_told_of_what_they_may_not_see(world) {
        let scene = Scene::open(world);
        let secret = text(&scene.ask("ada", json!({"title": "Ours", "topic": "etl", "visibility": "team"}))["id"]);
        scene.verb_with("dev1", &secret, "notes", json!({"body": "Hm."})).must(201);
        scene.verb_with("bob", &secret, "comments", json!({"body": "Yes."})).must(201);
        assert_eq!(hearers(&scene), BTreeSet::from(["ada", "boss", "chief", "dev1", "dev2"]));
        assert_eq!(news(&scene, "ada"), pairs(&[("commented", "asker")]), "and not of the note");
        // What was told while it was seen is not shown when it is not seen any more.
        let open = scene.on_etl();
        dispatched(world);
        world.put(scene.who("cleo"), &format!("{QUESTIONS}/{open}/followers/me"), Value::Null);
        scene.verb("dev1", &open, "claim").must(200);
        assert_eq!(told(&scene, "cleo").len(), 1);
        scene.edit("ada", &open, json!({"visibility": "team"})).must(200);
        assert_eq!(told(&scene, "cleo"), Vec::<Value>::new());
    }

    fn what_was_read_stays_read_and_is_one_s_own(world) {
        let scene = Scene::open(world);
        scene.on_etl();
        scene.on_etl();
        let items = told(&scene, "dev1");
        let read = |who: &str, body: Value| scene.post(who, "/v1/me/notifications/read", body).must(204);
        read("cleo", json!({"notifications": [items[0]["id"]]}));
        assert_eq!(news(&scene, "dev1").len(), 2, "others' are left alone");
        read("dev1", json!({"notifications": [items[0]["id"]]}));
        assert_eq!(news(&scene, "dev1").len(), 1);
        assert_eq!(told(&scene, "dev1")[0]["read_at"], crate::support::NOON);
        read("dev1", json!({}));
        assert_eq!((news(&scene, "dev1").len(), news(&scene, "dev2").len()), (0, 2));
        scene.post("dev1", "/v1/me/notifications/read", json!({"all": true})).must(422);
        let page = scene.get("dev1", &format!("{LIST}?limit=1")).must(200).json();
        assert_eq!(page["items"][0]["id"], items[1]["id"], "the newest first");
        let next = scene.get("dev1", &format!("{LIST}?limit=1&cursor={}", page["next"].as_str().unwrap())).must(200).json();
        assert_eq!((&next["items"][0]["id"], &next["next"]), (&items[0]["id"], &Value::Null));
    }

    fn people_say_where_they_want_to_be_told(world) {
        let scene = Scene::open(world);
        let usual = scene.get("dev1", PREFERENCES).must(200);
        assert_eq!(usual.json(), json!({"web": true, "email": "digest"}));
        let change = |body: Value, tag: &str| world.call("PATCH", PREFERENCES).by(scene.who("dev1")).header("If-Match", tag).json(body).send();
        let changed = change(json!({"web": false, "email": "off"}), &usual.etag()).must(200);
        assert_eq!(changed.json(), json!({"web": false, "email": "off"}));
        change(json!({"web": true}), &usual.etag()).must(412);
        assert_eq!(change(json!({}), &changed.etag()).must(200).etag(), changed.etag());
        change(json!({"email": "hourly"}), "*").must(422);
        change(json!({"user": "x"}), "*").must(422);
        scene.on_etl();
        assert_eq!((told(&scene, "dev1").len(), told(&scene, "dev2").len()), (0, 1));
        assert_eq!(scene.get("dev2", PREFERENCES).must(200).json(), json!({"web": true, "email": "digest"}));
    }

    fn everybody_s_standing_read_at_once_is_the_one_read_alone(world) {
        let scene = Scene::open(world);
        world.patch(scene.who("planner"), &format!("/v1/hackathons/h1/members/{}", scene.member("keeper")), json!({"suspended": true})).must(200);
        let (all, alone) = world.db.read_now(|tx| {
            let here = hackathon::store::find(tx, &Key::Slug(Slug::parse("h1").unwrap()))?.expect("a hackathon").id;
            let all = standings::all(tx, here)?;
            let alone = all.iter().map(|(member, _)| Standing::load(tx, here, member.user)).collect::<Result<Vec<_>, _>>()?;
            Ok((all, alone))
        }).unwrap();
        assert_eq!(all.len(), PEOPLE.len() - 1);
        for ((member, at_once), alone) in all.into_iter().zip(alone) {
            assert_eq!(Some(at_once), alone, "{}", member.display_name);
        }
    }
}
