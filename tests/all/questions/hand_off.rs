//! Hand-offs: both sides agree, and the sender stays in charge until then.

use serde_json::{Value, json};

use super::Scene;
use super::scene::{QUESTIONS, codes, fault, holder, id};
use crate::on_both;

fn handing(to: &Value) -> Value {
    json!({"to": to, "reason": "They know this better.", "note": "He was rude."})
}

on_both! {
    fn the_sender_stays_in_charge_until_the_other_side_accepts(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        let offer = scene.verb_with("dev1", &question, "handoffs", handing(&json!({"unit": "operations"}))).must(201).json();
        assert_eq!((&offer["state"], &offer["from"]["slug"], &offer["to"]["slug"]), (&json!("offered"), &json!("development"), &json!("operations")));
        let seen = scene.see("ops1", &question);
        assert_eq!((holder(&seen).as_str(), &seen["assignee"]["display_name"], &seen["state"]), ("development", &json!("dev1"), &json!("claimed")));
        assert_eq!(seen["handoff"]["id"], offer["id"]);
        scene.verb("ops1", &question, "claim").must(403);
        world.later(chrono::TimeDelta::minutes(12));
        let accepted = scene.settle("ops1", &id(&offer), "accept").must(200).json();
        assert_eq!((&accepted["state"], &accepted["settled_by"]["display_name"]), (&json!("accepted"), &json!("ops1")));
        let seen = scene.see("ada", &question);
        assert_eq!((holder(&seen).as_str(), &seen["state"], &seen["assignee"], &seen["handoff"], &seen["hops"]),
            ("operations", &json!("open"), &Value::Null, &Value::Null, &json!(1)));
        scene.verb("dev1", &question, "claim").must(403);
        scene.verb("ops1", &question, "claim").must(200);
    }

    fn the_asker_reads_the_way_in_words_and_the_first_holder_is_in_it(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let offer = id(&scene.verb_with("dev1", &question, "handoffs", handing(&json!({"unit": "operations"}))).must(201).json());
        world.later(chrono::TimeDelta::minutes(12));
        scene.settle("ops1", &offer, "accept").must(200);
        let way = scene.see("ada", &question)["way"].clone();
        assert_eq!(way[0]["text"], json!({"en": "Development team, 12 minutes: responsible for the topic.", "ko": "개발팀 · 12분 · 주제 담당"}));
        assert_eq!(way[1]["text"], json!({"en": "Operations team, now: handed on because: They know this better.", "ko": "운영팀 · 현재 담당 · 넘겨받은 이유: They know this better"}));
        assert_eq!((&way[0]["seconds"], &way[1]["until"]), (&json!(720), &Value::Null));
        assert_eq!(scene.kinds(&question), ["asked", "routed", "handoff_offered", "handoff_accepted"]);
        let list = |who: &str| scene.get(who, &format!("{QUESTIONS}/{question}/handoffs")).must(200).json()["items"][0].clone();
        assert_eq!((list("ada").get("note"), list("cleo").get("note")), (None, None));
        assert_eq!(list("ops1")["note"], "He was rude.");
        assert!(!scene.see("ada", &question).to_string().contains("rude"));
    }

    fn a_declined_question_lies_where_it_lay(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        let offer = scene.offer("dev1", &question, json!({"unit": "operations"}));
        scene.settle("dev2", &offer, "decline").must(403);
        world.call("POST", &format!("/v1/hackathons/h1/handoffs/{offer}/decline")).by(scene.who("ops1")).json(json!({})).send().must(422);
        let declined = scene.settle("ops1", &offer, "decline").must(200).json();
        assert_eq!((&declined["state"], &declined["declined_because"]), (&json!("declined"), &json!("Not ours.")));
        let seen = scene.see("ada", &question);
        assert_eq!((holder(&seen).as_str(), &seen["assignee"]["display_name"], &seen["hops"]), ("development", &json!("dev1"), &json!(0)));
        let late = scene.settle("ops1", &offer, "accept").must(409);
        assert!(late.text().contains("This hand-off was declined by ops1; the question lies with Development team."), "{}", late.text());
        assert_eq!(scene.kinds(&question)[2..], ["claimed", "handoff_offered", "handoff_declined"]);
    }

    fn an_offer_can_be_taken_back_by_the_sender_s_side(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let offer = scene.offer("dev1", &question, json!({"unit": "operations"}));
        let again = scene.verb_with("dev2", &question, "handoffs", handing(&json!({"unit": "analytics"}))).must(409);
        assert!(again.text().contains("has been offered to Operations team"), "{}", again.text());
        scene.settle("ops1", &offer, "withdraw").must(403);
        scene.settle("dev2", &offer, "withdraw").must(200);
        assert!(scene.settle("ops1", &offer, "accept").must(409).text().contains("withdrawn by dev2"));
        assert!(scene.settle("dev1", &offer, "withdraw").must(409).text().contains("withdrawn by dev2"));
        scene.offer("dev2", &question, json!({"unit": "analytics"}));
    }

    fn two_who_accept_one_offer_are_told_apart(world) {
        let scene = Scene::open(world);
        let question = id(&scene.ask("ada", json!({"title": "Where are packages?", "topic": "packages"})));
        let offer = scene.offer("ops1", &question, json!({"unit": "development"}));
        scene.settle("dev1", &offer, "accept").must(200);
        let second = scene.settle("dev2", &offer, "accept").must(409);
        assert!(second.text().contains("accepted by dev1"), "{}", second.text());
        scene.settle("ada", &offer, "accept").must(403);
        scene.settle("ops1", &offer, "withdraw").must(409);
    }

    fn a_question_cannot_go_to_a_suspended_or_foreign_holder_nor_back_to_oneself(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let hand = |to: Value| scene.verb_with("dev1", &question, "handoffs", handing(&to));
        assert_eq!(codes(hand(json!({"unit": "development"}))), fault("/to", "handoff.self"));
        assert_eq!(codes(hand(json!({"member": scene.member("dev1")}))), fault("/to", "handoff.self"));
        assert_eq!(codes(hand(json!({"unit": "nothing"}))), fault("/to", "holder.unknown"));
        assert_eq!(codes(hand(json!({"unit": "operations", "role": "team_mentor"}))), fault("/to", "holder.shape"));
        let other = crate::support::Event::open(world, "h2");
        other.partner("strangers");
        let strangers = other.read("units")["items"][0]["id"].clone();
        assert_eq!(codes(hand(json!({"unit": "strangers-unit"}))), fault("/to", "holder.unknown"));
        assert_eq!(codes(hand(json!({"unit": strangers}))), fault("/to", "holder.unknown"));
        for name in ["keeper", "mentor1"] {
            let member = scene.member(name);
            world.patch(scene.who("planner"), &format!("/v1/hackathons/h1/members/{member}"), json!({"suspended": true})).must(200);
            assert_eq!(codes(hand(json!({"member": member}))), fault("/to", "handoff.nobody"));
        }
        assert_eq!(codes(hand(json!({"unit": "archive"}))), fault("/to", "handoff.nobody"));
        assert_eq!(codes(hand(json!({"role": "team_mentor"}))), fault("/to", "handoff.nobody"));
        assert_eq!(codes(scene.verb_with("dev1", &question, "handoffs", json!({"to": {"unit": "operations"}}))), fault("/reason", "field.missing"));
        assert_eq!(scene.see("ada", &question)["handoff"], Value::Null);
    }

    fn whoever_was_suspended_since_gets_nothing(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let keeper = scene.member("keeper");
        let offer = scene.offer("dev1", &question, json!({"member": keeper}));
        world.patch(scene.who("planner"), &format!("/v1/hackathons/h1/members/{keeper}"), json!({"suspended": true})).must(200);
        scene.settle("keeper", &offer, "accept").must(404);
        scene.settle("planner", &offer, "accept").must(409);
        assert_eq!(holder(&scene.see("ada", &question)), "development");
    }

    fn a_question_can_be_handed_to_the_team_s_mentors_to_a_person_and_to_the_organizers(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let offer = scene.offer("dev1", &question, json!({"role": "team_mentor"}));
        scene.settle("mentor2", &offer, "accept").must(403);
        scene.settle("mentor1", &offer, "accept").must(200);
        assert_eq!(holder(&scene.see("ada", &question)), "team_mentor");
        let offer = scene.offer("mentor1", &question, json!({"member": scene.member("data1")}));
        scene.settle("data1", &offer, "accept").must(200);
        assert_eq!(scene.see("ada", &question)["holder"]["name"]["en"], "data1");
        assert!(!scene.kinds(&question).contains(&"many_hops".to_owned()));
        let offer = scene.offer("data1", &question, json!({"role": "organizer"}));
        scene.settle("planner", &offer, "accept").must(200);
        assert_eq!(holder(&scene.see("ada", &question)), "organizer");
        let events = scene.events(&question);
        let last = events.last().expect("an event");
        assert_eq!((&last["kind"], &last["facts"], &last["actor"]), (&json!("many_hops"), &json!({"hops": 3}), &json!({"kind": "system", "member": null, "guest": null})));
    }

    fn only_whoever_has_it_hands_it_on(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        let hand = |who: &str| scene.verb_with(who, &question, "handoffs", handing(&json!({"unit": "operations"})));
        assert!(hand("dev2").must(409).text().contains("dev1 has claimed"));
        for refused in ["ops1", "ada", "cleo"] {
            hand(refused).must(403);
        }
        hand("chief").must(201);
    }

    fn what_is_settled_without_the_other_side_takes_the_offer_along(world) {
        let scene = Scene::open(world);
        for (who, verb, body) in [
            ("dev1", "answers", json!({"body": "So."})),
            ("ada", "close", json!({"resolution": "not_for_us"})),
            ("ada", "withdraw", json!({})),
        ] {
            let question = scene.on_etl();
            let offer = scene.offer("dev1", &question, json!({"unit": "operations"}));
            scene.verb_with(who, &question, verb, body);
            assert_eq!(scene.see("ada", &question)["handoff"], Value::Null, "{verb}");
            scene.settle("ops1", &offer, "accept").must(409);
            let last = scene.events(&question).pop().expect("an event");
            assert_eq!((&last["kind"], &last["actor"]["kind"]), (&json!("handoff_withdrawn"), &json!("system")), "{verb}");
            assert!(scene.verb_with("dev1", &question, "handoffs", handing(&json!({"unit": "operations"}))).must(409).text().contains("Development team"));
        }
        let question = scene.on_etl();
        let offer = scene.offer("dev1", &question, json!({"unit": "operations"}));
        scene.edit("ada", &question, json!({"topic": "data"})).must(200);
        assert!(scene.settle("ops1", &offer, "accept").must(409).text().contains("Analytics"));
    }

    fn a_hand_off_shows_a_hidden_question_to_both_sides_and_to_nobody_else(world) {
        let scene = Scene::open(world);
        let question = id(&scene.ask("ada", json!({"title": "Ours", "topic": "etl", "visibility": "team"})));
        let path = format!("{QUESTIONS}/{question}");
        scene.get("ops1", &path).must(404);
        let offer = scene.offer("dev1", &question, json!({"unit": "operations"}));
        scene.get("ops1", &path).must(200);
        scene.get("data1", &path).must(404);
        scene.settle("data1", &offer, "accept").must(404);
        scene.settle("ops1", &offer, "decline").must(200);
        scene.get("ops1", &path).must(404);
        let offer = scene.offer("dev1", &question, json!({"unit": "operations"}));
        scene.settle("ops1", &offer, "accept").must(200);
        scene.get("dev2", &path).must(200);
        scene.verb("dev2", &question, "claim").must(403);
    }
}
