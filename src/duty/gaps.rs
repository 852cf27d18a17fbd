//! Working hours of an event in which nobody who should answer is on duty (rule R5 of the matrix).

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use chrono_tz::Tz;
use serde::Serialize;
use serde::ser::SerializeStruct;

use super::calendar::{Calendar, counting, midnight, whole_day};
use super::hours::{DAY, Time};
use super::window::Window;
use super::zone;
use crate::base::Instant;

/// A span on one day, by the wall clock and to the minute. In JSON its times are `09:00` and, at the end of the day, `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gap {
    /// The day.
    pub day: NaiveDate,
    /// From when.
    pub from: NaiveTime,
    /// Until when; midnight is the end of the day.
    pub to: NaiveTime,
}

/// The working hours of an event, and those of them in which no holder is on duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gaps {
    working: Vec<Gap>,
    list: Vec<Gap>,
}

impl Gaps {
    /// Compares the working hours of an event on these days of its zone with the calendars of each responsible holder.
    /// A holder is on duty as [`super::union`] of its calendars says. An unstated event has no working hours to cover.
    pub fn find(event: &Calendar, days: RangeInclusive<NaiveDate>, holders: &[Vec<&Calendar>]) -> Gaps {
        let tz = event.tz();
        let days = midnight(tz, Some(*days.start())).zip(midnight(tz, days.end().succ_opt()));
        let days = days.and_then(|(first, last)| Window::new(first, last)).filter(|_| event.is_stated());
        let working = days
            .map_or_else(Vec::new, |days| event.windows(days.from()).map_while(|window| window.within(days)).collect());
        let on_duty = holders.iter().flat_map(|holder| counting(holder));
        let open = on_duty.fold(working.clone(), |open, calendar| uncovered(&open, calendar));
        Gaps { working: by_day(tz, &working), list: by_day(tz, &open) }
    }

    /// The gaps, by day and hour. None crosses midnight.
    pub fn list(&self) -> &[Gap] {
        &self.list
    }

    /// All working hours in the same form.
    pub(super) fn working(&self) -> &[Gap] {
        &self.working
    }

    /// Whether every working hour has somebody on duty.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// What a calendar leaves of windows that are in order.
fn uncovered(windows: &[Window], calendar: &Calendar) -> Vec<Window> {
    let mut open = Vec::new();
    for window in windows {
        let mut from = window.from();
        for duty in calendar.windows(from).map_while(|duty| duty.within(*window)) {
            open.extend(Window::new(from, duty.from()));
            from = duty.until();
        }
        open.extend(Window::new(from, window.until()));
    }
    open
}

/// Windows in order, told by the wall clock, which may skip a time or tell it twice.
fn by_day(tz: Tz, windows: &[Window]) -> Vec<Gap> {
    let mut spans: Vec<_> =
        windows.iter().flat_map(|window| days(tz, *window)).flat_map(|part| read(tz, part)).collect();
    spans.sort_unstable();
    spans.dedup_by(|later, kept| {
        let touch = later.0 <= kept.1 && later.0.date() == kept.0.date();
        kept.1 = if touch { kept.1.max(later.1) } else { kept.1 };
        touch
    });
    spans.into_iter().map(|(from, to)| Gap { day: from.date(), from: from.time(), to: to.time() }).collect()
}

/// Cuts a window where a date is first on the wall clock.
fn days(tz: Tz, window: Window) -> impl Iterator<Item = Window> {
    let begin = zone::local(tz, window.from()).into_iter().flat_map(|local| local.date().iter_days());
    let begun = begin.take_while(move |day| midnight(tz, Some(*day)).is_some_and(|from| from < window.until()));
    begun.filter_map(move |day| whole_day(tz, day)?.within(window))
}

/// What the wall clock reads from the start to the end of at most a day; a span ends with its date.
fn read(tz: Tz, part: Window) -> Vec<(NaiveDateTime, NaiveDateTime)> {
    let mut spans = Vec::new();
    for piece in turned_back(tz, part) {
        // The end is told by the clock that ran up to it, for that moment may be the one at which it is changed.
        let last = zone::local(tz, piece.until().plus(-MICROSECOND)).map(|last| ceil(last + MICROSECOND));
        let (Some(mut from), Some(to)) = (zone::local(tz, piece.from()).map(floor), last) else { continue };
        while from < to {
            let end = from.date().succ_opt().map_or(to, |day| to.min(day.and_time(NaiveTime::MIN)));
            spans.push((from, end));
            from = end;
        }
    }
    spans
}

const MICROSECOND: TimeDelta = TimeDelta::microseconds(1);

/// Cuts at most a day in two where the wall clock is turned back, so that it only goes forward in each.
fn turned_back(tz: Tz, part: Window) -> impl Iterator<Item = Window> {
    let ahead = |at: Instant| zone::local(tz, at).map(|local| local - at.utc().naive_utc());
    let (mut before, mut after) = (part.from(), part.until().plus(-MICROSECOND));
    let cut = (ahead(after) < ahead(before)).then(|| {
        let old = ahead(before);
        while after.since(before) > MICROSECOND {
            let middle = Instant::from_micros(before.micros() + (after.micros() - before.micros()) / 2);
            if ahead(middle) < old { after = middle } else { before = middle }
        }
        after
    });
    let pieces = match cut {
        Some(cut) => [Window::new(part.from(), cut), Window::new(cut, part.until())],
        None => [Some(part), None],
    };
    pieces.into_iter().flatten()
}

fn floor(time: NaiveDateTime) -> NaiveDateTime {
    let past = i64::from(time.num_seconds_from_midnight() % 60) * 1_000_000_000 + i64::from(time.nanosecond());
    time - TimeDelta::nanoseconds(past)
}

fn ceil(time: NaiveDateTime) -> NaiveDateTime {
    let down = floor(time);
    if down < time { down + TimeDelta::minutes(1) } else { down }
}

impl Gap {
    /// From and to, in minutes after midnight: 0 to 1439, and 1 to 1440.
    pub fn minutes(self) -> (u16, u16) {
        let minute = |time: NaiveTime| u16::try_from(time.num_seconds_from_midnight() / 60).unwrap_or_default();
        (minute(self.from), if self.to == NaiveTime::MIN { DAY } else { minute(self.to) })
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = self.minutes();
        write!(f, "{} {}-{}", self.day, Time(from), Time(to))
    }
}

impl Serialize for Gap {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let (from, to) = self.minutes();
        let mut gap = out.serialize_struct("Gap", 3)?;
        gap.serialize_field("day", &self.day)?;
        gap.serialize_field("from", &Time(from).to_string())?;
        gap.serialize_field("to", &Time(to).to_string())?;
        gap.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duty::slow::{self, LENGTH, PAD};
    use crate::duty::{Hours, Week};
    use chrono_tz::{Asia::Seoul, Europe::London, Pacific::Apia};
    use proptest::collection::vec;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_else(|_| panic!("{text}"))
    }

    fn weekly(tz: Tz, hours: &[&str]) -> Calendar {
        let hours: Vec<_> = hours.iter().filter_map(|hours| Hours::parse(hours).ok()).collect();
        Calendar::weekly(Week::new(tz, &hours))
    }

    fn told(gaps: &Gaps) -> Vec<String> {
        gaps.list().iter().map(Gap::to_string).collect()
    }

    #[test]
    fn what_two_holders_leave_open_is_told_by_day_and_hour() {
        let event = weekly(London, &["Mon-Fri 09:00-17:30"]);
        let clinic = weekly(London, &["Tue 14:00-16:00"]);
        let seoul = weekly(Seoul, &["Mon-Fri 09:00-21:00"]);
        let days = day("2024-11-04")..=day("2024-11-05");
        let gaps = Gaps::find(&event, days.clone(), &[vec![&clinic], vec![&seoul]]);
        assert_eq!(told(&gaps), ["2024-11-04 12:00-17:30", "2024-11-05 12:00-14:00", "2024-11-05 16:00-17:30"]);
        assert!(Gaps::find(&event, days.clone(), &[vec![&event, &clinic]]).is_empty());
        assert_eq!(told(&Gaps::find(&event, days, &[])), ["2024-11-04 09:00-17:30", "2024-11-05 09:00-17:30"]);
    }

    #[test]
    fn a_page_puts_its_holder_on_duty_only_where_no_other_channel_has_hours() {
        let event = weekly(London, &["Mon 09:00-17:00"]);
        let (mail, page) = (weekly(London, &["Mon 09:00-12:00"]), Calendar::unstated(London));
        let find =
            |holders: &[Vec<&Calendar>]| told(&Gaps::find(&event, day("2024-11-04")..=day("2024-11-04"), holders));
        assert_eq!(find(&[vec![&mail, &page]]), ["2024-11-04 12:00-17:00"]);
        assert!(find(&[vec![&mail], vec![&page]]).is_empty());
        let unstated = Gaps::find(&page, day("2024-11-04")..=day("2024-11-10"), &[]);
        assert!(unstated.is_empty());
    }

    #[test]
    fn a_day_that_was_skipped_has_no_gap_and_the_range_keeps_its_ends() {
        let event = weekly(Apia, &["Mon-Sun 00:00-24:00"]);
        let find = |from: &str, to: &str| told(&Gaps::find(&event, day(from)..=day(to), &[]));
        assert_eq!(find("2011-12-29", "2011-12-31"), ["2011-12-29 00:00-24:00", "2011-12-31 00:00-24:00"]);
        assert_eq!(find("2011-12-30", "2011-12-31"), ["2011-12-31 00:00-24:00"]);
        assert_eq!(find("2011-12-29", "2011-12-30"), ["2011-12-29 00:00-24:00"]);
        assert!(find("2011-12-30", "2011-12-30").is_empty() && find("2011-12-31", "2011-12-29").is_empty());
    }

    #[test]
    fn an_hour_that_comes_twice_is_told_once_and_a_skipped_one_ends_where_it_begins() {
        let night = weekly(London, &["Sun 00:30-03:00"]);
        let find = |event: &Calendar, date: &str, holder: &Calendar| {
            told(&Gaps::find(event, day(date)..=day(date), &[vec![holder]]))
        };
        let late = weekly(London, &["Sun 02:00-03:00"]);
        assert_eq!(find(&night, "2024-10-27", &late), ["2024-10-27 00:30-02:00"]);
        assert_eq!(find(&night, "2024-03-31", &late), ["2024-03-31 00:30-01:00"]);
    }

    #[test]
    fn a_gap_is_told_to_the_minute_around_it() {
        let event = weekly(London, &["Mon 09:00-24:00"]);
        let at = |text| Instant::parse(text).unwrap_or_else(|| panic!("{text}"));
        let shifts =
            [("2024-11-04T09:00:00Z", "2024-11-04T10:00:30Z"), ("2024-11-04T10:01:30Z", "2024-11-04T23:59:59.5Z")];
        let shifts = shifts.map(|(from, until)| Window::new(at(from), at(until))).into_iter().flatten();
        let holder = Calendar::new(Week::new(London, &[]), [], &shifts.collect::<Vec<_>>(), &[]);
        let gaps = Gaps::find(&event, day("2024-11-04")..=day("2024-11-04"), &[vec![&holder]]);
        assert_eq!(told(&gaps), ["2024-11-04 10:00-10:02", "2024-11-04 23:59-24:00"]);
        let json = serde_json::to_string(gaps.list()).unwrap_or_default();
        assert!(json.contains(r#"{"day":"2024-11-04","from":"23:59","to":"24:00"}"#), "{json}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn gaps_equal_a_minute_by_minute_loop(
            period in slow::period(), event in slow::recipe(), holders in vec(slow::recipe(), 0..3),
        ) {
            // Dates that lie wholly within what the table knows.
            let date = |minute: usize| period.local.get(minute).map(|local| local.div_euclid(1440));
            let (first, last) = (date(PAD).unwrap_or_default() + 1, date(LENGTH - PAD).unwrap_or_default() - 1);
            let as_day = |date: i64| NaiveDate::default() + TimeDelta::days(date);
            let calendars: Vec<_> = holders.iter().map(|holder| holder.calendar(period)).collect();
            let holders_on: Vec<_> = holders.iter().map(|holder| holder.on(period)).collect();
            let by_holder: Vec<_> = calendars.iter().map(|calendar| vec![calendar]).collect();
            let gaps = Gaps::find(&event.calendar(period), as_day(first)..=as_day(last), &by_holder);

            let mut slow = BTreeSet::new();
            let mut latest = i64::MIN;
            for (minute, (working, local)) in event.on(period).iter().zip(&period.local).enumerate() {
                latest = latest.max(*local);
                let covered = holders_on.iter().any(|on| on.get(minute).copied().unwrap_or_default());
                let in_range = (first..=last).contains(&latest.div_euclid(1440));
                if *working && !covered && in_range && event.is_stated() {
                    slow.insert(*local);
                }
            }
            let read = |gap: &Gap| {
                let midnight = gap.day.signed_duration_since(NaiveDate::default()).num_days() * 1440;
                let (from, to) = gap.minutes();
                midnight + i64::from(from)..midnight + i64::from(to)
            };
            // A gap across a skip names wall-clock minutes that nobody lived through; those are left out.
            let lived: BTreeSet<_> = period.local.iter().copied().collect();
            let told: BTreeSet<_> = gaps.list().iter().flat_map(read).filter(|minute| lived.contains(minute)).collect();
            prop_assert_eq!(told.symmetric_difference(&slow).next(), None);
        }
    }
}
