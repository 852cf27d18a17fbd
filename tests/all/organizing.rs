//! The organizers' half: sprints as they go, capacity, decisions, the brief, and being reminded.

mod absences;
mod board;
mod briefs;
mod capacity;
mod check_ins;
mod decisions;
mod reminders;

use serde_json::{Value, json};

use crate::support::{Event, Joined, World};

/// A hackathon with two teams and two sprints, on the second day of the first.
struct Work<'w> {
    event: Event<'w>,
    ada: Joined,
    bob: Joined,
    cleo: Joined,
    mentor: Joined,
    responder: Joined,
}

impl<'w> Work<'w> {
    fn begin(world: &'w World) -> Work<'w> {
        let event = Event::open(world, "h1");
        let (ada, bob) = (event.join("ada", &["participant"]), event.join("bob", &["participant"]));
        let (cleo, mentor) = (event.join("cleo", &["participant"]), event.join("mentor", &["mentor"]));
        let (other, responder) = (event.join("other", &["mentor"]), event.join("responder", &["responder"]));
        event.team("red", &ada, &mentor);
        event.make("teams/red/members", json!({"member": bob.id, "function": "developer"}));
        event.team("blue", &cleo, &other);
        event.make("sprints", json!({"number": 1, "starts_on": "2024-11-04", "ends_on": "2024-11-08"}));
        event.make("sprints", json!({"number": 2, "starts_on": "2024-11-11", "ends_on": "2024-11-15"}));
        for (member, hours) in [(&ada, 7), (&bob, 14), (&cleo, 3)] {
            let path = event.path(&format!("members/{}", member.id));
            world.patch(&event.organizer, &path, json!({"weekly_hours": hours})).must(200);
        }
        Work { event, ada, bob, cleo, mentor, responder }
    }

    /// The same, so many days later: everybody has signed in again.
    fn later(mut self, days: i64) -> Work<'w> {
        let world = self.event.world;
        world.later(chrono::TimeDelta::days(days));
        self.event.organizer = world.person("h1-organizer");
        for (joined, name) in [
            (&mut self.ada, "ada"),
            (&mut self.bob, "bob"),
            (&mut self.cleo, "cleo"),
            (&mut self.mentor, "mentor"),
            (&mut self.responder, "responder"),
        ] {
            joined.person = world.person(name);
        }
        self
    }

    /// Checks in, and gives back the check-in.
    #[track_caller]
    fn check_in(&self, who: &Joined, sprint: i32, body: Value) -> Value {
        self.event
            .world
            .post(&who.person, &self.event.path(&format!("sprints/{sprint}/check-ins")), body)
            .must(201)
            .json()
    }
}

/// A check-in with these figures.
fn report(progress: i32, hours: f64) -> Value {
    json!({"progress_percent": progress, "hours_spent": hours, "confidence": 4, "summary": "It goes."})
}
