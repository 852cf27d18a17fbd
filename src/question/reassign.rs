//! Reassigning: giving a question to a named person.

use super::change::Change;
use super::{FollowReason, Question, Standing, State, Turn, What, follow, refusal};
use crate::access::policy::{Reply, TakeOver, Verb};
use crate::access::{Right, Within};
use crate::base::{Error, Id, Result, say};
use crate::consortium::{Member, named};
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;

/// Gives the question to this member, who must be one who may answer it.
pub fn reassign(
    tx: &mut Tx,
    right: &Right<TakeOver, Within<Hackathon, Turn>>,
    directory: &Directory,
    to: Id<Member>,
) -> Result<Question> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    let from = change.question.life.state.in_hands_of();
    if !change.question.life.state.is_waiting() {
        return Err(refusal::held(tx, &change.question)?);
    }
    let member = named::member(tx, change.question.hackathon, to, "/to")?;
    if !may_answer(tx, &change.question, &member)? {
        return Err(cannot(&member));
    }
    if change.question.life.state == (State::Claimed { by: to }) {
        return Err(refusal::held(tx, &change.question)?);
    }
    change.record(tx, What::Reassigned { from, to });
    follow::add(tx, &change.question, to, FollowReason::TookPart)?;
    change.save(tx, directory)
}

/// Whether this member takes part and may answer the question.
pub(super) fn may_answer(tx: &mut Tx, question: &Question, member: &Member) -> Result<bool> {
    let standing = Standing::load(tx, question.hackathon, member.user)?;
    Ok(standing.is_some_and(|standing| Reply::BY.meet(standing.roles_to(question))))
}

fn cannot(member: &Member) -> Error {
    let name = &member.display_name;
    let detail = say!(
        "{name} cannot answer this question: name an organizer, a mentor, or somebody of the holder it lies with.",
        "이 질문에 답할 수 없는 구성원입니다: {name}. 운영진, 멘토, 또는 담당에 속한 사람을 지정하세요."
    );
    Error::invalid("/to", "member.cannot_answer", detail)
}
