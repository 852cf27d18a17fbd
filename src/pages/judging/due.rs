//! Until when teams hand in, on the clocks of the hackathon and in UTC.

use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Tz;

use crate::base::{Error, Instant, Lang, Result, Sentence, say};
use crate::judging::Judging;
use crate::pages::entry::{Again, Entry, Typed};
use crate::pages::time::Watch;

/// A deadline as it is told.
pub struct Due {
    /// On the clocks of the hackathon.
    pub here: String,
    /// In UTC.
    pub utc: String,
    /// Whether it has passed.
    pub over: bool,
    /// How long it is until then, or since.
    pub far: String,
}

impl Due {
    /// The deadline of a hackathon, if it has one.
    pub fn of(judging: &Judging, watch: &Watch) -> Option<Due> {
        let at = judging.due_at?;
        let over = judging.is_over(watch.now);
        let length = watch.length(if over { watch.now.since(at) } else { at.since(watch.now) });
        let far = match (over, watch.lang) {
            (true, Lang::En) => format!("{length} ago"),
            (true, Lang::Ko) => format!("{length} 전"),
            (false, Lang::En) => format!("{length} left"),
            (false, Lang::Ko) => format!("{length} 남음"),
        };
        let utc = Watch { zone: Tz::UTC, ..*watch };
        Some(Due { here: watch.exact(at), utc: utc.exact(at), over, far })
    }
}

/// As browsers write a time on the wall.
const WRITTEN: &str = "%Y-%m-%dT%H:%M";

/// The field for it.
pub fn entry(again: &Again, judging: &Judging) -> Entry {
    let zone = judging.hackathon.timezone.0;
    let stored = judging.due_at.map(|at| at.utc().with_timezone(&zone).format(WRITTEN).to_string());
    let name = zone.name();
    let label = say!("Teams hand in until, on the clocks of {name}", "제출 기한(시간대: {name})");
    let entry = again.entry("", "due", label, &stored.unwrap_or_default()).of("datetime-local");
    entry.hint("Left empty: no end is named.", "비워 두면 기한이 없습니다.")
}

/// The time that was typed, on the clocks of this zone; none where the field is empty.
pub fn read(typed: &Typed, zone: Tz) -> Result<Option<Instant>> {
    let Some(said) = typed.filled("due") else { return Ok(None) };
    let minute = said.get(..16).unwrap_or(said);
    let wall = NaiveDateTime::parse_from_str(minute, WRITTEN).map_err(|_no_time| unfit(no_time()))?;
    // An hour that comes twice when clocks go back is meant the first time.
    let at = zone.from_local_datetime(&wall).earliest().ok_or_else(|| unfit(skipped()))?;
    Ok(Some(Instant::from_utc(at.to_utc())))
}

fn unfit(detail: Sentence) -> Error {
    Error::invalid("/due", "time.shape", detail)
}

fn no_time() -> Sentence {
    say!("Write a day and a time such as 2026-11-30T17:00.", "2026-11-30T17:00처럼 날짜와 시각을 적으세요.")
}

fn skipped() -> Sentence {
    say!(
        "On that day clocks skip this hour. Choose another one.",
        "그날은 시계가 이 시각을 건너뜁니다. 다른 시각을 고르세요."
    )
}
