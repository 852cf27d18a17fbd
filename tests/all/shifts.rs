//! Shifts through the API.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Event, faults, text};

fn saturday() -> Value {
    json!({"owner": {"role": "team_mentor"}, "starts_at": "2024-11-09T09:00:00+01:00", "ends_at": "2024-11-09T12:00:00Z"})
}

fn with(change: Value) -> Value {
    let mut body = saturday();
    body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    body
}

on_both! {
    fn a_shift_is_made_changed_and_removed_by_who_has_read_it(world) {
        let event = Event::open(world, "h1");
        let made = world.post(&event.organizer, &event.path("shifts"), saturday()).must(201);
        let shift = made.json();
        assert_eq!((&shift["starts_at"], &shift["replaces"], &shift["on_duty"]), (&json!("2024-11-09T08:00:00Z"), &json!(false), &json!(true)));
        let path = event.path(&format!("shifts/{}", text(&shift["id"])));
        assert_eq!(made.header("location"), Some(path.as_str()));
        let call = |method: &str, tag: Option<&str>| {
            let call = world.call(method, &path).by(&event.organizer).json(json!({"replaces": true, "on_duty": false}));
            let call = match tag {
                Some(tag) => call.header("If-Match", tag),
                None => call,
            };
            call.send()
        };
        call("PATCH", None).must(428);
        call("DELETE", None).must(428);
        call("PATCH", Some("\"x\"")).must(412);
        let changed = call("PATCH", Some(&made.etag())).must(200);
        assert_eq!((&changed.json()["replaces"], &changed.json()["on_duty"]), (&json!(true), &json!(false)));
        call("DELETE", Some(&made.etag())).must(412);
        call("DELETE", Some(&changed.etag())).must(204);
        world.get(&event.organizer, &path).must(404);
    }

    fn a_shift_may_be_about_one_channel(world) {
        let event = Event::open(world, "h1");
        let ada = event.join("ada", &["responder"]);
        let desk = event.make("channels", json!({"slug": "desk", "owner": {"role": "team_mentor"}, "kind": "in_person", "address": "Room 4"}));
        let shift = event.make("shifts", with(json!({"owner": {"member": ada.id}, "channel": "desk"})));
        assert_eq!((&shift["channel"], &shift["owner"]), (&desk["id"], &json!({"kind": "member", "id": ada.id})));
        let path = event.path(&format!("shifts/{}", text(&shift["id"])));
        assert_eq!(world.patch(&event.organizer, &path, json!({"channel": null})).must(200).json()["channel"], json!(null));
        let unknown = world.patch(&event.organizer, &path, json!({"channel": "nowhere"})).must(422).json();
        assert_eq!(faults(&unknown), [("/channel".to_owned(), "channel.unknown".to_owned())]);
    }

    fn every_fault_is_told_at_once(world) {
        let event = Event::open(world, "h1");
        let told = |body: Value| faults(&world.post(&event.organizer, &event.path("shifts"), body).must(422).json());
        let both = told(with(json!({"ends_at": "2024-11-09T08:00:00Z", "on_duty": false})));
        assert_eq!(both, [("/ends_at".to_owned(), "shift.order".to_owned()), ("/on_duty".to_owned(), "shift.absent".to_owned())]);
        assert_eq!(told(with(json!({"version": 1}))), [("/version".to_owned(), "field.unknown".to_owned())]);
        assert_eq!(told(with(json!({"starts_at": "Saturday"}))).first().map(|(place, _)| place.as_str()), Some("/starts_at"));
        assert_eq!(event.read("shifts")["items"], json!([]));
    }

    fn members_read_shifts_and_organizers_change_them(world) {
        let (event, other) = (Event::open(world, "h1"), Event::open(world, "h2"));
        let shift = event.make("shifts", saturday());
        let rest = format!("shifts/{}", text(&shift["id"]));
        for role in ["mentor", "responder", "participant", "judge", "observer"] {
            let who = event.join(role, &[role]).person;
            world.get(&who, &event.path("shifts")).must(200);
            world.get(&who, &event.path(&rest)).must(200);
            world.post(&who, &event.path("shifts"), saturday()).must(403);
            world.patch(&who, &event.path(&rest), json!({"replaces": true})).must(403);
            world.delete(&who, &event.path(&rest)).must(403);
        }
        for path in [event.path(&rest), other.path(&rest)] {
            world.get(&other.organizer, &path).must(404);
            world.patch(&other.organizer, &path, json!({"replaces": true})).must(404);
            world.delete(&other.organizer, &path).must(404);
        }
        world.get(&event.organizer, &event.path("shifts/desk")).must(404);
    }
}
