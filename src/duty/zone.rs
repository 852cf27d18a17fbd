//! From the clock on the wall to moments, also on the days when that clock is changed.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, NaiveTime, Offset, TimeZone, Weekday};
use chrono_tz::{GapInfo, Tz};

use super::hours::DAY;
use crate::base::Instant;

/// Minutes in a week.
pub(super) const WEEK: u16 = 7 * DAY;
/// More than any wall clock was ever turned back (Manila and Kwajalein repeated a day), in seconds.
const TURNED_BACK: i64 = 25 * 3600;
/// Seconds from the start of 1970, a Thursday, to the Monday after it.
const FIRST_MONDAY: i64 = 4 * 86_400;

/// The minutes of the week before this day.
pub(super) fn before(day: Weekday) -> u16 {
    u16::try_from(day.num_days_from_monday()).unwrap_or_default() * DAY
}

/// The day in which this minute of the week lies; the week goes round.
pub(super) fn weekday(minute: u16) -> Weekday {
    u8::try_from(minute / DAY % 7).ok().and_then(|day| Weekday::try_from(day).ok()).unwrap_or(Weekday::Mon)
}

/// The first moment at which the wall clock reads `local`; where it skips `local`, the moment of the skip.
pub(super) fn first(tz: Tz, local: NaiveDateTime) -> Option<Instant> {
    moment(tz, local, MappedLocalTime::earliest)
}

/// The last moment at which the wall clock turns to `local`; where it skips `local`, the moment of the skip.
pub(super) fn last(tz: Tz, local: NaiveDateTime) -> Option<Instant> {
    moment(tz, local, MappedLocalTime::latest)
}

type Reading = MappedLocalTime<<Tz as TimeZone>::Offset>;

/// `None` where chrono's calendar ends.
fn moment(tz: Tz, local: NaiveDateTime, pick: fn(Reading) -> Option<<Tz as TimeZone>::Offset>) -> Option<Instant> {
    let (local, offset) = match pick(tz.offset_from_local_datetime(&local)) {
        Some(offset) => (local, offset),
        // A gap begins, by the clock that ran before it, at the very moment it ends by the clock that runs after it.
        None => GapInfo::new(&local, &tz)?.begin?,
    };
    let utc = local.checked_sub_offset(offset.fix())?;
    Some(Instant::from_utc(utc.and_utc()))
}

/// What the wall clock reads; `None` where chrono's calendar ends.
pub(super) fn local(tz: Tz, at: Instant) -> Option<NaiveDateTime> {
    let utc = at.utc().naive_utc();
    utc.checked_add_offset(tz.offset_from_utc_datetime(&utc).fix())
}

/// The first moment of the next day on the wall; `None` where chrono's calendar ends.
pub fn tomorrow(tz: Tz, at: Instant) -> Option<Instant> {
    first(tz, local(tz, at)?.date().succ_opt()?.and_time(NaiveTime::MIN))
}

/// A place in local weeks: which week, counted from 1970, and the minute in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WeekMinute {
    pub(super) week: i64,
    pub(super) minute: u16,
}

impl WeekMinute {
    /// A place so early that the wall clock does not read it, nor anything before it, at this moment or later.
    pub(super) fn surely_past(tz: Tz, at: Instant) -> Option<WeekMinute> {
        let seconds = local(tz, at)?.and_utc().timestamp() - TURNED_BACK - FIRST_MONDAY;
        let week = seconds.div_euclid(i64::from(WEEK) * 60);
        let minute = u16::try_from(seconds.rem_euclid(i64::from(WEEK) * 60) / 60).ok()?;
        Some(WeekMinute { week, minute })
    }

    /// The wall-clock time at this place. The minute may lie in the week after.
    pub(super) fn time(self) -> Option<NaiveDateTime> {
        let minutes = self.week * i64::from(WEEK) + i64::from(self.minute);
        DateTime::from_timestamp(FIRST_MONDAY + minutes * 60, 0).map(|time| time.naive_utc())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{America::New_York, Asia::Seoul, Australia::Lord_Howe, Europe::London, Pacific::Apia};
    use rstest::rstest;

    #[rstest]
    // London: 01:00-02:00 does not exist on 2024-03-31 and comes twice on 2024-10-27.
    #[case(London, "2024-03-31T01:30:00", "2024-03-31T01:00:00Z", "2024-03-31T01:00:00Z")]
    #[case(London, "2024-10-27T01:30:00", "2024-10-27T00:30:00Z", "2024-10-27T01:30:00Z")]
    #[case(London, "2024-10-27T02:00:00", "2024-10-27T02:00:00Z", "2024-10-27T02:00:00Z")]
    #[case(New_York, "2024-03-10T02:00:00", "2024-03-10T07:00:00Z", "2024-03-10T07:00:00Z")]
    #[case(New_York, "2024-11-03T01:00:00", "2024-11-03T05:00:00Z", "2024-11-03T06:00:00Z")]
    // Lord Howe moves by half an hour: 02:00-02:30 is skipped in October, 01:30-02:00 repeated in April.
    #[case(Lord_Howe, "2024-10-06T02:15:00", "2024-10-05T15:30:00Z", "2024-10-05T15:30:00Z")]
    #[case(Lord_Howe, "2024-04-07T01:45:00", "2024-04-06T14:45:00Z", "2024-04-06T15:15:00Z")]
    #[case(Seoul, "2024-03-31T01:30:00", "2024-03-30T16:30:00Z", "2024-03-30T16:30:00Z")]
    // Apia had no 2011-12-30.
    #[case(Apia, "2011-12-30T12:00:00", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z")]
    #[case(Apia, "2011-12-31T00:00:00", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z")]
    fn a_wall_clock_time_has_its_moments(#[case] tz: Tz, #[case] at: &str, #[case] early: &str, #[case] late: &str) {
        let at: Option<NaiveDateTime> = at.parse().ok();
        assert_eq!(at.and_then(|at| first(tz, at)), Instant::parse(early));
        assert_eq!(at.and_then(|at| last(tz, at)), Instant::parse(late));
    }

    #[test]
    fn weeks_begin_on_monday() {
        let place = WeekMinute { week: 0, minute: 0 };
        assert_eq!(place.time().map(|time| time.to_string()).as_deref(), Some("1970-01-05 00:00:00"));
        let tuesday = Instant::parse("1970-01-06T02:05:59Z").and_then(|at| WeekMinute::surely_past(Tz::UTC, at));
        assert_eq!(tuesday, Some(WeekMinute { week: 0, minute: 65 }));
        let before = Instant::parse("1970-01-05T00:00:00Z").and_then(|at| WeekMinute::surely_past(Tz::UTC, at));
        assert_eq!(before, Some(WeekMinute { week: -1, minute: WEEK - 25 * 60 }));
    }
}
