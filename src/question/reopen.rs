//! Reopening: back to whoever had it if they are on duty, else routed anew.

use super::change::Change;
use super::reassign::may_answer;
use super::{PostKind, Question, State, Turn, What, refusal, route};
use crate::access::policy::Settle;
use crate::access::{Right, Within};
use crate::base::{Id, Result, Text};
use crate::consortium::{Holder, Member, store::member};
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;

/// Opens the question again; `because` becomes a comment.
pub fn reopen(
    tx: &mut Tx,
    right: &Right<Settle, Within<Hackathon, Turn>>,
    directory: &Directory,
    because: Option<&Text>,
) -> Result<Question> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    if !matches!(change.question.life.state, State::Answered { .. } | State::Closed { .. }) {
        return Err(refusal::held(tx, &change.question)?);
    }
    if let Some(body) = because {
        let post = change.say(tx, PostKind::Comment, body)?;
        change.record(tx, What::Commented { post });
    }
    let assignee = back_on_duty(tx, &change.question, directory)?;
    change.record(tx, What::Reopened { assignee });
    if assignee.is_none() {
        route::bring(tx, &mut change, directory);
    }
    change.save(tx, directory)
}

/// Whoever had it last, if they are on duty now and may still answer it.
fn back_on_duty(tx: &mut Tx, question: &Question, directory: &Directory) -> Result<Option<Id<Member>>> {
    let Some(last) = question.life.state.assignee() else { return Ok(None) };
    if !directory.is_on_duty(Holder::Member(last), None, tx.now()) {
        return Ok(None);
    }
    let Some(member) = member::by_id(tx, question.hackathon, last)? else { return Ok(None) };
    Ok(may_answer(tx, question, &member)?.then_some(last))
}
