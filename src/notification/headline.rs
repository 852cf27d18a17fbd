//! What happened, in one sentence.

use crate::base::{Sentence, say};
use crate::question::store::names::{Named, Names, Wanted};
use crate::question::{By, Event, InCharge, ResolutionWord, What};

/// An event in one sentence. No words of the question stand in it.
pub fn headline(event: &Event, names: &Names) -> Sentence {
    let who = names.by(event.by);
    moved(event, names).or_else(|| said(event, &who)).unwrap_or_else(|| changed(event, &who, names))
}

/// What is named in it.
pub(super) fn named_in(event: &Event, wanted: &mut Wanted) {
    wanted.event(event);
    match &event.what {
        What::Reassigned { to, .. } => wanted.member(*to),
        What::GuestInvited { guest } | What::GuestRevoked { guest } => wanted.guest(*guest),
        What::Routed { holder: to, .. } | What::HandoffOffered { to, .. } | What::HandoffAccepted { to, .. } => {
            wanted.in_charge(*to);
        }
        _ => {}
    }
}

/// Where it lies or may come to lie.
fn moved(event: &Event, names: &Names) -> Option<Sentence> {
    let of = |holder: &InCharge| names.in_charge(*holder);
    Some(match &event.what {
        What::Routed { holder, .. } => {
            let Named { en, ko } = of(holder);
            say!("It lies with {en}.", "담당이 정해졌습니다: {ko}")
        }
        What::NoOneOnDuty {} => say!("Nobody was on duty.", "담당 시간인 사람이 없습니다."),
        What::HandoffOffered { to, .. } => {
            let Named { en, ko } = of(to);
            say!("It is offered to {en}.", "질문을 넘기려고 합니다. 받을 곳: {ko}")
        }
        What::HandoffAccepted { to, .. } => {
            let Named { en, ko } = of(to);
            say!("It was handed on and lies with {en} now.", "질문이 넘어갔습니다. 새 담당: {ko}")
        }
        What::HandoffDeclined { .. } => say!("The hand-off was declined.", "넘기기가 거절되었습니다."),
        What::HandoffWithdrawn { .. } => say!("The hand-off was withdrawn.", "넘기기를 거두었습니다."),
        What::ManyHops { hops } => {
            say!("It has been handed on {hops} times.", "여러 번 넘겨진 질문입니다: {hops}회")
        }
        _ => return None,
    })
}

/// What was said and settled.
fn said(event: &Event, who: &Named) -> Option<Sentence> {
    let Named { en: who, ko: person } = who;
    Some(match &event.what {
        What::Asked { .. } => say!("{who} asked it.", "새 질문이 올라왔습니다. 질문자: {person}"),
        What::Answered { .. } => say!("{who} answered it.", "답변이 올라왔습니다. 답변자: {person}"),
        What::Commented { .. } => say!("{who} commented on it.", "댓글이 달렸습니다. 작성자: {person}"),
        What::Noted { .. } => say!("{who} wrote an internal note.", "내부 메모가 달렸습니다. 작성자: {person}"),
        What::Waiting {} => say!("{who} waits for the asker.", "질문자의 답을 기다립니다. 맡은 사람: {person}"),
        What::Resumed {} => say!("It goes on.", "다시 진행됩니다."),
        What::Accepted { .. } => say!("An answer was accepted.", "답변이 채택되었습니다."),
        What::Withdrawn {} => say!("{who} took it back.", "질문이 철회되었습니다. 철회한 사람: {person}"),
        What::Closed { resolution: ResolutionWord::Answered } => {
            say!("{who} closed it: it was answered.", "답변되어 닫혔습니다. 닫은 사람: {person}")
        }
        What::Closed { .. } => say!("{who} closed it.", "질문이 닫혔습니다. 닫은 사람: {person}"),
        What::Merged { .. } => say!("It was merged into another question.", "다른 질문에 합쳐졌습니다."),
        What::Absorbed { .. } => say!("Another question was merged into it.", "다른 질문이 합쳐졌습니다."),
        _ => return None,
    })
}

/// Whose it is, and what it says. Kinds that there are not yet are told as a change.
fn changed(event: &Event, who: &Named, names: &Names) -> Sentence {
    let Named { en: who, ko: person } = who;
    match &event.what {
        What::Claimed { .. } => say!("{who} claimed it.", "담당자가 질문을 맡았습니다: {person}"),
        What::Released { .. } => say!("{who} gave it back.", "맡았던 사람이 질문을 내려놓았습니다: {person}"),
        What::TakenOver { .. } => say!("{who} took it over.", "다른 사람이 이어 맡았습니다: {person}"),
        What::Reassigned { to, .. } => {
            let to = names.member(*to);
            say!("{who} gave it to {to}.", "질문을 맡을 사람이 정해졌습니다: {to}. 정한 사람: {person}")
        }
        What::Edited { .. } => say!("{who} changed its words.", "질문 내용이 바뀌었습니다. 고친 사람: {person}"),
        What::TopicChanged { .. } => say!("{who} changed its topic.", "질문 주제가 바뀌었습니다. 바꾼 사람: {person}"),
        What::VisibilityChanged { .. } => {
            say!("{who} changed who may see it.", "질문 공개 범위가 바뀌었습니다. 바꾼 사람: {person}")
        }
        What::GuestInvited { guest } => {
            let Named { en, ko } = names.by(By::Guest(*guest));
            say!(
                "{who} asked {en} from outside to answer it.",
                "외부 전문가에게 답변을 부탁했습니다: {ko}. 초대한 사람: {person}"
            )
        }
        What::GuestRevoked { guest } => {
            let Named { en, ko } = names.by(By::Guest(*guest));
            say!("{who} took back the link of {en}.", "외부 전문가의 링크를 거두었습니다: {ko}. 거둔 사람: {person}")
        }
        What::Reopened { .. } => say!("{who} opened it again.", "질문이 다시 열렸습니다. 연 사람: {person}"),
        _ => say!("Something about it changed.", "질문에 변화가 있습니다."),
    }
}
