//! Merging: one of two questions that ask the same goes on for both. Both histories are kept.

use super::change::Change;
use super::roles::Standing;
use super::store::names::Named;
use super::{MergeTurn, Question, Resolution, State, Visibility, What, refusal, store};
use crate::access::policy::Settle;
use crate::access::{Right, Roles, Within};
use crate::base::{Error, Key, Result, say};
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;

/// Merges the question into the one with this id or number, whose followers it brings along.
pub fn merge(
    tx: &mut Tx,
    right: &Right<Settle, Within<Hackathon, MergeTurn>>,
    directory: &Directory,
    of: &str,
) -> Result<Question> {
    let question = &right.on().item.0;
    let mut change = Change::by(tx, question, right.user())?;
    let into = find(tx, right, of)?;
    if into.id == question.id {
        let detail = say!("A question cannot be a duplicate of itself.", "자기 자신의 중복일 수는 없습니다.");
        return Err(Error::invalid("/of", "duplicate.self", detail));
    }
    if let State::Closed { .. } = question.life.state {
        return Err(refusal::held(tx, question)?);
    }
    if !goes_on(&into) {
        return Err(refusal::held(tx, &into)?);
    }
    seen_by_the_asker(tx, question, &into)?;
    change.record(tx, What::Merged { into: into.id });
    change.let_offer_lapse(tx)?;
    let merged = change.save(tx, directory)?;
    store::follower::copy(tx, &merged, &into)?;
    let mut other = Change::by(tx, &into, right.user())?;
    other.record(tx, What::Absorbed { question: merged.id });
    other.save(tx, directory)?;
    Ok(merged)
}

/// The question that goes on, locked. One that the actor may not see is unknown, like one that never was.
fn find(tx: &mut Tx, right: &Right<Settle, Within<Hackathon, MergeTurn>>, of: &str) -> Result<Question> {
    let Within { parent, item } = right.on();
    let key = Key::parse(of);
    let own = key.as_ref().is_some_and(|key| store::goes_by(&item.0, key));
    let found = match key {
        Some(_) if own => Some(item.0.clone()),
        Some(key) => {
            store::lock(tx, parent.id, &key)?;
            store::find(tx, parent.id, &key)?
        }
        None => None,
    };
    let standing = Standing::load(tx, parent.id, right.user())?;
    let sees = |question: &Question| standing.as_ref().is_some_and(|one| one.roles_to(question) != Roles::NONE);
    found.filter(sees).ok_or_else(|| {
        let detail = say!("There is no such question in this hackathon.", "이 해커톤에 없는 질문입니다.");
        Error::invalid("/of", "question.unknown", detail)
    })
}

/// Whether it has an answer or may get one; in any other both questions would be lost.
fn goes_on(into: &Question) -> bool {
    into.life.state.resolution().is_none_or(|how| how == Resolution::Answered)
}

/// Whoever asked must be able to read the answer.
fn seen_by_the_asker(tx: &mut Tx, question: &Question, into: &Question) -> Result<()> {
    let same_team = into.team.is_some() && into.team == question.team;
    if into.visibility == Visibility::Hackathon || same_team || into.asker == question.asker {
        return Ok(());
    }
    let number = into.number;
    Err(refusal::because(tx, question, |Named { en, ko }| {
        say!(
            "Question {number} is shown to another team only, so the asker could not read its answer; this one lies with {en}.",
            "{number}번 질문은 다른 팀만 볼 수 있어 질문자가 답을 읽을 수 없습니다. 이 질문의 담당: {ko}"
        )
    })?)
}
