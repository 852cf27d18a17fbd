//! A hackathon as a file.

use std::collections::HashMap;

use super::store::{self, CellRow};
use crate::base::{Email, Error, Id, Lang, Result, Slug, Text};
use crate::brief;
use crate::channel;
use crate::consortium::member::MemberState;
use crate::consortium::organization::OrganizationId;
use crate::consortium::{self, Affiliation, Holder, Member, Unit};
use crate::db::Tx;
use crate::escalation_policy;
use crate::file::{self, Document};
use crate::hackathon::Hackathon;
use crate::sla_policy;
use crate::sprint;
use crate::team;
use crate::topic::{self, Topic};

/// What ids are called in a file.
pub(super) struct Called {
    pub(super) organizations: HashMap<OrganizationId, Slug>,
    pub(super) units: HashMap<Id<Unit>, Slug>,
    members: HashMap<Id<Member>, Email>,
    pub(super) topics: HashMap<Id<Topic>, Slug>,
    channels: HashMap<Id<channel::Channel>, Slug>,
}

/// The hackathon as a file: its draft of the matrix, the last version of its brief, and everybody in it.
pub fn take(tx: &mut Tx, hackathon: &Hackathon) -> Result<Document> {
    let here = hackathon.id;
    let organizations = consortium::store::organization::all(tx, here)?;
    let units = consortium::store::unit::all(tx, here)?;
    let members = consortium::store::member::all(tx, here)?;
    let topics = topic::store::all(tx, here)?;
    let channels = channel::store::channel::all(tx, here)?;
    let called = Called {
        organizations: organizations.iter().map(|one| (one.id, one.slug.clone())).collect(),
        units: units.iter().map(|one| (one.id, one.slug.clone())).collect(),
        members: members.iter().map(|one| (one.id, one.email.clone())).collect(),
        topics: topics.iter().map(|one| (one.id, one.facts.slug.clone())).collect(),
        channels: channels.iter().map(|one| (one.id, one.facts.slug.clone())).collect(),
    };
    Ok(Document {
        signpost: file::Version,
        hackathon: event(hackathon, brief::store::latest(tx, here)?.as_ref())?,
        organizations: organizations.iter().map(|one| called.organization(one, &units)).collect::<Result<_>>()?,
        channels: channels.iter().map(|one| called.channel(one)).collect::<Result<_>>()?,
        topics: topics.iter().map(|one| called.topic(one)).collect(),
        responsibilities: called.responsibilities(&topics, &store::cells(tx, here)?)?,
        people: members.iter().map(|one| called.person(one)).collect::<Result<_>>()?,
        teams: team::store::all(tx, here)?.iter().map(|one| called.team(one)).collect::<Result<_>>()?,
        sprints: sprint::store::all(tx, here)?.iter().map(taken_sprint).collect::<Result<_>>()?,
        shifts: channel::store::shift::all(tx, here)?.iter().map(|one| called.shift(one)).collect::<Result<_>>()?,
        sla_policies: sla_policy::store::all(tx, here)?
            .iter()
            .map(|one| called.sla_policy(one))
            .collect::<Result<_>>()?,
        escalation_policies: escalation_policy::store::all(tx, here)?
            .iter()
            .map(|one| called.escalation_policy(one))
            .collect::<Result<_>>()?,
    })
}

fn event(hackathon: &Hackathon, latest: Option<&brief::Brief>) -> Result<file::Event> {
    let hours = hackathon.working_hours.0.iter().flatten();
    let working_hours = hours.map(|text| crate::duty::Hours::parse(text).map_err(|_unfit| unreadable(text)));
    Ok(file::Event {
        slug: hackathon.slug.clone(),
        name: hackathon.name.clone(),
        timezone: hackathon.timezone.0,
        starts_on: hackathon.starts_on,
        ends_on: hackathon.ends_on,
        working_hours: working_hours.collect::<Result<_>>()?,
        holidays: hackathon.holidays.0.clone(),
        brief: latest.map(taken_brief).transpose()?,
    })
}

fn taken_brief(latest: &brief::Brief) -> Result<file::Brief> {
    let wish = latest.wish();
    let criterion = |one: &brief::Criterion| {
        let weight = u8::try_from(one.weight).map_err(Error::internal)?;
        Ok(file::Criterion { name: one.name.clone(), weight })
    };
    Ok(file::Brief {
        ambition: word(file::Ambition::ALL, file::Ambition::word, wish.ambition.word())?,
        summary: wish.summary,
        background: wish.background,
        scalability: wish.scalability,
        criteria: wish.criteria.iter().map(criterion).collect::<Result<_>>()?,
    })
}

fn taken_sprint(one: &sprint::Sprint) -> Result<file::Sprint> {
    let number = u16::try_from(one.number).map_err(Error::internal)?;
    Ok(file::Sprint { number, starts_on: one.starts_on, ends_on: one.ends_on, goal: one.goal.clone() })
}

/// The file's value for one of our words.
pub(super) fn word<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str, wanted: &str) -> Result<T> {
    all.iter().copied().find(|one| word(*one) == wanted).ok_or_else(|| unreadable(wanted))
}

fn unreadable(what: impl std::fmt::Display) -> Error {
    Error::internal(format!("{what} cannot be written to a file"))
}

impl Called {
    fn email(&self, id: Id<Member>) -> Result<Email> {
        self.members.get(&id).cloned().ok_or_else(|| unreadable(id))
    }

    pub(super) fn holder(&self, holder: Holder) -> Result<file::Holder> {
        Ok(match holder {
            Holder::Organization(id) => {
                file::Holder::Organization(self.organizations.get(&id).cloned().ok_or_else(|| unreadable(id))?)
            }
            Holder::Unit(id) => file::Holder::Unit(self.units.get(&id).cloned().ok_or_else(|| unreadable(id))?),
            Holder::Member(id) => file::Holder::Member(self.email(id)?),
            Holder::TeamMentor => file::Holder::Role(file::TeamMentor::TeamMentor),
        })
    }

    fn organization(&self, one: &consortium::Organization, units: &[Unit]) -> Result<file::Organization> {
        let own = units.iter().filter(|unit| unit.organization == one.id);
        let unit = |unit: &Unit| {
            let lead = unit.lead.map(|id| self.email(id)).transpose()?;
            Ok(file::Unit { slug: unit.slug.clone(), name: unit.name.clone(), lead })
        };
        Ok(file::Organization {
            slug: one.slug.clone(),
            name: one.name.clone(),
            function: word(file::Function::ALL, file::Function::word, one.function.word())?,
            lead: one.lead.map(|id| self.email(id)).transpose()?,
            units: own.map(unit).collect::<Result<_>>()?,
        })
    }

    fn channel(&self, one: &channel::Channel) -> Result<file::Channel> {
        let facts = one.facts.clone();
        Ok(file::Channel {
            slug: facts.slug,
            name: facts.name,
            owner: self.holder(facts.owner)?,
            kind: word(file::ChannelKind::ALL, file::ChannelKind::word, facts.kind.word())?,
            address: facts.address,
            hours: facts.hours,
            timezone: facts.timezone.map(|zone| zone.0),
        })
    }

    fn shift(&self, one: &channel::shift::Shift) -> Result<file::Shift> {
        let facts = &one.facts;
        Ok(file::Shift {
            slug: None,
            owner: self.holder(facts.owner)?,
            channel: facts.channel.and_then(|id| self.channels.get(&id)).cloned(),
            from: facts.starts_at,
            to: facts.ends_at,
            replaces: facts.replaces,
            on_duty: facts.on_duty,
        })
    }

    fn topic(&self, one: &Topic) -> file::Topic {
        let phrases = |phrases: &topic::Phrases| file::Phrases { en: phrases.en.clone(), ko: phrases.ko.clone() };
        let facts = &one.facts;
        file::Topic {
            slug: facts.slug.clone(),
            pack: facts.pack.clone(),
            parent: facts.parent.and_then(|id| self.topics.get(&id)).cloned(),
            name: Some(facts.name.clone()),
            description: facts.description.clone(),
            keywords: phrases(&facts.keywords),
            examples: phrases(&facts.examples),
        }
    }

    /// One row a topic that has holders, in the order of the topics.
    fn responsibilities(
        &self,
        topics: &[Topic],
        cells: &[(store::CellId, CellRow)],
    ) -> Result<Vec<file::Responsibility>> {
        let row = |topic: &Topic| {
            let own = || cells.iter().map(|(_, cell)| cell).filter(|cell| cell.topic == topic.id);
            let of = |role: &str| {
                own().filter(|cell| cell.role == role).map(|cell| self.holder(cell.holder)).collect::<Result<Vec<_>>>()
            };
            let row = file::Responsibility {
                topic: topic.facts.slug.clone(),
                responsible: of("responsible")?,
                accountable: of("accountable")?.into_iter().next(),
                consulted: of("consulted")?,
                informed: of("informed")?,
            };
            Ok(own().next().is_some().then_some(row))
        };
        topics.iter().filter_map(|topic| row(topic).transpose()).collect()
    }

    fn person(&self, one: &Member) -> Result<file::Person> {
        let affiliation = match one.affiliation {
            Some(Affiliation::Organization(id)) => {
                self.organizations.get(&id).cloned().map(file::Affiliation::Organization)
            }
            Some(Affiliation::Unit(id)) => self.units.get(&id).cloned().map(file::Affiliation::Unit),
            None => None,
        };
        let roles = one.roles.iter().map(|role| word(file::Role::ALL, file::Role::word, role.word()));
        let minutes = one.weekly_minutes.map(u16::try_from).transpose().map_err(Error::internal)?;
        Ok(file::Person {
            email: one.email.clone(),
            name: one.display_name.clone(),
            affiliation,
            roles: roles.collect::<Result<_>>()?,
            profession: one.profession.as_ref().and_then(|name| Slug::parse(name.as_str()).ok()),
            weekly_hours: minutes.and_then(file::WeeklyHours::from_minutes),
            phone: one.phone.as_ref().and_then(|phone| Text::parse(phone.as_str()).ok()),
            locale: Some(one.locale.lang()).filter(|lang| *lang != Lang::En),
            suspended: one.state == MemberState::Suspended,
        })
    }

    fn team(&self, one: &team::Team) -> Result<file::Team> {
        let member = |member: &team::TeamMember| {
            let function = Slug::parse(member.function.as_str()).map_err(|_unfit| unreadable(&member.function))?;
            Ok(file::TeamMember { email: self.email(member.member)?, function })
        };
        Ok(file::Team {
            slug: one.slug.clone(),
            name: one.name.clone(),
            mentors: one.mentors.iter().map(|mentor| self.email(mentor.member)).collect::<Result<_>>()?,
            members: one.members.iter().map(member).collect::<Result<_>>()?,
        })
    }
}
