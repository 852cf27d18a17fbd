//! `/v1/hackathons/{hackathon}/follow-ups`: what continues after the event.

use actix_web::HttpRequest;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{FollowUp as Tend, PlanFollowUp, See};
use crate::access::{Answer, May, Within};
use crate::base::{Id, Instant, Name, Page, Patch, Text, given};
use crate::brief::Ambition;
use crate::consortium::{Member, named};
use crate::follow_up::{self, Check, Facts, FollowUp, store};
use crate::hackathon::Hackathon;
use crate::team::{self, Team};

const LIST: &str = "follow-ups";

/// Who sees to it.
#[derive(Serialize)]
struct OwnerView {
    id: Id<Member>,
    display_name: Name,
}

/// A follow-up as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<FollowUp>,
    title: Name,
    team: Option<Id<Team>>,
    owner: OwnerView,
    ambition: Ambition,
    next_gate: Option<Text>,
    gate_on: Option<NaiveDate>,
    begins_on: NaiveDate,
    checks: Vec<Check>,
    created_at: Instant,
    updated_at: Instant,
}

impl View {
    fn of(of: FollowUp, today: NaiveDate) -> View {
        let checks = of.checks(today);
        let FollowUp { id, facts, display_name, created_at, updated_at, .. } = of;
        let Facts { title, team, owner, ambition, next_gate, gate_on, begins_on } = facts;
        let owner = OwnerView { id: owner, display_name };
        View { id, title, team, owner, ambition, next_gate, gate_on, begins_on, checks, created_at, updated_at }
    }
}

fn shown(of: FollowUp, today: NaiveDate) -> Answered {
    let tag = of.tag_on(today);
    Ok(Answer::ok(&View::of(of, today))?.tagged(Some(tag)))
}

/// `GET /v1/hackathons/{hackathon}/follow-ups`
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let (rows, day) = may
        .read(move |tx, right| {
            let here = right.on();
            Ok((store::list(tx, here.id, &page)?, here.date(tx.now())))
        })
        .await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(|row| View::of(row, day)))
}

/// A new follow-up.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewFollowUp {
    title: Name,
    team: Option<String>,
    owner: Id<Member>,
    ambition: Ambition,
    next_gate: Option<Text>,
    gate_on: Option<NaiveDate>,
    /// Left out: the last day of the event.
    begins_on: Option<NaiveDate>,
}

/// `POST /v1/hackathons/{hackathon}/follow-ups`
pub async fn create(may: May<PlanFollowUp, Hackathon>, Body(sent): Body<NewFollowUp>) -> Answered {
    may.post(sent, |tx, right, new| {
        let here = right.on();
        let NewFollowUp { title, team, owner, ambition, next_gate, gate_on, begins_on } = new;
        let team = team.map(|key| team::named(tx, here.id, &key, "/team")).transpose()?.map(|team| team.id);
        let owner = named::member(tx, here.id, owner, "/owner")?.id;
        let begins_on = begins_on.unwrap_or(here.ends_on);
        let facts = Facts { title, team, owner, ambition, next_gate, gate_on, begins_on };
        let made = follow_up::add(tx, here.id, &facts)?;
        let (place, day) = (format!("/v1/hackathons/{}/follow-ups/{}", here.slug, made.id), here.date(tx.now()));
        let tag = made.tag_on(day);
        Ok(Answer::created(place, &View::of(made, day))?.tagged(Some(tag)))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/follow-ups/{follow_up}`
pub async fn show(may: May<See, Within<Hackathon, FollowUp>>) -> Answered {
    may.read(|tx, right| shown(right.on().item.clone(), right.on().parent.date(tx.now()))).await
}

/// A change of a follow-up; `null` takes the team, the gate or its day back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUpPatch {
    #[serde(default, deserialize_with = "given")]
    title: Option<Name>,
    #[serde(default)]
    team: Patch<String>,
    #[serde(default, deserialize_with = "given")]
    owner: Option<Id<Member>>,
    #[serde(default, deserialize_with = "given")]
    ambition: Option<Ambition>,
    #[serde(default)]
    next_gate: Patch<Text>,
    #[serde(default)]
    gate_on: Patch<NaiveDate>,
    #[serde(default, deserialize_with = "given")]
    begins_on: Option<NaiveDate>,
}

/// `PATCH /v1/hackathons/{hackathon}/follow-ups/{follow_up}`
pub async fn change(may: May<Tend, Within<Hackathon, FollowUp>>, Body(sent): Body<FollowUpPatch>) -> Answered {
    let patch = sent.value;
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let now = item.facts.clone();
        let team = patch.team.try_map(|key| team::named(tx, parent.id, &key, "/team").map(|team| team.id))?;
        let owner = patch.owner.map(|id| named::member(tx, parent.id, id, "/owner")).transpose()?;
        let facts = Facts {
            title: patch.title.unwrap_or(now.title),
            team: team.apply(now.team),
            owner: owner.map_or(now.owner, |owner| owner.id),
            ambition: patch.ambition.unwrap_or(now.ambition),
            next_gate: patch.next_gate.apply(now.next_gate),
            gate_on: patch.gate_on.apply(now.gate_on),
            begins_on: patch.begins_on.unwrap_or(now.begins_on),
        };
        let changed = follow_up::change(tx, item, &facts)?;
        shown(changed, parent.date(tx.now()))
    })
    .await
}

/// What a check found.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCheck {
    days: i32,
    outcome: Text,
}

/// `POST /v1/hackathons/{hackathon}/follow-ups/{follow_up}/checks`: the follow-up with the check made.
pub async fn check(may: May<Tend, Within<Hackathon, FollowUp>>, Body(sent): Body<NewCheck>) -> Answered {
    may.post(sent, |tx, right, new| {
        let Within { parent, item } = right.on();
        let checked = follow_up::check(tx, item, right.user(), new.days, &new.outcome)?;
        shown(checked, parent.date(tx.now()))
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/follow-ups/{follow_up}`
pub async fn remove(may: May<PlanFollowUp, Within<Hackathon, FollowUp>>) -> Answered {
    may.write(|tx, right| {
        store::delete(tx, &right.on().item)?;
        Ok(Answer::done())
    })
    .await
}
