//! Until when teams hand in, on the clocks of the hackathon and in UTC.

use chrono_tz::Tz;

use crate::base::{Instant, Lang, Result, say};
use crate::judging::Judging;
use crate::pages::entry::{Again, Entry, Typed};
use crate::pages::reading::{ON_THE_WALL, Reading};
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

/// The field for it.
pub fn entry(again: &Again, judging: &Judging) -> Entry {
    let zone = judging.hackathon.timezone.0;
    let stored = judging.due_at.map(|at| at.utc().with_timezone(&zone).format(ON_THE_WALL).to_string());
    let name = zone.name();
    let label = say!("Teams hand in until, on the clocks of {name}", "제출 기한(시간대: {name})");
    let entry = again.entry("", "due", label, &stored.unwrap_or_default()).of("datetime-local");
    entry.hint("Left empty: no end is named.", "비워 두면 기한이 없습니다.")
}

/// The time that was typed, on the clocks of this zone; none where the field is empty.
pub fn read(typed: &Typed, zone: Tz) -> Result<Option<Instant>> {
    let mut reading = Reading::of(typed);
    let due = reading.maybe("due", |reading, name| reading.moment(name, zone));
    reading.whole(|| due)
}
