//! People's accounts: one's own, and what administrators do with others'.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use signpost::base::{Key, Slug};
use signpost::hackathon;

use crate::on_both;
use crate::support::{Person, World};

const RIGHT: &str = "correct horse battery staple";

fn user(world: &World, admin: &Person, who: &Person) -> Value {
    world.get(admin, &format!("/v1/users/{}", who.id)).must(200).json()
}

fn change(world: &World, admin: &Person, who: &Person, change: Value) -> crate::support::Reply {
    world.patch(admin, &format!("/v1/users/{}", who.id), change)
}

fn api_token(world: &World, who: &Person) -> Person {
    let made = world.post(who, "/v1/me/tokens", json!({"name": "n", "scopes": ["read", "write"]})).must(201).json();
    Person { token: made["token"].as_str().unwrap().to_owned(), ..who.clone() }
}

/// A hackathon that these people organize.
fn organize(world: &World, who: &[&Person], slug: &str) {
    let organizers: Vec<&str> = who.iter().map(|one| one.email.as_str()).collect();
    let event = json!({"slug": slug, "name": {"en": "One", "ko": "하나"}, "timezone": "Europe/London",
        "starts_on": "2024-11-04", "ends_on": "2024-11-29", "organizers": organizers});
    world.post(&world.admin(), "/v1/hackathons", event).must(201);
}

on_both! {
    fn everybody_sees_and_changes_their_own_account(world) {
        let ada = world.person("ada");
        organize(world, &[&ada], "h1");
        let me = world.get(&ada, "/v1/me").must(200);
        assert_eq!(me.json()["memberships"][0]["hackathon"]["slug"], "h1");
        assert_eq!(me.json()["memberships"][0]["roles"], json!(["organizer"]));
        let change = |tag: &str, body: Value| world.call("PATCH", "/v1/me").by(&ada).header("If-Match", tag).json(body).send();
        let changed = change(&me.etag(), json!({"display_name": "Ada Lovelace", "locale": "ko", "phone": "+44 20 7946 0000"})).must(200);
        assert_eq!((&changed.json()["display_name"], &changed.json()["locale"]), (&json!("Ada Lovelace"), &json!("ko")));
        change(&me.etag(), json!({"locale": "en"})).must(412);
        let cleared = change(&changed.etag(), json!({"phone": null})).must(200);
        assert_eq!((&cleared.json()["phone"], &cleared.json()["display_name"]), (&Value::Null, &json!("Ada Lovelace")));
        world.call("GET", "/v1/me").by(&ada).header("If-None-Match", &cleared.etag()).send().must(304);
        // A membership that was added is a change too.
        organize(world, &[&ada], "h2");
        world.call("GET", "/v1/me").by(&ada).header("If-None-Match", &cleared.etag()).send().must(200);
        let shown = world.get(&ada, "/v1/me").json();
        for name in shown.as_object().unwrap().keys().filter(|name| !["display_name", "locale", "phone"].contains(&name.as_str())) {
            world.patch(&ada, "/v1/me", json!({ name: shown[name] })).must(422);
        }
        world.call("GET", "/v1/me").send().must(401);
    }

    fn a_new_name_reaches_the_directories_that_it_stands_in(world) {
        let ada = world.person("ada");
        organize(world, &[&ada], "h1");
        let version = || world.db.read_now(|tx| {
            hackathon::store::find(tx, &Key::Slug(Slug::parse("h1").unwrap())).map(|found| found.unwrap().directory_version)
        }).unwrap();
        let before = version();
        world.patch(&ada, "/v1/me", json!({"display_name": "Ada"})).must(200);
        assert!(version() > before);
        let before = version();
        change(world, &world.admin(), &ada, json!({"suspended": true})).must(200);
        assert!(version() > before);
    }

    fn a_password_is_changed_with_the_old_one_and_ends_other_sessions(world) {
        let ada = world.with_password("ada", RIGHT);
        let elsewhere = world.login(&ada.email, RIGHT);
        let change = |current: &str, new: &str| world.post(&ada, "/v1/me/password", json!({"current": current, "new": new}));
        let wrong = change("not my password", "another long password").must(422).json();
        assert_eq!((&wrong["errors"][0]["pointer"], &wrong["errors"][0]["code"]), (&json!("/current"), &json!("password.wrong")));
        for (new, code) in [("short", "password.short"), ("password123", "password.common"), ("ada@example.org", "password.email")] {
            let refused = change(RIGHT, new).must(422).json();
            assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/new"), &json!(code)));
        }
        world.get(&elsewhere, "/v1/me").must(200);
        change(RIGHT, "another long password").must(204);
        // Sent again, because the answer was lost: it is done already.
        change(RIGHT, "another long password").must(204);
        world.get(&elsewhere, "/v1/me").must(401);
        world.get(&ada, "/v1/me").must(200);
        world.try_login(&ada.email, RIGHT).must(401);
        world.try_login(&ada.email, "another long password").must(200);
        for _ in 0..4 {
            change("not my password", "yet another password").must(422);
        }
        world.try_login(&ada.email, "wrong").must(401);
        change("not my password", "yet another password").must(429);
    }

    fn a_fault_in_a_password_is_told_in_korean_too(world) {
        let ada = world.with_password("ada", RIGHT);
        let body = json!({"current": RIGHT, "new": "kurz!"});
        let told = world.call("POST", "/v1/me/password").by(&ada).header("Accept-Language", "ko").json(body).send().must(422);
        assert!(told.json()["errors"][0]["detail"].as_str().unwrap().contains("8자 이상"));
        assert!(!told.text().contains("kurz!"), "a password is never repeated");
    }

    fn sessions_are_listed_and_ended_one_by_one(world) {
        let ada = world.with_password("ada", RIGHT);
        let login = json!({"email": ada.email, "password": RIGHT});
        let there = world.call("POST", "/v1/auth/login").header("User-Agent", "Phone/1.0").json(login).send().must(200).json();
        let list = world.get(&ada, "/v1/me/sessions").must(200).json();
        let items = list["items"].as_array().unwrap();
        let (own, others): (Vec<&Value>, Vec<&Value>) = items.iter().partition(|one| one["current"] == true);
        assert_eq!((own.len(), &own[0]["id"]), (1, &json!(ada.session)));
        let first = world.get(&ada, "/v1/me/sessions?limit=1").must(200).json();
        let next = world.get(&ada, &format!("/v1/me/sessions?limit=1&cursor={}", first["next"].as_str().unwrap())).must(200);
        assert_ne!(first["items"], next.json()["items"]);
        let phone = others.iter().find(|one| one["agent"] == "Phone/1.0").unwrap();
        let place = format!("/v1/me/sessions/{}", phone["id"].as_str().unwrap());
        world.delete(&world.person("bob"), &place).must(404);
        world.delete(&ada, &place).must(204);
        world.delete(&ada, &place).must(404);
        let phone = Person { token: there["access_token"].as_str().unwrap().to_owned(), ..ada.clone() };
        world.get(&phone, "/v1/me").must(401);
    }

    fn administrators_make_users_and_nobody_else_does(world) {
        let (admin, bob) = (world.admin(), world.person("bob"));
        let wish = json!({"email": "Eve@Example.org", "display_name": "Eve", "password": RIGHT, "locale": "ko"});
        world.post(&bob, "/v1/users", wish.clone()).must(403);
        let hashes = world.passwords.counted().0;
        world.post(&bob, "/v1/users", wish.clone()).must(403);
        assert_eq!(world.passwords.counted().0, hashes, "nothing is hashed for who may not");
        world.get(&bob, "/v1/users").must(403);
        world.get(&bob, &format!("/v1/users/{}", bob.id)).must(403);
        world.get(&bob, &format!("/v1/users/{}", admin.id)).must(404);
        change(world, &bob, &bob, json!({"admin": true})).must(403);
        let made = world.post(&admin, "/v1/users", wish.clone()).must(201);
        let place = made.header("location").unwrap().to_owned();
        assert_eq!(world.get(&admin, &place).must(200).json(), made.json());
        assert_eq!((&made.json()["admin"], &made.json()["suspended"]), (&json!(false), &json!(false)));
        world.post(&admin, "/v1/users", wish).must(409);
        world.try_login("eve@example.org", RIGHT).must(200);
        let unnamed = world.post(&admin, "/v1/users", json!({"email": "jo@example.org", "admin": true})).must(201).json();
        assert_eq!((&unnamed["display_name"], &unnamed["admin"]), (&json!("jo"), &json!(true)));
        let found = world.get(&admin, "/v1/users?email=EVE@example.org").must(200).json();
        assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(world.get(&admin, "/v1/users?email=nobody@example.org").must(200).json()["items"], json!([]));
        world.get(&admin, "/v1/users?email=nobody").must(422);
        let pages = world.get(&admin, "/v1/users?limit=2").must(200);
        assert!(pages.header("link").is_some_and(|link| link.contains("rel=\"next\"")));
    }

    fn a_user_is_made_once_however_often_it_is_sent(world) {
        let admin = world.admin();
        let post = |name: &str| {
            let wish = json!({"email": "eve@example.org", "display_name": name, "password": RIGHT});
            world.call("POST", "/v1/users").by(&admin).header("Idempotency-Key", "k").json(wish).send()
        };
        assert_eq!(post("Eve").must(201).json(), post("Eve").must(201).json());
        post("Eva").must(422);
        let kept: Vec<(String, String)> = world.db.write_now(|tx| {
            use diesel::prelude::*;
            use signpost::db::schema::kept_answers::dsl::{body, fingerprint, kept_answers};
            Ok(kept_answers.select((fingerprint, body)).load(tx.conn())?)
        }).unwrap();
        let wish = json!({"email": "eve@example.org", "display_name": "Eve", "password": RIGHT}).to_string();
        let print = signpost::access::Sent::new(("POST", "/v1/users"), wish.as_bytes(), signpost::base::Lang::En, ()).print;
        assert!(kept.len() == 1 && kept[0].0 != print, "a quick digest of a password lies in the database");
        assert!(!kept[0].1.contains("argon2"));
    }

    fn what_a_user_is_cannot_be_set_by_naming_it(world) {
        let (admin, bob) = (world.admin(), world.person("bob"));
        let shown = user(world, &admin, &bob);
        for name in shown.as_object().unwrap().keys() {
            if !["email", "display_name", "locale", "admin"].contains(&name.as_str()) {
                world.post(&admin, "/v1/users", json!({"email": "x@example.org", name: shown[name]})).must(422);
            }
            if !["display_name", "locale", "admin", "suspended"].contains(&name.as_str()) {
                change(world, &admin, &bob, json!({ name: shown[name] })).must(422);
            }
        }
        world.post(&admin, "/v1/users", json!({"email": "x@example.org", "state": "active"})).must(422);
        assert_eq!(user(world, &admin, &bob), shown);
    }

    fn a_new_password_from_an_administrator_ends_the_sessions(world) {
        let (admin, ada) = (world.admin(), world.with_password("ada", RIGHT));
        change(world, &admin, &ada, json!({"password": "secret123"})).must(422);
        change(world, &admin, &ada, json!({"password": "a much better one"})).must(200);
        world.get(&ada, "/v1/me").must(401);
        world.try_login(&ada.email, RIGHT).must(401);
        world.try_login(&ada.email, "a much better one").must(200);
    }

    fn the_last_administrator_stays(world) {
        let (admin, bob) = (world.admin(), world.person("bob"));
        for last in [json!({"admin": false}), json!({"suspended": true})] {
            change(world, &admin, &admin, last).must(409);
        }
        change(world, &admin, &bob, json!({"admin": true})).must(200);
        change(world, &bob, &admin, json!({"suspended": true})).must(200);
        change(world, &bob, &bob, json!({"admin": false})).must(409);
        change(world, &bob, &admin, json!({"suspended": false})).must(200);
        change(world, &bob, &bob, json!({"admin": false})).must(200);
        change(world, &bob, &admin, json!({"admin": false})).must(404);
    }

    fn two_administrators_who_resign_at_once_leave_one(world) {
        for _ in 0..crate::support::rounds(10, 200) {
            let admin = world.admin();
            let bob = world.person("bob");
            change(world, &admin, &bob, json!({"admin": true})).must(200);
            let resign = |who: &Person| change(world, who, who, json!({"admin": false})).status;
            let (one, two) = std::thread::scope(|scope| {
                let one = scope.spawn(|| resign(&admin));
                let two = scope.spawn(|| resign(&bob));
                (one.join().unwrap(), two.join().unwrap())
            });
            let mut statuses = [one, two];
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 409]);
        }
    }

    fn a6_an_ended_session_is_refused_at_once_everywhere(world) {
        let ada = world.with_password("ada", RIGHT);
        let other = world.beside();
        other.get(&ada, "/v1/me").must(200);
        world.post(&ada, "/v1/auth/logout", json!({})).must(204);
        world.get(&ada, "/v1/me").must(401);
        other.gate.catch_up(TimeDelta::seconds(5)).unwrap();
        other.get(&ada, "/v1/me").must(401);
        world.beside().get(&ada, "/v1/me").must(401);
    }

    fn a6_a_suspended_user_is_out_at_once_everywhere(world) {
        let (admin, ada) = (world.admin(), world.with_password("ada", RIGHT));
        let script = api_token(world, &ada);
        let other = world.beside();
        for who in [&ada, &script] {
            world.get(who, "/v1/me").must(200);
            other.get(who, "/v1/me").must(200);
        }
        change(world, &admin, &ada, json!({"suspended": true})).must(200);
        for who in [&ada, &script] {
            world.get(who, "/v1/me").must(401);
        }
        other.gate.catch_up(TimeDelta::seconds(5)).unwrap();
        other.get(&ada, "/v1/me").must(401);
        // An API token is looked up again after two seconds; five are promised.
        std::thread::sleep(Duration::from_millis(2_100));
        other.get(&script, "/v1/me").must(401);
        let refresh = json!({"refresh_token": ada.refresh});
        world.call("POST", "/v1/auth/refresh").json(refresh).send().must(401);
        // Reinstated, they sign in anew; what was ended stays ended.
        change(world, &admin, &ada, json!({"suspended": false})).must(200);
        for who in [&ada, &script] {
            world.get(who, "/v1/me").must(401);
        }
        world.try_login(&ada.email, RIGHT).must(200);
    }

    fn a6_a_role_that_was_removed_is_worth_nothing_at_once(world) {
        let (ada, bob) = (world.person("ada"), world.person("bob"));
        organize(world, &[&ada, &bob], "h1");
        let other = world.beside();
        let paths = ["/v1/hackathons/h1", "/v1/hackathons/h1/who-to-ask?q=python"];
        for (node, path) in [world, &other].into_iter().flat_map(|node| paths.map(|path| (node, path))) {
            node.get(&ada, path).must(200);
        }
        let me = world.get(&ada, "/v1/me").json();
        let place = format!("/v1/hackathons/h1/members/{}", me["memberships"][0]["member"].as_str().unwrap());
        world.patch(&bob, &place, json!({"suspended": true})).must(200);
        for path in paths {
            world.get(&ada, path).must(404);
        }
        other.get(&ada, paths[0]).must(404);
        // What the other node answers from memory it looks up again every second; five are promised.
        let asked = std::time::Instant::now();
        while other.get(&ada, paths[1]).status != 404 {
            assert!(asked.elapsed() < Duration::from_secs(5), "the other node still answers");
            std::thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(world.get(&ada, "/v1/me").json()["memberships"], json!([]));
    }
}
