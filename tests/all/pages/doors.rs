//! Every page at every role: who is shown it, who is turned away, and to whom it does not exist.

use std::collections::BTreeSet;

use signpost::pages::PATHS;

use super::browser::Browser;
use super::guard::filled;
use crate::on_both;
use crate::questions::scene::Scene;

const ROLES: [&str; 6] = ["planner", "mentor1", "dev1", "ada", "judge", "watcher"];

/// The status of a GET for the organizer, a mentor, a responder, a participant, a judge, an observer, and somebody who
/// takes no part.
const TABLE: &[(&str, [u16; 7])] = &[
    ("/", [303, 303, 303, 303, 303, 303, 200]),
    ("/sign-in", [200; 7]),
    ("/setup/done", [200; 7]),
    ("/setup/{token}", [404; 7]),
    ("/unsubscribe/{token}", [404; 7]),
    ("/forgotten", [200; 7]),
    ("/forgotten/{token}", [404; 7]),
    ("/invitations/{token}", [404; 7]),
    ("/me", [200; 7]),
    ("/me/notifications", [200; 7]),
    ("/guest/{token}", [404; 7]),
    ("/docs", [200; 7]),
    ("/assets/{name}", [404; 7]),
    ("/import", [200; 7]),
    ("/h/{hackathon}", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/answer", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/live", [200, 200, 200, 200, 200, 403, 404]),
    ("/h/{hackathon}/start", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/ask", [200, 200, 200, 200, 403, 403, 404]),
    ("/h/{hackathon}/questions", [200, 200, 200, 200, 200, 403, 404]),
    ("/h/{hackathon}/queue", [200, 200, 200, 403, 403, 403, 404]),
    ("/h/{hackathon}/questions/{question}", [200, 200, 200, 200, 200, 404, 404]),
    ("/h/{hackathon}/matrix", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/matrix/draft", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/teams", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/teams/{team}", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/teams/add", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/teams/{team}/edit", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/teams/{team}/check-in", [200, 403, 403, 200, 403, 403, 404]),
    ("/h/{hackathon}/sprints", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/sprints/add", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/sprints/{sprint}", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/sprints/{sprint}/edit", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/sprints/{sprint}/close", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/capacity", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/decisions", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/decisions/add", [200, 403, 403, 200, 403, 403, 404]),
    ("/h/{hackathon}/decisions/file", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/decisions/{decision}", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/decisions/{decision}/edit", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/decisions/{decision}/file", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/absences", [303, 303, 303, 303, 303, 303, 404]),
    ("/h/{hackathon}/people/{member}/absences", [200, 403, 403, 200, 403, 403, 404]),
    ("/h/{hackathon}/brief", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/brief/write", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/teams/{team}/submission", [200, 200, 403, 200, 200, 403, 404]),
    ("/h/{hackathon}/judging", [200, 403, 403, 403, 200, 403, 404]),
    ("/h/{hackathon}/judging/criteria", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/judging/conflicts", [200, 403, 403, 403, 200, 403, 404]),
    ("/h/{hackathon}/judging/scores/{submission}", [200, 403, 404, 403, 200, 404, 404]),
    ("/h/{hackathon}/judging/results", [200, 403, 403, 403, 200, 403, 404]),
    ("/h/{hackathon}/judging/changes", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/after", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/after/debriefs", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/after/debriefs/new", [200, 200, 200, 200, 200, 403, 404]),
    ("/h/{hackathon}/after/debriefs/{debrief}", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/after/follow-ups", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/after/follow-ups/new", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/after/follow-ups/{follow_up}", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/settings/people/import", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/people", [200, 200, 200, 200, 200, 200, 404]),
    ("/h/{hackathon}/report", [200, 200, 200, 200, 403, 200, 404]),
    ("/h/{hackathon}/report/file", [200, 200, 200, 200, 403, 200, 404]),
    ("/h/{hackathon}/settings", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/people", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/channels", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/channels/{channel}", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/shifts", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/shifts/{shift}", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/organizations", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/organizations/{organization}", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/units/{unit}", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/topics", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/topics/{topic}", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/hackathon", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/hackathon/file", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/hackathon/archive/file", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/policies", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/lessons", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/webhooks", [200, 403, 403, 403, 403, 403, 404]),
    ("/h/{hackathon}/settings/webhooks/{webhook}", [200, 403, 403, 403, 403, 403, 404]),
];

/// Pages that anybody is shown.
const OPEN: [&str; 10] = [
    "/sign-in",
    "/setup/done",
    "/setup/{token}",
    "/unsubscribe/{token}",
    "/guest/{token}",
    "/forgotten",
    "/forgotten/{token}",
    "/invitations/{token}",
    "/docs",
    "/assets/{name}",
];

#[test]
fn a1_every_page_has_its_row() {
    let gets: BTreeSet<&str> = PATHS.iter().filter(|(_, method)| *method == "get").map(|(path, _)| *path).collect();
    let rows: BTreeSet<&str> = TABLE.iter().map(|(path, _)| *path).collect();
    assert_eq!(gets, rows);
}

on_both! {
    fn a1_who_is_shown_which_page(world) {
        let scene = Scene::open(world);
        let stranger = world.person("stranger");
        let people = ROLES.iter().map(|name| scene.who(name)).chain([&stranger]);
        let browsers: Vec<Browser> = people.map(|person| Browser::of(world, person)).collect();
        for (path, statuses) in TABLE {
            let place = filled(path, &scene);
            for (browser, (status, who)) in browsers.iter().zip(statuses.iter().zip(ROLES.iter().chain(&["stranger"]))) {
                let reply = browser.get(&place);
                assert_eq!(reply.status, *status, "{place} as {who}");
                let text = reply.text();
                let whole = reply.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
                // What is taken away, and the stream.
                let no_page = *status == 200 && (path.ends_with("/file") || path.ends_with("/live"));
                assert!(*status == 303 || no_page || whole, "{place} as {who} is a page");
                assert!(!text.contains("\"request_id\""), "{place} as {who} is no JSON");
            }
        }
    }

    fn a1_nobody_is_shown_what_is_for_members(world) {
        let scene = Scene::open(world);
        let nobody = Browser::new(world);
        for (path, _) in TABLE.iter().filter(|(path, _)| !OPEN.contains(path)) {
            let place = filled(path, &scene);
            let sent_on = nobody.get(&place).must(303);
            assert!(sent_on.header("location").is_some_and(|to| to.starts_with("/sign-in")), "{place}");
        }
        for (path, method) in PATHS.iter().filter(|(path, method)| *method == "post" && path.starts_with("/h/")) {
            let reply = nobody.post(&filled(path, &scene), &[]);
            assert_eq!((reply.status, reply.header("location")), (303, Some("/sign-in")), "{method} {path}");
        }
    }

    fn a1_no_form_does_what_a_role_may_not(world) {
        let scene = Scene::open(world);
        let forms = PATHS.iter().filter(|(path, method)| *method == "post" && path.starts_with("/h/"));
        let forms: Vec<String> = forms.map(|(path, _)| filled(path, &scene)).collect();
        let watcher = Browser::of(world, scene.who("watcher"));
        let stranger = Browser::of(world, &world.person("stranger"));
        for form in &forms {
            for browser in [&watcher, &stranger] {
                let status = browser.post(form, &[("body", "x"), ("title", "x"), ("reason", "x"), ("to", "role:organizer"), ("resolution", "expired")]).status;
                assert!([403, 404].contains(&status), "{form} {status}");
            }
        }
    }

    fn a_page_that_is_not_there_is_a_page(world) {
        let scene = Scene::open(world);
        let ada = Browser::of(world, scene.who("ada"));
        for path in ["/nothing", "/h/none", "/h/h1/nothing", "/h/h1/questions/999", "/h/h1/teams/none"] {
            let text = ada.get(path).must(404).text();
            assert!(text.contains("<h1>Page not found</h1>"), "{path}: {text}");
        }
        assert_eq!(ada.get("/v1/nothing").must(404).header("content-type"), Some("application/problem+json"));
        assert_eq!(world.call("GET", "/nothing").send().must(404).header("content-type"), Some("application/problem+json"));
        assert!(ada.post("/h/h1", &[]).must(405).text().contains("<h1>"));
    }
}
