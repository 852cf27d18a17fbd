//! `/v1/hackathons/{hackathon}/sprints/{sprint}/check-ins`: what teams report of a sprint.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::seen::{PersonView, TeamView, hours};
use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Record, Revise, SeeWork};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Id, Instant, Page, Result, Text, given};
use crate::check_in::{self, Blocker, CheckIn, Given, Here, Revision, store};
use crate::db::Tx;
use crate::question::Question;
use crate::question::store::names::{Names, Wanted};
use crate::team;

const LIST: &str = "check-ins";

/// A check-in as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<CheckIn>,
    sprint: i32,
    team: Option<TeamView>,
    progress_percent: i32,
    hours_spent: f64,
    confidence: i32,
    summary: Text,
    blockers: Vec<BlockerView>,
    late: bool,
    by: PersonView,
    created_at: Instant,
    updated_at: Instant,
}

/// Something that stands in the way.
#[derive(Serialize)]
struct BlockerView {
    text: Text,
    question: Option<Id<Question>>,
}

impl View {
    fn of(one: CheckIn, here: &Here, names: &Names) -> View {
        let late = one.is_late(&here.parent, &here.item);
        let CheckIn { id, team, facts, by, created_at, updated_at, .. } = one;
        let check_in::Facts { progress_percent, spent_minutes, confidence, summary, blockers } = facts;
        View {
            id,
            sprint: here.item.number,
            team: TeamView::of(names, team),
            progress_percent,
            hours_spent: hours(spent_minutes.into()),
            confidence,
            summary,
            blockers: blockers.into_iter().map(|Blocker { text, question }| BlockerView { text, question }).collect(),
            late,
            by: PersonView::of(names, by),
            created_at,
            updated_at,
        }
    }
}

fn named(tx: &mut Tx, here: &Here, all: &[CheckIn]) -> Result<Names> {
    let mut wanted = Wanted::default();
    all.iter().for_each(|one| {
        wanted.member(one.by);
        wanted.team(one.team);
    });
    wanted.read(tx, here.parent.id)
}

fn shown(tx: &mut Tx, here: &Here, one: CheckIn) -> Answered {
    let (names, tag) = (named(tx, here, std::slice::from_ref(&one))?, one.tag());
    Ok(Answer::ok(&View::of(one, here, &names))?.tagged(tag))
}

/// `GET .../sprints/{sprint}/check-ins`: all to organizers; to others their teams' and those of teams they mentor.
pub async fn list(req: HttpRequest, may: May<SeeWork, Here>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let found = may
        .read(move |tx, right| {
            let here = right.on();
            let teams = team::seen_by(tx, here.parent.id, right.user(), right.roles())?;
            let rows = Page::of(LIST, &page, store::list(tx, here.item.id, teams, &page)?, |row| row.id.uuid());
            let names = named(tx, here, &rows.items)?;
            Ok(rows.map(|row| View::of(row, here, &names)))
        })
        .await?;
    answer::page(&req, &found)
}

/// Something that stands in the way, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewBlocker {
    text: Text,
    /// The question whose answer would clear it, by number or id.
    question: Option<String>,
}

fn said(blockers: Vec<NewBlocker>) -> Vec<(Text, Option<String>)> {
    blockers.into_iter().map(|one| (one.text, one.question)).collect()
}

/// A new check-in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCheckIn {
    team: Option<String>,
    progress_percent: i32,
    hours_spent: f64,
    confidence: i32,
    summary: Text,
    #[serde(default)]
    blockers: Vec<NewBlocker>,
}

/// `POST .../sprints/{sprint}/check-ins`
pub async fn create(may: May<Record, Here>, Body(sent): Body<NewCheckIn>) -> Answered {
    let sent = sent.map(|new, _| {
        let NewCheckIn { team, progress_percent, hours_spent, confidence, summary, blockers } = new;
        Given { team, progress_percent, hours_spent, confidence, summary, blockers: said(blockers) }
    });
    may.post(sent, |tx, right, new| {
        let here = right.on();
        let made = check_in::give(tx, here, (right.user(), right.roles()), new)?;
        let (slug, number) = (&here.parent.slug, here.item.number);
        let place = format!("/v1/hackathons/{slug}/sprints/{number}/check-ins/{}", made.id);
        Ok(Answer { status: 201, ..shown(tx, here, made)? }.header("Location", place))
    })
    .await
}

/// `GET .../sprints/{sprint}/check-ins/{check_in}`
pub async fn show(may: May<SeeWork, Within<Here, CheckIn>>) -> Answered {
    may.read(|tx, right| shown(tx, &right.on().parent, right.on().item.clone())).await
}

/// A change of a check-in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckInPatch {
    #[serde(default, deserialize_with = "given")]
    progress_percent: Option<i32>,
    #[serde(default, deserialize_with = "given")]
    hours_spent: Option<f64>,
    #[serde(default, deserialize_with = "given")]
    confidence: Option<i32>,
    #[serde(default, deserialize_with = "given")]
    summary: Option<Text>,
    /// All of them.
    #[serde(default, deserialize_with = "given")]
    blockers: Option<Vec<NewBlocker>>,
}

/// `PATCH .../sprints/{sprint}/check-ins/{check_in}`
pub async fn change(may: May<Revise, Within<Here, CheckIn>>, Body(sent): Body<CheckInPatch>) -> Answered {
    let CheckInPatch { progress_percent, hours_spent, confidence, summary, blockers } = sent.value;
    let to = Revision { progress_percent, hours_spent, confidence, summary, blockers: blockers.map(said) };
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let changed = check_in::revise(tx, parent, item, right.user(), to)?;
        shown(tx, parent, changed)
    })
    .await
}
