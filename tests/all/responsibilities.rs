//! The draft of the matrix, cell by cell, through the API.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Event, faults, text};

/// A hackathon with an organization, its unit and two topics.
fn open(world: &crate::support::World) -> Event<'_> {
    let event = Event::open(world, "h1");
    event.partner("acme");
    for topic in ["etl", "access"] {
        event.make("topics", json!({"slug": topic, "name": topic}));
    }
    event
}

fn cell(topic: &str, holder: Value, role: &str) -> Value {
    json!({"topic": topic, "holder": holder, "role": role})
}

fn unit() -> Value {
    json!({"unit": "acme-unit"})
}

fn acme() -> Value {
    json!({"organization": "acme"})
}

/// Who is responsible for `etl`, in order, with their places.
fn order(event: &Event) -> Vec<(i64, String)> {
    let list = event.read("responsibilities?topic=etl&role=responsible")["items"].as_array().unwrap().clone();
    let mut places: Vec<_> =
        list.iter().map(|one| (one["position"].as_i64().unwrap(), text(&one["holder"]["name"]["en"]))).collect();
    places.sort();
    places
}

on_both! {
    fn a_cell_is_made_and_removed(world) {
        let event = open(world);
        let made = world.post(&event.organizer, &event.path("responsibilities"), cell("etl", unit(), "responsible")).must(201);
        let found = made.json();
        let unit_id = event.read("units/acme-unit")["id"].clone();
        let holder = json!({"kind": "unit", "id": unit_id, "slug": "acme-unit", "name": {"en": "Unit"}, "organization": "acme"});
        assert_eq!((&found["topic"], &found["role"], &found["position"], &found["holder"]), (&json!("etl"), &json!("responsible"), &json!(1), &holder));
        let path = event.path(&format!("responsibilities/{}", text(&found["id"])));
        assert_eq!(made.header("location"), Some(path.as_str()));
        let seen = world.get(&event.organizer, &path).must(200);
        assert_eq!((seen.json(), seen.etag()), (found, made.etag()));
        world.call("PATCH", &path).by(&event.organizer).json(json!({})).send().must(405);
        world.delete(&event.organizer, &path).must(204);
        world.delete(&event.organizer, &path).must(404);
    }

    fn a_topic_has_one_accountable(world) {
        let event = open(world);
        event.make("responsibilities", cell("etl", acme(), "accountable"));
        let second = world.post(&event.organizer, &event.path("responsibilities"), cell("etl", unit(), "accountable")).must(409).json();
        assert_eq!(second["accountable"]["slug"], "acme");
        assert!(text(&second["detail"]).contains("acme"), "{second}");
        world.post(&event.organizer, &event.path("responsibilities"), cell("etl", acme(), "accountable")).must(409);
        event.make("responsibilities", cell("access", unit(), "accountable"));
    }

    fn a_holder_has_a_role_in_a_topic_once(world) {
        let event = open(world);
        for holder in [unit(), acme(), json!({"role": "team_mentor"}), json!({"member": event.organizer_id()})] {
            event.make("responsibilities", cell("etl", holder.clone(), "responsible"));
            event.make("responsibilities", cell("etl", holder.clone(), "consulted"));
            world.post(&event.organizer, &event.path("responsibilities"), cell("etl", holder, "responsible")).must(409);
        }
    }

    fn holders_stand_in_the_order_they_are_asked_in(world) {
        let event = open(world);
        let post = |holder: Value, position: Value| {
            let mut body = cell("etl", holder, "responsible");
            body["position"] = position;
            world.post(&event.organizer, &event.path("responsibilities"), body)
        };
        let made = post(unit(), json!(null)).must(201).json();
        post(acme(), json!(7)).must(201);
        post(json!({"role": "team_mentor"}), json!(1)).must(201);
        let named = |places: &[&str]| (1..).zip(places.iter().map(|place| (*place).to_owned())).collect::<Vec<(i64, String)>>();
        assert_eq!(order(&event), named(&["The team's mentors", "Unit", "acme"]));
        let zero = post(json!({"member": event.organizer_id()}), json!(0)).must(422).json();
        assert_eq!(faults(&zero), [("/position".to_owned(), "position.range".to_owned())]);
        world.delete(&event.organizer, &event.path(&format!("responsibilities/{}", text(&made["id"])))).must(204);
        assert_eq!(order(&event), named(&["The team's mentors", "acme"]));
        post(unit(), json!(2)).must(201);
        assert_eq!(order(&event), named(&["The team's mentors", "Unit", "acme"]));
    }

    fn a_cell_is_removed_by_who_has_read_it_or_all_of_the_draft(world) {
        let event = open(world);
        let make = |topic: &str| {
            let made = world.post(&event.organizer, &event.path("responsibilities"), cell(topic, unit(), "responsible")).must(201);
            (event.path(&format!("responsibilities/{}", text(&made.json()["id"]))), made.etag())
        };
        let delete = |path: &str, tag: &str| world.call("DELETE", path).by(&event.organizer).header("If-Match", tag).send();
        let (etl, own) = make("etl");
        world.call("DELETE", &etl).by(&event.organizer).send().must(428);
        delete(&etl, "\"x\"").must(412);
        let list = || world.get(&event.organizer, &event.path("responsibilities")).must(200).etag();
        let before = list();
        let (access, _) = make("access");
        delete(&etl, &before).must(412);
        delete(&etl, &own).must(204);
        let matrix = world.get(&event.organizer, &event.path("matrix?version=draft")).must(200).etag();
        assert_eq!(list(), matrix);
        // Names and hours are no part of what is changed here, but the tag of what is shown tells of them.
        world.patch(&event.organizer, &event.path("units/acme-unit"), json!({"name": "Renamed"})).must(200);
        assert_ne!(list(), matrix);
        delete(&access, &matrix).must(204);
        let (etl, own) = make("etl");
        make("access");
        world.patch(&event.organizer, &event.path("units/acme-unit"), json!({"name": "Again"})).must(200);
        delete(&etl, &own).must(412);
        delete(&etl, "*").must(204);
    }

    fn the_draft_is_listed_by_topic_role_and_kind(world) {
        let event = open(world);
        event.make("responsibilities", cell("etl", unit(), "responsible"));
        event.make("responsibilities", cell("etl", acme(), "accountable"));
        event.make("responsibilities", cell("access", json!({"role": "team_mentor"}), "responsible"));
        event.make("responsibilities", cell("access", json!({"member": event.organizer_id()}), "informed"));
        let count = |query: &str| event.read(&format!("responsibilities?{query}"))["items"].as_array().unwrap().len();
        let found = ["", "topic=etl", "role=responsible", "holder=organization", "holder=unit", "holder=member", "holder=role", "topic=access&role=informed&holder=member", "topic=etl&holder=role"].map(count);
        assert_eq!(found, [4, 2, 2, 1, 1, 1, 1, 1, 0]);
        for (query, place) in [("topic=none", "/topic"), ("role=boss", "/role"), ("holder=team", "/holder"), ("limit=0", "/limit")] {
            let told = world.get(&event.organizer, &event.path(&format!("responsibilities?{query}"))).must(422).json();
            assert_eq!(faults(&told)[0].0, place);
        }
        let page = event.read("responsibilities?limit=3");
        assert_eq!(event.read(&format!("responsibilities?limit=3&cursor={}", text(&page["next"])))["items"].as_array().unwrap().len(), 1);
    }

    fn the_draft_is_for_organizers(world) {
        let event = open(world);
        let made = event.make("responsibilities", cell("etl", unit(), "responsible"));
        let item = event.path(&format!("responsibilities/{}", text(&made["id"])));
        for role in ["mentor", "responder", "participant", "judge", "observer"] {
            let who = event.join(role, &[role]).person;
            world.get(&who, &event.path("responsibilities")).must(403);
            world.get(&who, &item).must(403);
            world.post(&who, &event.path("responsibilities"), cell("access", unit(), "responsible")).must(403);
            world.delete(&who, &item).must(403);
        }
        let other = Event::open(world, "h2");
        world.get(&other.organizer, &item).must(404);
        world.delete(&other.organizer, &item).must(404);
        world.delete(&other.organizer, &other.path(&format!("responsibilities/{}", text(&made["id"])))).must(404);
    }

    fn what_is_not_right_is_told_with_its_place(world) {
        let event = open(world);
        let other = Event::open(world, "h2");
        other.partner("b");
        let topic = text(&other.make("topics", json!({"slug": "theirs", "name": "T"}))["id"]);
        let told = |body: Value| faults(&world.post(&event.organizer, &event.path("responsibilities"), body).must(422).json());
        let fault = |place: &str, code: &str| vec![(place.to_owned(), code.to_owned())];
        assert_eq!(told(cell(&topic, unit(), "responsible")), fault("/topic", "topic.unknown"));
        assert_eq!(told(cell("nothing", unit(), "responsible")), fault("/topic", "topic.unknown"));
        assert_eq!(told(cell("etl", json!({"unit": "b-unit"}), "responsible")), fault("/holder", "holder.unknown"));
        assert_eq!(told(cell("etl", json!({"organization": "b"}), "responsible")), fault("/holder", "holder.unknown"));
        assert_eq!(told(cell("etl", unit(), "boss")), fault("/role", "value.unknown"));
        assert_eq!(told(json!({"topic": "etl", "holder": unit(), "role": "responsible", "inherited": true})), fault("/inherited", "field.unknown"));
        assert_eq!(event.read("responsibilities")["items"], json!([]));
    }
}
