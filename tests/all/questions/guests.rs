//! Guests: one question for somebody without an account, through a link that shows nothing else.

use chrono::TimeDelta;
use serde_json::{Value, json};
use signpost::db::{Backend, Conn};
use signpost::question::{Author, PostKind, store};

use super::Scene;
use super::scene::{QUESTIONS, codes, fault, id, text};
use crate::on_both;
use crate::pages::browser::Browser;
use crate::support::{Ear, Reply, World, eventually};

/// What may never be known to a guest, or of one to those who answer nothing.
const PRIVATE: [&str; 6] = ["@example", "7946", "Secret doubts", "clinic", "planner", "Development"];

struct Link<'s, 'w> {
    scene: &'s Scene<'w>,
    question: String,
    id: String,
    token: String,
}

impl<'s, 'w> Link<'s, 'w> {
    /// dev1 invites Dr. Han of Trust to a question of ada's on pipelines.
    fn open(scene: &'s Scene<'w>) -> Link<'s, 'w> {
        Link::to(scene, scene.on_etl(), json!({}))
    }

    fn to(scene: &'s Scene<'w>, question: String, more: Value) -> Link<'s, 'w> {
        let mut body = json!({"email": "han@example.com", "name": "Dr. Han", "organization": "trust"});
        body.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
        let made = scene.verb_with("dev1", &question, "guests", body).must(201).json();
        let link = text(&made["link"]);
        let token =
            link.strip_prefix(&format!("{}/guest/", scene.world.url)).expect("a link to this server").to_owned();
        Link { scene, question, id: id(&made), token }
    }

    fn read(&self) -> Reply {
        self.scene.world.call("GET", &format!("/v1/guest/{}", self.token)).send()
    }

    fn say(&self, what: &str, body: &str) -> Reply {
        self.scene.world.call("POST", &format!("/v1/guest/{}/{what}", self.token)).json(json!({"body": body})).send()
    }

    fn listed(&self, who: &str) -> Value {
        let list = self.scene.get(who, &format!("{QUESTIONS}/{}/guests", self.question)).must(200).json();
        list["items"]
            .as_array()
            .expect("guests")
            .iter()
            .find(|one| one["id"] == json!(self.id))
            .expect("the guest")
            .clone()
    }

    fn revoke(&self, who: &str) -> Reply {
        self.scene.world.delete(self.scene.who(who), &format!("{QUESTIONS}/{}/guests/{}", self.question, self.id))
    }
}

/// All that lies in the database, as text.
fn everything(world: &World) -> String {
    match world.db.backend() {
        Backend::Sqlite(path) => {
            let log = path.with_file_name(format!("{}-wal", path.file_name().unwrap().to_string_lossy()));
            let bytes = [path, &log].map(|path| std::fs::read(path).unwrap_or_default()).concat();
            String::from_utf8_lossy(&bytes).into_owned()
        }
        Backend::Postgres(_) => world
            .db
            .read_now(|tx| {
                use diesel::prelude::*;
                #[derive(diesel::QueryableByName)]
                struct Text {
                    #[diesel(sql_type = diesel::sql_types::Text)]
                    text: String,
                }
                let Conn::Postgres(conn) = tx.conn() else { unreachable!("it is PostgreSQL") };
                let sql = "SELECT query_to_xml('TABLE ' || quote_ident(tablename), true, false, '')::text AS text FROM pg_tables WHERE schemaname = 'public'";
                let tables: Vec<Text> = diesel::sql_query(sql).load(conn)?;
                Ok(tables.into_iter().map(|table| table.text).collect())
            })
            .unwrap(),
    }
}

on_both! {
    fn a_guest_reads_one_question_and_answers_it(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        scene.verb_with("dev1", &link.question, "notes", json!({"body": "Secret doubts."})).must(201);
        scene.verb_with("ada", &link.question, "comments", json!({"body": "The nightly one."})).must(201);
        let seen = link.read().must(200).json();
        assert_eq!(seen["question"]["title"], "How do I schedule a pipeline?");
        assert_eq!((&seen["guest"]["name"], &seen["guest"]["organization"]["en"], &seen["invited_by"]), (&json!("Dr. Han"), &json!("Trust"), &json!("dev1")));
        assert_eq!(seen["posts"].as_array().map(Vec::len), Some(1), "no internal notes: {seen}");
        let answer = link.say("answers", "In the scheduler.").must(201).json();
        assert_eq!((&answer["kind"], &answer["own"], &answer["author"]["en"]), (&json!("answer"), &json!(true), &json!("Dr. Han (Trust)")));
        assert_eq!(link.read().must(200).json()["posts"][1]["body"], "In the scheduler.");
        scene.verb_with("ada", &link.question, "accept", json!({"answer": answer["id"]})).must(200);
        assert!(link.say("answers", "One more thing.").must(409).text().contains("closed by now"));
        link.say("comments", "Good luck.").must(201);
        assert_eq!(link.read().must(200).json()["posts"][1]["accepted"], true);
    }

    fn a5_a_guest_is_shown_nothing_else_of_the_hackathon(world) {
        let scene = Scene::open(world);
        let question = id(&scene.ask("ada", json!({"title": "Ours alone?", "topic": "etl", "visibility": "team"})));
        let link = Link::to(&scene, question, json!({}));
        scene.verb_with("dev1", &link.question, "notes", json!({"body": "Secret doubts."})).must(201);
        scene.offer("dev1", &link.question, json!({"unit": "operations"}));
        let refused = link.say("answers", " ").must(422);
        let page = Browser::new(world).page(&format!("/guest/{}", link.token));
        for shown in [link.read().must(200).text(), refused.text(), page] {
            let found: Vec<&str> = PRIVATE.into_iter().filter(|word| shown.contains(word)).collect();
            assert!(found.is_empty(), "{found:?} in {shown}");
        }
        let bearer = format!("Bearer {}", link.token);
        for path in ["/v1/me", "/v1/hackathons", QUESTIONS, "/v1/hackathons/h1/events", "/v1/hackathons/h1/members"] {
            world.call("GET", path).header("Authorization", &bearer).send().must(401);
        }
        for path in [format!("/unsubscribe/{}", link.token), format!("/setup/{}", link.token)] {
            world.call("GET", &path).send().must(404);
        }
        world.call("POST", "/v1/invitations/accept").json(json!({"token": link.token, "password": "correct horse battery"})).send().must(404);
        for method in ["PUT", "PATCH", "DELETE"] {
            world.call(method, &format!("/v1/guest/{}", link.token)).send().must(405);
        }
        link.say("notes", "x").must(404);
    }

    fn a5_a_guest_s_address_is_shown_to_those_alone_who_may_invite_one(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        link.say("answers", "So.").must(201);
        for who in ["planner", "mentor2", "dev2", "dev1"] {
            assert_eq!(link.listed(who)["email"], "han@example.com", "{who}");
        }
        for (who, status) in [("ada", 403), ("bob", 403), ("judge", 403), ("ops1", 403), ("watcher", 404)] {
            scene.get(who, &format!("{QUESTIONS}/{}/guests", link.question)).must(status);
            scene.verb_with(who, &link.question, "guests", json!({"email": "x@example.com", "name": "X"})).must(status);
            link.revoke(who).must(status);
        }
        for path in [String::new(), format!("/{}", link.question), format!("/{}/events", link.question)] {
            let seen = scene.get("ada", &format!("{QUESTIONS}{path}")).must(200).text();
            assert!(!seen.contains("han@example.com") && !seen.contains(&link.token), "{seen}");
        }
    }

    fn a_link_is_good_until_its_end_and_not_longer(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let link = Link::to(&scene, question.clone(), json!({"expires_in_seconds": 3600}));
        assert_eq!((&link.listed("dev1")["state"], &link.listed("dev1")["expires_at"]), (&json!("open"), &json!("2024-11-05T15:30:00Z")));
        world.later(TimeDelta::seconds(3599));
        link.read().must(200);
        world.later(TimeDelta::seconds(1));
        let over = link.read().must(404).json();
        let never = world.call("GET", "/v1/guest/never-was").send().must(404).json();
        assert_eq!((&over["title"], &over["detail"]), (&never["title"], &never["detail"]));
        link.say("answers", "Too late.").must(404);
        link.say("comments", "Too late.").must(404);
        let scene = scene.later(TimeDelta::zero());
        let list = scene.get("dev1", &format!("{QUESTIONS}/{question}/guests")).must(200).json();
        assert_eq!(list["items"][0]["state"], "expired");
        for (seconds, code) in [(59, "number.range"), (2_592_001, "number.range")] {
            let body = json!({"email": "x@example.com", "name": "X", "expires_in_seconds": seconds});
            assert_eq!(codes(scene.verb_with("dev1", &question, "guests", body)), fault("/expires_in_seconds", code));
        }
    }

    fn a_link_that_was_taken_back_is_good_no_more_and_what_was_said_stays(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        link.say("answers", "In the scheduler.").must(201);
        link.revoke("dev2").must(204);
        link.read().must(404);
        link.say("comments", "x").must(404);
        Browser::new(world).get(&format!("/guest/{}", link.token)).must(404);
        link.revoke("dev2").must(204);
        let listed = link.listed("dev1");
        assert_eq!((&listed["state"], &listed["used_at"]), (&json!("revoked"), &json!(crate::support::NOON)));
        assert_eq!(scene.see("ada", &link.question)["posts"][0]["guest"]["name"], "Dr. Han");
        assert_eq!(scene.kinds(&link.question), ["asked", "routed", "guest_invited", "answered", "guest_revoked"]);
    }

    fn one_address_has_one_link(world) {
        let scene = Scene::open(world);
        let first = Link::open(&scene);
        let second = Link::to(&scene, first.question.clone(), json!({"email": "HAN@example.com"}));
        first.read().must(404);
        second.read().must(200);
        assert_eq!((&first.listed("dev1")["state"], &second.listed("dev1")["state"]), (&json!("revoked"), &json!("open")));
    }

    fn a_member_is_no_guest(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let refused = scene.verb_with("dev1", &question, "guests", json!({"email": "ops1@example.org", "name": "Ops"})).must(409);
        assert!(refused.text().contains("ops1 has this address and is a member"), "{}", refused.text());
        let unknown = scene.verb_with("dev1", &question, "guests", json!({"email": "x@example.com", "name": "X", "organization": "nobody"}));
        assert_eq!(codes(unknown), fault("/organization", "organization.unknown"));
        scene.verb("ada", &question, "withdraw").must(200);
        scene.verb_with("dev1", &question, "guests", json!({"email": "x@example.com", "name": "X"})).must(409);
    }

    fn whoever_becomes_a_member_later_loses_nothing(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        link.say("comments", "First.").must(201);
        let member = json!({"email": "han@example.com", "roles": ["responder"], "affiliation": {"unit": "development"}});
        scene.post("planner", "/v1/hackathons/h1/members", member).must(201);
        link.say("answers", "Second.").must(201);
        let seen = scene.see("ada", &link.question);
        let said: Vec<(&Value, &Value)> = seen["posts"].as_array().expect("posts").iter().map(|post| (&post["body"], &post["guest"]["name"])).collect();
        assert_eq!(said, [(&json!("First."), &json!("Dr. Han")), (&json!("Second."), &json!("Dr. Han"))]);
    }

    fn an_answer_is_the_guest_s_and_their_organization_s_wherever_it_is_shown(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        let mut heard = Ear::open(world, scene.who("ada"), "h1", None);
        link.say("answers", "In the scheduler.").must(201);
        let seen = scene.see("ada", &link.question);
        let post = &seen["posts"][0];
        assert_eq!((&post["author"], &post["guest"]["name"], &post["guest"]["organization"]["slug"]), (&Value::Null, &json!("Dr. Han"), &json!("trust")));
        assert_eq!((&seen["state"], &seen["assignee"], &seen["answered_at"]), (&json!("answered"), &Value::Null, &json!(crate::support::NOON)));
        let actor = scene.events(&link.question).pop().expect("an event")["actor"].clone();
        assert_eq!((&actor["kind"], &actor["member"], &actor["guest"]["name"], &actor["guest"]["organization"]["name"]["en"]),
            (&json!("guest"), &Value::Null, &json!("Dr. Han"), &json!("Trust")));
        let told = heard.hear();
        assert_eq!((told.event.as_str(), &told.data["actor"], &told.data["guest"], &told.data["member"]), ("answered", &json!("guest"), &json!(link.id), &Value::Null));
        let notice = eventually("telling ada", || {
            let list = scene.get("ada", "/v1/me/notifications").must(200).json();
            list["items"].as_array()?.iter().find(|one| one["kind"] == "answered").cloned()
        });
        assert_eq!((&notice["reason"], &notice["text"]["en"]), (&json!("asker"), &json!("Dr. Han (Trust) answered it.")));
        let inviter = eventually("telling dev1", || {
            let list = scene.get("dev1", "/v1/me/notifications").must(200).json();
            list["items"].as_array()?.iter().find(|one| one["kind"] == "answered").cloned()
        });
        assert!(inviter["text"]["ko"].as_str().is_some_and(|text| text.contains("Dr. Han (Trust)")), "{inviter}");
        let page = Browser::of(world, scene.who("ada")).page(&format!("/h/h1/questions/{}", link.question));
        assert!(page.contains("<strong>Dr. Han (Trust)</strong>") && page.contains("A guest answered."), "{page}");
    }

    fn whoever_has_the_question_keeps_it_when_a_guest_answers(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        scene.verb("dev2", &link.question, "claim").must(200);
        scene.verb("dev2", &link.question, "wait").must(200);
        scene.offer("dev2", &link.question, json!({"unit": "operations"}));
        link.say("answers", "So.").must(201);
        let seen = scene.see("ada", &link.question);
        assert_eq!((&seen["state"], &seen["assignee"]["display_name"], &seen["handoff"]), (&json!("answered"), &json!("dev2"), &Value::Null));
        scene.verb_with("dev1", &link.question, "answers", json!({"body": "x"})).must(409);
        scene.verb_with("dev2", &link.question, "answers", json!({"body": "And more."})).must(201);
    }

    fn a_question_that_a_guest_answered_and_nobody_has_can_be_answered_or_opened_again(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        link.say("answers", "So.").must(201);
        assert!(scene.verb("dev1", &link.question, "claim").must(409).text().contains("answered by a guest"));
        let opened = scene.verb("ada", &link.question, "reopen").must(200).json();
        assert_eq!((&opened["state"], &opened["assignee"]), (&json!("open"), &Value::Null));
        link.say("answers", "Otherwise.").must(201);
        scene.verb_with("dev1", &link.question, "answers", json!({"body": "Or so."})).must(201);
        assert_eq!(scene.see("ada", &link.question)["assignee"]["display_name"], "dev1");
    }

    fn c4_a_guest_s_answer_that_is_sent_twice_is_said_once(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        let other = Link::to(&scene, scene.on_etl(), json!({"email": "other@example.com"}));
        let send = |link: &Link, body: &str| {
            let call = world.call("POST", &format!("/v1/guest/{}/answers", link.token)).header("Idempotency-Key", "k1");
            call.json(json!({"body": body})).send()
        };
        let (first, again) = (send(&link, "So.").must(201), send(&link, "So.").must(201));
        assert_eq!((first.json(), again.header("idempotency-replayed")), (again.json(), Some("true")));
        send(&link, "Otherwise.").must(422);
        send(&other, "So.").must(201);
        assert_eq!(scene.see("ada", &link.question)["posts"].as_array().map(Vec::len), Some(1));
        let call = || world.call("POST", &format!("{QUESTIONS}/{}/guests", link.question)).by(scene.who("dev1")).header("Idempotency-Key", "k2");
        let invite = || call().json(json!({"email": "third@example.com", "name": "X"})).send().must(201).json();
        let (made, repeated) = (invite(), invite());
        assert!(made["link"].is_string() && repeated["link"].is_null());
        assert_eq!(made["id"], repeated["id"]);
        link.revoke("dev1").must(204);
        send(&link, "So.").must(404);
    }

    fn the_token_lies_nowhere_in_the_database_as_it_is(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        let call = world.call("POST", &format!("/v1/guest/{}/answers", link.token)).header("Idempotency-Key", "k1");
        call.json(json!({"body": "In the scheduler."})).send().must(201);
        let all = everything(world);
        assert!(all.contains("In the scheduler.") && all.contains(&signpost::base::secret::digest(&link.token)));
        assert!(!all.contains(&link.token));
    }

    fn the_link_goes_out_by_mail_in_the_inviter_s_language(world) {
        let scene = Scene::open(world);
        let body = json!({"email": "han@example.com", "name": "한 박사"});
        let call = world.call("POST", &format!("{QUESTIONS}/{}/guests", scene.on_etl())).by(scene.who("dev1"));
        let made = call.header("Accept-Language", "ko").json(body).send().must(201).json();
        let letter = eventually("a letter", || world.mailer.kept().into_iter().find(|letter| letter.contains("han@example.com")));
        let parts = crate::telling::mails::parts(&letter);
        assert!(parts.len() == 2 && parts.iter().all(|part| part.contains(&text(&made["link"])) && part.contains("답변을 부탁드립니다")), "{parts:?}");
        assert!(parts[0].contains("How do I schedule a pipeline?") && parts[0].contains("2024-11-12 14:30 UTC"), "{}", parts[0]);
    }

    fn nothing_is_added_to_a_hackathon_that_has_ended(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        world.patch(scene.who("planner"), "/v1/hackathons/h1", json!({"ended": true})).must(200);
        link.read().must(200);
        link.say("answers", "x").must(409);
        let page = Browser::new(world).page(&format!("/guest/{}", link.token));
        assert!(page.contains("This hackathon has ended") && !page.contains("<textarea"), "{page}");
    }

    fn links_that_lead_nowhere_are_counted_and_good_ones_are_not(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        let statuses: Vec<u16> = (0..60).map(|n| world.call("GET", &format!("/v1/guest/none{n}")).send().status).collect();
        assert_eq!((statuses.first(), statuses.last()), (Some(&404), Some(&429)), "{statuses:?}");
        let refused = world.call("GET", "/v1/guest/none").send().must(429);
        assert!(refused.header("retry-after").is_some());
        link.read().must(200);
        link.say("answers", "So.").must(201);
    }

    fn c5_what_a_guest_said_is_in_the_history_that_the_question_follows_from(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        let question = signpost::base::Id::from_uuid(link.question.parse().expect("an id"));
        scene.verb("dev2", &link.question, "claim").must(200);
        link.say("comments", "One.").must(201);
        link.say("answers", "Two.").must(201);
        link.revoke("dev1").must(204);
        let (events, posts) = world.db.read_now(|tx| Ok((store::event::all(tx, question)?, store::post::all(tx, question)?))).expect("reads");
        let kept = crate::questions::model::kept(&scene, &link.question);
        assert_eq!(signpost::question::fold(&events), Some(kept.life));
        let said: Vec<(PostKind, bool)> = posts.iter().map(|post| (post.kind, matches!(post.author, Author::Guest(_)))).collect();
        assert_eq!(said, [(PostKind::Comment, true), (PostKind::Answer, true)]);
    }

    fn the_page_of_a_guest_needs_no_account_and_no_scripts(world) {
        let scene = Scene::open(world);
        let link = Link::open(&scene);
        let place = format!("/guest/{}", link.token);
        let browser = Browser::new(world);
        let first = browser.get(&place).must(200);
        assert_eq!((first.header("referrer-policy"), first.header("cache-control")), (Some("no-referrer"), Some("no-store")));
        let page = first.text();
        assert!(page.contains("<h1>How do I schedule a pipeline?</h1>") && page.contains("Dr. Han (Trust)"), "{page}");
        assert!(page.contains(&format!("action=\"{place}/answer\"")) && !page.contains("href=\"/h/"), "{page}");
        let refused = browser.post(&format!("{place}/answer"), &[("body", " ")]).must(422).text();
        assert!(refused.contains("<title>Error: ") && refused.contains("<a href=\"#body\">"), "{refused}");
        browser.post_with(&format!("{place}/answer"), &[("body", "x")], &[("Sec-Fetch-Site", "cross-site")]).must(403);
        assert!(browser.done(&format!("{place}/comment"), &[("body", "Which one?")]).contains("Which one?"));
        let answered = browser.done(&format!("{place}/answer"), &[("body", "In the `scheduler`.")]);
        assert!(answered.contains("In the <code>scheduler</code>.") && answered.contains("tag answered"), "{answered}");
        let korean = Browser::new(world).korean().page(&place);
        assert!(korean.contains("답변") && korean.contains("초대한 사람:"), "{korean}");
        link.revoke("dev1").must(204);
        let gone = browser.get(&place).must(404).text();
        assert!(gone.contains("<h1>This link leads nowhere</h1>"), "{gone}");
        assert_eq!(browser.post(&format!("{place}/answer"), &[("body", "x")]).status, 404);
    }
}
