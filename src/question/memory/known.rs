//! What is known of the questions of one hackathon. Pure: it is told what there is.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{COMPARED, COUNTED, SHOWN, TELLING};
use crate::access::Roles;
use crate::base::{Id, Text};
use crate::directory::{self, Desk, Usual};
use crate::question::{InCharge, Question, Resolution, Standing};
use crate::router::Similar;
use crate::team::Team;

/// The nearness of a text to itself, by which the others are measured.
const SAME: f32 = 1.3;

/// A question like the one that is asked.
#[derive(Clone, Copy, Debug)]
pub struct Alike<Q> {
    /// The question.
    pub question: Q,
    /// How like it is, 0 to 1.
    pub similarity: f32,
}

/// How long a question had lain with a holder when it was first answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response {
    /// The question.
    pub question: Id<Question>,
    /// Who it lay with.
    pub in_charge: InCharge,
    /// The team it was asked for.
    pub team: Option<Id<Team>>,
    /// Seconds on the clock on the wall, nights and weekends too: that is what an asker waits.
    pub seconds: i64,
}

fn desk(response: &Response) -> Desk {
    let holder = match response.in_charge {
        InCharge::Holder(holder) => Some(holder),
        InCharge::Organizers => None,
    };
    directory::desk(holder, response.team.map(|team| team.uuid()))
}

/// What is known of the questions of one hackathon.
#[derive(Default)]
pub struct Known {
    /// Without their bodies.
    questions: BTreeMap<Id<Question>, Question>,
    texts: Similar<Id<Question>>,
    responses: BTreeMap<Id<Question>, (Desk, i64)>,
    usual: Arc<Usual>,
}

impl Known {
    /// Learns of these questions and first answers, in place of what was known of them.
    pub fn learn(&mut self, questions: Vec<Question>, responses: Vec<Response>) {
        questions.into_iter().for_each(|question| self.learn_one(question));
        let told = responses.into_iter().map(|one| (one.question, (desk(&one), one.seconds)));
        self.responses.extend(told);
        while self.responses.len() > COUNTED {
            self.responses.pop_first();
        }
        let usual = medians(self.responses.values());
        if usual != *self.usual.seconds() {
            self.usual = Arc::new(Usual::new(usual));
        }
    }

    fn learn_one(&mut self, mut question: Question) {
        self.forget(question.id);
        if !has_or_may_get_an_answer(&question) {
            return;
        }
        let body = question.body.take();
        let text = format!("{}\n{}", question.title, body.as_ref().map(Text::as_str).unwrap_or_default());
        self.texts.insert(question.id, &text);
        self.questions.insert(question.id, question);
        if self.questions.len() > COMPARED
            && let Some((oldest, _)) = self.questions.pop_first()
        {
            self.texts.remove(oldest);
        }
    }

    /// A question is not shown any more until it is learnt anew.
    pub fn forget(&mut self, question: Id<Question>) {
        self.questions.remove(&question);
        self.texts.remove(question);
    }

    /// The version of a question that is known.
    pub fn version(&self, question: Id<Question>) -> Option<i64> {
        self.questions.get(&question).map(|question| question.version)
    }

    /// Whether no question is known.
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// The questions most like these words that somebody may see, the likest first.
    pub fn alike(&self, words: &str, standing: &Standing) -> Vec<Alike<&Question>> {
        let sees = |question: &Question| standing.roles_to(question) != Roles::NONE;
        let near = self.texts.nearest(words, SHOWN, |id| self.questions.get(&id).is_some_and(sees));
        let alike = near.into_iter().filter_map(|near| {
            let similarity = (near.nearness / SAME).clamp(0.0, 1.0);
            self.questions.get(&near.id).map(|question| Alike { question, similarity })
        });
        alike.collect()
    }

    /// How long each holder usually takes to answer first.
    pub fn usual(&self) -> Arc<Usual> {
        self.usual.clone()
    }
}

fn has_or_may_get_an_answer(question: &Question) -> bool {
    question.life.state.resolution().is_none_or(|how| how == Resolution::Answered)
}

/// The median of each desk that has answered often enough.
fn medians<'r>(responses: impl Iterator<Item = &'r (Desk, i64)>) -> HashMap<Desk, i64> {
    let mut by_desk: HashMap<Desk, Vec<i64>> = HashMap::new();
    for (desk, seconds) in responses {
        by_desk.entry(*desk).or_default().push(*seconds);
    }
    let telling = by_desk.into_iter().filter(|(_, all)| all.len() >= TELLING);
    telling.filter_map(|(desk, all)| Some((desk, median(all)?))).collect()
}

/// The middle one, or what lies between the two in the middle.
fn median(mut all: Vec<i64>) -> Option<i64> {
    all.sort_unstable();
    let (low, high) = (all.get(all.len().checked_sub(1)? / 2)?, all.get(all.len() / 2)?);
    Some(low.midpoint(*high))
}
