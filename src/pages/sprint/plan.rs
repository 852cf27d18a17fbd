//! Adding a sprint, changing its days and its goal, and removing it.

use actix_web::http::StatusCode;
use askama::Template;

use super::one::{Here, place};
use crate::access::policy::Change;
use crate::access::{May, Right, Within};
use crate::base::{Result, Text};
use crate::consortium::member;
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::then::{Obstacle, obstacles};
use crate::pages::sheet::{Fields, Reading, Sheet};
use crate::pages::{Shown, page, see_other};
use crate::sprint::{self, Facts, scope, store};

#[derive(Template)]
#[template(path = "sprint/plan.html")]
struct Page {
    frame: Frame,
    /// Where the sprints are.
    list: String,
    /// Where the form is sent.
    action: String,
    sheet: Sheet,
    /// The sprint that is changed; none: one is added.
    number: Option<i32>,
}

/// `GET /h/{hackathon}/sprints/add`: what follows on the last sprint is filled in.
pub async fn add(visit: Visit, may: May<Change, Hackathon>) -> Shown {
    new_page(visit, may, StatusCode::OK, None).await
}

async fn new_page(visit: Visit, may: May<Change, Hackathon>, status: StatusCode, again: Option<Sheet>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let here = right.on();
        let sheet = match again {
            Some(sheet) => sheet,
            None => Sheet::holding(next(tx, here)?),
        };
        let list = format!("/h/{}/sprints", here.slug);
        let visit = visit.at(format!("{list}/add"));
        let frame = Frame::within(tx, &visit, here, right.roles(), Some(Tab::Sprints))?;
        Ok(Page { frame, action: list.clone(), list, sheet, number: None })
    });
    page(status, lang, &drawn.await?)
}

fn next(tx: &mut Tx, here: &Hackathon) -> Result<Fields> {
    let last = store::all(tx, here.id)?.pop();
    let number = last.as_ref().map_or(1, |last| last.number.saturating_add(1));
    let from = last.and_then(|last| last.ends_on.succ_opt()).unwrap_or(here.starts_on);
    Ok(Fields::default().with("number", number).with("starts_on", from))
}

/// `POST /h/{hackathon}/sprints`
pub async fn create(
    visit: Visit,
    may: May<Change, Hackathon>,
    again: May<Change, Hackathon>,
    Form(fields): Form<Fields>,
) -> Shown {
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let here = right.on();
        let (facts, _) = facts(&sent)?;
        hackathon::touch(tx, here.id)?;
        let others = store::all(tx, here.id)?;
        facts.check(here, &others)?;
        Ok(place(here, store::insert(tx, here.id, &facts)?.number))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            new_page(visit, again, status, Some(Sheet { fields, obstacles })).await
        }
    }
}

fn facts(fields: &Fields) -> Result<(Facts, Option<Text>)> {
    let mut reading = Reading::of(fields);
    let (number, from, until) = (reading.number("number"), reading.day("starts_on"), reading.day("ends_on"));
    let (goal, why) = (reading.maybe_both("goal"), reading.maybe_text("why"));
    let read = match (number, from, until, goal, why) {
        (Some(number), Some(starts_on), Some(ends_on), Some(goal), Some(why)) => {
            Some((Facts { number, starts_on, ends_on, goal }, why))
        }
        _ => None,
    };
    reading.whole(read)
}

/// `GET /h/{hackathon}/sprints/{sprint}/edit`
pub async fn edit(visit: Visit, may: May<Change, Here>) -> Shown {
    edit_page(visit, may, StatusCode::OK, (None, Vec::new())).await
}

/// What was typed, if anything was, and what stands in its way.
type Again = (Option<Fields>, Vec<Obstacle>);

async fn edit_page(visit: Visit, may: May<Change, Here>, status: StatusCode, (typed, obstacles): Again) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let Within { parent: here, item: sprint } = right.on();
        let action = format!("{}/edit", place(here, sprint.number));
        let held = Fields::default().with("number", sprint.number).both("goal", sprint.goal.as_ref());
        let held = held.with("starts_on", sprint.starts_on).with("ends_on", sprint.ends_on);
        let visit = visit.at(action.clone());
        Ok(Page {
            frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Sprints))?,
            list: format!("/h/{}/sprints", here.slug),
            action,
            sheet: Sheet { fields: typed.unwrap_or(held), obstacles },
            number: Some(sprint.number),
        })
    });
    page(status, lang, &drawn.await?)
}

/// `POST /h/{hackathon}/sprints/{sprint}/edit`
pub async fn change(
    visit: Visit,
    may: May<Change, Here>,
    again: May<Change, Here>,
    Form(fields): Form<Fields>,
) -> Shown {
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let (facts, why) = facts(&sent)?;
        changed(tx, right, &facts, why.as_ref())
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            edit_page(visit, again, status, (Some(fields), obstacles)).await
        }
    }
}

fn changed(tx: &mut Tx, right: &Right<Change, Here>, facts: &Facts, why: Option<&Text>) -> Result<String> {
    let Within { parent: here, item } = right.on();
    hackathon::touch(tx, here.id)?;
    let by = member::acting(tx, here.id, right.user())?.id;
    let now = sprint::as_wished(tx, item, by, None)?;
    let mut others = store::all(tx, here.id)?;
    others.retain(|other| other.id != item.id);
    facts.check(here, &others)?;
    let changed = store::update(tx, &now, facts)?;
    scope::compare(tx, &now, &changed, by, why)?;
    Ok(place(here, changed.number))
}

/// `POST /h/{hackathon}/sprints/{sprint}/remove`
pub async fn remove(visit: Visit, may: May<Change, Here>, again: May<Change, Here>) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent: here, item } = right.on();
        hackathon::touch(tx, here.id)?;
        store::delete(tx, item.id)?;
        Ok(format!("/h/{}/sprints", here.slug))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            edit_page(visit, again, status, (None, obstacles)).await
        }
    }
}
