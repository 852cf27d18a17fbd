//! What decisions point to.

use std::collections::HashMap;

use super::{Decision, store};
use crate::base::{Id, Name, Result};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::question::store::names::{Names, Wanted};
use crate::question::{self, InCharge, Question, Standing};
use crate::sprint::{self, Sprint};

/// The number and the title of something.
pub type Titled = (i32, Name);

/// What decisions point to, read at once for all of them, as far as their reader may see it.
#[derive(Clone, Debug)]
pub struct Around {
    names: Names,
    sprints: HashMap<Id<Sprint>, i32>,
    questions: HashMap<Id<Question>, Titled>,
    decisions: HashMap<Id<Decision>, Titled>,
}

impl Around {
    /// Reads what these decisions point to.
    pub fn load(tx: &mut Tx, here: Id<Hackathon>, standing: &Standing, all: &[Decision]) -> Result<Around> {
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
        Ok(Around {
            names: wanted.read(tx, here)?,
            sprints: sprint::store::all(tx, here)?.into_iter().map(|sprint| (sprint.id, sprint.number)).collect(),
            questions: seen.map(|question| (question.id, (question.number, question.title))).collect(),
            decisions: later.map(|decision| (decision.id, (decision.number, decision.content.title))).collect(),
        })
    }

    /// The names of whom and of what they name.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The number of the sprint that it was made in.
    pub fn sprint(&self, decision: &Decision) -> Option<i32> {
        self.sprints.get(&decision.content.sprint?).copied()
    }

    /// The questions that led to it.
    pub fn questions<'s>(&'s self, decision: &'s Decision) -> impl Iterator<Item = (Id<Question>, &'s Titled)> {
        decision.content.questions.iter().filter_map(|id| Some((*id, self.questions.get(id)?)))
    }

    /// The decision that took its place.
    pub fn superseded_by(&self, decision: &Decision) -> Option<&Titled> {
        self.decisions.get(&decision.content.superseded_by?)
    }
}
