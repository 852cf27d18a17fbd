//! Each thing that can be done to a question, done by its form.

use serde_json::json;

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::{Scene, id};
use crate::support::World;

/// Everybody's browser.
struct Room<'w> {
    scene: Scene<'w>,
    world: &'w World,
}

impl<'w> Room<'w> {
    fn open(world: &'w World) -> Room<'w> {
        Room { scene: Scene::open(world), world }
    }

    fn browser(&self, name: &str) -> Browser<'w> {
        Browser::of(self.world, self.scene.who(name))
    }

    /// A question of team red on pipelines, which lies with the development team.
    fn question(&self) -> String {
        format!("/h/h1/questions/{}", self.scene.on_etl())
    }
}

on_both! {
    fn a_question_is_asked_with_one_press(world) {
        let room = Room::open(world);
        let ada = room.browser("ada");
        let found = ada.page("/h/h1?q=how+do+I+schedule+a+pipeline+transform");
        assert!(found.contains("<h2>Development team</h2>") && found.contains("Responsible for ETL pipelines"), "{found}");
        assert!(found.contains("On duty until 16:00 GMT") && found.contains("https://meet.example.org/clinic"), "{found}");
        assert!(found.contains("action=\"/h/h1/ask\"") && found.contains("name=\"topic\" value=\"etl\""), "{found}");
        let page = ada.done("/h/h1/ask", &[("title", "how do I schedule a pipeline transform"), ("topic", "etl")]);
        assert!(page.contains("<h1>how do I schedule a pipeline transform</h1>"), "{page}");
        assert!(page.contains("It lies with Development team"), "{page}");
    }

    fn a_question_is_asked_with_details_and_answers_are_kept(world) {
        let room = Room::open(world);
        let ada = room.browser("ada");
        let form = ada.page("/h/h1/ask?title=Which+model%3F&topic=modelling");
        assert!(form.contains("value=\"Which model?\"") && form.contains("value=\"modelling\" selected"), "{form}");
        let refused = ada.post("/h/h1/ask", &[("title", " "), ("body", "I tried it."), ("visibility", "team")]).must(422).text();
        assert!(refused.contains("<title>Error: ") && refused.contains("<a href=\"#title\">"), "{refused}");
        assert!(refused.contains("I tried it.") && refused.contains("value=\"team\" checked"), "{refused}");
        let page = ada.done("/h/h1/ask", &[("title", "Which model?"), ("body", "I tried `x`."), ("visibility", "team")]);
        assert!(page.contains("I tried <code>x</code>.") && page.contains("Team only"), "{page}");
        let cleo = room.browser("cleo");
        assert!(!cleo.page("/h/h1/questions").contains("Which model?"));
    }

    fn a_question_goes_from_claim_to_acceptance(world) {
        let room = Room::open(world);
        let place = room.question();
        let (dev, ada) = (room.browser("dev1"), room.browser("ada"));
        assert!(dev.page("/h/h1/queue").contains("How do I schedule a pipeline?"));
        assert!(dev.done(&format!("{place}/claim"), &[]).contains("dev1 has it and answers next"));
        assert!(dev.page("/h/h1/queue").contains("In your hands"));
        let waits = dev.done(&format!("{place}/wait"), &[("comment", "Which schedule?")]);
        assert!(waits.contains("Which schedule?") && waits.contains("needs to know more"), "{waits}");
        assert!(ada.done(&format!("{place}/comment"), &[("body", "Daily.")]).contains("dev1 has it"), "a comment goes on");
        dev.done(&format!("{place}/wait"), &[("comment", "")]);
        assert!(ada.done(&format!("{place}/resume"), &[]).contains("dev1 has it"), "so does saying that one was heard");
        dev.done(&format!("{place}/note"), &[("body", "Ask operations.")]);
        assert!(!ada.page(&place).contains("Ask operations."), "a note is internal");
        assert!(room.browser("mentor1").page(&place).contains("Ask operations."));
        let answered = dev.done(&format!("{place}/answer"), &[("body", "Open the scheduler.")]);
        assert!(answered.contains("Open the scheduler.") && answered.contains("tag answered"), "{answered}");
        let page = ada.page(&place);
        let answer = page.split("name=\"answer\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a button");
        let accepted = ada.done(&format!("{place}/accept"), &[("answer", answer)]);
        assert!(accepted.contains("Accepted") && accepted.contains("Closed: answered"), "{accepted}");
        assert!(ada.done(&format!("{place}/reopen"), &[("comment", "It fails.")]).contains("It fails."));
    }

    fn a_question_is_released_taken_over_and_given_to_somebody(world) {
        let room = Room::open(world);
        let place = room.question();
        let (dev, chief, planner) = (room.browser("dev1"), room.browser("chief"), room.browser("planner"));
        dev.done(&format!("{place}/claim"), &[]);
        assert!(dev.done(&format!("{place}/release"), &[]).contains("Somebody there takes it next"));
        dev.done(&format!("{place}/claim"), &[]);
        assert!(chief.done(&format!("{place}/take-over"), &[]).contains("chief has it"));
        let member = room.scene.member("dev2");
        assert!(planner.page(&place).contains(&format!("value=\"{member}\"")));
        assert!(planner.done(&format!("{place}/reassign"), &[("to", &member)]).contains("dev2 has it"));
        let refused = planner.post(&format!("{place}/reassign"), &[("to", "")]).must(422).text();
        assert!(refused.contains("<a href=\"#assignee\">"), "{refused}");
        let late = room.browser("dev1").post(&format!("{place}/claim"), &[]).must(409).text();
        assert!(late.contains("dev2 has claimed this question") && late.contains("id=\"problem\""), "{late}");
    }

    fn a_question_is_handed_off_with_two_presses_and_a_reason(world) {
        let room = Room::open(world);
        let place = room.question();
        let (dev, ops, ada) = (room.browser("dev1"), room.browser("ops1"), room.browser("ada"));
        dev.done(&format!("{place}/claim"), &[]);
        let refused = dev.post(&format!("{place}/hand-off"), &[("to", "unit:operations"), ("reason", " "), ("note", "kept")]).must(422).text();
        assert!(refused.contains("<a href=\"#reason\">") && refused.contains("<p class=\"fault\" id=\"reason-fault\">"), "{refused}");
        assert!(refused.contains("value=\"unit:operations\" selected"), "{refused}");
        assert!(refused.contains("value=\"kept\""), "{refused}");
        let offer = |to: &str| dev.done(&format!("{place}/hand-off"), &[("to", to), ("reason", "It is a matter of quotas.")]);
        assert!(offer("unit:operations").contains("Offered to Operations team"));
        assert!(ops.page("/h/h1/queue").contains("Offered to you"));
        let seen = ops.page(&place);
        let handoff = seen.split("/offers/").nth(1).and_then(|rest| rest.split('/').next()).expect("an offer").to_owned();
        ops.post(&format!("{place}/offers/{handoff}/decline"), &[("reason", "")]).must(422);
        assert_eq!(ops.post(&format!("{place}/offers/{handoff}/decline"), &[("reason", "Not ours.")]).must(303).header("location"), Some("/h/h1/queue"));
        offer("unit:operations");
        let seen = ops.page(&place);
        let handoff = seen.split("/offers/").nth(1).and_then(|rest| rest.split('/').next()).expect("an offer").to_owned();
        dev.done(&format!("{place}/offers/{handoff}/withdraw"), &[]);
        offer("unit:operations");
        let seen = ops.page(&place);
        let handoff = seen.split("/offers/").nth(1).and_then(|rest| rest.split('/').next()).expect("an offer").to_owned();
        let taken = ops.done(&format!("{place}/offers/{handoff}/accept"), &[]);
        assert!(taken.contains("It lies with Operations team"), "{taken}");
        let way = ada.page(&place);
        assert!(way.contains("Handed on: It is a matter of quotas.") && way.contains("Responsible for the topic"), "{way}");
    }

    fn a_question_is_edited_merged_closed_withdrawn_and_followed(world) {
        let room = Room::open(world);
        let (place, other) = (room.question(), room.question());
        let (dev, ada, bob) = (room.browser("dev1"), room.browser("ada"), room.browser("cleo"));
        let edited = ada.done(&format!("{place}/edit"), &[("title", "Another title"), ("body", "More."), ("topic", "packages"), ("visibility", "hackathon")]);
        assert!(edited.contains("<h1>Another title</h1>") && edited.contains("It lies with Operations team"), "{edited}");
        assert!(bob.done(&format!("{place}/follow"), &[]).contains("Stop following"));
        assert!(bob.done(&format!("{place}/unfollow"), &[]).contains("I want to know too"));
        let number = room.scene.see("planner", place.rsplit('/').next().unwrap())["number"].to_string();
        let merged = dev.done(&format!("{other}/duplicate"), &[("of", &format!("#{number}"))]);
        assert!(merged.contains("Closed: duplicate") && merged.contains(&format!("/h/h1/questions/{number}\"")), "{merged}");
        let refused = room.browser("ops1").post(&format!("{place}/close"), &[("comment", "x")]).must(422).text();
        assert!(refused.contains("<a href=\"#resolution\">"), "{refused}");
        let closed = room.browser("ops1").done(&format!("{place}/close"), &[("resolution", "not_for_us"), ("comment", "Ask your bank.")]);
        assert!(closed.contains("Closed: not for this event") && closed.contains("Ask your bank."), "{closed}");
        let third = room.question();
        let planner = room.browser("planner");
        assert!(planner.post(&format!("{third}/escalate"), &[("tell", "organizers")]).must(422).text().contains("<a href=\"#escalation-reason\">"));
        planner.done(&format!("{third}/escalate"), &[("tell", "organizers"), ("reason", "It waits since noon.")]);
        assert!(ada.done(&format!("{third}/withdraw"), &[]).contains("Closed: withdrawn"));
    }

    fn the_draft_of_the_matrix_is_changed_and_published(world) {
        let room = Room::open(world);
        let planner = room.browser("planner");
        let draft = planner.page("/h/h1/matrix/draft");
        assert!(draft.contains("The draft is what is in force."), "{draft}");
        let add = |fields: &[(&str, &str)]| planner.post("/h/h1/matrix/draft/add", fields);
        add(&[("topic", "etl"), ("role", "responsible"), ("holder", "unit:operations")]).must(303);
        let changed = planner.page("/h/h1/matrix/draft");
        assert!(changed.contains("ETL pipelines: Operations team, Responsible") && changed.contains("Publish the changes"), "{changed}");
        let twice = add(&[("topic", "etl"), ("role", "responsible"), ("holder", "unit:operations")]).must(409).text();
        assert!(twice.contains("has this role in this topic already"), "{twice}");
        planner.post("/h/h1/matrix/publish", &[]).must(303);
        assert!(planner.page("/h/h1/matrix").contains("Version 2"));
        let cells = room.scene.get("planner", "/v1/hackathons/h1/responsibilities?topic=packages&role=responsible").json();
        let cell = id(&cells["items"][0]);
        planner.post(&format!("/h/h1/matrix/draft/{cell}/remove"), &[]).must(303);
        let found = planner.page("/h/h1/matrix/draft");
        assert!(found.contains("Error</strong>") || found.contains("class=\"error\""), "{found}");
        let version = room.scene.get("planner", "/v1/hackathons/h1/matrix").json()["version"].clone();
        assert_eq!(version, json!(2), "what is not published does not count");
    }

    fn a_brief_is_read_and_what_changed_is_marked(world) {
        let room = Room::open(world);
        let (ada, bob) = (room.browser("ada"), room.browser("bob"));
        assert!(ada.page("/h/h1/brief").contains("There is no brief yet"));
        let brief = |summary: &str| {
            let body = json!({"ambition": "pilot", "summary": {"en": summary}, "criteria": [{"name": {"en": "Value"}, "weight": 40}]});
            room.world.put(room.scene.who("planner"), "/v1/hackathons/h1/brief", body)
        };
        brief("First words.").must(201);
        assert!(ada.page("/h/h1/brief").contains("We have read this"));
        assert!(ada.done("/h/h1/brief/read", &[("number", "1")]).contains("have read this version"));
        assert!(bob.page("/h/h1/brief").contains("have read this version"), "one of a team reads for all of it");
        brief("Second words.").must(200);
        let changed = ada.page("/h/h1/brief");
        assert!(changed.contains("Second words.") && changed.contains("<span class=\"tag waiting\">Changed</span>"), "{changed}");
    }

    fn an_administrator_brings_a_hackathon_in(world) {
        let admin = Browser::of(world, &world.admin());
        assert!(admin.page("/").contains("href=\"/import\""));
        let broken = admin.post("/import", &[("text", "signpost: 1\nhackathon: { slug: X }\n")]).must(422).text();
        assert!(broken.contains("<code>hackathon") && broken.contains("<td>2</td>"), "{broken}");
        let file = std::fs::read_to_string("examples/fdp-monthly.yaml").unwrap();
        assert!(admin.post("/import", &[("text", &file)]).must(200).text().contains("This makes a new hackathon"));
        let made = admin.post("/import", &[("text", &file), ("really", "yes")]).must(303);
        assert_eq!(made.header("location"), Some("/h/fdp-monthly/start"));
        let planner = Browser::of(world, &world.known("planner@example.org"));
        assert!(planner.page("/h/fdp-monthly/start").contains("Publish the responsibilities"));
        let no = Browser::of(world, &world.person("ada")).post("/import", &[("text", &file)]).must(403).text();
        assert!(no.contains("Only a server administrator makes a hackathon"), "{no}");
    }

    fn somebody_without_an_account_is_asked_and_their_link_taken_back(world) {
        let room = Room::open(world);
        let place = room.question();
        let dev = room.browser("dev1");
        let guests = format!("{place}/guests");
        let refused = dev.post(&guests, &[("name", "Dr. Han"), ("email", "nowhere")]).must(422).text();
        assert!(refused.contains("<a href=\"#guest-email\">") && refused.contains("value=\"Dr. Han\""), "{refused}");
        let nothing = dev.post(&guests, &[]).must(422).text();
        assert!(nothing.contains("<a href=\"#guest-email\">") && nothing.contains("<a href=\"#guest-name\">"), "{nothing}");
        let han = [("name", "Dr. Han"), ("email", "han@clinic.example"), ("organization", "trust")];
        let shown = dev.post(&guests, &han).must(200).text();
        assert!(shown.contains("It goes to them by mail. It is shown here this once."), "{shown}");
        let link = shown.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next()).expect("a link").to_owned();
        let path = link.strip_prefix(&world.url).expect("a link to this server").to_owned();
        let again = dev.page(&place);
        assert!(again.contains("Dr. Han (Trust)") && again.contains("has not written yet"), "{again}");
        assert!(!again.contains(&path), "the link is shown once");
        assert!(!room.browser("ada").page(&place).contains("han@clinic.example"), "the asker is not told the address");
        let guest = Browser::new(world);
        guest.post(&format!("{path}/answer"), &[("body", "In the scheduler.")]).must(303);
        let answered = dev.page(&place);
        assert!(answered.contains("In the scheduler.") && answered.contains("has written"), "{answered}");
        let revoke = answered.split("/guests/").nth(1).and_then(|rest| rest.split('"').next()).expect("a button");
        let revoked = dev.done(&format!("{guests}/{revoke}"), &[]);
        assert!(revoked.contains("link taken back") && revoked.contains("In the scheduler."), "{revoked}");
        let over = guest.get(&path).must(404).text();
        assert!(!over.contains("In the scheduler."), "{over}");
        let member = dev.post(&guests, &[("name", "Bob"), ("email", "bob@example.org")]).must(409).text();
        assert!(member.contains("is a member of this hackathon already"), "{member}");
    }

    fn a_guest_is_asked_in_korean_too(world) {
        let room = Room::open(world);
        let place = room.question();
        let dev = room.browser("dev1").korean();
        let shown = dev.post(&format!("{place}/guests"), &[("name", "한 박사"), ("email", "han@clinic.example")]).must(200).text();
        assert!(shown.contains("초대 링크: 한 박사") && shown.contains("아직 글이 없음"), "{shown}");
        assert!(shown.contains("컨소시엄에 없는 곳"), "{shown}");
    }
}
