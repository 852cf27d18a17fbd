//! `/v1/me/notifications`: what the caller was told, and where they want to be told.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, MaybeBody, Paging, Query, answer};
use crate::access::policy::{ChangeOwn, SeeOwn};
use crate::access::{Answer, May, Resource, Server};
use crate::base::{Error, Id, Instant, Localized, Name, Page, say};
use crate::consortium::membership::Place;
use crate::notification::{self, ByMail, Item, Notification, Preferences, Reason, Subject, preference, store};
use crate::question::Question;
use crate::reminder::{About, Kind, Reminder, Step, Told};
use crate::team::Team;

const LIST: &str = "me/notifications";
/// The most that are named at a time.
const NAMED_MOST: usize = 100;

/// A notification.
#[derive(Serialize)]
struct View {
    id: Id<Notification>,
    hackathon: Place,
    question: Option<QuestionView>,
    seq: Option<i32>,
    reminder: Option<ReminderView>,
    kind: String,
    text: Localized,
    reason: Reason,
    why: Localized,
    created_at: Instant,
    read_at: Option<Instant>,
}

/// The question it is about.
#[derive(Serialize)]
struct QuestionView {
    id: Id<Question>,
    number: i32,
    title: Name,
}

/// What one is reminded of.
#[derive(Serialize)]
struct ReminderView {
    kind: Kind,
    step: Step,
    team: Option<Id<Team>>,
    sprint: Option<i32>,
    version: Option<i32>,
    settled: bool,
}

impl From<Told> for ReminderView {
    fn from(of: Told) -> ReminderView {
        let Told { reminder: Reminder { about, step, .. }, sprint, version, settled, .. } = of;
        let team = match about {
            About::CheckIn(team, _) => Some(team),
            About::Brief(_) => None,
        };
        let sprint = sprint.map(|sprint| sprint.number);
        ReminderView { kind: about.kind(), step, team, sprint, version, settled }
    }
}

impl From<Item> for View {
    fn from(of: Item) -> View {
        let Item { notification, hackathon, subject, kind, headline } = of;
        let Notification { id, reason, created_at, read_at, .. } = notification;
        let (question, seq, reminder) = match subject {
            Subject::Question { id, seq, number, title } => (Some(QuestionView { id, number, title }), Some(seq), None),
            Subject::Reminder(told) => (None, None, Some(ReminderView::from(*told))),
        };
        let (text, why) = (headline.into(), reason.sentence().into());
        View { id, hackathon, question, seq, reminder, kind, text, reason, why, created_at, read_at }
    }
}

/// Which of them.
#[derive(Deserialize)]
pub struct Which {
    unread: Option<bool>,
}

/// `GET /v1/me/notifications`: the newest first. What may not be seen any more is left out, so a page may hold fewer.
pub async fn list(
    req: HttpRequest,
    may: May<SeeOwn, Server>,
    Query(paging): Query<Paging>,
    Query(which): Query<Which>,
) -> Answered {
    let page = paging.of(LIST)?;
    let unread = which.unread.unwrap_or_default();
    let found = may
        .read(move |tx, right| {
            let rows = store::list(tx, right.user(), unread, &page)?;
            let Page { items, next } = Page::of(LIST, &page, rows, |row| row.id.uuid());
            let items = notification::complete(tx, right.user(), &items)?;
            Ok(Page { items: items.into_iter().map(View::from).collect(), next })
        })
        .await?;
    answer::page(&req, &found)
}

/// What was read; nothing named: all of it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Read {
    notifications: Option<Vec<Id<Notification>>>,
}

/// `POST /v1/me/notifications/read`. What is named and not the caller's own is left alone.
pub async fn read(may: May<ChangeOwn, Server>, MaybeBody(sent): MaybeBody<Read>) -> Answered {
    if sent.value.notifications.as_ref().is_some_and(|named| named.len() > NAMED_MOST) {
        let detail = say!("Name at most {NAMED_MOST}.", "{NAMED_MOST}개까지 지정할 수 있습니다.");
        return Err(Error::invalid("/notifications", "list.long", detail));
    }
    may.post(sent, |tx, right, Read { notifications }| {
        store::read(tx, right.user(), notifications)?;
        Ok(Answer::done())
    })
    .await
}

/// Where somebody wants to be told.
#[derive(Serialize)]
struct PreferencesView {
    web: bool,
    email: ByMail,
}

fn shown(of: &Preferences) -> Answered {
    Ok(Answer::ok(&PreferencesView { web: of.web, email: of.email })?.tagged(of.tag()))
}

/// `GET /v1/me/notifications/preferences`
pub async fn preferences(may: May<SeeOwn, Preferences>) -> Answered {
    may.read(|_, right| shown(right.on())).await
}

/// A change of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreferencesPatch {
    web: Option<bool>,
    email: Option<ByMail>,
}

/// `PATCH /v1/me/notifications/preferences`
pub async fn prefer(may: May<ChangeOwn, Preferences>, Body(sent): Body<PreferencesPatch>) -> Answered {
    let PreferencesPatch { web, email } = sent.value;
    may.write(move |tx, right| {
        let now = right.on().clone();
        let wished = Preferences { web: web.unwrap_or(now.web), email: email.unwrap_or(now.email), ..now.clone() };
        shown(&if wished == now { now } else { preference::change(tx, &wished)? })
    })
    .await
}
