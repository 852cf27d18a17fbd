//! Judging by forms: what organizers set up, what teams hand in, what judges say.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::browser::Browser;
use super::settings::form;
use crate::on_both;
use crate::questions::scene::{Scene, id};
use crate::support::World;

/// Two criteria, and what team red handed in.
struct Contest<'w> {
    scene: Scene<'w>,
    criteria: Value,
    red: String,
}

impl<'w> Contest<'w> {
    fn open(world: &'w World) -> Contest<'w> {
        let scene = Scene::open(world);
        for (name, weight) in [("Value", 3), ("Proof", 1)] {
            scene.post("planner", "/v1/hackathons/h1/criteria", json!({"name": name, "weight": weight})).must(201);
        }
        let handed_in = json!({"team": "red", "title": "Red lines"});
        let red = id(&scene.post("ada", "/v1/hackathons/h1/submissions", handed_in).must(201).json());
        let criteria = scene.get("planner", "/v1/hackathons/h1/criteria").must(200).json()["items"].clone();
        Contest { scene, criteria, red }
    }

    fn field(&self, at: usize) -> String {
        format!("points-{}", id(&self.criteria[at]))
    }

    fn sheet(&self) -> String {
        format!("/h/h1/judging/scores/{}", self.red)
    }

    fn browser(&self, who: &str) -> Browser<'w> {
        Browser::of(self.scene.world, self.scene.who(who))
    }
}

/// What a hidden field of a form holds.
#[track_caller]
fn mark(page: &str) -> String {
    let rest = page.split("name=\"mark\" value=\"").nth(1).expect("a mark");
    rest.split('"').next().unwrap_or_default().to_owned()
}

on_both! {
    fn an_organizer_is_led_from_criteria_to_the_deadline(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        assert!(planner.page("/h/h1/judging").contains("Judges need criteria."));
        let empty = planner.page("/h/h1/judging/criteria");
        assert!(empty.contains("There are no criteria yet") && !empty.contains("Take them over"), "{empty}");
        let brief = json!({"ambition": "pilot", "criteria": [{"name": {"en": "Value", "ko": "가치"}, "weight": 60}]});
        world.put(scene.who("planner"), "/v1/hackathons/h1/brief", brief).must(201);
        let page = planner.done("/h/h1/judging/criteria/from-brief", &[]);
        assert!(page.contains("<th scope=\"row\">Value</th><td>60</td>"), "{page}");
        let refused = planner.post("/h/h1/judging/criteria", &[("name_en", ""), ("name_ko", ""), ("weight", "5")]).must(422).text();
        assert!(refused.contains("href=\"#name_en\"") && refused.contains("value=\"5\""), "what was typed is kept: {refused}");
        let refused = planner.post("/h/h1/judging/criteria", &[("name_en", "Proof"), ("weight", "heavy")]).must(422).text();
        assert!(refused.contains("Write a whole number, such as 3.") && refused.contains("value=\"Proof\""), "{refused}");
        let page = planner.done("/h/h1/judging/criteria", &[("name_en", "Proof"), ("name_ko", "근거"), ("weight", "40")]);
        let change = page.split("action=\"").filter(|part| part.starts_with("/h/h1/judging/criteria/0")).nth(2).expect("a form").split('"').next().unwrap();
        let changed = planner.done(change, &[("name_en", "Evidence"), ("name_ko", "근거"), ("weight", "20")]);
        assert!(changed.contains("<th scope=\"row\">Evidence</th><td>20</td>"), "{changed}");
        let stale = planner.post(change, &[("name_en", "Other"), ("weight", "1"), ("mark", "old")]).must(409).text();
        assert!(stale.contains("Somebody else changed this meanwhile") && stale.contains("value=\"Other\""), "{stale}");
        let page = planner.page("/h/h1/judging");
        assert!(page.contains("Teams do not know until when they hand in."), "{page}");
        assert!(planner.post("/h/h1/judging", &[("due", "tomorrow")]).must(422).text().contains("href=\"#due\""));
        let set = planner.done("/h/h1/judging", &[("due", "2024-11-28T17:00"), ("mark", &mark(&page))]);
        assert!(set.contains("Thu 28 November 2024, 17:00 GMT") && set.contains("17:00 UTC"), "{set}");
        planner.post("/h/h1/judging", &[("due", ""), ("mark", &mark(&page))]).must(409);
        assert!(planner.done("/h/h1/judging", &[("due", "")]).contains("No end for handing in is named yet."));
        let korean = Browser::of(world, scene.who("planner")).korean().page("/h/h1/judging/criteria");
        assert!(korean.contains("<th scope=\"row\">근거</th>"), "{korean}");
    }

    fn a_team_hands_in_until_the_deadline(world) {
        let scene = Scene::open(world);
        let place = "/h/h1/teams/red/submission";
        let (ada, bob) = (Browser::of(world, scene.who("ada")), Browser::of(world, scene.who("bob")));
        let due = json!({"submissions_due_at": "2024-11-05T15:00:00Z"});
        world.patch(scene.who("planner"), "/v1/hackathons/h1/judging", due).must(200);
        let empty = ada.page(place);
        assert!(empty.contains("Hand it in") && empty.contains("30 minutes left"), "{empty}");
        let wrong = [("title", "Red lines"), ("links/0/label", "Code"), ("links/0/url", "git.example.org"), ("links/1/label", ""), ("links/1/url", "")];
        let refused = ada.post(place, &wrong).must(422).text();
        assert!(refused.contains("href=\"#links/0/url\"") && refused.contains("value=\"git.example.org\"") && refused.contains("value=\"Red lines\""), "{refused}");
        let right = [("title", "Red lines"), ("summary", "Shorter lists."), ("links/0/label", ""), ("links/0/url", "https://git.example.org/red")];
        let page = ada.done(place, &right);
        assert!(page.contains("<h2>Red lines</h2>") && page.contains("href=\"https://git.example.org/red\">git.example.org/red</a>"), "{page}");
        let read = mark(&page);
        bob.done(place, &[("title", "Red lines, drawn"), ("mark", &read)]);
        let stale = ada.post(place, &[("title", "Mine"), ("mark", &read)]).must(409).text();
        assert!(stale.contains("Somebody else changed this meanwhile") && stale.contains("value=\"Mine\""), "{stale}");
        for (who, status) in [("cleo", 404), ("mentor1", 200), ("judge", 200)] {
            let reply = Browser::of(world, scene.who(who)).get(place).must(status).text();
            assert!(!reply.contains("Keep the changes"), "{who} reads at most");
        }
        Browser::of(world, scene.who("cleo")).post(place, &[("title", "Theirs")]).must(404);
        Browser::of(world, scene.who("mentor1")).post(place, &[("title", "Theirs")]).must(403);
        assert!(!ada.done(&format!("{place}/withdraw"), &[]).contains("Red lines"));
        ada.done(place, &right);
        let scene = scene.later(TimeDelta::hours(1));
        let ada = Browser::of(world, scene.who("ada"));
        let closed = ada.page(place);
        assert!(closed.contains("The time to hand in is over.") && !closed.contains("Keep the changes"), "{closed}");
        ada.post(place, &[("title", "Late")]).must(409);
        assert!(Browser::of(world, scene.who("planner")).done(place, &[("title", "Mended")]).contains("<h2>Mended</h2>"));
        assert!(Browser::of(world, scene.who("bob")).korean().page(place).contains("제출 기한이 지났습니다."));
    }

    fn a_judge_drafts_looks_once_more_and_seals(world) {
        let contest = Contest::open(world);
        let (judge, place) = (contest.browser("judge"), contest.sheet());
        let (value, proof) = (contest.field(0), contest.field(1));
        assert!(judge.page("/h/h1/judging").contains("To score"));
        let early = judge.page("/h/h1/judging/results");
        assert!(early.contains("Judges see the results when they have sealed all of their own scores."), "{early}");
        assert!(judge.post(&place, &[(&value, "11")]).must(422).text().contains("There is a problem"));
        let list = judge.done(&place, &[(&value, "8"), ("comment", "Clear.")]);
        assert!(list.contains(">Draft<"), "{list}");
        let sheet = judge.page(&place);
        assert!(sheet.contains(&format!("name=\"{value}\" value=\"8\" checked")) && sheet.contains("Clear."), "{sheet}");
        assert!(!contest.browser("planner").page(&place).contains("Clear."), "a draft is read by nobody else");
        let draft = form(&sheet, &format!("{place}/")).to_owned();
        let asked = judge.done(&draft, &[(&value, "8"), (&proof, ""), ("seal", "ask")]);
        assert!(asked.contains("Criteria without points:") && !asked.contains("Seal the score"), "{asked}");
        judge.post(&format!("{draft}/seal"), &[]).must(409);
        let asked = judge.done(&draft, &[(&value, "8"), (&proof, "4"), ("comment", "Clear."), ("seal", "ask")]);
        assert!(asked.contains("Sealing is final") && asked.contains("<strong>7.00</strong>"), "{asked}");
        let list = judge.done(form(&asked, &format!("{draft}/seal")), &[]);
        assert!(list.contains("You are done."), "{list}");
        judge.post(&draft, &[(&value, "1")]).must(409);
        let read = contest.browser("planner").page(&place);
        assert!(read.contains("What judges sealed") && read.contains("Clear."), "{read}");
        let results = judge.page("/h/h1/judging/results");
        assert!(results.contains("First: Red.") && results.contains("<td>7.00</td>"), "{results}");
        let changes = contest.browser("planner").page("/h/h1/judging/changes");
        assert!(changes.contains("Score: sealed") && changes.contains("points: 8, 4"), "{changes}");
        contest.browser("ada").get(&place).must(403);
    }

    fn a_draft_is_dropped(world) {
        let contest = Contest::open(world);
        let (judge, place) = (contest.browser("judge"), contest.sheet());
        judge.done(&place, &[(&contest.field(0), "3")]);
        let sheet = judge.page(&place);
        let list = judge.done(&format!("{}/drop", form(&sheet, &format!("{place}/"))), &[]);
        assert!(list.contains("To score"), "{list}");
    }

    fn conflicts_are_declared_and_keep_judges_away(world) {
        let contest = Contest::open(world);
        let (judge, planner, place) = (contest.browser("judge"), contest.browser("planner"), "/h/h1/judging/conflicts");
        assert!(judge.page(place).contains("You have none."));
        let refused = judge.post(place, &[("team", "red"), ("reason", "")]).must(422).text();
        assert!(refused.contains("href=\"#reason\"") && refused.contains("value=\"red\" selected"), "{refused}");
        let told = judge.done(place, &[("team", "red"), ("reason", "My sister builds in it.")]);
        assert!(told.contains("My sister builds in it.") && !told.contains("Take back"), "{told}");
        assert!(judge.page(&contest.sheet()).contains("A conflict of interest with this team was declared"));
        assert!(judge.page("/h/h1/judging").contains(">Conflict of interest<"));
        judge.post(&contest.sheet(), &[(&contest.field(0), "3")]).must(409);
        let listed = planner.page(place);
        assert!(listed.contains("judge – Red"), "{listed}");
        assert!(planner.done(form(&listed, &format!("{place}/")), &[]).contains("There are none."));
        let other = contest.scene.member("judge");
        assert!(planner.done(place, &[("judge", &other), ("team", "blue"), ("reason", "Known.")]).contains("judge – Blue"));
        judge.post(place, &[("judge", &contest.scene.member("planner")), ("team", "red"), ("reason", "x")]).must(403);
        contest.browser("ada").post(place, &[("team", "red"), ("reason", "x")]).must(403);
    }

    fn ties_are_told_in_the_results(world) {
        let contest = Contest::open(world);
        let blue = json!({"team": "blue", "title": "Blue skies"});
        let blue = id(&contest.scene.post("cleo", "/v1/hackathons/h1/submissions", blue).must(201).json());
        for submission in [&contest.red, &blue] {
            let points = json!([{"criterion": contest.criteria[0]["id"], "points": 5}, {"criterion": contest.criteria[1]["id"], "points": 5}]);
            let score = id(&contest.scene.post("judge", "/v1/hackathons/h1/scores", json!({"submission": submission, "points": points})).must(201).json());
            world.call("POST", &format!("/v1/hackathons/h1/scores/{score}/seal")).by(contest.scene.who("judge")).send().must(200);
        }
        let page = contest.browser("planner").page("/h/h1/judging/results");
        assert!(page.contains("Tied for place 1: Blue, Red. Breaking a tie is for people."), "{page}");
        let korean = contest.browser("planner").korean().page("/h/h1/judging/results");
        assert!(korean.contains("공동 1위: Blue, Red."), "{korean}");
        assert!(contest.browser("planner").page("/h/h1/judging/criteria").contains("They do not change once a judge has sealed a score."));
    }

    fn of_two_who_hand_in_from_an_empty_form_the_second_is_told(world) {
        let scene = Scene::open(world);
        let place = "/h/h1/teams/red/submission";
        let (ada, bob) = (Browser::of(world, scene.who("ada")), Browser::of(world, scene.who("bob")));
        ada.post(place, &[("mark", ""), ("title", "Ada's")]).must(303);
        let told = bob.post(place, &[("mark", ""), ("title", "Bob's")]).must(409).text();
        assert!(told.contains("Somebody else changed this meanwhile") && told.contains("value=\"Bob&#39;s\""), "{told}");
        assert!(ada.page(place).contains("Ada&#39;s"), "hers was kept");
        let rows = [("links/0/label", ""), ("links/0/url", ""), ("links/1/label", "Code"), ("links/1/url", "nowhere")];
        let wrong = ada.post(place, &[&[("title", "Ada's")][..], &rows].concat()).must(422).text();
        assert!(wrong.contains("id=\"links/0/url-fault\""), "an empty row is none: {wrong}");
    }
}
