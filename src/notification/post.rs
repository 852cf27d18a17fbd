//! The post: when a mail goes out, and what becomes of it.
//!
//! A digest collects what happens for a minute and then goes out at once, if the last one is an hour old; otherwise it waits
//! until that hour is over. Who hears little hears it soon, and nobody gets more than one digest an hour.
//!
//! A mail is taken for [`LEASE`] before it is sent and settled afterwards. Whoever stops in between leaves it to the next, who
//! sends it again under the same `Message-ID`: at least once, and whoever gets it twice can tell.

use chrono::TimeDelta;

use super::{ByMail, letter, store};
use crate::access::UserId;
use crate::base::{Id, Instant, Result};
use crate::db::Tx;
use crate::mail::{Letter, NotSent};
use crate::words;

/// How long a digest collects before it goes out.
pub const COLLECT: TimeDelta = TimeDelta::seconds(60);
/// The time from one digest to the next.
pub const PAUSE: TimeDelta = TimeDelta::hours(1);
/// How long whoever took a mail may take to send it.
pub const LEASE: TimeDelta = TimeDelta::seconds(120);
/// How often a mail is tried before it is given up, over some 16 hours.
pub const TRIES: i32 = 12;
/// The longest time from one try to the next.
const LONGEST: TimeDelta = TimeDelta::hours(4);
/// The most mails that are taken at a time.
const MOST: i64 = 20;

words! {
    /// What has become of a mail.
    MailState / MailStateShape {
        /// It is to be sent.
        Waiting = "waiting",
        /// A mail server took it.
        Sent = "sent",
        /// It was left out: all that stood in it had been read, or may not be seen any more, or is not wanted any more.
        Needless = "needless",
        /// It was given up.
        Dead = "dead",
    }
}

/// A mail to one person, of what they are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id.
    pub id: Id<Mail>,
    /// To whom.
    pub user: UserId,
    /// How often it was tried, this time included.
    pub attempts: i32,
    /// When it was written.
    pub created_at: Instant,
}

/// The mail with which something goes out to somebody: a digest that still collects, or a new one.
pub fn mail_for(tx: &mut Tx, user: UserId, kind: ByMail) -> Result<Id<Mail>> {
    let now = tx.now();
    if kind != ByMail::Digest {
        return store::mail::insert(tx, user, kind, now);
    }
    if let Some(open) = store::mail::join(tx, user)? {
        return Ok(open);
    }
    let soon = now.plus(COLLECT);
    let due = store::mail::last_digest(tx, user)?.map_or(soon, |last| soon.max(last.plus(PAUSE)));
    store::mail::insert(tx, user, kind, due)
}

/// Takes mails that are due, each as a letter. `base` is the address of this server.
pub fn take(tx: &mut Tx, base: &str) -> Result<Vec<(Mail, Letter)>> {
    let mut taken = Vec::new();
    for id in store::mail::due(tx, MOST)? {
        let until = tx.now().plus(LEASE);
        let Some(mail) = store::mail::take(tx, id, until)? else { continue };
        match letter::write(tx, &mail, base)? {
            Some(letter) => taken.push((mail, letter)),
            None => store::mail::settle(tx, id, MailState::Needless, None)?,
        }
    }
    Ok(taken)
}

/// Says what became of a mail that was taken. What failed is tried again, later each time, until it is given up.
pub fn settle(tx: &mut Tx, mail: &Mail, outcome: &Result<(), NotSent>) -> Result<MailState> {
    let (state, told) = match outcome {
        Ok(()) => (MailState::Sent, None),
        Err(NotSent { for_good, told }) if *for_good || mail.attempts >= TRIES => {
            (MailState::Dead, Some(told.as_str()))
        }
        Err(NotSent { told, .. }) => {
            let due = tx.now().plus(pause_after(mail.attempts));
            store::mail::put_off(tx, mail.id, due, told)?;
            return Ok(MailState::Waiting);
        }
    };
    store::mail::settle(tx, mail.id, state, told)?;
    Ok(state)
}

/// How many mails were given up, and what the mail server said of the last of them.
pub fn given_up(tx: &mut Tx) -> Result<(i64, String)> {
    Ok((store::mail::count(tx, MailState::Dead)?, store::mail::last_error(tx)?.unwrap_or_default()))
}

/// One minute after the first try, and twice as long after each.
fn pause_after(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or_default().min(20);
    TimeDelta::minutes(1_i64 << doublings).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pause_is_longer_until_four_hours() {
        let minutes = |attempts| pause_after(attempts).num_minutes();
        assert_eq!([1, 2, 3, 8, 9, 12, 1_000].map(minutes), [1, 2, 4, 128, 240, 240, 240]);
        let whole: i64 = (1..TRIES).map(minutes).sum();
        assert_eq!(whole / 60, 16);
    }
}
