//! How many hours people offer between two dates: their weekly hours, a seventh for each day on which they are not away.

use chrono::NaiveDate;

/// Days in a row, the last one included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

impl Span {
    /// How many days they are; none where the last lies before the first.
    pub fn days(self) -> i64 {
        (self.until - self.from).num_days().saturating_add(1).max(0)
    }

    /// Whether this day is one of them.
    pub fn has(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }

    /// The days of both; none where they do not meet.
    pub fn within(self, other: Span) -> Option<Span> {
        let both = Span { from: self.from.max(other.from), until: self.until.min(other.until) };
        (both.from <= both.until).then_some(both)
    }
}

/// What somebody offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Minutes a week.
    pub weekly_minutes: i32,
    /// When they are away; these may overlap.
    pub away: Vec<Span>,
}

impl Offer {
    /// On how many of these days they are there.
    pub fn days_there(&self, span: Span) -> i64 {
        let mut away: Vec<Span> = self.away.iter().filter_map(|away| away.within(span)).collect();
        away.sort_unstable();
        let (mut gone, mut last) = (0, None);
        for one in away {
            let from = last.map_or(one.from, |last: NaiveDate| last.succ_opt().unwrap_or(last).max(one.from));
            gone += Span { from, until: one.until }.days();
            last = last.max(Some(one.until));
        }
        span.days() - gone
    }
}

/// The minutes that these people offer together in these days, rounded to the nearest.
pub fn offered_minutes(people: &[Offer], span: Span) -> i64 {
    let sevenths: i64 = people.iter().map(|one| i64::from(one.weekly_minutes) * one.days_there(span)).sum();
    rounded(sevenths)
}

/// Sevenths of minutes, as minutes.
pub fn rounded(sevenths: i64) -> i64 {
    (sevenths * 2 + 7).div_euclid(14)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn day(number: u64) -> NaiveDate {
        NaiveDate::default() + chrono::Days::new(20_000 + number)
    }

    fn span(from: u64, length: u64) -> Span {
        Span { from: day(from), until: day(from + length) }
    }

    #[test]
    fn who_is_away_for_a_week_of_two_offers_the_other() {
        let ada = Offer { weekly_minutes: 150, away: vec![span(7, 6)] };
        assert_eq!(offered_minutes(std::slice::from_ref(&ada), span(0, 13)), 150);
        assert_eq!(offered_minutes(&[ada.clone(), ada], span(7, 6)), 0);
        assert_eq!(offered_minutes(&[Offer { weekly_minutes: 150, away: Vec::new() }], span(0, 8)), 193);
        assert_eq!(offered_minutes(&[], span(0, 8)), 0);
    }

    proptest! {
        #[test]
        fn offered_hours_equal_a_day_by_day_count(
            people in vec((0..5000_i32, vec((0..40_u64, 0..20_u64), 0..4)), 0..5), from in 0..30_u64, length in 0..40_u64,
        ) {
            let offer = |(weekly_minutes, away): &(i32, Vec<(u64, u64)>)| Offer {
                weekly_minutes: *weekly_minutes,
                away: away.iter().map(|(from, length)| span(*from, *length)).collect(),
            };
            let people: Vec<Offer> = people.iter().map(offer).collect();
            let mut sevenths = 0_i64;
            for at in (from..=from + length).map(day) {
                for one in &people {
                    if !one.away.iter().any(|away| away.has(at)) {
                        sevenths += i64::from(one.weekly_minutes);
                    }
                }
            }
            let minutes = offered_minutes(&people, span(from, length));
            prop_assert!((minutes * 7 - sevenths).abs() * 2 <= 7, "{} sevenths, {} minutes", sevenths, minutes);
        }
    }
}
