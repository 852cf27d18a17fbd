//! Invitations through the API.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Event, Person, Reply, World, faults, text};

const PASSWORD: &str = "correct horse battery staple";

/// The token in the link of an invitation that was just made.
fn token(made: &Value) -> String {
    let link = text(&made["link"]);
    link.rsplit_once("/invitations/").expect("a link with a token").1.to_owned()
}

fn invite(event: &Event, email: &str, roles: &[&str]) -> Value {
    event.make("invitations", json!({"email": email, "roles": roles}))
}

fn accept(world: &World, token: &str, more: Value) -> Reply {
    let mut body = json!({"token": token});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.call("POST", "/v1/invitations/accept").json(body).send()
}

fn accept_as(world: &World, who: &Person, token: &str) -> Reply {
    world.post(who, "/v1/invitations/accept", json!({"token": token}))
}

/// Whoever can sign in with this is somebody.
fn sign_in(world: &World, email: &str) -> Reply {
    world.call("POST", "/v1/auth/login").json(json!({"email": email, "password": PASSWORD})).send()
}

on_both! {
    fn who_is_invited_sees_nothing_until_they_accept(world) {
        let event = Event::open(world, "h1");
        event.partner("acme");
        let made = event.make("invitations", json!({"email": "Ada@example.org", "roles": ["participant"], "affiliation": {"unit": "acme-unit"}, "display_name": "Ada"}));
        assert_eq!((made["state"].as_str(), made["expires_at"].as_str()), (Some("open"), Some("2024-11-12T14:30:00Z")));
        sign_in(world, "ada@example.org").must(401);
        assert_eq!(event.read("members?q=ada")["items"], json!([]));

        let accepted = accept(world, &token(&made), json!({"password": PASSWORD})).must(201).json();
        assert_eq!(accepted["hackathon"]["slug"], "h1");
        let member = event.read(&format!("members/{}", text(&accepted["member"])));
        assert_eq!((member["email"].as_str(), member["display_name"].as_str(), &member["roles"]), (Some("Ada@example.org"), Some("Ada"), &json!(["participant"])));
        assert_eq!(member["affiliation"], made["affiliation"]);
        let session = sign_in(world, "ada@example.org").must(200).json();
        let bearer = format!("Bearer {}", text(&session["access_token"]));
        world.call("GET", "/v1/hackathons/h1").header("Authorization", &bearer).send().must(200);
        assert_eq!(event.read(&format!("invitations/{}", text(&made["id"])))["state"], "accepted");
    }

    fn a_link_is_good_for_one_time_and_while_it_is_open(world) {
        let event = Event::open(world, "h1");
        let never = accept(world, "0000", json!({"password": PASSWORD})).must(404).json();
        let used = invite(&event, "ada@example.org", &["judge"]);
        accept(world, &token(&used), json!({"password": PASSWORD})).must(201);
        let again = accept(world, &token(&used), json!({"password": PASSWORD})).must(404).json();
        assert_eq!((&again["title"], &again["detail"]), (&never["title"], &never["detail"]));

        let revoked = invite(&event, "bob@example.org", &["judge"]);
        let path = event.path(&format!("invitations/{}", text(&revoked["id"])));
        world.delete(&event.organizer, &path).must(204);
        world.delete(&event.organizer, &path).must(204);
        accept(world, &token(&revoked), json!({"password": PASSWORD})).must(404);
        assert_eq!(world.get(&event.organizer, &path).json()["state"], "revoked");
        world.delete(&event.organizer, &event.path(&format!("invitations/{}", text(&used["id"])))).must(409);

        let first = invite(&event, "eve@example.org", &["judge"]);
        let second = invite(&event, "EVE@example.org", &["mentor"]);
        accept(world, &token(&first), json!({"password": PASSWORD})).must(404);
        world.later(TimeDelta::days(7));
        accept(world, &token(&second), json!({"password": PASSWORD})).must(404);
        let organizer = world.person("h1-organizer");
        let list = world.get(&organizer, &event.path("invitations")).must(200).json();
        let states: Vec<String> = list["items"].as_array().unwrap().iter().map(|one| text(&one["state"])).collect();
        assert_eq!(states, ["accepted", "revoked", "revoked", "expired"]);
        let members = world.get(&organizer, &event.path("members")).must(200).json();
        assert_eq!(members["items"].as_array().map(Vec::len), Some(2), "ada and the organizer");
    }

    fn the_link_is_shown_once(world) {
        let event = Event::open(world, "h1");
        let post = || {
            let call = world.call("POST", &event.path("invitations")).by(&event.organizer).header("Idempotency-Key", "k1");
            call.json(json!({"email": "ada@example.org", "roles": ["judge"]})).send().must(201).json()
        };
        let (first, again) = (post(), post());
        assert_eq!((&again["id"], &again["link"]), (&first["id"], &json!(null)));
        assert!(text(&first["link"]).starts_with(&world.url));
        let secret = token(&first);
        let kept = world.db.read_now(|tx| {
            use diesel::prelude::*;
            use signpost::db::schema::{invitations, kept_answers};
            let answers: Vec<String> = kept_answers::table.select(kept_answers::body).load(tx.conn())?;
            let hashes: Vec<String> = invitations::table.select(invitations::token_hash).load(tx.conn())?;
            Ok(answers.into_iter().chain(hashes).collect::<Vec<_>>())
        });
        assert!(kept.unwrap().iter().all(|one| !one.contains(&secret)));
        assert!(!world.get(&event.organizer, &event.path("invitations")).text().contains("link"));
    }

    fn who_has_a_password_must_be_signed_in(world) {
        let event = Event::open(world, "h1");
        let first = invite(&event, "ada@example.org", &["participant"]);
        accept(world, &token(&first), json!({"password": PASSWORD})).must(201);
        let other = Event::open(world, "h2");
        let made = invite(&other, "ada@example.org", &["mentor"]);
        accept(world, &token(&made), json!({})).must(401);
        accept(world, &token(&made), json!({"password": "another password"})).must(401);
        accept_as(world, &other.organizer, &token(&made)).must(401);
        let ada = world.person("ada");
        let both = world.post(&ada, "/v1/invitations/accept", json!({"token": token(&made), "password": "another password"}));
        assert_eq!(faults(&both.must(422).json()), [("/password".into(), "password.set".into())]);
        world.get(&ada, "/v1/hackathons/h2").must(404);
        accept_as(world, &ada, &token(&made)).must(201);
        world.get(&ada, "/v1/hackathons/h2").must(200);
        sign_in(world, "ada@example.org").must(200);
        world.post(&other.organizer, &other.path("invitations"), json!({"email": "ada@example.org", "roles": ["judge"]})).must(409);
    }

    fn a_new_user_chooses_a_password_that_may_be_chosen(world) {
        let event = Event::open(world, "h1");
        let made = invite(&event, "ada@example.org", &["participant"]);
        let told = |more| faults(&accept(world, &token(&made), more).must(422).json()).remove(0);
        assert_eq!(told(json!({})), ("/password".into(), "password.missing".into()));
        assert_eq!(told(json!({"password": "short"})).0, "/password");
        assert_eq!(told(json!({"password": "ada@example.org"})).0, "/password");
        assert_eq!(told(json!({"password": PASSWORD, "roles": ["organizer"]})), ("/roles".into(), "field.unknown".into()));
        let named = accept(world, &token(&made), json!({"password": PASSWORD, "display_name": "Countess"})).must(201).json();
        assert_eq!(event.read(&format!("members/{}", text(&named["member"])))["display_name"], "Countess");
    }

    fn a_member_without_a_password_comes_in_by_an_invitation_and_keeps_their_roles(world) {
        let event = Event::open(world, "h1");
        let ada = event.join("ada", &["responder", "mentor"]);
        let made = invite(&event, "ada@example.org", &["participant"]);
        let accepted = accept(world, &token(&made), json!({"password": PASSWORD})).must(201).json();
        assert_eq!(accepted["member"], ada.id);
        assert_eq!(event.read(&format!("members/{}", ada.id))["roles"], json!(["responder", "mentor"]));
        sign_in(world, "ada@example.org").must(200);
    }

    fn a2_an_invitation_opens_no_account_that_is_in_use_elsewhere(world) {
        let (event, other) = (Event::open(world, "h1"), Event::open(world, "h2"));
        other.join("ada", &["organizer"]);
        world.admin();
        for email in ["ada@example.org", "admin@example.org"] {
            let made = invite(&event, email, &["judge"]);
            accept(world, &token(&made), json!({"password": PASSWORD})).must(409);
            sign_in(world, email).must(401);
            assert_eq!(event.read(&format!("invitations/{}", text(&made["id"])))["state"], "open", "a refusal uses no link up");
        }
    }

    fn who_was_suspended_does_not_come_back_by_an_invitation(world) {
        let event = Event::open(world, "h1");
        let ada = event.join("ada", &["judge"]);
        world.patch(&event.organizer, &event.path(&format!("members/{}", ada.id)), json!({"suspended": true})).must(200);
        let made = invite(&event, "ada@example.org", &["organizer"]);
        accept(world, &token(&made), json!({"password": PASSWORD})).must(403);
        accept_as(world, &ada.person, &token(&made)).must(403);
        world.get(&ada.person, "/v1/hackathons/h1").must(404);
    }

    fn an_ended_hackathon_takes_nobody_in(world) {
        let event = Event::open(world, "h1");
        let made = invite(&event, "ada@example.org", &["judge"]);
        world.patch(&event.organizer, "/v1/hackathons/h1", json!({"ended": true})).must(200);
        accept(world, &token(&made), json!({"password": PASSWORD})).must(409);
        world.post(&event.organizer, &event.path("invitations"), json!({"email": "x@y.z", "roles": ["judge"]})).must(409);
    }

    fn only_organizers_invite_and_see_whom(world) {
        let event = Event::open(world, "h1");
        let made = invite(&event, "ada@example.org", &["judge"]);
        let path = event.path(&format!("invitations/{}", text(&made["id"])));
        for role in ["mentor", "responder", "participant", "judge", "observer"] {
            let one = event.join(role, &[role]).person;
            for path in [&path, &event.path("invitations")] {
                world.get(&one, path).must(403);
            }
            world.delete(&one, &path).must(403);
            world.post(&one, &event.path("invitations"), json!({"email": "x@y.z", "roles": ["judge"]})).must(403);
        }
        let stranger = Event::open(world, "h2");
        world.get(&stranger.organizer, &path).must(404);
        world.get(&stranger.organizer, &stranger.path(&format!("invitations/{}", text(&made["id"])))).must(404);
        world.delete(&stranger.organizer, &stranger.path(&format!("invitations/{}", text(&made["id"])))).must(404);
        stranger.partner("acme");
        let told = |body| faults(&world.post(&event.organizer, &event.path("invitations"), body).must(422).json());
        assert_eq!(told(json!({"email": "x@y.z", "roles": ["judge"], "affiliation": {"unit": "acme-unit"}})), [("/affiliation/unit".into(), "unit.unknown".into())]);
        for days in [0, 31, -1] {
            assert_eq!(told(json!({"email": "x@y.z", "roles": ["judge"], "expires_in_days": days})), [("/expires_in_days".into(), "number.range".into())]);
        }
        assert_eq!(told(json!({"email": "x@y.z", "roles": []})), [("/roles".into(), "roles.none".into())]);
    }
}
