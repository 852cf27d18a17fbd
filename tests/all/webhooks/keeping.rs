//! Making, changing and removing webhooks, and what is told of them.

use chrono::TimeDelta;
use serde_json::{Value, json};
use signpost::base::{Id, PageRequest};
use signpost::webhook::{self, store};

use super::{Hook, WEBHOOKS};
use crate::on_both;
use crate::questions::scene::Scene;
use crate::support::{Event, Reply, text};

fn faults(reply: Reply) -> Vec<(String, String)> {
    let told = reply.must(422).json();
    let all = told["errors"].as_array().expect("faults").iter();
    all.map(|fault| (text(&fault["pointer"]), text(&fault["code"]))).collect()
}

on_both! {
    fn what_is_no_webhook_is_refused(world) {
        let scene = Scene::open(world);
        let fault = |body: Value| faults(scene.post("planner", WEBHOOKS, body)).remove(0);
        for (url, code) in [
            ("hooks.example.org", "url.shape"),
            ("ftp://hooks.example.org/", "url.shape"),
            ("https://user:password@hooks.example.org/", "url.shape"),
            ("https://hooks.example.org/#x", "url.shape"),
            ("https://10.0.0.1/", "url.not_allowed"),
            ("https://[::ffff:169.254.169.254]/", "url.not_allowed"),
            ("https://0x0a000001/", "url.not_allowed"),
            ("http://192.168.1.1/", "url.not_allowed"),
        ] {
            assert_eq!(fault(json!({"name": "N", "url": url})), ("/url".to_owned(), code.to_owned()), "{url}");
        }
        let url = "https://hooks.example.org/";
        assert_eq!(fault(json!({"name": "N", "url": url, "events": ["webhook.test"]})).1, "events.test");
        assert_eq!(fault(json!({"name": "N", "url": url, "events": ["question.noted"]})).1, "value.unknown");
        assert_eq!(fault(json!({"name": "N", "url": url, "secret": "whsec_x"})).1, "field.unknown");
        let hook = Hook::on(&scene, &[]);
        let change = |body: Value| faults(world.patch(scene.who("planner"), &hook.path(""), body)).remove(0).1;
        assert_eq!(change(json!({"url": "https://127.0.0.2/"})), "url.not_allowed");
        assert_eq!(change(json!({"events": ["webhook.test"]})), "events.test");
        assert_eq!(change(json!({"secret": "whsec_x"})), "field.unknown");
    }

    fn a_secret_is_told_once(world) {
        let scene = Scene::open(world);
        let make = || {
            let call = world.call("POST", WEBHOOKS).by(scene.who("planner")).header("Idempotency-Key", "once");
            call.json(json!({"name": "N", "url": "https://hooks.example.org/"})).send().must(201)
        };
        let (first, again) = (make().json(), make().json());
        assert!(text(&first["secret"]).starts_with("whsec_"));
        assert_eq!((&again["secret"], &again["id"]), (&Value::Null, &first["id"]));
        let path = format!("{WEBHOOKS}/{}", text(&first["id"]));
        scene.post("planner", &format!("{path}/test"), json!({})).must(202);
        let change = world.patch(scene.who("planner"), &path, json!({"name": "M"})).must(200);
        let told = [scene.get("planner", WEBHOOKS), scene.get("planner", &path), change, scene.get("planner", &format!("{path}/deliveries"))];
        assert!(told.iter().all(|reply| reply.status == 200 && !reply.text().contains("whsec_") && !reply.text().contains("\"secret\"")));
        let export = world.call("GET", "/v1/hackathons/h1/export").by(scene.who("planner")).header("Accept", "application/json");
        let export = export.send().must(200).text();
        assert!(!export.contains("whsec_") && !export.contains("hooks.example.org"), "an export holds no webhook");
        for who in ["dev1", "mentor1", "ada", "judge", "watcher"] {
            scene.get(who, &path).must(403);
        }
    }

    fn a_webhook_is_changed_and_removed(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        let tag = scene.get("planner", &hook.path("")).must(200).etag();
        let body = json!({"name": "Other", "events": []});
        let changed = world.call("PATCH", &hook.path("")).by(scene.who("planner")).header("If-Match", &tag).json(body.clone()).send();
        assert_eq!((changed.must(200).json()["name"].clone(), hook.see(&scene)["events"].clone()), (json!("Other"), json!([])));
        world.call("PATCH", &hook.path("")).by(scene.who("planner")).header("If-Match", &tag).json(body).send().must(412);
        scene.post("planner", &hook.path("/test"), json!({})).must(202);
        hook.settled(&scene, 1);
        world.delete(scene.who("planner"), &hook.path("")).must(204);
        scene.get("planner", &hook.path("")).must(404);
        scene.get("planner", &hook.path("/deliveries")).must(404);
        scene.on_etl();
        assert_eq!(hook.receiver.wait(1).len(), 1);
    }

    fn a_hackathon_has_at_most_twenty(world) {
        let event = Event::open(world, "many");
        let new = json!({"name": "N", "url": "https://hooks.example.org/"});
        (0..webhook::MOST).for_each(|_| { event.make("webhooks", new.clone()); });
        world.post(&event.organizer, &event.path("webhooks"), new).must(409);
        let page = world.get(&event.organizer, &event.path("webhooks?limit=15")).must(200).json();
        let rest = format!("webhooks?limit=15&cursor={}", text(&page["next"]));
        let rest = world.get(&event.organizer, &event.path(&rest)).must(200).json();
        assert_eq!((rest["items"].as_array().map(Vec::len), &rest["next"]), (Some(5), &Value::Null));
    }

    fn the_log_comes_in_pages_and_is_kept_for_thirty_days(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        (0..3).for_each(|_| drop(scene.on_etl()));
        let log = hook.settled(&scene, 3);
        let page = scene.get("planner", &hook.path("/deliveries?limit=2")).must(200).json();
        assert_eq!((&page["items"][0]["id"], page["items"].as_array().map(Vec::len)), (&log[2]["id"], Some(2)));
        let rest = scene.get("planner", &hook.path(&format!("/deliveries?limit=2&cursor={}", text(&page["next"])))).must(200).json();
        assert_eq!((&rest["items"][0]["id"], &rest["next"]), (&log[0]["id"], &Value::Null));
        let id = Id::from_uuid(hook.id.parse().unwrap());
        let whole = PageRequest { limit: 10, after: None };
        let kept = || {
            world.db.write_now(webhook::tidy).unwrap();
            world.db.read_now(|tx| store::delivery::list(tx, id, &whole)).unwrap().len()
        };
        world.later(TimeDelta::days(30));
        assert_eq!(kept(), 3);
        world.later(TimeDelta::seconds(1));
        assert_eq!(kept(), 0);
    }

    fn an_ended_hackathon_s_webhooks_can_still_be_tended(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &[]);
        world.patch(scene.who("planner"), "/v1/hackathons/h1", json!({"ended": true})).must(200);
        scene.post("planner", &hook.path("/test"), json!({})).must(202);
        hook.receiver.wait(1);
        world.patch(scene.who("planner"), &hook.path(""), json!({"enabled": false})).must(200);
        world.delete(scene.who("planner"), &hook.path("")).must(204);
    }

    fn with_a_hackathon_its_webhooks_go(world) {
        let scene = Scene::open(world);
        let hook = Hook::on(&scene, &["question.asked"]);
        scene.on_etl();
        let delivery = Id::from_uuid(text(&hook.settled(&scene, 1)[0]["id"]).parse().unwrap());
        let here = Id::from_uuid(text(&scene.get("planner", "/v1/hackathons/h1").must(200).json()["id"]).parse().unwrap());
        world.delete(scene.who("planner"), "/v1/hackathons/h1?confirm=h1").must(204);
        let id = Id::from_uuid(hook.id.parse().unwrap());
        let left = world.db.read_now(|tx| Ok((store::by_id(tx, here, id)?.is_some(), store::delivery::by_id(tx, id, delivery)?.is_some())));
        assert_eq!(left.unwrap(), (false, false));
    }
}
