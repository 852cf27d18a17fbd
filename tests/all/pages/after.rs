//! What comes after, by forms: awards, debriefs, follow-ups.

use serde_json::json;

use super::browser::Browser;
use super::settings::form;
use crate::on_both;
use crate::questions::scene::{Scene, id};

on_both! {
    fn awards_are_made_given_and_removed(world) {
        let scene = Scene::open(world);
        let (planner, ada) = (Browser::of(world, scene.who("planner")), Browser::of(world, scene.who("ada")));
        let empty = ada.page("/h/h1/after");
        assert!(empty.contains("Nothing was won yet.") && !empty.contains("Add an award") && !empty.contains("/h/h1/judging\""), "{empty}");
        let refused = planner.post("/h/h1/after/awards", &[("name_en", ""), ("reason", "Because.")]).must(422).text();
        assert!(refused.contains("href=\"#en\"") && refused.contains(">Because.</textarea>"), "{refused}");
        let page = planner.done("/h/h1/after/awards", &[("name_en", "Best insight"), ("name_ko", "최고의 통찰"), ("sponsor", "trust")]);
        assert!(page.contains("Not given yet") && page.contains("Given by Trust"), "{page}");
        let red = json!({"team": "red", "title": "Red lines"});
        let red = id(&scene.post("ada", "/v1/hackathons/h1/submissions", red).must(201).json());
        let give = form(&page, "/h/h1/after/awards/0");
        let wrong = planner.post(give, &[("name_en", "Best insight"), ("submission", "nobody")]).must(422).text();
        assert!(wrong.contains("There is no such submission"), "{wrong}");
        let given = planner.done(give, &[("name_en", "Best insight"), ("name_ko", "최고의 통찰"), ("submission", &red), ("reason", "It asks the right question.")]);
        assert!(given.contains("<strong>Red</strong>") && given.contains("It asks the right question.") && !given.contains("Given by Trust"), "{given}");
        assert!(ada.page("/h/h1/after").contains("<strong>Red</strong>"));
        assert!(Browser::of(world, scene.who("ada")).korean().page("/h/h1/after").contains("최고의 통찰"));
        ada.post(give, &[("name_en", "Mine")]).must(403);
        ada.post("/h/h1/after/awards", &[("name_en", "Mine")]).must(403);
        assert!(planner.done(&format!("{give}/remove"), &[]).contains("Nothing was won yet."));
    }

    fn a_debrief_is_written_shared_and_found(world) {
        let scene = Scene::open(world);
        let (ada, mentor) = (Browser::of(world, scene.who("ada")), Browser::of(world, scene.who("mentor1")));
        let place = "/h/h1/after/debriefs";
        assert!(mentor.page(place).contains("Nobody has shared a debrief yet."));
        let rows = [("presented/0/occasion", "Town hall"), ("presented/0/on", "")];
        let refused = ada.post(&format!("{place}/new"), &[[("about", "team:red"), ("body", "Ask early.")], rows].concat()).must(422).text();
        assert!(refused.contains("href=\"#presented/0/on\"") && refused.contains(">Ask early.</textarea>") && refused.contains("value=\"team:red\" selected"), "{refused}");
        let foreign = ada.post(&format!("{place}/new"), &[("about", "team:blue"), ("body", "Ask early.")]).must(422).text();
        assert!(foreign.contains("Write about yourself, your own team or your own profession."), "{foreign}");
        let rows = [("presented/0/occasion", "Town hall"), ("presented/0/on", "2024-12-10")];
        let made = ada.done(&format!("{place}/new"), &[[("about", "team:red"), ("body", "Ask early.")], [("themes", "Data access, 파이프라인"), ("x", "")], rows].concat());
        assert!(made.contains("Only you read it") && made.contains("Town hall (Tue 10 December 2024)"), "{made}");
        let own = form(&made, &format!("{place}/0")).replace("/share", "");
        mentor.get(&own).must(404);
        assert!(!mentor.page(place).contains("Ask early."));
        let changed = ada.done(&own, &[("body", "Ask in the first week."), ("themes", "Data access"), ("presented/0/occasion", ""), ("presented/0/on", "")]);
        assert!(changed.contains("Ask in the first week.") && !changed.contains("Town hall ("), "{changed}");
        ada.post(&own, &[("body", "Other"), ("mark", "old")]).must(409);
        assert!(!ada.done(&format!("{own}/share"), &[]).contains("Only you read it"));
        for (query, found) in [("", true), ("?theme=data+access", true), ("?theme=tests", false), ("?team=red", true), ("?team=blue", false), ("?profession=design", false)] {
            assert_eq!(mentor.page(&format!("{place}{query}")).contains("Ask in the first week."), found, "{query}");
        }
        mentor.post(&own, &[("body", "Mine")]).must(403);
        mentor.post(&format!("{own}/remove"), &[]).must(403);
        let listed = ada.done(&format!("{own}/remove"), &[]);
        assert!(!listed.contains("Ask in the first week."), "{listed}");
        Browser::of(world, scene.who("watcher")).post(&format!("{place}/new"), &[("about", "me"), ("body", "x")]).must(403);
    }

    fn a_follow_up_is_opened_checked_and_closed(world) {
        let scene = Scene::open(world);
        let place = "/h/h1/after/follow-ups";
        let planner = Browser::of(world, scene.who("planner"));
        assert!(planner.page(place).contains("Nothing is to be continued yet."));
        let owner = scene.member("ada");
        let new = [("title", "The pilot"), ("owner", owner.as_str()), ("team", "red"), ("ambition", "pilot"), ("gate_on", "2025-01-15"), ("begins_on", "2024-10-06")];
        let refused = planner.post(&format!("{place}/new"), &new).must(422).text();
        assert!(refused.contains("href=\"#next_gate\"") && refused.contains("value=\"The pilot\""), "{refused}");
        let made = planner.done(&format!("{place}/new"), &[&new[..], &[("next_gate", "Who pays")]].concat());
        assert!(made.contains("Who pays") && made.contains("After 30 days <span class=\"tag waiting\">Due</span>"), "{made}");
        let one = form(&made, &format!("{place}/0")).trim_end_matches("/check").to_owned();
        let bob = Browser::of(world, scene.who("bob"));
        assert!(!bob.page(&one).contains("Keep what was found"));
        bob.post(&format!("{one}/check"), &[("days", "30"), ("outcome", "x")]).must(403);
        let ada = Browser::of(world, scene.who("ada"));
        assert!(ada.page(place).contains("Say what was found") && !ada.page(place).contains("Open a follow-up"));
        let empty = ada.post(&format!("{one}/check"), &[("days", "30"), ("outcome", " ")]).must(422).text();
        assert!(empty.contains("href=\"#outcome-check\""), "{empty}");
        let checked = ada.done(&format!("{one}/check"), &[("days", "30"), ("outcome", "Two wards use it.")]);
        assert!(checked.contains("Two wards use it.") && checked.contains("<span class=\"tag answered\">Done</span>"), "{checked}");
        ada.post(&format!("{one}/check"), &[("days", "30"), ("outcome", "Again.")]).must(409);
        let emptied = ada.done(&one, &[("title", "The long pilot"), ("owner", &owner), ("ambition", "production"), ("begins_on", "")]);
        assert!(emptied.contains("value=\"2024-10-06\""), "the days of the checks stay: {emptied}");
        let changed = ada.done(&one, &[("title", "The long pilot"), ("owner", &owner), ("ambition", "production"), ("begins_on", "2024-10-06")]);
        assert!(changed.contains("<h1>The long pilot</h1>") && changed.contains("<dd>Production</dd>") && !changed.contains("Who pays"), "{changed}");
        assert!(Browser::of(world, scene.who("ada")).korean().page(&one).contains("30일 뒤"));
        ada.post(&format!("{one}/remove"), &[]).must(403);
        ada.get(&format!("{place}/new")).must(403);
        assert!(planner.done(&format!("{one}/remove"), &[]).contains("Nothing is to be continued yet."));
    }

    fn what_was_learnt_is_written_after_the_end_too(world) {
        let scene = Scene::open(world);
        world.patch(scene.who("planner"), "/v1/hackathons/h1", json!({"ended": true})).must(200);
        let (ada, planner) = (Browser::of(world, scene.who("ada")), Browser::of(world, scene.who("planner")));
        let made = ada.done("/h/h1/after/debriefs/new", &[("about", "me"), ("body", "Listen more."), ("share", "1")]);
        assert!(made.contains("Listen more.") && !made.contains("Only you read it"), "{made}");
        let owner = scene.member("planner");
        let made = planner.done("/h/h1/after/follow-ups/new", &[("title", "The pilot"), ("owner", &owner), ("ambition", "pilot")]);
        assert!(made.contains("After 30 days"), "{made}");
        let after = planner.page("/h/h1/after");
        assert!(!after.contains("Add an award"), "what was judged stays: {after}");
        planner.post("/h/h1/after/awards", &[("name_en", "Late")]).must(409);
    }
}
