//! The brief by forms: the next version, what it changes, and who has not read it.

use serde_json::json;

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::Scene;

const WRITE: &str = "/h/h1/brief/write";

on_both! {
    fn the_next_version_is_looked_at_before_it_is_published(world) {
        let scene = Scene::open(world);
        let (planner, ada) = (Browser::of(world, scene.who("planner")), Browser::of(world, scene.who("ada")));
        assert!(planner.page("/h/h1/brief").contains("href=\"/h/h1/brief/write\""));
        let first = [("ambition", "poc"), ("summary-en", "First words."), ("criteria/0/en", "Value"), ("criteria/0/ko", ""), ("criteria/0/weight", "40"), ("mark", "")];
        let looked = planner.post(WRITE, &first).must(200).text();
        assert!(looked.contains("Publish version 1") && looked.contains(">First words.</textarea>"), "{looked}");
        assert!(ada.page("/h/h1/brief").contains("There is no brief yet"), "looking publishes nothing");
        let published = planner.done(WRITE, &[&first[..], &[("publish", "1")]].concat());
        assert!(published.contains("First words.") && published.contains("Proof of concept"), "{published}");
        ada.done("/h/h1/brief/read", &[("number", "1")]);
        let second = [("ambition", "pilot"), ("summary-en", "Second words."), ("summary-ko", "두 번째 말."), ("criteria/0/en", "Value"), ("criteria/0/ko", ""), ("criteria/0/weight", "60"), ("mark", "1")];
        let looked = planner.post(WRITE, &second).must(200).text();
        assert!(looked.contains("<li class=\"minus\"><strong>−</strong> First words.</li>") && looked.contains("<li class=\"plus\"><strong>+</strong> Second words.</li>"), "{looked}");
        assert!(looked.contains("</strong> Pilot</li>") && looked.contains("Value (60)"), "{looked}");
        planner.done(WRITE, &[&second[..], &[("publish", "1")]].concat());
        let changed = ada.page("/h/h1/brief");
        assert!(changed.contains("What changed since version 1") && changed.contains("</strong> Second words.</li>"), "{changed}");
        let stale = planner.post(WRITE, &[&second[..], &[("publish", "1")]].concat()).must(409).text();
        assert!(stale.contains("Somebody else changed this meanwhile"), "{stale}");
        let korean = Browser::of(world, scene.who("ada")).korean().page("/h/h1/brief");
        assert!(korean.contains("</strong> 두 번째 말.</li>"), "{korean}");
    }

    fn what_is_wrong_stands_beside_its_field(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let wrong = [("ambition", "pilot"), ("summary-en", "Words."), ("criteria/0/en", "Value"), ("criteria/0/weight", "400")];
        let refused = planner.post(WRITE, &wrong).must(422).text();
        assert!(refused.contains("href=\"#criteria/0/weight\"") && refused.contains("value=\"400\"") && refused.contains(">Words.</textarea>"), "{refused}");
        let nameless = planner.post(WRITE, &[("criteria/0/en", ""), ("criteria/0/ko", ""), ("criteria/0/weight", "4")]).must(422).text();
        assert!(nameless.contains("href=\"#criteria/0/en\""), "{nameless}");
        for who in ["mentor1", "ada", "judge"] {
            Browser::of(world, scene.who(who)).get(WRITE).must(403);
            Browser::of(world, scene.who(who)).post(WRITE, &[("ambition", "pilot"), ("publish", "1")]).must(403);
        }
    }

    fn who_has_not_read_it_is_told_to_those_who_may_know(world) {
        let scene = Scene::open(world);
        let brief = json!({"ambition": "pilot", "summary": {"en": "Words."}});
        world.put(scene.who("planner"), "/v1/hackathons/h1/brief", brief).must(201);
        let (ada, planner) = (Browser::of(world, scene.who("ada")), Browser::of(world, scene.who("planner")));
        ada.done("/h/h1/brief/read", &[("number", "1")]);
        let told = planner.page("/h/h1/brief");
        assert!(told.contains("<strong>bob</strong>") && told.contains("<strong>cleo</strong>") && !told.contains("<strong>ada</strong>"), "{told}");
        assert!(told.contains("Somebody of the team has read it."), "{told}");
        let own = ada.page("/h/h1/brief");
        assert!(own.contains("<strong>bob</strong>") && !own.contains("<strong>cleo</strong>"), "{own}");
        assert!(!Browser::of(world, scene.who("dev1")).page("/h/h1/brief").contains("Who has not read it"));
    }
}
