//! `/v1/hackathons/{hackathon}/webhooks`: other programs that are told what happens.

use actix_web::HttpRequest;
use actix_web::web::Data;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::body::Empty;
use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{SeeWebhooks, TendWebhooks};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Error, Id, Instant, Name, Page, Result, given};
use crate::hackathon::Hackathon;
use crate::outward::{Outward, Target};
use crate::webhook::queue::Log;
use crate::webhook::{self, Delivery, DeliveryState, EventType, Facts, Failure, Webhook, WhyOff, store};

const LIST: &str = "webhooks";
const LOG: &str = "webhook deliveries";

/// A webhook as organizers see it: without its secret.
#[derive(Serialize)]
struct View {
    id: Id<Webhook>,
    name: Name,
    url: String,
    events: Vec<EventType>,
    enabled: bool,
    disabled_because: Option<WhyOff>,
    disabled_at: Option<Instant>,
    failing_since: Option<Instant>,
    previous_secret_until: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Webhook> for View {
    fn from(of: Webhook) -> View {
        let Webhook { id, facts, previous, off, failing_since, created_at, updated_at, .. } = of;
        View {
            id,
            name: facts.name,
            url: facts.target.as_str().to_owned(),
            events: facts.events,
            enabled: off.is_none(),
            disabled_because: off.map(|(_, why)| why),
            disabled_at: off.map(|(at, _)| at),
            failing_since,
            previous_secret_until: previous.map(|(_, until)| until),
            created_at,
            updated_at,
        }
    }
}

/// A webhook with a new secret. It is there once: `null` when the request is repeated.
#[derive(Serialize)]
struct Made<'s> {
    #[serde(flatten)]
    view: View,
    secret: Option<&'s str>,
}

fn shown(of: Webhook) -> Answered {
    let tag = of.tag();
    Ok(Answer::ok(&View::from(of))?.tagged(tag))
}

/// `GET /v1/hackathons/{hackathon}/webhooks`
pub async fn list(req: HttpRequest, may: May<SeeWebhooks, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may.read(move |tx, right| store::list(tx, right.on().id, &page)).await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from))
}

/// A new webhook.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    name: Name,
    url: String,
    #[serde(default)]
    events: Vec<EventType>,
}

/// Where messages are to be sent, if they can be from here.
fn target(url: &str, outward: &Outward) -> Result<Target> {
    let target = Target::parse(url).map_err(|unfit| unfit.refusal("/url"))?;
    outward.accept(&target).map_err(|detail| Error::invalid("/url", "url.not_allowed", detail))?;
    Ok(target)
}

/// `POST /v1/hackathons/{hackathon}/webhooks`: the secret is in the answer, once.
pub async fn create(
    may: May<TendWebhooks, Hackathon>,
    outward: Data<Outward>,
    Body(sent): Body<NewWebhook>,
) -> Answered {
    may.post(sent, move |tx, right, new| {
        let here = right.on();
        let facts = Facts { name: new.name, target: target(&new.url, &outward)?, events: new.events };
        let made = webhook::add(tx, here.id, facts)?;
        let (place, tag) = (format!("/v1/hackathons/{}/webhooks/{}", here.slug, made.id), made.tag());
        let first = Made { secret: Some(made.secret.exposed()), view: View::from(made.clone()) };
        let answer = Answer::created(place, &first)?.tagged(tag);
        answer.shown_once(&Made { view: View::from(made), secret: None })
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/webhooks/{webhook}`
pub async fn show(may: May<SeeWebhooks, Log>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of a webhook; the list of events is replaced as a whole.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookPatch {
    #[serde(default, deserialize_with = "given")]
    name: Option<Name>,
    #[serde(default, deserialize_with = "given")]
    url: Option<String>,
    #[serde(default, deserialize_with = "given")]
    events: Option<Vec<EventType>>,
    #[serde(default, deserialize_with = "given")]
    enabled: Option<bool>,
}

/// `PATCH /v1/hackathons/{hackathon}/webhooks/{webhook}`
pub async fn change(may: May<TendWebhooks, Log>, outward: Data<Outward>, Body(sent): Body<WebhookPatch>) -> Answered {
    let patch = sent.value;
    may.write(move |tx, right| {
        let now = &right.on().item;
        let facts = Facts {
            name: patch.name.unwrap_or_else(|| now.facts.name.clone()),
            target: patch.url.map_or(Ok(now.facts.target.clone()), |url| target(&url, &outward))?,
            events: patch.events.unwrap_or_else(|| now.facts.events.clone()),
        };
        shown(webhook::change(tx, now, facts, patch.enabled.unwrap_or(now.off.is_none()))?)
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/webhooks/{webhook}`: with its log.
pub async fn remove(may: May<TendWebhooks, Log>) -> Answered {
    may.write(|tx, right| {
        webhook::remove(tx, &right.on().item)?;
        Ok(Answer::done())
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/webhooks/{webhook}/secret`: another secret, in the answer, once.
pub async fn rotate(may: May<TendWebhooks, Log>, Empty(sent): Empty) -> Answered {
    may.post(sent, |tx, right, ()| {
        let rotated = webhook::rotate(tx, &right.on().item)?;
        let first = Made { secret: Some(rotated.secret.exposed()), view: View::from(rotated.clone()) };
        let answer = Answer::ok(&first)?.tagged(rotated.tag());
        answer.shown_once(&Made { view: View::from(rotated), secret: None })
    })
    .await
}

/// A delivery as it stands in the log.
#[derive(Serialize)]
struct DeliveryView {
    id: Id<Delivery>,
    message_id: String,
    #[serde(rename = "type")]
    event: EventType,
    payload: Box<RawValue>,
    state: DeliveryState,
    attempts: i32,
    next_attempt_at: Option<Instant>,
    failure: Option<Failure>,
    last_attempt: Option<AttemptView>,
    created_at: Instant,
    settled_at: Option<Instant>,
}

#[derive(Serialize)]
struct AttemptView {
    at: Instant,
    took_milliseconds: i32,
    status: Option<i32>,
    body: Option<String>,
}

fn view(of: Delivery) -> Result<DeliveryView> {
    let message_id = of.message_id();
    let Delivery { id, event, body, state, attempts, due_at, last, failure, settled_at, created_at, .. } = of;
    let next_attempt_at = (state == DeliveryState::Waiting).then_some(due_at);
    let last = last.map(|last| AttemptView {
        at: last.at,
        took_milliseconds: last.took,
        status: last.status,
        body: last.body,
    });
    let payload = RawValue::from_string(body).map_err(Error::internal)?;
    Ok(DeliveryView {
        id,
        message_id,
        event,
        payload,
        state,
        attempts,
        next_attempt_at,
        failure,
        last_attempt: last,
        created_at,
        settled_at,
    })
}

/// 202: it is written down, and on its way.
fn accepted(of: Delivery) -> Answered {
    Ok(Answer { status: 202, ..Answer::ok(&view(of)?)? })
}

/// `GET /v1/hackathons/{hackathon}/webhooks/{webhook}/deliveries`: the newest first.
pub async fn log(req: HttpRequest, may: May<SeeWebhooks, Log>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LOG)?;
    let rows = may.read(move |tx, right| store::delivery::list(tx, right.on().item.id, &page)).await?;
    let Page { items, next } = Page::of(LOG, &page, rows, |row| row.id.uuid());
    let items = items.into_iter().map(view).collect::<Result<Vec<_>>>()?;
    answer::page(&req, &Page { items, next })
}

/// `POST /v1/hackathons/{hackathon}/webhooks/{webhook}/test`
pub async fn test(may: May<TendWebhooks, Log>, Empty(sent): Empty) -> Answered {
    may.post(sent, |tx, right, ()| {
        let Within { parent, item } = right.on();
        accepted(webhook::test(tx, parent, item)?)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/webhooks/{webhook}/deliveries/{delivery}/replay`
pub async fn replay(may: May<TendWebhooks, Within<Log, Delivery>>, Empty(sent): Empty) -> Answered {
    may.post(sent, |tx, right, ()| {
        let Within { parent: log, item } = right.on();
        accepted(webhook::replay(tx, &log.item, item)?)
    })
    .await
}
