//! `/v1/hackathons/{hackathon}/sprints`: the dated stages of the event.

use actix_web::HttpRequest;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::seen::TeamView;
use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Id, Instant, Lang, Localized, Page, Patch, Said, Text, given};
use crate::consortium::member;
use crate::hackathon::{self, Hackathon};
use crate::sprint::{self, Facts, Sprint, scope, store};
use crate::{board, team};

const LIST: &str = "sprints";

/// A sprint as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<Sprint>,
    number: i32,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    goal: Option<Localized>,
    closed_at: Option<Instant>,
    summary: Option<Localized>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Sprint> for View {
    fn from(sprint: Sprint) -> View {
        let Sprint { id, number, starts_on, ends_on, goal, closed_at, summary, created_at, updated_at, .. } = sprint;
        View { id, number, starts_on, ends_on, goal, closed_at, summary, created_at, updated_at }
    }
}

/// `GET /v1/hackathons/{hackathon}/sprints`, in order.
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may.read(move |tx, right| store::list(tx, right.on().id, &page)).await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| store::place(row.number)).map(View::from))
}

/// A new sprint.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSprint {
    number: i32,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    goal: Option<Said<Text>>,
}

/// `POST /v1/hackathons/{hackathon}/sprints`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<NewSprint>) -> Answered {
    let sent = sent.map(|new, lang| {
        let NewSprint { number, starts_on, ends_on, goal } = new;
        Facts { number, starts_on, ends_on, goal: goal.map(|said| said.in_lang(lang)) }
    });
    may.post(sent, |tx, right, facts| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let others = store::all(tx, here.id)?;
        facts.check(here, &others)?;
        let made = store::insert(tx, here.id, &facts)?;
        let (place, tag) = (format!("/v1/hackathons/{}/sprints/{}", here.slug, made.number), made.tag());
        Ok(Answer::created(place, &View::from(made))?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/sprints/{sprint}`
pub async fn show(may: May<See, Within<Hackathon, Sprint>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of a sprint.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SprintPatch {
    #[serde(default, deserialize_with = "given")]
    number: Option<i32>,
    #[serde(default, deserialize_with = "given")]
    starts_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "given")]
    ends_on: Option<NaiveDate>,
    #[serde(default)]
    goal: Patch<Said<Text>>,
    /// Why goal or dates change; it is kept with the change.
    why: Option<Text>,
    /// `false` opens a closed sprint again.
    closed: Option<bool>,
}

impl SprintPatch {
    fn facts(self, now: Facts, lang: Lang) -> Facts {
        Facts {
            number: self.number.unwrap_or(now.number),
            starts_on: self.starts_on.unwrap_or(now.starts_on),
            ends_on: self.ends_on.unwrap_or(now.ends_on),
            goal: self.goal.map(|said| said.in_lang(lang)).apply(now.goal),
        }
    }
}

/// `PATCH /v1/hackathons/{hackathon}/sprints/{sprint}`
pub async fn change(may: May<Change, Within<Hackathon, Sprint>>, Body(sent): Body<SprintPatch>) -> Answered {
    let (patch, lang) = (sent.value, sent.lang);
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let by = member::acting(tx, parent.id, right.user())?.id;
        let now = sprint::as_wished(tx, item, by, patch.closed)?;
        let why = patch.why.clone();
        let facts = patch.facts(now.facts(), lang);
        let mut others = store::all(tx, parent.id)?;
        others.retain(|other| other.id != item.id);
        facts.check(parent, &others)?;
        let changed = store::update(tx, &now, &facts)?;
        scope::compare(tx, &now, &changed, by, why.as_ref())?;
        shown(changed)
    })
    .await
}

/// What a sprint brought.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    summary: Said<Text>,
}

/// A sprint that was closed, and who still owes a check-in of it.
#[derive(Serialize)]
struct ClosedView {
    sprint: View,
    owed: Vec<TeamView>,
}

/// `POST /v1/hackathons/{hackathon}/sprints/{sprint}/close`
pub async fn close(may: May<Change, Within<Hackathon, Sprint>>, Body(sent): Body<Closing>) -> Answered {
    let sent = sent.map(|closing, lang| closing.summary.in_lang(lang));
    may.post(sent, |tx, right, summary| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let by = member::acting(tx, parent.id, right.user())?.id;
        let closed = sprint::close(tx, item, by, &summary)?;
        let teams = team::store::all(tx, parent.id)?;
        let owed = board::owing(tx, &closed, teams)?.iter().map(TeamView::from).collect();
        let tag = closed.tag();
        Ok(Answer::ok(&ClosedView { sprint: View::from(closed), owed })?.tagged(tag))
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/sprints/{sprint}`
pub async fn remove(may: May<Change, Within<Hackathon, Sprint>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        store::delete(tx, item.id)?;
        Ok(Answer::done())
    })
    .await
}

fn shown(sprint: Sprint) -> Answered {
    let tag = sprint.tag();
    Ok(Answer::ok(&View::from(sprint))?.tagged(tag))
}
