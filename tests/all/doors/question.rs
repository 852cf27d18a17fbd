//! A question of their own for whoever may do something to one: what is done by one must not stand in another's way.

use serde_json::{Value, json};

use crate::support::stage::Stage;
use crate::support::{Person, text};

/// The path to knock at, and the body where it differs from the usual one, for an operation that `by` may do.
pub fn ready(stage: &Stage, operation: &str, by: &Person) -> Option<(String, Option<Value>)> {
    let scene = Scene { stage };
    let plain = |verb: &str| Some((scene.path(&scene.ask(), verb), None));
    match operation {
        "claim_question" => plain("claim"),
        "reassign_question" => plain("reassign"),
        "answer_question" => plain("answers"),
        "comment_on_question" => plain("comments"),
        "note_on_question" => plain("notes"),
        "close_question" => plain("close"),
        "withdraw_question" => plain("withdraw"),
        "merge_question" => plain("duplicates"),
        "release_question" => Some((scene.path(&scene.claimed(by), "release"), None)),
        "wait_for_asker" => Some((scene.path(&scene.claimed(by), "wait"), None)),
        "take_over_question" => Some((scene.path(&scene.claimed(scene.other_than(by)), "take-over"), None)),
        "resume_question" => Some((scene.path(&scene.waiting(by), "resume"), None)),
        "reopen_question" => Some((scene.path(&scene.withdrawn(), "reopen"), None)),
        "accept_answer" => {
            let question = scene.ask();
            let answer = scene.make("unit_lead", &scene.path(&question, "answers"), json!({"body": "So."}));
            Some((scene.path(&question, "accept"), Some(json!({"answer": answer["id"]}))))
        }
        "accept_handoff" => Some((scene.offer("accept"), None)),
        "decline_handoff" => Some((scene.offer("decline"), None)),
        "close_sprint" => Some((scene.sprint("close"), None)),
        "create_check_in" => Some((stage.event.path("sprints/1/check-ins"), Some(scene.crew(by)))),
        "withdraw_handoff" => Some((scene.offer("withdraw"), None)),
        _ => None,
    }
}

struct Scene<'a, 'w> {
    stage: &'a Stage<'w>,
}

impl<'a> Scene<'a, '_> {
    fn path(&self, question: &str, verb: &str) -> String {
        self.stage.event.path(&format!("questions/{question}/{verb}"))
    }

    fn person(&self, role: &str) -> &'a Person {
        &self.stage.cast[role].person
    }

    fn make(&self, role: &str, path: &str, body: Value) -> Value {
        self.stage.event.world.post(self.person(role), path, body).must(201).json()
    }

    fn happen(&self, by: &Person, question: &str, verb: &str) {
        self.stage.event.world.call("POST", &self.path(question, verb)).by(by).send().must(200);
    }

    fn ask(&self) -> String {
        let body = json!({"title": "Another?", "topic": self.stage.name("topic")});
        text(&self.make("participant", &self.stage.event.path("questions"), body)["id"])
    }

    fn claimed(&self, by: &Person) -> String {
        let question = self.ask();
        self.happen(by, &question, "claim");
        question
    }

    /// In the hands of whoever resumes it, or of the unit's lead where the asker does.
    fn waiting(&self, by: &Person) -> String {
        let asks = by.id == self.person("participant").id;
        let has = if asks { self.person("unit_lead") } else { by };
        let question = self.claimed(has);
        self.happen(has, &question, "wait");
        question
    }

    fn withdrawn(&self) -> String {
        let question = self.ask();
        self.happen(self.person("participant"), &question, "withdraw");
        question
    }

    /// A sprint that nobody needs.
    fn sprint(&self, verb: &str) -> String {
        let sprint = json!({"number": 9, "starts_on": "2024-11-28", "ends_on": "2024-11-29"});
        self.stage.event.make("sprints", sprint);
        self.stage.event.path(&format!("sprints/9/{verb}"))
    }

    /// The check-in of a team that has given none, with the participant in it.
    fn crew(&self, by: &Person) -> Value {
        let slug = format!("{}-crew-{}", self.stage.event.slug, by.id);
        let member = &self.stage.cast["participant"];
        self.stage.event.make("teams", json!({"slug": slug, "name": "Crew"}));
        let joins = json!({"member": member.id, "function": "developer"});
        self.stage.event.make(&format!("teams/{slug}/members"), joins);
        self.stage.check_in(&slug)
    }

    fn other_than(&self, by: &Person) -> &'a Person {
        let lead = self.person("unit_lead");
        if by.id == lead.id { self.person("organizer") } else { lead }
    }

    fn offer(&self, verb: &str) -> String {
        let body = json!({"to": {"role": "team_mentor"}, "reason": "Rather yours."});
        let offer = self.make("unit_lead", &self.path(&self.ask(), "handoffs"), body);
        self.stage.event.path(&format!("handoffs/{}/{verb}", text(&offer["id"])))
    }
}
