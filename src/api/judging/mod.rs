//! `/v1/hackathons/{hackathon}/judging`, and what is judged, by what, by whom, and what is won.

pub mod award;
pub mod conflict;
pub mod criterion;
pub mod score;
pub mod submission;

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Audit, Change, See, SeeJudging};
use crate::access::{Answer, May, Resource};
use crate::base::{Instant, Page, Patch, Result};
use crate::hackathon::{Hackathon, Zone};
use crate::judging::{Deadline, Judging, POINTS_MOST, progress, results, settings, store};

const CHANGES: &str = "judging-changes";
const UTC: &str = "UTC";

/// How submissions are taken and judged, as callers see it.
#[derive(Serialize)]
struct View {
    submissions_due: Option<Deadline>,
    points_most: i32,
}

/// Whose clocks a deadline is told on, besides the hackathon's.
#[derive(Deserialize)]
pub struct Clocks {
    timezone: Option<String>,
}

impl Clocks {
    fn zone(&self) -> Result<Zone> {
        Zone::parse(self.timezone.as_deref().unwrap_or(UTC), "/timezone")
    }
}

fn shown(judging: &Judging, reader: Zone) -> Answered {
    let submissions_due = judging.due_at.map(|due| Deadline::of(due, judging.hackathon.timezone, reader));
    Ok(Answer::ok(&View { submissions_due, points_most: POINTS_MOST })?.tagged(judging.tag()))
}

/// `GET /v1/hackathons/{hackathon}/judging?timezone=`
pub async fn show(may: May<See, Judging>, Query(clocks): Query<Clocks>) -> Answered {
    let reader = clocks.zone()?;
    may.read(move |_, right| shown(right.on(), reader)).await
}

/// A change of how submissions are taken; `null` takes the deadline back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgingPatch {
    #[serde(default)]
    submissions_due_at: Patch<Instant>,
}

/// `PATCH /v1/hackathons/{hackathon}/judging?timezone=`
pub async fn change(
    may: May<Change, Judging>,
    Query(clocks): Query<Clocks>,
    Body(sent): Body<JudgingPatch>,
) -> Answered {
    let reader = clocks.zone()?;
    may.write(move |tx, right| {
        let due_at = sent.value.submissions_due_at.apply(right.on().due_at);
        let changed = settings::set(tx, right.on(), right.user(), due_at)?;
        shown(&changed, reader)
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/judging/progress`
pub async fn progress(may: May<SeeJudging, Hackathon>) -> Answered {
    may.read(|tx, right| Answer::ok(&progress::progress(tx, right.on().id)?)).await
}

/// `GET /v1/hackathons/{hackathon}/judging/results`
pub async fn results(may: May<SeeJudging, Hackathon>) -> Answered {
    may.read(|tx, right| {
        let here = right.on().id;
        results::refuse_early(tx, here, right.user(), right.roles())?;
        Answer::ok(&results::results(tx, here)?)
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/judging/changes`, the first one first.
pub async fn changes(req: HttpRequest, may: May<Audit, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(CHANGES)?;
    let rows = may.read(move |tx, right| store::change::list(tx, right.on().id, &page)).await?;
    answer::page(&req, &Page::of(CHANGES, &page, rows, |row| row.id.uuid()))
}
