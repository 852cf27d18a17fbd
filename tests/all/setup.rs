//! How the first administrator comes in.

use chrono::TimeDelta;
use serde_json::json;
use signpost::account::admin::{self, Ensured};
use signpost::account::{self, Password, setup};
use signpost::base::{Email, Error};

use crate::on_both;
use crate::support::{Call, Reply, World};

const RIGHT: &str = "correct horse battery staple";

fn link(world: &World) -> Option<String> {
    world.db.write_now(setup::link).unwrap()
}

fn open(world: &World, token: &str) -> Reply {
    world.call("GET", &format!("/setup/{token}")).send()
}

fn form<'w>(world: &'w World, token: &str, email: &str, password: &str) -> Call<'w> {
    let call =
        world.call("POST", &format!("/setup/{token}")).header("Content-Type", "application/x-www-form-urlencoded");
    let encoded = |text: &str| text.replace('@', "%40").replace(' ', "+");
    call.body(format!("email={}&display_name=Ada+L.&password={}", encoded(email), encoded(password)))
}

fn fill(world: &World, token: &str, email: &str, password: &str) -> Reply {
    form(world, token, email, password).header("Sec-Fetch-Site", "same-origin").send()
}

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

on_both! {
    fn the_first_administrator_comes_in_by_a_link_that_works_once(world) {
        let token = link(world).unwrap();
        let page = open(world, &token).must(200);
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(page.header("cache-control"), Some("no-store"));
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!page.text().contains("<script>") && !page.text().contains("style="));
        let done = fill(world, &token, "ada@example.org", RIGHT).must(303);
        world.call("GET", done.header("location").unwrap()).send().must(200);
        let ada = world.login("ada@example.org", RIGHT);
        let me = world.get(&ada, "/v1/me").must(200).json();
        assert_eq!(me["locale"], "en");
        assert_eq!((&me["admin"], &me["display_name"]), (&json!(true), &json!("Ada L.")));
        open(world, &token).must(404);
        fill(world, &token, "eve@example.org", RIGHT).must(404);
        assert_eq!(link(world), None);
    }

    fn a_link_is_good_for_half_an_hour_and_until_the_next(world) {
        let old = link(world).unwrap();
        let new = link(world).unwrap();
        open(world, &old).must(404);
        open(world, &new).must(200);
        world.later(TimeDelta::minutes(30));
        open(world, &new).must(404);
        let hashes = world.passwords.counted().0;
        fill(world, &new, "ada@example.org", RIGHT).must(404);
        assert_eq!(world.passwords.counted().0, hashes, "nothing is hashed for who has no link");
        let kept: Vec<String> = world.db.write_now(|tx| {
            use diesel::prelude::*;
            use signpost::db::schema::setup_links::dsl::{hash, setup_links};
            Ok(setup_links.select(hash).load(tx.conn())?)
        }).unwrap();
        assert!(kept.len() == 1 && kept[0] != new);
    }

    fn of_two_who_use_a_link_at_once_one_is_the_administrator(world) {
        let token = link(world).unwrap();
        let mut statuses = std::thread::scope(|scope| {
            let tries = ["ada@example.org", "eve@example.org"].map(|email| scope.spawn({ let token = &token; move || fill(world, token, email, RIGHT).status }));
            tries.map(|one| one.join().unwrap())
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 404]);
    }

    fn all_that_is_wrong_is_told_at_once_and_answers_are_kept(world) {
        let token = link(world).unwrap();
        let page = fill(world, &token, "<b>ada", "short").must(422).text();
        assert!(page.contains("<title>Error: "));
        for name in ["email", "password"] {
            assert!(page.contains(&format!("<a href=\"#{name}\">")), "{page}");
            assert!(page.contains(&format!("id=\"{name}-fault\"")), "{page}");
        }
        assert!(page.contains("value=\"Ada L.\"") && !page.contains("<b>ada") && !page.contains("short\""), "{page}");
        assert!(!page.contains("display_name-fault"));
        let korean = form(world, &token, "", "").header("Sec-Fetch-Site", "same-origin").header("Accept-Language", "ko").send();
        let korean = korean.must(422).text();
        assert!(korean.contains("<html lang=\"ko\"") && korean.contains("오류: ") && korean.contains("비밀번호는 8자 이상"), "{korean}");
    }

    fn a_form_from_another_site_is_refused(world) {
        let token = link(world).unwrap();
        for site in ["cross-site", "same-site", "none"] {
            form(world, &token, "ada@example.org", RIGHT).header("Sec-Fetch-Site", site).send().must(403);
        }
        form(world, &token, "ada@example.org", RIGHT).header("Origin", "https://evil.example").send().must(403);
        form(world, &token, "ada@example.org", RIGHT).send().must(403);
        let hosts_page = world.url.clone();
        form(world, &token, "ada@example.org", RIGHT).header("Origin", &hosts_page).send().must(303);
        world.call("DELETE", &format!("/setup/{token}")).send().must(405);
    }

    fn the_style_of_the_pages_is_served(world) {
        let page = open(world, &link(world).unwrap()).text();
        let place = page.split('"').find(|part| part.starts_with("/assets/") && part.ends_with(".css")).expect("a style");
        let style = world.call("GET", place).send().must(200);
        assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
        assert!(style.text().contains("keep-all"));
    }

    fn an_administrator_is_made_from_the_command_line(world) {
        let made = admin::create(&world.db, email("ada@example.org"), None).unwrap();
        let ada = world.login("ada@example.org", &made.password.expect("a password to be shown"));
        assert_eq!(world.get(&ada, "/v1/me").json()["admin"], true);
        world.with_password("bob", RIGHT);
        let promoted = admin::create(&world.db, email("bob@example.org"), None).unwrap();
        assert!(promoted.user.admin && promoted.password.is_none());
        world.try_login("bob@example.org", RIGHT).must(200);
        admin::set_password(&world.db, email("ada@example.org"), Password::new("a new long one")).unwrap();
        world.get(&ada, "/v1/me").must(401);
        world.try_login("ada@example.org", "a new long one").must(200);
        let nobody = admin::set_password(&world.db, email("nobody@example.org"), Password::new(RIGHT));
        assert!(matches!(nobody, Err(Error::NotFound)));
        let short = admin::set_password(&world.db, email("ada@example.org"), Password::new("short"));
        assert!(matches!(short, Err(Error::Invalid(_))));
    }

    fn the_administrator_of_the_environment_is_made_when_there_is_none(world) {
        let first = admin::ensure(&world.db, email("ada@example.org"), Password::new(RIGHT)).unwrap();
        assert!(matches!(first, Ensured::Made(user) if user.admin && user.display_name.as_str() == "ada"));
        let again = admin::ensure(&world.db, email("ada@example.org"), Password::new("another password")).unwrap();
        assert!(matches!(again, Ensured::Ignored));
        world.try_login("ada@example.org", "another password").must(401);
        world.try_login("ada@example.org", RIGHT).must(200);
    }

    fn what_is_over_is_tidied_away(world) {
        let ada = world.with_password("ada", RIGHT);
        world.try_login("ada@example.org", "wrong").must(401);
        let rows = || world.db.read_now(|tx| {
            use diesel::prelude::*;
            use signpost::db::schema::{refresh_tokens, sessions, throttles};
            let sessions: i64 = sessions::table.count().get_result(tx.conn())?;
            let tokens: i64 = refresh_tokens::table.count().get_result(tx.conn())?;
            let throttles: i64 = throttles::table.count().get_result(tx.conn())?;
            Ok([sessions, tokens, throttles])
        }).unwrap();
        world.gate.tidy(account::tidy).unwrap();
        assert_eq!(rows(), [2, 2, 3]);
        world.get(&ada, "/v1/me").must(200);
        world.later(TimeDelta::days(121));
        world.gate.tidy(account::tidy).unwrap();
        assert_eq!(rows(), [0, 0, 0]);
    }
}
