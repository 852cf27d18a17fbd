//! Dispatching: from the outbox to the webhooks. What was read and what follows from it stand in one transaction, so that for every
//! event there is one delivery to each webhook that hears of it, however often a server stops in between and however many share
//! the work.
//!
//! A hackathon without webhooks costs nothing here: this reader has no place in its outbox until the first one is made.

use super::delivery::Telling;
use super::payload::Facts;
use super::{Delivery, store};
use crate::base::{Id, Result};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::outbox;
use crate::question::store::news;

/// The name under which the outbox is read.
pub const READER: &str = "webhooks";
/// The most events that are dealt with in one transaction.
const MOST: i64 = 50;

/// What is done before a webhook begins to hear: where none did, what happened so far is passed over. The reader's place stays
/// locked until the transaction ends, so whoever dispatches sees the webhook or comes before it.
pub(super) fn begin(tx: &mut Tx, here: Id<Hackathon>) -> Result<()> {
    outbox::store::take_turn(tx, READER, here)?;
    if store::listening(tx, here)?.is_empty() { pass_all(tx, here) } else { Ok(()) }
}

/// Deals with the next events of a hackathon. `false`: there were none. `base` is the address of this server.
pub fn step(tx: &mut Tx, here: Id<Hackathon>, base: &str) -> Result<bool> {
    let passed = outbox::store::take_turn(tx, READER, here)?;
    let webhooks = store::listening(tx, here)?;
    if webhooks.is_empty() {
        pass_all(tx, here)?;
        return Ok(false);
    }
    let news = news::after(tx, here, passed, MOST)?;
    let Some(last) = news.last().map(|last| last.position) else { return Ok(false) };
    let facts = Facts::load(tx, here, &news)?;
    for news in &news {
        let Some((kind, body)) = facts.message(news, base)? else { continue };
        let telling = Telling { event: kind, message: tx.fresh(), position: news.position };
        for webhook in webhooks.iter().filter(|webhook| webhook.hears(kind, news.event.at)) {
            let new = Delivery::fresh(tx, webhook, telling, body.clone());
            store::delivery::insert(tx, &new)?;
        }
    }
    outbox::store::passed(tx, READER, here, last)?;
    Ok(true)
}

fn pass_all(tx: &mut Tx, here: Id<Hackathon>) -> Result<()> {
    let end = outbox::store::end(tx, here)?;
    outbox::store::passed(tx, READER, here, end)
}
