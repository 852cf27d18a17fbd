//! `/v1/hackathons/{hackathon}/sprints/{sprint}/scope-changes`: what a sprint is to bring, and how that changed.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::seen::{PersonView, TeamView, hours};
use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Record, SeeWork};
use crate::access::{Answer, May, Within};
use crate::base::{Id, Instant, Localized, Page, Result, Said, Text};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::question::store::names::{Names, Wanted};
use crate::sprint::scope::{self, ScopeChange, ScopeKind};
use crate::sprint::{self, Sprint, store};
use crate::team;

const LIST: &str = "scope-changes";

type Here = Within<Hackathon, Sprint>;

/// A change as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<ScopeChange>,
    sprint: i32,
    team: Option<TeamView>,
    kind: ScopeKind,
    what: Localized,
    why: Option<Text>,
    hours_planned: Option<f64>,
    by: PersonView,
    at: Instant,
}

impl View {
    fn of(change: ScopeChange, sprint: &Sprint, names: &Names) -> View {
        let ScopeChange { id, team, kind, what, why, planned_minutes, by, at, .. } = change;
        let team = team.and_then(|team| TeamView::of(names, team));
        let hours_planned = planned_minutes.map(|minutes| hours(minutes.into()));
        View { id, sprint: sprint.number, team, kind, what, why, hours_planned, by: PersonView::of(names, by), at }
    }
}

fn named(tx: &mut Tx, here: &Here, changes: &[ScopeChange]) -> Result<Names> {
    let mut wanted = Wanted::default();
    changes.iter().for_each(|change| {
        wanted.member(change.by);
        change.team.into_iter().for_each(|team| wanted.team(team));
    });
    wanted.read(tx, here.parent.id)
}

/// `GET .../sprints/{sprint}/scope-changes`, the first one first.
pub async fn list(req: HttpRequest, may: May<SeeWork, Here>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let found = may
        .read(move |tx, right| {
            let here = right.on();
            let teams = team::seen_by(tx, here.parent.id, right.user(), right.roles())?;
            let rows = store::scope::list(tx, &here.item, teams, &page)?;
            let rows = Page::of(LIST, &page, rows, |row| row.id.uuid());
            let names = named(tx, here, &rows.items)?;
            Ok(rows.map(|row| View::of(row, &here.item, &names)))
        })
        .await?;
    answer::page(&req, &found)
}

/// What changes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewScopeChange {
    /// Whose plan, by slug or id; left out: the caller's only team, or everybody's where an organizer says it.
    team: Option<String>,
    what: Option<Said<Text>>,
    hours_planned: Option<f64>,
    why: Option<Text>,
}

/// `POST .../sprints/{sprint}/scope-changes`
pub async fn create(may: May<Record, Here>, Body(sent): Body<NewScopeChange>) -> Answered {
    let sent = sent.map(|new, lang| (new.team, new.what.map(|said| said.in_lang(lang)), new.hours_planned, new.why));
    may.post(sent, |tx, right, (key, what, hours, why)| {
        let here = right.on();
        hackathon::hold(tx, here.parent.id)?;
        let who = (right.user(), right.roles());
        let (member, team) = team::spoken_for(tx, here.parent.id, who, key.as_deref())?;
        team::must_have_one(team, right.roles())?;
        let planned_minutes = hours.map(|hours| sprint::minutes(hours, "/hours_planned")).transpose()?;
        let said = scope::Said { team, what, planned_minutes, why };
        let kept = scope::change(tx, &here.parent, &here.item, member.id, said)?;
        let names = named(tx, here, std::slice::from_ref(&kept))?;
        let place = format!("/v1/hackathons/{}/sprints/{}/scope-changes", here.parent.slug, here.item.number);
        Answer::created(place, &View::of(kept, &here.item, &names))
    })
    .await
}
