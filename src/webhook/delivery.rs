//! A delivery: one message on its way to one webhook, with what came of it.

use chrono::{DateTime, TimeDelta};

use super::{EventType, Webhook, payload, store};
use crate::access::Item;
use crate::base::{Error, Id, Instant, Key, Result, say};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::outward::{NotReached, Reply};
use crate::words;

/// How long a delivery stands in the log.
pub const KEPT: TimeDelta = TimeDelta::days(30);
/// How long after each try the next one is made, as Standard Webhooks suggests: over three days, and then it is given up.
pub const PAUSES: [TimeDelta; 9] = [
    TimeDelta::seconds(5),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(5),
    TimeDelta::hours(10),
    TimeDelta::hours(14),
    TimeDelta::hours(20),
    TimeDelta::hours(24),
];
/// The longest pause that an answer can ask for.
const LONGEST: TimeDelta = TimeDelta::hours(24);

words! {
    /// What has become of a delivery.
    DeliveryState / DeliveryStateShape {
        /// It is to be sent.
        Waiting = "waiting",
        /// It arrived: the answer was one of 200 to 299.
        Delivered = "delivered",
        /// It was given up.
        Failed = "failed",
    }
}

words! {
    /// Why a try failed.
    Failure / FailureShape {
        /// The answer was none of 200 to 299.
        Status = "status",
        /// The address lies where nothing may be sent from here.
        NotAllowed = "address_not_allowed",
        /// The name leads nowhere.
        NoAddress = "no_address",
        /// Nobody listens there.
        NotConnected = "not_connected",
        /// Its certificate is not good.
        NotTrusted = "not_trusted",
        /// It took too long.
        TooSlow = "timeout",
        /// What was answered is no HTTP.
        Broken = "broken",
        /// It was not tried any more: the webhook was switched off.
        Off = "switched_off",
    }
}

impl From<NotReached> for Failure {
    fn from(cause: NotReached) -> Failure {
        match cause {
            NotReached::NotAllowed => Failure::NotAllowed,
            NotReached::NoAddress => Failure::NoAddress,
            NotReached::NotConnected => Failure::NotConnected,
            NotReached::NotTrusted => Failure::NotTrusted,
            NotReached::TooSlow => Failure::TooSlow,
            NotReached::Broken => Failure::Broken,
        }
    }
}

/// What is sent, to however many webhooks and however often: of it nothing is known but its id.
#[derive(Debug)]
pub struct Message;

/// One message on its way to one webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its id.
    pub id: Id<Delivery>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// To which webhook.
    pub webhook: Id<Webhook>,
    /// The message: the same however often it is sent, so that who receives it twice can tell.
    pub message: Id<Message>,
    /// Where its event stands in the outbox; 0 for a test.
    pub position: i64,
    /// Its type.
    pub event: EventType,
    /// What is signed and sent, to the letter.
    pub body: String,
    /// What has become of it.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is to be tried next.
    pub due_at: Instant,
    /// The last try.
    pub last: Option<Attempt>,
    /// Why it failed, or was given up; none where it did not and was not.
    pub failure: Option<Failure>,
    /// When it was delivered or given up.
    pub settled_at: Option<Instant>,
    /// When it was written.
    pub created_at: Instant,
}

/// A try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When.
    pub at: Instant,
    /// How long it took, in milliseconds.
    pub took: i32,
    /// The status of the answer, if there was one.
    pub status: Option<i32>,
    /// The beginning of the answer's body.
    pub body: Option<String>,
}

/// What a message tells of.
#[derive(Clone, Copy)]
pub(super) struct Telling {
    pub(super) event: EventType,
    pub(super) message: Id<Message>,
    pub(super) position: i64,
}

impl Delivery {
    /// A message that is to be sent at once.
    pub(super) fn fresh(tx: &Tx, to: &Webhook, of: Telling, body: String) -> Delivery {
        let Telling { event, message, position } = of;
        Delivery {
            id: tx.fresh(),
            hackathon: to.hackathon,
            webhook: to.id,
            message,
            position,
            event,
            body,
            state: DeliveryState::Waiting,
            attempts: 0,
            due_at: tx.now(),
            last: None,
            failure: None,
            settled_at: None,
            created_at: tx.now(),
        }
    }

    /// What stands in `webhook-id`.
    pub fn message_id(&self) -> String {
        format!("msg_{}", self.message)
    }

    /// When it is tried again after the try with this number, from 1; none where it is given up. A test is tried once: somebody
    /// waits for what comes of it.
    pub(super) fn next_try(&self, attempt: i32, now: Instant, reply: Option<&Reply>) -> Option<Instant> {
        if self.event == EventType::Test {
            return None;
        }
        let pause = *PAUSES.get(usize::try_from(attempt).ok()?.checked_sub(1)?)?;
        let wished = reply.and_then(|reply| wished(reply, now)).unwrap_or_default().min(LONGEST);
        Some(now.plus(spread(self.id, pause).max(wished)))
    }
}

/// Up to a tenth longer, a different part of it for each delivery: what failed together is not tried again together.
fn spread(id: Id<Delivery>, pause: TimeDelta) -> TimeDelta {
    let part = i64::try_from(id.uuid().as_u128() % 1_000).unwrap_or_default();
    pause + TimeDelta::milliseconds(pause.num_milliseconds() / 10_000 * part)
}

/// The pause that an answer asks for: in seconds or until a date (RFC 9110, 10.2.3).
fn wished(reply: &Reply, now: Instant) -> Option<TimeDelta> {
    let text = reply.retry_after.as_deref().filter(|_| matches!(reply.status, 429 | 503))?.trim();
    let seconds = || TimeDelta::try_seconds(text.parse().ok()?);
    let date = || DateTime::parse_from_rfc2822(text).ok().map(|at| Instant::from_utc(at.to_utc()).since(now));
    seconds().or_else(date)
}

impl Item<super::queue::Log> for Delivery {
    const PARAM: &'static str = "delivery";

    fn find_in(tx: &mut Tx, log: &super::queue::Log, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::delivery::by_id(tx, log.item.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }
}

/// Writes a message to a webhook that says nothing but that messages arrive. One at a time: whoever asks again and again would have
/// this server call somebody else again and again.
pub fn test(tx: &mut Tx, here: &Hackathon, webhook: &Webhook) -> Result<Delivery> {
    hackathon::hold(tx, here.id)?;
    webhook.is_on()?;
    if store::delivery::is_waiting(tx, webhook.id, EventType::Test)? {
        return Err(Error::Conflict(say!(
            "A test is on its way already. Look into the log in a moment.",
            "이미 보내는 중인 테스트가 있습니다. 잠시 뒤 기록을 확인하세요."
        )));
    }
    let body = payload::test(here, webhook, tx.now())?;
    let new = Delivery::fresh(tx, webhook, Telling { event: EventType::Test, message: tx.fresh(), position: 0 }, body);
    store::delivery::insert(tx, &new)?;
    Ok(new)
}

/// Sends a message once more, whatever came of it before, as a delivery of its own.
pub fn replay(tx: &mut Tx, webhook: &Webhook, of: &Delivery) -> Result<Delivery> {
    hackathon::hold(tx, webhook.hackathon)?;
    webhook.is_on()?;
    if of.state == DeliveryState::Waiting {
        return Err(Error::Conflict(say!("It is on its way already.", "이미 보내는 중입니다.")));
    }
    let telling = Telling { event: of.event, message: of.message, position: of.position };
    let new = Delivery::fresh(tx, webhook, telling, of.body.clone());
    store::delivery::insert(tx, &new)?;
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, retry_after: &str) -> Reply {
        Reply { status, retry_after: Some(retry_after.to_owned()), body: String::new() }
    }

    #[test]
    fn a_pause_is_at_most_a_tenth_longer() {
        for n in [0_u128, 1, 500, 999, u128::MAX] {
            for pause in PAUSES {
                let spread = spread(Id::from_uuid(uuid::Uuid::from_u128(n)), pause);
                assert!(spread >= pause && spread <= pause + pause / 10, "{n}: {spread}");
            }
        }
    }

    #[test]
    fn an_answer_may_ask_for_a_longer_pause() {
        let now = Instant::parse("2024-11-05T14:30:00Z").unwrap_or(Instant::from_micros(0));
        let seconds = |status, text: &str| wished(&reply(status, text), now).map(|pause| pause.num_seconds());
        assert_eq!(seconds(429, "120"), Some(120));
        assert_eq!(seconds(503, "Tue, 05 Nov 2024 15:30:00 GMT"), Some(3600));
        for (status, text) in [(500, "120"), (429, "soon"), (429, ""), (429, "99999999999999999999")] {
            assert_eq!(seconds(status, text), None, "{status} {text}");
        }
    }
}
