//! Answering. Nobody answers over the head of whoever has the question.

use super::change::Change;
use super::{FollowReason, Post, PostKind, Question, Turn, What, follow, refusal};
use crate::access::policy::Reply;
use crate::access::{Right, Within};
use crate::base::{Id, Result, Text};
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;

/// Answers the question. One that nobody has is taken by it; who answered may add to it.
pub fn answer(
    tx: &mut Tx,
    right: &Right<Reply, Within<Hackathon, Turn>>,
    directory: &Directory,
    body: &Text,
) -> Result<(Question, Id<Post>)> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    let by = change.by;
    if !change.question.life.state.is_free_for(by) {
        return Err(refusal::held(tx, &change.question)?);
    }
    let post = change.say(tx, PostKind::Answer, body)?;
    change.record(tx, What::Answered { post, by: Some(by) });
    change.let_offer_lapse(tx)?;
    follow::add(tx, &change.question, by, FollowReason::TookPart)?;
    Ok((change.save(tx, directory)?, post))
}
