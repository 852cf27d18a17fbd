//! Judging through the API: what is handed in, who scores it, and what comes out.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Event, Joined, Person, Reply, World, faults, text};

/// Three teams that have handed in, two criteria of weight 3 and 1, and two judges.
struct Contest<'w> {
    event: Event<'w>,
    kind: Joined,
    severe: Joined,
    ada: Joined,
    criteria: [String; 2],
    /// Of red, blue and green.
    submissions: [String; 3],
}

impl<'w> Contest<'w> {
    fn open(world: &'w World) -> Contest<'w> {
        let event = Event::open(world, "h1");
        let [kind, severe] = ["kind", "severe"].map(|name| event.join(name, &["judge"]));
        let (ada, mentor) = (event.join("ada", &["participant"]), event.join("mentor", &["mentor"]));
        event.team("red", &ada, &mentor);
        for slug in ["blue", "green"] {
            event.make("teams", json!({"slug": slug, "name": slug}));
        }
        let criteria = [("Value", 3), ("Proof", 1)]
            .map(|(name, weight)| text(&event.make("criteria", json!({"name": name, "weight": weight}))["id"]));
        let submissions = ["red", "blue", "green"]
            .map(|team| text(&event.make("submissions", json!({"team": team, "title": team}))["id"]));
        Contest { event, kind, severe, ada, criteria, submissions }
    }

    fn points(&self, points: [i32; 2]) -> Value {
        json!([{"criterion": self.criteria[0], "points": points[0]}, {"criterion": self.criteria[1], "points": points[1]}])
    }

    fn begin(&self, judge: &Joined, submission: usize, points: [i32; 2]) -> Reply {
        let body = json!({"submission": self.submissions[submission], "points": self.points(points)});
        self.event.world.post(&judge.person, &self.event.path("scores"), body)
    }

    fn seal(&self, judge: &Joined, score: &str) -> Reply {
        self.event.world.call("POST", &self.event.path(&format!("scores/{score}/seal"))).by(&judge.person).send()
    }

    /// A score with the same points for both criteria, sealed.
    fn sealed(&self, judge: &Joined, submission: usize, points: i32) -> String {
        let score = text(&self.begin(judge, submission, [points; 2]).must(201).json()["id"]);
        self.seal(judge, &score).must(200);
        score
    }

    fn get(&self, who: &Person, rest: &str) -> Reply {
        self.event.world.get(who, &self.event.path(rest))
    }

    fn results(&self) -> Value {
        self.event.read("judging/results")
    }
}

fn of<'v>(results: &'v Value, team: &str) -> &'v Value {
    let all = results["submissions"].as_array().expect("submissions");
    all.iter().find(|one| one["team"] == team).expect("a team that handed in")
}

on_both! {
    fn raw_and_normalised_scores_stand_side_by_side_and_ties_are_told(world) {
        let contest = Contest::open(world);
        // Both judges think the same; the severe one has a conflict with nobody and says it with fewer points.
        for (submission, kind, severe) in [(0, 10, 6), (1, 8, 2), (2, 10, 6)] {
            contest.sealed(&contest.kind, submission, kind);
            contest.sealed(&contest.severe, submission, severe);
        }
        let told = contest.results();
        assert_eq!((&told["complete"], &told["method"], &told["left_out"]), (&json!(true), &json!("z_score"), &json!(0)));
        let (red, blue) = (of(&told, "red"), of(&told, "blue"));
        assert_eq!((&red["raw"], &red["raw_rank"], &red["rank"], &red["tied_with"]), (&json!(8.0), &json!(1), &json!(1), &json!(["green"])));
        assert_eq!((&blue["raw"], &blue["rank"], &blue["tied_with"]), (&json!(5.0), &json!(3), &json!([])));
        // Two values of three are one above a third of their distance: 1/sqrt(2) and -sqrt(2) deviations.
        let is = |told: &Value, wanted: f64| (told.as_f64().unwrap() - wanted).abs() < 1e-6;
        assert!(is(&red["normalised"], std::f64::consts::FRAC_1_SQRT_2), "{red}");
        assert!(is(&blue["normalised"], -std::f64::consts::SQRT_2), "{blue}");
        let severities = told["judges"].as_array().unwrap();
        assert_eq!(severities.len(), 2);
        assert!(severities[0]["mean"].as_f64() > severities[1]["mean"].as_f64());
    }

    fn weights_count(world) {
        let contest = Contest::open(world);
        let score = text(&contest.begin(&contest.kind, 0, [10, 2]).must(201).json()["id"]);
        contest.seal(&contest.kind, &score).must(200);
        assert_eq!(of(&contest.results(), "red")["raw"], 8.0, "three times ten and once two");
        assert_eq!(of(&contest.results(), "blue"), &json!({"submission": contest.submissions[1], "title": "blue", "team": "blue", "team_name": {"en": "blue"},
            "judges": 0, "raw": null, "raw_rank": null, "normalised": null, "rank": null, "tied_with": []}));
    }

    fn a_draft_is_its_judge_s_own_and_what_is_sealed_stays(world) {
        let contest = Contest::open(world);
        let Contest { event, kind, severe, .. } = &contest;
        let score = text(&contest.begin(kind, 0, [7, 7]).must(201).json()["id"]);
        let path = format!("scores/{score}");
        contest.begin(kind, 0, [1, 1]).must(409);
        contest.get(&kind.person, &path).must(200);
        for other in [&severe.person, &event.organizer, &contest.ada.person] {
            contest.get(other, &path).must(404);
        }
        assert_eq!(contest.get(&event.organizer, "scores").must(200).json()["items"], json!([]));
        let change = |who: &Person, body| world.patch(who, &event.path(&path), body);
        change(&event.organizer, json!({"comment": "C"})).must(404);
        let one = json!([{"criterion": contest.criteria[0], "points": 9}]);
        assert_eq!(change(&kind.person, json!({"points": one, "comment": "C"})).must(200).json()["points"], one);
        contest.seal(kind, &score).must(409);
        change(&kind.person, json!({"points": contest.points([9, 4])})).must(200);
        let sealed = contest.seal(kind, &score).must(200).json();
        assert!(sealed["sealed_at"].is_string());
        contest.seal(kind, &score).must(409);
        change(&kind.person, json!({"comment": "Other"})).must(409);
        world.delete(&kind.person, &event.path(&path)).must(409);
        contest.get(&event.organizer, &path).must(200);
        change(&event.organizer, json!({"comment": "C"})).must(403);
        // Another judge reads it when they have sealed their own for the same submission.
        contest.get(&severe.person, &path).must(404);
        let own = text(&contest.begin(severe, 0, [1, 1]).must(201).json()["id"]);
        contest.get(&severe.person, &path).must(404);
        contest.seal(severe, &own).must(200);
        contest.get(&severe.person, &path).must(200);
        world.patch(&severe.person, &event.path(&path), json!({"comment": "C"})).must(403);
        let listed = |query: &str| contest.get(&severe.person, &format!("scores{query}")).must(200).json()["items"].as_array().unwrap().len();
        assert_eq!((listed(""), listed(&format!("?submission={}", contest.submissions[1]))), (2, 0));
        contest.get(&contest.ada.person, "scores").must(403);
    }

    fn what_was_judged_does_not_change_any_more(world) {
        let contest = Contest::open(world);
        let Contest { event, criteria, submissions, .. } = &contest;
        let begun = text(&contest.begin(&contest.kind, 1, [5, 5]).must(201).json()["id"]);
        world.delete(&event.organizer, &event.path(&format!("criteria/{}", criteria[0]))).must(409);
        world.delete(&event.organizer, &event.path(&format!("submissions/{}", submissions[1]))).must(409);
        world.patch(&event.organizer, &event.path(&format!("criteria/{}", criteria[0])), json!({"weight": 4})).must(200);
        contest.seal(&contest.kind, &begun).must(200);
        world.patch(&event.organizer, &event.path(&format!("criteria/{}", criteria[0])), json!({"weight": 5})).must(409);
        world.post(&event.organizer, &event.path("criteria"), json!({"name": "New", "weight": 1})).must(409);
        world.patch(&event.organizer, &event.path(&format!("submissions/{}", submissions[1])), json!({"title": "Other"})).must(409);
        world.patch(&event.organizer, &event.path(&format!("submissions/{}", submissions[0])), json!({"title": "Other"})).must(200);
    }

    fn nobody_judges_their_own(world) {
        let contest = Contest::open(world);
        let Contest { event, kind, severe, .. } = &contest;
        let told = |who: &Person| -> Vec<(String, String)> {
            let list = contest.get(who, "conflicts").must(200).json();
            list["items"].as_array().unwrap().iter().map(|one| (text(&one["team"]), text(&one["reason"]))).collect()
        };
        assert_eq!(told(&event.organizer), []);
        // By affiliation, by unit too.
        event.partner("acme");
        let belong = |who: &Joined, body: Value| world.patch(&event.organizer, &event.path(&format!("members/{}", who.id)), json!({"affiliation": body})).must(200);
        belong(&contest.ada, json!({"unit": "acme-unit"}));
        belong(kind, json!({"organization": "acme"}));
        assert_eq!(told(&event.organizer), [("red".to_owned(), "organization".to_owned())]);
        let refused = contest.begin(kind, 0, [5, 5]).must(409).json();
        assert!(text(&refused["detail"]).contains("your organization"), "{refused}");
        contest.begin(kind, 1, [5, 5]).must(201);
        // As a mentor and as a builder.
        world.patch(&event.organizer, &event.path(&format!("members/{}", severe.id)), json!({"roles": ["judge", "mentor", "participant"]})).must(200);
        event.make("teams/blue/mentors", json!({"member": severe.id}));
        event.make("teams/green/members", json!({"member": severe.id, "function": "developer"}));
        let reasons = [("blue".to_owned(), "mentor".to_owned()), ("green".to_owned(), "team".to_owned())];
        assert_eq!(told(&severe.person), reasons, "a judge reads their own conflicts");
        contest.begin(severe, 1, [5, 5]).must(409);
        contest.begin(severe, 2, [5, 5]).must(409);
        contest.begin(severe, 0, [5, 5]).must(201);
    }

    fn a_conflict_that_becomes_known_later_takes_the_score_out_of_the_results(world) {
        let contest = Contest::open(world);
        let Contest { event, kind, severe, .. } = &contest;
        contest.sealed(kind, 0, 9);
        let draft = text(&contest.begin(severe, 0, [5, 5]).must(201).json()["id"]);
        let declare = |who: &Person, body| world.post(who, &event.path("conflicts"), body);
        declare(&kind.person, json!({"team": "red", "judge": severe.id, "reason": "R"})).must(403);
        declare(&event.organizer, json!({"team": "red", "judge": contest.ada.id, "reason": "R"})).must(422);
        declare(&severe.person, json!({"team": "red", "reason": "My sister builds in it."})).must(201);
        declare(&severe.person, json!({"team": "red", "reason": "Again."})).must(409);
        contest.seal(severe, &draft).must(409);
        let draft = event.path(&format!("scores/{draft}"));
        world.patch(&severe.person, &draft, json!({"comment": "C"})).must(409);
        world.delete(&severe.person, &draft).must(204);
        let made = declare(&event.organizer, json!({"team": "red", "judge": kind.id, "reason": "R"})).must(201).json();
        let told = contest.results();
        assert_eq!((&told["left_out"], &of(&told, "red")["judges"]), (&json!(1), &json!(0)));
        let back = event.path(&format!("conflicts/{}", text(&made["id"])));
        world.delete(&kind.person, &back).must(403);
        world.delete(&event.organizer, &back).must(204);
        assert_eq!(of(&contest.results(), "red")["judges"], 1);
    }

    fn who_is_no_judge_any_more_still_does_not_count_where_they_must_not_judge(world) {
        let contest = Contest::open(world);
        let Contest { event, kind, severe, .. } = &contest;
        contest.sealed(kind, 0, 9);
        contest.sealed(severe, 0, 5);
        contest.sealed(severe, 1, 5);
        event.make("conflicts", json!({"team": "red", "judge": kind.id, "reason": "R"}));
        let become_mentor = |who: &Joined| world.patch(&event.organizer, &event.path(&format!("members/{}", who.id)), json!({"roles": ["mentor"]})).must(200);
        become_mentor(kind);
        become_mentor(severe);
        event.make("teams/blue/mentors", json!({"member": severe.id}));
        let told = contest.results();
        assert_eq!((&told["left_out"], &of(&told, "red")["judges"], &of(&told, "blue")["judges"]), (&json!(2), &json!(1), &json!(0)));
    }

    fn progress_tells_how_far_judges_are_and_results_wait_for_their_own(world) {
        let contest = Contest::open(world);
        let Contest { event, kind, severe, .. } = &contest;
        event.make("conflicts", json!({"team": "red", "judge": severe.id, "reason": "R"}));
        contest.sealed(severe, 1, 5);
        contest.begin(severe, 2, [5, 5]).must(201);
        let told = contest.get(&kind.person, "judging/progress").must(200).json();
        let of_judge = |name: &str| told["judges"].as_array().unwrap().iter().find(|one| one["display_name"] == name).map(|one| (one["to_score"].as_u64(), one["drafted"].as_u64(), one["sealed"].as_u64()));
        assert_eq!(of_judge("severe"), Some((Some(2), Some(1), Some(1))));
        assert_eq!(of_judge("kind"), Some((Some(3), Some(0), Some(0))));
        assert_eq!(told["complete"], false);
        contest.get(&severe.person, "judging/results").must(403);
        contest.get(&event.organizer, "judging/results").must(200);
        (0..3).for_each(|submission| drop(contest.sealed(kind, submission, 5)));
        contest.get(&kind.person, "judging/results").must(200);
        contest.get(&contest.ada.person, "judging/results").must(403);
    }

    fn a_team_hands_in_until_the_deadline_which_is_told_on_both_clocks(world) {
        let contest = Contest::open(world);
        let Contest { event, ada, submissions, .. } = &contest;
        let path = event.path("judging");
        assert_eq!(event.read("judging")["submissions_due"], json!(null));
        let before = world.get(&event.organizer, &path).etag();
        let due = json!({"submissions_due_at": "2024-11-05T16:30:00+01:00"});
        let set = world.call("PATCH", &path).by(&event.organizer).header("If-Match", &before).json(due).send().must(200).json();
        assert_eq!(set["submissions_due"]["at"], "2024-11-05T15:30:00Z");
        let told = contest.get(&ada.person, "judging?timezone=Asia/Seoul").must(200).json()["submissions_due"].clone();
        assert_eq!(told, json!({"at": "2024-11-05T15:30:00Z", "timezone": "Europe/London", "local": "2024-11-05T15:30:00+00:00",
            "reader_timezone": "Asia/Seoul", "reader_local": "2024-11-06T00:30:00+09:00"}));
        assert_eq!(faults(&contest.get(&ada.person, "judging?timezone=Moon").must(422).json())[0].1, "timezone.unknown");
        let of_red = event.path(&format!("submissions/{}", submissions[0]));
        world.patch(&ada.person, &of_red, json!({"title": "Better"})).must(200);
        world.patch(&ada.person, &event.path(&format!("submissions/{}", submissions[1])), json!({"title": "Mine"})).must(404);
        world.post(&ada.person, &event.path("submissions"), json!({"team": "blue", "title": "T"})).must(422);
        world.later(TimeDelta::hours(1));
        let ada = world.person("ada");
        world.patch(&ada, &of_red, json!({"title": "Late"})).must(409);
        world.delete(&ada, &of_red).must(409);
        let organizer = world.person("h1-organizer");
        world.patch(&organizer, &of_red, json!({"title": "Mended"})).must(200);
        world.patch(&organizer, &path, json!({"submissions_due_at": null})).must(200);
        world.patch(&ada, &of_red, json!({"title": "In time"})).must(200);
    }

    fn what_others_do_to_the_judging_makes_no_deadline_stale(world) {
        let event = Event::open(world, "h1");
        let path = event.path("judging");
        let before = world.get(&event.organizer, &path).etag();
        event.make("criteria", json!({"name": "Value", "weight": 1}));
        let set = |due: &str| world.call("PATCH", &path).by(&event.organizer).header("If-Match", &before).json(json!({"submissions_due_at": due})).send();
        set("2024-11-06T12:00:00Z").must(200);
        set("2024-11-07T12:00:00Z").must(412);
        assert_eq!(event.read("judging")["submissions_due"]["at"], "2024-11-06T12:00:00Z");
    }

    fn of_two_who_set_the_first_deadline_after_the_same_reading_one_is_refused(world) {
        let event = Event::open(world, "h1");
        let path = event.path("judging");
        let before = world.get(&event.organizer, &path).etag();
        let set = |day: &str| {
            let body = json!({"submissions_due_at": format!("2024-11-{day}T12:00:00Z")});
            world.call("PATCH", &path).by(&event.organizer).header("If-Match", &before).json(body).send().status
        };
        let mut both = std::thread::scope(|scope| {
            let (one, other) = (scope.spawn(|| set("06")), scope.spawn(|| set("07")));
            [one.join().unwrap(), other.join().unwrap()]
        });
        both.sort_unstable();
        assert_eq!(both, [200, 412]);
    }

    fn what_is_handed_in_is_seen_by_those_who_judge_it_and_by_its_own_team(world) {
        let contest = Contest::open(world);
        let Contest { event, kind, ada, submissions, .. } = &contest;
        let seen = |who: &Person| contest.get(who, "submissions").must(200).json()["items"].as_array().unwrap().len();
        assert_eq!((seen(&event.organizer), seen(&kind.person), seen(&ada.person), seen(&world.person("mentor"))), (3, 3, 1, 1));
        contest.get(&ada.person, &format!("submissions/{}", submissions[1])).must(404);
        contest.get(&world.person("mentor"), &format!("submissions/{}", submissions[0])).must(200);
        world.patch(&world.person("mentor"), &event.path(&format!("submissions/{}", submissions[0])), json!({"title": "T"})).must(403);
        let responder = event.join("responder", &["responder"]).person;
        contest.get(&responder, "submissions").must(403);
        let told = |links: Value| faults(&world.patch(&ada.person, &event.path(&format!("submissions/{}", submissions[0])), json!({"links": links})).must(422).json());
        for url in ["javascript:alert(1)", "mailto:a@b.c", "git.example.org"] {
            assert_eq!(told(json!([{"label": "L", "url": url}])), [("/links/0/url".to_owned(), "address.shape".to_owned())]);
        }
        event.world.post(&event.organizer, &event.path("submissions"), json!({"team": "red", "title": "Twice"})).must(409);
    }

    fn criteria_come_from_the_brief(world) {
        let event = Event::open(world, "h1");
        let take = || world.call("POST", &event.path("criteria/from-brief")).by(&event.organizer).send();
        take().must(409);
        let brief = json!({"ambition": "poc", "criteria": [{"name": "Value", "weight": 60}, {"name": "Proof", "weight": 40}]});
        world.put(&event.organizer, &event.path("brief"), brief).must(201);
        event.make("criteria", json!({"name": "Proof", "weight": 10}));
        let told: Vec<(String, u64)> = take().must(200).json()["items"].as_array().unwrap().iter().map(|one| (text(&one["name"]["en"]), one["weight"].as_u64().unwrap())).collect();
        assert_eq!(told, [("Proof".to_owned(), 10), ("Value".to_owned(), 60)], "what is there stays as it is");
        assert_eq!(take().must(200).json()["items"].as_array().map(Vec::len), Some(2));
        assert_eq!(faults(&world.post(&event.organizer, &event.path("criteria"), json!({"name": "N", "weight": 101})).must(422).json()), [("/weight".to_owned(), "number.range".to_owned())]);
    }

    fn an_award_has_its_sponsor_and_its_winner(world) {
        let contest = Contest::open(world);
        let event = &contest.event;
        event.partner("acme");
        let made = event.make("awards", json!({"name": {"en": "Best use", "ko": "활용상"}, "sponsor": "acme"}));
        assert_eq!((&made["sponsor"]["slug"], &made["winner"]), (&json!("acme"), &json!(null)));
        let path = format!("awards/{}", text(&made["id"]));
        let won = world.patch(&event.organizer, &event.path(&path), json!({"submission": contest.submissions[2], "reason": "It works."})).must(200).json();
        assert_eq!(won["winner"]["team"]["slug"], "green");
        assert_eq!(contest.get(&contest.ada.person, "awards").must(200).json()["items"][0], won);
        world.patch(&contest.kind.person, &event.path(&path), json!({"submission": null})).must(403);
        world.delete(&event.organizer, &event.path("organizations/acme")).must(409);
        world.delete(&event.organizer, &event.path(&format!("submissions/{}", contest.submissions[2]))).must(409);
        assert_eq!(world.patch(&event.organizer, &event.path(&path), json!({"submission": null})).must(200).json()["winner"], json!(null));
        world.delete(&event.organizer, &event.path(&path)).must(204);
    }

    fn every_change_is_kept_with_who_made_it_and_drafts_stay_closed(world) {
        let contest = Contest::open(world);
        let Contest { event, kind, submissions, .. } = &contest;
        world.patch(&contest.ada.person, &event.path(&format!("submissions/{}", submissions[0])), json!({"title": "Better"})).must(200);
        world.patch(&contest.ada.person, &event.path(&format!("submissions/{}", submissions[0])), json!({"title": "Better"})).must(200);
        let score = text(&contest.begin(kind, 0, [7, 7]).must(201).json()["id"]);
        world.patch(&kind.person, &event.path(&format!("scores/{score}")), json!({"comment": "Secret"})).must(200);
        let dropped = text(&contest.begin(kind, 1, [1, 1]).must(201).json()["id"]);
        world.delete(&kind.person, &event.path(&format!("scores/{dropped}"))).must(204);
        let read = || contest.get(&event.organizer, "judging/changes?limit=100").must(200).json()["items"].as_array().unwrap().clone();
        let told = read();
        let of_red: Vec<&Value> = told.iter().filter(|one| one["thing"] == json!(submissions[0])).collect();
        assert_eq!(of_red.iter().map(|one| text(&one["action"])).collect::<Vec<_>>(), ["made", "changed"], "who says the same changes nothing");
        assert_eq!((&of_red[1]["before"]["title"], &of_red[1]["after"]["title"], &of_red[1]["display_name"]), (&json!("red"), &json!("Better"), &json!("ada")));
        let closed = |all: &[Value]| all.iter().filter(|one| one["kind"] == "score").all(|one| one["before"].is_null() && one["after"].is_null());
        assert!(closed(&told), "what a draft said is told to nobody");
        assert_eq!(told.iter().filter(|one| one["kind"] == "score").count(), 4);
        contest.seal(kind, &score).must(200);
        let told = read();
        let of_score: Vec<&Value> = told.iter().filter(|one| one["thing"] == json!(score)).collect();
        assert_eq!(of_score.iter().map(|one| text(&one["action"])).collect::<Vec<_>>(), ["made", "changed", "sealed"]);
        assert_eq!((&of_score[1]["before"]["comment"], &of_score[1]["after"]["comment"]), (&json!(null), &json!("Secret")));
        let rest: Vec<Value> = told.iter().filter(|one| one["thing"] != json!(score)).cloned().collect();
        assert!(closed(&rest), "a dropped draft stays closed");
        contest.get(&kind.person, "judging/changes").must(403);
    }

    fn of_many_who_seal_and_change_at_once_the_seal_holds(world) {
        let contest = Contest::open(world);
        let Contest { event, kind, .. } = &contest;
        let score = text(&contest.begin(kind, 0, [5, 5]).must(201).json()["id"]);
        let path = event.path(&format!("scores/{score}"));
        let (sealed, changed) = std::thread::scope(|scope| {
            let change = scope.spawn(|| world.patch(&kind.person, &path, json!({"points": contest.points([9, 9])})).status);
            let seal = scope.spawn(|| contest.seal(kind, &score).status);
            (seal.join().unwrap(), change.join().unwrap())
        });
        // Whichever comes second was made of what is no more, or finds the score sealed.
        assert!([(200, 200), (200, 409), (200, 412), (412, 200)].contains(&(sealed, changed)), "{sealed} {changed}");
        let told = contest.get(&kind.person, &format!("scores/{score}")).must(200).json();
        let given = told["points"][0]["points"].as_i64();
        assert_eq!((told["sealed_at"].is_string(), given), (sealed == 200, Some(if changed == 200 { 9 } else { 5 })), "{told}");
    }
}
