//! The report as a page: sentences, pictures, numbers, files to take away.

use chrono::TimeDelta;
use serde_json::json;

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::{Scene, id};

on_both! {
    fn the_report_says_in_words_what_became_of_the_questions(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        assert!(planner.page("/h/h1/report").contains("Nobody has asked anything yet."));
        let answered = scene.on_etl();
        world.later(TimeDelta::minutes(12));
        scene.verb_with("dev1", &answered, "answers", json!({"body": "Like this."})).must(201);
        let passed = id(&scene.ask("ada", json!({"title": "Which pip?", "topic": "packages"})));
        let offer = scene.offer("ops1", &passed, json!({"unit": "development"}));
        scene.settle("dev1", &offer, "accept").must(200);
        let page = planner.page("/h/h1/report?by=organization");
        assert!(page.contains("2 questions were asked, 1 answered and 0 resolved."), "{page}");
        assert!(page.contains("Half of the first answers came within 12 minutes, nine of ten within 12 minutes."), "{page}");
        assert!(page.contains("<th scope=\"row\">Acme</th><td>Acme</td>"), "{page}");
        assert!(page.contains("Python packages</strong> 1 asked"), "a topic without an answer: {page}");
        assert!(page.contains("by=organization#groups\" aria-current=\"true\"") && page.contains("<svg class=\"picture\""), "{page}");
        let korean = Browser::of(world, scene.who("planner")).korean().page("/h/h1/report");
        assert!(korean.contains("질문 2건 가운데 1건에 답이 달렸고 0건이 해결되었습니다."), "{korean}");
    }

    fn the_figures_are_taken_away_as_files(world) {
        let scene = Scene::open(world);
        scene.on_etl();
        let planner = Browser::of(world, scene.who("planner"));
        let csv = planner.get("/h/h1/report/file?by=topic&format=csv").must(200);
        assert_eq!(csv.header("content-disposition"), Some("attachment; filename=\"h1-report-by-topic.csv\""));
        assert!(csv.text().contains("ETL pipelines"));
        let workbook = planner.get("/h/h1/report/file?by=topic&format=xlsx").must(200);
        assert!(workbook.body.starts_with(b"PK"), "a workbook is a zip");
    }
}
