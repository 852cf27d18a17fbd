//! Dispatching: from the outbox to the people. What was read and what follows from it stand in one transaction, so every event
//! is dealt with exactly once, however often a server stops in between and however many of them share the work.

use std::collections::HashMap;

use super::audience::Crowd;
use super::{About, ByMail, Notification, Preferences, post, store};
use crate::access::UserId;
use crate::base::{Id, Result};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::outbox;
use crate::question::store::news;

/// The name under which the outbox is read.
pub const READER: &str = "notifications";
/// The most events that are dealt with in one transaction.
const MOST: i64 = 50;

/// Deals with the next events of a hackathon. `false`: there were none.
pub fn step(tx: &mut Tx, here: Id<Hackathon>, mail_is_on: bool) -> Result<bool> {
    let passed = outbox::store::take_turn(tx, READER, here)?;
    let news = news::after(tx, here, passed, MOST)?;
    let Some(last) = news.last().map(|last| last.position) else { return Ok(false) };
    let crowd = Crowd::load(tx, here, &news)?;
    let mut told: Vec<(UserId, Notification)> = Vec::new();
    for news in &news {
        for listed in crowd.told(news) {
            let about = About::Event(news.question, news.event.seq);
            let (member, reason) = (listed.member.id, listed.reason);
            let (id, created_at) = (tx.fresh(), tx.now());
            let new = Notification { id, hackathon: here, member, about, reason, created_at, read_at: None };
            told.push((listed.member.user, new));
        }
    }
    keep(tx, told, mail_is_on)?;
    outbox::store::passed(tx, READER, here, last)?;
    Ok(true)
}

/// Keeps what each wants to be told, where they want it.
pub(super) fn keep(tx: &mut Tx, mut told: Vec<(UserId, Notification)>, mail_is_on: bool) -> Result<()> {
    // Always in the same order, so that two who tell the same people of two hackathons never wait for each other.
    told.sort_by_key(|(user, notification)| (*user, notification.id));
    let users: Vec<UserId> = told.iter().map(|(user, _)| *user).collect();
    let wishes: HashMap<UserId, Preferences> = store::preference::of(tx, &users)?;
    for (user, notification) in &told {
        let wish = wishes.get(user).cloned().unwrap_or_else(|| Preferences::usual(*user));
        let mail = match wish.email {
            ByMail::Off => None,
            _ if !mail_is_on => None,
            kind => Some(post::mail_for(tx, *user, kind)?),
        };
        if wish.web || mail.is_some() {
            store::insert(tx, notification, wish.web, mail)?;
        }
    }
    Ok(())
}
