//! Webhooks: addresses of other programs, which are sent what happens to questions.
//!
//! A webhook belongs to the organizers of a hackathon. [`dispatch`] reads the outbox and writes a delivery for each event and each
//! webhook that hears of it; [`Sender`] sends what is due, signed as Standard Webhooks has it ([`signature`]). What fails is tried
//! again, later each time; every delivery stands in a log. Messages arrive at least once, and may arrive out of order.

pub mod delivery;
pub mod dispatch;
mod event;
mod payload;
pub mod queue;
mod sender;
pub mod signature;
pub mod store;

use chrono::TimeDelta;

pub use delivery::{Delivery, DeliveryState, Failure, replay, test};
pub use event::EventType;
pub use sender::Sender;
pub use signature::Secret;

use crate::access::Item;
use crate::base::{Error, Fault, Id, Instant, Key, Name, Result, say};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::outward::Target;
use crate::words;

/// The most webhooks of a hackathon.
pub const MOST: i64 = 20;
/// How long messages are still signed with the secret before as well, after it was changed.
pub const OVERLAP: TimeDelta = TimeDelta::hours(24);

words! {
    /// Why a webhook is switched off.
    WhyOff / WhyOffShape {
        /// An organizer did it.
        Organizer = "organizer",
        /// The address answered 410: it wants nothing any more.
        Gone = "gone",
        /// Nothing had reached it for five days.
        Failing = "failing",
    }
}

/// A webhook.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its id.
    pub id: Id<Webhook>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// What organizers decide.
    pub facts: Facts,
    /// What messages are signed with.
    pub secret: Secret,
    /// What they are signed with besides, and until when.
    pub previous: Option<(Secret, Instant)>,
    /// Since when it is switched off, and why.
    pub off: Option<(Instant, WhyOff)>,
    /// It hears of nothing that happened before.
    pub hears_since: Instant,
    /// Since when nothing has reached it.
    pub failing_since: Option<Instant>,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What organizers decide about a webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What they call it.
    pub name: Name,
    /// Where messages are sent.
    pub target: Target,
    /// What it hears of; all there is where none is named.
    pub events: Vec<EventType>,
}

impl Facts {
    /// The same with each event named once, in order; refused where one cannot be chosen.
    fn checked(mut self) -> Result<Facts> {
        if self.events.contains(&EventType::Test) {
            let test = EventType::Test.word();
            let detail = say!(
                "{test} is sent when somebody asks for it, and cannot be chosen.",
                "요청할 때만 보내는 이벤트라서 고를 수 없습니다: {test}"
            );
            return Err(Error::Invalid(vec![Fault::new("/events", "events.test", detail)]));
        }
        self.events.sort_unstable();
        self.events.dedup();
        Ok(self)
    }
}

impl Webhook {
    /// Whether it hears of this event, which happened then.
    pub fn hears(&self, of: EventType, at: Instant) -> bool {
        let wants = self.facts.events.is_empty() || self.facts.events.contains(&of);
        wants && at >= self.hears_since
    }

    /// Refused while it is switched off.
    fn is_on(&self) -> Result<()> {
        if self.off.is_none() {
            return Ok(());
        }
        Err(Error::Conflict(say!(
            "This webhook is switched off. Switch it on first.",
            "꺼져 있는 웹훅입니다. 먼저 켜세요."
        )))
    }
}

impl Item<Hackathon> for Webhook {
    const PARAM: &'static str = "webhook";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::by_id(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

/// Makes a webhook with a secret of its own. It hears of what happens from now on.
pub fn add(tx: &mut Tx, here: Id<Hackathon>, facts: Facts) -> Result<Webhook> {
    hackathon::hold(tx, here)?;
    dispatch::begin(tx, here)?;
    if store::count(tx, here)? >= MOST {
        return Err(Error::Conflict(say!(
            "A hackathon has at most {MOST} webhooks. Remove one first.",
            "웹훅은 해커톤마다 {MOST}개까지 둘 수 있습니다. 먼저 하나를 지우세요."
        )));
    }
    store::insert(tx, here, &facts.checked()?, &Secret::fresh())
}

/// Changes what is decided, and whether it is on. Switched on again, it hears of what happens from then on; switched off, what
/// waits is not sent any more.
pub fn change(tx: &mut Tx, webhook: &Webhook, facts: Facts, on: bool) -> Result<Webhook> {
    hackathon::hold(tx, webhook.hackathon)?;
    let now = tx.now();
    let mut to = Webhook { facts: facts.checked()?, ..webhook.clone() };
    match (on, webhook.off) {
        (true, Some(_)) => {
            dispatch::begin(tx, webhook.hackathon)?;
            to = Webhook { off: None, hears_since: now, failing_since: None, ..to };
        }
        (false, None) => to.off = Some((now, WhyOff::Organizer)),
        _ => {}
    }
    let changed = store::update(tx, &to)?;
    if changed.off.is_some() {
        store::delivery::give_up(tx, changed.id)?;
    }
    Ok(changed)
}

/// Gives it another secret. For a day messages are signed with the one before as well, so that who receives them can change theirs
/// in peace.
pub fn rotate(tx: &mut Tx, webhook: &Webhook) -> Result<Webhook> {
    hackathon::hold(tx, webhook.hackathon)?;
    let previous = Some((webhook.secret.clone(), tx.now().plus(OVERLAP)));
    store::update(tx, &Webhook { secret: Secret::fresh(), previous, ..webhook.clone() })
}

/// Removes it with its log.
pub fn remove(tx: &mut Tx, webhook: &Webhook) -> Result<()> {
    hackathon::hold(tx, webhook.hackathon)?;
    store::delete(tx, webhook)
}

/// Drops what stood in the log for long enough.
pub fn tidy(tx: &mut Tx) -> Result<()> {
    let before = tx.now().plus(-delivery::KEPT);
    store::delivery::delete_before(tx, before)
}
