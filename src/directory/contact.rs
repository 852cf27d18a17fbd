//! One contact, put together from the directory.

use super::answer::{ChannelView, Contact, ContactRole, HolderName, HolderView, MemberView, OrganizationView};
use super::model::Directory;
use super::source::MemberFacts;
use super::usual::Usual;
use super::words;
use crate::base::{Instant, Lang};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Affiliation, Holder};
use crate::duty::{self, Calendar, Duty};

/// Whom a contact stands for.
#[derive(Clone, Debug)]
pub enum Whom<'d> {
    /// A holder of the matrix.
    Holder(Holder),
    /// The mentors of a team.
    Mentors(Vec<&'d MemberFacts>),
    /// The organizers.
    Organizers(Vec<&'d MemberFacts>),
}

/// What an answer is put together for.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'d> {
    /// The topic's name, for the reason.
    pub topic: Option<&'d str>,
    /// The moment.
    pub at: Instant,
    /// The reader's language.
    pub lang: Lang,
    /// The team it is answered for.
    pub team: Option<uuid::Uuid>,
    /// How long first answers usually take.
    pub usual: &'d Usual,
}

/// Puts a contact together. Its rank is given when all are known.
pub fn contact<'d>(directory: &'d Directory, whom: Whom<'d>, role: ContactRole, on: Occasion<'d>) -> Contact<'d> {
    let owners = owners(directory, &whom);
    let reached: Vec<(ChannelView<'d>, &Calendar)> = channels(directory, &owners, on.at);
    let calendars: Vec<&Calendar> = reached.iter().map(|(_, calendar)| *calendar).collect();
    let mut channels: Vec<ChannelView> = reached.into_iter().map(|(view, _)| view).collect();
    channels.sort_by_key(|channel| !channel.duty.on_duty);
    let duty = match calendars.is_empty() {
        // Nobody wrote down when they are there; nobody can say that they are.
        true => Duty { on_duty: false, until: None, next_from: None },
        false => duty::union(&calendars, on.at),
    };
    let reason = words::reason(role, on.topic, &duty, on.at, directory.source.timezone, on.lang);
    let people = people(directory, &whom);
    Contact {
        rank: 0,
        role,
        can_help_meanwhile: role == ContactRole::Consulted,
        organization: organization(directory, &whom, &people),
        holder: holder(directory, &whom),
        members: people.iter().map(|member| MemberView { id: member.id, display_name: &member.display_name }).collect(),
        channels,
        duty,
        usual_first_response_seconds: on.usual.of(stands_for(&whom), on.team),
        reason,
    }
}

fn stands_for(whom: &Whom) -> Option<Holder> {
    match whom {
        Whom::Holder(holder) => Some(*holder),
        Whom::Mentors(_) => Some(Holder::TeamMentor),
        Whom::Organizers(_) => None,
    }
}

/// When each channel that reaches somebody is on duty.
pub(super) fn calendars<'d>(directory: &'d Directory, whom: &Whom) -> Vec<&'d Calendar> {
    let owners = owners(directory, whom);
    owners.iter().flat_map(|owner| directory.channels_of(*owner)).map(|(_, calendar)| calendar).collect()
}

/// Whose channels reach this contact: its own, else those of the units or the organization around it.
fn owners(directory: &Directory, whom: &Whom) -> Vec<Holder> {
    let has = |holder: &Holder| directory.channels_of(*holder).next().is_some();
    match whom {
        Whom::Holder(holder) => {
            let around = match holder {
                Holder::Organization(id) => units_of(directory, *id),
                Holder::Unit(id) => {
                    directory.organization_of(Affiliation::Unit(*id)).map(Holder::Organization).into_iter().collect()
                }
                Holder::Member(id) => directory.member(*id).map(affiliation).unwrap_or_default(),
                Holder::TeamMentor => Vec::new(),
            };
            if has(holder) { vec![*holder] } else { around.into_iter().filter(has).collect() }
        }
        Whom::Mentors(mentors) => {
            let own = mentors.iter().map(|mentor| Holder::Member(mentor.id)).filter(has);
            own.chain([Holder::TeamMentor].into_iter().filter(has)).collect()
        }
        Whom::Organizers(organizers) => {
            let mut around: Vec<Holder> = organizers.iter().flat_map(|one| affiliation(one)).filter(has).collect();
            around.dedup();
            let own: Vec<Holder> = organizers.iter().map(|one| Holder::Member(one.id)).filter(has).collect();
            if own.is_empty() { around } else { own }
        }
    }
}

fn units_of(directory: &Directory, organization: OrganizationId) -> Vec<Holder> {
    let units = directory.source.units.iter().filter(|unit| unit.organization == organization);
    units.map(|unit| Holder::Unit(unit.id)).collect()
}

fn affiliation(member: &MemberFacts) -> Vec<Holder> {
    match member.affiliation {
        Some(Affiliation::Unit(unit)) => vec![Holder::Unit(unit)],
        Some(Affiliation::Organization(id)) => vec![Holder::Organization(id)],
        None => Vec::new(),
    }
}

fn channels<'d>(directory: &'d Directory, owners: &[Holder], at: Instant) -> Vec<(ChannelView<'d>, &'d Calendar)> {
    let all = owners.iter().flat_map(|owner| directory.channels_of(*owner));
    all.map(|(channel, calendar)| {
        let view = ChannelView {
            slug: &channel.slug,
            name: channel.name.as_ref(),
            kind: &channel.kind,
            address: &channel.address,
            duty: calendar.status(at),
        };
        (view, calendar)
    })
    .collect()
}

fn people<'d>(directory: &'d Directory, whom: &Whom<'d>) -> Vec<&'d MemberFacts> {
    match whom {
        Whom::Holder(holder) => directory.people_of(*holder),
        Whom::Mentors(people) | Whom::Organizers(people) => people.clone(),
    }
}

fn holder<'d>(directory: &'d Directory, whom: &Whom<'d>) -> HolderView<'d> {
    let source = &directory.source;
    let role =
        |slug, en, ko| HolderView { kind: "role", id: None, slug: Some(slug), name: HolderName::Ours { en, ko } };
    let holder = match whom {
        Whom::Holder(holder) => *holder,
        Whom::Mentors(_) => return role("team_mentor", "Your team's mentor", "우리 팀 멘토"),
        Whom::Organizers(_) => return role("organizer", "Organizers", "운영진"),
    };
    let found = match holder {
        Holder::Organization(id) => source.organizations.iter().find(|one| one.id == id).map(|one| HolderView {
            kind: "organization",
            id: Some(id.uuid()),
            slug: Some(one.slug.as_str()),
            name: HolderName::Said(&one.name),
        }),
        Holder::Unit(id) => source.units.iter().find(|one| one.id == id).map(|one| HolderView {
            kind: "unit",
            id: Some(id.uuid()),
            slug: Some(one.slug.as_str()),
            name: HolderName::Said(&one.name),
        }),
        Holder::Member(id) => directory.member(id).map(|one| HolderView {
            kind: "member",
            id: Some(id.uuid()),
            slug: None,
            name: HolderName::Person { en: &one.display_name },
        }),
        Holder::TeamMentor => None,
    };
    found.unwrap_or_else(|| role("team_mentor", "Your team's mentor", "우리 팀 멘토"))
}

fn organization<'d>(directory: &'d Directory, whom: &Whom, people: &[&MemberFacts]) -> Option<OrganizationView<'d>> {
    let of = |member: &MemberFacts| member.affiliation.and_then(|affiliation| directory.organization_of(affiliation));
    let id = match whom {
        Whom::Holder(Holder::Organization(id)) => Some(*id),
        Whom::Holder(Holder::Unit(unit)) => directory.organization_of(Affiliation::Unit(*unit)),
        _ => people.first().and_then(|member| of(member)),
    }?;
    let found = directory.source.organizations.iter().find(|one| one.id == id)?;
    Some(OrganizationView { slug: &found.slug, name: &found.name })
}
