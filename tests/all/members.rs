//! Members through the API.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Event, Person, World, faults, text};

fn names(list: &Value) -> Vec<String> {
    list["items"]
        .as_array()
        .map(|items| items.iter().map(|item| text(&item["display_name"])).collect())
        .unwrap_or_default()
}

/// Every text in an answer that must not be in one to those who may not contact people.
fn is_discreet(world: &World, who: &Person, path: &str) -> bool {
    let told = world.get(who, path).must(200).text();
    !["@example.org", "+44", "\"email\"", "\"phone\""].iter().any(|secret| told.contains(secret))
}

on_both! {
    fn a_member_has_roles_a_place_and_hours(world) {
        let event = Event::open(world, "h1");
        event.partner("acme");
        let made = event.make("members", json!({"email": "Ada@Example.org", "display_name": "Ada", "roles": ["responder", "mentor"],
            "affiliation": {"unit": "acme-unit"}, "profession": "data-science", "weekly_hours": 2.5, "phone": "+44 1", "locale": "ko"}));
        let id = text(&made["id"]);
        assert_eq!(made["email"], "Ada@Example.org");
        assert_eq!(made["affiliation"], json!({"unit": event.read("units/acme-unit")["id"]}));
        assert_eq!((made["weekly_hours"].as_f64(), &made["suspended"], &made["locale"]), (Some(2.5), &json!(false), &json!("ko")));
        assert_eq!(event.read(&format!("members/{id}")), made);

        let patch = |body| world.patch(&event.organizer, &event.path(&format!("members/{id}")), body);
        let moved = patch(json!({"affiliation": {"organization": "acme"}, "profession": null, "weekly_hours": 8})).must(200).json();
        assert_eq!(moved["affiliation"], json!({"organization": event.read("organizations/acme")["id"]}));
        assert_eq!((&moved["profession"], moved["weekly_hours"].as_f64()), (&json!(null), Some(8.0)));
        assert_eq!(patch(json!({"affiliation": null, "weekly_hours": null})).must(200).json()["affiliation"], json!(null));
        world.post(&event.organizer, &event.path("members"), json!({"email": "ada@example.org", "roles": ["judge"]})).must(409);
    }

    fn what_is_wrong_with_a_member_is_told_with_its_place(world) {
        let event = Event::open(world, "h1");
        event.partner("acme");
        let post = |body| world.post(&event.organizer, &event.path("members"), body).must(422).json();
        let fault = |body| faults(&post(body)).remove(0);
        let place = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
        assert_eq!(fault(json!({"email": "a@b.c", "roles": []})), place("/roles", "roles.none"));
        assert_eq!(fault(json!({"email": "a@b.c", "roles": ["judge", "judge"]})), place("/roles/1", "roles.twice"));
        assert_eq!(fault(json!({"email": "a@b.c", "roles": ["king"]})), place("/roles/0", "value.unknown"));
        assert_eq!(fault(json!({"email": "ab", "roles": ["judge"]})), place("/email", "email.shape"));
        for hours in [0.0, -1.0, 80.5] {
            assert_eq!(fault(json!({"email": "a@b.c", "roles": ["judge"], "weekly_hours": hours})), place("/weekly_hours", "hours.range"));
        }
        let at = |place: Value| fault(json!({"email": "a@b.c", "roles": ["judge"], "affiliation": place}));
        assert_eq!(at(json!({"unit": "none"})), place("/affiliation/unit", "unit.unknown"));
        assert_eq!(at(json!({"organization": "none"})), place("/affiliation/organization", "organization.unknown"));
        assert_eq!(at(json!({})), place("/affiliation", "affiliation.shape"));
        assert_eq!(at(json!({"unit": "acme-unit", "organization": "acme"})), place("/affiliation", "affiliation.shape"));
        for field in ["state", "hackathon", "user", "version", "suspended", "created_at"] {
            assert_eq!(fault(json!({"email": "a@b.c", "roles": ["judge"], field: "x"})), (format!("/{field}"), "field.unknown".into()));
        }
        assert_eq!(names(&event.read("members")), ["h1-organizer"]);
    }

    fn members_are_found_by_role_place_profession_and_name(world) {
        let event = Event::open(world, "h1");
        event.partner("acme");
        let new = |name: &str, email: &str, roles: Value, place: Value, profession: &str| {
            event.make("members", json!({"email": email, "display_name": name, "roles": roles, "affiliation": place, "profession": profession}));
        };
        new("Ada Byron", "a@x.org", json!(["responder"]), json!({"unit": "acme-unit"}), "etl");
        new("BOB", "b@x.org", json!(["responder", "mentor"]), json!({"organization": "acme"}), "etl");
        new("김하나", "c@x.org", json!(["participant"]), json!(null), "design");
        let found = |query: &str| names(&event.read(&format!("members?{query}")));
        assert_eq!(found("role=responder"), ["Ada Byron", "BOB"]);
        assert_eq!(found("role=mentor"), ["BOB"]);
        assert_eq!(found("organization=acme"), ["Ada Byron", "BOB"]);
        assert_eq!(found("unit=acme-unit"), ["Ada Byron"]);
        assert_eq!(found("profession=design"), ["김하나"]);
        assert_eq!(found("q=b"), ["Ada Byron", "BOB"]);
        assert_eq!(found("q=%ED%95%98%EB%82%98"), ["김하나"]);
        assert_eq!(found("q=x.org"), [""; 0], "names are searched, addresses are not");
        let first = event.read("members?role=responder&limit=1");
        assert_eq!(names(&first), ["Ada Byron"]);
        let rest = event.read(&format!("members?role=responder&limit=1&cursor={}", text(&first["next"])));
        assert_eq!((names(&rest), &rest["next"]), (vec!["BOB".to_owned()], &json!(null)));
        for query in ["role=king", "unit=none", "organization=none", "limit=0", "limit=101"] {
            world.get(&event.organizer, &event.path(&format!("members?{query}"))).must(422);
        }
    }

    fn a5_addresses_are_shown_only_to_those_who_may_contact_people(world) {
        let event = Event::open(world, "h1");
        let ada = event.make("members", json!({"email": "ada@example.org", "display_name": "Ada", "roles": ["participant"], "phone": "+44 1"}));
        let path = event.path(&format!("members/{}", text(&ada["id"])));
        for role in ["mentor", "responder"] {
            let one = event.join(role, &[role]).person;
            assert_eq!(world.get(&one, &path).must(200).json()["phone"], "+44 1", "{role}");
        }
        for role in ["participant", "judge", "observer"] {
            let one = event.join(role, &[role]).person;
            assert!(is_discreet(world, &one, &path), "{role}");
            assert!(is_discreet(world, &one, &event.path("members")), "{role}");
        }
        let herself = world.person("ada");
        assert!(is_discreet(world, &herself, &path));
        // Who may contact her later is not told 304 for the answer they had before.
        let before = world.get(&herself, &path).etag();
        world.patch(&event.organizer, &path, json!({"roles": ["participant"]})).must(200);
        assert_ne!(world.get(&event.organizer, &path).etag(), before);
    }

    fn the_last_organizer_stays(world) {
        let event = Event::open(world, "h1");
        let path = event.path(&format!("members/{}", event.organizer_id()));
        world.patch(&event.organizer, &path, json!({"roles": ["mentor"]})).must(409);
        world.patch(&event.organizer, &path, json!({"suspended": true})).must(409);
        world.delete(&event.organizer, &path).must(409);
        let bob = event.join("bob", &["organizer"]);
        world.patch(&event.organizer, &event.path(&format!("members/{}", bob.id)), json!({"suspended": true})).must(200);
        world.delete(&event.organizer, &path).must(409);
        world.patch(&event.organizer, &event.path(&format!("members/{}", bob.id)), json!({"suspended": false})).must(200);
        world.patch(&event.organizer, &path, json!({"roles": ["mentor"]})).must(200);
        world.patch(&bob.person, &event.path(&format!("members/{}", bob.id)), json!({"roles": ["judge"]})).must(409);
    }

    fn a_change_of_roles_is_in_force_with_the_next_request(world) {
        let event = Event::open(world, "h1");
        let bob = event.join("bob", &["organizer"]);
        let path = event.path(&format!("members/{}", bob.id));
        let team = |slug: &str| world.post(&bob.person, &event.path("teams"), json!({"slug": slug, "name": "T"}));
        team("t1").must(201);
        world.patch(&event.organizer, &path, json!({"roles": ["participant"]})).must(200);
        team("t2").must(403);
        world.patch(&event.organizer, &path, json!({"suspended": true})).must(200);
        world.get(&bob.person, &event.path("teams")).must(404);
        world.patch(&event.organizer, &path, json!({"suspended": false, "roles": ["organizer"]})).must(200);
        team("t2").must(201);
        world.delete(&event.organizer, &path).must(204);
        world.get(&bob.person, &event.path("teams")).must(404);
        world.get(&event.organizer, &path).must(404);
    }

    fn two_organizers_who_demote_each_other_leave_one(world) {
        let event = Event::open(world, "h1");
        let bob = event.join("bob", &["organizer"]);
        let ada = event.path(&format!("members/{}", event.organizer_id()));
        let other = event.path(&format!("members/{}", bob.id));
        let demote = |who: &Person, path: &str| world.patch(who, path, json!({"roles": ["mentor"]})).status;
        let both = std::thread::scope(|scope| {
            let one = scope.spawn(|| demote(&event.organizer, &other));
            let two = scope.spawn(|| demote(&bob.person, &ada));
            [one.join().unwrap(), two.join().unwrap()]
        });
        assert_eq!(both.iter().filter(|status| **status == 200).count(), 1, "{both:?}");
        let left = [&event.organizer, &bob.person].into_iter().filter(|one| {
            world.patch(one, "/v1/hackathons/h1", json!({})).status == 200
        });
        assert_eq!(left.count(), 1);
    }
}
