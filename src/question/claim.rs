//! Claiming: taking a question that nobody has. Exactly one wins; the others hear who did.

use super::change::Change;
use super::{FollowReason, Question, State, Turn, What, follow, refusal};
use crate::access::policy::Claim;
use crate::access::{Right, Within};
use crate::base::Result;
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;

/// Takes the question for the person whose right it is.
pub fn claim(tx: &mut Tx, right: &Right<Claim, Within<Hackathon, Turn>>, directory: &Directory) -> Result<Question> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    let by = change.by;
    match change.question.life.state {
        State::Open => {}
        State::Claimed { by: has } if has == by => return Err(refusal::already_yours()),
        _ => return Err(refusal::held(tx, &change.question)?),
    }
    change.record(tx, What::Claimed { by });
    follow::add(tx, &change.question, by, FollowReason::TookPart)?;
    change.save(tx, directory)
}
