//! Weekly hours in a zone, merged and turned into moments.

use chrono_tz::Tz;

use super::hours::Hours;
use super::window::{Duty, Window, Windows};
use super::zone::{self, WEEK, WeekMinute};
use crate::base::Instant;

/// A set of [`Hours`] in a time zone.
///
/// When the clock is changed: an edge that the clock skips moves to the moment of the skip; an edge that comes twice is
/// the earlier one for a start and the later one for an end, so that no working hour is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    tz: Tz,
    spans: Box<[Span]>,
}

/// Wall-clock minutes of the week, Monday 00:00 being 0. Spans of a week neither overlap nor touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    /// Less than [`WEEK`].
    from: u16,
    /// After `from`, and at most a week after it: what runs on from Sunday into Monday ends after [`WEEK`].
    to: u16,
}

impl Week {
    /// These hours by the clocks of this zone; hours may overlap.
    pub fn new(tz: Tz, hours: &[Hours]) -> Week {
        Week { tz, spans: merge(hours.iter().flat_map(|hours| spans(*hours)).collect()) }
    }

    /// Every hour of every week.
    pub fn always(tz: Tz) -> Week {
        Week { tz, spans: Box::new([Span { from: 0, to: WEEK }]) }
    }

    /// The zone whose clocks count.
    pub fn tz(&self) -> Tz {
        self.tz
    }

    /// Whether no hour is in it.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Whether every hour is in it, so that it never ends and clocks do not matter.
    pub fn is_always(&self) -> bool {
        matches!(*self.spans, [Span { from: 0, to: WEEK }])
    }

    /// Whether this moment is in it.
    pub fn covers(&self, at: Instant) -> bool {
        Occurrences::after(self, at).next().is_some_and(|window| window.has(at))
    }

    /// On duty or not at this moment, and until when.
    pub fn status(&self, at: Instant) -> Duty {
        self.windows(at).status()
    }

    /// The continuous spans of duty from this moment on, in order; the first begins here if duty is under way.
    pub fn windows(&self, from: Instant) -> Windows<'_> {
        Windows::new(self, &[], from)
    }
}

/// What lies beyond Sunday becomes a span of its own, at the start of the week.
fn spans(hours: Hours) -> impl Iterator<Item = Span> {
    hours.days().flat_map(move |day| {
        let from = zone::before(day) + hours.start_minute();
        let to = from + hours.minutes();
        let beyond = (to > WEEK).then(|| Span { from: 0, to: to - WEEK });
        [Some(Span { from, to: to.min(WEEK) }), beyond].into_iter().flatten()
    })
}

/// Joins spans that overlap or touch, the last and the first of the week as well.
fn merge(mut spans: Vec<Span>) -> Box<[Span]> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => merged.push(span),
        }
    }
    if let [Span { from: 0, to: first }, .., Span { to: last @ WEEK, .. }] = merged.as_mut_slice() {
        *last += *first;
        merged.remove(0);
    }
    merged.into()
}

/// The spans of the weeks as moments, those that end after a given moment, in order. They may touch where a clock skips.
#[derive(Clone, Debug)]
pub(super) struct Occurrences<'a> {
    week: &'a Week,
    after: Instant,
    /// `None` at the end of chrono's calendar.
    number: Option<i64>,
    rest: std::slice::Iter<'a, Span>,
}

impl<'a> Occurrences<'a> {
    pub(super) fn after(week: &'a Week, after: Instant) -> Occurrences<'a> {
        let none = Occurrences { week, after, number: None, rest: [].iter() };
        if week.is_empty() || week.is_always() {
            return none;
        }
        let Some(past) = WeekMinute::surely_past(week.tz, after) else { return none };
        let runs_on = |last: &&Span| last.to > WEEK + past.minute;
        let (number, index) = match week.spans.last().filter(runs_on) {
            Some(_) => (past.week - 1, week.spans.len() - 1),
            None => (past.week, week.spans.partition_point(|span| span.to <= past.minute)),
        };
        let (_, rest) = week.spans.split_at_checked(index).unwrap_or_default();
        Occurrences { week, after, number: Some(number), rest: rest.iter() }
    }
}

impl Iterator for Occurrences<'_> {
    type Item = Window;

    fn next(&mut self) -> Option<Window> {
        let Week { tz, spans } = self.week;
        loop {
            let week = self.number?;
            let Some(span) = self.rest.next() else {
                self.number = Some(week + 1);
                self.rest = spans.iter();
                continue;
            };
            let until = zone::last(*tz, WeekMinute { week, minute: span.to }.time()?)?;
            if until <= self.after {
                continue;
            }
            let from = zone::first(*tz, WeekMinute { week, minute: span.from }.time()?)?;
            // A span that lies in a skip has no length.
            if let Some(window) = Window::new(from, until) {
                return Some(window);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{America::New_York, Asia::Seoul, Australia::Lord_Howe, Europe::London, Pacific::Apia};
    use rstest::rstest;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    fn week(tz: Tz, hours: &[&str]) -> Week {
        Week::new(tz, &hours.iter().filter_map(|hours| Hours::parse(hours).ok()).collect::<Vec<_>>())
    }

    #[rstest]
    // The clock goes from 01:00 to 02:00: half of the span is left, from its start or up to its end.
    #[case(London, "Sun 00:30-01:30", "2024-03-30T12:00:00Z", "2024-03-31T00:30:00Z", "2024-03-31T01:00:00Z")]
    #[case(London, "Sun 01:30-02:30", "2024-03-30T12:00:00Z", "2024-03-31T01:00:00Z", "2024-03-31T01:30:00Z")]
    // It goes from 02:00 back to 01:00: the earlier start and the later end.
    #[case(London, "Sun 01:15-01:45", "2024-10-26T12:00:00Z", "2024-10-27T00:15:00Z", "2024-10-27T01:45:00Z")]
    #[case(New_York, "Mon-Fri 09:00-17:00", "2024-11-01T22:00:00Z", "2024-11-04T14:00:00Z", "2024-11-04T22:00:00Z")]
    #[case(New_York, "Sat 22:00-06:00", "2024-11-02T12:00:00Z", "2024-11-03T02:00:00Z", "2024-11-03T11:00:00Z")]
    #[case(Lord_Howe, "Sun 01:00-03:00", "2024-04-06T00:00:00Z", "2024-04-06T14:00:00Z", "2024-04-06T16:30:00Z")]
    #[case(Lord_Howe, "Sun 01:00-03:00", "2024-10-05T00:00:00Z", "2024-10-05T14:30:00Z", "2024-10-05T16:00:00Z")]
    #[case(Seoul, "Mon-Fri 09:00-18:00", "2024-11-01T09:00:00Z", "2024-11-04T00:00:00Z", "2024-11-04T09:00:00Z")]
    // Friday 2011-12-30 did not exist in Apia; the Friday after it did.
    #[case(Apia, "Fri 09:00-17:00", "2011-12-25T00:00:00Z", "2012-01-05T19:00:00Z", "2012-01-06T03:00:00Z")]
    // Of its night, what lay after the skip did.
    #[case(Apia, "Thu-Fri 22:00-02:00", "2011-12-29T12:00:00Z", "2011-12-30T08:00:00Z", "2011-12-30T12:00:00Z")]
    fn the_next_window_is(
        #[case] tz: Tz,
        #[case] hours: &str,
        #[case] now: &str,
        #[case] from: &str,
        #[case] until: &str,
    ) {
        let week = week(tz, &[hours]);
        assert_eq!(week.windows(at(now)).next(), Window::new(at(from), at(until)));
        assert_eq!(week.status(at(now)), Duty { on_duty: false, until: None, next_from: Some(at(from)) });
        assert_eq!(week.status(at(from)), Duty { on_duty: true, until: Some(at(until)), next_from: None });
        assert!(!week.covers(at(now)) && week.covers(at(from)) && !week.covers(at(until)));
    }

    #[test]
    fn windows_that_touch_are_one() {
        let days = week(
            London,
            &["Mon 09:00-12:00", "Mon 12:00-17:00", "Mon 10:00-11:00", "Sun 20:00-24:00", "Mon 00:00-02:00"],
        );
        let told: Vec<_> = days.windows(at("2024-11-10T21:00:00Z")).take(2).collect();
        let wanted = [
            Window::new(at("2024-11-10T21:00:00Z"), at("2024-11-11T02:00:00Z")),
            Window::new(at("2024-11-11T09:00:00Z"), at("2024-11-11T17:00:00Z")),
        ];
        assert_eq!(told, wanted.into_iter().flatten().collect::<Vec<_>>());
        // They touch only because the clock skips what lies between them.
        let night = week(London, &["Sun 00:00-01:00", "Sun 02:00-03:00"]).status(at("2024-03-31T00:00:00Z"));
        assert_eq!(night.until, Some(at("2024-03-31T02:00:00Z")));
    }

    #[test]
    fn a_week_without_a_free_minute_has_no_end() {
        for hours in [&["Mon-Sun 00:00-24:00"][..], &["Mon-Sun 08:00-20:00", "Mon-Sun 20:00-08:00"]] {
            let always = week(London, hours);
            assert!(always.is_always());
            assert_eq!(always.status(at("2024-03-31T01:00:00Z")), Duty { on_duty: true, until: None, next_from: None });
        }
        let never = week(London, &[]);
        assert_eq!(never.status(at("2024-03-31T01:00:00Z")), Duty { on_duty: false, until: None, next_from: None });
    }

    #[test]
    fn at_the_ends_of_the_calendar_nothing_breaks() {
        let days = week(London, &["Mon-Fri 09:00-17:00"]);
        for moment in [Window::always().from(), Window::always().until()] {
            assert_eq!(days.windows(moment).take(3).filter(|window| window.from() < moment).count(), 0);
        }
    }
}
