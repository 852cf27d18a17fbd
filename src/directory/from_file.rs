//! A directory straight from a hackathon file, for answers without a server and without a database.

use std::collections::HashMap;

use uuid::Uuid;

use super::source::{self, Cell, Channel, EachLang, MemberFacts, Shift, Source, Team, Topic, TopicId, UnitFacts};
use crate::access::UserId;
use crate::base::{Email, Id, Slug};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Affiliation, Holder, Member, Unit};
use crate::duty::Stint;
use crate::file::{self, Document};
use crate::hackathon::Role;
use crate::matrix::Role as CellRole;

/// Every name in the file, with an id that holds for this directory only.
struct Names {
    organizations: HashMap<Slug, OrganizationId>,
    units: HashMap<Slug, Id<Unit>>,
    members: HashMap<String, Id<Member>>,
    topics: HashMap<Slug, TopicId>,
}

fn id<T>(index: usize) -> Id<T> {
    Id::from_uuid(Uuid::from_u128(u128::try_from(index).unwrap_or_default() + 1))
}

fn numbered<K: std::hash::Hash + Eq, T>(keys: impl Iterator<Item = K>) -> HashMap<K, Id<T>> {
    keys.enumerate().map(|(index, key)| (key, id(index))).collect()
}

impl Source {
    /// The facts of a file that was read without a fault. Its responsibilities count as published.
    pub fn from_file(document: &Document) -> Source {
        let units = || document.organizations.iter().flat_map(|one| one.units.iter().map(move |unit| (one, unit)));
        let names = Names {
            organizations: numbered(document.organizations.iter().map(|one| one.slug.clone())),
            units: numbered(units().map(|(_, unit)| unit.slug.clone())),
            members: numbered(document.people.iter().map(|person| person.email.folded())),
            topics: numbered(document.topics.iter().map(|topic| topic.slug.clone())),
        };
        let n = &names;
        Source {
            hackathon: id(0),
            slug: document.hackathon.slug.clone(),
            timezone: document.hackathon.timezone,
            ended: false,
            working_hours: document.hackathon.working_hours.clone(),
            holidays: document.hackathon.holidays.clone(),
            version: 1,
            matrix_version: None,
            organizations: document.organizations.iter().filter_map(|one| n.organization(one)).collect(),
            units: units().filter_map(|(of, unit)| n.unit(of, unit)).collect(),
            members: document
                .people
                .iter()
                .filter(|person| !person.suspended)
                .filter_map(|person| n.member(person))
                .collect(),
            topics: document.topics.iter().filter_map(|topic| n.topic(topic)).collect(),
            cells: document.responsibilities.iter().flat_map(|row| n.cells(row)).collect(),
            channels: document.channels.iter().filter_map(|channel| n.channel(channel)).collect(),
            shifts: document.shifts.iter().filter_map(|shift| n.shift(shift)).collect(),
            teams: document.teams.iter().enumerate().map(|(index, team)| n.team(index, team)).collect(),
            sla_policies: Vec::new(),
            escalation_policies: Vec::new(),
            lessons: Vec::new(),
            lessons_as_of: None,
        }
    }
}

impl Names {
    fn person(&self, email: &Email) -> Option<Id<Member>> {
        self.members.get(&email.folded()).copied()
    }

    fn holder(&self, holder: &file::Holder) -> Option<Holder> {
        match holder {
            file::Holder::Organization(slug) => self.organizations.get(slug).copied().map(Holder::Organization),
            file::Holder::Unit(slug) => self.units.get(slug).copied().map(Holder::Unit),
            file::Holder::Member(email) => self.person(email).map(Holder::Member),
            file::Holder::Role(_) => Some(Holder::TeamMentor),
        }
    }

    fn organization(&self, one: &file::Organization) -> Option<source::Organization> {
        let lead = one.lead.as_ref().and_then(|email| self.person(email));
        Some(source::Organization {
            id: *self.organizations.get(&one.slug)?,
            slug: one.slug.clone(),
            name: one.name.clone(),
            lead,
        })
    }

    fn unit(&self, of: &file::Organization, unit: &file::Unit) -> Option<UnitFacts> {
        Some(UnitFacts {
            id: *self.units.get(&unit.slug)?,
            organization: *self.organizations.get(&of.slug)?,
            slug: unit.slug.clone(),
            name: unit.name.clone(),
            lead: unit.lead.as_ref().and_then(|email| self.person(email)),
        })
    }

    fn member(&self, person: &file::Person) -> Option<MemberFacts> {
        let id = self.person(&person.email)?;
        let affiliation = match &person.affiliation {
            Some(file::Affiliation::Organization(slug)) => {
                self.organizations.get(slug).copied().map(Affiliation::Organization)
            }
            Some(file::Affiliation::Unit(slug)) => self.units.get(slug).copied().map(Affiliation::Unit),
            None => None,
        };
        let user: UserId = Id::from_uuid(id.uuid());
        let roles = person.roles.iter().filter_map(|role| Role::from_word(role.word())).collect();
        Some(MemberFacts { id, user, display_name: person.name.clone(), roles, affiliation })
    }

    fn topic(&self, topic: &file::Topic) -> Option<Topic> {
        let words = |phrases: &file::Phrases| EachLang {
            en: phrases.en.iter().map(ToString::to_string).collect(),
            ko: phrases.ko.iter().map(ToString::to_string).collect(),
        };
        Some(Topic {
            id: *self.topics.get(&topic.slug)?,
            parent: topic.parent.as_ref().and_then(|slug| self.topics.get(slug)).copied(),
            slug: topic.slug.clone(),
            name: topic.called(),
            description: topic.description.clone(),
            keywords: words(&topic.keywords),
            examples: words(&topic.examples),
            pack: topic.pack.clone(),
        })
    }

    fn cells(&self, row: &file::Responsibility) -> Vec<Cell> {
        let Some(topic) = self.topics.get(&row.topic).copied() else { return Vec::new() };
        let accountable: Vec<file::Holder> = row.accountable.iter().cloned().collect();
        let lists = [
            (CellRole::Responsible, row.responsible.as_slice()),
            (CellRole::Accountable, accountable.as_slice()),
            (CellRole::Consulted, row.consulted.as_slice()),
            (CellRole::Informed, row.informed.as_slice()),
        ];
        let cells = lists.into_iter().flat_map(|(role, holders)| {
            holders.iter().zip(0..).filter_map(move |(holder, position)| {
                Some(Cell { topic, role, position, holder: self.holder(holder)? })
            })
        });
        cells.collect()
    }

    fn channel(&self, channel: &file::Channel) -> Option<Channel> {
        Some(Channel {
            slug: channel.slug.clone(),
            name: channel.name.clone(),
            owner: self.holder(&channel.owner)?,
            kind: channel.kind.word().to_owned(),
            address: channel.address.to_string(),
            timezone: channel.timezone,
            hours: channel.hours.clone(),
        })
    }

    fn shift(&self, shift: &file::Shift) -> Option<Shift> {
        Some(Shift {
            owner: self.holder(&shift.owner)?,
            channel: shift.channel.clone(),
            stint: Stint { starts_at: shift.from, ends_at: shift.to, replaces: shift.replaces, on_duty: shift.on_duty },
        })
    }

    fn team(&self, index: usize, team: &file::Team) -> Team {
        Team {
            id: Uuid::from_u128(u128::try_from(index).unwrap_or_default() + 1),
            slug: team.slug.clone(),
            members: team.members.iter().filter_map(|member| self.person(&member.email)).collect(),
            mentors: team.mentors.iter().filter_map(|email| self.person(email)).collect(),
        }
    }
}
