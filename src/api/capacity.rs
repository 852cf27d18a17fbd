//! `/v1/hackathons/{hackathon}/capacity`: what teams offer and plan, who has gone quiet, how much lies with whom.

use serde::{Deserialize, Serialize};

use super::board::CellView;
use super::seen::TeamView;
use super::{Answered, Query};
use crate::access::policy::SeeCapacity;
use crate::access::{Answer, May};
use crate::base::{Id, Instant, Localized, Name};
use crate::capacity::{self, Capacity, Load, OverCommitment, QUIET_DAYS, Quiet};
use crate::consortium::Member;
use crate::hackathon::{Hackathon, Role};
use crate::team::Team;

/// The capacity as callers see it.
#[derive(Serialize)]
struct View {
    as_of: Instant,
    quiet_days: i64,
    teams: Vec<LineView>,
    over_commitments: Vec<OverView>,
    quiet: Vec<QuietView>,
    loads: Vec<LoadView>,
}

/// What a team offers, plans and spent in each sprint.
#[derive(Serialize)]
struct LineView {
    team: TeamView,
    sprints: Vec<CellView>,
}

/// A team that plans more than its members offer, in a sprint that is not over.
#[derive(Serialize)]
struct OverView {
    sprint: i32,
    team: TeamView,
    text: Localized,
}

/// A participant of whom nothing was heard.
#[derive(Serialize)]
struct QuietView {
    member: Id<Member>,
    display_name: Name,
    teams: Vec<Id<Team>>,
    text: Localized,
}

/// How much lies with somebody who answers.
#[derive(Serialize)]
struct LoadView {
    member: Id<Member>,
    display_name: Name,
    roles: Vec<Role>,
    assigned: usize,
    held: usize,
    answered_last_7_days: usize,
}

impl From<Quiet> for QuietView {
    fn from(of: Quiet) -> QuietView {
        let Quiet { member, display_name, teams, sentence } = of;
        QuietView { member, display_name, teams, text: sentence.into() }
    }
}

impl From<Load> for LoadView {
    fn from(of: Load) -> LoadView {
        let Load { member, display_name, roles, assigned, held, answered } = of;
        LoadView { member, display_name, roles, assigned, held, answered_last_7_days: answered }
    }
}

impl View {
    fn of(of: Capacity, here: &Hackathon, now: Instant, quiet_days: i64) -> View {
        let board = &of.board;
        let line = |team: &Team| {
            let cells = board.of(team.id).zip(&board.sprints);
            let sprints = cells.map(|(cell, sprint)| CellView::of(cell, sprint.number)).collect();
            LineView { team: TeamView::from(team), sprints }
        };
        let over = |OverCommitment { sprint, team, sentence }: OverCommitment| OverView {
            sprint: sprint.number,
            team: TeamView::from(team),
            text: sentence.into(),
        };
        View {
            as_of: now,
            quiet_days,
            teams: board.teams.iter().map(line).collect(),
            over_commitments: of.over_commitments(here.date(now)).into_iter().map(over).collect(),
            quiet: of.quiet.into_iter().map(QuietView::from).collect(),
            loads: of.loads.into_iter().map(LoadView::from).collect(),
        }
    }
}

/// After how many days without a word somebody has gone quiet.
#[derive(Deserialize)]
pub struct Asked {
    quiet_days: Option<String>,
}

/// `GET /v1/hackathons/{hackathon}/capacity?quiet_days=`
pub async fn show(may: May<SeeCapacity, Hackathon>, Query(asked): Query<Asked>) -> Answered {
    // What is no number is as far outside the range as any number.
    let days = asked.quiet_days.as_deref().map_or(QUIET_DAYS, |text| text.parse().unwrap_or(0));
    may.read(move |tx, right| {
        let capacity = capacity::load(tx, right.on(), days)?;
        Answer::ok(&View::of(capacity, right.on(), tx.now(), days))
    })
    .await
}
