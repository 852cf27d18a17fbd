//! Withdrawing: the asker's side does not need an answer any more.

use super::change::Change;
use super::{Question, State, Turn, What, refusal};
use crate::access::policy::Settle;
use crate::access::{Right, Within};
use crate::base::Result;
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;

/// Withdraws the question.
pub fn withdraw(
    tx: &mut Tx,
    right: &Right<Settle, Within<Hackathon, Turn>>,
    directory: &Directory,
) -> Result<Question> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    if let State::Closed { .. } = change.question.life.state {
        return Err(refusal::held(tx, &change.question)?);
    }
    change.record(tx, What::Withdrawn {});
    change.let_offer_lapse(tx)?;
    change.save(tx, directory)
}
