//! Topics through the API.

use serde_json::json;

use crate::on_both;
use crate::support::{Event, faults, text};

on_both! {
    fn a_topic_is_made_changed_and_removed(world) {
        let event = Event::open(world, "h1");
        let whole = json!({"slug": "etl", "name": {"en": "ETL", "ko": "이티엘"}, "description": "Pipelines.",
            "keywords": {"en": ["spark"], "ko": ["스파크"]}, "examples": {"en": ["Why does my build fail?"]}, "pack": "data-access"});
        let made = world.post(&event.organizer, &event.path("topics"), whole).must(201);
        assert_eq!(made.header("location"), Some("/v1/hackathons/h1/topics/etl"));
        let topic = made.json();
        assert_eq!(topic["keywords"], json!({"en": ["spark"], "ko": ["스파크"]}));
        assert_eq!(topic["examples"], json!({"en": ["Why does my build fail?"], "ko": []}));
        assert_eq!((&topic["parent"], &topic["pack"]), (&json!(null), &json!("data-access")));
        let by_id = world.get(&event.organizer, &event.path(&format!("topics/{}", text(&topic["id"])))).must(200);
        assert_eq!((by_id.json(), by_id.etag()), (topic, made.etag()));
        let path = event.path("topics/etl");
        let patch = json!({"slug": "pipelines", "description": null, "keywords": null, "name": "Pipelines"});
        let changed = world.patch(&event.organizer, &path, patch).must(200);
        assert_ne!(changed.etag(), made.etag());
        let topic = changed.json();
        assert_eq!((&topic["description"], &topic["keywords"]), (&json!(null), &json!({"en": [], "ko": []})));
        assert_eq!(topic["examples"]["en"], json!(["Why does my build fail?"]));
        world.get(&event.organizer, &path).must(404);
        let stale = world.call("PATCH", &event.path("topics/pipelines")).by(&event.organizer).header("If-Match", &made.etag());
        stale.json(json!({"name": "X"})).send().must(412);
        world.delete(&event.organizer, &event.path("topics/pipelines")).must(204);
        world.get(&event.organizer, &event.path("topics/pipelines")).must(404);
    }

    fn a_change_names_a_value_where_there_must_be_one(world) {
        let event = Event::open(world, "h1");
        event.make("topics", json!({"slug": "etl", "name": "ETL"}));
        event.make("channels", json!({"slug": "desk", "owner": {"role": "team_mentor"}, "kind": "in_person", "address": "Room 4"}));
        let shift = event.make("shifts", json!({"owner": {"role": "team_mentor"}, "starts_at": "2024-11-09T09:00:00Z", "ends_at": "2024-11-09T12:00:00Z"}));
        let shift = format!("shifts/{}", text(&shift["id"]));
        let must: [(&str, &[&str]); 3] = [
            ("topics/etl", &["slug", "name"]),
            ("channels/desk", &["slug", "owner", "kind", "address", "hours"]),
            (&shift, &["owner", "starts_at", "ends_at", "replaces", "on_duty"]),
        ];
        for (path, names) in must {
            let before = event.read(path);
            for name in names {
                let refused = world.patch(&event.organizer, &event.path(path), json!({*name: null})).must(422).json();
                assert_eq!(faults(&refused)[0].0, format!("/{name}"));
            }
            assert_eq!(event.read(path), before);
        }
    }

    fn a_slug_is_taken_once(world) {
        let event = Event::open(world, "h1");
        event.make("topics", json!({"slug": "etl", "name": "ETL"}));
        event.make("topics", json!({"slug": "two", "name": "Two"}));
        world.post(&event.organizer, &event.path("topics"), json!({"slug": "etl", "name": "X"})).must(409);
        world.patch(&event.organizer, &event.path("topics/two"), json!({"slug": "etl"})).must(409);
    }

    fn words_without_a_language_are_in_that_of_the_request(world) {
        let event = Event::open(world, "h1");
        let call = world.call("POST", &event.path("topics")).by(&event.organizer).header("Content-Language", "ko");
        let made = call.json(json!({"slug": "etl", "name": "파이프라인", "keywords": ["스파크"]})).send().must(201).json();
        assert_eq!((&made["name"], &made["keywords"]), (&json!({"ko": "파이프라인"}), &json!({"en": [], "ko": ["스파크"]})));
    }

    fn topics_form_a_tree_without_circles(world) {
        let event = Event::open(world, "h1");
        let data = event.make("topics", json!({"slug": "data", "name": "Data"}));
        let etl = event.make("topics", json!({"slug": "etl", "name": "ETL", "parent": "data"}));
        event.make("topics", json!({"slug": "spark", "name": "Spark", "parent": etl["id"]}));
        assert_eq!(event.read("topics/etl")["parent"], data["id"]);
        let circle = |topic: &str, parent: &str| {
            faults(&world.patch(&event.organizer, &event.path(&format!("topics/{topic}")), json!({"parent": parent})).must(422).json())
        };
        let expected = vec![("/parent".to_owned(), "topic.circle".to_owned())];
        assert_eq!(circle("data", "spark"), expected);
        assert_eq!(circle("data", "data"), expected);
        let free = world.patch(&event.organizer, &event.path("topics/spark"), json!({"parent": null})).must(200).json();
        assert_eq!(free["parent"], json!(null));
        world.patch(&event.organizer, &event.path("topics/data"), json!({"parent": "spark"})).must(200);
    }

    fn what_others_hang_on_is_not_removed(world) {
        let event = Event::open(world, "h1");
        event.partner("acme");
        event.make("topics", json!({"slug": "data", "name": "Data"}));
        event.make("topics", json!({"slug": "etl", "name": "ETL", "parent": "data"}));
        let cell = event.make("responsibilities", json!({"topic": "data", "holder": {"unit": "acme-unit"}, "role": "informed"}));
        let refused = world.delete(&event.organizer, &event.path("topics/data")).must(409).json();
        assert_eq!(refused["children"], json!(["etl"]));
        assert_eq!(refused["responsibilities"], json!([{"id": cell["id"], "role": "informed"}]));
        world.delete(&event.organizer, &event.path("topics/etl")).must(204);
        world.delete(&event.organizer, &event.path("topics/data")).must(409);
        world.delete(&event.organizer, &event.path(&format!("responsibilities/{}", text(&cell["id"])))).must(204);
        world.delete(&event.organizer, &event.path("topics/data")).must(204);
    }

    fn every_fault_in_the_words_is_told_at_once(world) {
        let event = Event::open(world, "h1");
        let many: Vec<String> = (0..51).map(|n| format!("word {n}")).collect();
        let sent = json!({"slug": "etl", "name": "ETL", "keywords": {"ko": many}, "examples": {"en": ["fine", "x".repeat(501)]}});
        let told = faults(&world.post(&event.organizer, &event.path("topics"), sent).must(422).json());
        let expected = [("/keywords/ko", "phrases.many"), ("/examples/en/1", "phrases.long")];
        assert_eq!(told, expected.map(|(place, code)| (place.to_owned(), code.to_owned())));
        let blank = json!({"slug": "etl", "name": "ETL", "keywords": {"en": ["a", " "]}});
        let told = faults(&world.post(&event.organizer, &event.path("topics"), blank).must(422).json());
        assert_eq!(told, [("/keywords/en/1".to_owned(), "text.shape".to_owned())]);
        let unknown = json!({"slug": "etl", "name": "ETL", "keywords": {"fr": []}});
        let told = faults(&world.post(&event.organizer, &event.path("topics"), unknown).must(422).json());
        assert_eq!(told, [("/keywords/fr".to_owned(), "field.unknown".to_owned())]);
        assert_eq!(event.read("topics")["items"], json!([]));
    }

    fn a4_no_property_of_an_answer_is_taken(world) {
        let event = Event::open(world, "h1");
        let topic = event.make("topics", json!({"slug": "etl", "name": "ETL"}));
        for name in ["id", "created_at", "updated_at", "version", "hackathon", "hackathon_id"] {
            let value = topic.get(name).cloned().unwrap_or(json!(1));
            let sent = json!({"slug": "two", "name": "Two", name: value});
            world.post(&event.organizer, &event.path("topics"), sent).must(422);
            world.patch(&event.organizer, &event.path("topics/etl"), json!({name: value})).must(422);
        }
        assert_eq!(event.read("topics")["items"], json!([topic]));
    }

    fn members_read_topics_and_organizers_change_them(world) {
        let event = Event::open(world, "h1");
        event.make("topics", json!({"slug": "etl", "name": "ETL"}));
        let item = event.path("topics/etl");
        for role in ["mentor", "responder", "participant", "judge", "observer"] {
            let who = event.join(role, &[role]).person;
            world.get(&who, &event.path("topics")).must(200);
            world.get(&who, &item).must(200);
            world.post(&who, &event.path("topics"), json!({"slug": "x", "name": "X"})).must(403);
            world.patch(&who, &item, json!({"name": "X"})).must(403);
            world.delete(&who, &item).must(403);
        }
        let stranger = world.person("stranger");
        world.get(&stranger, &item).must(404);
        world.post(&stranger, &event.path("topics"), json!({"slug": "x", "name": "X"})).must(404);
        world.delete(&stranger, &item).must(404);
        world.call("GET", &item).send().must(401);
    }

    fn a2_a_topic_of_another_hackathon_is_like_one_that_never_was(world) {
        let (here, there) = (Event::open(world, "h1"), Event::open(world, "h2"));
        let other = text(&there.make("topics", json!({"slug": "etl", "name": "ETL"}))["id"]);
        let own = here.make("topics", json!({"slug": "own", "name": "Own"}));
        let never = "0190e2a0-0000-7000-8000-000000000000";
        for key in [other.as_str(), never, "etl"] {
            world.get(&here.organizer, &here.path(&format!("topics/{key}"))).must(404);
            let refused = world.patch(&here.organizer, &here.path("topics/own"), json!({"parent": key})).must(422).json();
            assert_eq!(faults(&refused), [("/parent".to_owned(), "topic.unknown".to_owned())]);
            world.get(&here.organizer, &here.path(&format!("responsibilities?topic={key}"))).must(422);
        }
        assert_eq!(here.read("topics")["items"], json!([own]));
    }

    fn lists_come_in_pages(world) {
        let event = Event::open(world, "h1");
        for slug in ["a", "b", "c"] {
            event.make("topics", json!({"slug": slug, "name": slug}));
        }
        let first = event.read("topics?limit=2");
        let next = event.read(&format!("topics?limit=2&cursor={}", text(&first["next"])));
        let slugs = |page: &serde_json::Value| page["items"].as_array().unwrap().iter().map(|one| text(&one["slug"])).collect::<Vec<_>>();
        assert_eq!((slugs(&first), slugs(&next)), (vec!["a".into(), "b".into()], vec!["c".into()]));
        assert_eq!(next["next"], json!(null));
        world.get(&event.organizer, &event.path(&format!("channels?cursor={}", text(&first["next"])))).must(422);
    }
}
