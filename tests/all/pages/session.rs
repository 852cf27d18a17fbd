//! Signing in by a page, and the cookie that one is known by.

use chrono::TimeDelta;
use serde_json::json;

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::Scene;
use crate::support::{On, World};

const RIGHT: &str = "correct horse battery staple";

fn sign_in<'w>(world: &'w World, email: &str, password: &str, to: &str) -> (Browser<'w>, crate::support::Reply) {
    let browser = Browser::new(world);
    let reply = browser.post("/sign-in", &[("email", email), ("password", password), ("to", to)]);
    (browser, reply)
}

#[test]
fn w3_behind_tls_the_cookie_is_of_this_host_alone() {
    let world = World::under(On::Sqlite, "https://signpost.example");
    world.with_password("ada", RIGHT);
    let (browser, reply) = sign_in(&world, "ada@example.org", RIGHT, "/");
    let cookie = reply.header("set-cookie").unwrap();
    assert!(
        cookie.starts_with("__Host-signpost=") && cookie.contains("; Secure") && cookie.contains("HttpOnly"),
        "{cookie}"
    );
    assert!(cookie.contains("SameSite=Lax") && cookie.contains("Path=/") && !cookie.contains("Domain"), "{cookie}");
    assert_eq!(browser.get("/").header("strict-transport-security"), Some("max-age=31536000"));
    let language = browser.post("/preferences", &[("lang", "ko")]);
    assert!(language.header("set-cookie").is_some_and(|cookie| cookie.contains("; Secure")));
}

on_both! {
    fn one_signs_in_by_a_form_and_goes_on_where_one_wanted_to(world) {
        world.with_password("ada", RIGHT);
        let stranger = Browser::new(world);
        let shown_in = stranger.get("/h/h1/questions?q=a%20b").must(303);
        assert_eq!(shown_in.header("location"), Some("/sign-in?to=%2Fh%2Fh1%2Fquestions%3Fq%3Da%2520b"));
        let form = stranger.page(shown_in.header("location").unwrap());
        assert!(form.contains("name=\"to\" value=\"/h/h1/questions?q=a%20b\""), "{form}");
        let (browser, reply) = sign_in(world, "ada@example.org", RIGHT, "/h/h1/questions?q=a%20b");
        assert_eq!(reply.must(303).header("location"), Some("/h/h1/questions?q=a%20b"));
        assert!(browser.page("/").contains("My hackathons"));
        let (_, away) = sign_in(world, "ada@example.org", RIGHT, "https://evil.example/");
        assert_eq!(away.must(303).header("location"), Some("/"));
    }

    fn w3_the_cookie_is_for_browsers_alone(world) {
        world.with_password("ada", RIGHT);
        let (_, reply) = sign_in(world, "ada@example.org", RIGHT, "/");
        let cookie = reply.header("set-cookie").unwrap();
        assert!(cookie.starts_with("signpost=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        assert!(cookie.contains("Path=/") && !cookie.contains("Domain") && !cookie.contains("Secure"), "{cookie}");
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }

    fn a_wrong_password_and_an_unknown_address_are_refused_alike(world) {
        world.with_password("ada", RIGHT);
        let refused = |email: &str, password: &str| sign_in(world, email, password, "/").1.must(422).text().replace(email, "?");
        let wrong = refused("ada@example.org", "wrong");
        assert!(wrong.contains("<title>Error: ") && wrong.contains("href=\"#email\"") && !wrong.contains("wrong\""), "{wrong}");
        assert_eq!(wrong, refused("eve@example.org", "wrong"));
        assert_eq!(wrong, refused("not-an-address", "wrong"));
    }

    fn t2_the_cookie_opens_pages_alone_and_no_other_token_does(world) {
        let ada = world.with_password("ada", RIGHT);
        let browser = Browser::of(world, &ada);
        let secret = browser.cookie("signpost").unwrap();
        browser.page("/");
        for path in ["/v1/me", "/%761/me", "/v%31/me", "/./v1/me"] {
            assert!([401, 404].contains(&browser.get(path).status), "{path}");
        }
        assert_eq!(world.call("GET", "/v1/me").header("Authorization", &format!("Bearer {secret}")).send().status, 401);
        assert_eq!(world.call("POST", "/v1/auth/refresh").json(json!({"refresh_token": secret})).send().status, 401);
        for other in [&ada.token, &ada.refresh] {
            let thief = Browser::new(world);
            thief.keep("signpost", other);
            assert_eq!(thief.get("/").must(303).header("location"), Some("/sign-in"));
        }
        world.call("GET", "/").header("Authorization", &format!("Bearer {}", ada.token)).send().must(401);
        world.call("POST", "/v1/auth/refresh").json(json!({"refresh_token": ada.refresh})).send().must(200);
        browser.page("/");
    }

    fn whoever_signs_out_is_out_everywhere_at_once(world) {
        let ada = world.with_password("ada", RIGHT);
        let browser = Browser::of(world, &ada);
        let secret = browser.cookie("signpost").unwrap();
        browser.page("/");
        browser.post("/sign-out", &[]).must(303);
        assert_eq!(browser.cookie("signpost"), None);
        browser.keep("signpost", &secret);
        browser.get("/").must(303);
        Browser::new(world).post("/sign-out", &[]).must(303);
        world.get(&ada, "/v1/me").must(200);
    }

    fn a6_whoever_is_suspended_is_out_at_once(world) {
        let scene = Scene::open(world);
        let (ada, admin) = (Browser::of(world, scene.who("ada")), world.person("admin"));
        ada.page("/h/h1");
        let user = scene.who("ada").id;
        world.patch(&admin, &format!("/v1/users/{user}"), json!({"suspended": true})).must(200);
        assert_eq!(ada.get("/h/h1").must(303).header("location"), Some("/sign-in?to=%2Fh%2Fh1"));
    }

    fn a_session_lasts_as_long_as_it_is_used_and_a_month_at_most(world) {
        let ada = world.with_password("ada", RIGHT);
        let (used, unused) = (Browser::of(world, &ada), Browser::of(world, &ada));
        for _ in 0..2 {
            world.later(TimeDelta::days(13));
            used.page("/");
        }
        unused.get("/").must(303);
        world.later(TimeDelta::days(3));
        used.page("/");
        world.later(TimeDelta::days(2));
        used.get("/").must(303);
    }

    fn too_many_tries_are_slowed_down(world) {
        world.with_password("ada", RIGHT);
        let statuses: Vec<u16> = (0..12).map(|_| sign_in(world, "ada@example.org", "wrong", "/").1.status).collect();
        assert!(statuses.starts_with(&[422]) && statuses.ends_with(&[429]), "{statuses:?}");
    }

    fn there_is_no_way_in_without_a_password_but_in_a_demo(world) {
        world.with_password("ada", RIGHT);
        let browser = Browser::new(world);
        browser.post("/sign-in/demo", &[("email", "ada@example.org")]).must(404);
        assert!(!browser.page("/sign-in").contains("/sign-in/demo"));
    }

    fn language_and_colours_are_kept(world) {
        let browser = Browser::new(world);
        assert!(browser.page("/sign-in").contains("<html lang=\"en\" data-theme=\"auto\">"));
        let back = browser.post("/preferences", &[("lang", "ko"), ("back", "/sign-in?to=%2Fh%2Fh1")]).must(303);
        assert_eq!(back.header("location"), Some("/sign-in?to=%2Fh%2Fh1"));
        assert!(browser.page("/sign-in").contains("<html lang=\"ko\" data-theme=\"auto\">"));
        browser.post("/preferences", &[("theme", "dark"), ("back", "//evil.example")]).must(303);
        assert!(browser.page("/sign-in").contains("<html lang=\"ko\" data-theme=\"dark\">"));
        browser.post("/preferences", &[("theme", "\"><script>"), ("lang", "xx")]).must(303);
        assert!(browser.page("/sign-in").contains("<html lang=\"ko\" data-theme=\"dark\">"));
        assert_eq!(browser.get("/v1/me").json()["title"], "Not signed in", "the API answers by Accept-Language");
    }
}
