//! Closing a sprint with what it brought, and opening it again.

use actix_web::http::StatusCode;
use askama::Template;

use super::one::{Here, place};
use crate::access::policy::Change;
use crate::access::{May, Within};
use crate::board;
use crate::consortium::member;
use crate::hackathon;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::then::obstacles;
use crate::pages::sheet::{Fields, Reading, Sheet};
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};
use crate::{sprint, team};

#[derive(Template)]
#[template(path = "sprint/close.html")]
struct Page {
    frame: Frame,
    place: String,
    sheet: Sheet,
    number: i32,
    closed: bool,
    early: bool,
    owing: Vec<(String, Words)>,
}

/// `GET /h/{hackathon}/sprints/{sprint}/close`: what is still missing, before it is done.
pub async fn show(visit: Visit, may: May<Change, Here>) -> Shown {
    drawn(visit, may, StatusCode::OK, None).await
}

async fn drawn(visit: Visit, may: May<Change, Here>, status: StatusCode, again: Option<Sheet>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let Within { parent: here, item: sprint } = right.on();
        let teams = team::store::all(tx, here.id)?;
        let owing = board::owing(tx, sprint, teams)?.into_iter();
        let place = place(here, sprint.number);
        let early = visit.watch(here).today() <= sprint.ends_on;
        Ok(Page {
            frame: Frame::within(tx, &visit.at(format!("{place}/close")), here, right.roles(), Some(Tab::Sprints))?,
            sheet: again.unwrap_or_else(|| Sheet::holding(Fields::default().both("summary", sprint.summary.as_ref()))),
            number: sprint.number,
            closed: sprint.closed_at.is_some(),
            early,
            owing: owing
                .map(|team| (format!("/h/{}/teams/{}", here.slug, team.slug), Words::of(&team.name, lang)))
                .collect(),
            place,
        })
    });
    page(status, lang, &drawn.await?)
}

/// `POST /h/{hackathon}/sprints/{sprint}/close`
pub async fn close(
    visit: Visit,
    may: May<Change, Here>,
    again: May<Change, Here>,
    Form(fields): Form<Fields>,
) -> Shown {
    let sent = fields.clone();
    let done = may.write(move |tx, right| {
        let Within { parent: here, item } = right.on();
        let mut reading = Reading::of(&sent);
        let summary = reading.both("summary");
        let summary = reading.whole(summary)?;
        hackathon::touch(tx, here.id)?;
        let by = member::acting(tx, here.id, right.user())?.id;
        sprint::close(tx, item, by, &summary)?;
        Ok(place(here, item.number))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => {
            let (status, obstacles) = obstacles(refusal, visit.lang)?;
            drawn(visit, again, status, Some(Sheet { fields, obstacles })).await
        }
    }
}

/// `POST /h/{hackathon}/sprints/{sprint}/reopen`
pub async fn reopen(may: May<Change, Here>) -> Shown {
    let place = may.write(|tx, right| {
        let Within { parent: here, item } = right.on();
        hackathon::touch(tx, here.id)?;
        let by = member::acting(tx, here.id, right.user())?.id;
        sprint::as_wished(tx, item, by, Some(false))?;
        Ok(place(here, item.number))
    });
    Ok(see_other(&place.await?))
}
