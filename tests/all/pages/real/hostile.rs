//! W4: a hundred texts that would run if anything took them for more than text, in every field that people fill in, on every
//! page and in mails. In a real browser, which knows more ways to run a script than anybody who reads HTML.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use signpost::pages::PATHS;
use signpost::pages::form::query;

use super::chrome::Chrome;
use crate::pages::guard::filled;
use crate::questions::scene::{Scene, id};
use crate::support::{On, Person, World, eventually};
use crate::telling;

/// One on each line.
const TEXTS: &str = include_str!("payloads.txt");

/// What tells that one of them ran: a line in the console, where refusals of the policy stand as well.
const TRAP: &str = "window.ran = window.alert = window.confirm = window.prompt = () => console.error('RAN');
    document.addEventListener('securitypolicyviolation', one => console.error('REFUSED ' + one.violatedDirective));";

/// Attributes and addresses that would run once somebody pressed or pointed there.
const WAITING: &str = "[...document.querySelectorAll('*')].filter(one =>
    [...one.attributes].some(({name}) => name.startsWith('on') || name === 'style' || name === 'srcdoc')
    || ['javascript:', 'data:', 'vbscript:'].includes(one.protocol) || one.formAction?.startsWith('javascript:')).map(one => one.outerHTML)";

fn texts() -> Vec<&'static str> {
    TEXTS.lines().collect()
}

/// A hackathon in which everything is called like that: a hundred of everything that has a name.
fn file() -> Value {
    let each = |make: &dyn Fn(usize, &str) -> Value| -> Vec<Value> {
        texts().into_iter().enumerate().map(|(n, text)| make(n, text)).collect()
    };
    let both = |text: &str| json!({"en": text, "ko": text});
    let name = texts()[0];
    let planner = json!({"email": "planner@example.org", "name": "planner", "affiliation": {"organization": "acme"}, "roles": ["organizer", "mentor"]});
    let dev = |n: usize, text: &str| json!({"email": format!("p{n}@example.org"), "name": text, "affiliation": {"unit": format!("u{n}")}, "roles": ["participant", "responder"]});
    let people: Vec<Value> = std::iter::once(planner).chain(each(&dev)).collect();
    json!({
        "signpost": 1,
        "hackathon": {"slug": "h1", "name": both(name), "timezone": "Europe/London", "starts_on": "2024-11-04", "ends_on": "2024-11-29"},
        "organizations": [{"slug": "acme", "name": name, "function": "host", "units": each(&|n, text| json!({"slug": format!("u{n}"), "name": both(text)}))}],
        "channels": each(&|n, text| json!({"slug": format!("c{n}"), "owner": {"unit": format!("u{n}")}, "kind": "in_person", "address": text, "hours": ["Mon-Fri 09:00-17:00"]})),
        "topics": each(&|n, text| json!({"slug": format!("t{n}"), "name": both(text), "description": both(text), "keywords": {"en": [text], "ko": [text]}, "examples": {"en": [text], "ko": [text]}})),
        "responsibilities": each(&|n, _| json!({"topic": format!("t{n}"), "responsible": [{"unit": format!("u{n}")}], "accountable": {"organization": "acme"}})),
        "people": people,
        "teams": each(&|n, text| json!({"slug": format!("team{n}"), "name": text, "mentors": ["planner@example.org"], "members": [{"email": format!("p{n}@example.org"), "function": "leader"}]})),
    })
}

/// Questions, posts, hand-offs, a brief and sprints in the same words.
fn life(scene: &Scene, people: &[Person]) {
    let world = scene.world;
    let whole = texts().join("\n");
    let both = json!({"en": whole, "ko": whole});
    let criteria: Vec<Value> = texts().iter().map(|text| json!({"name": {"en": text}, "weight": 1})).collect();
    let brief = json!({"ambition": "pilot", "summary": both, "criteria": criteria[..20]});
    world.put(scene.who("planner"), "/v1/hackathons/h1/brief", brief).must(201);
    for (n, text) in texts().into_iter().take(12).enumerate() {
        let sprint = json!({"number": n + 1, "starts_on": format!("2024-11-{:02}", n + 4), "ends_on": format!("2024-11-{:02}", n + 4), "goal": {"en": text, "ko": text}});
        scene.post("planner", "/v1/hackathons/h1/sprints", sprint).must(201);
    }
    for (n, text) in texts().into_iter().enumerate() {
        let asked = json!({"title": text, "body": whole, "topic": format!("t{n}")});
        let question = id(&world.post(&people[n], crate::questions::scene::QUESTIONS, asked).must(201).json());
        scene.verb_with("planner", &question, "comments", json!({"body": text})).must(201);
        scene.verb_with("planner", &question, "notes", json!({"body": text})).must(201);
        let offer = json!({"to": {"unit": format!("u{}", (n + 1) % 100)}, "reason": text, "note": text});
        scene.verb_with("planner", &question, "handoffs", offer).must(201);
        if n % 2 == 0 {
            scene.verb_with("planner", &question, "answers", json!({"body": whole})).must(201);
        }
    }
}

/// What was judged, won and learnt, and what continues, in the same words.
fn afterwards(scene: &Scene) {
    let post = |list: &str, body: Value| scene.post("planner", &format!("/v1/hackathons/h1/{list}"), body);
    let whole = texts().join("\n");
    let owner = scene.get("planner", "/v1/hackathons/h1/members?role=organizer").json()["items"][0]["id"].clone();
    let shift =
        json!({"owner": {"unit": "u1"}, "starts_at": "2024-11-09T10:00:00Z", "ends_at": "2024-11-09T12:00:00Z"});
    post("shifts", shift).must(201);
    scene.world.call("POST", "/v1/hackathons/h1/criteria/from-brief").by(scene.who("planner")).send().must(200);
    for (n, text) in texts().into_iter().take(40).enumerate() {
        let team = format!("team{n}");
        let links = json!([{"label": text, "url": "https://git.example.org/x?a=<b>&c='\""}]);
        let handed_in = post("submissions", json!({"team": team, "title": text, "summary": whole, "links": links}));
        // An address with such signs may be refused; then the words stand without it.
        if handed_in.status != 201 {
            post("submissions", json!({"team": team, "title": text, "summary": whole})).must(201);
        }
        post("awards", json!({"name": {"en": text, "ko": text}, "reason": whole})).must(201);
        let presented = json!([{"occasion": text, "on": "2024-12-10"}]);
        post(
            "debriefs",
            json!({"about": {"team": team}, "body": text, "themes": [text], "presented": presented, "shared": true}),
        )
        .must(201);
        post(
            "follow-ups",
            json!({"title": text, "team": team, "owner": owner, "ambition": "pilot", "next_gate": text}),
        )
        .must(201);
    }
}

fn hostile(world: &World) -> (Scene<'_>, Vec<Person>) {
    let admin = world.admin();
    world.post(&admin, "/v1/hackathons/import", file()).must(201);
    let scene = Scene::among(world);
    let people: Vec<Person> = (0..texts().len()).map(|n| world.known(&format!("p{n}@example.org"))).collect();
    life(&scene, &people);
    afterwards(&scene);
    (scene, people)
}

#[test]
fn w4_nothing_that_people_write_runs_in_a_browser() {
    assert_eq!(texts().len(), 100);
    let world = World::new(On::Sqlite);
    let (scene, people) = hostile(&world);
    let chrome = Chrome::open(&world);
    chrome.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": TRAP}));
    chrome.go("/sign-in");
    chrome.run("setTimeout(ran)");
    eventually("the trap springs", || (chrome.console().len() == 1).then_some(()));
    let harmless = |what: &str| {
        let mut said = chrome.console();
        // That a form was refused is no fault of the page.
        said.retain(|line| !line.contains("Failed to load resource"));
        assert_eq!(said, Vec::<String>::new(), "{what}");
        assert_eq!(chrome.text(WAITING), "", "{what}");
    };
    // Links with a token of their own are opened one by one below; what is no page by itself is not opened.
    let opens = |path: &str| {
        let is_part = ["/live", "/answer", "/file"].iter().any(|end| path.ends_with(end));
        (path.starts_with("/h/") || !path.contains('{')) && !is_part
    };
    let pages = PATHS.iter().filter(|(path, method)| *method == "get" && opens(path));
    let own = |path: &str| {
        let parts =
            [("{question}", "1"), ("{team}", "team1"), ("{unit}", "u1"), ("{topic}", "t1"), ("{channel}", "c1")];
        parts.into_iter().fold(path.to_owned(), |path, (part, name)| path.replace(part, name))
    };
    let pages: Vec<String> = pages.map(|(path, _)| filled(&own(path), &scene)).collect();
    for who in [scene.who("planner"), &people[1]] {
        chrome.sign_in(&world, who);
        for path in &pages {
            if crate::pages::browser::Browser::of(&world, who).get(path).status == 200 {
                chrome.go(path);
                harmless(path);
            }
        }
    }
    chrome.sign_in(&world, scene.who("planner"));
    for number in 1..=texts().len() {
        chrome.go(&format!("/h/h1/questions/{number}"));
        harmless("a question");
    }
    for some in texts().chunks(10) {
        let words = query(&some.join(" "));
        for path in [
            "/h/h1?q=",
            "/h/h1/questions?topic=x&state=x&q=",
            "/h/h1/questions?topic=",
            "/h/h1/ask?topic=x&title=",
            "/h/h1/ask?body=",
        ] {
            chrome.go(&format!("{path}{words}"));
            harmless(path);
        }
    }
    // What comes in while somebody types is put into a page that is there.
    chrome.go("/h/h1");
    let all = json!(texts());
    let typed = format!(
        "Promise.all({all}.map(text => fetch('/h/h1/answer?q=' + encodeURIComponent(text)).then(reply => reply.text()).then(html => document.getElementById('answer').insertAdjacentHTML('beforeend', html))))"
    );
    chrome.wait(&format!("{typed}.then(() => document.querySelectorAll('.contact').length)"));
    chrome.sees("document.querySelectorAll('.contact').length >= 90");
    harmless("the answer while typing");
    // What would be brought in, and what is wrong with it.
    chrome.sign_in(&world, &world.person("admin"));
    let (mut other, mut broken) = (file(), file());
    other["hackathon"]["slug"] = json!("h2");
    broken["topics"] = json!(texts().iter().map(|text| json!({"slug": text, (*text): text})).collect::<Vec<_>>());
    for (file, told) in [(other, "This makes a new hackathon"), (broken, "There is a problem")] {
        chrome.go("/import");
        let fill = format!("document.getElementById('text').value = {}", json!(file.to_string()));
        chrome.run(&format!("{fill}; document.querySelector('main form button').click()"));
        chrome.sees(&format!("[...document.querySelectorAll('h2')].some(one => one.innerText === {})", json!(told)));
        harmless(told);
    }
    guests(&scene, &chrome, &harmless);
    files(&scene);
    mails(&world, &chrome);
}

/// What a guest sees behind their link, before they answered and after it.
fn guests(scene: &Scene, chrome: &Chrome, harmless: &dyn Fn(&str)) {
    for (n, text) in texts().into_iter().take(10).enumerate() {
        let guest = json!({"email": format!("guest{n}@example.com"), "name": text});
        let invited = scene.verb_with("planner", &(n + 1).to_string(), "guests", guest).must(201).json();
        let link = crate::questions::scene::text(&invited["link"]);
        let token = link.rsplit('/').next().expect("a token");
        chrome.go(&format!("/guest/{token}"));
        chrome.sees("document.querySelector('form textarea') !== null");
        harmless("a guest's page");
        let answer = scene.world.call("POST", &format!("/v1/guest/{token}/answers")).json(json!({"body": text}));
        answer.send().must(201);
        chrome.go(&format!("/guest/{token}"));
        harmless("a guest's page with their answer");
    }
}

/// What a program other than a browser opens is told to be that, and is nothing that a browser shows.
fn files(scene: &Scene) {
    for (path, kind) in [("matrix", "text/csv"), ("who-to-ask.ics", "text/calendar"), ("export", "application/yaml")] {
        let call = scene.world.call("GET", &format!("/v1/hackathons/h1/{path}")).by(scene.who("planner"));
        let reply = call.header("Accept", kind).send().must(200);
        assert!(reply.header("content-type").is_some_and(|said| said.starts_with(kind)), "{path}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
}

/// The mails as a mail program shows them that runs whatever it is given.
fn mails(world: &World, chrome: &Chrome) {
    for _ in 0..4 {
        world.later(chrono::TimeDelta::hours(2));
        telling::dispatched(world);
    }
    let letters = eventually("a mail", || Some(world.mailer.kept()).filter(|letters| letters.len() > 5));
    for letter in letters.iter().rev().take(20) {
        let page = telling::mails::parts(letter).pop().expect("a page");
        assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
        let address = format!("data:text/html;charset=utf-8;base64,{}", STANDARD.encode(&page));
        chrome.devtools("Page.navigate", json!({"url": address}));
        chrome.sees("location.protocol === 'data:' && document.readyState === 'complete'");
        assert_eq!(chrome.console(), Vec::<String>::new(), "{page}");
    }
}
