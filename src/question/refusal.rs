//! Refusals that say why, and who holds the question.

use serde_json::json;

use super::store::names::{self, Named, Names};
use super::{Question, Resolution, State, store};
use crate::base::{Error, Result, Sentence, say};
use crate::db::Tx;

/// The refusal of what does not fit the state of this question, with who holds it in words and as facts.
pub fn held(tx: &mut Tx, question: &Question) -> Result<Error> {
    let names = names::of(tx, std::slice::from_ref(question))?;
    let Named { en, ko } = &names.in_charge(question.life.in_charge);
    let name = question.life.state.assignee().map(|id| names.member(id).to_string()).unwrap_or_default();
    let sentence = match question.life.state {
        State::Open => say!(
            "Nobody has claimed this question; it lies with {en}. Claim it first.",
            "아직 맡은 사람이 없는 질문입니다. 담당: {ko}. 먼저 맡으세요."
        ),
        State::Claimed { .. } => say!(
            "{name} has claimed this question; it lies with {en}.",
            "이미 맡은 사람이 있는 질문입니다: {name}. 담당: {ko}"
        ),
        State::WaitingOnAsker { .. } => say!(
            "{name} has this question and waits for the asker; it lies with {en}.",
            "질문자의 답을 기다리는 질문입니다. 맡은 사람: {name}. 담당: {ko}"
        ),
        State::Answered { by: None } => say!(
            "This question was answered by a guest; it lies with {en}. Accept the answer, or reopen the question.",
            "초대된 전문가가 답변한 질문입니다. 담당: {ko}. 답변을 채택하거나 질문을 다시 여세요."
        ),
        // It need not be who has it that answered: a guest may have.
        State::Answered { by: Some(_) } => say!(
            "This question was answered; {name} has it, and it lies with {en}. Accept the answer, or reopen the question.",
            "이미 답변된 질문입니다. 맡은 사람: {name}. 담당: {ko}. 답변을 채택하거나 질문을 다시 여세요."
        ),
        State::Closed { resolution, .. } => closed(tx, question, resolution, (en, ko))?,
    };
    Ok(with_facts(question, &names, sentence))
}

/// A refusal for a reason of its own. The sentence is made with the name of whom the question lies with.
pub fn because(tx: &mut Tx, question: &Question, sentence: impl FnOnce(&Named) -> Sentence) -> Result<Error> {
    let names = names::of(tx, std::slice::from_ref(question))?;
    let sentence = sentence(&names.in_charge(question.life.in_charge));
    Ok(with_facts(question, &names, sentence))
}

fn with_facts(question: &Question, names: &Names, sentence: Sentence) -> Error {
    let assignee = question.life.state.assignee();
    let facts = json!({
        "state": question.life.state.word(),
        "resolution": question.life.state.resolution().map(Resolution::word),
        "assignee": assignee.map(|id| json!({"id": id, "display_name": names.member(id)})),
        "holder": names.view(question.life.in_charge),
    });
    Error::Blocked(sentence, Box::new(facts))
}

/// The refusal of somebody who sees the question and may not do this: whom to turn to.
pub fn not_yours(tx: &mut Tx, question: &Question) -> Result<Error> {
    let names = names::of(tx, std::slice::from_ref(question))?;
    let Named { en, ko } = &names.in_charge(question.life.in_charge);
    let sentence = match question.life.state.in_hands_of() {
        Some(has) => {
            let name = names.member(has);
            say!(
                "What you are to this question does not allow this. {name} has it; it lies with {en}.",
                "이 질문에 대한 내 역할로는 할 수 없는 일입니다. 맡은 사람: {name}. 담당: {ko}"
            )
        }
        None => say!(
            "What you are to this question does not allow this. It lies with {en}.",
            "이 질문에 대한 내 역할로는 할 수 없는 일입니다. 담당: {ko}"
        ),
    };
    Ok(Error::Forbidden(sentence))
}

fn closed(tx: &mut Tx, question: &Question, how: Resolution, (en, ko): (&str, &str)) -> Result<Sentence> {
    if let Resolution::Duplicate(of) = how {
        let number = store::of_id(tx, question.hackathon, of)?.number;
        return Ok(say!(
            "This question was merged into question {number}, where it goes on; it lay with {en}.",
            "{number}번 질문에 합쳐져 그곳에서 이어지는 질문입니다. 마지막 담당: {ko}"
        ));
    }
    let (how_en, how_ko) = words(how);
    Ok(say!(
        "This question is closed: {how_en}. It lay with {en}. Reopen it first.",
        "닫힌 질문입니다: {how_ko}. 마지막 담당: {ko}. 먼저 다시 여세요."
    ))
}

fn words(how: Resolution) -> (&'static str, &'static str) {
    match how {
        Resolution::Answered => ("it was answered", "답변됨"),
        Resolution::Duplicate(_) => ("it was merged", "합쳐짐"),
        Resolution::Withdrawn => ("the asker's side took it back", "질문자 측이 거둠"),
        Resolution::NotForUs => ("it is no matter of this hackathon", "이 해커톤의 일이 아님"),
        Resolution::Expired => ("it does not matter any more", "더 이상 필요 없음"),
    }
}

/// Who reads this has the question already.
pub fn already_yours() -> Error {
    Error::Conflict(say!("You have claimed this question already.", "이미 내가 맡은 질문입니다."))
}
