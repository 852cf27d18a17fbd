//! When somebody is reminded. A step that was missed because no server ran is not made up for once the next one has come.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::base::Instant;
use crate::hackathon::Hackathon;
use crate::sprint::Sprint;
use crate::words;

words! {
    /// How urgent a reminder is.
    Step / StepShape {
        /// It is to be done now.
        Due = "due",
        /// It was to be done before.
        Late = "late",
    }
}

/// The hour of the day, by the event's clock, from which people are reminded.
const HOUR: TimeDelta = TimeDelta::hours(9);
/// How long after it became late somebody is still reminded.
const STILL: TimeDelta = TimeDelta::days(7);
/// How long the brief may be read in peace.
const READING: TimeDelta = TimeDelta::days(1);
/// When it is late that the brief was not read, where no sprint begins after it was written.
const READ: TimeDelta = TimeDelta::days(3);

impl Step {
    /// The check-in of a sprint is due on its last day, and late from the next day on for a week. Of a closed sprint nobody is
    /// reminded.
    pub fn of_check_in(here: &Hackathon, sprint: &Sprint, now: Instant) -> Option<Step> {
        if sprint.closed_at.is_some() {
            return None;
        }
        let due = morning(sprint.ends_on)?;
        Step::at(due, due + TimeDelta::days(1), local(here, now))
    }

    /// A version of the brief is to be read within a day; it is late when the next sprint has begun.
    pub fn of_brief(here: &Hackathon, written_at: Instant, sprints: &[Sprint], now: Instant) -> Option<Step> {
        let written = local(here, written_at);
        let due = written + READING;
        let next = sprints.iter().map(|sprint| sprint.starts_on).filter(|day| *day > written.date()).min();
        let late = next.and_then(morning).unwrap_or(written + READ).max(due);
        Step::at(due, late, local(here, now))
    }

    fn at(due: NaiveDateTime, late: NaiveDateTime, now: NaiveDateTime) -> Option<Step> {
        match now {
            now if now < due || now >= late + STILL => None,
            now if now < late => Some(Step::Due),
            _ => Some(Step::Late),
        }
    }
}

fn morning(day: NaiveDate) -> Option<NaiveDateTime> {
    day.and_hms_opt(0, 0, 0)?.checked_add_signed(HOUR)
}

fn local(here: &Hackathon, at: Instant) -> NaiveDateTime {
    at.utc().with_timezone(&here.timezone.0).naive_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_due_until_it_is_late_and_late_for_a_week() {
        let hour = |hours: i64| NaiveDateTime::default() + TimeDelta::hours(hours);
        let at = |hours| Step::at(hour(24), hour(48), hour(hours));
        let (due, late) = (Some(Step::Due), Some(Step::Late));
        assert_eq!([23, 24, 47, 48, 48 + 167, 48 + 168].map(at), [None, due, due, late, late, None]);
    }

    #[test]
    fn where_both_come_at_once_it_is_late() {
        let hour = |hours: i64| NaiveDateTime::default() + TimeDelta::hours(hours);
        assert_eq!(Step::at(hour(1), hour(1), hour(1)), Some(Step::Late));
    }
}
