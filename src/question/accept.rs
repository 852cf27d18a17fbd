//! Accepting an answer, which closes the question.

use super::change::Change;
use super::state::ResolutionWord;
use super::{Post, PostKind, Question, State, Turn, What, refusal, store};
use crate::access::policy::Settle;
use crate::access::{Right, Within};
use crate::base::{Error, Id, Result, say};
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;

/// Accepts this answer.
pub fn accept(
    tx: &mut Tx,
    right: &Right<Settle, Within<Hackathon, Turn>>,
    directory: &Directory,
    answer: Id<Post>,
) -> Result<Question> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    let post = store::post::find(tx, &change.question, answer)?;
    if post.is_none_or(|post| post.kind != PostKind::Answer) {
        return Err(Error::invalid(
            "/answer",
            "answer.unknown",
            say!("There is no such answer to this question.", "이 질문에 없는 답변입니다."),
        ));
    }
    if !matches!(change.question.life.state, State::Answered { .. }) {
        return Err(refusal::held(tx, &change.question)?);
    }
    change.record(tx, What::Accepted { answer });
    change.record(tx, What::Closed { resolution: ResolutionWord::Answered });
    change.save(tx, directory)
}
