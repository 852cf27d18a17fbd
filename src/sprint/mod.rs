//! A sprint: a dated stage of the event, known by its number.

mod close;
pub mod scope;
pub mod store;

use chrono::NaiveDate;
use diesel::Queryable;

use crate::access::Item;
use crate::base::{Error, Fault, Id, Instant, Key, Localized, Result, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;

pub use close::{as_wished, close};
pub use scope::{NewScope, ScopeChange, ScopeKind};

/// The highest number of a sprint.
pub const NUMBER_MOST: i32 = 1000;

/// A sprint.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Sprint {
    /// Its id.
    pub id: Id<Sprint>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// Its number, one in the hackathon; sprints follow one another in the order of their numbers.
    pub number: i32,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// What it is for.
    pub goal: Option<Localized>,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// When an organizer closed it.
    pub closed_at: Option<Instant>,
    /// What it brought, as it was last told; a closed sprint has one.
    pub summary: Option<Localized>,
}

/// What a sprint says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its number.
    pub number: i32,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// What it is for.
    pub goal: Option<Localized>,
}

impl Sprint {
    /// Its facts, as a base for changing them.
    pub fn facts(&self) -> Facts {
        let Sprint { number, starts_on, ends_on, goal, .. } = self.clone();
        Facts { number, starts_on, ends_on, goal }
    }

    /// Refused where it was closed.
    pub fn still_open(&self) -> Result<()> {
        if self.closed_at.is_none() {
            return Ok(());
        }
        let number = self.number;
        Err(Error::Conflict(say!(
            "Sprint {number} is closed. An organizer can open it again.",
            "마감된 스프린트입니다: {number}. 운영진이 다시 열 수 있습니다."
        )))
    }
}

/// The most hours that are planned or spent by one team in one sprint.
pub const HOURS_MOST: f64 = 10_000.0;

/// Hours as they are written, such as 2.5, in minutes; none is an amount too.
pub fn minutes(hours: f64, pointer: &str) -> Result<i32> {
    if !(0.0..=HOURS_MOST).contains(&hours) {
        let detail = say!(
            "Write the hours as a number from 0 to {HOURS_MOST}.",
            "시간을 0부터 {HOURS_MOST} 사이의 수로 적으세요."
        );
        return Err(Error::invalid(pointer, "hours.range", detail));
    }
    #[expect(clippy::as_conversions, reason = "the range was just checked")]
    let minutes = (hours * 60.0).round() as i32;
    Ok(minutes)
}

impl Facts {
    /// A sprint lies inside the event, meets no other, and comes after those with lower numbers. Every fault is told.
    pub fn check(&self, event: &Hackathon, others: &[Sprint]) -> Result<()> {
        let mut faults = self.own_faults();
        faults.extend(self.outside(event.starts_on, event.ends_on));
        faults.extend(others.iter().filter_map(|other| self.against(other)));
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }

    fn own_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !(1..=NUMBER_MOST).contains(&self.number) {
            let detail = say!("Give a number from 1 to {NUMBER_MOST}.", "번호는 1부터 {NUMBER_MOST} 사이여야 합니다.");
            faults.push(Fault::new("/number", "number.range", detail));
        }
        if self.ends_on < self.starts_on {
            let detail = say!("The last day must not be before the first.", "마지막 날은 첫날보다 앞설 수 없습니다.");
            faults.push(Fault::new("/ends_on", "dates.order", detail));
        }
        faults
    }

    fn outside(&self, from: NaiveDate, until: NaiveDate) -> Vec<Fault> {
        let outside = |pointer: &str| {
            let detail = say!(
                "The event lasts from {from} to {until}; choose a day in it.",
                "행사 기간({from} ~ {until}) 안의 날짜를 고르세요."
            );
            Fault::new(pointer, "dates.outside", detail)
        };
        let inside = from..=until;
        let days = [("/starts_on", self.starts_on), ("/ends_on", self.ends_on)];
        days.into_iter().filter(|(_, day)| !inside.contains(day)).map(|(pointer, _)| outside(pointer)).collect()
    }

    fn against(&self, other: &Sprint) -> Option<Fault> {
        let Sprint { number, starts_on, ends_on, .. } = other;
        if self.starts_on <= *ends_on && *starts_on <= self.ends_on {
            let detail = say!(
                "Sprint {number} lasts from {starts_on} to {ends_on}; these days overlap with it.",
                "스프린트 {number}의 기간({starts_on} ~ {ends_on})과 겹칩니다."
            );
            return Some(Fault::new("/starts_on", "sprint.overlap", detail));
        }
        let ordered = (self.number < *number) == (self.starts_on < *starts_on);
        (!ordered && self.number != *number).then(|| {
            let detail = say!(
                "Sprint {number} lasts from {starts_on} to {ends_on}; sprints come in the order of their numbers.",
                "스프린트는 번호 순서대로 이어져야 합니다. 스프린트 {number}의 기간: {starts_on} ~ {ends_on}"
            );
            Fault::new("/number", "sprint.order", detail)
        })
    }
}

/// The dates of an event may only change so that its sprints stay inside.
pub fn stay_inside(tx: &mut Tx, hackathon: Id<Hackathon>, from: NaiveDate, until: NaiveDate) -> Result<()> {
    let all = store::all(tx, hackathon)?;
    let left_out = |pointer: &str, sprint: &Sprint| {
        let Sprint { number, starts_on, ends_on, .. } = sprint;
        let detail = say!(
            "Sprint {number} lasts from {starts_on} to {ends_on} and would lie outside. Move it first.",
            "스프린트 {number}의 기간({starts_on} ~ {ends_on})을 벗어납니다. 먼저 스프린트를 옮기세요."
        );
        Fault::new(pointer, "dates.sprint", detail)
    };
    let early = all.iter().find(|sprint| sprint.starts_on < from).map(|sprint| left_out("/starts_on", sprint));
    let late = all.iter().find(|sprint| sprint.ends_on > until).map(|sprint| left_out("/ends_on", sprint));
    let faults: Vec<Fault> = early.into_iter().chain(late).collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
}

/// By id, or by number: `2` is the second one.
fn find(tx: &mut Tx, hackathon: Id<Hackathon>, key: &Key) -> Result<Option<Sprint>> {
    match key {
        Key::Id(id) => store::by_id(tx, hackathon, Id::from_uuid(*id)),
        Key::Slug(text) => {
            let number = text.as_str().parse().ok().filter(|number: &i32| number.to_string() == text.as_str());
            Ok(number.map(|number| store::by_number(tx, hackathon, number)).transpose()?.flatten())
        }
    }
}

/// The sprint with this number or id; `pointer` is where it stood.
pub fn named(tx: &mut Tx, hackathon: Id<Hackathon>, key: &str, pointer: &str) -> Result<Sprint> {
    let found = Key::parse(key).map(|key| find(tx, hackathon, &key)).transpose()?.flatten();
    found.ok_or_else(|| {
        let detail = say!("There is no such sprint in this hackathon.", "이 해커톤에 없는 스프린트입니다.");
        Error::invalid(pointer, "sprint.unknown", detail)
    })
}

impl Item<Hackathon> for Sprint {
    const PARAM: &'static str = "sprint";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        find(tx, parent.id, key)
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}
