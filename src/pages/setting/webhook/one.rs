//! One webhook: changed, tried, switched off, removed, and the log of what was sent to it.

use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::{Group, facts, fields, groups, words};
use crate::access::policy::{SeeWebhooks, TendWebhooks};
use crate::access::{Item, May, Right, Within};
use crate::base::{Page as Rows, PageRequest, Result, Sentence};
use crate::db::Tx;
use crate::outward::Outward;
use crate::pages::entry::{Again, Entry, Typed, unchanged};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::time::{Watch, When};
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};
use crate::webhook::queue::Log;
use crate::webhook::{self, Delivery, DeliveryState, store};

/// The name of the list, as cursors have it.
const LIST: &str = "webhook log";
/// How many deliveries there are on a page.
const MOST: i64 = 10;
/// The most characters that are shown of an answer.
const ANSWER_MOST: usize = 200;

#[derive(Template)]
#[template(path = "setting/webhook.html")]
struct Page {
    frame: Frame,
    list: String,
    place: String,
    obstacles: Vec<Obstacle>,
    secret: Option<String>,
    name: Words,
    url: String,
    hears: String,
    state: (&'static str, Sentence),
    since: Option<String>,
    overlap: Option<String>,
    on: bool,
    mark: String,
    fields: Vec<Entry>,
    groups: Vec<Group>,
    unfolded: bool,
    deliveries: Vec<Line>,
    next: Option<String>,
}

/// A delivery as it stands in the log.
struct Line {
    id: String,
    label: Sentence,
    word: &'static str,
    about: Option<(String, Words)>,
    outcome: (&'static str, Sentence),
    facts: Vec<String>,
    answer: Option<String>,
    when: When,
    again: bool,
}

/// What is shown besides what is kept: what stood in the way, a secret that was just made, and where the log goes on.
#[derive(Default)]
struct Besides {
    again: Again,
    secret: Option<String>,
    from: Option<String>,
}

/// Where the log goes on.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct From {
    cursor: Option<String>,
}

/// `GET /h/{hackathon}/settings/webhooks/{webhook}`
pub async fn show(visit: Visit, may: May<SeeWebhooks, Log>, from: Query<From>) -> Shown {
    drawn(visit, may, Besides { from: from.into_inner().cursor, ..Besides::default() }).await
}

async fn drawn(visit: Visit, may: May<SeeWebhooks, Log>, besides: Besides) -> Shown {
    let (lang, status) = (visit.lang, besides.again.status);
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, besides));
    page(status, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<SeeWebhooks, Log>, visit: &Visit, besides: Besides) -> Result<Page> {
    let Within { parent: here, item: of } = right.on();
    let (lang, watch) = (visit.lang, visit.watch(here));
    let list = format!("{}/webhooks", super::place(here));
    let place = format!("{list}/{}", of.id);
    let request = PageRequest::parse(LIST, Some(MOST), besides.from.as_deref())?;
    let rows = store::delivery::list(tx, of.id, &request)?;
    let Rows { items, next } = Rows::of(LIST, &request, rows, |row| row.id.uuid());
    let at = of.previous.as_ref().map(|(_, until)| *until).filter(|until| *until > visit.now);
    Ok(Page {
        frame: Frame::within(tx, &visit.clone().at(place.clone()), here, right.roles(), Some(Tab::Settings))?,
        list,
        next: next.map(|cursor| format!("{place}?cursor={cursor}#log")),
        secret: besides.secret,
        name: Words::typed(of.facts.name.as_str(), lang),
        url: of.facts.target.as_str().to_owned(),
        hears: words::hears(of, lang),
        state: words::state(of),
        since: of.off.map(|(at, _)| at).or(of.failing_since).map(|since| watch.exact(since)),
        overlap: at.map(|until| watch.exact(until)),
        on: of.off.is_none(),
        mark: of.tag().unwrap_or_default(),
        fields: fields(Some(of), &besides.again),
        groups: groups(Some(of), &besides.again),
        unfolded: besides.again.is_of(""),
        deliveries: items.iter().map(|one| line(one, of.off.is_none(), &watch, &here.slug)).collect(),
        obstacles: besides.again.obstacles,
        place,
    })
}

fn line(of: &Delivery, on: bool, watch: &Watch, slug: &crate::base::Slug) -> Line {
    let answer = of.last.as_ref().and_then(|last| last.body.as_deref()).filter(|_| of.failure.is_some());
    Line {
        id: of.id.to_string(),
        label: words::event(of.event),
        word: of.event.word(),
        about: about(of, watch, slug),
        outcome: words::outcome(of),
        facts: words::facts(of, watch),
        answer: answer.map(|body| body.chars().take(ANSWER_MOST).collect()),
        when: watch.ago(of.created_at),
        again: on && of.state != DeliveryState::Waiting,
    }
}

/// The question that a message is about, by what it says.
fn about(of: &Delivery, watch: &Watch, slug: &crate::base::Slug) -> Option<(String, Words)> {
    let said: Value = serde_json::from_str(&of.body).ok()?;
    let question = said.pointer("/data/question")?;
    let (number, title) = (question.get("number")?.as_i64()?, question.get("title")?.as_str()?);
    Some((format!("/h/{slug}/questions/{number}"), Words::typed(&format!("#{number} {title}"), watch.lang)))
}

/// `POST /h/{hackathon}/settings/webhooks/{webhook}`
pub async fn change(
    visit: Visit,
    see: May<SeeWebhooks, Log>,
    may: May<TendWebhooks, Log>,
    outward: Data<Outward>,
    Form(typed): Form<Typed>,
) -> Shown {
    let said = typed.clone();
    let done = may.write(move |tx, right| {
        let of = &right.on().item;
        unchanged(&said, of.tag())?;
        webhook::change(tx, of, facts(&said, &outward)?, of.off.is_none()).map(drop)
    });
    after(visit, see, done.await, typed).await
}

/// Whether it is to be on.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Switch {
    on: Option<String>,
}

/// `POST /h/{hackathon}/settings/webhooks/{webhook}/switch`
pub async fn switch(
    visit: Visit,
    see: May<SeeWebhooks, Log>,
    may: May<TendWebhooks, Log>,
    Form(said): Form<Switch>,
) -> Shown {
    let done = may.write(move |tx, right| {
        let of = &right.on().item;
        webhook::change(tx, of, of.facts.clone(), said.on.is_some()).map(drop)
    });
    after(visit, see, done.await, Typed::default()).await
}

/// `POST /h/{hackathon}/settings/webhooks/{webhook}/test`
pub async fn test(visit: Visit, see: May<SeeWebhooks, Log>, may: May<TendWebhooks, Log>) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent, item } = right.on();
        webhook::test(tx, parent, item).map(drop)
    });
    after(visit, see, done.await, Typed::default()).await
}

/// `POST /h/{hackathon}/settings/webhooks/{webhook}/secret`: the page that answers shows it, this once.
pub async fn rotate(visit: Visit, see: May<SeeWebhooks, Log>, may: May<TendWebhooks, Log>) -> Shown {
    let rotated = may.write(|tx, right| webhook::rotate(tx, &right.on().item)).await?;
    drawn(visit, see, Besides { secret: Some(rotated.secret.exposed().to_owned()), ..Besides::default() }).await
}

/// `POST /h/{hackathon}/settings/webhooks/{webhook}/remove`
pub async fn remove(may: May<TendWebhooks, Log>) -> Shown {
    let list = format!("/h/{}/settings/webhooks", may.path().text("hackathon")?);
    may.write(|tx, right| webhook::remove(tx, &right.on().item)).await?;
    Ok(see_other(&list))
}

/// `POST /h/{hackathon}/settings/webhooks/{webhook}/deliveries/{delivery}/replay`
pub async fn replay(visit: Visit, see: May<SeeWebhooks, Log>, may: May<TendWebhooks, Within<Log, Delivery>>) -> Shown {
    let done = may.write(|tx, right| {
        let Within { parent: log, item } = right.on();
        webhook::replay(tx, &log.item, item).map(drop)
    });
    after(visit, see, done.await, Typed::default()).await
}

async fn after(visit: Visit, see: May<SeeWebhooks, Log>, done: Result<()>, typed: Typed) -> Shown {
    let (lang, path) = (visit.lang, see.path());
    let place = format!("/h/{}/settings/webhooks/{}", path.text("hackathon")?, path.text("webhook")?);
    match done {
        Ok(()) => Ok(see_other(&place)),
        Err(refusal) => {
            let again = Again::of(refusal, lang, "", typed)?;
            drawn(visit, see, Besides { again, ..Besides::default() }).await
        }
    }
}
