//! Lists, searches, queues and similar questions.

use serde_json::{Value, json};

use super::Scene;
use super::scene::{QUESTIONS, codes, fault, id, text};
use crate::on_both;
use crate::support::Reply;

fn titles(reply: Reply) -> Vec<String> {
    let list = reply.must(200).json();
    list["items"].as_array().expect("a list").iter().map(|one| text(&one["title"])).collect()
}

fn ask(scene: &Scene, who: &str, title: &str, topic: &str) -> String {
    id(&scene.ask(who, json!({"title": title, "topic": topic})))
}

on_both! {
    fn questions_are_listed_by_what_they_are(world) {
        let scene = Scene::open(world);
        let (a, b) = (ask(&scene, "ada", "A", "etl"), ask(&scene, "cleo", "B", "data"));
        ask(&scene, "bob", "C", "packages");
        scene.verb("dev1", &a, "claim").must(200);
        scene.verb("cleo", &b, "withdraw").must(200);
        let list = |who: &str, query: &str| titles(scene.get(who, &format!("{QUESTIONS}?{query}")));
        let member = |name: &str| scene.member(name);
        assert_eq!(list("ada", ""), ["C", "B", "A"]);
        assert_eq!(list("ada", "sort=created_at"), ["A", "B", "C"]);
        assert_eq!(list("ada", "state=open,claimed"), ["C", "A"]);
        assert_eq!(list("ada", "topic=etl"), ["A"]);
        assert_eq!(list("ada", "team=red&sort=created_at"), ["A", "C"]);
        assert_eq!(list("ada", "holder=unit:operations"), ["C"]);
        assert_eq!(list("ada", "holder=role:organizer"), [""; 0]);
        assert_eq!(list("dev1", "assignee=me"), ["A"]);
        assert_eq!(list("ada", &format!("assignee={}", member("dev1"))), ["A"]);
        assert_eq!(list("cleo", "asker=me"), ["B"]);
        assert_eq!((list("ada", "mine=true"), list("cleo", "mine=true"), list("ops1", "mine=true")),
            (vec!["C".into(), "A".into()], vec!["B".into()], vec!["C".into()]));
        let lonely = id(&scene.ask("dev1", json!({"title": "Zzz qqq?"})));
        ask(&scene, "cleo", "D", "team-matters");
        assert_eq!((list("mentor2", "mine=true"), list("mentor1", "mine=true"), list("planner", "mine=true")),
            (vec!["D".into()], vec![], vec!["Zzz qqq?".into()]), "what lies with a team's mentors or with the organizers is theirs");
        scene.verb("dev1", &lonely, "withdraw").must(200);
        for (query, pointer, code) in [
            ("state=lost", "/state", "value.unknown"), ("topic=x", "/topic", "topic.unknown"), ("team=x", "/team", "team.unknown"),
            ("holder=x", "/holder", "value.unknown"), ("holder=unit:x", "/holder", "holder.unknown"), ("asker=x", "/asker", "value.unknown"),
            ("sort=x", "/sort", "value.unknown"), ("mine=x", "/mine", "value.unknown"), ("limit=0", "/limit", "limit.range"),
        ] {
            assert_eq!(codes(scene.get("ada", &format!("{QUESTIONS}?{query}"))), fault(pointer, code), "{query}");
        }
    }

    fn a_list_is_read_page_by_page_in_either_order(world) {
        let scene = Scene::open(world);
        for number in 1..=5 {
            ask(&scene, "ada", &format!("Q{number}"), "etl");
        }
        for (sort, expected) in [("created_at", "Q1 Q2 Q3 Q4 Q5"), ("-created_at", "Q5 Q4 Q3 Q2 Q1")] {
            let (mut found, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = scene.get("ada", &format!("{QUESTIONS}?limit=2&sort={sort}{cursor}")).must(200).json();
                found.extend(page["items"].as_array().expect("a list").iter().map(|one| text(&one["title"])));
                let Value::String(next) = &page["next"] else { break };
                cursor = format!("&cursor={next}");
            }
            assert_eq!(found.join(" "), expected);
        }
        let oldest = scene.get("ada", &format!("{QUESTIONS}?limit=2&sort=created_at")).json()["next"].clone();
        assert_eq!(codes(scene.get("ada", &format!("{QUESTIONS}?cursor={}", text(&oldest)))), fault("/cursor", "cursor.unknown"));
    }

    fn words_are_found_in_both_languages_with_and_without_particles(world) {
        let scene = Scene::open(world);
        scene.ask("ada", json!({"title": "파이프라인이 멈췄습니다", "body": "서버에서 빌드가 100% 실패해요", "topic": "etl"}));
        scene.ask("ada", json!({"title": "Ｐipeline FAILS_often", "topic": "etl"}));
        let find = |words: &str| {
            let words: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
            titles(scene.get("ada", &format!("{QUESTIONS}?q={words}"))).len()
        };
        for words in ["파이프라인", "파이프라인을", "빌드", "빌드는 서버", "서버에서는", "실패", "100%", "멈췄"] {
            assert_eq!(find(words), 1, "{words}");
        }
        for words in ["pipeline", "PIPELINE fails", "fails_often"] {
            assert_eq!(find(words), 1, "{words}");
        }
        for words in ["failsxoften", "f_ils", "없는말", "pipeline 빌드"] {
            assert_eq!(find(words), 0, "{words}");
        }
        assert_eq!((find(""), find(" ,; ")), (2, 2));
    }

    fn the_queue_holds_what_waits_for_one_the_most_urgent_first(world) {
        let scene = Scene::open(world);
        let queue = |who: &str| titles(scene.get(who, "/v1/hackathons/h1/queue"));
        let packages = ask(&scene, "ada", "Packages", "packages");
        let etl = ask(&scene, "ada", "Pipelines", "etl");
        ask(&scene, "cleo", "Data", "data");
        ask(&scene, "cleo", "Team", "team-matters");
        assert_eq!((queue("ops1"), queue("dev1"), queue("data1")), (vec!["Packages".into()], vec!["Pipelines".into()], vec!["Data".into()]));
        assert_eq!(queue("boss"), ["Pipelines", "Packages"], "the organization's lead answers for its units");
        assert_eq!(queue("mentor2"), ["Team", "Pipelines", "Data", "Packages"], "one's own first, then what one may take");
        assert_eq!(queue("planner"), ["Pipelines", "Data", "Team", "Packages"]);
        scene.offer("ops1", &packages, json!({"unit": "development"}));
        assert_eq!(queue("dev1"), ["Packages", "Pipelines"], "what is offered waits for an answer");
        scene.verb("dev2", &etl, "claim").must(200);
        assert_eq!(queue("dev1"), ["Packages"]);
        assert_eq!(titles(scene.get("planner", "/v1/hackathons/h1/queue?limit=1")), ["Data"]);
        for refused in ["ada", "judge", "watcher"] {
            scene.get(refused, "/v1/hackathons/h1/queue").must(403);
        }
    }

    fn similar_questions_are_found_while_typing(world) {
        let scene = Scene::open(world);
        for title in ["How do I install a python package?", "The pipeline build fails at night", "Where is the dataset dictionary?",
            "Installing python packages with pip fails", "파이썬 패키지 설치가 안 돼요", "Who leads a team?", "How can I install packages in python?"] {
            ask(&scene, "cleo", title, "packages");
        }
        let hidden = id(&scene.ask("cleo", json!({"title": "install a python package, secretly", "topic": "packages", "visibility": "team"})));
        let like = |who: &str, words: &str| scene.get(who, &format!("{QUESTIONS}/similar?q={}", words.replace(' ', "+"))).must(200).json()["items"].as_array().expect("a list").clone();
        let found = like("ada", "how to install python packages");
        assert!((2..=5).contains(&found.len()), "{found:?}");
        assert!(found[0]["title"].as_str().expect("a title").contains("nstall"), "{found:?}");
        assert!(found[0]["similarity"].as_f64().is_some_and(|like| (0.3..=1.0).contains(&like)));
        assert!(found.iter().all(|one| one["id"] != json!(hidden)), "a question that may not be seen was found");
        assert!(like("cleo", "install a python package secretly").iter().any(|one| one["id"] == json!(hidden)));
        scene.verb("cleo", &hidden, "withdraw").must(200);
        assert!(like("cleo", "install a python package secretly").iter().all(|one| one["id"] != json!(hidden)), "what was withdrawn helps nobody");
        assert!(like("ada", "").is_empty());
        scene.get("watcher", &format!("{QUESTIONS}/similar?q=x")).must(403);
        assert_eq!(codes(scene.get("ada", &format!("{QUESTIONS}/similar?q={}", "x".repeat(2001)))), fault("/q", "words.many"));
    }
}
