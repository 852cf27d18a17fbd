//! What askers are promised, and who is told when it is not kept.

use super::apply::{Names, missing};
use super::take::{Called, word};
use super::topics::Topics;
use crate::base::{Error, Id, Result};
use crate::db::Tx;
use crate::escalation_policy::{self, Ladder, Step, Tell, TellKind, Trigger};
use crate::file::{self, Document};
use crate::hackathon::Hackathon;
use crate::sla_policy::{self, Scope, Times};

/// Makes, changes and removes policies. What a policy is about tells it from the others.
pub(super) fn policies(
    tx: &mut Tx,
    here: Id<Hackathon>,
    document: &Document,
    names: &Names,
    topics: &Topics,
) -> Result<()> {
    let scopes = Scopes { names, topics };
    promises(tx, here, &document.sla_policies, &scopes)?;
    escalations(tx, here, &document.escalation_policies, &scopes)
}

/// What the scopes in the file stand for.
struct Scopes<'n> {
    names: &'n Names,
    topics: &'n Topics,
}

impl Scopes<'_> {
    fn scope(&self, scope: &file::Scope) -> Result<Scope> {
        Ok(match scope {
            file::Scope::Hackathon => Scope::Hackathon,
            file::Scope::Topic(slug) => Scope::Topic(*self.topics.get(slug).ok_or_else(|| missing(slug))?),
            file::Scope::Organization(slug) => Scope::Organization(self.names.organization(slug)?),
            file::Scope::Unit(slug) => Scope::Unit(self.names.unit(slug)?),
        })
    }

    fn step(&self, said: &file::Step) -> Result<Step> {
        let kind = TellKind::from_word(said.tell.word()).ok_or_else(|| missing(said.tell.word()))?;
        let holder = said.holder.as_ref().map(|holder| self.names.holder(holder)).transpose()?;
        let tell = Tell::of(kind, holder).ok_or_else(|| missing(said.tell.word()))?;
        Ok(Step { after_seconds: signed(said.after_seconds)?, tell })
    }
}

fn promises(tx: &mut Tx, here: Id<Hackathon>, said: &[file::SlaPolicy], scopes: &Scopes) -> Result<()> {
    let mut known = sla_policy::store::all(tx, here)?;
    for said in said {
        let seconds = |seconds: Option<u32>| seconds.map(signed).transpose();
        let times = Times {
            claim_within_seconds: seconds(said.claim_within_seconds)?,
            first_response_within_seconds: seconds(said.first_response_within_seconds)?,
            resolve_within_seconds: seconds(said.resolve_within_seconds)?,
            accept_within_seconds: seconds(said.accept_within_seconds)?,
        };
        let facts = sla_policy::Facts { name: said.name.clone(), scope: scopes.scope(&said.scope)?, times };
        let at = known.iter().position(|one| one.facts.scope == facts.scope);
        match at.map(|at| known.swap_remove(at)) {
            Some(one) if one.facts == facts => {}
            Some(one) => drop(sla_policy::change(tx, &one, &facts)?),
            None => drop(sla_policy::add(tx, here, &facts)?),
        }
    }
    known.iter().try_for_each(|one| sla_policy::store::delete(tx, one))
}

fn escalations(tx: &mut Tx, here: Id<Hackathon>, said: &[file::EscalationPolicy], scopes: &Scopes) -> Result<()> {
    let mut known = escalation_policy::store::all(tx, here)?;
    for said in said {
        let trigger = Trigger::from_word(said.trigger.word()).ok_or_else(|| missing(said.trigger.word()))?;
        let steps = said.steps.iter().map(|step| scopes.step(step)).collect::<Result<_>>()?;
        let ladder = Ladder { steps, repeats: i32::from(said.repeats) };
        let (name, scope) = (said.name.clone(), scopes.scope(&said.scope)?);
        let facts = escalation_policy::Facts { name, trigger, scope, ladder };
        let same = |one: &escalation_policy::EscalationPolicy| (one.facts.trigger, one.facts.scope) == (trigger, scope);
        match known.iter().position(same).map(|at| known.swap_remove(at)) {
            Some(one) if one.facts == facts => {}
            Some(one) => drop(escalation_policy::change(tx, &one, &facts)?),
            None => drop(escalation_policy::add(tx, here, &facts)?),
        }
    }
    known.iter().try_for_each(|one| escalation_policy::store::delete(tx, one))
}

/// The file was checked by limits of its own, which are those of the tables.
fn signed(seconds: u32) -> Result<i32> {
    i32::try_from(seconds).map_err(Error::internal)
}

impl Called {
    fn scope(&self, scope: Scope) -> Result<file::Scope> {
        let found = match scope {
            Scope::Hackathon => Some(file::Scope::Hackathon),
            Scope::Topic(id) => self.topics.get(&id).cloned().map(file::Scope::Topic),
            Scope::Organization(id) => self.organizations.get(&id).cloned().map(file::Scope::Organization),
            Scope::Unit(id) => self.units.get(&id).cloned().map(file::Scope::Unit),
        };
        found.ok_or_else(|| Error::internal("a policy about something that is not there"))
    }

    /// A policy on what is promised, as the file has it.
    pub(super) fn sla_policy(&self, one: &sla_policy::SlaPolicy) -> Result<file::SlaPolicy> {
        let sla_policy::Facts { name, scope, times } = &one.facts;
        let seconds = |seconds: Option<i32>| seconds.and_then(|seconds| u32::try_from(seconds).ok());
        Ok(file::SlaPolicy {
            name: name.clone(),
            scope: self.scope(*scope)?,
            claim_within_seconds: seconds(times.claim_within_seconds),
            first_response_within_seconds: seconds(times.first_response_within_seconds),
            resolve_within_seconds: seconds(times.resolve_within_seconds),
            accept_within_seconds: seconds(times.accept_within_seconds),
        })
    }

    /// A policy on who is told, as the file has it.
    pub(super) fn escalation_policy(
        &self,
        one: &escalation_policy::EscalationPolicy,
    ) -> Result<file::EscalationPolicy> {
        let escalation_policy::Facts { name, trigger, scope, ladder } = &one.facts;
        let step = |step: &Step| {
            Ok(file::Step {
                after_seconds: u32::try_from(step.after_seconds).map_err(Error::internal)?,
                tell: word(file::Tell::ALL, file::Tell::word, step.tell.kind().word())?,
                holder: step.tell.holder().map(|holder| self.holder(holder)).transpose()?,
            })
        };
        Ok(file::EscalationPolicy {
            name: name.clone(),
            trigger: word(file::Trigger::ALL, file::Trigger::word, trigger.word())?,
            scope: self.scope(*scope)?,
            steps: ladder.steps.iter().map(step).collect::<Result<_>>()?,
            repeats: u16::try_from(ladder.repeats).map_err(Error::internal)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sla_policy::LONGEST;

    #[test]
    fn a_file_has_the_limits_of_the_tables() {
        assert_eq!(i32::try_from(file::SECONDS_MOST), Ok(LONGEST));
        assert_eq!(file::STEPS_MOST, escalation_policy::STEPS_MOST);
        assert_eq!(i32::from(file::REPEATS_MOST), escalation_policy::REPEATS_MOST);
    }
}
