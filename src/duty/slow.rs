//! The same answers, counted minute by minute from a table of what the wall clock reads. Slow, plain, for tests only.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;
use proptest::collection::vec;
use proptest::prelude::*;

use super::calendar::Calendar;
use super::days::Days;
use super::hours::Hours;
use super::week::Week;
use super::window::{Override, Window};
use crate::base::Instant;

/// How many minutes a period has.
pub const LENGTH: usize = 9 * 1440;
/// What is compared lies this far within, so that no span reaches in from outside the period.
pub const PAD: usize = 36 * 60;

/// Periods in which clocks were changed, and some in which none was.
const PERIODS: [(&str, &str); 19] = [
    ("Europe/London", "2024-03-25"),
    ("Europe/London", "2024-10-21"),
    ("Europe/London", "2024-11-04"),
    ("America/New_York", "2024-03-05"),
    ("America/New_York", "2024-10-28"),
    ("Australia/Lord_Howe", "2024-04-01"),
    ("Australia/Lord_Howe", "2024-09-30"),
    ("Asia/Seoul", "2024-11-05"),
    ("Asia/Kathmandu", "2024-11-06"),
    // A whole day was skipped.
    ("Pacific/Apia", "2011-12-25"),
    ("Pacific/Kwajalein", "1993-08-15"),
    // Changed at one minute past midnight: a date ends twice.
    ("America/St_Johns", "2010-11-01"),
    ("America/St_Johns", "2011-03-08"),
    // Midnight is skipped, or comes twice.
    ("America/Havana", "2024-03-04"),
    ("America/Havana", "2024-10-29"),
    ("America/Sao_Paulo", "2018-02-12"),
    ("America/Sao_Paulo", "2018-10-29"),
    // Two hours at once.
    ("Antarctica/Troll", "2024-03-25"),
    ("Antarctica/Troll", "2024-10-21"),
];

/// What the wall clock of a zone reads in each minute of a period, and when it reads each minute first and last.
pub struct Period {
    pub tz: Tz,
    start: DateTime<chrono::Utc>,
    /// Minutes since 1970 by the wall clock.
    pub local: Vec<i64>,
    smallest: i64,
    /// From the smallest wall-clock minute on: in which minute of the period it is first read, and last.
    reads: Vec<(usize, usize)>,
}

static TABLES: LazyLock<Vec<Period>> =
    LazyLock::new(|| PERIODS.iter().filter_map(|(tz, day)| table(tz, day)).collect());

fn table(tz: &str, day: &str) -> Option<Period> {
    let (tz, day): (Tz, NaiveDate) = (tz.parse().ok()?, day.parse().ok()?);
    let start = day.and_hms_opt(0, 0, 0)?.and_utc();
    let local: Vec<i64> = (0..i64::try_from(LENGTH).ok()?)
        .map(|minute| {
            let utc = start + TimeDelta::minutes(minute);
            let ahead = tz.offset_from_utc_datetime(&utc.naive_utc()).fix().local_minus_utc();
            utc.timestamp() / 60 + i64::from(ahead) / 60
        })
        .collect();
    let (min, max) = (*local.iter().min()?, *local.iter().max()?);
    let mut reads: Vec<Option<(usize, usize)>> = vec![None; usize::try_from(max - min + 1).ok()?];
    for (minute, read) in local.iter().enumerate() {
        let reads = reads.get_mut(usize::try_from(read - min).ok()?)?;
        *reads = Some((reads.map_or(minute, |(first, _)| first), minute));
    }
    // What is never read is as the first that is later.
    let mut later = (LENGTH, LENGTH);
    for read in reads.iter_mut().rev() {
        later = read.unwrap_or((later.0, later.0));
        *read = Some(later);
    }
    let reads = reads.into_iter().flatten().collect();
    Some(Period { tz, start, local, smallest: min, reads })
}

impl Period {
    pub fn at(&self, minute: usize) -> Instant {
        Instant::from_utc(self.start + TimeDelta::minutes(i64::try_from(minute).unwrap_or_default()))
    }

    fn read(&self, local: i64) -> (usize, usize) {
        match usize::try_from(local - self.smallest) {
            Ok(index) => self.reads.get(index).copied().unwrap_or((LENGTH, LENGTH)),
            Err(_) => (0, 0),
        }
    }

    pub fn window(&self, (from, length): (usize, usize)) -> Window {
        Window::new(self.at(from), self.at(from + length)).unwrap_or_else(Window::always)
    }
}

/// What a calendar is made of, in minutes of a period.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// Days as bits from Monday on, and from when to when on each of them.
    pub hours: Vec<(u8, u16, u16)>,
    /// Days after the period's start.
    holidays: Vec<i64>,
    pub shifts: Vec<(usize, usize)>,
    overrides: Vec<(usize, usize, bool)>,
}

impl Recipe {
    /// Whether there is duty in each minute of the period.
    pub fn on(&self, period: &Period) -> Vec<bool> {
        let stated = self.is_stated();
        let mut on = vec![!stated; LENGTH];
        let first_day = period.smallest.div_euclid(1440);
        for day in first_day - 1..first_day + 12 {
            for (days, from, to) in &self.hours {
                if days & (1 << (day + 3).rem_euclid(7)) != 0 {
                    let over = if to > from { 0 } else { 1440 };
                    let (begin, _) = period.read(day * 1440 + i64::from(*from));
                    let (_, end) = period.read(day * 1440 + i64::from(*to) + over);
                    fill(&mut on, begin, end, true);
                }
            }
        }
        let first_holiday = period.start.timestamp() / 86_400;
        let holidays: Vec<i64> = self.holidays.iter().map(|day| first_holiday + day).collect();
        let mut latest = i64::MIN;
        for (on, local) in on.iter_mut().zip(&period.local).filter(|_| stated && !holidays.is_empty()) {
            latest = latest.max(*local);
            *on &= !holidays.contains(&latest.div_euclid(1440));
        }
        self.shifts.iter().for_each(|(from, length)| fill(&mut on, *from, from + length, true));
        self.overrides.iter().for_each(|(from, length, is_on)| fill(&mut on, *from, from + length, *is_on));
        on
    }

    pub fn is_stated(&self) -> bool {
        !self.hours.is_empty() || !self.shifts.is_empty()
    }

    pub fn week(&self, tz: Tz) -> Week {
        let set = |bits: u8| {
            let days =
                (0..7).filter(|bit| bits & (1 << bit) != 0).filter_map(|bit| chrono::Weekday::try_from(bit).ok());
            days.map(Days::only).fold(Days::default(), Days::with)
        };
        let hours = self.hours.iter().filter_map(|(days, from, to)| Hours::of(set(*days), *from, *to));
        Week::new(tz, &hours.collect::<Vec<_>>())
    }

    pub fn calendar(&self, period: &Period) -> Calendar {
        let first = period.start.date_naive();
        let holidays = self.holidays.iter().map(|day| first + TimeDelta::days(*day));
        let shifts: Vec<_> = self.shifts.iter().map(|shift| period.window(*shift)).collect();
        let overrides = self
            .overrides
            .iter()
            .map(|(from, length, on_duty)| Override { window: period.window((*from, *length)), on_duty: *on_duty });
        Calendar::new(self.week(period.tz), holidays, &shifts, &overrides.collect::<Vec<_>>())
    }
}

/// Sets a stretch of minutes.
pub fn fill(on: &mut [bool], from: usize, to: usize, value: bool) {
    let to = to.min(on.len());
    on.get_mut(from..to).unwrap_or_default().fill(value);
}

pub fn period() -> impl Strategy<Value = &'static Period> {
    (0..PERIODS.len()).prop_map(|index| TABLES.get(index).unwrap_or_else(|| panic!("no table for period {index}")))
}

impl std::fmt::Debug for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} from {}", self.tz, self.start)
    }
}

/// A start within the period and a length, in minutes.
pub fn stretch(longest: usize) -> impl Strategy<Value = (usize, usize)> {
    (0..LENGTH, 1..longest)
}

pub fn recipe() -> impl Strategy<Value = Recipe> {
    // Clocks are changed in the small hours, so many edges lie there.
    let minute = || prop_oneof![0_u16..240, 0_u16..1440, (0_u16..24).prop_map(|hour| hour * 60)];
    let days = prop_oneof![Just(0b001_1111_u8), Just(0b111_1111), 1_u8..128];
    let hours = (days, minute(), prop_oneof![minute().prop_map(|to| to + 1), Just(1440)]);
    let hours = hours.prop_filter("a span has a length", |(_, from, to)| from != to);
    let overrides = (stretch(3000), any::<bool>()).prop_map(|((from, length), on)| (from, length, on));
    (vec(hours, 0..4), vec(0_i64..12, 0..3), vec(stretch(2000), 0..3), vec(overrides, 0..4))
        .prop_map(|(hours, holidays, shifts, overrides)| Recipe { hours, holidays, shifts, overrides })
}
