//! One's own account, and what one was told.

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::Scene;
use crate::support::eventually;

const RIGHT: &str = "correct horse battery staple";
const NEW: &str = "another horse battery staple";

on_both! {
    fn one_changes_how_one_is_called_and_told(world) {
        let scene = Scene::open(world);
        let ada = Browser::of(world, scene.who("ada"));
        let page = ada.done("/me", &[("display_name", "Ada L."), ("phone", "+44 20 7946 0000"), ("locale", "ko")]);
        assert!(page.contains("value=\"Ada L.\"") && page.contains("<option value=\"ko\" selected>"), "{page}");
        let refused = ada.post("/me", &[("display_name", " ")]).must(422).text();
        assert!(refused.contains("href=\"#display_name\""), "{refused}");
        let page = ada.done("/me/preferences", &[("email", "each")]);
        assert!(page.contains("value=\"each\" checked") && !page.contains("name=\"web\" value=\"1\" checked"), "{page}");
        assert_eq!(world.get(scene.who("ada"), "/v1/me/notifications/preferences").must(200).json()["email"], "each");
        assert!(Browser::of(world, scene.who("dev1")).page("/h/h1/people").contains("Ada L."));
    }

    fn one_changes_the_password_with_the_old_one(world) {
        let _scene = Scene::open(world);
        let other = world.with_password("ada", RIGHT);
        let ada = Browser::of(world, &other);
        let refused = ada.post("/me/password", &[("current", "wrong"), ("new", NEW)]).must(422).text();
        assert!(refused.contains("href=\"#current\"") && refused.contains("This is not your current password."), "{refused}");
        ada.done("/me/password", &[("current", RIGHT), ("new", NEW)]);
        world.get(&other, "/v1/me").must(401);
        world.login("ada@example.org", NEW);
    }

    fn one_ends_sessions_and_makes_tokens_that_are_shown_once(world) {
        let scene = Scene::open(world);
        let ada = Browser::of(world, scene.who("ada"));
        let page = ada.page("/me");
        let end = page.split("action=\"").find(|part| part.starts_with("/me/sessions/")).expect("another session");
        ada.done(end.split('"').next().unwrap(), &[]);
        world.get(scene.who("ada"), "/v1/me").must(401);
        let made = ada.post("/me/tokens", &[("token_name", "Script"), ("days", "7")]).must(200).text();
        let secret = made.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a token").to_owned();
        let read = |path: &str| world.call("GET", path).header("Authorization", &format!("Bearer {secret}")).send();
        read("/v1/me").must(200);
        let page = ada.page("/me");
        assert!(page.contains("Script") && !page.contains(&secret), "{page}");
        assert!(ada.post("/me/tokens", &[("token_name", "X"), ("days", "9999")]).must(422).text().contains("href=\"#expires_in_days\""));
        let end = page.split("action=\"").find(|part| part.starts_with("/me/tokens/")).expect("a token");
        ada.done(end.split('"').next().unwrap(), &[]);
        read("/v1/me").must(401);
    }

    fn what_one_was_told_is_read_on_the_way_to_the_question(world) {
        let scene = Scene::open(world);
        let dev = Browser::of(world, scene.who("dev1"));
        assert!(dev.page("/me/notifications").contains("Nothing yet."));
        scene.on_etl();
        let page = eventually("the news", || Some(dev.page("/me/notifications")).filter(|page| page.contains("How do I schedule a pipeline?")));
        assert!(page.contains("It lies with Development team.") && page.contains("You get this because"), "{page}");
        let id = page.split("name=\"notification\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
        let on = dev.post("/me/notifications/read", &[("notification", id), ("to", "/h/h1/questions/1")]).must(303);
        assert_eq!(on.header("location"), Some("/h/h1/questions/1"));
        assert!(dev.page("/me/notifications?unread=1").contains("You have read everything."));
        assert!(dev.page("/me/notifications").contains("href=\"/h/h1/questions/1\""));
        scene.on_etl();
        eventually("more news", || dev.page("/me/notifications").contains("#2").then_some(()));
        assert!(!dev.done("/me/notifications/read", &[]).contains("Mark all as read"));
        let cleo = Browser::of(world, scene.who("cleo")).korean();
        assert!(cleo.page("/me/notifications").contains("아직 없습니다."));
    }
}
