//! Taking over: taking a question from whoever has it.

use super::change::Change;
use super::{FollowReason, Question, Turn, What, follow, refusal};
use crate::access::policy::TakeOver;
use crate::access::{Right, Within};
use crate::base::Result;
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;

/// Takes the question from whoever has it.
pub fn take_over(
    tx: &mut Tx,
    right: &Right<TakeOver, Within<Hackathon, Turn>>,
    directory: &Directory,
) -> Result<Question> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    let by = change.by;
    let from = match change.question.life.state.in_hands_of() {
        Some(from) if from == by => return Err(refusal::already_yours()),
        Some(from) => from,
        None => return Err(refusal::held(tx, &change.question)?),
    };
    change.record(tx, What::TakenOver { from, by });
    follow::add(tx, &change.question, by, FollowReason::TookPart)?;
    change.save(tx, directory)
}
