//! Sprints on a timeline, with today.

use chrono::NaiveDate;

use crate::base::Lang;
use crate::hackathon::Hackathon;
use crate::pages::time::{date, day};
use crate::pages::words::Words;
use crate::sprint::Sprint;

/// The width of the picture, and the height of a row in it.
pub const WIDTH: f64 = 720.0;
const ROW: usize = 44;
const TOP: usize = 28;

/// The sprints as a picture.
pub struct Timeline {
    /// What it shows, in a sentence.
    pub sentence: String,
    /// A bar for each sprint.
    pub bars: Vec<Bar>,
    /// Where today is, if it is a day of the event.
    pub today: Option<f64>,
    /// How high the picture is.
    pub height: usize,
}

/// A sprint, and where it stands in the picture.
pub struct Bar {
    /// Its number.
    pub number: i32,
    /// What it is for.
    pub goal: Option<Words>,
    /// Its days.
    pub days: String,
    /// How it is drawn: what was, is, and is to come.
    pub state: &'static str,
    /// Whether it was closed.
    pub closed: bool,
    /// Where it begins.
    pub x: f64,
    /// Its row.
    pub y: usize,
    /// How wide it is.
    pub width: f64,
}

impl Bar {
    /// Where its words stand, from above.
    pub fn label_y(&self) -> usize {
        self.y + 22
    }
    /// Where its words begin.
    pub fn inside_x(&self) -> f64 {
        self.x + 8.0
    }
}

impl Timeline {
    /// The picture of these sprints.
    pub fn of(here: &Hackathon, all: &[Sprint], today: NaiveDate, lang: Lang) -> Timeline {
        let within = (here.starts_on..=here.ends_on).contains(&today);
        Timeline {
            sentence: sentence(here, all, today, lang),
            bars: all.iter().enumerate().map(|(row, one)| bar(one, row, here, today, lang)).collect(),
            today: within.then(|| across(here, today) + WIDTH / days(here) / 2.0),
            height: TOP + ROW * all.len() + 8,
        }
    }
}

/// The days of a sprint, in words.
pub fn days_of(one: &Sprint, lang: Lang) -> String {
    format!("{} – {}", day(one.starts_on, lang), day(one.ends_on, lang))
}

/// The days of the event, its last one included.
fn days(here: &Hackathon) -> f64 {
    let days = (here.ends_on - here.starts_on).num_days() + 1;
    f64::from(i32::try_from(days).unwrap_or(i32::MAX))
}

/// Where the morning of a day is in the picture.
fn across(here: &Hackathon, at: NaiveDate) -> f64 {
    let passed = i32::try_from((at - here.starts_on).num_days()).unwrap_or_default();
    (f64::from(passed) / days(here) * WIDTH).clamp(0.0, WIDTH)
}

fn bar(one: &Sprint, row: usize, here: &Hackathon, today: NaiveDate, lang: Lang) -> Bar {
    let x = across(here, one.starts_on);
    let state = match (one.ends_on < today, one.starts_on <= today) {
        (true, _) => "past",
        (_, true) => "present",
        _ => "bar-of",
    };
    Bar {
        number: one.number,
        goal: one.goal.as_ref().map(|goal| Words::of(goal, lang)),
        days: days_of(one, lang),
        state,
        closed: one.closed_at.is_some(),
        width: one.ends_on.succ_opt().map_or(WIDTH, |next| across(here, next)) - x,
        x,
        y: TOP + ROW * row,
    }
}

fn sentence(here: &Hackathon, all: &[Sprint], today: NaiveDate, lang: Lang) -> String {
    let (from, until) = (date(here.starts_on, lang), date(here.ends_on, lang));
    let now = all.iter().find(|one| (one.starts_on..=one.ends_on).contains(&today));
    let whole = match lang {
        Lang::En => format!("The hackathon lasts from {from} to {until}, in {} sprints.", all.len()),
        Lang::Ko => format!("기간: {from} ~ {until}, 스프린트 {}개.", all.len()),
    };
    let Some(one) = now else { return whole };
    let (number, left) = (one.number, (one.ends_on - today).num_days());
    match (left, lang) {
        (0, Lang::En) => format!("{whole} Sprint {number} is under way and ends today."),
        (1, Lang::En) => format!("{whole} Sprint {number} is under way and ends tomorrow."),
        (_, Lang::En) => format!("{whole} Sprint {number} is under way and ends in {left} days."),
        (0, Lang::Ko) => format!("{whole} 지금은 스프린트 {number}, 오늘 끝납니다."),
        (_, Lang::Ko) => format!("{whole} 지금은 스프린트 {number}, {left}일 남았습니다."),
    }
}
