//! When promises fall due.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{at, due, facts, kept, promised, tick};
use crate::on_both;
use crate::questions::Scene;
use crate::questions::scene::{QUESTIONS, id, text};

const H1: &str = "/v1/hackathons/h1";

/// A policy about times of the whole hackathon, and its path.
fn policy(scene: &Scene, times: Value) -> String {
    let mut body = json!({"name": "Times"});
    times.as_object().expect("times").iter().for_each(|(name, value)| body[name] = value.clone());
    let made = scene.post("planner", &format!("{H1}/sla-policies"), body).must(201).json();
    format!("{H1}/sla-policies/{}", id(&made))
}

/// The questions of a list, by title.
fn titles(list: &Value) -> Vec<String> {
    list["items"].as_array().expect("a list").iter().map(|one| text(&one["title"])).collect()
}

on_both! {
    fn times_are_counted_in_the_hours_of_the_holder(world) {
        let scene = Scene::open(world);
        assert_eq!(due(&scene, &scene.on_etl()), promised("2024-11-05T15:30:00Z", "claim"));
        let packages = id(&scene.ask("ada", json!({"title": "Pip?", "topic": "packages"})));
        assert_eq!(due(&scene, &packages), promised("2024-11-06T09:00:00Z", "claim"));
        let data = id(&scene.ask("ada", json!({"title": "Data?", "topic": "data"})));
        assert_eq!(due(&scene, &data), promised("2024-11-05T15:30:00Z", "claim"), "without hours, those of the event count");
        scene.verb("dev1", &scene.on_etl(), "claim").must(200);
        let claimed = scene.on_etl();
        scene.verb("dev1", &claimed, "claim").must(200);
        assert_eq!(due(&scene, &claimed), promised("2024-11-19T14:30:00Z", "first_response"), "two hours a week");
    }

    fn a_holiday_and_the_end_of_summer_time_move_what_is_due(world) {
        let scene = Scene::open(world);
        let packages = id(&scene.ask("ada", json!({"title": "Pip?", "topic": "packages"})));
        world.patch(scene.who("planner"), H1, json!({"holidays": ["2024-11-06"]})).must(200);
        tick(world);
        assert_eq!(due(&scene, &packages), promised("2024-11-07T09:00:00Z", "claim"));
        // Clocks went forward on Sunday, 30 March 2025.
        let scene = at(scene, "2025-03-28T09:30:00Z");
        let over_the_change = id(&scene.ask("ada", json!({"title": "Pip?", "topic": "packages"})));
        assert_eq!(due(&scene, &over_the_change), promised("2025-03-31T07:30:00Z", "claim"));
    }

    fn due_times_follow_policies_and_hours(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let tag = scene.get("planner", &format!("{QUESTIONS}/{question}")).etag();
        let policy = policy(&scene, json!({"claim_within_seconds": 600}));
        tick(world);
        assert_eq!(due(&scene, &question), promised("2024-11-05T14:40:00Z", "claim"));
        assert_ne!(scene.get("planner", &format!("{QUESTIONS}/{question}")).etag(), tag);
        world.patch(scene.who("planner"), &policy, json!({"claim_within_seconds": 3600})).must(200);
        world.patch(scene.who("planner"), &format!("{H1}/channels/clinic"), json!({"hours": ["Mon-Fri 15:00-17:00"]})).must(200);
        tick(world);
        assert_eq!(due(&scene, &question), promised("2024-11-05T16:00:00Z", "claim"));
        world.delete(scene.who("planner"), &policy).must(204);
        world.patch(scene.who("planner"), &format!("{H1}/channels/clinic"), json!({"hours": ["Tue 14:00-16:00"]})).must(200);
        tick(world);
        assert_eq!(due(&scene, &question), promised("2024-11-05T15:30:00Z", "claim"));
    }

    fn what_is_not_promised_is_not_due(world) {
        let scene = Scene::open(world);
        policy(&scene, json!({}));
        let question = scene.on_etl();
        assert_eq!(due(&scene, &question), promised("-", "-"));
        assert!(kept(world, &question).wake_at.is_some(), "it is not forgotten");
    }

    fn a_policy_that_changes_during_a_pause_keeps_the_paused_minutes_out(world) {
        let scene = Scene::open(world);
        let policy = policy(&scene, json!({"first_response_within_seconds": 3600}));
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        let scene = at(scene, "2024-11-05T14:40:00Z");
        scene.verb("dev1", &question, "wait").must(200);
        assert_eq!(due(&scene, &question), promised("-", "-"));
        let scene = at(scene, "2024-11-05T15:00:00Z");
        world.patch(scene.who("planner"), &policy, json!({"first_response_within_seconds": 1800})).must(200);
        // A node that starts while it waits winds nothing wrong.
        let second = world.beside();
        tick(&second);
        let scene = at(scene, "2024-11-05T15:10:00Z");
        assert_eq!(facts(&scene, &question, "overdue"), Vec::<Value>::new());
        scene.verb_with("bob", &question, "comments", json!({"body": "Here it is."})).must(201);
        assert_eq!(due(&scene, &question), promised("2024-11-05T15:30:00Z", "first_response"), "10 minutes before, 20 after");
    }

    fn adding_a_person_does_not_restart_a_clock(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        let before = due(&scene, &question);
        let scene = at(scene, "2024-11-05T14:50:00Z");
        let new = world.person("dev3");
        let member = json!({"email": new.email, "roles": ["responder"], "affiliation": {"unit": "development"}});
        let member = scene.post("planner", &format!("{H1}/members"), member).must(201).json();
        scene.verb_with("chief", &question, "reassign", json!({"to": id(&member)})).must(200);
        world.call("PUT", &format!("{QUESTIONS}/{question}/followers/me")).by(scene.who("dev2")).send().must(204);
        tick(world);
        assert_eq!(due(&scene, &question), before);
    }

    fn a_closed_or_merged_question_has_no_timers(world) {
        let scene = Scene::open(world);
        let (kept_on, merged, closed, withdrawn) = (scene.on_etl(), scene.on_etl(), scene.on_etl(), scene.on_etl());
        scene.verb_with("ada", &merged, "duplicates", json!({"of": kept_on})).must(200);
        scene.verb_with("ada", &closed, "close", json!({"resolution": "not_for_us"})).must(200);
        scene.verb("ada", &withdrawn, "withdraw").must(200);
        let histories: Vec<_> = [&merged, &closed, &withdrawn].iter().map(|one| scene.kinds(one)).collect();
        let scene = at(scene, "2025-02-05T14:30:00Z");
        for (question, history) in [merged, closed, withdrawn].iter().zip(histories) {
            assert_eq!((due(&scene, question), kept(world, question).wake_at), (promised("-", "-"), None));
            assert_eq!(scene.kinds(question), history);
        }
        assert!(scene.kinds(&kept_on).contains(&"overdue".to_owned()));
    }

    fn a_broken_promise_is_told_once_and_listed(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.ask("ada", json!({"title": "Pip?", "topic": "packages"}));
        policy(&scene, json!({"claim_within_seconds": 1200, "first_response_within_seconds": 1800}));
        tick(world);
        let scene = at(scene, "2024-11-05T14:49:59Z");
        let overdue = |scene: &Scene, is: bool| titles(&scene.get("planner", &format!("{QUESTIONS}?overdue={is}")).must(200).json());
        assert_eq!(overdue(&scene, true), [""; 0]);
        let scene = at(scene, "2024-11-05T14:50:00Z");
        assert_eq!(facts(&scene, &question, "overdue"), [json!({"promise": "claim"})]);
        assert_eq!((overdue(&scene, true), overdue(&scene, false)), (vec!["How do I schedule a pipeline?".to_owned()], vec!["Pip?".to_owned()]));
        scene.verb("dev1", &question, "claim").must(200);
        assert_eq!(overdue(&scene, true), [""; 0]);
        let scene = at(scene, "2024-11-05T15:00:00Z");
        tick(world);
        assert_eq!(facts(&scene, &question, "overdue"), [json!({"promise": "claim"}), json!({"promise": "first_response"})]);
        let last = scene.events(&question).pop().expect("an event");
        assert_eq!(last["actor"], json!({"kind": "system", "member": null, "guest": null}));
        scene.get("planner", &format!("{QUESTIONS}?overdue=perhaps")).must(422);
    }

    fn the_queue_and_the_list_by_due_time_put_the_most_urgent_first(world) {
        let scene = Scene::open(world);
        let waits = scene.on_etl();
        scene.verb("dev1", &waits, "claim").must(200);
        scene.verb("dev1", &waits, "wait").must(200);
        let ask = |title: &str, topic: &str| drop(scene.ask("ada", json!({"title": title, "topic": topic})));
        ask("Wednesday", "packages");
        ask("Today", "etl");
        world.later(TimeDelta::minutes(1));
        ask("Today, later", "etl");
        let first = scene.get("planner", &format!("{QUESTIONS}?sort=due_at&limit=2")).must(200).json();
        let second = format!("{QUESTIONS}?sort=due_at&limit=2&cursor={}", text(&first["next"]));
        let second = scene.get("planner", &second).must(200).json();
        assert_eq!((titles(&first), titles(&second)), (vec!["Today".into(), "Today, later".into()], vec!["Wednesday".into(), "How do I schedule a pipeline?".into()]));
        assert_eq!(titles(&scene.get("planner", &format!("{H1}/queue")).must(200).json()), ["Today", "Today, later", "Wednesday"]);
    }

    fn what_nobody_touches_for_a_week_is_brought_back_to_mind(world) {
        let scene = Scene::open(world);
        policy(&scene, json!({}));
        let steps = json!({"name": "Nobody", "trigger": "unclaimed", "steps": []});
        scene.post("planner", &format!("{H1}/escalation-policies"), steps).must(201);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        scene.verb("dev1", &question, "wait").must(200);
        let scene = at(scene, "2024-11-12T14:29:59Z");
        assert_eq!(facts(&scene, &question, "reminded"), Vec::<Value>::new());
        let scene = at(scene, "2024-11-12T14:30:00Z");
        let asker = scene.member("ada");
        assert_eq!(facts(&scene, &question, "reminded"), [json!({"told": {"member": asker}})]);
        assert_eq!(scene.see("ada", &question)["state"], "waiting_on_asker");
    }
}
