//! Counting in the working hours of a holder who is reached in several ways.

use super::calendar::{Calendar, HANDED_ON, union};
use super::window::Window;
use super::working::FARTHEST;
use crate::base::Instant;

/// As [`super::due`], by several calendars that count as [`union`] says: the first moment at which somebody has been on
/// duty for so many seconds, pauses left out.
pub fn due_by(start: Instant, working_seconds: i64, calendars: &[&Calendar], pauses: &[Window]) -> Option<Instant> {
    let mut left = working_seconds.saturating_mul(1_000_000);
    let (mut at, farthest) = (start, start.plus(FARTHEST));
    while left > 0 {
        at = after_pauses(at, pauses);
        if at > farthest {
            return None;
        }
        let duty = union(calendars, at);
        if !duty.on_duty {
            at = duty.next_from?;
            continue;
        }
        // Where no end is told there is none for this long at least.
        let end =
            duty.until.unwrap_or(at.plus(HANDED_ON)).min(next_pause(at, pauses).unwrap_or(farthest.plus(HANDED_ON)));
        let length = end.micros().saturating_sub(at.micros());
        if left <= length {
            return Some(Instant::from_micros(at.micros().saturating_add(left))).filter(|due| *due <= farthest);
        }
        left = left.saturating_sub(length);
        at = end;
    }
    Some(at)
}

/// As [`super::elapsed`], by several calendars that count as [`union`] says: for how many seconds somebody was on duty from
/// one moment to another, pauses left out and a broken second dropped; 0 when `to` is not later.
pub fn elapsed_by(from: Instant, to: Instant, calendars: &[&Calendar], pauses: &[Window]) -> i64 {
    let (mut at, mut spent) = (after_pauses(from, pauses), 0_i64);
    while at < to {
        let duty = union(calendars, at);
        let next = match (duty.on_duty, duty.until, duty.next_from) {
            (true, until, _) => until.unwrap_or(at.plus(HANDED_ON)).min(next_pause(at, pauses).unwrap_or(to)).min(to),
            (false, _, Some(next)) => next,
            (false, _, None) => break,
        };
        if duty.on_duty {
            spent = spent.saturating_add(next.micros().saturating_sub(at.micros()));
        }
        at = after_pauses(next, pauses);
    }
    spent / 1_000_000
}

/// The first moment from this one on that lies in no pause.
fn after_pauses(at: Instant, pauses: &[Window]) -> Instant {
    let until = pauses.iter().filter(|pause| pause.has(at)).map(|pause| pause.until()).max();
    until.map_or(at, |until| after_pauses(until, pauses))
}

fn next_pause(at: Instant, pauses: &[Window]) -> Option<Instant> {
    pauses.iter().map(|pause| pause.from()).filter(|from| *from > at).min()
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::London;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::duty::slow::{self, LENGTH, PAD};
    use crate::duty::{Hours, Week, due, elapsed};

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    fn weekly(hours: &str) -> Calendar {
        Calendar::weekly(Week::new(London, &Hours::parse(hours).into_iter().collect::<Vec<_>>()))
    }

    #[test]
    fn two_desks_count_together_and_never_twice() {
        let (morning, day) = (weekly("Mon-Fri 09:00-12:00"), weekly("Mon-Fri 11:00-14:00"));
        let both = [&morning, &day];
        let asked = at("2024-11-08T10:00:00Z");
        assert_eq!(due_by(asked, 4 * 3600, &both, &[]), Some(at("2024-11-08T14:00:00Z")));
        assert_eq!(due_by(asked, 5 * 3600, &both, &[]), Some(at("2024-11-11T10:00:00Z")));
        assert_eq!(due_by(asked, 0, &both, &[]), Some(asked));
        assert_eq!(due_by(asked, 1, &[], &[]), None);
        let elapsed = |to: &str| elapsed_by(asked, at(to), &both, &[]);
        assert_eq!((elapsed("2024-11-08T14:30:00Z"), elapsed("2024-11-11T10:00:00Z")), (4 * 3600, 5 * 3600));
        assert_eq!((elapsed("2024-11-08T09:00:00Z"), elapsed_by(asked, at("2024-11-08T11:00:00Z"), &[], &[])), (0, 0));
    }

    #[test]
    fn a_page_without_hours_counts_round_the_clock_only_where_nothing_else_does() {
        let (desk, page) = (weekly("Mon-Fri 09:00-12:00"), Calendar::unstated(London));
        let night = at("2024-11-08T22:00:00Z");
        assert_eq!(due_by(night, 3600, &[&desk, &page], &[]), Some(at("2024-11-11T10:00:00Z")));
        assert_eq!(due_by(night, 100 * 86_400, &[&page], &[]), Some(at("2025-02-16T22:00:00Z")));
        assert_eq!(due_by(night, i64::MAX, &[&page], &[]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn one_calendar_counts_as_it_does_alone(
            period in slow::period(), recipe in slow::recipe(), pauses in vec(slow::stretch(3000), 0..4),
            from in PAD..LENGTH - PAD, seconds in 1..300_000_i64,
        ) {
            let calendar = recipe.calendar(period);
            let pauses: Vec<_> = pauses.iter().map(|pause| period.window(*pause)).collect();
            let start = period.at(from);
            // A status looks 400 days ahead, a sum ten years; every recipe that has hours has some in 400 days.
            let alone = due(start, seconds, &calendar, &pauses);
            prop_assert_eq!(due_by(start, seconds, &[&calendar], &pauses), alone);
        }

        #[test]
        fn what_has_elapsed_by_one_calendar_is_what_elapsed_by_it_alone(
            period in slow::period(), recipe in slow::recipe(), pauses in vec(slow::stretch(3000), 0..4),
            from in PAD..LENGTH - PAD, length in 0..LENGTH,
        ) {
            let calendar = recipe.calendar(period);
            let pauses: Vec<_> = pauses.iter().map(|pause| period.window(*pause)).collect();
            let (start, end) = (period.at(from), period.at((from + length).min(LENGTH - PAD)));
            prop_assert_eq!(elapsed_by(start, end, &[&calendar], &pauses), elapsed(start, end, &calendar, &pauses));
        }

        #[test]
        fn c6_several_calendars_equal_a_minute_by_minute_loop(
            period in slow::period(), recipes in vec(slow::recipe(), 1..4), pauses in vec(slow::stretch(3000), 0..3),
            from in PAD..LENGTH - PAD, wanted in 1..3000_usize,
        ) {
            let stated = recipes.iter().any(slow::Recipe::is_stated);
            let mut any = vec![false; LENGTH];
            for recipe in recipes.iter().filter(|recipe| recipe.is_stated() == stated) {
                any.iter_mut().zip(recipe.on(period)).for_each(|(any, on)| *any |= on);
            }
            pauses.iter().for_each(|(from, length)| slow::fill(&mut any, *from, from + length, false));
            let calendars: Vec<_> = recipes.iter().map(|recipe| recipe.calendar(period)).collect();
            let pauses: Vec<_> = pauses.iter().map(|pause| period.window(*pause)).collect();
            let seconds = i64::try_from(wanted * 60).unwrap_or_default();
            let told = due_by(period.at(from), seconds, &calendars.iter().collect::<Vec<_>>(), &pauses);
            let mut left = wanted;
            let slow = any.iter().enumerate().take(LENGTH - PAD).skip(from).find_map(|(minute, on)| {
                left -= usize::from(*on);
                (left == 0).then_some(minute + 1)
            });
            match slow {
                Some(minute) => prop_assert_eq!(told, Some(period.at(minute))),
                None => prop_assert!(told.is_none_or(|told| told > period.at(LENGTH - PAD))),
            }
        }
    }
}
