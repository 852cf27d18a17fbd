//! The brief, its versions and who has read them, through the API.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Event, Joined, Reply, faults};

fn wish(ambition: &str) -> Value {
    json!({"ambition": ambition, "summary": {"en": "Build it", "ko": "만들기"}, "criteria": [{"name": "Value", "weight": 60}, {"name": "Proof", "weight": 40}]})
}

fn acknowledge(event: &Event, who: &Joined, body: Value) -> Reply {
    event.world.post(&who.person, &event.path("brief/acknowledgements"), body)
}

on_both! {
    fn every_change_of_the_brief_is_a_version(world) {
        let event = Event::open(world, "h1");
        let path = event.path("brief");
        world.get(&event.organizer, &path).must(404);
        let first = world.call("PUT", &path).by(&event.organizer).header("If-None-Match", "*").json(wish("poc")).send().must(201);
        assert_eq!((first.json()["version"].as_i64(), first.etag()), (Some(1), "\"1\"".to_owned()));
        assert_eq!(first.json()["criteria"][1], json!({"name": {"en": "Proof"}, "weight": 40}));
        let put = |tag: &str, body| world.call("PUT", &path).by(&event.organizer).header("If-Match", tag).json(body).send();
        assert_eq!(put("\"1\"", wish("poc")).must(200).json()["version"], 1, "who says the same makes no version");
        let second = put("\"1\"", wish("production")).must(200);
        assert_eq!((&second.json()["version"], &second.json()["changed"]), (&json!(2), &json!(["ambition"])));
        put("\"1\"", wish("pilot")).must(412);
        world.call("PUT", &path).by(&event.organizer).json(wish("pilot")).send().must(428);
        assert_eq!(event.read("brief")["ambition"], "production");
        assert_eq!(event.read("brief?version=1")["ambition"], "poc");
        for none in ["3", "0", "-1", "x"] {
            world.get(&event.organizer, &event.path(&format!("brief?version={none}"))).must(404);
        }
        assert_eq!(put("\"2\"", json!({"ambition": "production"})).must(200).json()["changed"], json!(["summary", "criteria"]));
    }

    fn versions_are_listed_with_what_changed(world) {
        let event = Event::open(world, "h1");
        for ambition in ["poc", "pilot", "production"] {
            world.put(&event.organizer, &event.path("brief"), wish(ambition));
        }
        let page = event.read("brief/versions?limit=2");
        assert_eq!(page["items"][0]["changed"], json!(null));
        assert_eq!((&page["items"][1]["version"], &page["items"][1]["changed"]), (&json!(2), &json!(["ambition"])));
        let rest = event.read(&format!("brief/versions?limit=2&cursor={}", page["next"].as_str().unwrap()));
        assert_eq!((&rest["items"][0]["version"], &rest["items"][0]["changed"]), (&json!(3), &json!(["ambition"])));
        assert_eq!((rest["items"].as_array().map(Vec::len), &rest["next"]), (Some(1), &json!(null)));
    }

    fn what_is_wrong_with_a_brief_is_told_with_its_place(world) {
        let event = Event::open(world, "h1");
        let told = |body: Value| faults(&world.put(&event.organizer, &event.path("brief"), body).must(422).json());
        let fault = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
        let weights = json!({"ambition": "poc", "criteria": [{"name": "A", "weight": 0}, {"name": "B", "weight": 101}]});
        assert_eq!(told(weights), [fault("/criteria/0/weight", "number.range"), fault("/criteria/1/weight", "number.range")]);
        assert_eq!(told(json!({"ambition": "moon"})), [fault("/ambition", "value.unknown")]);
        assert_eq!(told(json!({"ambition": "poc", "version": 4})), [fault("/version", "field.unknown")]);
        let many: Vec<Value> = (0..51).map(|at| json!({"name": format!("c{at}"), "weight": 1})).collect();
        assert_eq!(told(json!({"ambition": "poc", "criteria": many})), [fault("/criteria", "criteria.many")]);
        world.get(&event.organizer, &event.path("brief")).must(404);
    }

    fn a_team_is_told_what_changed_since_one_of_it_read_the_brief(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["mentor"]));
        let eve = event.join("eve", &["participant"]);
        event.team("red", &ada, &bob);
        event.make("teams/red/members", json!({"member": eve.id, "function": "developer"}));
        acknowledge(&event, &ada, json!({})).must(409);
        world.put(&event.organizer, &event.path("brief"), wish("poc")).must(201);
        let before = world.get(&eve.person, &event.path("brief")).must(200);
        assert_eq!((&before.json()["changed"], &before.json()["compared_with"]), (&json!(null), &json!(null)));
        let kept = acknowledge(&event, &ada, json!({})).must(201).json();
        assert_eq!((kept["version"].as_i64(), kept["member"].as_str()), (Some(1), Some(ada.id.as_str())));
        assert_eq!(kept["team"], event.read("teams/red")["id"]);
        acknowledge(&event, &ada, json!({"version": 1})).must(200);
        let after = world.get(&eve.person, &event.path("brief")).must(200);
        assert_eq!((&after.json()["changed"], &after.json()["compared_with"]), (&json!([]), &json!(1)));
        assert_ne!(after.etag(), before.etag());
        world.put(&event.organizer, &event.path("brief"), wish("production")).must(200);
        assert_eq!(world.get(&eve.person, &event.path("brief")).json()["changed"], json!(["ambition"]));
        assert_eq!(faults(&acknowledge(&event, &ada, json!({"version": 3})).must(422).json()), [("/version".into(), "version.unknown".into())]);
    }

    fn who_has_read_which_version_is_seen_by_organizers_and_by_the_team(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["mentor"]));
        let (eve, joe) = (event.join("eve", &["participant"]), event.join("joe", &["observer"]));
        event.team("red", &ada, &bob);
        world.put(&event.organizer, &event.path("brief"), wish("poc")).must(201);
        for one in [&ada, &eve] {
            acknowledge(&event, one, json!({})).must(201);
        }
        acknowledge(&event, &joe, json!({})).must(403);
        world.put(&event.organizer, &event.path("brief"), wish("pilot")).must(200);
        acknowledge(&event, &eve, json!({"version": 2})).must(201);
        let seen = |by: &crate::support::Person, query: &str| -> Vec<(String, i64)> {
            let list = world.get(by, &event.path(&format!("brief/acknowledgements{query}"))).must(200).json();
            list["items"].as_array().unwrap().iter().map(|one| (one["display_name"].as_str().unwrap().into(), one["version"].as_i64().unwrap())).collect()
        };
        let named = |list: &[(&str, i64)]| -> Vec<(String, i64)> { list.iter().map(|(name, version)| ((*name).into(), *version)).collect() };
        assert_eq!(seen(&event.organizer, ""), named(&[("ada", 1), ("eve", 2)]));
        assert_eq!(seen(&event.organizer, "?version=1"), named(&[("ada", 1), ("eve", 1)]));
        assert_eq!(seen(&event.organizer, "?version=2"), named(&[("eve", 2)]));
        assert_eq!(seen(&ada.person, ""), named(&[("ada", 1)]));
        assert_eq!(seen(&bob.person, ""), named(&[("ada", 1)]), "a mentor sees the teams they mentor");
        assert_eq!(seen(&eve.person, ""), named(&[("eve", 2)]));
        assert_eq!(seen(&joe.person, ""), named(&[]));
        world.get(&world.person("stranger"), &event.path("brief/acknowledgements")).must(404);
        world.get(&world.person("stranger"), &event.path("brief")).must(404);
        world.put(&ada.person, &event.path("brief"), wish("pilot")).must(403);
    }

    fn who_is_in_several_teams_says_for_which(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["mentor"]));
        event.team("red", &ada, &bob);
        event.team("blue", &ada, &bob);
        event.make("teams", json!({"slug": "green", "name": "Green"}));
        world.put(&event.organizer, &event.path("brief"), wish("poc")).must(201);
        let told = |body| faults(&acknowledge(&event, &ada, body).must(422).json()).remove(0).1;
        assert_eq!(told(json!({})), "team.missing");
        assert_eq!(told(json!({"team": "green"})), "team.foreign");
        assert_eq!(told(json!({"team": "none"})), "team.unknown");
        let kept = acknowledge(&event, &ada, json!({"team": "blue"})).must(201).json();
        assert_eq!(kept["team"], event.read("teams/blue")["id"]);
    }

    fn of_two_who_write_at_once_one_is_told(world) {
        let event = Event::open(world, "h1");
        let put = |ambition: &str| world.call("PUT", &event.path("brief")).by(&event.organizer).json(wish(ambition)).send().status;
        let both = std::thread::scope(|scope| {
            let one = scope.spawn(|| put("poc"));
            let two = scope.spawn(|| put("pilot"));
            let mut both = [one.join().unwrap(), two.join().unwrap()];
            both.sort_unstable();
            both
        });
        assert!(both == [201, 412] || both == [201, 428], "{both:?}");
        assert_eq!(event.read("brief")["version"], 1);
    }
}
