//! How many: R1, one accountable; R2, at least one responsible; R6, not too much and not nothing.

use serde_json::json;

use super::{Finding, Level};
use crate::base::{Sentence, say};
use crate::consortium::Holder;
use crate::matrix::consortium::MemberFacts;
use crate::matrix::table::{Effective, Named};
use crate::matrix::{Draft, Role, both};

/// The most consulted on a topic before asking them all costs more than it helps.
const CONSULTED_MOST: usize = 3;
/// The most topics one person is accountable for.
const ACCOUNTABLE_MOST: usize = 8;

/// R1: exactly one accountable.
pub fn accountable(draft: &Draft, topic: &Effective) -> Option<Finding> {
    let holders: Vec<Holder> = topic.holders(Role::Accountable).collect();
    let (en, ko) = both(&topic.row.name);
    let (message, remedy) = match holders.len() {
        1 => return None,
        0 => (
            say!("Nobody is accountable for {en}.", "총괄 책임이 없는 주제: {ko}"),
            say!(
                "Name one accountable: a person, a unit or an organization.",
                "총괄 책임을 하나 정하세요. 사람, 부서, 기관 모두 됩니다."
            ),
        ),
        several => (
            say!("{several} are accountable for {en}.", "총괄 책임이 {several}곳인 주제: {ko}"),
            say!("Keep one of them and make the others consulted.", "하나만 남기고 나머지는 자문으로 바꾸세요."),
        ),
    };
    let named: Vec<Named> = holders.iter().filter_map(|holder| draft.consortium.named(*holder)).collect();
    Some(Finding::of("R1", Level::Error, Some(topic.row), message, remedy).with("accountable", json!(named)))
}

/// R2: at least one responsible.
pub fn responsible(topic: &Effective) -> Option<Finding> {
    if topic.holders(Role::Responsible).next().is_some() {
        return None;
    }
    let (en, ko) = both(&topic.row.name);
    let message = say!("Nobody is responsible for {en}.", "실무 담당이 없는 주제: {ko}");
    let remedy = say!(
        "Name at least one responsible. It may be the accountable.",
        "실무 담당을 하나 이상 정하세요. 총괄 책임과 같아도 됩니다."
    );
    Some(Finding::of("R2", Level::Error, Some(topic.row), message, remedy))
}

/// R6: too many consulted.
pub fn consulted(topic: &Effective) -> Option<Finding> {
    let count = topic.holders(Role::Consulted).count();
    if count <= CONSULTED_MOST {
        return None;
    }
    let (en, ko) = both(&topic.row.name);
    let message = say!("{count} are consulted on {en}.", "자문이 {count}곳인 주제: {ko}");
    let remedy = say!(
        "Keep the {CONSULTED_MOST} who help most and make the others informed.",
        "가장 도움이 되는 {CONSULTED_MOST}곳만 남기고 나머지는 공유 대상으로 바꾸세요."
    );
    Some(Finding::of("R6", Level::Warning, Some(topic.row), message, remedy).with("consulted", json!(count)))
}

/// R6: one person accountable for too much.
pub fn overburdened(draft: &Draft, topics: &[&Effective]) -> Vec<Finding> {
    let of = |member: &MemberFacts| {
        let holds = |topic: &&&Effective| topic.holders(Role::Accountable).any(|one| one == Holder::Member(member.id));
        let slugs: Vec<_> = topics.iter().filter(holds).map(|topic| &topic.row.slug).collect();
        let (name, count) = (&member.name, slugs.len());
        let message =
            say!("{name} is accountable for {count} topics.", "한 사람이 주제 {count}개의 총괄 책임입니다: {name}");
        let remedy = say!(
            "Give some of them to others; {ACCOUNTABLE_MOST} are the most one person can look after.",
            "일부를 다른 사람에게 넘기세요. 한 사람이 돌볼 수 있는 주제는 많아야 {ACCOUNTABLE_MOST}개입니다."
        );
        (count > ACCOUNTABLE_MOST).then(|| {
            let holder = draft.consortium.named(Holder::Member(member.id));
            Finding::of("R6", Level::Warning, None, message, remedy)
                .with("holder", json!(holder))
                .with("topics", json!(slugs))
        })
    };
    draft.consortium.members.iter().filter_map(of).collect()
}

/// R6: an organization or a unit that holds nothing. An organization holds what its units hold.
pub fn idle(draft: &Draft, topics: &[&Effective]) -> Vec<Finding> {
    let holds = |holder: Holder| {
        let mut cells = topics.iter().flat_map(|topic| topic.cells.iter());
        cells.any(|cell| draft.consortium.goes(cell.holder, holder))
    };
    let divisions = draft.consortium.holders().into_iter();
    let divisions = divisions.filter(|named| matches!(named.holder, Holder::Organization(_) | Holder::Unit(_)));
    divisions
        .filter(|named| !holds(named.holder))
        .map(|named| {
            let finding = Finding::of("R6", Level::Warning, None, nothing(&named), give());
            finding.with("holder", json!(named))
        })
        .collect()
}

fn nothing(named: &Named) -> Sentence {
    let (en, ko) = both(&named.name);
    say!("{en} holds no topic.", "맡은 주제가 없습니다: {ko}")
}

fn give() -> Sentence {
    say!(
        "Give it a part in a topic, or take it out of the consortium.",
        "주제에서 맡을 몫을 정하거나 컨소시엄에서 빼세요."
    )
}
