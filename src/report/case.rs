//! One question, as far as figures need it.

use crate::base::{Id, Instant};
use crate::consortium::Member;
use crate::directory::TopicId;
use crate::duty::{self, Calendar, Window};
use crate::question::clock::Past;
use crate::question::{Event, Handoff, InCharge, Life, Question, Resolution, State, What};
use crate::team::Team;

/// What was asked, beside its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: Id<Question>,
    /// Who asked.
    pub asker: Id<Member>,
    /// For which team.
    pub team: Option<Id<Team>>,
    /// About what, as it is known now.
    pub topic: Option<TopicId>,
}

/// What became of an offer to hand a question on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassOutcome {
    /// Nobody has said anything yet, or it was taken back.
    Open,
    /// It was taken.
    Accepted,
    /// It was not taken.
    Declined,
    /// Nobody said anything in time.
    Expired,
}

/// An offer to hand a question on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    handoff: Id<Handoff>,
    /// Who offered it.
    pub from: InCharge,
    /// To whom.
    pub to: InCharge,
    /// What became of it.
    pub outcome: PassOutcome,
}

/// A span in which a question lay with somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lay {
    /// With whom.
    pub with: InCharge,
    /// Since when.
    pub from: Instant,
    /// Until when; `None`: it lies there now.
    pub until: Option<Instant>,
}

/// A question, as far as figures need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What was asked.
    pub asked: Asked,
    /// When.
    pub asked_at: Instant,
    /// When somebody first took it in hand: claimed it, was given it, or answered it.
    pub claimed_at: Option<Instant>,
    /// When it was first answered, and who it lay with then.
    pub answered: Option<(Instant, InCharge)>,
    /// When it was closed as answered, if it still is.
    pub resolved_at: Option<Instant>,
    /// Whether it was merged into another one, whose figures then tell of both.
    pub merged: bool,
    /// Whether nobody was on duty when it was first brought to somebody.
    pub nobody_on_duty: bool,
    /// Where it lay, one after the other; never empty once it was routed.
    pub lays: Vec<Lay>,
    /// Offers to hand it on.
    pub passes: Vec<Pass>,
    /// When the asker was waited for.
    pub pauses: Vec<Window>,
    /// Working seconds of whoever it lay with, until the first answer.
    pub answer_worked: Option<i64>,
    /// Working seconds of whoever it lay with, until it was resolved.
    pub resolution_worked: Option<i64>,
}

impl Case {
    /// The case of a whole history; `None` where there are no events.
    pub fn of(asked: Asked, events: &[Event]) -> Option<Case> {
        let first = events.first()?;
        let mut case = Case {
            asked,
            asked_at: first.at,
            claimed_at: None,
            answered: None,
            resolved_at: None,
            merged: false,
            nobody_on_duty: false,
            lays: Vec::new(),
            passes: Vec::new(),
            pauses: Past::of(events).map(|past| past.pauses).unwrap_or_default(),
            answer_worked: None,
            resolution_worked: None,
        };
        let mut life = Life::beginning(first.at);
        for event in events {
            let before = life.in_charge;
            life.apply(&event.what, event.at);
            case.pass(before, &life, event);
        }
        case.end(&life);
        Some(case)
    }

    fn pass(&mut self, before: InCharge, life: &Life, Event { at, what, .. }: &Event) {
        match what {
            What::Routed { on_duty, .. } if self.lays.is_empty() => {
                self.nobody_on_duty = !on_duty;
                self.lays.push(Lay { with: life.in_charge, from: *at, until: None });
            }
            What::Claimed { .. } | What::TakenOver { .. } | What::Reassigned { .. } => self.take(*at),
            What::Answered { .. } => {
                self.take(*at);
                self.answered = self.answered.or(Some((*at, life.in_charge)));
            }
            What::HandoffOffered { handoff, to, .. } => {
                let (handoff, to) = (*handoff, *to);
                self.passes.push(Pass { handoff, from: before, to, outcome: PassOutcome::Open });
            }
            What::HandoffAccepted { handoff, .. } => self.settle(*handoff, PassOutcome::Accepted),
            What::HandoffDeclined { handoff, .. } => self.settle(*handoff, PassOutcome::Declined),
            What::HandoffExpired { handoff } => self.settle(*handoff, PassOutcome::Expired),
            _ => {}
        }
        if before != life.in_charge && self.lays.last().is_some_and(|lay| lay.with != life.in_charge) {
            self.lays.iter_mut().filter(|lay| lay.until.is_none()).for_each(|lay| lay.until = Some(*at));
            self.lays.push(Lay { with: life.in_charge, from: *at, until: None });
        }
    }

    fn take(&mut self, at: Instant) {
        self.claimed_at = self.claimed_at.or(Some(at));
    }

    fn settle(&mut self, handoff: Id<Handoff>, outcome: PassOutcome) {
        self.passes.iter_mut().filter(|pass| pass.handoff == handoff).for_each(|pass| pass.outcome = outcome);
    }

    fn end(&mut self, life: &Life) {
        match life.state {
            State::Closed { resolution: Resolution::Answered, .. } => self.resolved_at = Some(life.since),
            State::Closed { resolution: Resolution::Duplicate(_), .. } => self.merged = true,
            _ => {}
        }
    }

    /// The same, with the working time of whoever it lay with, which these calendars tell.
    pub fn worked<'c>(self, calendars: impl Fn(InCharge, Option<Id<Team>>) -> Vec<&'c Calendar>) -> Case {
        let until = |end: Instant| {
            let seconds = |lay: &Lay| {
                let (from, to) = (lay.from, lay.until.map_or(end, |until| until.min(end)));
                duty::elapsed_by(from, to, &calendars(lay.with, self.asked.team), &self.pauses)
            };
            self.lays.iter().map(seconds).sum::<i64>()
        };
        let answer_worked = self.answered.map(|(at, _)| until(at));
        let resolution_worked = self.resolved_at.map(until);
        Case { answer_worked, resolution_worked, ..self }
    }

    /// Seconds by the clock on the wall until the first answer.
    pub fn answer_seconds(&self) -> Option<i64> {
        self.answered.map(|(at, _)| at.since(self.asked_at).num_seconds())
    }

    /// Seconds by the clock on the wall until it was resolved.
    pub fn resolution_seconds(&self) -> Option<i64> {
        self.resolved_at.map(|at| at.since(self.asked_at).num_seconds())
    }

    /// Whether nobody ever took it in hand. One that was merged goes on as another question.
    pub fn never_claimed(&self) -> bool {
        self.claimed_at.is_none() && !self.merged
    }

    /// Hand-offs that were accepted.
    pub fn hops(&self) -> usize {
        self.passes.iter().filter(|pass| pass.outcome == PassOutcome::Accepted).count()
    }

    /// Who it was first brought to.
    pub fn first(&self) -> Option<InCharge> {
        self.lays.first().map(|lay| lay.with)
    }

    /// Who it lay with when it was first answered; until then, who it lies with.
    pub fn with(&self) -> Option<InCharge> {
        self.answered.map(|(_, with)| with).or(self.lays.last().map(|lay| lay.with))
    }

    /// Whether it was answered by those whom it was first brought to.
    pub fn answered_where_it_came(&self) -> bool {
        self.answered.is_some_and(|(_, with)| Some(with) == self.first())
    }
}
