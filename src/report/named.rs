//! Who is who in a report: which organization a holder belongs to, and what everything is called.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::base::{Id, Localized, Name, Sentence, Slug};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Affiliation, Holder, Member};
use crate::directory::source::Source;
use crate::directory::{Directory, TopicId};
use crate::question::InCharge;
use crate::team::Team;

/// Whom a holder is counted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Party {
    /// An organization, with its units and its people.
    Organization(OrganizationId),
    /// The mentors of teams.
    TeamMentors,
    /// The organizers.
    Organizers,
    /// People of no organization.
    Nowhere,
}

/// A party as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartyView {
    /// `organization`, `role`, or `none` for people of no organization.
    pub kind: &'static str,
    /// Its short name; people of no organization have none.
    pub slug: Option<String>,
    /// Its name.
    pub name: Localized,
}

/// A sprint, by its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its number.
    pub number: i32,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
}

/// Somebody who is or was in the hackathon.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Where they belong.
    pub affiliation: Option<Affiliation>,
    /// What they do for a living.
    pub profession: Option<Name>,
}

/// Everything that a report names.
pub struct Atlas<'d> {
    /// The hackathon as it stands.
    pub directory: &'d Directory,
    /// Its people, suspended ones too: what they did is not undone.
    pub people: HashMap<Id<Member>, Person>,
    /// Its teams.
    pub teams: HashMap<Id<Team>, (Slug, Localized)>,
    /// Its sprints, in order.
    pub sprints: Vec<Stage>,
}

impl Atlas<'_> {
    fn source(&self) -> &Source {
        &self.directory.source
    }

    /// Whom a holder is counted to.
    pub fn party(&self, in_charge: InCharge) -> Party {
        let belongs = match in_charge {
            InCharge::Organizers => return Party::Organizers,
            InCharge::Holder(Holder::TeamMentor) => return Party::TeamMentors,
            InCharge::Holder(Holder::Organization(id)) => Some(Affiliation::Organization(id)),
            InCharge::Holder(Holder::Unit(id)) => Some(Affiliation::Unit(id)),
            InCharge::Holder(Holder::Member(id)) => self.people.get(&id).and_then(|person| person.affiliation),
        };
        let organization = belongs.and_then(|belongs| self.directory.organization_of(belongs));
        organization.map_or(Party::Nowhere, Party::Organization)
    }

    /// A party's name.
    pub fn view(&self, party: Party) -> PartyView {
        match party {
            Party::Organization(id) => {
                let found = self.source().organizations.iter().find(|one| one.id == id);
                let name = found.map_or_else(|| Sentence::fixed("-", "-").into(), |one| one.name.clone());
                PartyView { kind: "organization", slug: found.map(|one| one.slug.to_string()), name }
            }
            Party::TeamMentors => role("team_mentor", "The teams' mentors", "팀 멘토"),
            Party::Organizers => role("organizer", "The organizers", "운영진"),
            Party::Nowhere => PartyView {
                kind: "none",
                slug: None,
                name: Sentence::fixed("People of no organization", "소속 기관 없음").into(),
            },
        }
    }

    /// A topic's short name and name.
    pub fn topic(&self, id: TopicId) -> Option<(&Slug, &Localized)> {
        self.source().topics.iter().find(|one| one.id == id).map(|one| (&one.slug, &one.name))
    }
}

fn role(slug: &str, en: &'static str, ko: &'static str) -> PartyView {
    PartyView { kind: "role", slug: Some(slug.to_owned()), name: Sentence::fixed(en, ko).into() }
}
