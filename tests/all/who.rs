//! Who to ask, in the order that the product promises.

use std::sync::mpsc;

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{On, Person, World};

fn ask(world: &World, who: &Person, query: &str) -> Value {
    world.get(who, &format!("/v1/hackathons/fdp-monthly/who-to-ask?{query}")).must(200).json()
}

/// Each contact as "role holder", in order.
fn contacts(answer: &Value) -> Vec<String> {
    let name = |contact: &Value| {
        format!("{} {}", contact["role"].as_str().unwrap(), contact["holder"]["slug"].as_str().unwrap_or("-"))
    };
    answer["contacts"].as_array().unwrap().iter().map(name).collect()
}

on_both! {
    fn the_responsible_unit_comes_first_with_its_channel_people_and_reason(world) {
        world.import("fdp-monthly");
        let ds1 = world.known("ds1@example.org");
        let answer = ask(world, &ds1, "topic=package-install");
        assert_eq!(contacts(&answer), ["responsible palantir-operations", "accountable palantir", "team_mentor team_mentor", "organizer organizer"]);
        let first = &answer["contacts"][0];
        assert_eq!(first["organization"]["slug"], "palantir");
        assert_eq!(first["members"][0]["display_name"], "Operations engineer");
        assert_eq!(first["channels"][0]["address"], "fdp-operations@example.org");
        assert_eq!((&first["on_duty"], &first["until"]), (&json!(true), &json!("2024-11-05T18:00:00Z")));
        assert_eq!(first["reason"], "Responsible for Python packages; on duty until 18:00 GMT.");
        assert_eq!((&answer["confident"], &answer["topic"]["confidence"], &answer["matrix_version"]), (&json!(true), &json!(1.0), &json!(1)));
        assert_eq!(answer["as_of"], "2024-11-05T14:30:00Z");
    }

    fn words_are_read_in_english_and_korean(world) {
        world.import("fdp-monthly");
        let ds1 = world.known("ds1@example.org");
        for words in ["how+do+I+install+a+python+package", "%ED%8C%8C%EC%9D%B4%EC%8D%AC+%ED%8C%A8%ED%82%A4%EC%A7%80%EB%A5%BC+%EC%84%A4%EC%B9%98%ED%95%98%EA%B3%A0+%EC%8B%B6%EC%96%B4%EC%9A%94"] {
            let answer = ask(world, &ds1, &format!("q={words}"));
            assert_eq!((&answer["topic"]["slug"], &answer["confident"]), (&json!("package-install"), &json!(true)), "{words}");
            assert!(!answer["because"].as_array().unwrap().is_empty());
        }
        let korean = world.call("GET", "/v1/hackathons/fdp-monthly/who-to-ask?topic=package-install").by(&ds1).header("Accept-Language", "ko").send();
        assert_eq!(korean.must(200).json()["contacts"][0]["reason"], "파이썬 패키지 설치 담당 · 18:00 GMT까지 응답 가능.");
    }

    fn words_that_fit_nothing_go_to_the_team_s_mentor_with_three_topics_to_choose_from(world) {
        world.import("fdp-monthly");
        let answer = ask(world, &world.known("ds1@example.org"), "q=what+is+the+best+pizza+in+town");
        assert_eq!((&answer["topic"], &answer["confident"]), (&Value::Null, &json!(false)));
        assert_eq!(answer["alternatives"].as_array().unwrap().len(), 3);
        assert_eq!(contacts(&answer), ["team_mentor team_mentor", "organizer organizer"]);
        assert_eq!(answer["contacts"][0]["members"][0]["display_name"], "Mentor of team 1");
    }

    fn the_mentor_is_the_one_of_the_asker_s_own_team_or_of_the_team_that_is_named(world) {
        world.import("fdp-monthly");
        let mentor = |answer: &Value| answer["contacts"][0]["members"][0]["display_name"].as_str().unwrap().to_owned();
        assert_eq!(mentor(&ask(world, &world.known("ds2@example.org"), "topic=repo-setup")), "Mentor of team 2");
        assert_eq!(mentor(&ask(world, &world.known("ds2@example.org"), "topic=repo-setup&team=team-4")), "Mentor of team 4");
        world.get(&world.known("ds2@example.org"), "/v1/hackathons/fdp-monthly/who-to-ask?topic=repo-setup&team=team-9").must(404);
    }

    fn whoever_is_on_duty_stands_before_whoever_is_not(world) {
        world.import("fdp-monthly");
        let ds1 = world.known("ds1@example.org");
        // Both are responsible, the mentor first; before 09:30 only the development team is there.
        let early = ask(world, &ds1, "topic=ml-modelling&at=2024-11-05T09:10:00Z");
        assert_eq!(contacts(&early)[..2], ["responsible palantir-development", "responsible team_mentor"]);
        let later = ask(world, &ds1, "topic=ml-modelling&at=2024-11-05T10:00:00Z");
        assert_eq!(contacts(&later)[..2], ["responsible team_mentor", "responsible palantir-development"]);
    }

    fn the_consulted_help_meanwhile_only_while_no_responsible_is_on_duty(world) {
        world.import("fdp-monthly");
        let ds1 = world.known("ds1@example.org");
        // On Wednesdays at ten the sponsor's hour has not begun; the planners are consulted, and there.
        let answer = ask(world, &ds1, "topic=business-context&at=2024-11-06T10:00:00Z");
        assert_eq!(contacts(&answer)[..2], ["responsible data-analytics", "consulted kpmg-planning"]);
        assert_eq!(answer["contacts"][1]["can_help_meanwhile"], true);
        assert_eq!(answer["contacts"][0]["next_from"], "2024-11-06T12:00:00Z");
        let noon = ask(world, &ds1, "topic=business-context&at=2024-11-06T12:30:00Z");
        assert_eq!(contacts(&noon)[..2], ["responsible data-analytics", "accountable nhs-england"]);
    }

    fn daylight_saving_is_the_channel_s(world) {
        world.import("fdp-monthly");
        let ds1 = world.known("ds1@example.org");
        let until = |at: &str| ask(world, &ds1, &format!("topic=package-install&at={at}"))["contacts"][0]["until"].clone();
        assert_eq!(until("2024-10-25T12:00:00Z"), "2024-10-25T17:00:00Z");
        assert_eq!(until("2024-10-28T12:00:00Z"), "2024-10-28T18:00:00Z");
    }

    fn an_override_replaces_the_hours_and_a_shift_adds_to_them(world) {
        world.import("fdp-monthly");
        let (planner, ds1) = (world.known("planner@example.org"), world.known("ds1@example.org"));
        let on_duty = |at: &str| ask(world, &ds1, &format!("topic=package-install&at={at}"))["contacts"][0]["on_duty"].clone();
        assert_eq!((on_duty("2024-11-07T10:00:00Z"), on_duty("2024-11-09T10:00:00Z")), (json!(true), json!(false)));
        let owner = json!({"unit": "palantir-operations"});
        let away = json!({"owner": owner, "starts_at": "2024-11-07T00:00:00Z", "ends_at": "2024-11-08T00:00:00Z", "replaces": true, "on_duty": false});
        let extra = json!({"owner": owner, "starts_at": "2024-11-09T08:00:00Z", "ends_at": "2024-11-09T12:00:00Z"});
        world.post(&planner, "/v1/hackathons/fdp-monthly/shifts", away).must(201);
        world.post(&planner, "/v1/hackathons/fdp-monthly/shifts", extra).must(201);
        assert_eq!((on_duty("2024-11-07T10:00:00Z"), on_duty("2024-11-09T10:00:00Z")), (json!(false), json!(true)));
    }

    fn nobody_is_ever_left_without_a_contact(world) {
        world.import("fdp-monthly");
        for person in ["planner@example.org", "sponsor@example.org", "mentor3@example.org", "ds5@example.org"] {
            let person = world.known(person);
            for topic in ["repo-setup", "judging", "team-matters", "data-access"] {
                assert!(!contacts(&ask(world, &person, &format!("topic={topic}&at=2024-11-10T03:00:00Z"))).is_empty());
            }
        }
    }

    fn a_change_is_seen_by_the_next_question(world) {
        world.import("fdp-monthly");
        let (planner, ds1) = (world.known("planner@example.org"), world.known("ds1@example.org"));
        assert_eq!(ask(world, &ds1, "topic=judging")["topic"]["name"]["en"], "Judging and submission");
        world.patch(&planner, "/v1/hackathons/fdp-monthly/topics/judging", json!({"name": "Judging"})).must(200);
        assert_eq!(ask(world, &ds1, "topic=judging")["topic"]["name"]["en"], "Judging");
        world.patch(&planner, "/v1/hackathons/fdp-monthly", json!({"slug": "fdp"})).must(200);
        world.get(&ds1, "/v1/hackathons/fdp-monthly/who-to-ask?topic=judging").must(404);
        world.get(&ds1, "/v1/hackathons/fdp/who-to-ask?topic=judging").must(200);
    }

    fn outsiders_bad_times_and_unknown_topics_are_told_apart(world) {
        world.import("fdp-monthly");
        let ds1 = world.known("ds1@example.org");
        let path = "/v1/hackathons/fdp-monthly/who-to-ask";
        world.get(&world.person("stranger"), &format!("{path}?topic=judging")).must(404);
        world.get(&ds1, &format!("{path}?topic=nothing")).must(404);
        world.get(&ds1, &format!("{path}?topic=judging&at=tomorrow")).must(422);
        world.get(&ds1, &format!("{path}?topic=judging&lang=fr")).must(422);
        world.get(&ds1, path).must(422);
        world.get(&ds1, "/v1/hackathons/fdp-monthly/topics/judging/who").must(200);
    }

    fn duty_hours_come_as_a_calendar_that_does_not_change_by_itself(world) {
        world.import("fdp-monthly");
        let ds1 = world.known("ds1@example.org");
        let read = || world.get(&ds1, "/v1/hackathons/fdp-monthly/who-to-ask.ics?topic=etl-pipelines").must(200);
        let first = read();
        assert_eq!(first.header("content-type"), Some("text/calendar; charset=utf-8"));
        assert!(first.text().contains("DTSTART:20241107T140000Z") && first.text().contains("https://meet.example.org/fdp/etl-clinic"));
        assert!(!first.text().contains("fdp-operations@example.org"));
        assert_eq!(first.body, read().body);
    }
}

/// Every connection to the database is taken; who-to-ask does not notice.
#[test]
fn the_hot_path_does_not_touch_the_database() {
    for on in [On::Sqlite, On::Postgres] {
        let world = World::new(on);
        world.import("fdp-monthly");
        let ds1 = world.known("ds1@example.org");
        ask(&world, &ds1, "topic=judging");
        std::thread::scope(|scope| {
            let (taken, wait) = mpsc::channel();
            let (release, hold) = mpsc::channel::<()>();
            let hold = std::sync::Arc::new(std::sync::Mutex::new(hold));
            for _ in 0..4 {
                let (db, taken, hold) = (world.db.clone(), taken.clone(), hold.clone());
                scope.spawn(move || {
                    db.read_now(|_| {
                        taken.send(()).unwrap();
                        hold.lock().unwrap().recv().unwrap_err();
                        Ok(())
                    })
                });
            }
            (0..4).for_each(|_| wait.recv().unwrap());
            ask(&world, &ds1, "topic=judging");
            ask(&world, &ds1, "q=when+is+the+demo+day");
            drop(release);
        });
    }
}
