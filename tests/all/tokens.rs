//! Tokens: which are accepted, and which never.

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::{Value, json};
use signpost::base::{Email, Lang, Localized, Slug};
use signpost::consortium::invitation::{self, NewInvitation};
use signpost::db::schema::signing_keys;
use signpost::hackathon::{self, Facts, Role, Zone};

use crate::on_both;
use crate::support::forge::{Forge, Pen};
use crate::support::{Person, Reply, World};

fn with(world: &World, token: &str) -> Reply {
    world.call("GET", "/v1/me").header("Authorization", &format!("Bearer {token}")).send()
}

fn make(world: &World, who: &Person, scopes: Value) -> Value {
    world.post(who, "/v1/me/tokens", json!({"name": "nightly", "scopes": scopes})).must(201).json()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

fn kid_of(token: &str) -> String {
    text(&serde_json::to_value(jsonwebtoken::decode_header(token).unwrap()).unwrap()["kid"])
}

/// Signs in anew in the same session, with whichever key signs now.
fn again(world: &World, who: &Person) -> String {
    world.gate.sign(who.id, who.session, uuid::Uuid::nil()).unwrap()
}

on_both! {
    fn t1_a_true_token_is_accepted_and_its_neighbours_are_not(world) {
        let forge = Forge::of(world, &world.person("ada"));
        with(world, &forge.token(&Pen::Own)).must(200);
        for pen in [Pen::Stranger, Pen::OtherFamily, Pen::PublicKeyAsSecret, Pen::None] {
            with(world, &forge.token(&pen)).must(401);
        }
        for alg in ["none", "None", "NONE", "nOnE", ""] {
            for pen in [Pen::None, Pen::Own] {
                with(world, &forge.headed(&pen, |header| header["alg"] = json!(alg))).must(401);
            }
        }
        for (alg, pen) in [("HS256", Pen::PublicKeyAsSecret), ("ES256", Pen::OtherFamily), ("RS256", Pen::Own), ("EdDSA", Pen::Stranger)] {
            with(world, &forge.headed(&pen, |header| header["alg"] = json!(alg))).must(401);
        }
        let token = forge.token(&Pen::Own);
        let (body, signature) = token.rsplit_once('.').unwrap();
        for bent in [body.to_owned(), format!("{body}."), format!("{body}.{signature}."), format!("{token}x"), format!(".{token}"), "..".to_owned()] {
            with(world, &bent).must(401);
        }
        world.call("GET", "/v1/me").header("Authorization", &token).send().must(401);
        world.call("GET", "/v1/me").header("Authorization", &format!("Basic {token}")).send().must(401);
    }

    fn t1_every_claim_is_required_and_must_be_right(world) {
        let forge = Forge::of(world, &world.person("ada"));
        for claim in ["exp", "iss", "aud", "sub", "nbf", "iat", "jti", "sid"] {
            let without = forge.claiming(|claims| { claims.as_object_mut().unwrap().remove(claim); });
            with(world, &without).must(401);
            for wrong in [Value::Null, json!(""), json!("x"), json!(["x"]), json!(0), json!(-1), json!({})] {
                // "Not before" may well lie long ago.
                if claim == "nbf" && wrong.is_i64() { continue }
                let token = forge.claiming(|claims| claims[claim] = wrong.clone());
                assert_eq!(with(world, &token).status, 401, "{claim}: {wrong}");
            }
        }
        let now = world.clock.now().utc().timestamp();
        let timed = |exp: i64, nbf: i64, iat: i64| forge.claiming(|claims| {
            (claims["exp"], claims["nbf"], claims["iat"]) = (json!(exp), json!(nbf), json!(iat));
        });
        with(world, &timed(now + 900, now, now)).must(200);
        with(world, &timed(now - 29, now - 900, now - 900)).must(200);
        with(world, &timed(now - 30, now - 900, now - 900)).must(401);
        with(world, &timed(now + 900, now + 31, now)).must(401);
        with(world, &timed(now + 931, now, now + 31)).must(401);
        // Nobody makes a token that lives longer than ours do.
        with(world, &timed(now + 901, now, now)).must(401);
        with(world, &forge.claiming(|claims| claims["aud"] = json!([claims["aud"], "elsewhere"]))).must(401);
        with(world, &forge.claiming(|claims| claims["iss"] = json!("https://elsewhere.example"))).must(401);
    }

    fn t1_the_header_says_what_it_is_and_points_nowhere(world) {
        let forge = Forge::of(world, &world.person("ada"));
        let own = |bend: &dyn Fn(&mut Value)| forge.headed(&Pen::Own, bend);
        for typ in [Value::Null, json!("JWT"), json!("at+JWT"), json!("refresh"), json!("application/at+jwt"), json!(1)] {
            with(world, &own(&|header| header["typ"] = typ.clone())).must(401);
        }
        with(world, &own(&|header| { header.as_object_mut().unwrap().remove("typ"); })).must(401);
        for kid in ["unknown", "", "../../etc/passwd", "/dev/null", "' OR 1=1 --", "\u{0}", &"k".repeat(10 * 1024)] {
            with(world, &own(&|header| header["kid"] = json!(kid))).must(401);
        }
        with(world, &own(&|header| { header.as_object_mut().unwrap().remove("kid"); })).must(401);
        let trap = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        trap.set_nonblocking(true).unwrap();
        let place = format!("http://{}/keys", trap.local_addr().unwrap());
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"});
        for (name, value) in [("jku", json!(place)), ("x5u", json!(place)), ("jwk", jwk), ("x5c", json!(["MAAA"])), ("crit", json!(["exp"]))] {
            for pen in [Pen::Own, Pen::Stranger] {
                with(world, &forge.headed(&pen, |header| header[name] = value.clone())).must(401);
            }
        }
        assert!(trap.accept().is_err(), "the server called somebody to ask for a key");
    }

    fn t2_no_kind_of_token_serves_as_another(world) {
        let ada = world.person("ada");
        let api = text(&make(world, &ada, json!(["read", "write"]))["token"]);
        let setup = world.db.write_now(signpost::account::setup::link).unwrap().expect("there is no administrator yet");
        let invitation = invite(world, &ada);
        let kinds = [("access", &ada.token), ("refresh", &ada.refresh), ("api", &api), ("setup", &setup), ("invitation", &invitation)];
        for (kind, token) in kinds {
            let is_bearer = ["access", "api"].contains(&kind);
            with(world, token).must(if is_bearer { 200 } else { 401 });
            if kind != "refresh" {
                world.call("POST", "/v1/auth/refresh").json(json!({"refresh_token": token})).send().must(401);
                world.call("POST", "/v1/auth/logout").json(json!({"refresh_token": token})).send().must(204);
            }
            if token.len() < 100 {
                let page = world.call("GET", &format!("/setup/{token}")).send();
                assert_eq!(page.status, if kind == "setup" { 200 } else { 404 }, "{kind}");
            }
            with(world, &format!("signpost_{token}")).must(401);
        }
        with(world, &ada.token).must(200);
        world.call("POST", "/v1/auth/refresh").json(json!({"refresh_token": ada.refresh})).send().must(200);
    }

    fn t3_keys_rotate_and_nobody_notices(world) {
        let ada = world.person("ada");
        let other = world.beside();
        world.later(TimeDelta::days(29) + TimeDelta::hours(1));
        world.gate.catch_up(TimeDelta::zero()).unwrap();
        let keys = world.call("GET", "/.well-known/jwks.json").send().must(200);
        assert_eq!(keys.json()["keys"].as_array().map(Vec::len), Some(2));
        assert!(keys.header("cache-control").is_some_and(|told| told.starts_with("public, max-age=")));
        world.later(TimeDelta::hours(22) + TimeDelta::minutes(55));
        let old = again(world, &ada);
        with(world, &old).must(200);
        world.later(TimeDelta::minutes(6));
        let new = again(world, &ada);
        assert_ne!(kid_of(&old), kid_of(&new));
        let third = world.beside();
        for node in [world, &other, &third] {
            with(node, &new).must(200);
            with(node, &old).must(200);
        }
        world.later(TimeDelta::minutes(15));
        for node in [world, &other, &third] {
            with(node, &old).must(401);
        }
    }

    fn t3_a_key_that_is_dropped_is_worth_nothing_anywhere(world) {
        let ada = world.person("ada");
        let other = world.beside();
        for node in [world, &other] {
            with(node, &ada.token).must(200);
        }
        let dropped = kid_of(&ada.token);
        world.db.write_now(move |tx| Ok(diesel::delete(signing_keys::table.find(dropped)).execute(tx.conn())?)).unwrap();
        for node in [world, &other, &world.beside()] {
            node.gate.catch_up(TimeDelta::zero()).unwrap();
            with(node, &ada.token).must(401);
        }
        let new = again(world, &ada);
        for node in [world, &other, &world.beside()] {
            with(node, &new).must(200);
        }
    }

    fn an_api_token_is_shown_once_and_does_what_it_says(world) {
        let ada = world.person("ada");
        let made = make(world, &ada, json!(["read"]));
        let token = text(&made["token"]);
        assert!(token.starts_with("signpost_") && token.len() == 52, "{token}");
        assert_eq!(made["expires_at"], "2025-02-03T14:30:00Z");
        let reader = Person { token, ..ada.clone() };
        world.get(&reader, "/v1/me").must(200);
        world.patch(&reader, "/v1/me", json!({"display_name": "A"})).must(403);
        let writer = Person { token: text(&make(world, &ada, json!(["write", "read", "write"]))["token"]), ..ada.clone() };
        world.patch(&writer, "/v1/me", json!({"display_name": "A"})).must(200);
        world.post(&writer, "/v1/me/tokens", json!({"name": "child", "scopes": ["read"]})).must(403);
        world.post(&writer, "/v1/me/password", json!({"current": "x", "new": "long enough"})).must(403);
        world.post(&writer, "/v1/auth/logout", json!({})).must(403);
        let list = world.get(&ada, "/v1/me/tokens").must(200);
        assert_eq!(list.json()["items"].as_array().map(Vec::len), Some(2));
        assert!(!list.text().contains("signpost_"));
    }

    fn a_repeated_request_for_a_token_is_answered_without_the_secret(world) {
        let ada = world.person("ada");
        let post = || world.call("POST", "/v1/me/tokens").by(&ada).header("Idempotency-Key", "k").json(json!({"name": "n", "scopes": ["read"]})).send().must(201);
        let (first, again) = (post(), post());
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!(first.header("location"), again.header("location"));
        let (mut first, again) = (first.json(), again.json());
        assert!(first["token"].is_string());
        first["token"] = Value::Null;
        assert_eq!(first, again);
        let kept: Vec<String> = world.db.write_now(|tx| {
            use signpost::db::schema::kept_answers::dsl::{body, kept_answers};
            Ok(kept_answers.select(body).load(tx.conn())?)
        }).unwrap();
        assert!(kept.len() == 1 && !kept[0].contains("signpost_"), "{kept:?}");
    }

    fn an_api_token_ends_when_it_is_told_to_or_expires(world) {
        let (ada, bob) = (world.person("ada"), world.person("bob"));
        let made = make(world, &ada, json!(["read"]));
        let (place, token) = (format!("/v1/me/tokens/{}", text(&made["id"])), text(&made["token"]));
        with(world, &token).must(200);
        world.delete(&bob, &place).must(404);
        world.delete(&ada, &place).must(204);
        with(world, &token).must(401);
        world.delete(&ada, &place).must(404);
        for (wish, pointer) in [
            (json!({"name": "n", "scopes": []}), "/scopes"),
            (json!({"name": "n", "scopes": ["admin"]}), "/scopes/0"),
            (json!({"name": "n", "scopes": ["read"], "expires_in_days": 0}), "/expires_in_days"),
            (json!({"name": "n", "scopes": ["read"], "expires_in_days": 366}), "/expires_in_days"),
            (json!({"name": "n", "scopes": ["read"], "token": "mine"}), "/token"),
            (json!({"name": "n", "scopes": ["read"], "expires_at": "2030-01-01T00:00:00Z"}), "/expires_at"),
            (json!({"scopes": ["read"]}), "/name"),
        ] {
            let refused = world.post(&ada, "/v1/me/tokens", wish.clone()).must(422).json();
            assert_eq!(refused["errors"][0]["pointer"], pointer, "{wish}");
        }
        let short = text(&world.post(&ada, "/v1/me/tokens", json!({"name": "n", "scopes": ["read"], "expires_in_days": 1})).must(201).json()["token"]);
        with(world, &short).must(200);
        world.later(TimeDelta::days(1));
        with(world, &short).must(401);
    }
}

/// The token of an invitation, as it would lie in a mailbox. There is no administrator who could make it.
fn invite(world: &World, by: &Person) -> String {
    let by = by.id;
    let day = |text: &str| text.parse().unwrap();
    let facts = Facts {
        slug: Slug::parse("h1").unwrap(),
        name: Localized::plain(Lang::En, "One"),
        timezone: Zone::parse("Europe/London", "").unwrap(),
        starts_on: day("2024-11-04"),
        ends_on: day("2024-11-29"),
        working_hours: None,
        holidays: Vec::new(),
    };
    let made = world.db.write_now(move |tx| {
        let hackathon = hackathon::store::insert(tx, &facts)?;
        let new = NewInvitation {
            email: Email::parse("eve@example.org").unwrap(),
            display_name: None,
            roles: vec![Role::Organizer],
            affiliation: None,
            expires_at: tx.now().plus(TimeDelta::days(7)),
        };
        invitation::invite(tx, hackathon.id, by, &new)
    });
    made.unwrap().1
}
