//! Decisions as somebody reads them: with the names of what they point to, as far as their reader may see it.

use std::collections::HashMap;

use super::{Check, Content, Decision, Finding, store};
use crate::base::{Id, Name, Result};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::question::store::names::{Named, Names, Wanted};
use crate::question::{self, InCharge, Question, Standing};
use crate::sprint::{self, Sprint};

/// What decisions point to, read at once for all of them.
#[derive(Clone, Debug)]
pub struct Seen {
    check: Check,
    /// The names of teams, topics and holders.
    pub names: Names,
    sprints: HashMap<Id<Sprint>, i32>,
    questions: HashMap<Id<Question>, Question>,
    decisions: HashMap<Id<Decision>, (i32, Name)>,
}

impl Seen {
    /// Reads it for somebody of this standing.
    pub fn load(tx: &mut Tx, here: Id<Hackathon>, standing: &Standing, all: &[Decision]) -> Result<Seen> {
        let mut wanted = Wanted::default();
        for one in all {
            one.team.into_iter().for_each(|team| wanted.team(team));
            one.content.topic.into_iter().for_each(|topic| wanted.topic(topic));
            one.content.everybody().for_each(|holder| wanted.in_charge(InCharge::Holder(holder)));
        }
        let asked: Vec<Id<Question>> = all.iter().flat_map(|one| one.content.questions.iter().copied()).collect();
        let asked = question::store::of_ids(tx, here, &asked)?;
        let seen = asked.into_iter().filter(|question| !standing.roles_to(question).is_empty());
        let later: Vec<Id<Decision>> = all.iter().filter_map(|one| one.content.superseded_by).collect();
        let later = store::of_ids(tx, here, &later)?.into_iter().filter(|decision| decision.is_seen_by(standing));
        Ok(Seen {
            check: Check::load(tx, here)?,
            names: wanted.read(tx, here)?,
            sprints: sprint::store::all(tx, here)?.into_iter().map(|sprint| (sprint.id, sprint.number)).collect(),
            questions: seen.map(|question| (question.id, question)).collect(),
            decisions: later.map(|decision| (decision.id, (decision.number, decision.content.title))).collect(),
        })
    }

    /// Who should have had a part in a decision and had none.
    pub fn findings(&self, tx: &mut Tx, decision: &Decision) -> Result<Vec<Finding>> {
        self.check.findings(tx, decision)
    }

    /// The names of everybody in a finding.
    pub fn missing(&self) -> &Names {
        self.check.names()
    }

    /// What a holder is called.
    pub fn holder(&self, holder: Holder) -> Named {
        self.names.in_charge(InCharge::Holder(holder))
    }

    /// The number of the sprint in which it was made.
    pub fn sprint(&self, content: &Content) -> Option<i32> {
        self.sprints.get(&content.sprint?).copied()
    }

    /// The questions that led to it.
    pub fn questions<'s>(&'s self, content: &'s Content) -> impl Iterator<Item = &'s Question> {
        content.questions.iter().filter_map(|id| self.questions.get(id))
    }

    /// The number and title of the decision that took its place.
    pub fn successor(&self, content: &Content) -> Option<&(i32, Name)> {
        self.decisions.get(&content.superseded_by?)
    }
}
