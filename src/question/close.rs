//! Closing a question by hand.

use super::change::Change;
use super::store::names::Named;
use super::{PostKind, Question, ResolutionWord, State, Turn, What, refusal};
use crate::access::policy::Settle;
use crate::access::{Right, Within};
use crate::base::{Error, Result, Text, say};
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;

/// Closes the question; `because` becomes a comment.
pub fn close(
    tx: &mut Tx,
    right: &Right<Settle, Within<Hackathon, Turn>>,
    directory: &Directory,
    resolution: ResolutionWord,
    because: Option<&Text>,
) -> Result<Question> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    has_a_verb_of_its_own(resolution)?;
    if let State::Closed { .. } = change.question.life.state {
        return Err(refusal::held(tx, &change.question)?);
    }
    if resolution == ResolutionWord::Answered && change.question.life.answered_at.is_none() {
        return Err(unanswered(tx, &change.question)?);
    }
    if let Some(body) = because {
        let post = change.say(tx, PostKind::Comment, body)?;
        change.record(tx, What::Commented { post });
    }
    change.record(tx, What::Closed { resolution });
    change.let_offer_lapse(tx)?;
    change.save(tx, directory)
}

fn unanswered(tx: &mut Tx, question: &Question) -> Result<Error> {
    refusal::because(tx, question, |Named { en, ko }| {
        say!(
            "This question has no answer yet; it lies with {en}. Answer it, or close it as \"not_for_us\" or \"expired\".",
            "아직 답변이 없는 질문입니다. 담당: {ko}. 답변하거나 \"not_for_us\" 또는 \"expired\"로 닫으세요."
        )
    })
}

fn has_a_verb_of_its_own(resolution: ResolutionWord) -> Result<()> {
    let path = match resolution {
        ResolutionWord::Duplicate => "duplicates",
        ResolutionWord::Withdrawn => "withdraw",
        _ => return Ok(()),
    };
    let detail = say!("Use \"/{path}\" for this.", "이 경우에는 \"/{path}\" 주소를 쓰세요.");
    Err(Error::invalid("/resolution", "resolution.elsewhere", detail))
}
