//! Figures of a set of questions, and how a set of durations is spread.

use serde::Serialize;

use super::case::Case;

/// The upper ends of the buckets, in seconds: a quarter of an hour, one hour, four, a day, three days.
pub const BUCKETS: [i64; 5] = [900, 3_600, 14_400, 86_400, 259_200];

/// How many durations lie in a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bucket {
    /// The longest that counts here; `null`: what is longer than all others.
    pub up_to_seconds: Option<i64>,
    /// How many.
    pub count: usize,
}

/// How durations are spread. A percentile is the shortest duration that so many of a hundred do not exceed (nearest rank), so
/// that it is always one that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// How many there are.
    pub count: usize,
    /// Half of them are at most this.
    pub median_seconds: Option<i64>,
    /// Three of four are at most this.
    pub p75_seconds: Option<i64>,
    /// Nine of ten are at most this.
    pub p90_seconds: Option<i64>,
    /// The longest.
    pub max_seconds: Option<i64>,
    /// How many lie in each span, the shortest first.
    pub buckets: Vec<Bucket>,
}

impl Spread {
    /// The spread of these durations, in seconds.
    pub fn of(durations: impl Iterator<Item = i64>) -> Spread {
        let mut sorted: Vec<i64> = durations.collect();
        sorted.sort_unstable();
        Spread {
            count: sorted.len(),
            median_seconds: percentile(&sorted, 50),
            p75_seconds: percentile(&sorted, 75),
            p90_seconds: percentile(&sorted, 90),
            max_seconds: sorted.last().copied(),
            buckets: buckets(&sorted),
        }
    }
}

fn percentile(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = sorted.len().saturating_mul(percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

fn buckets(sorted: &[i64]) -> Vec<Bucket> {
    let ends = BUCKETS.into_iter().map(Some).chain([None]);
    let mut below = 0;
    let bucket = |end: Option<i64>| {
        let until = end.map_or(sorted.len(), |end| sorted.partition_point(|one| *one <= end));
        let count = until.saturating_sub(below);
        below = until;
        Bucket { up_to_seconds: end, count }
    };
    ends.map(bucket).collect()
}

/// A part of a whole, rounded to four digits; none of nothing.
pub(super) fn share(part: usize, whole: usize) -> Option<f64> {
    let (part, whole) = (u32::try_from(part).ok()?, u32::try_from(whole).ok().filter(|whole| *whole > 0)?);
    Some((f64::from(part) / f64::from(whole) * 10_000.0).round() / 10_000.0)
}

/// What became of a set of questions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// How many were asked.
    pub asked: usize,
    /// How many were answered.
    pub answered: usize,
    /// How many were closed as answered.
    pub resolved: usize,
    /// How many nobody has ever taken in hand.
    pub never_claimed: usize,
    /// Of those asked.
    pub share_never_claimed: Option<f64>,
    /// How many were handed on so often that they count as bounced.
    pub bounced: usize,
    /// Of those asked.
    pub share_bounced: Option<f64>,
    /// From asking to the first answer, by the clock on the wall.
    pub first_answer: Spread,
    /// The same in the working hours of whoever it lay with.
    pub first_answer_worked: Spread,
    /// From asking to the end, by the clock on the wall.
    pub resolution: Spread,
    /// The same in the working hours of whoever it lay with.
    pub resolution_worked: Spread,
}

impl Figures {
    /// The figures of these questions, where one is bounced from so many hand-offs on.
    pub fn of(cases: &[&Case], bounced_from: usize) -> Figures {
        let count = |holds: &dyn Fn(&Case) -> bool| cases.iter().filter(|case| holds(case)).count();
        let never_claimed = count(&Case::never_claimed);
        let bounced = count(&|case| case.hops() >= bounced_from);
        let spread = |of: &dyn Fn(&Case) -> Option<i64>| Spread::of(cases.iter().filter_map(|case| of(case)));
        Figures {
            asked: cases.len(),
            answered: count(&|case| case.answered.is_some()),
            resolved: count(&|case| case.resolved_at.is_some()),
            never_claimed,
            share_never_claimed: share(never_claimed, cases.len()),
            bounced,
            share_bounced: share(bounced, cases.len()),
            first_answer: spread(&Case::answer_seconds),
            first_answer_worked: spread(&|case| case.answer_worked),
            resolution: spread(&Case::resolution_seconds),
            resolution_worked: spread(&|case| case.resolution_worked),
        }
    }
}
