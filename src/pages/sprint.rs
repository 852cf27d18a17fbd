//! Sprints on a timeline, with today.

use actix_web::http::StatusCode;
use askama::Template;
use chrono::NaiveDate;

use super::frame::{Frame, Tab, Visit};
use super::time::{date, day};
use super::words::Words;
use super::{Shown, page};
use crate::access::May;
use crate::access::policy::See;
use crate::base::Lang;
use crate::hackathon::Hackathon;
use crate::sprint::{self, Sprint};

#[derive(Template)]
#[template(path = "sprint/sprints.html")]
struct Page {
    frame: Frame,
    /// What the picture shows, in a sentence.
    sentence: String,
    bars: Vec<Bar>,
    today: Option<f64>,
    height: usize,
}

/// A sprint, and where it stands in the picture.
struct Bar {
    number: i32,
    goal: Option<Words>,
    days: String,
    state: &'static str,
    x: f64,
    y: usize,
    width: f64,
}

impl Bar {
    fn label_y(&self) -> usize {
        self.y + 22
    }
    fn inside_x(&self) -> f64 {
        self.x + 8.0
    }
}

/// The width of the picture, and the height of a row in it.
const WIDTH: f64 = 720.0;
const ROW: usize = 44;
const TOP: usize = 28;

/// `GET /h/{hackathon}/sprints`
pub async fn show(visit: Visit, may: May<See, Hackathon>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let here = right.on();
        let all = sprint::store::all(tx, here.id)?;
        let today = visit.watch(here).today();
        let within = (here.starts_on..=here.ends_on).contains(&today);
        let bars = all.iter().enumerate().map(|(row, one)| bar(one, row, here, today, lang));
        Ok(Page {
            frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Sprints))?,
            sentence: sentence(here, &all, today, lang),
            bars: bars.collect(),
            today: within.then(|| across(here, today) + WIDTH / days(here) / 2.0),
            height: TOP + ROW * all.len() + 8,
        })
    });
    page(StatusCode::OK, lang, &drawn.await?)
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
        days: format!("{} – {}", day(one.starts_on, lang), day(one.ends_on, lang)),
        state,
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
