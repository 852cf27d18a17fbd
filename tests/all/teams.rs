//! Teams, their members and their mentors through the API.

use serde_json::json;

use crate::on_both;
use crate::support::{Event, faults, text};

on_both! {
    fn a_team_is_shown_with_its_people(world) {
        let event = Event::open(world, "h1");
        let made = event.make("members", json!({"email": "ada@example.org", "display_name": "Ada", "roles": ["participant"], "profession": "etl", "weekly_hours": 2.5}));
        let mentors = [event.join("bob", &["mentor"]), event.join("eve", &["mentor"])];
        event.make("teams", json!({"slug": "red", "name": {"en": "Red", "ko": "빨강"}}));
        event.make("teams/red/members", json!({"member": made["id"], "function": "leader"}));
        for mentor in mentors.iter().rev() {
            event.make("teams/red/mentors", json!({"member": mentor.id}));
        }
        let team = event.read("teams/red");
        let ada = &team["members"][0];
        assert_eq!((ada["display_name"].as_str(), ada["function"].as_str(), ada["profession"].as_str(), ada["weekly_hours"].as_f64()),
            (Some("Ada"), Some("leader"), Some("etl"), Some(2.5)));
        let order: Vec<_> = team["mentors"].as_array().unwrap().iter().map(|one| (one["display_name"].as_str(), one["position"].as_i64())).collect();
        assert_eq!(order, [(Some("eve"), Some(1)), (Some("bob"), Some(2))]);
        assert_eq!(event.read("teams")["items"], json!([team]));
        assert_eq!(event.read("teams/red/members")["items"], team["members"]);
        assert_eq!(event.read("teams/red/mentors?limit=1")["items"][0]["display_name"], "bob", "pages go by id");
        assert!(!world.get(&world.person("ada"), &event.path("teams/red")).must(200).text().contains("@example.org"));
    }

    fn participants_build_and_mentors_stand_by(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["mentor"]));
        let both = event.join("eve", &["participant", "mentor"]);
        event.team("red", &ada, &bob);
        let post = |list: &str, body| world.post(&event.organizer, &event.path(&format!("teams/red/{list}")), body);
        let code = |reply: crate::support::Reply| faults(&reply.must(422).json());
        let refused = |code: &str| vec![("/member".to_owned(), code.to_owned())];
        assert_eq!(code(post("members", json!({"member": bob.id, "function": "x"}))), refused("member.role"));
        assert_eq!(code(post("mentors", json!({"member": ada.id}))), refused("member.role"));
        post("members", json!({"member": ada.id, "function": "developer"})).must(409);
        post("mentors", json!({"member": bob.id})).must(409);
        post("mentors", json!({"member": both.id})).must(201);
        assert_eq!(code(post("members", json!({"member": both.id, "function": "x"}))), refused("member.both"));
        world.delete(&event.organizer, &event.path(&format!("teams/red/mentors/{}", both.id))).must(204);
        post("members", json!({"member": both.id, "function": "x"})).must(201);
        assert_eq!(code(post("mentors", json!({"member": both.id}))), refused("member.both"));
        world.patch(&event.organizer, &event.path(&format!("members/{}", both.id)), json!({"suspended": true})).must(200);
        world.delete(&event.organizer, &event.path(&format!("teams/red/members/{}", both.id))).must(204);
        assert_eq!(code(post("mentors", json!({"member": both.id}))), refused("member.suspended"));
    }

    fn what_somebody_does_in_a_team_changes_alone(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["mentor"]));
        event.team("red", &ada, &bob);
        let path = event.path(&format!("teams/red/members/{}", ada.id));
        let before = world.get(&event.organizer, &event.path("teams/red")).etag();
        assert_eq!(world.patch(&event.organizer, &path, json!({"function": "designer"})).must(200).json()["function"], "designer");
        let after = world.get(&event.organizer, &event.path("teams/red"));
        assert_eq!(after.json()["members"][0]["function"], "designer");
        assert_ne!(after.etag(), before, "the tag tells of everything that is shown");
        world.patch(&event.organizer, &event.path(&format!("members/{}", ada.id)), json!({"weekly_hours": 3})).must(200);
        assert_ne!(world.get(&event.organizer, &event.path("teams/red")).etag(), after.etag());
        world.patch(&event.organizer, &path, json!({"member": bob.id})).must(422);
        world.get(&event.organizer, &event.path(&format!("teams/red/members/{}", bob.id))).must(404);
        world.get(&event.organizer, &event.path(&format!("teams/red/mentors/{}", bob.id))).must(200);
        world.get(&event.organizer, &event.path(&format!("teams/red/mentors/{}", ada.id))).must(404);
        world.get(&event.organizer, &event.path("teams/red/members/leader")).must(404);
    }

    fn who_loses_the_role_leaves_the_teams_it_was_for(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["mentor", "responder"]));
        event.team("red", &ada, &bob);
        world.patch(&event.organizer, &event.path(&format!("members/{}", bob.id)), json!({"roles": ["responder"]})).must(200);
        assert_eq!(event.read("teams/red")["mentors"], json!([]));
        world.patch(&event.organizer, &event.path(&format!("members/{}", ada.id)), json!({"suspended": true})).must(200);
        assert_eq!(event.read("teams/red")["members"][0]["suspended"], true);
        world.delete(&event.organizer, &event.path(&format!("members/{}", ada.id))).must(204);
        assert_eq!(event.read("teams/red")["members"], json!([]));
    }

    fn a_team_is_renamed_and_removed_and_its_people_stay(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["mentor"]));
        event.team("red", &ada, &bob);
        event.make("teams", json!({"slug": "blue", "name": "Blue"}));
        let change = |body| world.patch(&event.organizer, &event.path("teams/red"), body);
        change(json!({"slug": "blue"})).must(409);
        let renamed = change(json!({"slug": "crimson", "name": "Crimson"})).must(200).json();
        assert_eq!((renamed["slug"].as_str(), renamed["members"].as_array().map(Vec::len)), (Some("crimson"), Some(1)));
        world.post(&event.organizer, &event.path("teams"), json!({"slug": "blue", "name": "B"})).must(409);
        world.delete(&event.organizer, &event.path("teams/crimson")).must(204);
        world.get(&event.organizer, &event.path("teams/crimson")).must(404);
        assert_eq!(event.read(&format!("members/{}", ada.id))["display_name"], "ada");
    }

    fn a_stale_change_of_a_team_is_refused(world) {
        let event = Event::open(world, "h1");
        event.make("teams", json!({"slug": "red", "name": "Red"}));
        let tag = world.get(&event.organizer, &event.path("teams/red")).etag();
        let change = || {
            let call = world.call("PATCH", &event.path("teams/red")).by(&event.organizer).header("If-Match", &tag);
            call.json(json!({"name": "Two"})).send()
        };
        change().must(200);
        change().must(412);
    }

    fn only_an_organizer_changes_teams(world) {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["mentor"]));
        event.team("red", &ada, &bob);
        for one in [&ada.person, &bob.person] {
            world.get(one, &event.path("teams/red/members")).must(200);
            world.post(one, &event.path("teams"), json!({"slug": "x", "name": "X"})).must(403);
            world.patch(one, &event.path("teams/red"), json!({"name": "X"})).must(403);
            world.delete(one, &event.path("teams/red")).must(403);
            world.post(one, &event.path("teams/red/members"), json!({"member": ada.id, "function": "x"})).must(403);
            world.post(one, &event.path("teams/red/mentors"), json!({"member": bob.id})).must(403);
            world.delete(one, &event.path(&format!("teams/red/members/{}", ada.id))).must(403);
            world.delete(one, &event.path(&format!("teams/red/mentors/{}", bob.id))).must(403);
        }
        assert_eq!(text(&event.read("teams/red")["name"]["en"]), "red");
    }
}
