//! Coming in: by an invitation, and by a link for a forgotten password.

use chrono::TimeDelta;
use serde_json::json;
use signpost::account::forgotten;
use signpost::base::Email;

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::{Scene, text};
use crate::support::{World, eventually};

const RIGHT: &str = "correct horse battery staple";
const NEW: &str = "another horse battery staple";

/// Invites somebody, and gives the path of the link.
fn invited(scene: &Scene, email: &str) -> String {
    let body = json!({"email": email, "roles": ["participant"], "display_name": "Dana"});
    let made = scene.post("planner", "/v1/hackathons/h1/invitations", body).must(201).json();
    let link = text(&made["link"]);
    link[link.find("/invitations/").expect("a link")..].to_owned()
}

/// The path of the link in the newest mail.
fn mailed(world: &World) -> String {
    let all = eventually("a mail", || Some(world.mailer.kept()).filter(|all| !all.is_empty()));
    // Mails break long lines with an equals sign at the end.
    let mail = all.last().expect("a mail").replace("=\r\n", "");
    let link = &mail[mail.find("/forgotten/").expect("a link")..];
    link.split_whitespace().next().expect("a path").to_owned()
}

on_both! {
    fn whoever_is_invited_chooses_a_password_and_is_in(world) {
        let scene = Scene::open(world);
        let link = invited(&scene, "dana@example.org");
        let dana = Browser::new(world);
        let form = dana.page(&link);
        assert!(form.contains("Join One") && form.contains("value=\"Dana\"") && form.contains("dana@example.org"), "{form}");
        let refused = dana.post(&link, &[("display_name", "Dana D."), ("password", "short")]).must(422).text();
        assert!(refused.contains("<title>Error: ") && refused.contains("href=\"#password\"") && refused.contains("value=\"Dana D.\""), "{refused}");
        assert!(!refused.contains("short"), "a password is not written into a page");
        let joined = dana.post(&link, &[("display_name", "Dana D."), ("password", RIGHT)]).must(303);
        assert_eq!(joined.header("location"), Some("/h/h1"));
        assert!(dana.page("/h/h1").contains("Dana D."));
        assert!(Browser::new(world).get(&link).must(404).text().contains("This invitation cannot be used"));
        world.login("dana@example.org", RIGHT);
    }

    fn whoever_has_a_password_signs_in_and_joins_with_one_press(world) {
        let scene = Scene::open(world);
        world.with_password("dana", RIGHT);
        let link = invited(&scene, "dana@example.org");
        let dana = Browser::new(world);
        let note = dana.page(&link);
        let way = format!("/sign-in?to=%2Finvitations%2F{}", link.rsplit('/').next().unwrap());
        assert!(note.contains(&way), "{note}");
        assert!(dana.post(&link, &[("display_name", "Mallory"), ("password", NEW)]).must(200).text().contains(&way), "a link opens no account");
        let back = dana.post("/sign-in", &[("email", "dana@example.org"), ("password", RIGHT), ("to", &link)]).must(303);
        assert_eq!(back.header("location"), Some(link.as_str()));
        let form = dana.page(&link);
        assert!(form.contains("<button type=\"submit\">Join</button>") && !form.contains("name=\"password\""), "{form}");
        assert_eq!(dana.post(&link, &[]).must(303).header("location"), Some("/h/h1"));
        dana.page("/h/h1");
    }

    fn somebody_else_who_is_signed_in_does_not_join_in_their_place(world) {
        let scene = Scene::open(world);
        let link = invited(&scene, "dana@example.org");
        let browser = Browser::of(world, &world.person("stranger"));
        browser.post(&link, &[("display_name", "Dana"), ("password", RIGHT)]).must(303);
        assert!(browser.page("/h/h1").contains("Dana"), "the browser is signed in as whom the invitation was for");
        world.login("dana@example.org", RIGHT);
    }

    fn a_forgotten_password_is_chosen_anew_by_a_link_that_works_once(world) {
        let _scene = Scene::open(world);
        let old = world.with_password("dana", RIGHT);
        let dana = Browser::new(world);
        assert!(dana.page("/sign-in").contains("href=\"/forgotten\""));
        assert!(dana.page("/forgotten").contains("Send the link"));
        dana.post("/forgotten", &[("email", "dana")]).must(422);
        let sent = dana.post("/forgotten", &[("email", "dana@example.org")]).must(200).text();
        let link = mailed(world);
        assert!(dana.page(&link).contains("Choose a new password"));
        dana.post(&link, &[("password", "short")]).must(422);
        assert!(dana.post(&link, &[("password", NEW)]).must(200).text().contains("You have a new password"));
        dana.get(&link).must(404);
        world.get(&old, "/v1/me").must(401);
        world.try_login("dana@example.org", RIGHT).must(401);
        world.login("dana@example.org", NEW);
        let unknown = dana.post("/forgotten", &[("email", "nobody@example.org")]).must(200).text();
        assert_eq!(unknown, sent, "nobody learns who has an account here");
    }

    fn a_link_for_a_password_ends_and_few_are_sent(world) {
        world.with_password("dana", RIGHT);
        let email = Email::parse("dana@example.org").unwrap();
        // Without the page, which answers before it is known whether a letter goes out.
        let letter = || {
            let email = email.clone();
            world.db.write_now(move |tx| forgotten::letter(tx, &email, "http://x/forgotten")).unwrap()
        };
        let first = letter().expect("a letter").text;
        let link = first[first.find("/forgotten/").expect("a link")..].split_whitespace().next().unwrap().to_owned();
        assert!(letter().is_none(), "not two within a minute");
        let dana = Browser::new(world);
        dana.page(&link);
        world.later(TimeDelta::minutes(30));
        dana.get(&link).must(404);
        for _ in 0..4 {
            world.later(TimeDelta::minutes(2));
            assert!(letter().is_some());
        }
        world.later(TimeDelta::minutes(2));
        assert!(letter().is_none(), "five a day");
        world.later(TimeDelta::days(1));
        assert!(letter().is_some());
    }

    fn whoever_never_had_a_password_is_sent_no_link(world) {
        world.person("ada");
        world.with_password("dana", RIGHT);
        let letter = |email: &str| {
            let email = Email::parse(email).unwrap();
            world.db.write_now(move |tx| forgotten::letter(tx, &email, "http://x/forgotten")).unwrap()
        };
        assert!(letter("ada@example.org").is_none(), "an invitation is their way in");
        assert!(letter("nobody@example.org").is_none());
        assert_eq!(letter("dana@example.org").expect("a letter").to.as_str(), "dana@example.org");
    }
}
