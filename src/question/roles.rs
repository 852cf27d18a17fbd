//! What somebody is to a question. It is worked out from facts read once, so that a list of questions costs no more.

use super::{InCharge, Question, Visibility, store};
use crate::access::{Roles, UserId};
use crate::base::{Id, Result};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Affiliation, Holder, Member, Unit};
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::{Hackathon, Role};
use crate::team::Team;

/// A unit with its organization and its lead.
pub type UnitLed = (Id<Unit>, OrganizationId, Option<Id<Member>>);

/// Somebody who takes part, and the consortium around them: what a standing is worked out from, wherever it was read.
#[derive(Debug)]
pub struct Person<'p> {
    /// The member.
    pub member: Id<Member>,
    /// What they are.
    pub roles: &'p [Role],
    /// Where they belong.
    pub affiliation: Option<Affiliation>,
    /// Every unit.
    pub units: Vec<UnitLed>,
    /// The organizations they lead.
    pub leads: Vec<OrganizationId>,
    /// The teams they build in.
    pub builds_in: Vec<Id<Team>>,
    /// The teams they mentor.
    pub mentors: Vec<Id<Team>>,
}

/// Who somebody is in a hackathon, as far as questions are concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What they are.
    pub roles: Roles,
    /// The organizations they answer for: their own, and that of their unit.
    pub organizations: Vec<OrganizationId>,
    /// The units they answer for: their own, or all of their organization's.
    pub units: Vec<Id<Unit>>,
    /// The organizations they lead.
    pub leads_organizations: Vec<OrganizationId>,
    /// The units they lead, and all units of organizations they lead.
    pub leads_units: Vec<Id<Unit>>,
    /// The teams they build in.
    pub builds_in: Vec<Id<Team>>,
    /// The teams they mentor.
    pub mentors: Vec<Id<Team>>,
}

impl Facts {
    fn of(person: &Person) -> Facts {
        let mut facts = Facts {
            roles: Role::union(person.roles),
            builds_in: person.builds_in.clone(),
            mentors: person.mentors.clone(),
            ..Facts::default()
        };
        facts.lead(person);
        facts.belong(person);
        facts
    }

    /// Whoever leads a unit or an organization answers for it.
    fn lead(&mut self, person: &Person) {
        let leads =
            |(_, organization, lead): &&UnitLed| *lead == Some(person.member) || person.leads.contains(organization);
        self.leads_organizations = person.leads.clone();
        self.leads_units = person.units.iter().filter(leads).map(|(unit, ..)| *unit).collect();
        self.organizations.extend(&self.leads_organizations);
        self.units.extend(&self.leads_units);
    }

    /// Who answers questions answers for where they belong: for their unit and its organization, or for all units of
    /// their organization.
    fn belong(&mut self, person: &Person) {
        if !self.roles.meet(Roles::ORGANIZER | Roles::MENTOR | Roles::RESPONDER) {
            return;
        }
        match person.affiliation {
            Some(Affiliation::Unit(own)) => {
                let around = person.units.iter().find(|(unit, ..)| *unit == own);
                self.units.push(own);
                self.organizations.extend(around.map(|(_, organization, _)| *organization));
            }
            Some(Affiliation::Organization(own)) => {
                let within = person.units.iter().filter(|(_, organization, _)| *organization == own);
                self.organizations.push(own);
                self.units.extend(within.map(|(unit, ..)| *unit));
            }
            None => {}
        }
    }
}

/// A member's standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The member.
    pub member: Id<Member>,
    /// Who they are.
    pub facts: Facts,
}

impl Standing {
    /// The standing of this user; none for a stranger and for somebody who is suspended.
    pub fn load(tx: &mut Tx, hackathon: Id<Hackathon>, user: UserId) -> Result<Option<Standing>> {
        store::standing::of_user(tx, hackathon, user)
    }

    /// The standing of this user as the directory knows it, without the database; none for who takes no part.
    pub fn seen_in(directory: &Directory, user: UserId) -> Option<Standing> {
        let member = directory.member_of(user)?;
        let source = &directory.source;
        let organizations = source.organizations.iter().filter(|one| one.lead == Some(member.id));
        let builds_in = source.teams.iter().filter(|team| team.members.contains(&member.id));
        let mentors = source.teams.iter().filter(|team| team.mentors.contains(&member.id));
        Some(Standing::of(&Person {
            member: member.id,
            roles: &member.roles,
            affiliation: member.affiliation,
            units: source.units.iter().map(|unit| (unit.id, unit.organization, unit.lead)).collect(),
            leads: organizations.map(|one| one.id).collect(),
            builds_in: builds_in.map(|team| Id::from_uuid(team.id)).collect(),
            mentors: mentors.map(|team| Id::from_uuid(team.id)).collect(),
        }))
    }

    pub(super) fn of(person: &Person) -> Standing {
        Standing { member: person.member, facts: Facts::of(person) }
    }

    /// Whether they run the hackathon.
    pub fn organizes(&self) -> bool {
        self.facts.roles.meet(Roles::ORGANIZER)
    }

    /// Whether questions that the whole hackathon may see are shown to them. Observers get counts only.
    pub fn sees_public(&self) -> bool {
        let seeing = Roles::ORGANIZER | Roles::MENTOR | Roles::RESPONDER | Roles::PARTICIPANT | Roles::JUDGE;
        self.facts.roles.meet(seeing)
    }

    /// Whether internal notes are shown to them.
    pub fn reads_notes(&self, question: &Question) -> bool {
        let reading = Roles::ORGANIZER | Roles::MENTOR | Roles::RESPONDER | Roles::HOLDER;
        self.roles_to(question).meet(reading)
    }

    /// Whether they answer for whom a question of this team lies with.
    pub fn answers_for(&self, in_charge: InCharge, team: Option<Id<Team>>) -> bool {
        match in_charge {
            InCharge::Holder(Holder::Organization(id)) => self.facts.organizations.contains(&id),
            InCharge::Holder(Holder::Unit(id)) => self.facts.units.contains(&id),
            InCharge::Holder(Holder::Member(id)) => self.member == id,
            InCharge::Holder(Holder::TeamMentor) => team.is_some_and(|team| self.facts.mentors.contains(&team)),
            InCharge::Organizers => self.organizes(),
        }
    }

    fn leads(&self, in_charge: InCharge) -> bool {
        match in_charge {
            InCharge::Holder(Holder::Organization(id)) => self.facts.leads_organizations.contains(&id),
            InCharge::Holder(Holder::Unit(id)) => self.facts.leads_units.contains(&id),
            _ => false,
        }
    }

    /// What they are to a question; nothing: they may not know that it exists.
    pub fn roles_to(&self, question: &Question) -> Roles {
        let relation = self.relation(question);
        let public = question.visibility == Visibility::Hackathon && self.sees_public();
        let sees = self.organizes() || public || !relation.is_empty();
        (self.facts.roles | relation).when(sees)
    }

    fn relation(&self, question: &Question) -> Roles {
        let Question { asker, team, life, offer, before, .. } = question;
        let (team, in_charge) = (*team, life.in_charge);
        let holds = self.answers_for(in_charge, team) || life.state.in_hands_of() == Some(self.member);
        let offered = offer.as_ref().is_some_and(|offer| self.answers_for(offer.to, team));
        let held = before.iter().any(|before| self.answers_for(*before, team));
        Roles::OWN.when(*asker == self.member)
            | Roles::TEAM.when(team.is_some_and(|team| self.facts.builds_in.contains(&team)))
            | Roles::TEAM_MENTOR.when(team.is_some_and(|team| self.facts.mentors.contains(&team)))
            | Roles::HOLDER.when(holds)
            | Roles::LEAD.when(self.leads(in_charge))
            | Roles::OFFERED.when(offered)
            | Roles::FORMER.when(held)
    }
}
