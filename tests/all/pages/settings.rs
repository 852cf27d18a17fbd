//! What organizers set up and keep in order, by forms.

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::Scene;
use crate::support::eventually;

/// The first address of a form on a page that begins so.
#[track_caller]
pub fn form<'p>(page: &'p str, beginning: &str) -> &'p str {
    let found = page.split("action=\"").find(|part| part.starts_with(beginning));
    found.unwrap_or_else(|| panic!("there is no form {beginning}")).split('"').next().unwrap()
}

on_both! {
    fn people_are_invited_changed_and_set_aside(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let place = "/h/h1/settings/people";
        let refused = planner.post(&format!("{place}/invite"), &[("email", "eve@example.org")]).must(422).text();
        assert!(refused.contains("href=\"#roles\""), "{refused}");
        let made = planner.post(&format!("{place}/invite"), &[("email", "eve@example.org"), ("role-mentor", "1"), ("belongs", "unit:operations")]).must(200).text();
        assert!(made.contains("/invitations/") && made.contains("eve@example.org"), "{made}");
        eventually("the letter", || world.mailer.kept().iter().any(|mail| mail.contains("eve@example.org")).then_some(()));
        let page = planner.page(place);
        let revoke = form(&page, "/h/h1/settings/people/invitations/");
        assert!(!planner.done(revoke, &[]).contains("eve@example.org"));
        let cleo = format!("{place}/{}", scene.member("cleo"));
        planner.done(&cleo, &[("role-participant", "1"), ("role-judge", "1"), ("profession", "data-science"), ("hours", "2.5")]);
        let seen = scene.get("planner", &format!("/v1/hackathons/h1/members/{}", scene.member("cleo"))).must(200).json();
        assert_eq!((&seen["profession"], &seen["weekly_hours"]), (&"data-science".into(), &2.5.into()));
        assert!(planner.post(&cleo, &[("role-judge", "1"), ("hours", "many")]).must(422).text().contains("Write hours as a number"));
        planner.done(&cleo, &[("role-participant", "1"), ("suspended", "1")]);
        Browser::of(world, scene.who("cleo")).get("/h/h1").must(404);
        let last = format!("{place}/{}", scene.member("planner"));
        planner.post(&last, &[("role-judge", "1")]).must(409);
        planner.post(&format!("{last}/remove"), &[]).must(409);
        assert!(!planner.done(&format!("{cleo}/remove"), &[]).contains("cleo@example.org"));
    }

    fn whoever_a_topic_lies_with_does_not_go_unnoticed(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let body = serde_json::json!({"slug": "licences", "name": "Licences"});
        scene.post("planner", "/v1/hackathons/h1/topics", body).must(201);
        let dev1 = scene.member("dev1");
        for role in ["responsible", "accountable"] {
            let body = serde_json::json!({"topic": "licences", "holder": {"member": dev1}, "role": role});
            scene.post("planner", "/v1/hackathons/h1/responsibilities", body).must(201);
        }
        let place = format!("/h/h1/settings/people/{dev1}");
        for (path, fields) in [(place.clone(), vec![("role-responder", "1"), ("suspended", "1")]), (format!("{place}/remove"), vec![])] {
            let refused = planner.post(&path, &fields).must(409).text();
            assert!(refused.contains("would lose their accountable") && refused.contains("licences"), "{refused}");
        }
    }

    fn policies_are_added_and_removed(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let place = "/h/h1/settings/policies";
        assert!(planner.page(place).contains("claimed within 1 hour"), "what is built in is shown");
        let page = planner.done(&format!("{place}/promises"), &[("name", "Pipelines"), ("scope", "topic:etl"), ("claim", "0.5"), ("first_response", "2")]);
        assert!(page.contains("Pipelines") && page.contains("claimed within 30 minutes") && page.contains("answered within 2 hours"), "{page}");
        assert!(planner.post(&format!("{place}/promises"), &[("name", "X"), ("claim", "soon")]).must(422).text().contains("href=\"#claim\""));
        let steps = [("name", "Nobody"), ("trigger", "unclaimed"), ("scope", "unit:development"), ("after_1", "1"), ("tell_1", "holder_lead"), ("after_2", "3"), ("tell_2", "organizers")];
        let page = planner.done(&format!("{place}/escalations"), &steps);
        assert!(page.contains("after 1 hour: who leads the holder") && page.contains("after 3 hours: the organizers"), "{page}");
        let page = planner.done(form(&page, "/h/h1/settings/policies/promises/"), &[]);
        let page = planner.done(form(&page, "/h/h1/settings/policies/escalations/"), &[]);
        assert!(!page.contains("Pipelines</span>") && !page.contains("Nobody</span>"), "{page}");
    }

    fn lessons_are_corrected_and_forgotten(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let place = "/h/h1/settings/lessons";
        assert!(planner.page(place).contains("Nothing yet."));
        let question = scene.on_etl();
        scene.edit("dev1", &question, serde_json::json!({"topic": "packages"})).must(200);
        let page = planner.page(place);
        assert!(page.contains("moved to this topic") && page.contains("value=\"packages\" selected"), "{page}");
        let lesson = form(&page, "/h/h1/settings/lessons/");
        let page = planner.done(lesson, &[("topic", "data")]);
        assert!(page.contains("an organizer said so") && page.contains("value=\"data\" selected"), "{page}");
        assert!(planner.done(lesson, &[("forgotten", "true")]).contains("Learn it again"));
        assert!(planner.done(lesson, &[("forgotten", "false")]).contains(">Forget<"));
    }
}
