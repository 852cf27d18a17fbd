//! `/v1/hackathons/{hackathon}/members/{member}/absences`: when a member is away.

use actix_web::HttpRequest;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::absence::{Absence, Facts, store};
use crate::access::policy::{BeAbsent, SeeAbsences};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Id, Instant, Name, Page, Patch, given};
use crate::consortium::Member;
use crate::hackathon::{self, Hackathon};

const LIST: &str = "absences";

type Here = Within<Hackathon, Member>;

/// An absence as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<Absence>,
    member: Id<Member>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    reason: Option<Name>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Absence> for View {
    fn from(of: Absence) -> View {
        let Absence { id, member, starts_on, ends_on, reason, created_at, updated_at, .. } = of;
        View { id, member, starts_on, ends_on, reason, created_at, updated_at }
    }
}

fn shown(absence: Absence) -> Answered {
    let tag = absence.tag();
    Ok(Answer::ok(&View::from(absence))?.tagged(tag))
}

/// `GET .../members/{member}/absences`
pub async fn list(req: HttpRequest, may: May<SeeAbsences, Here>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may.read(move |tx, right| store::list(tx, right.on().item.id, &page)).await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from))
}

/// A new absence.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAbsence {
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    reason: Option<Name>,
}

/// `POST .../members/{member}/absences`
pub async fn create(may: May<BeAbsent, Here>, Body(sent): Body<NewAbsence>) -> Answered {
    may.post(sent, |tx, right, new| {
        let Within { parent, item } = right.on();
        hackathon::hold(tx, parent.id)?;
        let facts = Facts { starts_on: new.starts_on, ends_on: new.ends_on, reason: new.reason };
        facts.check()?;
        let made = store::insert(tx, item, &facts)?;
        let place = format!("/v1/hackathons/{}/members/{}/absences/{}", parent.slug, item.id, made.id);
        Ok(Answer { status: 201, ..shown(made)? }.header("Location", place))
    })
    .await
}

/// `GET .../members/{member}/absences/{absence}`
pub async fn show(may: May<SeeAbsences, Within<Here, Absence>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of an absence.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbsencePatch {
    #[serde(default, deserialize_with = "given")]
    starts_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "given")]
    ends_on: Option<NaiveDate>,
    #[serde(default)]
    reason: Patch<Name>,
}

/// `PATCH .../members/{member}/absences/{absence}`
pub async fn change(may: May<BeAbsent, Within<Here, Absence>>, Body(sent): Body<AbsencePatch>) -> Answered {
    let patch = sent.value;
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::hold(tx, parent.parent.id)?;
        let now = item.facts();
        let facts = Facts {
            starts_on: patch.starts_on.unwrap_or(now.starts_on),
            ends_on: patch.ends_on.unwrap_or(now.ends_on),
            reason: patch.reason.apply(now.reason),
        };
        facts.check()?;
        shown(store::update(tx, item, &facts)?)
    })
    .await
}

/// `DELETE .../members/{member}/absences/{absence}`
pub async fn delete(may: May<BeAbsent, Within<Here, Absence>>) -> Answered {
    may.write(|tx, right| {
        store::delete(tx, &right.on().item)?;
        Ok(Answer::done())
    })
    .await
}
