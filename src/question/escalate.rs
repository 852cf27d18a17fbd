//! Escalating by hand: having somebody told before the clock does it.

use super::change::Change;
use super::clock::setting::matter;
use super::{InCharge, Question, State, Turn, What, refusal};
use crate::access::policy::Escalate;
use crate::access::{Right, Within};
use crate::base::{Result, Text};
use crate::db::Tx;
use crate::directory::Directory;
use crate::escalation_policy::Tell;
use crate::hackathon::Hackathon;

/// Who is to be told, and why.
#[derive(Clone, Debug)]
pub struct Escalation {
    /// Who.
    pub tell: Tell,
    /// Why, in words.
    pub reason: Text,
}

/// Has somebody told of a question that is not closed. It lies where it lay, and its clocks go on.
pub fn escalate(
    tx: &mut Tx,
    right: &Right<Escalate, Within<Hackathon, Turn>>,
    directory: &Directory,
    escalation: &Escalation,
) -> Result<Question> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    if let State::Closed { .. } = change.question.life.state {
        return Err(refusal::held(tx, &change.question)?);
    }
    let told = directory.told(escalation.tell, &matter(directory, &change.question));
    let told = told.map_or(InCharge::Organizers, InCharge::Holder);
    let reason = Some(escalation.reason.to_string());
    change.record(tx, What::Escalated { trigger: None, step: None, told, reason });
    change.save(tx, directory)
}
