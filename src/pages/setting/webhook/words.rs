//! What webhooks are told of, and what came of it, in words.

use crate::base::{Lang, Sentence};
use crate::pages::time::Watch;
use crate::webhook::{Delivery, DeliveryState, EventType, Failure, Webhook, WhyOff};

/// What a webhook can hear of, in the order and the groups in which it is chosen.
pub const GROUPS: [(Sentence, &[EventType]); 4] = [
    (
        Sentence::fixed("Asking and routing", "질문과 배정"),
        &[
            EventType::Asked,
            EventType::Routed,
            EventType::NoOneOnDuty,
            EventType::Edited,
            EventType::TopicChanged,
            EventType::VisibilityChanged,
            EventType::Merged,
            EventType::Absorbed,
        ],
    ),
    (
        Sentence::fixed("Who has it", "맡은 사람"),
        &[
            EventType::Claimed,
            EventType::Released,
            EventType::TakenOver,
            EventType::Reassigned,
            EventType::HandoffOffered,
            EventType::HandoffAccepted,
            EventType::HandoffDeclined,
            EventType::HandoffWithdrawn,
            EventType::HandoffExpired,
            EventType::ManyHops,
        ],
    ),
    (
        Sentence::fixed("Answers", "답변"),
        &[
            EventType::Answered,
            EventType::Commented,
            EventType::Waiting,
            EventType::Resumed,
            EventType::Accepted,
            EventType::Closed,
            EventType::Withdrawn,
            EventType::Reopened,
            EventType::GuestInvited,
            EventType::GuestRevoked,
        ],
    ),
    (Sentence::fixed("What is late", "늦어지는 일"), &[EventType::Overdue, EventType::Escalated, EventType::Reminded]),
];

/// What a type of message is called.
pub const fn event(of: EventType) -> Sentence {
    match of {
        EventType::Asked => Sentence::fixed("A question was asked", "질문이 올라옴"),
        EventType::Routed => Sentence::fixed("It was brought to a holder", "담당이 정해짐"),
        EventType::NoOneOnDuty => Sentence::fixed("Nobody was on duty", "담당 시간인 사람이 없음"),
        EventType::Edited => Sentence::fixed("Its words were changed", "내용이 바뀜"),
        EventType::TopicChanged => Sentence::fixed("Its topic was changed", "주제가 바뀜"),
        EventType::VisibilityChanged => Sentence::fixed("Who may see it was changed", "공개 범위가 바뀜"),
        EventType::Merged => Sentence::fixed("It was merged into another", "다른 질문에 합쳐짐"),
        EventType::Absorbed => Sentence::fixed("Another was merged into it", "다른 질문이 합쳐짐"),
        EventType::Claimed => Sentence::fixed("Somebody claimed it", "누군가 맡음"),
        EventType::Released => Sentence::fixed("It was given back", "맡은 사람이 내려놓음"),
        EventType::TakenOver => Sentence::fixed("Somebody took it over", "다른 사람이 이어 맡음"),
        EventType::Reassigned => Sentence::fixed("It was given to somebody", "맡을 사람이 정해짐"),
        EventType::HandoffOffered => Sentence::fixed("It was offered to another holder", "다른 담당에게 넘기려고 함"),
        EventType::HandoffAccepted => Sentence::fixed("The hand-off was accepted", "넘기기가 받아들여짐"),
        EventType::HandoffDeclined => Sentence::fixed("The hand-off was declined", "넘기기가 거절됨"),
        EventType::HandoffWithdrawn => Sentence::fixed("The hand-off was withdrawn", "넘기기를 거둠"),
        EventType::HandoffExpired => Sentence::fixed("The hand-off expired", "넘기기 기한이 지남"),
        EventType::ManyHops => Sentence::fixed("It was handed on often", "여러 번 넘겨짐"),
        EventType::Answered => Sentence::fixed("It was answered", "답변됨"),
        EventType::Commented => Sentence::fixed("Somebody commented", "댓글이 달림"),
        EventType::Waiting => Sentence::fixed("It waits for the asker", "질문자의 답을 기다림"),
        EventType::Resumed => Sentence::fixed("It goes on", "다시 진행됨"),
        EventType::Accepted => Sentence::fixed("An answer was accepted", "답변이 채택됨"),
        EventType::Closed => Sentence::fixed("It was closed", "닫힘"),
        EventType::Withdrawn => Sentence::fixed("It was taken back", "철회됨"),
        EventType::Reopened => Sentence::fixed("It was opened again", "다시 열림"),
        EventType::GuestInvited => Sentence::fixed("A guest was invited", "외부 전문가를 초대함"),
        EventType::GuestRevoked => Sentence::fixed("A guest's link was taken back", "외부 전문가의 링크를 거둠"),
        EventType::Overdue => Sentence::fixed("A promise was not kept", "약속한 시간이 지남"),
        EventType::Escalated => Sentence::fixed("Somebody was told that nothing happens", "에스컬레이션됨"),
        EventType::Reminded => Sentence::fixed("Nothing had happened for a week", "일주일 동안 아무 일도 없음"),
        EventType::Test => Sentence::fixed("Test", "테스트"),
    }
}

/// What a webhook hears of, in short.
pub fn hears(of: &Webhook, lang: Lang) -> String {
    let events = &of.facts.events;
    match (events.first(), events.len(), lang) {
        (None, _, Lang::En) => "everything".to_owned(),
        (None, _, Lang::Ko) => "모든 이벤트".to_owned(),
        (Some(one), 1, _) => event(*one).text(lang).to_owned(),
        (_, several, Lang::En) => format!("{several} kinds of events"),
        (_, several, Lang::Ko) => format!("이벤트 {several}가지"),
    }
}

/// How a webhook is, with the class of its tag.
pub fn state(of: &Webhook) -> (&'static str, Sentence) {
    match (of.off, of.failing_since) {
        (Some((_, WhyOff::Organizer)), _) => ("", Sentence::fixed("Off", "꺼짐")),
        (Some((_, WhyOff::Gone)), _) => ("error", Sentence::fixed("Off: the address is gone", "꺼짐: 없어진 주소")),
        (Some((_, WhyOff::Failing)), _) => {
            ("error", Sentence::fixed("Off: failed for five days", "꺼짐: 닷새 동안 실패"))
        }
        (None, Some(_)) => ("waiting", Sentence::fixed("Failing", "실패하는 중")),
        (None, None) => ("answered", Sentence::fixed("On", "켜짐")),
    }
}

/// What has become of a delivery, with the class of its tag.
pub fn outcome(of: &Delivery) -> (&'static str, Sentence) {
    match (of.state, of.attempts) {
        (DeliveryState::Delivered, _) => ("answered", Sentence::fixed("Delivered", "전달됨")),
        (DeliveryState::Failed, _) => ("error", Sentence::fixed("Given up", "포기함")),
        (DeliveryState::Waiting, 0) => ("open", Sentence::fixed("On its way", "보내는 중")),
        (DeliveryState::Waiting, _) => ("waiting", Sentence::fixed("Tried again", "다시 보낼 예정")),
    }
}

/// Why a try failed.
pub fn failure(of: &Delivery, lang: Lang) -> Option<String> {
    let status = of.last.as_ref().and_then(|last| last.status);
    let words = match of.failure? {
        Failure::Status => {
            let status = status.unwrap_or_default();
            return Some(match lang {
                Lang::En => format!("Answered {status}"),
                Lang::Ko => format!("응답 코드 {status}"),
            });
        }
        Failure::NotAllowed => Sentence::fixed("The address lies in a private network", "사설 네트워크의 주소"),
        Failure::NoAddress => Sentence::fixed("The name of the host leads nowhere", "호스트 이름을 찾을 수 없음"),
        Failure::NotConnected => Sentence::fixed("Nobody listens there", "연결되지 않음"),
        Failure::NotTrusted => Sentence::fixed("Its certificate is not good", "인증서를 믿을 수 없음"),
        Failure::TooSlow => Sentence::fixed("It took too long", "시간 초과"),
        Failure::Broken => Sentence::fixed("What was answered is no HTTP", "HTTP가 아닌 응답"),
        Failure::Off => Sentence::fixed("The webhook was switched off", "웹훅이 꺼짐"),
    };
    Some(words.text(lang).to_owned())
}

/// How often it was tried, how it ended and how long that took, each a few words.
pub fn facts(of: &Delivery, watch: &Watch) -> Vec<String> {
    let lang = watch.lang;
    let tries = (of.attempts > 0).then(|| match (of.attempts, lang) {
        (1, Lang::En) => "tried once".to_owned(),
        (times, Lang::En) => format!("tried {times} times"),
        (times, Lang::Ko) => format!("{times}번 시도"),
    });
    let arrived = of.last.as_ref().filter(|_| of.failure.is_none()).and_then(|last| last.status);
    let arrived = arrived.map(|status| match lang {
        Lang::En => format!("answered {status}"),
        Lang::Ko => format!("응답 코드 {status}"),
    });
    let took = of.last.as_ref().map(|last| format!("{} ms", last.took));
    let next = (of.state == DeliveryState::Waiting && of.attempts > 0).then(|| match lang {
        Lang::En => format!("next try {}", watch.clock(of.due_at)),
        Lang::Ko => format!("다음 시도 {}", watch.clock(of.due_at)),
    });
    [failure(of, lang), arrived, tries, took, next].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_can_be_chosen_once() {
        let mut shown: Vec<EventType> = GROUPS.iter().flat_map(|(_, events)| events.iter().copied()).collect();
        shown.sort_unstable();
        assert_eq!(shown, EventType::choices().collect::<Vec<_>>());
    }
}
