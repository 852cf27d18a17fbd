//! Times in pages: on the wall clock of the event with its zone, and how long ago, as people say it.

use std::fmt;

use askama::filters::HtmlSafe;
use chrono::{Datelike, NaiveDate, TimeDelta};
use chrono_tz::Tz;

use crate::base::{Instant, Lang};
use crate::consortium::member::weekly_hours;
use crate::duty::Duty;

/// Where and when a page is read.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    /// The event's zone.
    pub zone: Tz,
    /// Now.
    pub now: Instant,
    /// The reader's language.
    pub lang: Lang,
}

/// A moment in a page: how long ago it was, with the exact time beside it for whoever wants it.
#[derive(Clone, Debug)]
pub struct When {
    machine: String,
    exact: String,
    text: String,
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let When { machine, exact, text } = self;
        write!(f, "<time datetime=\"{machine}\" title=\"{exact}\">{text}</time>")
    }
}

impl When {
    /// In words alone.
    pub fn bare(&self) -> &str {
        &self.text
    }
}

/// It is made of numbers and words of ours.
impl HtmlSafe for When {}

impl Watch {
    /// How long ago this was.
    pub fn ago(&self, at: Instant) -> When {
        let passed = self.now.since(at);
        let text = match (passed.num_minutes(), self.lang) {
            (..1, Lang::En) => "just now".to_owned(),
            (..1, Lang::Ko) => "방금".to_owned(),
            (_, Lang::En) => format!("{} ago", self.length(passed)),
            (_, Lang::Ko) => format!("{} 전", self.length(passed)),
        };
        When { machine: at.to_string(), exact: self.exact(at), text }
    }

    /// For how long something has been so.
    pub fn lasting(&self, since: Instant) -> When {
        When { machine: since.to_string(), exact: self.exact(since), text: self.length(self.now.since(since)) }
    }

    /// A length of time as people say it, rounded down to its largest unit.
    pub fn length(&self, of: TimeDelta) -> String {
        let several = |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
        match (of.num_days(), of.num_hours(), of.num_minutes(), self.lang) {
            (days @ 1.., _, _, Lang::En) => several(days, "day"),
            (days @ 1.., _, _, Lang::Ko) => format!("{days}일"),
            (_, hours @ 1.., _, Lang::En) => several(hours, "hour"),
            (_, hours @ 1.., _, Lang::Ko) => format!("{hours}시간"),
            (_, _, minutes @ 1.., Lang::En) => several(minutes, "minute"),
            (_, _, minutes @ 1.., Lang::Ko) => format!("{minutes}분"),
            (.., Lang::En) => "less than a minute".to_owned(),
            (.., Lang::Ko) => "1분 미만".to_owned(),
        }
    }

    /// The whole date and time with the zone.
    pub fn exact(&self, at: Instant) -> String {
        let at = at.utc().with_timezone(&self.zone);
        format!("{}, {}", date(at.date_naive(), self.lang), at.format("%H:%M %Z"))
    }

    /// The time on the wall, with the day where it is another one than today, and the zone always.
    pub fn clock(&self, at: Instant) -> String {
        let (at, today) = (at.utc().with_timezone(&self.zone), self.now.utc().with_timezone(&self.zone).date_naive());
        let time = at.format("%H:%M %Z");
        match (at.date_naive() == today, self.lang) {
            (true, _) => time.to_string(),
            (false, Lang::En) => format!("{} {} {}", weekday(at.weekday(), self.lang), at.format("%-d %b"), time),
            (false, Lang::Ko) => {
                format!("{}월 {}일({}) {time}", at.month(), at.day(), weekday(at.weekday(), self.lang))
            }
        }
    }

    /// Today on the wall of the event.
    pub fn today(&self) -> NaiveDate {
        self.now.utc().with_timezone(&self.zone).date_naive()
    }

    /// Whether somebody is there, and until or from when.
    pub fn duty(&self, duty: &Duty) -> String {
        match (duty.on_duty, duty.until.or(duty.next_from).map(|at| self.clock(at)), self.lang) {
            (true, Some(until), Lang::En) => format!("On duty until {until}"),
            (true, Some(until), Lang::Ko) => format!("{until}까지 응답 가능"),
            (true, None, Lang::En) => "Reachable at any time".to_owned(),
            (true, None, Lang::Ko) => "언제든 연락 가능".to_owned(),
            (false, Some(from), Lang::En) => format!("On duty from {from}"),
            (false, Some(from), Lang::Ko) => format!("{from}부터 응답 가능"),
            (false, None, Lang::En) => "No duty hours given".to_owned(),
            (false, None, Lang::Ko) => "정해진 응답 시간 없음".to_owned(),
        }
    }
}

/// A date as people write it.
pub fn date(of: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{} {}", weekday(of.weekday(), lang), of.format("%-d %B %Y")),
        Lang::Ko => format!("{}년 {}월 {}일({})", of.year(), of.month(), of.day(), weekday(of.weekday(), lang)),
    }
}

/// Minutes as hours, with one decimal where they are no whole number.
pub fn hours(minutes: i64, lang: Lang) -> String {
    let tenths = format!("{:.1}", weekly_hours(i32::try_from(minutes).unwrap_or(i32::MAX)));
    let bare = tenths.strip_suffix(".0").unwrap_or(&tenths);
    match lang {
        Lang::En => format!("{bare} h"),
        Lang::Ko => format!("{bare}시간"),
    }
}

/// Day and month.
pub fn day(of: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::En => of.format("%-d %b").to_string(),
        Lang::Ko => format!("{}월 {}일", of.month(), of.day()),
    }
}

fn weekday(of: chrono::Weekday, lang: Lang) -> &'static str {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let (en, ko) = match of {
        Mon => ("Mon", "월"),
        Tue => ("Tue", "화"),
        Wed => ("Wed", "수"),
        Thu => ("Thu", "목"),
        Fri => ("Fri", "금"),
        Sat => ("Sat", "토"),
        Sun => ("Sun", "일"),
    };
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}
