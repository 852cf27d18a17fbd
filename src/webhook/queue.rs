//! The queue of a webhook: what is due is sent in order, by one server at a time, and what came of it is put down.
//!
//! A webhook is taken for [`LEASE`] before each try and given back when nothing is due any more. Whoever stops in between leaves it to
//! the next, who sends the message again under the same id: at least once, and whoever gets it twice can tell.

use chrono::TimeDelta;

use super::delivery::Attempt;
use super::{Delivery, DeliveryState, EventType, Failure, Secret, Webhook, WhyOff, store};
use crate::access::Within;
use crate::base::{Id, Result};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::outward::{NotReached, Reply, Target};

/// How long whoever took a webhook may take for one try.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);
/// After how long without any success a webhook is switched off.
pub const PATIENCE: TimeDelta = TimeDelta::days(5);
/// The answer that wants nothing any more (RFC 9110, 15.5.11).
const GONE: u16 = 410;

/// A webhook as the place of its deliveries.
pub type Log = Within<Hackathon, Webhook>;

/// A delivery in the hands of whoever sends it.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The delivery.
    pub delivery: Delivery,
    /// Where it is sent.
    pub target: Target,
    /// What it is signed with.
    pub secrets: Vec<Secret>,
}

/// How a try ended, and how many milliseconds it took.
pub type Outcome = (std::result::Result<Reply, NotReached>, i32);

/// Takes webhooks to which something is due and that nobody has, at most so many.
pub fn take(tx: &mut Tx, most: i64) -> Result<Vec<Id<Webhook>>> {
    let mut taken = Vec::new();
    for id in store::queue::due(tx, most)? {
        let until = tx.now().plus(LEASE);
        taken.extend(store::queue::take(tx, id, until)?.then_some(id));
    }
    Ok(taken)
}

/// The next delivery that is due to a webhook that one has taken, and a little more time for it.
pub fn next(tx: &mut Tx, id: Id<Webhook>) -> Result<Option<Parcel>> {
    let Some(webhook) = store::queue::renew(tx, id, tx.now().plus(LEASE))? else { return Ok(None) };
    let Some(delivery) = store::queue::first(tx, id)? else { return Ok(None) };
    let now = tx.now();
    let previous = webhook.previous.filter(|(_, until)| *until > now).map(|(secret, _)| secret);
    let secrets = std::iter::once(webhook.secret).chain(previous).collect();
    Ok(Some(Parcel { delivery, target: webhook.facts.target, secrets }))
}

/// Puts down what came of a try. `true`: it arrived.
pub fn settle(tx: &mut Tx, parcel: &Parcel, (answered, took): &Outcome) -> Result<DeliveryState> {
    let of = &parcel.delivery;
    // The hackathon, then the webhook, then the delivery: in this order they are deleted as well.
    hackathon::hold(tx, of.hackathon)?;
    let reply = answered.as_ref().ok();
    let arrived = reply.is_some_and(|reply| (200..300).contains(&reply.status));
    let webhook = store::queue::hold(tx, of.webhook)?;
    let attempts = of.attempts.saturating_add(1);
    let last = attempt(tx, reply, *took);
    let failure = match answered {
        Ok(_) => (!arrived).then_some(Failure::Status),
        Err(cause) => Some(Failure::from(*cause)),
    };
    let due = if arrived || is_gone(reply) { None } else { of.next_try(attempts, tx.now(), reply) };
    let state = match due {
        _ if arrived => DeliveryState::Delivered,
        Some(_) => DeliveryState::Waiting,
        None => DeliveryState::Failed,
    };
    store::queue::tried(tx, of, (&last, failure), (state, due))?;
    match webhook {
        Some(webhook) if arrived => recovered(tx, &webhook)?,
        Some(webhook) => failed(tx, &webhook, of.event, is_gone(reply))?,
        None => {}
    }
    Ok(state)
}

/// Gives a webhook back.
pub fn give_back(tx: &mut Tx, id: Id<Webhook>) -> Result<()> {
    store::queue::release(tx, id)
}

fn is_gone(reply: Option<&Reply>) -> bool {
    reply.is_some_and(|reply| reply.status == GONE)
}

fn attempt(tx: &Tx, reply: Option<&Reply>, took: i32) -> Attempt {
    Attempt {
        at: tx.now(),
        took,
        status: reply.map(|reply| i32::from(reply.status)),
        body: reply.map(|reply| reply.body.clone()).filter(|body| !body.is_empty()),
    }
}

fn recovered(tx: &mut Tx, webhook: &Webhook) -> Result<()> {
    if webhook.failing_since.is_none() {
        return Ok(());
    }
    store::update(tx, &Webhook { failing_since: None, ..webhook.clone() }).map(drop)
}

/// A test that fails says nothing about those that matter, unless the address wants nothing any more.
fn failed(tx: &mut Tx, webhook: &Webhook, event: EventType, gone: bool) -> Result<()> {
    let now = tx.now();
    let since = webhook.failing_since.unwrap_or(now);
    let why = match event {
        _ if gone => Some(WhyOff::Gone),
        EventType::Test => return Ok(()),
        _ if now.since(since) >= PATIENCE => Some(WhyOff::Failing),
        _ => None,
    };
    if webhook.off.is_some() || (why.is_none() && webhook.failing_since.is_some()) {
        return Ok(());
    }
    let off = why.map(|why| (now, why));
    store::update(tx, &Webhook { failing_since: Some(since), off, ..webhook.clone() })?;
    if let Some(why) = why {
        store::delivery::give_up(tx, webhook.id)?;
        tracing::warn!(webhook = %webhook.id, why = why.word(), "a webhook was switched off");
    }
    Ok(())
}
