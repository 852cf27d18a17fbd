//! `/me/notifications`: what one was told.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use chrono_tz::Tz;
use serde::Deserialize;

use crate::access::policy::{ChangeOwn, SeeOwn};
use crate::access::{May, Server};
use crate::base::{Id, Page as Rows, PageRequest, Result};
use crate::db::Tx;
use crate::notification::{self, Item, Subject, store};
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Visit};
use crate::pages::time::{Watch, When};
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};

/// Where it is.
const PLACE: &str = "/me/notifications";
/// The name of the list, as cursors have it.
const LIST: &str = "me/notifications";
/// How many there are on a page.
const MOST: i64 = 30;

#[derive(Template)]
#[template(path = "own/news.html")]
struct Page {
    frame: Frame,
    news: Vec<News>,
    unread: bool,
    any_unread: bool,
    next: Option<String>,
}

/// Something that one was told.
struct News {
    id: String,
    place: String,
    title: Words,
    /// The number, where it is about a question.
    number: Option<i32>,
    event: Words,
    headline: String,
    why: String,
    when: When,
    unread: bool,
}

/// Which of them.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Which {
    unread: String,
    cursor: Option<String>,
}

/// `GET /me/notifications`
pub async fn show(visit: Visit, may: May<SeeOwn, Server>, which: web::Query<Which>) -> Shown {
    let (lang, unread) = (visit.lang, !which.unread.is_empty());
    let request = PageRequest::parse(LIST, Some(MOST), which.cursor.as_deref())?;
    let drawn = may.read(move |tx, right| {
        let rows = store::list(tx, right.user(), unread, &request)?;
        let Rows { items, next } = Rows::of(LIST, &request, rows, |row| row.id.uuid());
        let items = notification::complete(tx, right.user(), &items)?;
        whole(tx, &visit, items, unread, next)
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, visit: &Visit, items: Vec<Item>, unread: bool, next: Option<String>) -> Result<Page> {
    let watch = Watch { zone: Tz::UTC, now: visit.now, lang: visit.lang };
    let news: Vec<News> = items.into_iter().map(|item| told(item, &watch)).collect();
    let also = if unread { "&unread=1" } else { "" };
    Ok(Page {
        frame: Frame::own(tx, visit)?,
        any_unread: news.iter().any(|one| one.unread),
        next: next.map(|cursor| format!("{PLACE}?cursor={cursor}{also}")),
        news,
        unread,
    })
}

fn told(item: Item, watch: &Watch) -> News {
    let place = item.place();
    let Item { notification, hackathon, subject, headline, .. } = item;
    let (title, number) = match subject {
        Subject::Question { number, title, .. } => (Words::typed(title.as_str(), watch.lang), Some(number)),
        Subject::Reminder(told) => (Words::typed(told.title().text(watch.lang), watch.lang), None),
    };
    let why = notification.reason.sentence();
    News {
        id: notification.id.to_string(),
        place,
        title,
        number,
        event: Words::of(&hackathon.name, watch.lang),
        headline: headline.text(watch.lang).to_owned(),
        why: why.text(watch.lang).to_owned(),
        when: watch.ago(notification.created_at),
        unread: notification.read_at.is_none(),
    }
}

/// What was read; nothing named: all of it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Seen {
    notification: String,
    to: String,
}

/// `POST /me/notifications/read`: one, and on to its question; or all of them.
pub async fn read(may: May<ChangeOwn, Server>, Form(seen): Form<Seen>) -> Shown {
    let only = uuid::Uuid::try_parse(&seen.notification).ok().map(|id| vec![Id::from_uuid(id)]);
    let to = if only.is_some() { crate::pages::preference::place_here(&seen.to).to_owned() } else { PLACE.to_owned() };
    may.write(move |tx, right| store::read(tx, right.user(), only)).await?;
    Ok(see_other(&to))
}
