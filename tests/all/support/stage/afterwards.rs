//! What stands on the stage of the judging and of what comes after.

use serde_json::{Value, json};

use super::Stage;
use crate::support::{Person, eventually, text};

impl Stage<'_> {
    /// A criterion, a submission of the team, a judge's draft for it, a declared conflict with another team, and an award.
    pub(super) fn judging(&mut self) {
        self.things.insert("judge", vec![self.cast["judge"].id.clone()]);
        let criterion = self.event.make("criteria", json!({"name": "N", "weight": 1}));
        let submission = self.event.make("submissions", json!({"team": self.name("team"), "title": "T"}));
        let rival = format!("{}-rival", self.event.slug);
        self.event.make("teams", json!({"slug": rival, "name": "N"}));
        let conflict = json!({"team": rival, "judge": self.name("judge"), "reason": "R"});
        let conflict = self.event.make("conflicts", conflict);
        let award = self.event.make("awards", json!({"name": "N", "sponsor": self.name("organization")}));
        let [criterion, submission, conflict, award] =
            [criterion, submission, conflict, award].map(|made| text(&made["id"]));
        let draft = json!({"submission": submission, "points": [{"criterion": criterion, "points": 5}]});
        let score = self.make_as("judge", "scores", draft);
        self.things.extend([("criterion", vec![criterion]), ("submission", vec![submission])]);
        self.things.extend([("conflict", vec![conflict]), ("award", vec![award]), ("score", vec![score])]);
    }

    /// A debrief of the organizer that is shared, and a follow-up that the participant sees to.
    pub(super) fn afterwards(&mut self) {
        let debrief =
            self.event.make("debriefs", json!({"about": {"team": self.name("team")}, "body": "B", "shared": true}));
        let follow_up =
            self.event.make("follow-ups", json!({"title": "T", "owner": self.name("member"), "ambition": "poc"}));
        self.things.extend([("debrief", vec![text(&debrief["id"])]), ("follow_up", vec![text(&follow_up["id"])])]);
        self.webhook();
    }

    /// A webhook whose name leads nowhere, and a test that did not reach it.
    fn webhook(&mut self) {
        let new = json!({"name": "N", "url": "https://hooks.example.org/", "events": ["guest.revoked"]});
        let webhook = text(&self.event.make("webhooks", new)["id"]);
        let (world, path) = (self.event.world, self.event.path(&format!("webhooks/{webhook}")));
        world.post(&self.event.organizer, &format!("{path}/test"), json!({})).must(202);
        let log =
            || world.get(&self.event.organizer, &format!("{path}/deliveries")).must(200).json()["items"][0].clone();
        let failed = eventually("giving a test up", || Some(log()).filter(|test| test["state"] == "failed"));
        self.things.extend([("webhook", vec![webhook]), ("delivery", vec![text(&failed["id"])])]);
    }

    /// Makes something as somebody of the cast, and gives its id.
    pub fn make_as(&self, role: &str, list: &str, body: Value) -> String {
        text(&self.event.world.post(&self.cast[role].person, &self.event.path(list), body).must(201).json()["id"])
    }

    /// Somebody who may do an operation: an organizer, but for what only judges do.
    pub fn doer(&self, operation: &str) -> &Person {
        let is_scoring = ["begin_score", "change_score", "drop_score", "seal_score"].contains(&operation);
        if is_scoring { &self.cast["judge"].person } else { &self.event.organizer }
    }

    /// Another team with a submission of its own.
    pub fn rival(&self, n: usize) -> String {
        let slug = format!("{}-rival-{n}", self.event.slug);
        self.event.make("teams", json!({"slug": slug, "name": "N"}));
        self.make_as("organizer", "submissions", json!({"team": slug, "title": "T"}))
    }

    /// Another team in which the participant builds.
    pub fn fresh_team(&self, n: usize) -> String {
        let slug = format!("{}-team-{n}", self.event.slug);
        self.event.make("teams", json!({"slug": slug, "name": "N"}));
        let member = json!({"member": self.cast["participant"].id, "function": "developer"});
        self.event.make(&format!("teams/{slug}/members"), member);
        slug
    }
}

/// As [`Stage::body`], for webhooks. They name nothing of the hackathon.
pub fn webhook_body(operation: &str) -> Option<Value> {
    match operation {
        "create_webhook" => Some(json!({"name": "N", "url": "https://hooks.example.org/"})),
        "change_webhook" => Some(json!({"enabled": true})),
        _ => None,
    }
}
