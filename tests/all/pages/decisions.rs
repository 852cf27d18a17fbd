//! Decisions, written down, mended, superseded and taken away, by forms.

use serde_json::json;

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::Scene;

/// A decision as it is typed.
const SAID: [(&str, &str); 8] = [
    ("title", "Use the shared data model"),
    ("context", "Two teams read the same tables."),
    ("options/0/title", "The shared data model"),
    ("options/2/title", "One of our own"),
    ("options/2/notes", "Faster now, slower later"),
    ("outcome", "The shared one, because production will have one."),
    ("status", "accepted"),
    ("topic", "etl"),
];

on_both! {
    fn a_question_leads_to_a_decision_and_who_was_missing_is_named(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let ada = Browser::of(world, scene.who("ada"));
        let asked = ada.page(&format!("/h/h1/questions/{question}"));
        assert!(asked.contains("This question led to a decision"), "{asked}");
        let number = scene.see("ada", &question)["number"].to_string();
        let form = ada.page(&format!("/h/h1/decisions/add?question={number}"));
        assert!(form.contains(&format!("value=\"{number}\"")) && form.contains("<option value=\"etl\" selected>"), "{form}");
        assert!(form.contains("Analytics <span class=\"tag waiting\">to be consulted</span>"), "{form}");
        let me = format!("member:{}", scene.member("ada"));
        let said = [SAID.as_slice(), &[("decided_by", me.as_str()), ("questions", number.as_str())]].concat();
        let page = ada.done("/h/h1/decisions", &said);
        for part in ["<h3>One of our own</h3>", "Faster now, slower later", "How do I schedule a pipeline?", "Analytics is consulted on ETL pipelines", "Operations team is informed", "Accepted"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        let holder = page.split("name=\"holder\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let page = ada.done("/h/h1/decisions/1/name", &[("part", "consulted"), ("holder", holder)]);
        assert!(!page.contains("Analytics is consulted") && page.contains("<dd>Analytics</dd>"), "{page}");
        assert!(ada.page(&format!("/h/h1/questions/{question}")).contains("Use the shared data model #1"));
        let listed = ada.page("/h/h1/decisions?status=accepted");
        assert!(listed.contains("Past somebody: 1"), "{listed}");
        assert!(ada.page("/h/h1/decisions?status=proposed").contains("No decision is like that"));
    }

    fn what_does_not_fit_is_told_at_its_field_and_nothing_is_lost(world) {
        let scene = Scene::open(world);
        let ada = Browser::of(world, scene.who("ada"));
        let wrong = [("title", "Use it"), ("context", ""), ("options/1/notes", "For"), ("status", "accepted"), ("questions", "99")];
        let page = ada.post("/h/h1/decisions", &wrong).must(422).text();
        for field in ["context", "options/0/title"] {
            assert!(page.contains(&format!("href=\"#{field}\"")) && page.contains(&format!("id=\"{field}\"")), "{field}: {page}");
        }
        assert!(page.contains("value=\"Use it\"") && page.contains("value=\"For\""), "{page}");
        let unknown = ada.post("/h/h1/decisions", &[("title", "Use it"), ("context", "x"), ("questions", "#99")]).must(422).text();
        assert!(unknown.contains("href=\"#questions\"") && unknown.contains("There is no such question"), "{unknown}");
        let bare = ada.post("/h/h1/decisions", &[("title", "Use it"), ("context", "x"), ("status", "accepted")]).must(422).text();
        assert!(bare.contains("href=\"#outcome\"") && bare.contains("href=\"#decided_by\"") && bare.contains("id=\"decided_by\""), "{bare}");
        let korean = ada.korean().post("/h/h1/decisions", &wrong).must(422).text();
        assert!(korean.contains("확인이 필요합니다"), "{korean}");
        assert_eq!(scene.get("planner", "/v1/hackathons/h1/decisions").json()["items"], json!([]));
    }

    fn a_decision_is_changed_superseded_and_holds_again(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let me = format!("member:{}", scene.member("planner"));
        let said = [SAID.as_slice(), &[("decided_by", me.as_str())]].concat();
        planner.done("/h/h1/decisions", &said);
        planner.done("/h/h1/decisions", &[("title", "Another one"), ("context", "It grew."), ("status", "proposed"), ("team", "red")]);
        let form = planner.page("/h/h1/decisions/1/edit");
        assert!(form.contains("value=\"One of our own\"") && form.contains(&format!("value=\"{me}\" aria-label=\"Decided: planner\" checked")), "{form}");
        let refused = planner.post("/h/h1/decisions/1/supersede", &[("superseded_by", "")]).must(422).text();
        assert!(refused.contains("href=\"#superseded_by\""), "{refused}");
        let page = planner.done("/h/h1/decisions/1/supersede", &[("superseded_by", "#2")]);
        assert!(page.contains("Another decision has taken its place:") && page.contains("Another one #2"), "{page}");
        let watcher = Browser::of(world, scene.who("watcher"));
        let hidden = watcher.page("/h/h1/decisions/1");
        assert!(hidden.contains("which you may not see") && !hidden.contains("Another one"), "{hidden}");
        watcher.get("/h/h1/decisions/2").must(404);
        assert!(planner.page("/h/h1/decisions/1/edit").contains("Save the decision"), "a superseded one is changed without its status");
        let shorter: Vec<_> = said.iter().filter(|(name, _)| !name.starts_with("options")).copied().collect();
        let page = planner.done("/h/h1/decisions/1/edit", &shorter);
        assert!(page.contains("has taken its place") && !page.contains("One of our own"), "{page}");
        let page = planner.done("/h/h1/decisions/1/restore", &[]);
        assert!(!page.contains("has taken its place") && page.contains("what takes its place"), "its history says so: {page}");
        let ada = Browser::of(world, scene.who("ada"));
        ada.post("/h/h1/decisions/1/edit", &said).must(403);
        assert!(ada.done("/h/h1/decisions/2/edit", &[("title", "Another name"), ("context", "x")]).contains("Another name"), "a team changes its own");
    }

    fn decisions_are_taken_away_as_records(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        assert!(planner.page("/h/h1/decisions").contains("Nothing was recorded yet"));
        planner.done("/h/h1/decisions", &[("title", "Use it"), ("context", "We must."), ("status", "proposed")]);
        let one = planner.get("/h/h1/decisions/1/file").must(200);
        assert_eq!(one.header("content-disposition"), Some("attachment; filename=\"0001-use-it.md\""));
        assert!(one.text().contains("# Use it") && one.text().contains("We must."));
        assert!(planner.get("/h/h1/decisions/file").must(200).text().starts_with("<!-- 0001-use-it.md -->"));
        let judge = Browser::of(world, scene.who("judge"));
        judge.post("/h/h1/decisions", &[("title", "x"), ("context", "y")]).must(403);
        judge.get("/h/h1/decisions/add").must(403);
    }
}
