//! The examples happened once; a demo happens now. Their dates are moved by whole weeks, so that weekdays stay what they are.

use chrono::{Days, NaiveDate, TimeDelta};

use crate::base::Instant;
use crate::file::Document;

/// Moves the dates of the event so that today is at least its day `reached` (the first is 0), and less than a week more.
pub fn moved(mut document: Document, reached: u64, now: Instant) -> Document {
    let event = &mut document.hackathon;
    let today = now.utc().date_naive();
    let weeks = today.signed_duration_since(event.starts_on + Days::new(reached)).num_days().div_euclid(7);
    let by = TimeDelta::weeks(weeks);
    let later = |day: &mut NaiveDate| *day += by;
    later(&mut event.starts_on);
    later(&mut event.ends_on);
    event.holidays.iter_mut().for_each(later);
    for sprint in &mut document.sprints {
        later(&mut sprint.starts_on);
        later(&mut sprint.ends_on);
    }
    for shift in &mut document.shifts {
        shift.from = shift.from.plus(by);
        shift.to = shift.to.plus(by);
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_event_is_on_whatever_day_it_is() {
        let file =
            crate::file::read(include_bytes!("../../../examples/fdp-monthly.yaml"), &crate::router::pack_slugs());
        let file = file.unwrap_or_else(|faults| panic!("{faults:?}"));
        for day in 0..30 {
            let now = Instant::parse("2026-02-20T05:00:00Z").map(|first| first.plus(TimeDelta::days(day)));
            let now = now.unwrap_or_else(|| panic!("a moment"));
            let there = moved(file.clone(), 18, now);
            let reached = now.utc().date_naive().signed_duration_since(there.hackathon.starts_on).num_days();
            assert!((18..25).contains(&reached), "{reached}");
            let length = there.hackathon.ends_on - there.hackathon.starts_on;
            assert_eq!(length, file.hackathon.ends_on - file.hackathon.starts_on);
            let starts: Vec<i64> =
                there.sprints.iter().map(|one| (one.starts_on - there.hackathon.starts_on).num_days()).collect();
            assert_eq!(starts, [0, 9, 17]);
        }
    }
}
