//! A demo: who one can sign in as with one press.

use crate::base::{Email, Localized};
use crate::hackathon::Role;

/// Everybody in a demo.
#[derive(Clone, Debug, Default)]
pub struct Demo {
    /// The administrator of the server.
    pub admin: Option<Email>,
    /// Hackathons with their people.
    pub events: Vec<Event>,
}

/// A hackathon of a demo.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its name.
    pub name: Localized,
    /// Its people.
    pub people: Vec<Person>,
}

/// Somebody one can sign in as.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their address.
    pub email: Email,
    /// Their name.
    pub name: String,
    /// What they are.
    pub roles: Vec<Role>,
}

impl Demo {
    /// Whether this is somebody of the demo.
    pub fn has(&self, email: &Email) -> bool {
        let people = self.events.iter().flat_map(|event| &event.people).map(|person| &person.email);
        people.chain(&self.admin).any(|known| known.folded() == email.folded())
    }
}
