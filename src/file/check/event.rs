//! Dates in order, and sprints that lie beside each other within the event.

use chrono::NaiveDate;

use super::super::read::{Reader, Spot};
use super::super::tree::Place;
use crate::base::say;

/// A sprint with right dates.
pub struct SeenSprint {
    pub number: Option<u16>,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub pointer: String,
    pub place: Place,
}

/// The last day, if it does not come before the first.
pub fn in_order(
    r: &mut Reader<'_>,
    at: &Spot<'_>,
    starts_on: Option<NaiveDate>,
    ends_on: NaiveDate,
) -> Option<NaiveDate> {
    match starts_on {
        Some(starts_on) if ends_on < starts_on => {
            let detail = say!(
                "The last day, {ends_on}, comes before the first, {starts_on}. Write a later one.",
                "마지막 날({ends_on})이 첫날({starts_on})보다 빠릅니다. 더 늦은 날짜를 적으세요."
            );
            r.fault(at, "dates.order", detail);
            None
        }
        _ => Some(ends_on),
    }
}

/// Each sprint lies within the event, and no two share a day.
pub fn sprints(r: &mut Reader<'_>) {
    let mut sprints = std::mem::take(&mut r.names.sprints);
    for sprint in &sprints {
        within(r, sprint);
    }
    sprints.sort_by_key(|sprint| (sprint.starts_on, sprint.place));
    let mut longest: Option<&SeenSprint> = None;
    for sprint in &sprints {
        if let Some(before) = longest.filter(|before| sprint.starts_on <= before.ends_on) {
            overlap(r, before, sprint);
        }
        if longest.is_none_or(|before| before.ends_on < sprint.ends_on) {
            longest = Some(sprint);
        }
    }
}

fn within(r: &mut Reader<'_>, sprint: &SeenSprint) {
    let Some((first, last)) = r.names.event else { return };
    if sprint.starts_on < first || sprint.ends_on > last {
        let detail = say!(
            "This sprint is not within the event, which lasts from {first} to {last}. Change its dates or the event's.",
            "행사 기간({first} ~ {last})을 벗어난 스프린트입니다. 스프린트나 행사의 날짜를 고치세요."
        );
        r.fault_at(sprint.pointer.clone(), sprint.place, "sprint.outside", detail);
    }
}

fn overlap(r: &mut Reader<'_>, before: &SeenSprint, sprint: &SeenSprint) {
    let (line, ends_on) = (before.place.0, before.ends_on);
    let detail = match before.number {
        Some(number) => say!(
            "This sprint overlaps sprint {number} on line {line}, which ends on {ends_on}. Begin on the day after.",
            "{line}번째 줄의 스프린트 {number}, 종료일 {ends_on}: 기간이 겹칩니다. 그다음 날부터 시작하세요."
        ),
        None => say!(
            "This sprint overlaps the one on line {line}, which ends on {ends_on}. Begin on the day after.",
            "{line}번째 줄의 스프린트, 종료일 {ends_on}: 기간이 겹칩니다. 그다음 날부터 시작하세요."
        ),
    };
    r.fault_at(sprint.pointer.clone(), sprint.place, "sprint.overlap", detail);
}
