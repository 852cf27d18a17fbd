//! R5: every working hour of the event has a responsible on duty.

use std::collections::HashMap;

use serde_json::json;

use super::{Finding, Level};
use crate::base::say;
use crate::consortium::Holder;
use crate::duty::{Calendar, Gaps};
use crate::matrix::table::Effective;
use crate::matrix::{Draft, Role, both};

/// The working hours in which no responsible is on duty, one finding a topic.
pub fn uncovered(draft: &Draft, topics: &[&Effective]) -> Vec<Finding> {
    // Topics share their responsible, and the comparison is the dear part.
    let mut known: HashMap<Vec<Holder>, Gaps> = HashMap::new();
    let mut found = Vec::new();
    for topic in topics {
        let mut holders: Vec<Holder> = topic.holders(Role::Responsible).collect();
        holders.sort();
        if holders.is_empty() {
            continue;
        }
        let gaps = known.entry(holders).or_insert_with_key(|holders| of(draft, holders));
        found.extend(told(topic, gaps));
    }
    found
}

fn of(draft: &Draft, holders: &[Holder]) -> Gaps {
    let calendars = |holder: &Holder| {
        draft.consortium.reach(*holder, &draft.reach).into_iter().map(|reach| &reach.calendar).collect()
    };
    let calendars: Vec<Vec<&Calendar>> = holders.iter().map(calendars).collect();
    Gaps::find(&draft.working, draft.days.clone(), &calendars)
}

fn told(topic: &Effective, gaps: &Gaps) -> Option<Finding> {
    if gaps.is_empty() {
        return None;
    }
    let (summary, (en, ko)) = (gaps.summary(), both(&topic.row.name));
    let words = summary.words();
    let (when_en, when_ko) = (&words.en, &words.ko);
    let message = say!(
        "Nobody responsible for {en} is on duty: {when_en}.",
        "실무 담당이 근무하지 않는 업무 시간: {when_ko} (주제: {ko})"
    );
    let remedy = say!(
        "Widen the hours of a channel, add a shift, or name another responsible for this time.",
        "채널의 시간을 늘리거나, 근무를 추가하거나, 이 시간에 답할 실무 담당을 더 정하세요."
    );
    let finding = Finding::of("R5", Level::Warning, Some(topic.row), message, remedy);
    Some(finding.with("weekly", json!(summary.weekly)).with("gaps", json!(gaps.list())))
}
