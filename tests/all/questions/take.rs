//! Who has a question.

use serde_json::{Value, json};

use super::Scene;
use super::scene::{codes, fault};
use crate::on_both;

on_both! {
    fn whoever_claims_a_question_has_it_and_the_others_hear_who(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let claimed = scene.verb("dev1", &question, "claim").must(200).json();
        assert_eq!((&claimed["state"], &claimed["assignee"]["display_name"]), (&json!("claimed"), &json!("dev1")));
        let refused = scene.verb("dev2", &question, "claim").must(409).json();
        assert_eq!(refused["detail"], "dev1 has claimed this question; it lies with Development team.");
        assert_eq!((&refused["assignee"]["display_name"], &refused["holder"]["slug"], &refused["state"]), (&json!("dev1"), &json!("development"), &json!("claimed")));
        let korean = world.call("POST", &format!("/v1/hackathons/h1/questions/{question}/claim")).by(scene.who("dev2")).header("Accept-Language", "ko").send().must(409);
        assert_eq!(korean.json()["detail"], "이미 맡은 사람이 있는 질문입니다: dev1. 담당: 개발팀");
        assert_eq!(scene.verb("dev1", &question, "claim").must(409).json()["detail"], "You have claimed this question already.");
    }

    fn a_released_question_can_be_claimed_again(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        assert!(scene.verb("dev1", &question, "release").must(409).text().contains("Nobody has claimed this question; it lies with Development team."));
        scene.verb("dev1", &question, "claim").must(200);
        assert!(scene.verb("dev2", &question, "release").must(409).text().contains("dev1 has claimed"));
        let released = scene.verb("dev1", &question, "release").must(200).json();
        assert_eq!((&released["state"], &released["assignee"]), (&json!("open"), &Value::Null));
        scene.verb("dev2", &question, "claim").must(200);
        scene.verb("chief", &question, "release").must(200);
        scene.verb("dev1", &question, "claim").must(200);
        assert_eq!(scene.kinds(&question)[2..], ["claimed", "released", "claimed", "released", "claimed"]);
    }

    fn taking_over_is_for_organizers_the_team_s_mentors_and_the_unit_s_lead(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        assert!(scene.verb("chief", &question, "take-over").must(409).text().contains("Claim it first"));
        scene.verb("dev1", &question, "claim").must(200);
        for refused in ["dev2", "mentor2", "ops1", "bob"] {
            scene.verb(refused, &question, "take-over").must(403);
        }
        for taker in ["chief", "boss", "mentor1", "planner"] {
            let taken = scene.verb(taker, &question, "take-over").must(200).json();
            assert_eq!(taken["assignee"]["display_name"], taker);
        }
        scene.verb("planner", &question, "take-over").must(409);
    }

    fn a_question_is_given_to_somebody_who_may_answer_it(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let give = |who: &str, to: &str| scene.verb_with(who, &question, "reassign", json!({"to": to}));
        let (dev2, ada, ops1) = (scene.member("dev2"), scene.member("ada"), scene.member("ops1"));
        assert_eq!(give("chief", &dev2).must(200).json()["assignee"]["display_name"], "dev2");
        assert!(give("planner", &dev2).must(409).text().contains("dev2 has claimed"));
        assert_eq!(give("mentor1", &scene.member("dev1")).must(200).json()["assignee"]["display_name"], "dev1");
        give("dev1", &dev2).must(403);
        assert_eq!(codes(give("chief", &ada)), fault("/to", "member.cannot_answer"));
        assert_eq!(codes(give("chief", &ops1)), fault("/to", "member.cannot_answer"));
        assert_eq!(codes(give("chief", "0192fcbb-8240-7244-902b-2ed14bdd9832")), fault("/to", "member.unknown"));
        world.patch(scene.who("planner"), &format!("/v1/hackathons/h1/members/{dev2}"), json!({"suspended": true})).must(200);
        assert_eq!(codes(give("chief", &dev2)), fault("/to", "member.cannot_answer"));
        let event = scene.events(&question).pop().expect("an event");
        assert_eq!((&event["kind"], &event["actor"]["member"]["display_name"]), (&json!("reassigned"), &json!("mentor1")));
    }

    fn waiting_for_the_asker_ends_when_they_are_heard(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "wait").must(409);
        scene.verb("dev1", &question, "claim").must(200);
        assert!(scene.verb("dev2", &question, "wait").must(409).text().contains("dev1 has claimed"));
        let waiting = scene.verb_with("dev1", &question, "wait", json!({"comment": "Which pipeline?"})).must(200).json();
        assert_eq!((&waiting["state"], &waiting["assignee"]["display_name"]), (&json!("waiting_on_asker"), &json!("dev1")));
        assert_eq!(waiting["posts"][0]["body"], "Which pipeline?");
        assert!(scene.verb("dev2", &question, "claim").must(409).text().contains("dev1 has this question and waits for the asker"));
        assert_eq!(scene.verb("dev2", &question, "resume").must(409).json()["state"], "waiting_on_asker");
        assert_eq!(scene.verb("ada", &question, "resume").must(200).json()["state"], "claimed");
        scene.verb("dev1", &question, "wait").must(200);
        scene.verb_with("mentor1", &question, "comments", json!({"body": "I wonder, too."})).must(201);
        assert_eq!(scene.see("ada", &question)["state"], "waiting_on_asker", "only the asker's side is waited for");
        scene.verb_with("bob", &question, "comments", json!({"body": "The nightly one."})).must(201);
        assert_eq!(scene.see("ada", &question)["state"], "claimed");
        scene.verb("dev1", &question, "wait").must(200);
        scene.verb("dev1", &question, "resume").must(200);
        scene.verb("ada", &question, "resume").must(409);
        assert_eq!(scene.kinds(&question)[2..], ["claimed", "commented", "waiting", "resumed", "waiting", "commented", "commented", "resumed", "waiting", "resumed"]);
    }
}
