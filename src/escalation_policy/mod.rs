//! Who is told, and after how long, when nobody claims a question, answers it, or answers an offered hand-off.

pub mod store;
pub mod tell;

use serde::{Deserialize, Serialize};

use crate::access::Item;
use crate::base::{Error, Fault, Id, Instant, Key, Localized, Result, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::sla_policy::{self, Scope};
use crate::words;

pub use tell::{Tell, TellKind};

words! {
    /// What has not happened.
    Trigger / TriggerShape {
        /// Nobody has claimed it.
        Unclaimed = "unclaimed",
        /// Nobody has answered it.
        Unanswered = "unanswered",
        /// Nobody has accepted or declined the offer to take it.
        HandoffUnanswered = "handoff_unanswered",
    }
}

/// One step of an escalation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Step {
    /// How much of the holder's working time after the wait began, in seconds.
    pub after_seconds: i32,
    /// Who is told.
    #[serde(flatten)]
    pub tell: Tell,
}

/// The most steps of a policy.
pub const STEPS_MOST: usize = 10;
/// How often the steps can be gone through again.
pub const REPEATS_MOST: i32 = 20;

/// Steps, and how often they are gone through again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ladder {
    /// In order of time.
    pub steps: Vec<Step>,
    /// How often they are gone through again. The next round begins when the last step of the one before was.
    pub repeats: i32,
}

impl Ladder {
    /// The step with this number, from 0 and on through the repeats, with its time in seconds since the wait began.
    pub fn step(&self, number: usize) -> Option<(i64, Step)> {
        let round = number.checked_div(self.steps.len())?;
        let step = *self.steps.get(number.checked_rem(self.steps.len())?)?;
        let length = self.steps.last().map_or(0, |last| i64::from(last.after_seconds));
        let round = i64::try_from(round).ok().filter(|round| *round <= i64::from(self.repeats))?;
        Some((round.saturating_mul(length).saturating_add(i64::from(step.after_seconds)), step))
    }

    fn faults(&self) -> Vec<Fault> {
        let range = |seconds: i32| (1..=sla_policy::LONGEST).contains(&seconds);
        let wrong = self.steps.iter().enumerate().filter(|(_, step)| !range(step.after_seconds));
        let pointer = |place: usize| format!("/steps/{place}/after_seconds");
        let mut faults: Vec<Fault> =
            wrong.map(|(place, _)| Fault::new(pointer(place), "seconds.range", sla_policy::range())).collect();
        let backward = self
            .steps
            .iter()
            .zip(self.steps.iter().skip(1))
            .position(|(one, next)| one.after_seconds >= next.after_seconds);
        faults.extend(backward.map(|place| {
            let detail = say!("A step comes after the one before it.", "각 단계는 앞 단계보다 늦어야 합니다.");
            Fault::new(pointer(place.saturating_add(1)), "steps.order", detail)
        }));
        if self.steps.len() > STEPS_MOST {
            let detail = say!("Write at most {STEPS_MOST} steps.", "단계는 {STEPS_MOST}개까지 적을 수 있습니다.");
            faults.push(Fault::new("/steps", "steps.many", detail));
        }
        if !(0..=REPEATS_MOST).contains(&self.repeats) {
            let detail = say!("Write a number from 0 to {REPEATS_MOST}.", "0부터 {REPEATS_MOST} 사이의 수를 적으세요.");
            faults.push(Fault::new("/repeats", "repeats.range", detail));
        }
        faults
    }
}

/// What is done where no policy says anything: when nobody claims in time, the accountable is told once; when nobody
/// answers in time, the organizers are.
pub fn built_in(trigger: Trigger) -> Ladder {
    let once = |after_seconds, tell| Ladder { steps: vec![Step { after_seconds, tell }], repeats: 0 };
    match trigger {
        Trigger::Unclaimed => once(3600, Tell::Accountable),
        Trigger::Unanswered => once(8 * 3600, Tell::Organizers),
        Trigger::HandoffUnanswered => Ladder::default(),
    }
}

/// A policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EscalationPolicy {
    /// Its id.
    pub id: Id<EscalationPolicy>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// What it says.
    pub facts: Facts,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What a policy says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What organizers call it.
    pub name: Localized,
    /// What must not have happened.
    pub trigger: Trigger,
    /// What it is about. There is one policy for each trigger and scope.
    pub scope: Scope,
    /// What is done then. Without steps nobody is told.
    pub ladder: Ladder,
}

impl Facts {
    fn check(&self) -> Result<()> {
        let faults = self.ladder.faults();
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }
}

impl Item<Hackathon> for EscalationPolicy {
    const PARAM: &'static str = "escalation_policy";
    const GUARDED: bool = true;

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

/// Makes a policy.
pub fn add(tx: &mut Tx, hackathon: Id<Hackathon>, facts: &Facts) -> Result<EscalationPolicy> {
    facts.check()?;
    store::insert(tx, hackathon, facts)
}

/// Changes what a policy says.
pub fn change(tx: &mut Tx, policy: &EscalationPolicy, facts: &Facts) -> Result<EscalationPolicy> {
    facts.check()?;
    store::update(tx, policy, facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(after_seconds: i32) -> Step {
        Step { after_seconds, tell: Tell::Accountable }
    }

    #[test]
    fn a_round_begins_when_the_last_step_of_the_one_before_was() {
        let ladder = Ladder { steps: vec![step(60), step(100)], repeats: 1 };
        let times: Vec<i64> = (0..9).filter_map(|number| ladder.step(number)).map(|(seconds, _)| seconds).collect();
        assert_eq!(times, [60, 100, 160, 200]);
    }

    #[test]
    fn without_steps_nobody_is_told_however_often() {
        assert_eq!(Ladder { steps: Vec::new(), repeats: 3 }.step(0), None);
    }

    #[test]
    fn steps_stand_in_order_and_within_a_year() {
        let codes = |steps: Vec<Step>, repeats| {
            let faults = Ladder { steps, repeats }.faults();
            faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect::<Vec<_>>()
        };
        assert_eq!(codes(vec![step(60), step(61)], 20), []);
        assert_eq!(codes(vec![step(60), step(60)], 0), [("/steps/1/after_seconds".to_owned(), "steps.order")]);
        assert_eq!(codes(vec![step(0)], 0), [("/steps/0/after_seconds".to_owned(), "seconds.range")]);
        assert_eq!(codes((1..=11).map(step).collect(), 0), [("/steps".to_owned(), "steps.many")]);
        assert_eq!(codes(vec![step(1)], 21), [("/repeats".to_owned(), "repeats.range")]);
    }
}
