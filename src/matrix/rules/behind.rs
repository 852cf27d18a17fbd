//! Who stands behind a holder: R3, a named person for what is accountable; R4, somebody whom the question reaches.

use serde_json::json;

use super::{Finding, Level};
use crate::base::{Id, Localized, Sentence, say};
use crate::consortium::{Holder, Member};
use crate::matrix::draft::Lack;
use crate::matrix::table::{Effective, Named};
use crate::matrix::{Draft, Role, both};

/// R3: the accountable is a person, or a unit or an organization with a lead who takes part.
pub fn lead(draft: &Draft, topic: &Effective) -> Option<Finding> {
    let holder = topic.holders(Role::Accountable).next()?;
    let lead = match holder {
        Holder::Member(_) => return None,
        Holder::Unit(id) => draft.consortium.unit(id)?.lead,
        Holder::Organization(id) => draft.consortium.organization(id)?.lead,
        Holder::TeamMentor => None,
    };
    let takes_part = |id: Id<Member>| draft.consortium.member(id).is_some_and(|member| member.active);
    if lead.is_some_and(takes_part) {
        return None;
    }
    let named = draft.consortium.named(holder)?;
    let ((en, ko), (who_en, who_ko)) = (both(&topic.row.name), both(&named.name));
    let message = say!(
        "{who_en}, accountable for {en}, has no named lead.",
        "대표 담당자가 정해지지 않은 총괄 책임: {who_ko} (주제: {ko})"
    );
    let remedy = match holder {
        Holder::TeamMentor => say!(
            "Make a person, a unit or an organization accountable; the team's mentors are others for every team.",
            "사람, 부서, 기관을 총괄 책임으로 정하세요. 팀 멘토는 팀마다 다릅니다."
        ),
        _ => say!(
            "Name a member who takes part as its lead, or make a person accountable.",
            "활동 중인 구성원을 대표로 정하거나, 사람을 총괄 책임으로 정하세요."
        ),
    };
    Some(Finding::of("R3", Level::Warning, Some(topic.row), message, remedy).with("holder", json!(named)))
}

/// R4: every holder is reached by the topic's questions.
pub fn standing(draft: &Draft, topic: &Effective) -> Vec<Finding> {
    let mut seen = Vec::new();
    let mut found = Vec::new();
    for cell in &topic.cells {
        if seen.contains(&cell.holder) {
            continue;
        }
        seen.push(cell.holder);
        let Err(lack) = draft.stands(cell.holder) else { continue };
        let named = draft.consortium.named(cell.holder);
        let (message, remedy) = told(lack, &topic.row.name, named.as_ref());
        let finding = Finding::of("R4", Level::Error, Some(topic.row), message, remedy);
        found.push(finding.with("holder", json!(named)).with("role", json!(cell.role)));
    }
    found
}

fn told(lack: Lack, topic: &Localized, named: Option<&Named>) -> (Sentence, Sentence) {
    let (en, ko) = both(topic);
    let (who_en, who_ko) = named.map_or(("?", "?"), |named| both(&named.name));
    let message = match lack {
        Lack::Unknown => say!("A holder of {en} is not in the consortium.", "컨소시엄에 없는 담당이 있는 주제: {ko}"),
        Lack::Suspended => {
            say!(
                "{who_en} holds {en} and does not take part any more.",
                "더 이상 참여하지 않는 담당: {who_ko} (주제: {ko})"
            )
        }
        Lack::Unseeing => say!(
            "{who_en} holds {en} and does not see its questions: they are neither organizer, mentor nor responder.",
            "운영진, 멘토, 응답 담당 역할이 없어 질문을 볼 수 없는 담당: {who_ko} (주제: {ko})"
        ),
        Lack::Nobody => say!(
            "{who_en} holds {en} and has neither a channel nor anybody who answers.",
            "채널도 응답할 사람도 없는 담당: {who_ko} (주제: {ko})"
        ),
    };
    (message, mended(lack))
}

fn mended(lack: Lack) -> Sentence {
    match lack {
        Lack::Unknown => say!("Name somebody of the consortium.", "컨소시엄 안에서 담당을 정하세요."),
        Lack::Suspended => say!("Name somebody who takes part.", "참여 중인 사람을 담당으로 정하세요."),
        Lack::Unseeing => say!(
            "Give them the role responder, or name somebody else.",
            "응답 담당 역할을 주거나 다른 사람을 정하세요."
        ),
        Lack::Nobody => say!(
            "Add a channel, or an active member who is organizer, mentor or responder.",
            "채널을 추가하거나, 활동 중인 운영진, 멘토, 응답 담당을 소속시키세요."
        ),
    }
}

/// R4, less grave: some teams have no mentor, so that what the team's mentors hold reaches nobody for them.
pub fn teams_without_mentor(draft: &Draft, topics: &[&Effective]) -> Vec<Finding> {
    let bare: Vec<_> = draft.consortium.teams.iter().filter(|team| !team.has_mentor(&draft.consortium)).collect();
    let slugs: Vec<_> = bare.iter().map(|team| team.slug.as_str()).collect();
    let (teams, listed) = (slugs.len(), slugs.join(", "));
    // Where there is no mentor at all, and no channel of theirs, that is an error and was told as one.
    if teams == 0 || draft.stands(Holder::TeamMentor).is_err() {
        return Vec::new();
    }
    let held = topics.iter().filter(|topic| topic.cells.iter().any(|cell| cell.holder == Holder::TeamMentor));
    let of = |topic: &&Effective| {
        let (en, ko) = both(&topic.row.name);
        let message = say!(
            "The team's mentors hold {en}, and {teams} teams have no mentor: {listed}.",
            "팀 멘토가 담당인데 멘토 없는 팀이 {teams}개 있습니다: {listed} (주제: {ko})"
        );
        let remedy = say!("Give these teams a mentor.", "이 팀들에 멘토를 정하세요.");
        Finding::of("R4", Level::Warning, Some(topic.row), message, remedy).with("teams", json!(slugs))
    };
    held.map(of).collect()
}
