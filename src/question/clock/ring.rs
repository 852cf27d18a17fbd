//! Letting happen what is due.

use super::setting::matter;
use super::{Alarm, Past, Setting, wanted};
use crate::base::{Id, Result};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::directory::Directory;
use crate::escalation_policy::{Tell, Trigger};
use crate::hackathon::Hackathon;
use crate::outbox::{self, Happened};
use crate::question::change::{Change, Signpost};
use crate::question::{HandoffState, InCharge, Question, State, What, route, store};

/// The most that happens to a question in one go: a bound for steps that repeat every second after a long pause.
const MOST: usize = 50;

/// Lets everything that is due happen to these questions, in order. Who comes second finds nothing left to do: questions are
/// held before their histories are read, and what has happened stands there. Those that somebody else holds are left alone:
/// whoever changes one winds its clocks, and what is due then waits for the next round.
pub fn ring(tx: &mut Tx, hackathon: Id<Hackathon>, directory: &Directory, ids: &[Id<Question>]) -> Result<()> {
    let questions = store::clock::hold(tx, hackathon, ids)?;
    let held: Vec<Id<Question>> = questions.iter().map(|question| question.id).collect();
    let mut histories = store::event::of(tx, &held)?;
    let mut happened = Vec::new();
    for question in questions {
        let Some(past) = histories.remove(&question.id).and_then(|events| Past::of(&events)) else { continue };
        happened.extend(sound(tx, directory, Change::by_signpost(question, past))?);
    }
    outbox::put(tx, hackathon, &happened)
}

/// Lets everything that is due happen to one of them.
fn sound(tx: &mut Tx, directory: &Directory, mut change: Change<Signpost>) -> Result<Vec<Happened>> {
    for _ in 0..MOST {
        let before = change.question.life.seq;
        sound_next(tx, &mut change, directory)?;
        if change.question.life.seq == before {
            break;
        }
    }
    change.write(tx, directory)
}

fn sound_next(tx: &mut Tx, change: &mut Change<Signpost>, directory: &Directory) -> Result<()> {
    let setting = Setting::of(directory, &change.question, tx.now());
    let next = change.past.as_ref().and_then(|past| wanted(past, &setting).first().copied());
    let Some(timer) = next.filter(|timer| timer.at <= tx.now()) else { return Ok(()) };
    match timer.alarm {
        Alarm::DutyBegins => come_on_duty(tx, change, directory)?,
        Alarm::HandoffExpires => expire(tx, change)?,
        Alarm::Overdue(promise) => change.record(tx, What::Overdue { promise }),
        Alarm::Step(trigger) => escalate(tx, change, directory, &setting, trigger),
        Alarm::Reminder => remind(tx, change),
    }
    Ok(())
}

/// What waited is brought to whoever is on duty now.
fn come_on_duty(tx: &mut Tx, change: &mut Change<Signpost>, directory: &Directory) -> Result<()> {
    let lay_with = change.question.life.in_charge;
    route::bring(tx, change, directory);
    if change.question.life.in_charge == lay_with { Ok(()) } else { change.let_offer_lapse(tx) }
}

/// Whoever offered it stays in charge.
fn expire(tx: &mut Tx, change: &mut Change<Signpost>) -> Result<()> {
    let Some(offer) = change.question.offer.take() else { return Ok(()) };
    store::handoff::settle(tx, &offer, HandoffState::Expired, None, None)?;
    change.record(tx, What::HandoffExpired { handoff: offer.id });
    Ok(())
}

fn escalate(tx: &Tx, change: &mut Change<Signpost>, directory: &Directory, setting: &Setting, trigger: Trigger) {
    let (question, done) = (&change.question, change.past.as_ref().map_or(0, |past| past.steps(trigger)));
    let ladder = match trigger {
        Trigger::Unclaimed => Some(&setting.unclaimed),
        Trigger::Unanswered => Some(&setting.unanswered),
        Trigger::HandoffUnanswered => setting.offer.as_ref().map(|offer| &offer.ladder),
    };
    let Some((_, step)) = ladder.and_then(|ladder| ladder.step(done)) else { return };
    let told = told(directory, question, step.tell, trigger);
    let step = i32::try_from(done.saturating_add(1)).ok();
    change.record(tx, What::Escalated { trigger: Some(trigger), step, told, reason: None });
}

/// Who is told: where a hand-off waits, the lead is that of those who should answer it.
fn told(directory: &Directory, question: &Question, tell: Tell, trigger: Trigger) -> InCharge {
    let mut matter = matter(directory, question);
    if let (Trigger::HandoffUnanswered, Some(offer)) = (trigger, &question.offer) {
        matter.holder = super::setting::holder_of(offer.to);
    }
    directory.told(tell, &matter).map_or(InCharge::Organizers, InCharge::Holder)
}

/// Whoever has to do the next thing.
fn remind(tx: &Tx, change: &mut Change<Signpost>) {
    let question = &change.question;
    let told = match question.life.state {
        State::WaitingOnAsker { .. } | State::Answered { .. } => InCharge::Holder(Holder::Member(question.asker)),
        State::Claimed { by } => InCharge::Holder(Holder::Member(by)),
        State::Open | State::Closed { .. } => question.life.in_charge,
    };
    change.record(tx, What::Reminded { told });
}
