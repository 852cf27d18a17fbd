//! One change of a question: the events that happen, and the question after them. Everything that must hear of an event,
//! now or later, hears of it here.

use super::events::{By, Event, What, Why};
use super::{InCharge, Post, PostKind, Question, store};
use crate::access::UserId;
use crate::base::{Error, Id, Result, Text};
use crate::consortium::{self, Member};
use crate::db::{Signal, Tx};
use crate::outbox::{self, Happened};

/// From how many accepted hand-offs on the organizers are told.
pub const MANY_HOPS: i32 = 3;

/// Where a question comes to lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// Who it lies with from now on.
    pub in_charge: InCharge,
    /// Why.
    pub why: Why,
    /// In the words of whoever sent it.
    pub reason: Option<String>,
}

/// A change under way.
pub struct Change {
    /// The question as it is after the events so far.
    pub question: Question,
    /// Who changes it.
    pub by: Id<Member>,
    is_new: bool,
    events: Vec<Event>,
    arrivals: Vec<Arrival>,
}

impl Change {
    /// A change of this question by this user. The caller holds its lock.
    pub fn by(tx: &mut Tx, question: &Question, user: UserId) -> Result<Change> {
        let member = consortium::store::member::by_user(tx, question.hackathon, user)?.ok_or(Error::NotFound)?;
        let question = question.clone();
        Ok(Change { question, by: member.id, is_new: false, events: Vec::new(), arrivals: Vec::new() })
    }

    /// The making of a question by this member.
    pub fn asking(question: Question, by: Id<Member>) -> Change {
        Change { question, by, is_new: true, events: Vec::new(), arrivals: Vec::new() }
    }

    /// The person does this.
    pub fn record(&mut self, tx: &Tx, what: What) {
        self.happen(tx, By::Person(self.by), what);
    }

    /// Signpost does this because of what the person does.
    pub fn follow_up(&mut self, tx: &Tx, what: What) {
        self.happen(tx, By::System, what);
    }

    fn happen(&mut self, tx: &Tx, by: By, what: What) {
        let first = self.is_new && self.arrivals.is_empty();
        let life = &mut self.question.life;
        let before = life.in_charge;
        life.apply(&what, tx.now());
        if let Some((why, reason)) = what.arrival().filter(|_| first || life.in_charge != before) {
            self.arrivals.push(Arrival { in_charge: life.in_charge, why, reason: reason.map(str::to_owned) });
        }
        self.events.push(Event { seq: life.seq, at: tx.now(), by, what });
    }

    /// Writes down what the person says.
    pub fn say(&self, tx: &mut Tx, kind: PostKind, body: &Text) -> Result<Id<Post>> {
        let post = Post { id: tx.fresh(), kind, author: self.by, body: body.clone(), created_at: tx.now() };
        store::post::insert(tx, &self.question, &post)?;
        Ok(post.id)
    }

    /// Takes back an offer that waits for an answer: the question was settled without it.
    pub fn let_offer_lapse(&mut self, tx: &mut Tx) -> Result<()> {
        let Some(offer) = self.question.offer.take() else { return Ok(()) };
        store::handoff::withdraw(tx, &offer, self.by)?;
        self.follow_up(tx, What::HandoffWithdrawn { handoff: offer.id });
        Ok(())
    }

    /// Keeps the question and its events.
    pub fn save(self, tx: &mut Tx) -> Result<Question> {
        let Change { question, events, arrivals, is_new, .. } = self;
        if is_new {
            store::insert(tx, &question)?
        } else {
            store::update(tx, &question)?
        }
        store::event::append(tx, &question, &events)?;
        for arrival in &arrivals {
            store::stay::begin(tx, &question, arrival)?;
        }
        outbox::put(tx, question.hackathon, &happened(&question, &events)?)?;
        tx.announce(Signal::Question { hackathon: question.hackathon.uuid(), question: question.id.uuid() });
        store::of_id(tx, question.hackathon, question.id)
    }
}

/// The events as the outbox keeps them.
fn happened(question: &Question, events: &[Event]) -> Result<Vec<Happened>> {
    let subject = Id::from_uuid(question.id.uuid());
    let one = |event: &Event| {
        let (kind, _) = store::event::parts(&event.what)?;
        Ok(Happened { subject, seq: event.seq, kind, internal: event.what.is_internal() })
    };
    events.iter().map(one).collect()
}
