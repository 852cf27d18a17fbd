//! Counting in working hours: when a promise falls due, and how much of it is used up.

use std::borrow::Cow;

use chrono::TimeDelta;

use super::calendar::Calendar;
use super::window::Window;
use crate::base::Instant;

/// Promises that would fall due later than this after their start never fall due: ten years outlive every hackathon.
pub const FARTHEST: TimeDelta = TimeDelta::days(3660);

/// The first moment at which this many working seconds have passed since `start`, pauses left out; `start` itself for
/// none. Pauses may overlap. `None` when that is not within [`FARTHEST`] of `start`, pauses included: the calendar has
/// no more hours, or a pause is still under way ([`Window::since`]).
pub fn due(start: Instant, working_seconds: i64, calendar: &Calendar, pauses: &[Window]) -> Option<Instant> {
    let mut left = working_seconds.saturating_mul(1_000_000);
    if left <= 0 {
        return Some(start);
    }
    let farthest = Window::new(start, start.plus(FARTHEST))?;
    for window in paused(calendar, pauses).windows(start).map_while(|window| window.within(farthest)) {
        let length = micros(window);
        if left <= length {
            return Some(Instant::from_micros(window.from().micros() + left));
        }
        left -= length;
    }
    None
}

/// The working seconds from one moment to another, pauses left out and a broken second dropped; 0 when `to` is not later.
pub fn elapsed(from: Instant, to: Instant, calendar: &Calendar, pauses: &[Window]) -> i64 {
    let Some(all) = Window::new(from, to) else { return 0 };
    let calendar = paused(calendar, pauses);
    calendar.windows(from).map_while(|window| window.within(all)).map(micros).sum::<i64>() / 1_000_000
}

fn paused<'a>(calendar: &'a Calendar, pauses: &[Window]) -> Cow<'a, Calendar> {
    match pauses {
        [] => Cow::Borrowed(calendar),
        pauses => Cow::Owned(calendar.without(pauses)),
    }
}

/// No overflow: windows are clipped to what lies between two moments of chrono's calendar that were given.
fn micros(window: Window) -> i64 {
    window.until().micros().saturating_sub(window.from().micros())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duty::slow::{self, LENGTH, PAD, Recipe};
    use crate::duty::{Hours, Week};
    use chrono_tz::{Europe::London, Tz};
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    fn weekly(tz: Tz, hours: &str) -> Calendar {
        Calendar::weekly(Week::new(tz, &Hours::parse(hours).into_iter().collect::<Vec<_>>()))
    }

    #[test]
    fn a_promise_made_on_friday_evening_falls_due_on_monday() {
        let desk = weekly(London, "Mon-Fri 09:00-17:00");
        let asked = at("2024-11-08T16:30:00Z");
        assert_eq!(due(asked, 3600, &desk, &[]), Some(at("2024-11-11T09:30:00Z")));
        assert_eq!(due(asked, 1800, &desk, &[]), Some(at("2024-11-08T17:00:00Z")));
        assert_eq!(due(asked, 0, &desk, &[]), Some(asked));
        assert_eq!(elapsed(asked, at("2024-11-11T10:00:00Z"), &desk, &[]), 5400);
        assert_eq!(elapsed(at("2024-11-11T10:00:00Z"), asked, &desk, &[]), 0);
    }

    #[test]
    fn a_pause_under_way_leaves_no_due_time_and_a_finished_one_moves_it() {
        let desk = weekly(London, "Mon-Fri 09:00-17:00");
        let asked = at("2024-11-08T09:00:00Z");
        let (waits, back) = (at("2024-11-08T09:15:00Z"), at("2024-11-08T12:00:00Z"));
        assert_eq!(due(asked, 1800, &desk, &[Window::since(waits)]), None);
        let pauses: Vec<_> = Window::new(waits, back).into_iter().collect();
        assert_eq!(due(asked, 1800, &desk, &pauses), Some(at("2024-11-08T12:15:00Z")));
        assert_eq!(elapsed(asked, back, &desk, &pauses), 900);
        let twice = [pauses.clone(), pauses].concat();
        assert_eq!(due(asked, 1800, &desk, &twice), Some(at("2024-11-08T12:15:00Z")));
    }

    #[test]
    fn who_states_no_hours_is_counted_round_the_clock() {
        let page = Calendar::unstated(London);
        let asked = at("2024-11-09T03:00:00.000001Z");
        assert_eq!(due(asked, 86_400, &page, &[]), Some(at("2024-11-10T03:00:00.000001Z")));
        assert_eq!(elapsed(asked, at("2024-11-09T03:00:02Z"), &page, &[]), 1);
    }

    #[test]
    fn what_never_comes_has_no_due_time() {
        let hour = weekly(London, "Wed 12:00-13:00");
        let asked = at("2024-11-08T09:00:00Z");
        assert_eq!(due(asked, 3600 * 600, &hour, &[]), None);
        assert_eq!(due(asked, i64::MAX, &Calendar::unstated(London), &[]), None);
        let gone = Calendar::new(Week::new(London, &[]), [], &[], &[]).without(&[Window::since(asked)]);
        assert_eq!(due(asked, 1, &gone, &[]), None);
    }

    /// The minutes of duty that count, by table.
    fn counted(period: &slow::Period, recipe: &Recipe, pauses: &[(usize, usize)]) -> Vec<bool> {
        let mut on = recipe.on(period);
        pauses.iter().for_each(|(from, length)| slow::fill(&mut on, *from, from + length, false));
        on
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn c6_working_hours_equal_a_minute_by_minute_loop(
            period in slow::period(), recipe in slow::recipe(), pauses in vec(slow::stretch(3000), 0..4),
            from in PAD..LENGTH - PAD, length in 0..LENGTH, wanted in prop_oneof![1..100_usize, 1..8000_usize],
        ) {
            let to = (from + length).min(LENGTH - PAD);
            let on = counted(period, &recipe, &pauses);
            let minutes = |from: usize, to: usize| on.iter().take(to).skip(from).filter(|on| **on).count();
            let calendar = recipe.calendar(period);
            let pauses: Vec<_> = pauses.iter().map(|pause| period.window(*pause)).collect();
            let seconds = |minutes: usize| i64::try_from(minutes * 60).unwrap_or_default();

            let spent = elapsed(period.at(from), period.at(to), &calendar, &pauses);
            prop_assert_eq!(spent, seconds(minutes(from, to)));

            let falls = due(period.at(from), seconds(wanted), &calendar, &pauses);
            let mut left = wanted;
            let slow = on.iter().enumerate().take(LENGTH - PAD).skip(from).find_map(|(minute, on)| {
                left -= usize::from(*on);
                (left == 0).then_some(minute + 1)
            });
            match slow {
                Some(minute) => prop_assert_eq!(falls, Some(period.at(minute))),
                None => prop_assert!(falls.is_none_or(|falls| falls > period.at(LENGTH - PAD))),
            }
            if let Some(falls) = falls {
                prop_assert_eq!(elapsed(period.at(from), falls, &calendar, &pauses), seconds(wanted));
            }
        }

        #[test]
        fn due_is_the_first_moment_at_which_so_much_has_elapsed(
            period in slow::period(), recipe in slow::recipe(), from in PAD..LENGTH - PAD, odd in 0..60_000_000_i64,
            wanted in 1..500_000_i64,
        ) {
            let calendar = recipe.calendar(period);
            let start = period.at(from).plus(TimeDelta::microseconds(odd));
            if let Some(falls) = due(start, wanted, &calendar, &[]) {
                prop_assert_eq!(elapsed(start, falls, &calendar, &[]), wanted);
                let before = falls.plus(TimeDelta::microseconds(-1));
                prop_assert_eq!(elapsed(start, before, &calendar, &[]), wanted - 1);
            }
        }
    }
}
