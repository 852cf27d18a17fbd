//! The report: who is told what, and in which form.

use calamine::{Data, Reader, Xlsx};
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::on_both;
use crate::questions::scene::{QUESTIONS, Scene, codes, fault, text};
use crate::support::Event;

const REPORT: &str = "/v1/hackathons/h1/report";

/// Asks on pipelines as team red, hands it from the development team to analytics, and answers it there.
fn handed_on(scene: &Scene) -> String {
    let question = scene.on_etl();
    let handoff = scene.offer("dev1", &question, json!({"unit": "analytics"}));
    scene.settle("data1", &handoff, "accept").must(200);
    scene.verb_with("data1", &question, "answers", json!({"body": "So."})).must(201);
    question
}

fn read(scene: &Scene, who: &str, query: &str) -> Value {
    scene.get(who, &format!("{REPORT}{query}")).must(200).json()
}

fn group<'v>(report: &'v Value, key: &str) -> &'v Value {
    let groups = report["groups"].as_array().expect("groups");
    &groups.iter().find(|group| group["key"] == key).unwrap_or_else(|| panic!("no {key} in {groups:?}"))["figures"]
}

on_both! {
    fn a_report_counts_what_happened(world) {
        let scene = Scene::open(world);
        let (answered, _silent) = (scene.on_etl(), scene.ask("cleo", json!({"title": "How do I install a package?", "topic": "packages"})));
        let scene = scene.later(TimeDelta::minutes(20));
        scene.verb_with("dev1", &answered, "answers", json!({"body": "So."})).must(201);
        let scene = scene.later(TimeDelta::minutes(40));
        scene.verb_with("ada", &answered, "close", json!({"resolution": "answered"})).must(200);
        let told = read(&scene, "planner", "");
        let all = &told["all"];
        let counts = ["asked", "answered", "resolved", "never_claimed", "bounced"].map(|name| all[name].as_u64());
        assert_eq!(counts, [Some(2), Some(1), Some(1), Some(1), Some(0)]);
        assert_eq!((&all["first_answer"]["median_seconds"], &all["resolution"]["max_seconds"]), (&json!(1200), &json!(3600)));
        assert_eq!(all["first_answer_worked"]["p90_seconds"], 1200, "the clinic is open from 14:00 to 16:00");
        assert_eq!(all["share_never_claimed"], 0.5);
        // Asked at half past two in London, when the clinic with three people is open, the desk is not, and the mentors are there.
        let hour = &told["hours"][14];
        assert_eq!((&hour["asked"], &hour["never_claimed"], &hour["nobody_on_duty"]), (&json!(2), &json!(1), &json!(1)));
        let people = hour["people_on_duty"].as_f64().unwrap();
        // Of 26 days 20 are weekdays with two mentors, and four are Tuesdays with the three of development.
        assert_eq!(people, ((20.0 * 2.0 + 4.0 * 3.0) / 26.0 * 100.0_f64).round() / 100.0);
        assert_eq!(told["hours"][3]["people_on_duty"], 0.0);
        assert_eq!(told["topics_without_answers"], json!([{"slug": "packages", "name": {"en": "Python packages", "ko": "파이썬 패키지"}, "asked": 1}]));
        assert_eq!((&told["groups"], &told["comparison"], &told["drift"]), (&json!([]), &json!(null), &json!([])));
    }

    fn a_report_is_grouped_by_what_questions_have_in_common(world) {
        let scene = Scene::open(world);
        scene.world.patch(scene.who("planner"), &format!("/v1/hackathons/h1/members/{}", scene.member("ada")), json!({"profession": "data-science"})).must(200);
        scene.post("planner", "/v1/hackathons/h1/sprints", json!({"number": 1, "starts_on": "2024-11-04", "ends_on": "2024-11-08"})).must(201);
        handed_on(&scene);
        scene.ask("cleo", json!({"title": "How do I install a package?", "topic": "packages"}));
        let by = |word: &str| read(&scene, "planner", &format!("?group_by={word}"));
        assert_eq!(group(&by("topic"), "etl")["answered"], 1);
        assert_eq!(group(&by("team"), "red")["asked"], 1);
        assert_eq!(group(&by("organization"), "trust")["answered"], 1, "it was answered there");
        assert_eq!(group(&by("organization"), "acme")["asked"], 1);
        assert_eq!(group(&by("profession"), "data-science")["asked"], 1);
        let sprint = by("sprint");
        assert_eq!((group(&sprint, "1")["asked"].as_u64(), text(&sprint["groups"][0]["name"]["ko"])), (Some(2), "스프린트 1".to_owned()));
        assert_eq!(codes(scene.get("planner", &format!("{REPORT}?group_by=mood"))), fault("/group_by", "value.unknown"));
        for wrong in ["0", "101", "x"] {
            assert_eq!(codes(scene.get("planner", &format!("{REPORT}?bounced_from={wrong}"))), fault("/bounced_from", "number.range"));
        }
        assert_eq!(read(&scene, "planner", "?bounced_from=1")["all"]["bounced"], 1);
        assert_eq!(read(&scene, "planner", "")["all"]["bounced"], 0);
    }

    fn hand_offs_are_told_by_pair_and_what_they_suggest_to_organizers_alone(world) {
        let scene = Scene::open(world);
        for _ in 0..3 {
            handed_on(&scene);
        }
        let declined = scene.on_etl();
        let handoff = scene.offer("dev1", &declined, json!({"unit": "operations"}));
        scene.settle("ops1", &handoff, "decline").must(200);
        let told = read(&scene, "planner", "");
        let pairs: Vec<Value> = told["handoffs"].as_array().unwrap().iter()
            .map(|pair| json!([pair["from"]["slug"], pair["to"]["slug"], pair["accepted"], pair["declined"]])).collect();
        assert_eq!(pairs, [json!(["acme", "trust", 3, 0]), json!(["acme", "acme", 0, 1])]);
        let drift = &told["drift"][0];
        let named = (text(&drift["topic"]), text(&drift["from"]["slug"]), text(&drift["to"]["slug"]));
        assert_eq!(named, ("etl".into(), "development".into(), "analytics".into()));
        assert_eq!((&drift["handed"], &drift["of"]), (&json!(3), &json!(3)));
        for other in ["mentor1", "dev1", "ada", "watcher"] {
            assert_eq!(read(&scene, other, "")["drift"], json!(null), "{other}");
        }
    }

    fn each_is_told_as_much_as_is_theirs(world) {
        let scene = Scene::open(world);
        handed_on(&scene);
        scene.ask("cleo", json!({"title": "How do I install a package?", "topic": "packages", "visibility": "team"}));
        let asked = |who: &str| read(&scene, who, "")["all"]["asked"].as_u64();
        assert_eq!(["planner", "mentor1", "watcher"].map(asked), [Some(2); 3], "all of it");
        assert_eq!((asked("dev1"), asked("data1"), asked("keeper")), (Some(2), Some(1), Some(1)), "what lay with their organization");
        assert_eq!((asked("ada"), asked("bob"), asked("cleo")), (Some(1), Some(1), Some(1)), "what was asked for their team");
        assert_eq!(read(&scene, "cleo", "?group_by=topic")["groups"][0]["key"], "packages");
        assert_eq!(read(&scene, "data1", "")["extent"], json!({"all": false, "organizations": ["trust"], "teams": []}));
        assert_eq!(read(&scene, "ada", "")["extent"], json!({"all": false, "organizations": [], "teams": ["red"]}));
        scene.get("judge", REPORT).must(403);
        world.get(&world.person("stranger"), REPORT).must(404);
        world.call("GET", REPORT).send().must(401);
        for name in ["ada", "cleo", "dev1", "data1"] {
            let told = scene.get("watcher", &format!("{REPORT}?group_by=team")).text();
            // As a word of its own: three letters may be a part of an id.
            let words = told.split(|letter: char| !letter.is_alphanumeric());
            assert!(words.clone().count() > 20 && words.into_iter().all(|word| word != name), "an observer reads {name}");
        }
    }

    fn two_hackathons_are_compared_by_who_may_read_both(world) {
        let scene = Scene::open(world);
        let other = Event::open(world, "h2");
        for _ in 0..5 {
            let question = scene.on_etl();
            scene.verb_with("dev1", &question, "answers", json!({"body": "So."})).must(201);
        }
        let beside = |who: &str, with: &str| scene.get(who, &format!("{REPORT}?with={with}"));
        let told = |reply: crate::support::Reply| (reply.status, reply.json()["title"].clone());
        assert_eq!(told(beside("planner", "h2")), told(beside("planner", "h9")), "to a stranger it does not exist");
        other.make("members", json!({"email": scene.who("planner").email, "roles": ["judge"]}));
        beside("planner", "h2").must(403);
        other.make("members", json!({"email": scene.who("mentor1").email, "roles": ["observer"]}));
        let told = beside("mentor1", "h2").must(200).json()["comparison"].clone();
        assert_eq!((&told["clearer"], &told["here"]["share_answered_where_it_came"]), (&json!("too_few"), &json!(1.0)));
        assert_eq!((&told["there"]["hackathon"]["slug"], &told["there"]["asked"]), (&json!("h2"), &json!(0)));
        beside("ada", "h1").must(403);
        let same = beside("planner", "h1").must(200).json()["comparison"].clone();
        assert_eq!(same["clearer"], "neither");
        let korean = scene.world.call("GET", &format!("{REPORT}?with=h1")).by(scene.who("planner")).header("Accept-Language", "ko").send().json();
        assert!(text(&korean["comparison"]["sentence"]).contains("책임이 더 분명했던"), "{korean}");
    }

    fn a_report_is_a_table_or_a_workbook_and_no_cell_of_it_is_a_formula(world) {
        let scene = Scene::open(world);
        let path = |rest: &str| format!("/v1/hackathons/h1/{rest}");
        scene.world.patch(scene.who("planner"), &path("topics/etl"), json!({"name": "=HYPERLINK(\"http://evil\")"})).must(200);
        handed_on(&scene);
        let csv = scene.get("planner", &format!("{REPORT}?group_by=topic&format=csv")).must(200);
        assert_eq!(csv.header("content-disposition"), Some("attachment; filename=\"h1-report-by-topic.csv\""));
        let mut reader = csv::Reader::from_reader(csv.body.as_slice());
        let lines: Vec<Vec<String>> = reader.deserialize().collect::<Result<_, _>>().expect("readable");
        assert_eq!(lines.iter().map(|line| line[..4].to_vec()).collect::<Vec<_>>(), [["*", "All questions", "1", "1"], ["etl", "'=HYPERLINK(\"http://evil\")", "1", "1"]]);
        let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        let call = scene.world.call("GET", &format!("{REPORT}?group_by=topic&with=h1")).by(scene.who("planner")).header("Accept", sheet);
        let mut book = Xlsx::new(std::io::Cursor::new(call.send().must(200).body)).expect("a workbook");
        let names = ["Questions", "Hours", "Hand-offs", "Topics without answers", "Changes proposed", "Side by side"];
        assert_eq!(book.sheet_names(), names);
        let range = book.worksheet_range("Questions").expect("a sheet");
        assert_eq!((range.get((1, 2)), range.get((2, 1))), (Some(&Data::Float(1.0)), Some(&Data::String("'=HYPERLINK(\"http://evil\")".into()))));
        assert_eq!(codes(scene.get("planner", &format!("{REPORT}?format=pdf"))), fault("/format", "value.unknown"));
        assert_eq!(read(&scene, "planner", "?format=json")["all"]["asked"], 1);
        scene.get("planner", QUESTIONS).must(200);
    }
}
