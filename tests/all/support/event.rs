//! A hackathon to test in, with the people and the organizations that a test needs.

use serde_json::{Value, json};

use super::{Person, World};

/// A hackathon, its organizer, and the world it lies in. It lasts from 4 to 29 November 2024, in London.
pub struct Event<'w> {
    /// Where it lies.
    pub world: &'w World,
    /// Its slug.
    pub slug: String,
    /// Who organizes it.
    pub organizer: Person,
}

/// Somebody who takes part.
pub struct Joined {
    /// Who calls.
    pub person: Person,
    /// Their member id.
    pub id: String,
}

impl<'w> Event<'w> {
    /// Opens a hackathon with an organizer of its own.
    pub fn open(world: &'w World, slug: &str) -> Event<'w> {
        let organizer = world.person(&format!("{slug}-organizer"));
        let event = json!({"slug": slug, "name": slug, "timezone": "Europe/London", "starts_on": "2024-11-04",
            "ends_on": "2024-11-29", "organizers": [organizer.email]});
        world.post(&world.admin(), "/v1/hackathons", event).must(201);
        Event { world, slug: slug.into(), organizer }
    }

    /// The path of something in it.
    pub fn path(&self, rest: &str) -> String {
        format!("/v1/hackathons/{}/{rest}", self.slug)
    }

    /// Makes something as its organizer.
    #[track_caller]
    pub fn make(&self, list: &str, body: Value) -> Value {
        self.world.post(&self.organizer, &self.path(list), body).must(201).json()
    }

    /// Reads something as its organizer.
    #[track_caller]
    pub fn read(&self, rest: &str) -> Value {
        self.world.get(&self.organizer, &self.path(rest)).must(200).json()
    }

    /// Somebody who joins with these roles.
    #[track_caller]
    pub fn join(&self, name: &str, roles: &[&str]) -> Joined {
        let person = self.world.person(name);
        let made = self.make("members", json!({"email": person.email, "roles": roles}));
        Joined { person, id: text(&made["id"]) }
    }

    /// The member id of its organizer.
    pub fn organizer_id(&self) -> String {
        text(&self.read("members?role=organizer")["items"][0]["id"])
    }

    /// An organization with one unit, `<slug>-unit`.
    pub fn partner(&self, slug: &str) {
        self.make("organizations", json!({"organization": slug, "function": "sponsor", "name": slug}));
        self.make("units", json!({"organization": slug, "slug": format!("{slug}-unit"), "name": "Unit"}));
    }

    /// A team with a participant and a mentor in it.
    pub fn team(&self, slug: &str, member: &Joined, mentor: &Joined) {
        self.make("teams", json!({"slug": slug, "name": slug}));
        self.make(&format!("teams/{slug}/members"), json!({"member": member.id, "function": "leader"}));
        self.make(&format!("teams/{slug}/mentors"), json!({"member": mentor.id}));
    }
}

/// A JSON string as it is.
#[track_caller]
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no string")).to_owned()
}

/// The codes of the faults in a refusal, each with its place, in order.
pub fn faults(problem: &Value) -> Vec<(String, String)> {
    let list = problem["errors"].as_array().cloned().unwrap_or_default();
    list.iter().map(|one| (text(&one["pointer"]), text(&one["code"]))).collect()
}
