//! A hackathon with some life in it: a question in every state, a brief, a sprint, and a draft that is not sound.

use serde_json::{Value, json};
use signpost::pages::PATHS;

use crate::pages::guard::filled;
use crate::questions::scene::{Scene, id};
use crate::support::World;

/// A word that fits into no line of a narrow window.
const LONG: &str =
    "https://storage.example.org/teams/red/pipelines/output/2024-11-05/part-00000-of-00128.snappy.parquet";

pub fn lived(world: &World) -> Scene<'_> {
    let scene = Scene::open(world);
    let put = |path: &str, body: Value| world.put(scene.who("planner"), path, body).must(201);
    let criteria = json!([{"name": {"en": "Value", "ko": "가치"}, "weight": 40}, {"name": {"en": "Scale", "ko": "확장성"}, "weight": 60}]);
    let summary = json!({"en": "Waiting lists, shorter by a tenth.", "ko": "대기 명단을 10분의 1 줄입니다."});
    put("/v1/hackathons/h1/brief", json!({"ambition": "pilot", "summary": summary, "criteria": criteria}));
    let sprint =
        json!({"number": 1, "starts_on": "2024-11-04", "ends_on": "2024-11-15", "goal": {"en": "Get to the data"}});
    scene.post("planner", "/v1/hackathons/h1/sprints", sprint).must(201);
    let cells = scene.get("planner", "/v1/hackathons/h1/responsibilities?topic=packages&role=responsible").json();
    let cell = format!("/v1/hackathons/h1/responsibilities/{}", id(&cells["items"][0]));
    world.delete(scene.who("planner"), &cell).must(204);
    questions(&scene);
    after(&scene);
    work(&scene);
    scene
}

/// What comes after: criteria, two submissions, a sealed score and a draft, an award, debriefs, a follow-up.
fn after(scene: &Scene) {
    let list = |name: &str| format!("/v1/hackathons/h1/{name}");
    let post = |who: &str, name: &str, body: Value| scene.post(who, &list(name), body).must(201).json();
    judged(scene, &post);
    let why = json!({"name": {"en": "Best insight", "ko": "최고의 통찰"}, "sponsor": "trust", "reason": "It asks the right question."});
    post("planner", "awards", why);
    let body = format!("We asked for the data late.\n\n{LONG}");
    let presented = json!([{"occasion": "Community of practice", "on": "2024-12-10"}]);
    let debrief = json!({"about": {"team": "red"}, "body": body, "themes": ["data access", "파이프라인"], "presented": presented, "shared": true});
    post("ada", "debriefs", debrief);
    post("ada", "debriefs", json!({"about": {"member": scene.member("ada")}, "body": "I talk too much."}));
    let owner = scene.member("ada");
    let follow_up = json!({"title": "The pilot on two wards", "team": "red", "owner": owner, "ambition": "pilot", "next_gate": "Whether the board pays for a year", "gate_on": "2025-01-15", "begins_on": "2024-09-20"});
    post("planner", "follow-ups", follow_up);
}

fn judged(scene: &Scene, post: &dyn Fn(&str, &str, Value) -> Value) {
    post("planner", "criteria", json!({"name": {"en": "Value to patients", "ko": "환자에게 주는 가치"}, "weight": 60}));
    post("planner", "criteria", json!({"name": {"en": "Proof"}, "weight": 40}));
    let links = json!([{"label": "Code", "url": "https://git.example.org/red"}, {"label": LONG, "url": LONG}]);
    let red = post(
        "ada",
        "submissions",
        json!({"team": "red", "title": "대기 명단 줄이기", "summary": "It shortens lists.\n\nBy a tenth.", "links": links}),
    );
    let blue = post("cleo", "submissions", json!({"team": "blue", "title": "Blue skies"}));
    let criteria = scene.get("planner", "/v1/hackathons/h1/criteria").json()["items"].clone();
    let points = json!([{"criterion": criteria[0]["id"], "points": 8}, {"criterion": criteria[1]["id"], "points": 6}]);
    let sealed = id(&post(
        "judge",
        "scores",
        json!({"submission": red["id"], "points": points, "comment": "Clear, and it was tried."}),
    ));
    scene
        .world
        .call("POST", &format!("/v1/hackathons/h1/scores/{sealed}/seal"))
        .by(scene.who("judge"))
        .send()
        .must(200);
    post(
        "judge",
        "scores",
        json!({"submission": blue["id"], "points": [{"criterion": criteria[0]["id"], "points": 3}]}),
    );
    due(scene);
}

fn due(scene: &Scene) {
    let due = json!({"submissions_due_at": "2024-11-28T17:00:00Z"});
    scene.world.patch(scene.who("planner"), "/v1/hackathons/h1/judging", due).must(200);
}

/// What a team reported, planned, decided, and when somebody is away.
fn work(scene: &Scene) {
    let say = |who: &str, path: &str, body: Value| {
        scene.post(who, &format!("/v1/hackathons/h1/{path}"), body).must(201);
    };
    let ada = format!("/v1/hackathons/h1/members/{}", scene.member("ada"));
    scene.world.patch(scene.who("planner"), &ada, json!({"weekly_hours": 7})).must(200);
    let blockers = json!([{"text": LONG, "question": "3"}, {"text": "패키지를 설치할 수 없습니다."}]);
    let report = json!({"progress_percent": 40, "hours_spent": 6.5, "confidence": 2, "summary": "The **first** joins run.", "blockers": blockers});
    say("ada", "sprints/1/check-ins", report);
    say("ada", "sprints/1/scope-changes", json!({"hours_planned": 31, "why": "The sponsor wants a second data set."}));
    let options = json!([{"title": "The shared data model", "notes": LONG}, {"title": "One of our own"}]);
    let decision = json!({"title": "Use the shared data model", "context": "Two teams read the same tables.", "options": options,
        "outcome": "The shared one.", "status": "accepted", "topic": "etl", "sprint": "1", "questions": ["2"],
        "decided_by": [{"member": scene.member("ada")}]});
    say("ada", "decisions", decision);
    let away = json!({"starts_on": "2024-11-06", "ends_on": "2024-11-07", "reason": "Conference"});
    say("ada", &format!("members/{}/absences", scene.member("ada")), away);
}

/// A question in every state, the numbers 1 to 7.
fn questions(scene: &Scene) {
    let ask = |title: &str, body: &str| id(&scene.ask("ada", json!({"title": title, "body": body, "topic": "etl"})));
    let say = |who: &str, question: &str, verb: &str, body: Value| scene.verb_with(who, question, verb, body).must(201);
    ask(
        "How do I schedule a pipeline?",
        "It runs by hand:\n```\nspark-submit --master yarn --deploy-mode cluster --num-executors 12 job.py\n```",
    );
    let claimed = ask("파이프라인이 새벽에 멈춥니다. 왜 그런가요?", "새벽 3시에 **변환** 단계에서 멈춥니다.");
    scene.verb("dev1", &claimed, "claim").must(200);
    say("ada", &claimed, "comments", json!({"body": "It happens every night."}));
    say("dev1", &claimed, "notes", json!({"body": "Looks like the quota."}));
    let waiting = ask(&format!("Where does {LONG} come from?"), LONG);
    scene.verb("dev1", &waiting, "claim").must(200);
    scene.verb_with("dev1", &waiting, "wait", json!({"comment": "Which run was it?"})).must(200);
    let answered = ask("Which joins are slow?", "All of them, it seems.");
    say("dev1", &answered, "answers", json!({"body": "Those without a key:\n\n- look at the plan\n- add the key"}));
    let offered = ask("Who raises our quota?", "We need 40 GB.");
    scene.verb("dev1", &offered, "claim").must(200);
    scene.offer("dev1", &offered, json!({"unit": "operations"}));
    let closed = ask("Is the clinic on tomorrow?", "Asking for the team.");
    scene
        .verb_with("dev1", &closed, "close", json!({"resolution": "not_for_us", "comment": "See the calendar."}))
        .must(200);
    let private = json!({"title": "Our leader left", "topic": "team-matters", "visibility": "team"});
    scene.ask("ada", private);
}

/// What is looked at, and by whom: every page that there is, as an organizer and as a participant; what differs for those
/// who answer; and what pages are in other states.
pub fn views(scene: &Scene) -> Vec<(&'static str, String)> {
    let pages = PATHS.iter().filter(|(path, method)| *method == "get" && !path.ends_with("/file"));
    let pages: Vec<String> = pages.map(|(path, _)| place(path, scene)).collect();
    let everywhere = ["planner", "ada"].into_iter().flat_map(|who| pages.iter().map(move |page| (who, page.clone())));
    let more = [
        ("dev1", "/h/h1/queue"),
        ("dev1", "/h/h1/questions/1"),
        ("dev1", "/h/h1/questions/2"),
        ("ops1", "/h/h1/questions/5"),
        ("mentor1", "/h/h1/queue"),
        ("ada", "/h/h1/questions/3"),
        ("ada", "/h/h1/questions/4"),
        ("planner", "/h/h1/questions/5"),
        ("ada", "/h/h1/questions/6"),
        ("ada", "/h/h1?q=how+do+I+schedule+a+pipeline"),
        ("ada", "/h/h1?q=install+a+package+with+pip"),
        ("ada", "/h/h1?q=zzz"),
        ("ada", "/h/h1?topic=data"),
        ("ada", "/h/h1/questions?q=nothing+like+it"),
        ("ada", "/h/h1/nothing"),
        ("ops1", "/h/h1/queue"),
        ("mentor1", "/h/h1/sprints"),
        ("planner", "/h/h1/sprints?team=red"),
        ("planner", "/h/h1/teams/blue"),
        ("watcher", "/h/h1/sprints"),
        ("judge", "/h/h1/queue"),
        ("judge", "/h/h1/judging"),
        ("judge", "/h/h1/judging/conflicts"),
        ("judge", "/h/h1/judging/results"),
        ("mentor1", "/h/h1/after/debriefs?theme=data+access"),
        ("planner", "/h/h1/brief?since=1"),
        ("planner", "/h/h1/people?organization=acme"),
    ];
    let judged = scene.get("planner", "/v1/hackathons/h1/submissions").json()["items"].clone();
    let sheet = |at: usize, rest: &str| ("judge", format!("/h/h1/judging/scores/{}{rest}", id(&judged[at])));
    let sheets = [sheet(0, ""), sheet(1, ""), sheet(1, "?seal=ask")];
    everywhere.chain(more.map(|(who, page)| (who, page.to_owned()))).chain(sheets).collect()
}

/// A page's path with what is there.
fn place(path: &str, scene: &Scene) -> String {
    filled(&path.replace("{question}", "2"), scene)
}
