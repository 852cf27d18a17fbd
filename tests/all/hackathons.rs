//! Hackathons, organizations and units through the API.

use serde_json::json;

use crate::on_both;
use crate::support::Person;

fn open(world: &crate::support::World) -> (Person, Person) {
    let (admin, ada) = (world.admin(), world.person("ada"));
    let event = json!({"slug": "h1", "name": {"en": "One", "ko": "하나"}, "timezone": "Europe/London",
        "starts_on": "2024-11-04", "ends_on": "2024-11-29", "organizers": [ada.email]});
    world.post(&admin, "/v1/hackathons", event).must(201);
    (admin, ada)
}

on_both! {
    fn a_hackathon_is_seen_by_its_members_and_by_nobody_else(world) {
        let (admin, ada) = open(world);
        let seen = world.get(&ada, "/v1/hackathons/h1").must(200);
        assert_eq!(seen.json()["name"]["ko"], "하나");
        world.get(&admin, "/v1/hackathons/h1").must(404);
        world.get(&world.person("stranger"), "/v1/hackathons/h1").must(404);
        world.call("GET", "/v1/hackathons/h1").send().must(401);
        assert_eq!(world.get(&ada, "/v1/hackathons").json()["items"][0]["slug"], "h1");
        assert_eq!(world.get(&admin, "/v1/hackathons").json()["items"], json!([]));
    }

    fn a_stale_change_is_refused(world) {
        let (_, ada) = open(world);
        let tag = world.get(&ada, "/v1/hackathons/h1").etag();
        let change = |tag: &str| world.call("PATCH", "/v1/hackathons/h1").by(&ada).header("If-Match", tag).json(json!({"name": "Two"})).send();
        let changed = change(&tag).must(200);
        assert_ne!(changed.etag(), tag);
        change(&tag).must(412);
        world.call("GET", "/v1/hackathons/h1").by(&ada).header("If-None-Match", &changed.etag()).send().must(304);
    }

    fn an_ended_hackathon_does_not_change(world) {
        let (_, ada) = open(world);
        world.patch(&ada, "/v1/hackathons/h1", json!({"ended": true})).must(200);
        let unit = json!({"organization": "x", "slug": "u", "name": "U"});
        world.post(&ada, "/v1/hackathons/h1/units", unit.clone()).must(409);
        world.patch(&ada, "/v1/hackathons/h1", json!({"ended": false})).must(200);
        world.post(&ada, "/v1/hackathons/h1/units", unit).must(422);
    }

    fn a_repeated_post_is_done_once(world) {
        let admin = world.admin();
        let post = |key: &str, slug: &str| {
            world.call("POST", "/v1/organizations").by(&admin).header("Idempotency-Key", key).json(json!({"slug": slug, "name": "N"})).send()
        };
        let first = post("k1", "acme").must(201);
        let again = post("k1", "acme").must(201);
        assert_eq!(first.body, again.body);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        post("k1", "other").must(422);
        post("k2", "acme").must(409);
    }

    fn a_fault_names_its_place_in_the_caller_s_language(world) {
        let admin = world.admin();
        let sent = world.call("POST", "/v1/organizations").by(&admin).header("Accept-Language", "ko").json(json!({"slug": "A B", "name": "N"})).send().must(422);
        let problem = sent.json();
        assert_eq!(sent.header("content-type"), Some("application/problem+json"));
        assert_eq!(problem["errors"][0]["pointer"], "/slug");
        assert_eq!(problem["errors"][0]["code"], "slug.shape");
        assert!(problem["errors"][0]["detail"].as_str().unwrap().contains("소문자"));
        let unknown = world.post(&admin, "/v1/organizations", json!({"slug": "a", "name": "N", "owner": 1})).must(422).json();
        assert_eq!((unknown["errors"][0]["pointer"].as_str(), unknown["errors"][0]["code"].as_str()), (Some("/owner"), Some("field.unknown")));
        world.call("DELETE", "/v1/organizations").by(&admin).send().must(405);
        world.call("GET", "/v1/nothing").by(&admin).send().must(404);
    }
}
