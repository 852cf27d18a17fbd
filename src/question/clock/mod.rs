//! The clocks of a question: what is to happen to it, and when, if nobody does anything.
//!
//! Nothing here is kept: what a question wants follows from its history, the policies and the calendars, each time anew.
//! [`wind`] says when that must be looked at again, [`ring`] looks. So a step cannot be done twice, for the history tells
//! how many were; a pause that a policy changed in stays left out, for the history tells when it was; and a question that is
//! handed on has no clock of its old holder.

mod past;
mod rewind;
mod ring;
pub(super) mod setting;
#[cfg(test)]
mod tests;
mod work;

use chrono::TimeDelta;

pub use past::Past;
pub use rewind::{Rewound, keep, rewind};
pub use ring::ring;
pub use setting::{Offered, Setting, Worked};
pub use work::Clockwork;

use super::State;
use crate::base::Instant;
use crate::escalation_policy::Trigger;
use crate::sla_policy::Promise;

/// After how long without any event somebody is reminded of a question that is not closed.
pub const QUIET: TimeDelta = TimeDelta::days(7);

/// A promise that is counted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// When it falls due, whether or not that has passed.
    pub at: Instant,
    /// Which it is.
    pub promise: Promise,
}

/// Something that is to happen to a question by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// Somebody who could take it comes on duty.
    DutyBegins,
    /// The offer to take it has waited long enough.
    HandoffExpires,
    /// A promise is not kept.
    Overdue(Promise),
    /// Somebody is told that something has not happened.
    Step(Trigger),
    /// Nothing has happened for a long time.
    Reminder,
}

/// An alarm with its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timer {
    /// When.
    pub at: Instant,
    /// What.
    pub alarm: Alarm,
}

/// When a question is to be looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wound {
    /// The promise that falls due next.
    pub due: Option<Due>,
    /// When the next alarm is; a closed question has none, any other always one.
    pub wake_at: Option<Instant>,
}

/// Winds the clocks of a question with this past in this setting.
pub fn wind(past: &Past, setting: &Setting) -> Wound {
    Wound {
        due: promises(past, setting).into_iter().min(),
        wake_at: wanted(past, setting).first().map(|timer| timer.at),
    }
}

/// The promises that are counted now. While the asker is waited for none is, but that somebody answers an offer.
fn promises(past: &Past, setting: &Setting) -> Vec<Due> {
    let since = |promise| match (promise, past.life.state) {
        (Promise::Claim, State::Open) => Some(past.life.since),
        (Promise::FirstResponse, State::Open | State::Claimed { .. }) => Some(past.arrived),
        (Promise::Resolve, State::Open | State::Claimed { .. } | State::Answered { .. }) => Some(past.taken_up),
        _ => None,
    };
    let due = |promise: &Promise| {
        let (from, within) = (since(*promise)?, setting.times.within(*promise)?);
        let at = setting.holder.due(from, within.into(), &past.pauses)?;
        Some(Due { at, promise: *promise })
    };
    Promise::ALL.iter().filter_map(due).collect()
}

/// Every alarm that a question wants, in order.
pub fn wanted(past: &Past, setting: &Setting) -> Vec<Timer> {
    if let State::Closed { .. } = past.life.state {
        return Vec::new();
    }
    let broken = promises(past, setting).into_iter().filter(|due| !past.overdue.contains(&due.promise));
    let mut timers: Vec<Timer> = broken.map(|due| Timer { at: due.at, alarm: Alarm::Overdue(due.promise) }).collect();
    timers.extend(Trigger::ALL.iter().filter_map(|trigger| step(past, setting, *trigger)));
    timers.extend(setting.offer.as_ref().and_then(expiry));
    if let (State::Open, true) = (past.life.state, past.life.no_one_on_duty) {
        timers.extend(setting.next_duty.map(|at| Timer { at, alarm: Alarm::DutyBegins }));
    }
    timers.push(Timer { at: past.last.plus(QUIET), alarm: Alarm::Reminder });
    timers.sort();
    timers
}

fn step(past: &Past, setting: &Setting, trigger: Trigger) -> Option<Timer> {
    let (from, worked, ladder, pauses) = match (trigger, past.life.state) {
        (Trigger::Unclaimed, State::Open) => (past.life.since, &setting.holder, &setting.unclaimed, &[][..]),
        (Trigger::Unanswered, State::Open | State::Claimed { .. }) => {
            (past.arrived, &setting.holder, &setting.unanswered, past.pauses.as_slice())
        }
        (Trigger::HandoffUnanswered, _) => {
            let offer = setting.offer.as_ref()?;
            (offer.since, &offer.receiver, &offer.ladder, &[][..])
        }
        _ => return None,
    };
    let (seconds, _) = ladder.step(past.steps(trigger))?;
    Some(Timer { at: worked.due(from, seconds, pauses)?, alarm: Alarm::Step(trigger) })
}

fn expiry(offer: &Offered) -> Option<Timer> {
    let at = offer.receiver.due(offer.since, offer.accept_within?.into(), &[])?;
    Some(Timer { at, alarm: Alarm::HandoffExpires })
}
