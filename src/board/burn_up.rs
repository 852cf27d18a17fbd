//! The burn-up: for each day of the sprints what had been offered, planned, spent and done by its end. What was planned on a day
//! stays what was planned on that day, so a line that rises shows when the scope grew.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{offers, span};
use crate::absence::{Offer, Span, rounded};
use crate::base::{Id, Result};
use crate::check_in;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::sprint::store::scope::plans;
use crate::sprint::{self, Sprint};
use crate::team::Team;

/// A day of the burn-up. All figures are sums over teams and sprints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The day.
    pub on: NaiveDate,
    /// What members offered in the sprints' days until then, in minutes.
    pub offered_minutes: i64,
    /// What was planned for all sprints, as it stood that day, in minutes.
    pub planned_minutes: i64,
    /// What had been reported as spent, in minutes.
    pub spent_minutes: i64,
    /// How much of all sprints of all teams had been reported as done, in thousandths.
    pub done_per_mille: i64,
}

/// A team in a sprint.
type Place = (Id<Sprint>, Id<Team>);

/// What was said of a place on a day and holds until more is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Said {
    on: NaiveDate,
    place: Place,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// Minutes.
    Planned(i32),
    /// Minutes, and per cent.
    Done(i32, i32),
}

/// What a burn-up is drawn from.
#[derive(Clone, Debug, Default)]
struct Story {
    /// The sprints' days.
    sprints: Vec<Span>,
    /// What people offer.
    offers: Vec<Offer>,
    /// What was said, in order.
    said: Vec<Said>,
    /// How many teams there are in how many sprints.
    places: i64,
}

/// The days of a burn-up.
#[derive(Clone, Debug)]
pub struct BurnUp {
    /// From the first day of the first sprint until today, or until the last day of the last sprint.
    pub days: Vec<Point>,
}

/// The burn-up of these teams.
pub fn burn_up(tx: &mut Tx, here: &Hackathon, teams: &[Team]) -> Result<BurnUp> {
    let sprints = sprint::store::all(tx, here.id)?;
    let offers = offers(tx, here, teams)?.into_values().flatten().collect();
    let is_in = |team: Id<Team>| teams.iter().any(|one| one.id == team);
    let mut said = Vec::new();
    for plan in plans(tx, here.id)?.into_iter().filter(|plan| is_in(plan.team)) {
        let what = What::Planned(plan.minutes);
        said.push(Said { on: here.date(plan.at), place: (plan.sprint, plan.team), what });
    }
    for one in check_in::store::figures(tx, here.id)?.into_iter().filter(|one| is_in(one.team)) {
        let what = What::Done(one.spent_minutes, one.progress_percent);
        said.push(Said { on: here.date(one.at), place: (one.sprint, one.team), what });
    }
    said.sort_by_key(|said| said.on);
    let places = i64::try_from(sprints.len().saturating_mul(teams.len())).unwrap_or(i64::MAX);
    let today = here.date(tx.now());
    let story = Story { sprints: sprints.iter().map(span).collect(), offers, said, places };
    Ok(BurnUp { days: story.days(today) })
}

impl Story {
    /// The days on which there is something to tell.
    fn span(&self, today: NaiveDate) -> Option<Span> {
        let from = self.sprints.iter().map(|sprint| sprint.from).min()?;
        let until = self.sprints.iter().map(|sprint| sprint.until).max()?;
        Span { from, until }.within(Span { from, until: today })
    }

    fn days(&self, today: NaiveDate) -> Vec<Point> {
        let Some(span) = self.span(today) else { return Vec::new() };
        let (mut said, mut sums) = (self.said.iter().peekable(), Sums::default());
        let mut days = Vec::new();
        for on in span.from.iter_days().take_while(|day| *day <= span.until) {
            while let Some(next) = said.next_if(|said| said.on <= on) {
                sums.hear(next);
            }
            if self.sprints.iter().any(|sprint| sprint.has(on)) {
                let day = Span { from: on, until: on };
                let there = self.offers.iter().map(|one| i64::from(one.weekly_minutes) * one.days_there(day));
                sums.offered_sevenths += there.sum::<i64>();
            }
            days.push(sums.point(on, self.places));
        }
        days
    }
}

/// What holds at the end of a day.
#[derive(Default)]
struct Sums {
    planned: HashMap<Place, i32>,
    done: HashMap<Place, (i32, i32)>,
    offered_sevenths: i64,
    planned_minutes: i64,
    spent_minutes: i64,
    percents: i64,
}

impl Sums {
    fn hear(&mut self, said: &Said) {
        match said.what {
            What::Planned(minutes) => {
                let before = self.planned.insert(said.place, minutes).unwrap_or_default();
                self.planned_minutes += i64::from(minutes) - i64::from(before);
            }
            What::Done(minutes, percent) => {
                let (spent, done) = self.done.insert(said.place, (minutes, percent)).unwrap_or_default();
                self.spent_minutes += i64::from(minutes) - i64::from(spent);
                self.percents += i64::from(percent) - i64::from(done);
            }
        }
    }

    fn point(&self, on: NaiveDate, places: i64) -> Point {
        Point {
            on,
            offered_minutes: rounded(self.offered_sevenths),
            planned_minutes: self.planned_minutes,
            spent_minutes: self.spent_minutes,
            done_per_mille: (self.percents * 10).checked_div(places).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::absence::offered_minutes;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(number: u64) -> NaiveDate {
        NaiveDate::default() + chrono::Days::new(20_000 + number)
    }

    fn place(sprint: u128, team: u128) -> Place {
        (Id::from_uuid(Uuid::from_u128(sprint)), Id::from_uuid(Uuid::from_u128(team)))
    }

    /// Each day from the beginning, by what was said last of each place until then.
    fn slow(story: &Story, today: NaiveDate) -> Vec<Point> {
        let Some(span) = story.span(today) else { return Vec::new() };
        let mut places: Vec<Place> = story.said.iter().map(|said| said.place).collect();
        places.sort_unstable();
        places.dedup();
        let point = |on: NaiveDate| {
            let last = |place: Place, planned: bool| {
                let kind = |said: &&Said| matches!(said.what, What::Planned(_)) == planned;
                story.said.iter().filter(|said| said.on <= on && said.place == place).rfind(kind)
            };
            let (mut planned_minutes, mut spent_minutes, mut percents) = (0, 0, 0);
            for place in &places {
                if let Some(What::Planned(minutes)) = last(*place, true).map(|said| said.what) {
                    planned_minutes += i64::from(minutes);
                }
                if let Some(What::Done(minutes, percent)) = last(*place, false).map(|said| said.what) {
                    spent_minutes += i64::from(minutes);
                    percents += i64::from(percent);
                }
            }
            let passed = story.sprints.iter().filter_map(|sprint| sprint.within(Span { from: span.from, until: on }));
            let weekly = |one: &Offer| Offer { weekly_minutes: one.weekly_minutes * 7, ..one.clone() };
            let sevenths: Vec<Offer> = story.offers.iter().map(weekly).collect();
            let offered: i64 = passed.map(|part| offered_minutes(&sevenths, part)).sum();
            let done_per_mille = if story.places == 0 { 0 } else { percents * 10 / story.places };
            Point { on, offered_minutes: rounded(offered), planned_minutes, spent_minutes, done_per_mille }
        };
        span.from.iter_days().take_while(|on| *on <= span.until).map(point).collect()
    }

    #[test]
    fn a_plan_that_grows_shows_on_the_day_on_which_it_grew() {
        let of = place(1, 1);
        let said = vec![
            Said { on: day(0), place: of, what: What::Planned(600) },
            Said { on: day(1), place: of, what: What::Done(120, 20) },
            Said { on: day(2), place: of, what: What::Planned(900) },
            Said { on: day(2), place: of, what: What::Done(300, 50) },
        ];
        let offers = vec![Offer { weekly_minutes: 700, away: Vec::new() }];
        let story = Story { sprints: vec![Span { from: day(0), until: day(4) }], offers, said, places: 2 };
        let days = story.days(day(3));
        let told =
            |point: &Point| (point.offered_minutes, point.planned_minutes, point.spent_minutes, point.done_per_mille);
        assert_eq!(
            days.iter().map(told).collect::<Vec<_>>(),
            [(100, 600, 0, 0), (200, 600, 120, 100), (300, 900, 300, 250), (400, 900, 300, 250)]
        );
        assert_eq!(Story::default().days(day(3)), []);
    }

    proptest! {
        #[test]
        fn the_burn_up_equals_each_day_counted_from_the_beginning(
            said in vec((0..40_u64, 0..3_u128, 0..3_u128, any::<bool>(), 0..1000_i32, 0..101_i32), 0..40),
            people in vec((0..3000_i32, vec((0..40_u64, 0..9_u64), 0..3)), 0..4),
            lengths in vec((0..8_u64, 0..4_u64), 0..4), today in 0..50_u64,
        ) {
            let mut sprints = Vec::new();
            let mut next = 0;
            for (length, pause) in lengths {
                sprints.push(Span { from: day(next), until: day(next + length) });
                next += length + pause + 1;
            }
            let mut said: Vec<Said> = said.into_iter().map(|(on, sprint, team, planned, minutes, percent)| Said {
                on: day(on),
                place: place(sprint, team),
                what: if planned { What::Planned(minutes) } else { What::Done(minutes, percent) },
            }).collect();
            said.sort_by_key(|said| said.on);
            let offers = people.into_iter().map(|(weekly_minutes, away)| Offer {
                weekly_minutes,
                away: away.into_iter().map(|(from, length)| Span { from: day(from), until: day(from + length) }).collect(),
            }).collect();
            let story = Story { places: 9, sprints, offers, said };
            prop_assert_eq!(story.days(day(today)), slow(&story, day(today)));
        }
    }
}
