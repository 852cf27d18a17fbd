//! Releasing: giving a question back to the holder it lies with.

use super::change::Change;
use super::{Question, Turn, What, refusal};
use crate::access::policy::{Claim, TakeOver, Verb};
use crate::access::{Right, Within};
use crate::base::Result;
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;

/// Gives the question back. Who may take it from somebody may also give it back for them.
pub fn release(tx: &mut Tx, right: &Right<Claim, Within<Hackathon, Turn>>, directory: &Directory) -> Result<Question> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    match change.question.life.state.in_hands_of() {
        Some(from) if from == change.by || TakeOver::BY.meet(right.roles()) => {
            change.record(tx, What::Released { from });
            change.save(tx, directory)
        }
        _ => Err(refusal::held(tx, &change.question)?),
    }
}
