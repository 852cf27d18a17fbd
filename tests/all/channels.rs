//! Channels through the API.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Event, faults, text};

fn desk(owner: Value) -> Value {
    json!({"slug": "desk", "owner": owner, "kind": "email", "address": "desk@example.org", "hours": ["mon-fri 9:00-17:00"]})
}

on_both! {
    fn a_channel_is_made_changed_and_removed(world) {
        let event = Event::open(world, "h1");
        event.partner("acme");
        let unit = event.read("units/acme-unit")["id"].clone();
        let made = world.post(&event.organizer, &event.path("channels"), desk(json!({"unit": "acme-unit"}))).must(201);
        assert_eq!(made.header("location"), Some("/v1/hackathons/h1/channels/desk"));
        let channel = made.json();
        assert_eq!(channel["owner"], json!({"kind": "unit", "id": unit}));
        assert_eq!((&channel["hours"], &channel["timezone"], &channel["name"]), (&json!(["Mon-Fri 09:00-17:00"]), &json!(null), &json!(null)));
        let path = event.path("channels/desk");
        assert_eq!(world.get(&event.organizer, &path).etag(), made.etag());
        let patch = json!({"timezone": "Asia/Seoul", "name": "Desk", "owner": {"role": "team_mentor"}, "hours": []});
        let changed = world.patch(&event.organizer, &path, patch).must(200).json();
        assert_eq!((&changed["timezone"], &changed["owner"]), (&json!("Asia/Seoul"), &json!({"kind": "role", "id": null})));
        assert_eq!((&changed["name"], &changed["hours"]), (&json!({"en": "Desk"}), &json!([])));
        let cleared = world.patch(&event.organizer, &path, json!({"timezone": null, "name": null})).must(200).json();
        assert_eq!((&cleared["timezone"], &cleared["name"]), (&json!(null), &json!(null)));
        let stale = world.call("DELETE", &path).by(&event.organizer).header("If-Match", &made.etag());
        stale.send().must(412);
        world.delete(&event.organizer, &path).must(204);
        world.get(&event.organizer, &path).must(404);
    }

    fn an_address_must_fit_its_kind(world) {
        let event = Event::open(world, "h1");
        let sent = |kind: &str, address: &str| {
            let body = json!({"slug": "c", "owner": {"role": "team_mentor"}, "kind": kind, "address": address});
            world.post(&event.organizer, &event.path("channels"), body)
        };
        let shape = [("/address".to_owned(), "address.shape".to_owned())];
        for (kind, address) in [
            ("chat", "javascript:alert(1)"),
            ("url", "data:text/html,<script>x</script>"),
            ("meeting", "JAVASCRIPT:alert(1)"),
            ("url", "example.org"),
            ("email", "https://example.org"),
            ("phone", "ring me"),
        ] {
            assert_eq!(faults(&sent(kind, address).must(422).json()), shape, "{kind} {address}");
        }
        sent("phone", "+44 20 7946 0000").must(201);
        let changed = world.patch(&event.organizer, &event.path("channels/c"), json!({"kind": "url"})).must(422).json();
        assert_eq!(faults(&changed), shape, "the address stays and must fit the new kind");
        world.patch(&event.organizer, &event.path("channels/c"), json!({"kind": "url", "address": "https://x.example.org"})).must(200);
    }

    fn what_is_not_right_is_told_with_its_place(world) {
        let event = Event::open(world, "h1");
        let told = |patch: Value| {
            let mut body = desk(json!({"role": "team_mentor"}));
            body.as_object_mut().unwrap().extend(patch.as_object().unwrap().clone());
            faults(&world.post(&event.organizer, &event.path("channels"), body).must(422).json())
        };
        let fault = |place: &str, code: &str| vec![(place.to_owned(), code.to_owned())];
        assert_eq!(told(json!({"hours": ["Mon 09:00-10:00", "whenever"]})), fault("/hours/1", "hours.shape"));
        assert_eq!(told(json!({"timezone": "Mars/Base"})), fault("/timezone", "timezone.unknown"));
        assert_eq!(told(json!({"owner": {}})), fault("/owner", "holder.shape"));
        assert_eq!(told(json!({"owner": {"unit": "x", "role": "team_mentor"}})), fault("/owner", "holder.shape"));
        assert_eq!(told(json!({"owner": {"role": "judge"}})), fault("/owner", "holder.shape"));
        assert_eq!(told(json!({"owner": {"unit": "nowhere"}})), fault("/owner", "holder.unknown"));
        assert_eq!(told(json!({"owner": {"team": "x"}})), fault("/owner/team", "field.unknown"));
        assert_eq!(told(json!({"kind": "fax"})), fault("/kind", "value.unknown"));
        assert_eq!(told(json!({"version": 1})), fault("/version", "field.unknown"));
        let many: Vec<_> = (0..51).map(|_| "Mon 09:00-10:00").collect();
        assert_eq!(told(json!({"hours": many})), fault("/hours", "hours.many"));
        assert_eq!(event.read("channels")["items"], json!([]));
    }

    fn a_channel_takes_the_shifts_that_are_about_it_along(world) {
        let event = Event::open(world, "h1");
        event.make("channels", desk(json!({"role": "team_mentor"})));
        let times = |channel: Value| json!({"owner": {"role": "team_mentor"}, "channel": channel, "starts_at": "2024-11-09T09:00:00Z", "ends_at": "2024-11-09T12:00:00Z"});
        event.make("shifts", times(json!("desk")));
        let kept = event.make("shifts", times(json!(null)));
        world.delete(&event.organizer, &event.path("channels/desk")).must(204);
        assert_eq!(event.read("shifts")["items"], json!([kept]));
    }

    fn a5_a_person_s_own_address_is_for_those_who_ask_and_answer(world) {
        let event = Event::open(world, "h1");
        let ada = event.join("ada", &["responder"]);
        let body = |kind: &str, address: &str| json!({"slug": kind, "owner": {"member": ada.id}, "kind": kind, "address": address});
        event.make("channels", body("phone", "+44 20 7946 0000"));
        event.make("channels", body("chat", "https://chat.example.org/ada"));
        event.make("channels", desk(json!({"role": "team_mentor"})));
        let seen = |who: &crate::support::Person| {
            let list = world.get(who, &event.path("channels")).must(200).json();
            let one = world.get(who, &event.path("channels/phone")).must(200).json();
            assert_eq!(list["items"][0], one);
            list["items"].as_array().unwrap().iter().map(|one| one["address"].is_string()).collect::<Vec<_>>()
        };
        for role in ["mentor", "responder", "participant"] {
            assert_eq!(seen(&event.join(&format!("a-{role}"), &[role]).person), [true, true, true], "{role}");
        }
        for role in ["judge", "observer"] {
            let who = event.join(&format!("a-{role}"), &[role]).person;
            assert_eq!(seen(&who), [false, true, true], "{role}");
            let path = event.path("channels/phone");
            assert_ne!(world.get(&who, &path).etag(), world.get(&event.organizer, &path).etag(), "other bytes have another tag");
            world.post(&who, &event.path("channels"), desk(json!({"role": "team_mentor"}))).must(403);
            world.patch(&who, &path, json!({"kind": "chat"})).must(403);
            world.delete(&who, &path).must(403);
        }
        world.get(&world.person("stranger"), &event.path("channels/phone")).must(404);
    }

    fn a2_an_owner_of_another_hackathon_is_like_one_that_never_was(world) {
        let (here, there) = (Event::open(world, "h1"), Event::open(world, "h2"));
        there.partner("acme");
        let ada = there.join("ada", &["responder"]);
        let unit = text(&there.read("units/acme-unit")["id"]);
        let acme = text(&there.read("organizations/acme")["id"]);
        let told = |owner: Value| world.post(&here.organizer, &here.path("channels"), desk(owner)).must(422).json()["errors"].clone();
        let never = told(json!({"unit": "0190e2a0-0000-7000-8000-000000000000"}));
        for owner in [json!({"unit": unit}), json!({"unit": "acme-unit"}), json!({"organization": acme}), json!({"organization": "acme"}), json!({"member": ada.id})] {
            assert_eq!(told(owner), never);
        }
        there.make("channels", desk(json!({"unit": "acme-unit"})));
        world.get(&here.organizer, &here.path("channels/desk")).must(404);
        world.delete(&here.organizer, &here.path("channels/desk")).must(404);
    }
}
