//! Organizations and units of a hackathon through the API.

use serde_json::json;

use crate::on_both;
use crate::support::{Event, faults, text};

on_both! {
    fn a_partner_the_server_does_not_know_is_made_and_one_it_knows_is_taken(world) {
        let event = Event::open(world, "h1");
        let made = event.make("organizations", json!({"organization": "acme", "function": "host", "name": {"en": "Acme", "ko": "아크메"}}));
        assert_eq!((made["slug"].as_str(), made["function"].as_str(), &made["lead"]), (Some("acme"), Some("host"), &json!(null)));
        assert_eq!(world.get(&event.organizer, "/v1/organizations/acme").must(200).json()["name"]["ko"], "아크메");

        let other = Event::open(world, "h2");
        let here = other.make("organizations", json!({"organization": made["id"], "function": "sponsor", "name": "Acme at two"}));
        assert_eq!(here["id"], made["id"]);
        assert_eq!(other.read("organizations/acme")["name"]["en"], "Acme at two");
        assert_eq!(event.read("organizations/acme")["name"]["en"], "Acme");
        assert_eq!(world.get(&event.organizer, "/v1/organizations/acme").json()["name"]["en"], "Acme");
        assert_eq!(event.read("organizations")["items"].as_array().map(Vec::len), Some(1));
    }

    fn an_organization_joins_once_and_must_be_known_or_named(world) {
        let event = Event::open(world, "h1");
        let post = |body| world.post(&event.organizer, &event.path("organizations"), body);
        let unknown = post(json!({"organization": "acme", "function": "host"})).must(422).json();
        assert_eq!(faults(&unknown), [("/organization".into(), "organization.unknown".into())]);
        let nobody = json!({"organization": "0190e2a0-0000-7000-8000-000000000000", "function": "host", "name": "N"});
        assert_eq!(faults(&post(nobody).must(422).json()), faults(&unknown));
        assert_eq!(faults(&post(json!({"organization": "A B", "function": "host", "name": "N"})).must(422).json())[0].1, "slug.shape");
        post(json!({"organization": "acme", "function": "boss", "name": "N"})).must(422);
        post(json!({"organization": "acme", "function": "host", "name": "N", "version": 7})).must(422);
        post(json!({"organization": "acme", "function": "host", "name": "N"})).must(201);
        post(json!({"organization": "acme", "function": "host"})).must(409);
        assert_eq!(event.read("organizations")["items"].as_array().map(Vec::len), Some(1));
    }

    fn a_lead_is_a_member_and_is_named_and_cleared(world) {
        let event = Event::open(world, "h1");
        let ada = event.join("ada", &["responder"]);
        let stranger = Event::open(world, "h2").organizer_id();
        event.partner("acme");
        for path in ["organizations/acme", "units/acme-unit"] {
            let patch = |body| world.patch(&event.organizer, &event.path(path), body);
            assert_eq!(patch(json!({"lead": ada.id})).must(200).json()["lead"], ada.id);
            assert_eq!(patch(json!({})).must(200).json()["lead"], ada.id);
            assert_eq!(faults(&patch(json!({"lead": stranger})).must(422).json()), [("/lead".into(), "member.unknown".into())]);
            assert_eq!(patch(json!({"lead": null})).must(200).json()["lead"], json!(null));
        }
        event.make("organizations", json!({"organization": "beta", "function": "host", "name": "B", "lead": ada.id}));
        assert_eq!(event.read("organizations/beta")["lead"], ada.id);
    }

    fn only_an_organizer_changes_the_consortium(world) {
        let event = Event::open(world, "h1");
        event.partner("acme");
        let stranger = world.person("stranger");
        for role in ["mentor", "responder", "participant", "judge", "observer"] {
            let one = event.join(role, &[role]).person;
            world.get(&one, &event.path("organizations/acme")).must(200);
            world.post(&one, &event.path("organizations"), json!({"organization": "b", "function": "host", "name": "B"})).must(403);
            world.patch(&one, &event.path("organizations/acme"), json!({"function": "host"})).must(403);
            world.delete(&one, &event.path("organizations/acme")).must(403);
            world.delete(&one, &event.path("units/acme-unit")).must(403);
        }
        for path in ["organizations", "organizations/acme"] {
            world.get(&stranger, &event.path(path)).must(404);
        }
        world.delete(&stranger, &event.path("organizations/acme")).must(404);
        assert_eq!(event.read("organizations/acme")["function"], "sponsor");
    }

    fn a_stale_change_of_an_organization_is_refused(world) {
        let event = Event::open(world, "h1");
        event.partner("acme");
        let tag = world.get(&event.organizer, &event.path("organizations/acme")).etag();
        let change = |tag: &str| {
            let call = world.call("PATCH", &event.path("organizations/acme")).by(&event.organizer).header("If-Match", tag);
            call.json(json!({"function": "host"})).send()
        };
        let changed = change(&tag).must(200);
        change(&tag).must(412);
        assert_ne!(changed.etag(), tag);
        // The slug belongs to the organization itself; renaming it there is seen here.
        world.patch(&world.admin(), "/v1/organizations/acme", json!({"slug": "acme-two"})).must(200);
        let renamed = world.get(&event.organizer, &event.path("organizations/acme-two")).must(200);
        assert_ne!(renamed.etag(), changed.etag());
        assert_eq!(text(&renamed.json()["slug"]), "acme-two");
    }
}
