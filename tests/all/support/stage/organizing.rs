//! What stands on the stage of the organizers' days.

use serde_json::{Value, json};

use super::Stage;
use crate::support::text;

impl Stage<'_> {
    /// What organizers follow: a check-in of the team, and an absence of the participant.
    pub(super) fn organizing(&mut self) {
        let by = &self.cast["participant"];
        let post = |path: &str, body: Value| {
            let made = self.event.world.post(&by.person, &self.event.path(path), body).must(201);
            vec![text(&made.json()["id"])]
        };
        let check_in = post("sprints/1/check-ins", self.check_in(self.name("team")));
        let away = json!({"starts_on": "2024-11-18", "ends_on": "2024-11-20"});
        let absence = post(&format!("members/{}/absences", by.id), away);
        let team = self.name("team");
        let decision = |title: &str| json!({"team": team, "title": title, "context": "C"});
        let (one, two) = (post("decisions", decision("One")), post("decisions", decision("Two")));
        self.things.extend([("check_in", check_in), ("absence", absence)]);
        self.things.extend([("decision", one), ("other_decision", two)]);
    }

    /// A check-in that is right in itself.
    pub fn check_in(&self, team: &str) -> Value {
        let blockers = json!([{"text": "B", "question": self.name("question")}]);
        json!({"team": team, "progress_percent": 50, "hours_spent": 2.5, "confidence": 3, "summary": "S", "blockers": blockers})
    }

    /// An absence that can be taken back.
    pub(super) fn away(&self) -> String {
        let path = format!("members/{}/absences", self.cast["participant"].id);
        let made = self.event.make(&path, json!({"starts_on": "2024-11-25", "ends_on": "2024-11-26"}));
        self.event.path(&format!("{path}/{}", text(&made["id"])))
    }

    /// A guest who can be uninvited.
    pub(super) fn doomed_guest(&self, n: usize) -> String {
        let path = format!("questions/{}/guests", self.name("guested_question"));
        let made = self.event.make(&path, self.body("invite_guest", n).unwrap_or_default());
        self.event.path(&format!("{path}/{}", text(&made["id"])))
    }
}
