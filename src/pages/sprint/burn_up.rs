//! The burn-up as a picture: hours offered, planned and spent, day by day, with what changed the plan and what was decided.

use chrono::NaiveDate;

use super::timeline::WIDTH;
use crate::access::Right;
use crate::access::policy::See;
use crate::base::{Error, Id, Lang, PageRequest, Result, Sentence};
use crate::board::burn_up::{self, Point};
use crate::db::Tx;
use crate::decision::store::Filter;
use crate::decision::{self, Decision};
use crate::hackathon::Hackathon;
use crate::pages::time::{Watch, day, hours};
use crate::pages::words::Words;
use crate::question::Standing;
use crate::sprint::store::scope;
use crate::sprint::{self, ScopeChange, Sprint};
use crate::team::Team;

/// How high the picture's field is, and where it begins from above.
const HEIGHT: f64 = 160.0;
const TOP: f64 = 24.0;
/// The most that is told of what happened on the way; the sprints' pages have it all.
const TOLD: usize = 12;
/// The most changes of one sprint and decisions that are looked at.
const READ: i64 = 199;

/// The burn-up.
#[derive(Default)]
pub struct Chart {
    /// What it shows, in a sentence; empty where no sprint has begun.
    pub sentence: String,
    /// The corners of the field of hours spent.
    pub spent: String,
    /// The points of the line of hours planned.
    pub planned: String,
    /// The points of the line of hours offered.
    pub offered: String,
    /// Where the plan changed.
    pub steps: Vec<Mark>,
    /// When something was decided.
    pub decisions: Vec<Mark>,
    /// Where sprints begin.
    pub sprints: Vec<(f64, i32)>,
    /// The highest of the hours, in words.
    pub most: String,
    /// Its numbers.
    pub days: Vec<Day>,
    /// What changed the plan and what was decided, the last first.
    pub told: Vec<Told>,
}

/// A place in the picture.
pub struct Mark {
    /// From the left.
    pub x: f64,
    /// From above.
    pub y: f64,
    /// What it is.
    pub title: String,
}

/// A day in numbers.
pub struct Day {
    /// The day.
    pub on: String,
    /// Hours offered until then.
    pub offered: String,
    /// Hours planned, as it stood that day.
    pub planned: String,
    /// Hours spent.
    pub spent: String,
    /// How much of everything was done.
    pub done: String,
}

/// Something that happened on the way.
pub struct Told {
    at: NaiveDate,
    /// The day.
    pub on: String,
    /// Whose it is, and in which sprint, as far as either is known.
    pub whose: Vec<Words>,
    /// What kind of thing.
    pub kind: Sentence,
    /// What.
    pub what: Words,
    /// Why.
    pub why: Option<Words>,
    /// Its page.
    pub place: String,
}

impl Chart {
    /// The burn-up of these teams.
    pub fn load(tx: &mut Tx, right: &Right<See, Hackathon>, teams: &[Team], watch: &Watch) -> Result<Chart> {
        let here = right.on();
        let sprints = sprint::store::all(tx, here.id)?;
        let drawn = burn_up(tx, here, teams)?;
        let standing = Standing::load(tx, here.id, right.user())?.ok_or(Error::NotFound)?;
        let ids: Vec<Id<Team>> = teams.iter().map(|team| team.id).collect();
        let mut told = Vec::new();
        for one in &sprints {
            let page = PageRequest { limit: READ, after: None };
            let changes = scope::list(tx, one, Some(ids.clone()), &page)?;
            told.extend(changes.into_iter().map(|change| of_change(change, one, teams, here, watch)));
        }
        let page = PageRequest { limit: READ, after: None };
        let mut decisions = decision::store::list(tx, here.id, &standing, &Filter::default(), &page)?;
        decisions.retain(|one| one.team.is_none_or(|team| ids.contains(&team)));
        told.extend(decisions.iter().map(|one| of_decision(one, teams, here, watch)));
        let (Some(field), Some(last)) = (Field::of(&sprints, &drawn), drawn.last()) else {
            return Ok(Chart::default());
        };
        let mut chart = field.chart(&sprints, &drawn, &decisions, here, watch);
        chart.sentence = sentence(last, watch);
        told.sort_by_key(|one| std::cmp::Reverse(one.at));
        told.truncate(TOLD);
        Ok(Chart { told, ..chart })
    }
}

fn burn_up(tx: &mut Tx, here: &Hackathon, teams: &[Team]) -> Result<Vec<Point>> {
    Ok(burn_up::burn_up(tx, here, teams)?.days)
}

/// Where days and hours are in the picture.
struct Field {
    from: NaiveDate,
    /// How wide a day is.
    day: f64,
    /// The most hours, in minutes.
    most: i64,
}

impl Field {
    fn of(sprints: &[Sprint], drawn: &[Point]) -> Option<Field> {
        let from = sprints.iter().map(|sprint| sprint.starts_on).min()?;
        let until = sprints.iter().map(|sprint| sprint.ends_on).max()?;
        let days = f64::from(i32::try_from((until - from).num_days()).ok()? + 1);
        let high = |point: &Point| point.offered_minutes.max(point.planned_minutes).max(point.spent_minutes);
        let most = drawn.iter().map(high).max()?.max(60);
        Some(Field { from, day: WIDTH / days, most })
    }

    /// The morning of a day.
    fn x(&self, on: NaiveDate) -> f64 {
        f64::from(i32::try_from((on - self.from).num_days()).unwrap_or_default()) * self.day
    }

    fn y(&self, minutes: i64) -> f64 {
        let small = |minutes: i64| f64::from(i32::try_from(minutes).unwrap_or(i32::MAX));
        TOP + HEIGHT - small(minutes) / small(self.most) * HEIGHT
    }

    /// A line that stays as high as it is for a whole day.
    fn stairs(&self, drawn: &[Point], of: impl Fn(&Point) -> i64) -> String {
        let step = |point: &Point| {
            let (x, y) = (self.x(point.on), self.y(of(point)));
            format!("{x:.1},{y:.1} {:.1},{y:.1}", x + self.day)
        };
        drawn.iter().map(step).collect::<Vec<_>>().join(" ")
    }

    /// The field under such a line.
    fn under(&self, drawn: &[Point], of: impl Fn(&Point) -> i64) -> String {
        let base = TOP + HEIGHT;
        let end = drawn.last().map_or(0.0, |last| self.x(last.on) + self.day);
        format!("0,{base} {} {end:.1},{base}", self.stairs(drawn, of))
    }

    fn chart(
        &self,
        sprints: &[Sprint],
        drawn: &[Point],
        decided: &[Decision],
        here: &Hackathon,
        watch: &Watch,
    ) -> Chart {
        let lang = watch.lang;
        let slope = drawn
            .iter()
            .map(|point| format!("{:.1},{:.1}", self.x(point.on) + self.day, self.y(point.offered_minutes)));
        Chart {
            spent: self.under(drawn, |point| point.spent_minutes),
            planned: self.stairs(drawn, |point| point.planned_minutes),
            offered: std::iter::once(format!("0,{}", TOP + HEIGHT)).chain(slope).collect::<Vec<_>>().join(" "),
            steps: self.steps(drawn, lang),
            decisions: decided.iter().filter_map(|one| self.decision(one, here, drawn)).collect(),
            sprints: sprints.iter().map(|one| (self.x(one.starts_on), one.number)).collect(),
            most: hours(self.most, lang),
            days: drawn.iter().map(|point| in_numbers(point, lang)).collect(),
            ..Chart::default()
        }
    }

    /// Where the line of plans steps up or down.
    fn steps(&self, drawn: &[Point], lang: Lang) -> Vec<Mark> {
        let pairs = drawn.iter().zip(drawn.iter().skip(1));
        let changed = pairs.filter(|(before, after)| before.planned_minutes != after.planned_minutes);
        let mark = |(_, after): (&Point, &Point)| Mark {
            x: self.x(after.on),
            y: self.y(after.planned_minutes),
            title: format!("{}: {}", day(after.on, lang), hours(after.planned_minutes, lang)),
        };
        changed.map(mark).collect()
    }

    fn decision(&self, one: &Decision, here: &Hackathon, drawn: &[Point]) -> Option<Mark> {
        let on = here.date(one.decided_at.unwrap_or(one.created_at));
        drawn.iter().find(|point| point.on == on)?;
        Some(Mark { x: self.x(on) + self.day / 2.0, y: TOP + HEIGHT, title: one.content.title.to_string() })
    }
}

fn in_numbers(point: &Point, lang: Lang) -> Day {
    Day {
        on: day(point.on, lang),
        offered: hours(point.offered_minutes, lang),
        planned: hours(point.planned_minutes, lang),
        spent: hours(point.spent_minutes, lang),
        done: per_cent(point.done_per_mille),
    }
}

fn per_cent(per_mille: i64) -> String {
    format!("{} %", per_mille / 10)
}

fn sentence(last: &Point, watch: &Watch) -> String {
    let (on, done) = (day(last.on, watch.lang), per_cent(last.done_per_mille));
    let of = |minutes| hours(minutes, watch.lang);
    let (spent, planned, offered) = (of(last.spent_minutes), of(last.planned_minutes), of(last.offered_minutes));
    match watch.lang {
        Lang::En => format!(
            "By {on}, {spent} of the {planned} planned had been spent, members had offered {offered}, and {done} of all sprints was done."
        ),
        Lang::Ko => {
            format!("{on} 기준: 계획 {planned} 중 {spent} 사용, 그때까지 가능했던 시간 {offered}, 전체 진행률 {done}.")
        }
    }
}

/// The name of one of these teams.
fn name_in(teams: &[Team], id: Option<Id<Team>>, lang: Lang) -> Option<Words> {
    teams.iter().find(|team| Some(team.id) == id).map(|team| Words::of(&team.name, lang))
}

fn of_change(change: ScopeChange, sprint: &Sprint, teams: &[Team], here: &Hackathon, watch: &Watch) -> Told {
    let at = here.date(change.at);
    let stage = Words::name(format!("{} {}", watch.lang.either("Sprint", "스프린트"), sprint.number));
    Told {
        at,
        on: day(at, watch.lang),
        whose: std::iter::once(stage).chain(name_in(teams, change.team, watch.lang)).collect(),
        kind: Sentence::fixed("Plan", "계획"),
        what: Words::of(&change.what, watch.lang),
        why: change.why.map(|why| Words::typed(why.as_str(), watch.lang)),
        place: format!("/h/{}/sprints/{}#plan", here.slug, sprint.number),
    }
}

fn of_decision(one: &Decision, teams: &[Team], here: &Hackathon, watch: &Watch) -> Told {
    let at = here.date(one.decided_at.unwrap_or(one.created_at));
    Told {
        at,
        on: day(at, watch.lang),
        whose: name_in(teams, one.team, watch.lang).into_iter().collect(),
        kind: Sentence::fixed("Decision", "결정"),
        what: Words::typed(one.content.title.as_str(), watch.lang),
        why: None,
        place: format!("/h/{}/decisions/{}", here.slug, one.number),
    }
}
