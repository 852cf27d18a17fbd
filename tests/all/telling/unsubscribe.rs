//! Stopping mails from within a mail.

use super::dispatched;
use super::mails::{header, letter};
use crate::on_both;
use crate::questions::scene::Scene;
use crate::support::World;

/// The path in a letter that stops such letters.
fn path(world: &World, letter: &str) -> String {
    let address = header(letter, "List-Unsubscribe");
    address.trim_matches(['<', '>']).strip_prefix(world.gate.issuer()).expect("an address of this server").to_owned()
}

fn wish(scene: &Scene) -> String {
    scene.get("dev1", "/v1/me/notifications/preferences").must(200).json()["email"].as_str().unwrap().to_owned()
}

on_both! {
    fn one_press_stops_mails_and_a_second_does_no_harm(world) {
        let scene = Scene::open(world);
        scene.on_etl();
        dispatched(world);
        world.later(chrono::TimeDelta::minutes(2));
        let path = path(world, &letter(world, "dev1", 1));
        let page = world.call("GET", &path).send().must(200);
        assert!(page.text().contains("<form method=\"post\">"), "{}", page.text());
        assert_eq!(wish(&scene), "digest", "looking changes nothing");
        // As a mail program sends it: from elsewhere, without a cookie, with the body of RFC 8058.
        let press = || {
            let call = world.call("POST", &path).header("Content-Type", "application/x-www-form-urlencoded");
            call.header("Sec-Fetch-Site", "cross-site").body("List-Unsubscribe=One-Click").send().must(200)
        };
        press();
        assert_eq!(wish(&scene), "off");
        press();
        assert_eq!(wish(&scene), "off");
        assert!(world.call("GET", &path).header("Accept-Language", "ko").send().must(200).text().contains("그만 받을까요"));
        let other = scene.get("dev2", "/v1/me/notifications/preferences").must(200).json();
        assert_eq!(other["email"], "digest");
    }

    fn a_made_up_address_stops_nobody_s_mails(world) {
        let scene = Scene::open(world);
        scene.on_etl();
        dispatched(world);
        world.later(chrono::TimeDelta::minutes(2));
        let path = path(world, &letter(world, "dev1", 1));
        for wrong in [format!("{path}x"), path[..path.len() - 1].to_owned(), "/unsubscribe/x".to_owned()] {
            world.call("GET", &wrong).send().must(404);
            world.call("POST", &wrong).send().must(404);
        }
        assert_eq!(wish(&scene), "digest");
    }
}
