//! Who is told when nothing happens, by the clock and by hand.

use serde_json::{Value, json};

use super::{at, due, facts, tick};
use crate::on_both;
use crate::questions::Scene;
use crate::questions::scene::{codes, fault, id, text};

const POLICIES: &str = "/v1/hackathons/h1/escalation-policies";

fn organization(scene: &Scene, slug: &str) -> String {
    let found = scene.get("planner", &format!("/v1/hackathons/h1/organizations/{slug}")).must(200).json();
    text(&found["id"])
}

on_both! {
    fn if_nobody_claims_in_time_the_accountable_is_told_once(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let acme = organization(&scene, "acme");
        let scene = at(scene, "2024-11-05T15:29:59Z");
        assert_eq!(scene.kinds(&question), ["asked", "routed"]);
        let scene = at(scene, "2024-11-05T15:30:00Z");
        tick(world);
        assert_eq!(scene.kinds(&question), ["asked", "routed", "overdue", "escalated"]);
        let told = [json!({"trigger": "unclaimed", "step": 1, "told": {"organization": acme}})];
        assert_eq!(facts(&scene, &question, "escalated"), told);
        assert_eq!(scene.events(&question)[3]["actor"], json!({"kind": "system", "member": null, "guest": null}));
        let scene = at(scene, "2024-11-19T15:30:00Z");
        let unclaimed = facts(&scene, &question, "escalated").into_iter().filter(|facts| facts["trigger"] == "unclaimed");
        assert_eq!(unclaimed.collect::<Vec<_>>(), told);
    }

    fn steps_come_in_order_and_again_as_often_as_the_policy_says(world) {
        let scene = Scene::open(world);
        let ops = json!({"tell": "holder", "holder": {"unit": "operations"}, "after_seconds": 600});
        let steps = json!([{"after_seconds": 300, "tell": "holder_lead"}, ops]);
        let policy = json!({"name": "Quick", "trigger": "unclaimed", "scope": {"topic": "etl"}, "steps": steps, "repeats": 1});
        scene.post("planner", POLICIES, policy).must(201);
        let question = scene.on_etl();
        let (chief, unit) = (scene.member("chief"), scene.get("planner", "/v1/hackathons/h1/units/operations").must(200).json());
        let step = |step: i32, told: Value| json!({"trigger": "unclaimed", "step": step, "told": told});
        let all = [
            step(1, json!({"member": chief})), step(2, json!({"unit": unit["id"]})),
            step(3, json!({"member": chief})), step(4, json!({"unit": unit["id"]})),
        ];
        let scene = at(scene, "2024-11-05T14:35:00Z");
        assert_eq!(facts(&scene, &question, "escalated"), all[..1]);
        // Nobody looked for ten minutes and more: each step once, in order.
        let scene = at(scene, "2024-11-05T14:51:00Z");
        assert_eq!(facts(&scene, &question, "escalated"), all);
        let scene = at(scene, "2024-11-05T15:20:00Z");
        assert_eq!(facts(&scene, &question, "escalated"), all);
    }

    fn a_question_that_is_claimed_escalates_no_further_and_begins_anew_when_it_is_given_back(world) {
        let scene = Scene::open(world);
        let policy = json!({"name": "Quick", "trigger": "unclaimed", "steps": [{"after_seconds": 300, "tell": "organizers"}, {"after_seconds": 600, "tell": "organizers"}]});
        scene.post("planner", POLICIES, policy).must(201);
        let question = scene.on_etl();
        let scene = at(scene, "2024-11-05T14:35:00Z");
        scene.verb("dev1", &question, "claim").must(200);
        let scene = at(scene, "2024-11-05T15:00:00Z");
        assert_eq!(facts(&scene, &question, "escalated").len(), 1);
        scene.verb("dev1", &question, "release").must(200);
        let scene = at(scene, "2024-11-05T15:05:00Z");
        let steps: Vec<Value> = facts(&scene, &question, "escalated").iter().map(|facts| facts["step"].clone()).collect();
        assert_eq!(steps, [1, 1]);
    }

    fn where_there_is_nobody_to_tell_the_organizers_are_told(world) {
        let scene = Scene::open(world);
        let policy = json!({"name": "Lead", "trigger": "unclaimed", "steps": [{"after_seconds": 60, "tell": "holder_lead"}]});
        scene.post("planner", POLICIES, policy).must(201);
        let question = id(&scene.ask("ada", json!({"title": "Data?", "topic": "data"})));
        let scene = at(scene, "2024-11-05T14:31:00Z");
        assert_eq!(facts(&scene, &question, "escalated")[0]["told"], json!({"role": "organizer"}));
    }

    fn people_escalate_by_hand(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let (acme, before) = (organization(&scene, "acme"), due(&scene, &question));
        let reason = json!({"reason": "The demo is at four."});
        for refused in ["dev1", "ada", "mentor2"] {
            scene.verb_with(refused, &question, "escalate", reason.clone()).must(403);
        }
        scene.verb_with("judge", &question, "escalate", reason.clone()).must(403);
        let seen = scene.verb_with("chief", &question, "escalate", reason.clone()).must(200).json();
        assert_eq!((&seen["state"], &seen["holder"]["slug"]), (&json!("open"), &json!("development")));
        scene.verb_with("mentor1", &question, "escalate", json!({"tell": "organizers", "reason": "Stuck."})).must(200);
        let keeper = json!({"tell": "holder", "holder": {"unit": "archive"}, "reason": "They know."});
        scene.verb_with("planner", &question, "escalate", keeper).must(200);
        let told: Vec<Value> = facts(&scene, &question, "escalated").into_iter().map(|facts| json!([facts["told"], facts["reason"]])).collect();
        let archive = scene.get("planner", "/v1/hackathons/h1/units/archive").must(200).json();
        assert_eq!(told, [json!([{"organization": acme}, "The demo is at four."]), json!([{"role": "organizer"}, "Stuck."]), json!([{"unit": archive["id"]}, "They know."])]);
        assert_eq!(due(&scene, &question), before, "its clocks go on");
        let no_holder = scene.verb_with("planner", &question, "escalate", json!({"tell": "holder", "reason": "R"}));
        assert_eq!(codes(no_holder), fault("/holder", "tell.holder"));
        let scene = at(scene, "2024-11-05T15:30:00Z");
        assert_eq!(facts(&scene, &question, "escalated")[3]["step"], 1, "by hand is no step of the policy");
        scene.verb("ada", &question, "withdraw").must(200);
        scene.verb_with("planner", &question, "escalate", reason).must(409);
    }
}
