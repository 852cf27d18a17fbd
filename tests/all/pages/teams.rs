//! A team's page, and organizers who put teams together, by forms.

use serde_json::json;

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::Scene;

on_both! {
    fn a_team_is_told_as_far_as_one_may_know(world) {
        let scene = Scene::open(world);
        let sprint = json!({"number": 1, "starts_on": "2024-11-04", "ends_on": "2024-11-08"});
        scene.post("planner", "/v1/hackathons/h1/sprints", sprint).must(201);
        let brief = json!({"ambition": "pilot", "summary": {"en": "Shorter lists"}, "criteria": [{"name": {"en": "Value"}, "weight": 1}]});
        world.put(scene.who("planner"), "/v1/hackathons/h1/brief", brief).must(201);
        Browser::of(world, scene.who("ada")).done("/h/h1/brief/read", &[("number", "1")]);
        let said = json!({"progress_percent": 40, "hours_spent": 3, "confidence": 2, "summary": "It goes."});
        scene.post("ada", "/v1/hackathons/h1/sprints/1/check-ins", said).must(201);
        scene.post("ada", "/v1/hackathons/h1/decisions", json!({"title": "Build it ourselves", "context": "x"})).must(201);
        let own = Browser::of(world, scene.who("bob")).page("/h/h1/teams/red");
        for part in ["Brief read", "Brief not read", "Checked in", "40 %", "Confidence 2 of 5: doubtful", "Build it ourselves", "/teams/red/check-in", "/teams/red/submission"] {
            assert!(own.contains(part), "{part}: {own}");
        }
        let mentor = Browser::of(world, scene.who("mentor1")).page("/h/h1/teams/red");
        assert!(mentor.contains("40 %") && !mentor.contains("/teams/red/check-in\""), "{mentor}");
        for name in ["cleo", "mentor2", "dev1", "watcher"] {
            let page = Browser::of(world, scene.who(name)).page("/h/h1/teams/red");
            for part in ["Brief read", "40 %", "Build it ourselves", "/teams/red/edit", "/teams/red/check-in"] {
                assert!(!page.contains(part), "{name} sees {part}: {page}");
            }
        }
        let korean = Browser::of(world, scene.who("bob")).korean().page("/h/h1/teams/red");
        assert!(korean.contains("브리프 읽음") && korean.contains("자신감 2/5: 불안함"), "{korean}");
    }

    fn a_team_is_put_together(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let refused = planner.post("/h/h1/teams", &[("slug", "Team 3"), ("name_en", "")]).must(422).text();
        assert!(refused.contains("href=\"#slug\"") && refused.contains("href=\"#name_en\"") && refused.contains("value=\"Team 3\""), "{refused}");
        let page = planner.done("/h/h1/teams", &[("slug", "green"), ("name_en", "Green"), ("name_ko", "초록")]);
        assert!(page.contains("Nobody yet. Members ask for the team"), "{page}");
        assert!(planner.post("/h/h1/teams", &[("slug", "green"), ("name_en", "x")]).must(409).text().contains("There is a problem"));
        let place = "/h/h1/teams/green";
        let (cleo, mentor) = (scene.member("cleo"), scene.member("mentor2"));
        let refused = planner.post(&format!("{place}/members"), &[("member", cleo.as_str()), ("function", "")]).must(422).text();
        assert!(refused.contains("href=\"#function-joining\"") && refused.contains(&format!("value=\"{cleo}\" selected")) && refused.contains("value=\"Green\""), "{refused}");
        assert!(planner.post(&format!("{place}/members"), &[("function", "x")]).must(422).text().contains("href=\"#member-joining\""));
        planner.done(&format!("{place}/members"), &[("member", cleo.as_str()), ("function", "leader")]);
        let wrong = planner.post(&format!("{place}/members/{cleo}"), &[("function", "leader"), ("hours", "200")]).must(422).text();
        assert!(wrong.contains(&format!("href=\"#hours-{cleo}\"")) && wrong.contains("value=\"200\""), "{wrong}");
        planner.done(&format!("{place}/members/{cleo}"), &[("function", "developer"), ("hours", "7.5")]);
        assert!(planner.post(&format!("{place}/mentors"), &[("member", "")]).must(422).text().contains("href=\"#member-helping\""));
        planner.done(&format!("{place}/mentors"), &[("member", mentor.as_str())]);
        let team = planner.page(place);
        assert!(team.contains("developer · 7.5 hours a week") && team.contains("mentor2"), "{team}");
        planner.done(&format!("{place}/mentors/{mentor}/remove"), &[]);
        planner.done(&format!("{place}/members/{cleo}/remove"), &[]);
        let renamed = planner.done(&format!("{place}/edit"), &[("slug", "lime"), ("name_en", "Lime")]);
        assert!(renamed.contains("<h1>Lime</h1>") && renamed.contains("Nobody yet."), "{renamed}");
        assert!(!planner.done("/h/h1/teams/lime/remove", &[]).contains("Lime"));
        scene.ask("cleo", json!({"title": "Is this in use?", "topic": "etl"}));
        assert!(planner.post("/h/h1/teams/blue/remove", &[]).must(409).text().contains("still points to this team"));
        for (form, name) in [("/h/h1/teams", "ada"), ("/h/h1/teams/red/edit", "mentor1"), ("/h/h1/teams/red/remove", "dev1")] {
            Browser::of(world, scene.who(name)).post(form, &[("slug", "x"), ("name_en", "x")]).must(403);
        }
    }
}
