//! Capacity: what teams offer, plan and spent, who has gone quiet, and how much lies with whom.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::frame::{Frame, Tab, Visit, Way};
use super::question::then::{Obstacle, obstacles};
use super::sprint::{Part, ways};
use super::time::{Watch, hours};
use super::words::{Words, roles};
use super::{Shown, page};
use crate::access::policy::SeeCapacity;
use crate::access::{May, Right};
use crate::base::{Error, Lang, Result};
use crate::board::{Board, Cell};
use crate::capacity::{self, Capacity, Load, OverCommitment, QUIET_DAYS, Quiet, over_commitment};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::sprint::Sprint;
use crate::team::Team;

/// Where bars begin and how long the longest is; how high a row is, and where the first one begins.
const FROM: f64 = 150.0;
const LONG: f64 = 430.0;
const ROW: usize = 36;
const TOP: usize = 8;

#[derive(Template)]
#[template(path = "capacity/capacity.html")]
struct Page {
    frame: Frame,
    ways: Vec<Way>,
    place: String,
    obstacles: Vec<Obstacle>,
    /// Who plans more than there is, in sprints that are not over.
    over: Vec<String>,
    /// The sprints, and which one is shown.
    sprints: Vec<(i32, bool)>,
    bars: Bars,
    days: String,
    quiet: Vec<(String, String)>,
    loads: Vec<Held>,
}

impl Page {
    fn shown(&self) -> Option<i32> {
        self.sprints.iter().find(|(_, shown)| *shown).map(|(number, _)| *number)
    }
}

/// The hours of every team in one sprint, as a picture.
#[derive(Default)]
struct Bars {
    sentence: String,
    rows: Vec<Row>,
    height: usize,
}

/// A team's hours.
struct Row {
    place: String,
    name: Words,
    offered: String,
    planned: String,
    spent: String,
    over: bool,
    y: usize,
    planned_x: f64,
    spent_x: f64,
    offered_x: f64,
}

impl Row {
    fn text_y(&self) -> usize {
        self.y + 17
    }
    fn spent_y(&self) -> usize {
        self.y + 7
    }
    fn bottom(&self) -> usize {
        self.y + 28
    }
    fn too_much(&self) -> f64 {
        self.planned_x - self.offered_x
    }
    fn limit(&self) -> f64 {
        FROM + self.offered_x
    }
    fn words_x(&self) -> f64 {
        FROM + self.planned_x.max(self.spent_x).max(self.offered_x) + 8.0
    }
    fn from(&self) -> f64 {
        FROM
    }
}

/// What lies with somebody, with the length of the bar in per cent.
struct Held {
    name: String,
    roles: String,
    assigned: usize,
    length: usize,
    held: usize,
    answered: usize,
}

/// Which sprint, and after how many days without a word somebody has gone quiet.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sprint: String,
    quiet_days: String,
}

impl Asked {
    /// What is no number is as far outside the range as any number.
    fn days(&self) -> i64 {
        if self.quiet_days.is_empty() { QUIET_DAYS } else { self.quiet_days.trim().parse().unwrap_or(0) }
    }
}

/// `GET /h/{hackathon}/capacity?sprint=&quiet_days=`
pub async fn show(visit: Visit, may: May<SeeCapacity, Hackathon>, web::Query(asked): web::Query<Asked>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        // A number of days that does not fit is told beside the field, and the rest is shown as it is without one.
        match capacity::load(tx, right.on(), asked.days()) {
            Ok(found) => Ok((StatusCode::OK, drawn(tx, right, &visit, &asked, found, Vec::new())?)),
            Err(refusal @ Error::Invalid(_)) => {
                let (status, obstacles) = obstacles(refusal, visit.lang)?;
                let found = capacity::load(tx, right.on(), QUIET_DAYS)?;
                Ok((status, drawn(tx, right, &visit, &asked, found, obstacles)?))
            }
            Err(other) => Err(other),
        }
    });
    let (status, drawn) = drawn.await?;
    page(status, lang, &drawn)
}

fn drawn(
    tx: &mut Tx,
    right: &Right<SeeCapacity, Hackathon>,
    visit: &Visit,
    asked: &Asked,
    found: Capacity,
    obstacles: Vec<Obstacle>,
) -> Result<Page> {
    let (here, lang, watch) = (right.on(), visit.lang, visit.watch(right.on()));
    let over = over(&found, &watch);
    let Capacity { board, quiet, loads } = found;
    let shown = chosen(&board, &asked.sprint, &watch);
    let most = loads.iter().map(|load| load.assigned).max().unwrap_or_default();
    Ok(Page {
        frame: Frame::within(tx, visit, here, right.roles(), Some(Tab::Sprints))?,
        ways: ways(here, right.roles(), Some(Part::Capacity)),
        place: format!("/h/{}", here.slug),
        obstacles,
        over,
        sprints: board.sprints.iter().map(|one| (one.number, Some(one.id) == shown.map(|shown| shown.id))).collect(),
        bars: shown.map(|shown| bars(&board, shown, here, lang)).unwrap_or_default(),
        days: if asked.quiet_days.is_empty() { QUIET_DAYS.to_string() } else { asked.quiet_days.clone() },
        quiet: quiet.iter().map(|one| silent(one, &board, lang)).collect(),
        loads: loads.into_iter().map(|load| held(load, most, lang)).collect(),
    })
}

/// The sprint that is asked for; else the last one that has begun, or the first.
fn chosen<'b>(board: &'b Board, number: &str, watch: &Watch) -> Option<&'b Sprint> {
    let named = board.sprints.iter().find(|one| one.number.to_string() == number);
    let begun = board.sprints.iter().rfind(|one| one.starts_on <= watch.today());
    named.or(begun).or(board.sprints.first())
}

/// Those who plan more than their members offer, in sprints that are not over.
fn over(found: &Capacity, watch: &Watch) -> Vec<String> {
    let said = |OverCommitment { sprint, sentence, .. }: OverCommitment| match watch.lang {
        Lang::En => format!("Sprint {}: {}", sprint.number, sentence.en),
        Lang::Ko => format!("스프린트 {}: {}", sprint.number, sentence.ko),
    };
    found.over_commitments(watch.today()).into_iter().map(said).collect()
}

/// Each team with how it stands in a sprint.
fn in_sprint<'b>(board: &'b Board, sprint: &'b Sprint) -> impl Iterator<Item = (&'b Team, &'b Cell)> {
    let cell = |team: &'b Team| board.of(team.id).find(|cell| cell.sprint == sprint.id).map(|cell| (team, cell));
    board.teams.iter().filter_map(cell)
}

fn bars(board: &Board, sprint: &Sprint, here: &Hackathon, lang: Lang) -> Bars {
    let all: Vec<(&Team, &Cell)> = in_sprint(board, sprint).collect();
    let minutes = |cell: &Cell| {
        let spent = cell.check_in.map_or(0, |said| i64::from(said.spent_minutes));
        (cell.offered_minutes, i64::from(cell.planned_minutes.unwrap_or_default()), spent)
    };
    let most = all.iter().map(|(_, cell)| minutes(cell)).map(|(a, b, c)| a.max(b).max(c)).max().unwrap_or_default();
    let long = |minutes: i64| {
        let small = |minutes: i64| f64::from(i32::try_from(minutes).unwrap_or(i32::MAX));
        (small(minutes) / small(most.max(1)) * LONG).round()
    };
    let row = |(at, (team, cell)): (usize, &(&Team, &Cell))| {
        let (offered, planned, spent) = minutes(cell);
        Row {
            place: format!("/h/{}/teams/{}", here.slug, team.slug),
            name: Words::of(&team.name, lang),
            offered: hours(offered, lang),
            planned: cell.planned_minutes.map_or("–".to_owned(), |_| hours(planned, lang)),
            spent: cell.check_in.map_or("–".to_owned(), |_| hours(spent, lang)),
            over: over_commitment(team, cell).is_some(),
            y: TOP + at * ROW,
            planned_x: long(planned),
            spent_x: long(spent),
            offered_x: long(offered),
        }
    };
    let rows: Vec<Row> = all.iter().enumerate().map(row).collect();
    let sums = all.iter().map(|(_, cell)| minutes(cell)).fold((0, 0, 0), |(a, b, c), (x, y, z)| (a + x, b + y, c + z));
    Bars { sentence: sentence(sprint, sums, lang), height: TOP + rows.len() * ROW + 4, rows }
}

fn sentence(sprint: &Sprint, (offered, planned, spent): (i64, i64, i64), lang: Lang) -> String {
    let (number, of) = (sprint.number, |minutes| hours(minutes, lang));
    match lang {
        Lang::En => format!(
            "In sprint {number} members offer {}, teams plan {} and have spent {}.",
            of(offered),
            of(planned),
            of(spent)
        ),
        Lang::Ko => format!("스프린트 {number}: 가능 {}, 계획 {}, 사용 {}.", of(offered), of(planned), of(spent)),
    }
}

/// Somebody who has gone quiet: that, in a sentence, and their teams.
fn silent(one: &Quiet, board: &Board, lang: Lang) -> (String, String) {
    let teams = board.teams.iter().filter(|team| one.teams.contains(&team.id));
    let teams: Vec<&str> = teams.map(|team| team.name.text(lang)).collect();
    (one.sentence.text(lang).to_owned(), teams.join(", "))
}

fn held(load: Load, most: usize, lang: Lang) -> Held {
    Held {
        name: load.display_name.to_string(),
        roles: roles(&load.roles, lang),
        assigned: load.assigned,
        length: (load.assigned * 100).checked_div(most).unwrap_or_default(),
        held: load.held,
        answered: load.answered,
    }
}
