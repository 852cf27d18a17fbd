//! Which policy counts for a question, and whom a step of it tells.

use super::model::Directory;
use super::source::{Team, TopicId};
use crate::base::Key;
use crate::consortium::{Affiliation, Holder};
use crate::escalation_policy::{self, Ladder, Tell, Trigger};
use crate::matrix::Role as CellRole;
use crate::sla_policy::{self, Scope, Times};

/// What a promise is about.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'d> {
    /// What was asked about.
    pub topic: Option<TopicId>,
    /// Who it lies with; `None` stands for the organizers.
    pub holder: Option<Holder>,
    /// Whom it was asked for.
    pub team: Option<&'d Team>,
}

impl Directory {
    /// What is promised: by the most specific policy, else by what is built in.
    pub fn promised(&self, matter: &Matter) -> Times {
        let policies = &self.source.sla_policies;
        let of = |scope: Scope| policies.iter().find(|policy| policy.scope == scope);
        self.scopes(matter).into_iter().find_map(of).map_or(sla_policy::BUILT_IN, |policy| policy.times)
    }

    /// What is done when it is not kept: by the most specific policy, else by what is built in.
    pub fn ladder(&self, trigger: Trigger, matter: &Matter) -> Ladder {
        let policies = &self.source.escalation_policies;
        let of = |scope: Scope| policies.iter().find(|policy| policy.trigger == trigger && policy.scope == scope);
        let found = self.scopes(matter).into_iter().find_map(of);
        found.map_or_else(|| escalation_policy::built_in(trigger), |policy| policy.ladder.clone())
    }

    /// Every scope that it lies in, the most specific first: its topic, the topics above, the unit, the organization, the
    /// hackathon. What was asked counts before who has it, so that a promise about a topic outlives a hand-off.
    fn scopes(&self, matter: &Matter) -> Vec<Scope> {
        let mut scopes: Vec<Scope> = self.with_ancestors(matter.topic).into_iter().map(Scope::Topic).collect();
        let belongs = match matter.holder {
            Some(Holder::Unit(unit)) => Some(Affiliation::Unit(unit)),
            Some(Holder::Organization(id)) => Some(Affiliation::Organization(id)),
            Some(Holder::Member(id)) => self.member(id).and_then(|member| member.affiliation),
            Some(Holder::TeamMentor) | None => None,
        };
        match belongs {
            Some(Affiliation::Unit(unit)) => {
                let around = self.source.units.iter().find(|one| one.id == unit).map(|one| one.organization);
                scopes.push(Scope::Unit(unit));
                scopes.extend(around.map(Scope::Organization));
            }
            Some(Affiliation::Organization(id)) => scopes.push(Scope::Organization(id)),
            None => {}
        }
        scopes.push(Scope::Hackathon);
        scopes
    }

    fn with_ancestors(&self, topic: Option<TopicId>) -> Vec<TopicId> {
        let parent = |id: &TopicId| self.source.topics.iter().find(|one| one.id == *id).and_then(|one| one.parent);
        // A tree is no deeper than it has topics; the bound keeps a broken one from going round.
        std::iter::successors(topic, parent).take(self.source.topics.len()).collect()
    }

    /// Whom a step tells; `None` stands for the organizers, who are told where there is nobody of the kind.
    pub fn told(&self, tell: Tell, matter: &Matter) -> Option<Holder> {
        let wanted = match tell {
            Tell::HolderLead => matter.holder.and_then(|holder| self.lead_of(holder)).map(Holder::Member),
            Tell::Accountable => self.accountable(matter.topic),
            Tell::TeamMentors => Some(Holder::TeamMentor),
            Tell::Holder(holder) => Some(holder),
            Tell::Organizers => None,
        };
        wanted.filter(|holder| self.stands(*holder, matter.team))
    }

    fn accountable(&self, topic: Option<TopicId>) -> Option<Holder> {
        let place = self.topic(&Key::Id(topic?.uuid()))?;
        self.cells_of(place).iter().find(|cell| cell.role == CellRole::Accountable).map(|cell| cell.holder)
    }
}
