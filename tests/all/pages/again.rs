//! Forms that two people have open at once, and forms that were tampered with: nothing is overwritten unawares, and nothing is
//! left aside silently.

use serde_json::json;

use super::browser::Browser;
use super::organizing::{but, hidden};
use crate::on_both;
use crate::questions::scene::{Scene, id};

const MEANWHILE: &str = "Somebody else changed this meanwhile";

/// Changes something by its form, and then once more by the form as it was shown before: that is refused, what was typed is kept,
/// and the page that says so has a form that can be sent.
#[track_caller]
fn twice(browser: &Browser, shown: &str, place: &str, fields: &[(&str, &str)], changed: (&str, &str)) {
    let mark = hidden(&browser.page(shown), "mark");
    let own = [changed, ("mark", mark.as_str())];
    browser.post(place, &but(fields, &[(changed.0, "Said by somebody else"), ("mark", &mark)])).must(303);
    let refused = browser.post(place, &but(fields, &own)).must(409).text();
    assert!(refused.contains(MEANWHILE) && refused.contains(changed.1), "{place}: {refused}");
    let mark = hidden(&refused, "mark");
    browser.post(place, &but(fields, &[changed, ("mark", &mark)])).must(303);
}

on_both! {
    fn sprints_teams_and_absences_are_not_overwritten_unawares(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        planner.done("/h/h1/sprints", &[("number", "1"), ("starts_on", "2024-11-04"), ("ends_on", "2024-11-15")]);
        let sprint = [("number", "1"), ("starts_on", "2024-11-04"), ("ends_on", "2024-11-15"), ("goal_en", "A first table")];
        let place = "/h/h1/sprints/1/edit";
        twice(&planner, place, place, &sprint, ("goal_en", "Another table"));
        let place = "/h/h1/teams/red/edit";
        // The last form of the page is the one with the name.
        let page = planner.page(place);
        let mark = page.rsplit("name=\"mark\" value=\"").next().and_then(|rest| rest.split('"').next()).expect("a mark");
        let team = [("slug", "red"), ("name_en", "Scarlet"), ("mark", mark)];
        planner.post(place, &team).must(303);
        let refused = planner.post(place, &but(&team, &[("name_en", "Crimson")])).must(409).text();
        assert!(refused.contains(MEANWHILE) && refused.contains("value=\"Crimson\""), "{refused}");
        let ada = Browser::of(world, scene.who("ada"));
        let place = format!("/h/h1/people/{}/absences", scene.member("ada"));
        let page = ada.done(&place, &[("starts_on", "2024-11-11"), ("ends_on", "2024-11-12")]);
        let one = page.split("?change=").nth(1).and_then(|rest| rest.split('#').next()).expect("an absence").to_owned();
        let days = [("starts_on", "2024-11-11"), ("ends_on", "2024-11-13")];
        twice(&ada, &format!("{place}?change={one}"), &format!("{place}/{one}"), &days, ("reason", "A wedding"));
        let both = ada.post(&format!("{place}/{one}"), &[("starts_on", "x"), ("ends_on", "y"), ("reason", "a\nb")]).must(422).text();
        for field in ["starts_on", "ends_on", "reason"] {
            assert!(both.contains(&format!("href=\"#{field}\"")), "{field}: {both}");
        }
    }

    fn a_check_in_is_changed_for_the_team_that_it_is_of(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        planner.done("/h/h1/sprints", &[("number", "1"), ("starts_on", "2024-11-04"), ("ends_on", "2024-11-15")]);
        let said = [("team", "red"), ("progress_percent", "40"), ("hours_spent", "7.5"), ("confidence", "4"), ("summary", "We read the data.")];
        planner.done("/h/h1/sprints/1/check-ins", &said);
        let given = scene.get("planner", "/v1/hackathons/h1/sprints/1/check-ins").must(200).json();
        let place = format!("/h/h1/sprints/1/check-ins/{}", id(&given["items"][0]));
        let refused = planner.post(&place, &but(&said, &[("team", "blue"), ("progress_percent", "much"), ("summary", "")])).must(422).text();
        assert!(refused.contains("/h/h1/teams/red\"") && !refused.contains("/h/h1/teams/blue\""), "{refused}");
        assert!(refused.contains("href=\"#progress_percent\"") && refused.contains("href=\"#summary\""), "{refused}");
        twice(&planner, "/h/h1/teams/red/check-in", &place, &said, ("summary", "We read it twice."));
    }

    fn a_decision_says_what_it_cannot_read(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let said = [("title", "Use the shared model"), ("context", "Two teams read the same tables."), ("outcome", "It is used."), ("decided_by", "role:team_mentor"), ("status", "accepted")];
        for (field, wrong) in [("decided_by", "somebody"), ("consulted", "unit"), ("status", "perhaps")] {
            let refused = planner.post("/h/h1/decisions", &but(&said, &[(field, wrong)])).must(422).text();
            assert!(refused.contains(&format!("href=\"#{field}\"")) && refused.contains(&format!("id=\"{field}\"")), "{field}: {refused}");
        }
        assert_eq!(scene.get("planner", "/v1/hackathons/h1/decisions").must(200).json()["items"], json!([]));
        planner.done("/h/h1/decisions", &said);
        let place = "/h/h1/decisions/1/edit";
        twice(&planner, place, place, &said, ("context", "Three teams do."));
    }
}
