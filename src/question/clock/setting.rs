//! What the clocks of a question are counted by: calendars and policies.

use crate::base::{Id, Instant, Key};
use crate::consortium::Holder;
use crate::directory::source::Team as Builders;
use crate::directory::{Directory, Matter};
use crate::duty::{Calendar, Window, due_by};
use crate::escalation_policy::{Ladder, Trigger};
use crate::question::{Handoff, InCharge, Question, route};
use crate::sla_policy::Times;
use crate::team::Team;

/// A holder's working time.
#[derive(Clone, Debug)]
pub struct Worked<'d> {
    /// Their calendars.
    pub own: Vec<&'d Calendar>,
    /// The event's, where their own come to an end.
    pub event: &'d Calendar,
}

impl Worked<'_> {
    /// When so many seconds of it have passed since this moment, pauses left out. `None`: never.
    pub fn due(&self, from: Instant, seconds: i64, pauses: &[Window]) -> Option<Instant> {
        due_by(from, seconds, &self.own, pauses).or_else(|| due_by(from, seconds, &[self.event], pauses))
    }
}

/// An offer that waits for an answer.
#[derive(Clone, Debug)]
pub struct Offered<'d> {
    /// Since when.
    pub since: Instant,
    /// The working time of those it was made to.
    pub receiver: Worked<'d>,
    /// After how much of it the offer expires, in seconds.
    pub accept_within: Option<i32>,
    /// What is done until then.
    pub ladder: Ladder,
}

/// What the clocks of a question are counted by.
#[derive(Clone, Debug)]
pub struct Setting<'d> {
    /// The working time of its holder.
    pub holder: Worked<'d>,
    /// What is promised.
    pub times: Times,
    /// What is done while nobody claims it.
    pub unclaimed: Ladder,
    /// What is done while nobody answers it.
    pub unanswered: Ladder,
    /// The offer to take it.
    pub offer: Option<Offered<'d>>,
    /// When somebody who could take it is on duty, from now on, where nobody was.
    pub next_duty: Option<Instant>,
}

impl<'d> Setting<'d> {
    /// The setting of a question now.
    pub fn of(directory: &'d Directory, question: &Question, now: Instant) -> Setting<'d> {
        let matter = matter(directory, question);
        Setting {
            holder: worked(directory, &matter),
            times: directory.promised(&matter),
            unclaimed: directory.ladder(Trigger::Unclaimed, &matter),
            unanswered: directory.ladder(Trigger::Unanswered, &matter),
            offer: question.offer.as_ref().map(|offer| offered(directory, &matter, offer)),
            next_duty: Some(question)
                .filter(|question| question.life.no_one_on_duty)
                .and_then(|question| route::next_duty(directory, question.topic, question.team, now)),
        }
    }
}

/// What is promised about a question, to whom it lies with.
pub fn matter<'d>(directory: &'d Directory, question: &Question) -> Matter<'d> {
    let (topic, holder) = (question.topic, holder_of(question.life.in_charge));
    Matter { topic, holder, team: team_of(directory, question.team) }
}

/// The team in the directory.
pub fn team_of(directory: &Directory, team: Option<Id<Team>>) -> Option<&Builders> {
    team.and_then(|team| directory.team(&Key::Id(team.uuid())))
}

pub(super) fn holder_of(in_charge: InCharge) -> Option<Holder> {
    match in_charge {
        InCharge::Holder(holder) => Some(holder),
        InCharge::Organizers => None,
    }
}

fn worked<'d>(directory: &'d Directory, matter: &Matter) -> Worked<'d> {
    Worked { own: directory.working_time(matter.holder, matter.team), event: directory.event_time() }
}

fn offered<'d>(directory: &'d Directory, matter: &Matter, offer: &Handoff) -> Offered<'d> {
    let theirs = Matter { holder: holder_of(offer.to), ..*matter };
    Offered {
        since: offer.offered_at,
        receiver: worked(directory, &theirs),
        accept_within: directory.promised(&theirs).accept_within_seconds,
        ladder: directory.ladder(Trigger::HandoffUnanswered, &theirs),
    }
}
