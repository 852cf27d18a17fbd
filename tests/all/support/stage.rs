//! A hackathon with one of everything in it and somebody in every role, and for each operation of the contract a request
//! that is right in itself: how it is answered is then about who may, and about nothing else.

mod afterwards;
mod organizing;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::contract::Operation;
use super::{Event, Joined, Person, Reply, World, text};

/// The roles that somebody has on every stage.
pub const CAST: [&str; 7] = ["participant", "mentor", "responder", "unit_lead", "organizer", "judge", "observer"];
/// An id that never was.
pub const NEVER: &str = "0190e2a0-0000-7000-8000-000000000000";
/// The password of [`World::keyholder`].
pub const PASSWORD: &str = "correct horse battery staple";

/// A hackathon with one of everything.
pub struct Stage<'w> {
    /// The hackathon.
    pub event: Event<'w>,
    /// By what the contract calls it in a path: the slug or number, where it has one, then the id.
    pub things: BTreeMap<&'static str, Vec<String>>,
    /// Somebody in each role.
    pub cast: BTreeMap<&'static str, Joined>,
}

impl<'w> Stage<'w> {
    /// Sets the stage. Everything on it is named after `slug`, so that nothing is called the same on two stages.
    pub fn set(world: &'w World, slug: &str) -> Stage<'w> {
        let event = Event::open(world, slug);
        let mut stage = Stage { event, things: BTreeMap::new(), cast: BTreeMap::new() };
        stage.people(slug);
        stage.consortium(slug);
        stage.matrix(slug);
        stage.around(slug);
        stage.questions();
        stage.judging();
        stage.organizing();
        stage.afterwards();
        stage
    }

    fn people(&mut self, slug: &str) {
        for role in CAST {
            let roles = if role == "unit_lead" { "responder" } else { role };
            let joined = match role {
                "organizer" => Joined { person: self.event.organizer.clone(), id: self.event.organizer_id() },
                _ => self.event.join(&format!("{slug}-{role}"), &[roles]),
            };
            self.cast.insert(role, joined);
        }
        for (name, role) in [("spare", "participant"), ("spare_mentor", "mentor")] {
            let id = self.event.join(&format!("{slug}-{name}"), &[role]).id;
            self.things.insert(name, vec![id]);
        }
        let id = |role: &str| vec![self.cast[role].id.clone()];
        let (member, mentor, lead) = (id("participant"), id("mentor"), id("unit_lead"));
        self.things.extend([("member", member), ("mentor", mentor), ("lead", lead)]);
    }

    fn consortium(&mut self, slug: &str) {
        let (organization, unit) = (format!("{slug}-acme"), format!("{slug}-acme-unit"));
        self.event.partner(&organization);
        self.event.team(&format!("{slug}-red"), &self.cast["participant"], &self.cast["mentor"]);
        let lead = json!({"lead": self.cast["unit_lead"].id});
        for path in [format!("organizations/{organization}"), format!("units/{unit}")] {
            self.event.world.patch(&self.event.organizer, &self.event.path(&path), lead.clone()).must(200);
        }
        self.keep("organization", &format!("organizations/{organization}"), "slug");
        self.keep("unit", &format!("units/{unit}"), "slug");
        self.keep("team", &format!("teams/{slug}-red"), "slug");
    }

    fn matrix(&mut self, slug: &str) {
        let unit = json!({"unit": format!("{slug}-acme-unit")});
        let desk = json!({"slug": format!("{slug}-desk"), "owner": unit, "kind": "email", "address": "desk@example.org",
            "hours": ["Mon-Fri 09:00-17:00"]});
        self.event.make("channels", desk);
        for topic in ["etl", "ml"] {
            let topic = format!("{slug}-{topic}");
            self.event.make("topics", json!({"slug": topic, "name": topic, "keywords": [topic]}));
            for role in ["accountable", "responsible"] {
                self.event.make("responsibilities", json!({"topic": topic, "holder": unit, "role": role}));
            }
        }
        self.keep("topic", &format!("topics/{slug}-etl"), "slug");
        self.keep("other_topic", &format!("topics/{slug}-ml"), "slug");
        self.keep("channel", &format!("channels/{slug}-desk"), "slug");
        let cell = self.event.read(&format!("responsibilities?topic={slug}-etl&role=accountable"));
        self.things.insert("responsibility", vec![text(&cell["items"][0]["id"])]);
        self.event.make("matrix/publish", json!({}));
    }

    fn around(&mut self, slug: &str) {
        let unit = json!({"unit": format!("{slug}-acme-unit")});
        let shift = json!({"owner": unit, "starts_at": "2024-11-09T09:00:00Z", "ends_at": "2024-11-09T12:00:00Z"});
        let shift = self.event.make("shifts", shift);
        let sprint = json!({"number": 1, "starts_on": "2024-11-04", "ends_on": "2024-11-08"});
        let sprint = self.event.make("sprints", sprint);
        let guest = json!({"email": format!("{slug}-guest@example.org"), "roles": ["judge"]});
        let guest = self.event.make("invitations", guest);
        let somebody = self.event.world.person(&format!("{slug}-somebody")).id.to_string();
        let brief = self.event.world.put(&self.event.organizer, &self.event.path("brief"), json!({"ambition": "poc"}));
        brief.must(201);
        let times = self.event.make("sla-policies", json!({"name": "N", "claim_within_seconds": 3600}));
        let steps = json!([{"after_seconds": 3600, "tell": "organizers"}]);
        let escalation = json!({"name": "N", "trigger": "unclaimed", "steps": steps});
        let escalation = self.event.make("escalation-policies", escalation);
        self.things.insert("sla_policy", vec![text(&times["id"])]);
        self.things.insert("escalation_policy", vec![text(&escalation["id"])]);
        self.things.insert("shift", vec![text(&shift["id"])]);
        self.things.insert("invitation", vec![text(&guest["id"])]);
        self.things.insert("user", vec![somebody]);
        self.things.insert("sprint", vec![sprint["number"].to_string(), text(&sprint["id"])]);
        self.things.extend([("a", vec!["1".into()]), ("b", vec!["1".into()])]);
    }

    /// A question that nobody has, another one that was answered, and a third that is offered to the team's
    /// mentors; a fourth teaches the router.
    fn questions(&mut self) {
        let (world, topic) = (self.event.world, self.name("topic").to_owned());
        let path = |rest: &str| self.event.path(&format!("questions{rest}"));
        let ask = |title: &str| {
            let asked =
                world.post(&self.cast["participant"].person, &path(""), json!({"title": title, "topic": topic}));
            text(&asked.must(201).json()["id"])
        };
        let (open, answered, offered) = (ask("Open?"), ask("Answered?"), ask("Offered?"));
        let lead = &self.cast["unit_lead"].person;
        let answer = world.post(lead, &path(&format!("/{answered}/answers")), json!({"body": "Yes."})).must(201).json();
        let mentors = json!({"to": {"role": "team_mentor"}, "reason": "Rather yours."});
        let offer = world.post(lead, &path(&format!("/{offered}/handoffs")), mentors).must(201).json();
        let guested = ask("For a guest?");
        let guest = json!({"email": format!("{}-expert@example.com", self.event.slug), "name": "N"});
        let guest = world.post(lead, &path(&format!("/{guested}/guests")), guest).must(201).json();
        let token = text(&guest["link"]).rsplit('/').next().unwrap_or_default().to_owned();
        self.things.extend([("guested_question", vec![guested]), ("guest_token", vec![token])]);
        self.things.insert("guest", vec![text(&guest["id"])]);
        self.things.extend([("question", vec![open]), ("other_question", vec![answered])]);
        // A fourth one turned out to be about another topic, which the router learnt.
        let moved = ask("Moved?");
        let patch = world.call("PATCH", &path(&format!("/{moved}"))).by(&self.event.organizer).header("If-Match", "*");
        patch.json(json!({"topic": self.name("other_topic")})).send().must(200);
        self.things.insert("lesson", vec![text(&self.event.read("lessons")["items"][0]["id"])]);
        self.things.extend([("answer", vec![text(&answer["id"])]), ("handoff", vec![text(&offer["id"])])]);
    }

    fn keep(&mut self, name: &'static str, path: &str, short: &str) {
        let found = self.event.read(path);
        self.things.insert(name, vec![text(&found[short]), text(&found["id"])]);
    }

    /// The names of a thing.
    #[track_caller]
    pub fn names(&self, thing: &str) -> &[String] {
        self.things.get(thing).unwrap_or_else(|| panic!("there is no {thing} on the stage"))
    }

    /// A thing by its first name.
    #[track_caller]
    pub fn name(&self, thing: &str) -> &str {
        &self.names(thing)[0]
    }

    /// The path of an operation on this stage, with this for each parameter.
    pub fn path_with(&self, operation: &Operation, of: impl Fn(&str) -> String) -> String {
        let mentors = operation.path.contains("/mentors/");
        let part = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some("hackathon") => self.event.slug.clone(),
            Some("member") if mentors => of("mentor"),
            Some(name) => of(name),
            None => part.to_owned(),
        };
        operation.path.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    /// The path of an operation on this stage.
    pub fn path(&self, operation: &Operation) -> String {
        self.path_with(operation, |name| match name {
            "token" if operation.path.starts_with("/v1/guest/") => self.name("guest_token").to_owned(),
            "question" if operation.path.ends_with("/{guest}") => self.name("guested_question").to_owned(),
            "session" | "token" => NEVER.to_owned(),
            "problem" => "stale".to_owned(),
            name => self.name(name).to_owned(),
        })
    }

    /// A body for an operation, with everything in it that names something of the hackathon. `n` keeps what is made apart.
    pub fn body(&self, operation: &str, n: usize) -> Option<Value> {
        let name = |thing: &str| self.name(thing).to_owned();
        let fresh = |what: &str| format!("{}-{what}-{n}", self.event.slug);
        let unit = json!({"unit": name("unit")});
        let (starts_at, ends_at) = ("2024-11-16T09:00:00Z", "2024-11-16T12:00:00Z");
        let body = match operation {
            "create_hackathon" => {
                json!({"slug": fresh("event"), "name": "N", "timezone": "Europe/London", "starts_on": "2024-11-04", "ends_on": "2024-11-29"})
            }
            "change_hackathon" => json!({"name": "N"}),
            "create_organization" => json!({"slug": fresh("organization"), "name": "N"}),
            "change_organization" => json!({"name": "N"}),
            "add_partner" => {
                json!({"organization": fresh("partner"), "name": "N", "function": "sponsor", "lead": name("lead")})
            }
            "change_partner" => json!({"function": "sponsor", "lead": name("lead")}),
            "create_unit" => {
                json!({"organization": name("organization"), "slug": fresh("unit"), "name": "N", "lead": name("lead")})
            }
            "change_unit" => json!({"organization": name("organization"), "lead": name("lead")}),
            "add_member" => {
                json!({"email": format!("{}@example.org", fresh("new")), "roles": ["judge"], "affiliation": unit})
            }
            "change_member" => json!({"affiliation": {"organization": name("organization")}}),
            "invite" => {
                json!({"email": format!("{}@example.org", fresh("guest")), "roles": ["judge"], "affiliation": unit})
            }
            "create_team" => json!({"slug": fresh("team"), "name": "N"}),
            "change_team" => json!({"name": "N"}),
            "add_team_member" => json!({"member": name("spare"), "function": "developer"}),
            "change_team_member" => json!({"function": "leader"}),
            "add_team_mentor" => json!({"member": name("spare_mentor")}),
            "create_sprint" => json!({"number": 2, "starts_on": "2024-11-11", "ends_on": "2024-11-12"}),
            "change_sprint" => json!({"goal": "G"}),
            "close_sprint" => json!({"summary": "S"}),
            "change_scope" => json!({"team": name("team"), "hours_planned": 12, "why": "W"}),
            "create_check_in" => self.check_in(self.name("team")),
            "change_check_in" => {
                json!({"progress_percent": 60, "blockers": [{"text": "B", "question": name("question")}]})
            }
            "create_absence" => json!({"starts_on": "2024-11-25", "ends_on": "2024-11-26"}),
            "change_absence" => json!({"reason": "R"}),
            "record_decision" => {
                let (topic, question) = (name("topic"), name("question"));
                json!({"team": name("team"), "title": "T", "context": "C", "topic": topic, "consulted": [unit], "questions": [question]})
            }
            "change_decision" => json!({"topic": name("topic"), "superseded_by": name("other_decision")}),
            "write_brief" => json!({"ambition": "pilot", "criteria": [{"name": "N", "weight": 1}]}),
            "acknowledge_brief" => json!({"version": 1}),
            "create_topic" => json!({"slug": fresh("topic"), "name": "N", "parent": name("topic")}),
            "change_topic" => json!({"parent": name("other_topic")}),
            "create_channel" => {
                json!({"slug": fresh("channel"), "owner": unit, "kind": "phone", "address": "+44 20 7946 0000"})
            }
            "change_channel" => json!({"owner": unit}),
            "create_shift" => {
                json!({"owner": unit, "channel": name("channel"), "starts_at": starts_at, "ends_at": ends_at})
            }
            "change_shift" => json!({"owner": unit, "channel": name("channel")}),
            "create_responsibility" => json!({"topic": name("other_topic"), "holder": unit, "role": "consulted"}),
            "ask_question" => json!({"title": "T", "topic": name("topic"), "team": name("team"), "visibility": "team"}),
            "change_question" => json!({"topic": name("other_topic")}),
            "change_lesson" => json!({"topic": name("topic")}),
            "create_sla_policy" => {
                json!({"name": "N", "scope": {"topic": name("other_topic")}, "claim_within_seconds": 60})
            }
            "change_sla_policy" => json!({"scope": unit}),
            "create_escalation_policy" => {
                let steps = json!([{"after_seconds": 60, "tell": "holder", "holder": unit}]);
                json!({"name": "N", "trigger": "unclaimed", "scope": {"topic": name("other_topic")}, "steps": steps})
            }
            "change_escalation_policy" => {
                json!({"scope": unit, "steps": [{"after_seconds": 60, "tell": "holder", "holder": unit}]})
            }
            "escalate_question" => json!({"tell": "holder", "holder": unit, "reason": "R"}),
            "reassign_question" => json!({"to": name("lead")}),
            "wait_for_asker" | "reopen_question" => json!({"comment": "C"}),
            "answer_question" | "comment_on_question" | "note_on_question" => json!({"body": "B"}),
            "answer_as_guest" | "comment_as_guest" | "change_debrief" => json!({"body": "B"}),
            "invite_guest" => {
                json!({"email": format!("{}@example.com", fresh("expert")), "name": "N", "organization": name("organization")})
            }
            "accept_answer" => json!({"answer": name("answer")}),
            "close_question" => json!({"resolution": "not_for_us"}),
            "merge_question" => json!({"of": name("other_question")}),
            "offer_handoff" => json!({"to": unit, "reason": "R"}),
            "decline_handoff" => json!({"reason": "R"}),
            "write_debrief" => json!({"about": {"team": name("team")}, "body": "B"}),
            "create_follow_up" => {
                json!({"title": "T", "team": name("team"), "owner": name("member"), "ambition": "poc"})
            }
            "change_follow_up" => json!({"team": name("team"), "owner": name("member")}),
            "check_follow_up" => json!({"days": 30, "outcome": "O"}),
            "change_judging" => json!({"submissions_due_at": null}),
            "create_criterion" => json!({"name": "N", "weight": 1}),
            "change_criterion" => json!({"weight": 2}),
            "submit" => json!({"team": name("team"), "title": "T"}),
            "change_submission" => json!({"title": "T"}),
            "declare_conflict" => json!({"team": name("team"), "judge": name("judge"), "reason": "R"}),
            "begin_score" => {
                json!({"submission": name("submission"), "points": [{"criterion": name("criterion"), "points": 1}]})
            }
            "change_score" => json!({"points": [{"criterion": name("criterion"), "points": 1}]}),
            "create_award" => {
                json!({"name": "N", "sponsor": name("organization"), "submission": name("submission")})
            }
            "change_award" => json!({"sponsor": name("organization"), "submission": name("submission")}),
            "log_in" => json!({"email": "keyholder@example.org", "password": PASSWORD}),
            "refresh" => json!({"refresh_token": self.event.world.person("keyholder").refresh}),
            "log_out" => json!({}),
            "read_notifications" => json!({}),
            "change_notification_preferences" => json!({"web": true}),
            "change_me" | "change_user" => json!({"locale": "en"}),
            "change_password" => json!({"current": "x", "new": "short"}),
            "make_token" => json!({"name": "N", "scopes": ["read"]}),
            "create_user" => json!({"email": format!("{}@example.org", fresh("user"))}),
            "accept_invitation" => json!({"token": "none"}),
            "import_hackathon" => self.file(),
            _ => return afterwards::webhook_body(operation),
        };
        Some(body)
    }

    /// The hackathon as a file.
    fn file(&self) -> Value {
        let call = self.event.world.call("GET", &self.event.path("export")).by(&self.event.organizer);
        call.header("Accept", "application/json").send().must(200).json()
    }

    /// Asks for an operation on this stage, as somebody or as nobody.
    pub fn ask(&self, operation: &Operation, path: &str, body: Option<Value>, by: Option<&Person>) -> Reply {
        let call = self.event.world.call(&operation.method, path).header("If-Match", "*");
        let call = if let Some(person) = by { call.by(person) } else { call };
        match body {
            Some(body) => call.json(body).send(),
            None => call.send(),
        }
    }

    /// Makes something that may be deleted, and gives its path. `None` where the operation deletes nothing.
    pub fn doomed(&self, operation: &Operation, n: usize) -> Option<String> {
        let made = match operation.id.as_str() {
            "remove_partner" => ("organizations", self.body("add_partner", n)),
            "delete_unit" => ("units", self.body("create_unit", n)),
            "remove_member" => ("members", self.body("add_member", n)),
            "delete_team" => ("teams", self.body("create_team", n)),
            "delete_sprint" => {
                ("sprints", Some(json!({"number": 3, "starts_on": "2024-11-25", "ends_on": "2024-11-26"})))
            }
            "delete_topic" => ("topics", self.body("create_topic", n)),
            "delete_channel" => ("channels", self.body("create_channel", n)),
            "delete_shift" => ("shifts", self.body("create_shift", n)),
            "delete_sla_policy" => {
                ("sla-policies", Some(json!({"name": "N", "scope": {"organization": self.name("organization")}})))
            }
            "delete_escalation_policy" => {
                let scope = json!({"organization": self.name("organization")});
                let policy = json!({"name": "N", "trigger": "unanswered", "scope": scope, "steps": []});
                ("escalation-policies", Some(policy))
            }
            "revoke_invitation" => ("invitations", self.body("invite", n)),
            "delete_responsibility" => (
                "responsibilities",
                Some(json!({"topic": self.name("topic"), "holder": {"unit": self.name("unit")}, "role": "informed"})),
            ),
            "delete_absence" => return Some(self.away()),
            "revoke_guest" => return Some(self.doomed_guest(n)),
            "delete_criterion" => ("criteria", self.body("create_criterion", n)),
            "delete_award" => ("awards", self.body("create_award", n)),
            "take_back_conflict" => {
                let submission = self.rival(n);
                let team = self.event.read(&format!("submissions/{submission}"))["team"]["slug"].clone();
                ("conflicts", Some(json!({"team": team, "judge": self.name("judge"), "reason": "R"})))
            }
            "delete_debrief" => ("debriefs", self.body("write_debrief", n)),
            "delete_follow_up" => ("follow-ups", self.body("create_follow_up", n)),
            "delete_webhook" => ("webhooks", self.body("create_webhook", n)),
            "drop_score" => {
                let score = self.make_as("judge", "scores", json!({"submission": self.rival(n)}));
                return Some(self.event.path(&format!("scores/{score}")));
            }
            "withdraw_submission" => {
                let team = self.fresh_team(n);
                let submission = self.make_as("organizer", "submissions", json!({"team": team, "title": "T"}));
                return Some(self.event.path(&format!("submissions/{submission}")));
            }
            "remove_team_member" => return Some(self.in_team("members", "participant", n)),
            "remove_team_mentor" => return Some(self.in_team("mentors", "mentor", n)),
            _ => return None,
        };
        let (list, body) = made;
        let world = self.event.world;
        let made = world.post(&self.event.organizer, &self.event.path(list), body.unwrap_or_default()).must(201);
        made.header("location").map(str::to_owned)
    }

    fn in_team(&self, list: &str, role: &str, n: usize) -> String {
        let member = self.event.join(&format!("{}-{list}-{n}", self.event.slug), &[role]).id;
        let path = format!("teams/{}/{list}", self.name("team"));
        let body = if list == "members" {
            json!({"member": member, "function": "developer"})
        } else {
            json!({"member": member})
        };
        self.event.make(&path, body);
        self.event.path(&format!("{path}/{member}"))
    }
}
