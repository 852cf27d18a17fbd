//! Sprints as they go, by forms: the board, check-ins, changed plans, closing; and who has how much time.

use serde_json::{Value, json};

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::Scene;

/// The scene with a sprint that is under way and one that is to come, and hours that people offer.
fn planned<'w>(world: &'w crate::support::World) -> Scene<'w> {
    let scene = Scene::open(world);
    for (number, from, until) in [(1, "2024-11-04", "2024-11-08"), (2, "2024-11-11", "2024-11-15")] {
        let body = json!({"number": number, "starts_on": from, "ends_on": until, "goal": {"en": "Get to the data"}});
        scene.post("planner", "/v1/hackathons/h1/sprints", body).must(201);
    }
    for (name, hours) in [("ada", 7), ("bob", 14), ("cleo", 3)] {
        let path = format!("/v1/hackathons/h1/members/{}", scene.member(name));
        world.patch(scene.who("planner"), &path, json!({"weekly_hours": hours})).must(200);
    }
    scene
}

/// A check-in as it is typed.
const SAID: [(&str, &str); 5] = [
    ("team", "red"),
    ("progress_percent", "60"),
    ("hours_spent", "14,5"),
    ("confidence", "3"),
    ("summary", "The pipeline runs."),
];

fn given(scene: &Scene, sprint: i32) -> Value {
    let path = format!("/v1/hackathons/h1/sprints/{sprint}/check-ins");
    scene.get("planner", &path).must(200).json()["items"].clone()
}

on_both! {
    fn a_team_checks_in_with_a_blocker_and_changes_it(world) {
        let scene = planned(world);
        let question = scene.ask("ada", json!({"title": "Which pip?", "topic": "packages"}))["number"].to_string();
        let ada = Browser::of(world, scene.who("ada"));
        let form = ada.page("/h/h1/teams/red/check-in");
        assert!(form.contains("Check in for sprint 1") && form.contains("action=\"/h/h1/sprints/1/check-ins\""), "{form}");
        assert!(form.contains(&format!(">#{question} Which pip?</option>")), "the open questions are there to choose from: {form}");
        let blocked = [SAID.as_slice(), &[("blockers/1/text", "A package cannot be installed"), ("blockers/1/question", question.as_str())]].concat();
        let page = ada.done("/h/h1/sprints/1/check-ins", &blocked);
        for part in ["60 % done", "Confidence 3 of 5: so-so", "Spent 14.5 h", "A package cannot be installed", "Which pip? #", "Change the check-in"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("id=\"blue\""), "a participant sees their own team");
        let again = ada.page("/h/h1/teams/red/check-in?sprint=1");
        assert!(again.contains("value=\"14.5\"") && again.contains("value=\"A package cannot be installed\""), "{again}");
        let kept = given(&scene, 1)[0]["id"].as_str().unwrap().to_owned();
        let page = ada.done(&format!("/h/h1/sprints/1/check-ins/{kept}"), &SAID);
        assert!(!page.contains("A package cannot be installed"), "all of it is what the form says");
        assert_eq!(given(&scene, 1)[0]["blockers"], json!([]));
        let twice = ada.post("/h/h1/sprints/1/check-ins", &SAID).must(409).text();
        assert!(twice.contains("There is a problem"), "{twice}");
    }

    fn a_check_in_that_does_not_fit_is_shown_with_all_that_was_typed(world) {
        let scene = planned(world);
        let ada = Browser::of(world, scene.who("ada"));
        let wrong = [("team", "red"), ("progress_percent", "most"), ("hours_spent", ""), ("summary", "Half of it"), ("blockers/2/question", "7")];
        let page = ada.post("/h/h1/sprints/1/check-ins", &wrong).must(422).text();
        for field in ["progress_percent", "hours_spent", "confidence", "blockers/0/text"] {
            assert!(page.contains(&format!("href=\"#{field}\"")) && page.contains(&format!("id=\"{field}\"")), "{field}: {page}");
        }
        assert!(page.contains("value=\"most\"") && page.contains(">Half of it</textarea>"), "{page}");
        let beyond = [("team", "red"), ("progress_percent", "160"), ("hours_spent", "1"), ("confidence", "4"), ("summary", "x")];
        assert!(ada.post("/h/h1/sprints/1/check-ins", &beyond).must(422).text().contains("href=\"#progress_percent\""));
        let early = ada.page("/h/h1/teams/red/check-in?sprint=2");
        assert!(early.contains("There is nothing to report yet") && early.contains("11 Nov"), "{early}");
        let korean = Browser::of(world, scene.who("ada")).korean();
        let page = korean.post("/h/h1/sprints/1/check-ins", &wrong).must(422).text();
        assert!(page.contains("확인이 필요합니다") && page.contains("3처럼 정수로 적으세요."), "{page}");
        assert_eq!(given(&scene, 1), json!([]));
    }

    fn a1_nobody_checks_in_for_a_team_of_others(world) {
        let scene = planned(world);
        for (name, status) in [("mentor1", 403), ("dev1", 403), ("judge", 403), ("watcher", 403)] {
            let browser = Browser::of(world, scene.who(name));
            assert_eq!(browser.post("/h/h1/sprints/1/check-ins", &SAID).status, status, "{name}");
            assert_eq!(browser.post("/h/h1/sprints/1/scope-changes", &[("what", "x"), ("why", "y")]).status, 403, "{name}");
            assert_eq!(browser.post("/h/h1/sprints/1/close", &[("summary_en", "x")]).status, 403, "{name}");
        }
        let cleo = Browser::of(world, scene.who("cleo"));
        cleo.get("/h/h1/teams/red/check-in").must(403);
        cleo.post("/h/h1/sprints/1/check-ins", &SAID).must(403);
        let planner = Browser::of(world, scene.who("planner"));
        assert!(planner.done("/h/h1/sprints/1/check-ins", &SAID).contains("60 % done"), "an organizer may for any");
        let kept = given(&scene, 1)[0]["id"].as_str().unwrap().to_owned();
        cleo.post(&format!("/h/h1/sprints/1/check-ins/{kept}"), &SAID).must(404);
        assert!(Browser::of(world, scene.who("mentor1")).page("/h/h1/sprints/1").contains("60 % done"), "a mentor reads it");
        assert!(!Browser::of(world, scene.who("dev1")).page("/h/h1/sprints/1").contains("60 % done"));
    }

    fn a_plan_is_made_and_a_change_of_it_needs_a_reason(world) {
        let scene = planned(world);
        let ada = Browser::of(world, scene.who("ada"));
        let page = ada.done("/h/h1/sprints/2/scope-changes", &[("hours_planned", "20")]);
        assert!(page.contains("The team plans 20 h."), "{page}");
        let refused = ada.post("/h/h1/sprints/1/scope-changes", &[("hours_planned", "31"), ("what", "One more data set")]).must(422).text();
        assert!(refused.contains("href=\"#why\"") && refused.contains("value=\"One more data set\""), "{refused}");
        assert!(refused.contains("The sprint has begun. Say why this changes."), "{refused}");
        let said = [("hours_planned", "31"), ("what", "One more data set"), ("why", "The sponsor wants it.")];
        let page = ada.done("/h/h1/sprints/1/scope-changes", &said);
        assert!(page.contains("One more data set") && page.contains("Planned from then on: 31 h") && page.contains("Plans more than it has"), "{page}");
        let planner = Browser::of(world, scene.who("planner"));
        assert!(planner.done("/h/h1/sprints/1/scope-changes", &[("what", "The room is smaller"), ("why", "A flood")]).contains("The room is smaller"));
        let board = planner.page("/h/h1/sprints");
        for part in ["By 5 Nov, 0 h of the 51 h planned", "The sponsor wants it.", "Plan</span>", "<polyline class=\"line\"", "How the teams stand"] {
            assert!(board.contains(part), "{part}: {board}");
        }
        let one = planner.page("/h/h1/sprints?team=blue");
        assert!(one.contains("of the 0 h planned") && !one.contains("The sponsor wants it."), "{one}");
    }

    fn what_is_late_stands_first_and_the_sprint_is_closed(world) {
        let scene = planned(world);
        Browser::of(world, scene.who("ada")).done("/h/h1/sprints/1/check-ins", &SAID);
        scene.post("planner", "/v1/hackathons/h1/teams", json!({"slug": "empty", "name": "Nobody here"})).must(201);
        let scene = scene.later(chrono::TimeDelta::days(5));
        let planner = Browser::of(world, scene.who("planner"));
        let board = planner.page("/h/h1/sprints");
        assert!(board.contains("Blue owes its check-in of sprint 1; it was due on 8 Nov."), "{board}");
        assert!(board.contains("Sprint 1 ended on 8 Nov and is not closed."), "{board}");
        assert!(!board.contains("Nobody here owes"), "nobody builds in that team: {board}");
        assert!(board.find("What is late") < board.find("Timeline"), "it stands first");
        let own = Browser::of(world, scene.who("ada")).page("/h/h1/sprints");
        assert!(own.contains("Nothing is late") && !own.contains("is not closed"), "{own}");
        let form = planner.page("/h/h1/sprints/1/close");
        assert!(form.contains("These teams have not checked in") && form.contains(">Blue</a>") && !form.contains(">Red</a>"), "{form}");
        assert!(planner.post("/h/h1/sprints/1/close", &[]).must(422).text().contains("href=\"#summary_en\""));
        let page = planner.done("/h/h1/sprints/1/close", &[("summary_en", "A pipeline runs."), ("summary_ko", "파이프라인이 돌아갑니다.")]);
        assert!(page.contains("A pipeline runs.") && page.contains("Open it again"), "{page}");
        assert!(Browser::of(world, scene.who("ada")).korean().page("/h/h1/sprints/1").contains("파이프라인이 돌아갑니다."));
        planner.post("/h/h1/sprints/1/close", &[("summary_en", "x")]).must(409);
        let kept = given(&scene, 1)[0]["id"].as_str().unwrap().to_owned();
        assert!(planner.page("/h/h1/teams/red/check-in?sprint=1").contains("what the team gave stays as it is"));
        let closed = planner.post(&format!("/h/h1/sprints/1/check-ins/{kept}"), &SAID).must(409).text();
        assert!(closed.contains("Sprint 1 is closed"), "{closed}");
        assert!(planner.done("/h/h1/sprints/1/reopen", &[]).contains("Close the sprint"));
    }

    fn sprints_are_added_changed_and_removed(world) {
        let scene = planned(world);
        let planner = Browser::of(world, scene.who("planner"));
        let form = planner.page("/h/h1/sprints/add");
        assert!(form.contains("name=\"number\" type=\"number\" value=\"3\"") && form.contains("value=\"2024-11-16\""), "what follows is filled in: {form}");
        let across = [("number", "3"), ("starts_on", "2024-11-15"), ("ends_on", "2024-11-20"), ("goal_en", "Show it")];
        let refused = planner.post("/h/h1/sprints", &across).must(422).text();
        assert!(refused.contains("overlap") && refused.contains(">Show it</textarea>"), "{refused}");
        let page = planner.done("/h/h1/sprints", &[("number", "3"), ("starts_on", "2024-11-18"), ("ends_on", "2024-11-22")]);
        assert!(page.contains("18 Nov – 22 Nov"), "{page}");
        let longer = [("number", "3"), ("starts_on", "2024-11-18"), ("ends_on", "2024-11-25"), ("goal_ko", "시연"), ("why", "A holiday")];
        let page = planner.done("/h/h1/sprints/3/edit", &longer);
        assert!(page.contains("18 Nov – 25 Nov") && page.contains("A holiday") && page.contains("<span lang=\"ko\">시연</span>"), "{page}");
        assert!(!planner.done("/h/h1/sprints/3/remove", &[]).contains("/sprints/3\""));
    }

    fn capacity_says_who_has_too_much_and_who_answers(world) {
        let scene = planned(world);
        scene.post("cleo", "/v1/hackathons/h1/sprints/1/scope-changes", json!({"hours_planned": 9, "why": "More"})).must(201);
        let question = scene.on_etl();
        scene.verb("dev1", &question, "claim").must(200);
        let planner = Browser::of(world, scene.who("planner"));
        let page = planner.page("/h/h1/capacity");
        for part in ["Sprint 1: Blue plans 9 h, its members offer 2.1 h.", "In sprint 1 members offer 17.1 h, teams plan 9 h and have spent 0 h.", "<rect class=\"over\"", ">dev1<br>", "Too much"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        let refused = planner.get("/h/h1/capacity?quiet_days=0").must(422).text();
        assert!(refused.contains("href=\"#quiet_days\"") && refused.contains("value=\"0\""), "{refused}");
        let korean = Browser::of(world, scene.who("planner")).korean().page("/h/h1/capacity?sprint=2");
        assert!(korean.contains("스프린트 2: 가능"), "{korean}");
        let scene = scene.later(chrono::TimeDelta::days(4));
        let page = Browser::of(world, scene.who("planner")).page("/h/h1/capacity?quiet_days=3");
        assert!(page.contains("bob has not checked in"), "{page}");
    }

    fn somebody_says_when_they_are_away(world) {
        let scene = planned(world);
        let ada = Browser::of(world, scene.who("ada"));
        let place = ada.get("/h/h1/absences").must(303).header("location").unwrap().to_owned();
        assert!(ada.page(&place).contains("No days away are known"));
        let wrong = [("starts_on", "2024-11-07"), ("ends_on", "2024-11-06"), ("reason", "Conference")];
        let refused = ada.post(&place, &wrong).must(422).text();
        assert!(refused.contains("href=\"#ends_on\"") && refused.contains("value=\"Conference\""), "{refused}");
        let page = ada.done(&place, &[("starts_on", "2024-11-06"), ("ends_on", "2024-11-07"), ("reason", "Conference")]);
        assert!(page.contains("Wed 6 November 2024 – Thu 7 November 2024") && page.contains("Conference"), "{page}");
        let change = page.split("?change=").nth(1).and_then(|rest| rest.split('#').next()).unwrap().to_owned();
        assert!(ada.page(&format!("{place}?change={change}")).contains("value=\"2024-11-06\""));
        let planner = Browser::of(world, scene.who("planner"));
        let page = planner.done(&format!("{place}/{change}"), &[("starts_on", "2024-11-06"), ("ends_on", "2024-11-06")]);
        assert!(page.contains("Absences: ada") && page.contains("Wed 6 November 2024<"), "{page}");
        let bob = Browser::of(world, scene.who("bob"));
        bob.get(&place).must(403);
        bob.post(&format!("{place}/{change}/remove"), &[]).must(403);
        assert!(ada.done(&format!("{place}/{change}/remove"), &[]).contains("No days away are known"));
    }
}
