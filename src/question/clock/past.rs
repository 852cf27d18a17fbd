//! What the clocks read from a history.

use crate::base::Instant;
use crate::duty::Window;
use crate::escalation_policy::Trigger;
use crate::question::State;
use crate::question::events::{Event, Life, What};
use crate::sla_policy::Promise;

/// A history, as far as the clocks need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Where the question stands.
    pub life: Life,
    /// Since when its holder owes an answer: it came to them, or it was opened again.
    pub arrived: Instant,
    /// Since when its holder owes that it is resolved: it came to them, or it was opened again after it was closed.
    pub taken_up: Instant,
    /// When the asker was waited for.
    pub pauses: Vec<Window>,
    /// Since when the asker is waited for now.
    paused: Option<Instant>,
    /// The promises that were told to be broken, of those that are counted now.
    pub overdue: Vec<Promise>,
    /// How many steps were done since the wait for each trigger began.
    steps: Vec<Trigger>,
    /// When anything last happened.
    pub last: Instant,
}

impl Past {
    /// Before the first event, which is at this moment.
    pub fn beginning(at: Instant) -> Past {
        Past {
            life: Life::beginning(at),
            arrived: at,
            taken_up: at,
            pauses: Vec::new(),
            paused: None,
            overdue: Vec::new(),
            steps: Vec::new(),
            last: at,
        }
    }

    /// A whole history; `None` where there are no events.
    pub fn of(events: &[Event]) -> Option<Past> {
        let mut past = Past::beginning(events.first()?.at);
        events.iter().for_each(|event| past.pass(&event.what, event.at));
        Some(past)
    }

    /// How many steps were done since the wait for this trigger began.
    pub fn steps(&self, trigger: Trigger) -> usize {
        self.steps.iter().filter(|done| **done == trigger).count()
    }

    /// One more event has passed.
    pub fn pass(&mut self, what: &What, at: Instant) {
        let before = self.life.clone();
        self.life.apply(what, at);
        self.begin_anew(&before, what, at);
        self.pause(&before, at);
        match what {
            What::Overdue { promise } => self.overdue.push(*promise),
            What::Escalated { trigger: Some(trigger), .. } => self.steps.push(*trigger),
            What::HandoffOffered { .. } => self.forget(None, Trigger::HandoffUnanswered),
            _ => {}
        }
        self.last = at;
    }

    /// A question that comes to another holder leaves the clocks of the old one behind. Whoever has it at the same holder
    /// does not matter to its clocks.
    fn begin_anew(&mut self, before: &Life, what: &What, at: Instant) {
        let moved = before.in_charge != self.life.in_charge;
        let reopened = matches!(what, What::Reopened { .. });
        if moved || reopened {
            self.arrived = at;
            self.forget(Some(Promise::FirstResponse), Trigger::Unanswered);
        }
        if moved || (reopened && matches!(before.state, State::Closed { .. })) {
            self.taken_up = at;
            self.overdue.retain(|promise| *promise != Promise::Resolve);
        }
        let was_open = before.state == State::Open && before.since == self.life.since;
        if self.life.state == State::Open && (moved || !was_open) {
            self.forget(Some(Promise::Claim), Trigger::Unclaimed);
        }
    }

    fn forget(&mut self, broken: Option<Promise>, trigger: Trigger) {
        self.overdue.retain(|promise| Some(*promise) != broken);
        self.steps.retain(|done| *done != trigger);
    }

    fn pause(&mut self, before: &Life, at: Instant) {
        let waits = |life: &Life| matches!(life.state, State::WaitingOnAsker { .. });
        match (waits(before), waits(&self.life)) {
            (false, true) => self.paused = Some(at),
            (true, false) => self.pauses.extend(self.paused.take().and_then(|since| Window::new(since, at))),
            _ => {}
        }
    }
}
