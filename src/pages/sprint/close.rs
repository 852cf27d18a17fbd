//! Closing a sprint with what it brought, and opening it again.

use askama::Template;

use super::one::{Here, place};
use crate::access::policy::Change;
use crate::access::{Item, May, Within};
use crate::base::{Localized, Sentence};
use crate::board;
use crate::consortium::member;
use crate::hackathon;
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::reading::Reading;
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};
use crate::{sprint, team};

#[derive(Template)]
#[template(path = "sprint/close.html")]
struct Page {
    frame: Frame,
    place: String,
    obstacles: Vec<Obstacle>,
    fields: Vec<Entry>,
    mark: String,
    number: i32,
    closed: bool,
    early: bool,
    owing: Vec<(String, Words)>,
}

/// `GET /h/{hackathon}/sprints/{sprint}/close`: what is still missing, before it is done.
pub async fn show(visit: Visit, may: May<Change, Here>) -> Shown {
    drawn(visit, may, Again::default()).await
}

async fn drawn(visit: Visit, may: May<Change, Here>, again: Again) -> Shown {
    let (lang, status) = (visit.lang, again.status);
    let drawn = may.read(move |tx, right| {
        let Within { parent: here, item: sprint } = right.on();
        let teams = team::store::all(tx, here.id)?;
        let owing = board::owing(tx, sprint, teams)?.into_iter();
        let place = place(here, sprint.number);
        let early = visit.watch(here).today() <= sprint.ends_on;
        Ok(Page {
            frame: Frame::within(tx, &visit.at(format!("{place}/close")), here, right.roles(), Some(Tab::Sprints))?,
            fields: fields(&again, sprint.summary.as_ref()),
            mark: sprint.tag().unwrap_or_default(),
            number: sprint.number,
            closed: sprint.closed_at.is_some(),
            early,
            owing: owing
                .map(|team| (format!("/h/{}/teams/{}", here.slug, team.slug), Words::of(&team.name, lang)))
                .collect(),
            place,
            obstacles: again.obstacles,
        })
    });
    page(status, lang, &drawn.await?)
}

fn fields(again: &Again, summary: Option<&Localized>) -> Vec<Entry> {
    let labels =
        [Sentence::fixed("Summary in English", "영어 요약"), Sentence::fixed("Summary in Korean", "한국어 요약")];
    let [en, ko] = again.both("", "summary", labels, summary);
    vec![en.lines(4).hint("One of the two languages is enough.", "두 언어 중 하나면 됩니다."), ko.lines(4)]
}

/// `POST /h/{hackathon}/sprints/{sprint}/close`
pub async fn close(visit: Visit, may: May<Change, Here>, again: May<Change, Here>, Form(typed): Form<Typed>) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let Within { parent: here, item } = right.on();
        unchanged(&said, item.tag())?;
        let mut reading = Reading::of(&said);
        let summary = reading.both("summary");
        let summary = reading.whole(|| summary)?;
        hackathon::touch(tx, here.id)?;
        let by = member::acting(tx, here.id, right.user())?.id;
        sprint::close(tx, item, by, &summary)?;
        Ok(place(here, item.number))
    });
    match done.await {
        Ok(place) => Ok(see_other(&place)),
        Err(refusal) => drawn(visit.clone(), again, Again::of(refusal, visit.lang, "", typed)?).await,
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
