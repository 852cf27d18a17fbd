//! `/v1/hackathons/{hackathon}/sprints/board` and `/burn-up`: teams by sprints, and all of it day by day.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::seen::{TeamView, hours};
use super::{Answered, Query};
use crate::access::policy::SeeWork;
use crate::access::{Answer, May, Right};
use crate::base::{Error, Id, Instant, Result, say};
use crate::board::burn_up::Point;
use crate::board::{self, Board, Cell, Status};
use crate::check_in::CheckIn;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::sprint::Sprint;
use crate::team::{self, Team};

/// The board as callers see it.
#[derive(Serialize)]
struct View {
    as_of: Instant,
    sprints: Vec<SprintView>,
    teams: Vec<LineView>,
    owed: Vec<OwedView>,
}

/// A sprint above its column.
#[derive(Serialize)]
struct SprintView {
    id: Id<Sprint>,
    number: i32,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    closed_at: Option<Instant>,
}

/// A team and how it stands in each sprint.
#[derive(Serialize)]
struct LineView {
    team: TeamView,
    sprints: Vec<CellView>,
}

/// A team in a sprint.
#[derive(Serialize)]
pub(super) struct CellView {
    sprint: i32,
    status: Status,
    check_in: Option<Id<CheckIn>>,
    progress_percent: Option<i32>,
    confidence: Option<i32>,
    hours_offered: f64,
    hours_planned: Option<f64>,
    hours_spent: Option<f64>,
    open_questions: usize,
    blockers: usize,
    late: bool,
}

impl CellView {
    pub(super) fn of(cell: &Cell, sprint: i32) -> CellView {
        let said = cell.check_in;
        CellView {
            sprint,
            status: cell.status,
            check_in: said.map(|said| said.id),
            progress_percent: said.map(|said| said.progress_percent),
            confidence: said.map(|said| said.confidence),
            hours_offered: hours(cell.offered_minutes),
            hours_planned: cell.planned_minutes.map(|minutes| hours(minutes.into())),
            hours_spent: said.map(|said| hours(said.spent_minutes.into())),
            open_questions: cell.open_questions,
            blockers: said.map_or(0, |said| said.blockers),
            late: cell.status.is_late(),
        }
    }
}

/// A check-in that a team owes.
#[derive(Serialize)]
struct OwedView {
    sprint: i32,
    team: TeamView,
    was_due_on: NaiveDate,
}

impl View {
    fn of(board: &Board, as_of: Instant) -> View {
        let numbers: HashMap<Id<Sprint>, &Sprint> = board.sprints.iter().map(|one| (one.id, one)).collect();
        let number = |cell: &Cell| numbers.get(&cell.sprint).map_or(0, |sprint| sprint.number);
        let line = |team: &Team| LineView {
            team: TeamView::from(team),
            sprints: board.of(team.id).map(|cell| CellView::of(cell, number(cell))).collect(),
        };
        let owed = |(team, sprint): (&Team, &Sprint)| OwedView {
            sprint: sprint.number,
            team: TeamView::from(team),
            was_due_on: sprint.ends_on,
        };
        View {
            as_of,
            sprints: board.sprints.iter().map(SprintView::from).collect(),
            teams: board.teams.iter().map(line).collect(),
            owed: board.owed().map(owed).collect(),
        }
    }
}

impl From<&Sprint> for SprintView {
    fn from(of: &Sprint) -> SprintView {
        let Sprint { id, number, starts_on, ends_on, closed_at, .. } = *of;
        SprintView { id, number, starts_on, ends_on, closed_at }
    }
}

/// The teams that the caller sees here.
fn teams(tx: &mut Tx, right: &Right<SeeWork, Hackathon>) -> Result<Vec<Team>> {
    let here = right.on().id;
    let seen = team::seen_by(tx, here, right.user(), right.roles())?;
    let mut teams = team::store::all(tx, here)?;
    teams.retain(|team| seen.as_ref().is_none_or(|seen| seen.contains(&team.id)));
    Ok(teams)
}

/// `GET /v1/hackathons/{hackathon}/sprints/board`: all teams to organizers; to others their own and those they mentor.
pub async fn show(may: May<SeeWork, Hackathon>) -> Answered {
    may.read(|tx, right| {
        let teams = teams(tx, right)?;
        let board = board::load(tx, right.on(), teams)?;
        Answer::ok(&View::of(&board, tx.now()))
    })
    .await
}

/// Whose burn-up.
#[derive(Deserialize)]
pub struct Whose {
    team: Option<String>,
}

/// A day as callers see it.
#[derive(Serialize)]
struct DayView {
    on: NaiveDate,
    hours_offered: f64,
    hours_planned: f64,
    hours_spent: f64,
    progress_percent: f64,
}

impl From<Point> for DayView {
    fn from(of: Point) -> DayView {
        DayView {
            on: of.on,
            hours_offered: hours(of.offered_minutes),
            hours_planned: hours(of.planned_minutes),
            hours_spent: hours(of.spent_minutes),
            progress_percent: f64::from(i32::try_from(of.done_per_mille).unwrap_or_default()) / 10.0,
        }
    }
}

/// The burn-up as callers see it.
#[derive(Serialize)]
struct BurnUpView {
    days: Vec<DayView>,
}

/// `GET /v1/hackathons/{hackathon}/sprints/burn-up?team=`: of one team, or of all that the caller sees.
pub async fn burn_up(may: May<SeeWork, Hackathon>, Query(whose): Query<Whose>) -> Answered {
    may.read(move |tx, right| {
        let mut teams = teams(tx, right)?;
        if let Some(key) = &whose.team {
            let meant = team::named(tx, right.on().id, key, "/team")?;
            teams.retain(|team| team.id == meant.id);
            if teams.is_empty() {
                let detail =
                    say!("You are neither in this team nor its mentor.", "속해 있거나 멘토를 맡은 팀이 아닙니다.");
                return Err(Error::invalid("/team", "team.foreign", detail));
            }
        }
        let drawn = board::burn_up(tx, right.on(), &teams)?;
        Answer::ok(&BurnUpView { days: drawn.days.into_iter().map(DayView::from).collect() })
    })
    .await
}
