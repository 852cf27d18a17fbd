//! Who is where, across teams.

use serde_json::json;

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::Scene;

on_both! {
    fn people_are_found_by_profession_and_by_organization(world) {
        let scene = Scene::open(world);
        for who in ["ada", "cleo"] {
            let member = format!("/v1/hackathons/h1/members/{}", scene.member(who));
            world.patch(scene.who("planner"), &member, json!({"profession": "data-science"})).must(200);
        }
        scene.on_etl();
        let ada = Browser::of(world, scene.who("ada"));
        let all = ada.page("/h/h1/people");
        assert!(all.contains("data-science <span class=\"quiet\">2 in 2 teams</span>"), "{all}");
        let found = ada.page("/h/h1/people?profession=data-science");
        assert!(found.contains("<strong>ada</strong>") && found.contains("<strong>cleo</strong>") && !found.contains("<strong>bob</strong>"), "{found}");
        assert!(found.contains("href=\"/h/h1/teams/red\">Red</a> leader") && found.contains("How do I schedule a pipeline?"), "{found}");
        assert!(!found.contains("mailto:"), "participants see no addresses");
        let trust = ada.page("/h/h1/people?organization=trust");
        assert!(trust.contains("<strong>data1</strong>") && trust.contains("Analytics") && !trust.contains("<strong>ada</strong>"), "{trust}");
        assert!(Browser::of(world, scene.who("mentor1")).page("/h/h1/people").contains("mailto:ada@example.org"));
        let watcher = Browser::of(world, scene.who("watcher")).page("/h/h1/people?profession=data-science");
        assert!(watcher.contains("Asked: 1") && !watcher.contains("How do I schedule"), "observers are told how many: {watcher}");
        assert!(ada.page("/h/h1/people?profession=law").contains("Nobody is like that."));
        let korean = Browser::of(world, scene.who("ada")).korean().page("/h/h1/people");
        assert!(korean.contains("2명, 팀 2개"), "{korean}");
    }
}
