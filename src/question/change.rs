//! One change of a question: the events that happen, and the question after them. Everything that must hear of an event,
//! now or later, hears of it here.

use super::clock::{self, Past, Setting};
use super::events::{By, Event, What, Why};
use super::{Author, Guest, InCharge, Post, PostKind, Question, store, teach};
use crate::access::UserId;
use crate::base::{Error, Id, Result, Text};
use crate::consortium::{self, Member};
use crate::db::{Signal, Tx};
use crate::directory::Directory;
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

/// Who can change a question. What only people may do asks for a change by a member, so that a machine cannot.
pub trait Actor: Copy {
    /// As the history tells it.
    fn by(self) -> By;
}

impl Actor for Id<Member> {
    fn by(self) -> By {
        By::Person(self)
    }
}

impl Actor for Id<Guest> {
    fn by(self) -> By {
        By::Guest(self)
    }
}

/// Whoever can say something.
pub trait Speaker: Actor {
    /// As it stands beside what they say.
    fn author(self) -> Author;
}

impl Speaker for Id<Member> {
    fn author(self) -> Author {
        Author::Member(self)
    }
}

impl Speaker for Id<Guest> {
    fn author(self) -> Author {
        Author::Guest(self)
    }
}

/// Signpost itself, by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signpost;

impl Actor for Signpost {
    fn by(self) -> By {
        By::System
    }
}

/// A change under way.
pub struct Change<A = Id<Member>> {
    /// The question as it is after the events so far.
    pub question: Question,
    /// Who changes it.
    pub by: A,
    /// Its history as its clocks read it, where that was read already.
    pub past: Option<Past>,
    is_new: bool,
    events: Vec<Event>,
    arrivals: Vec<Arrival>,
}

impl Change {
    /// A change of this question by this user. The caller holds its lock.
    pub fn by(tx: &mut Tx, question: &Question, user: UserId) -> Result<Change> {
        let member = consortium::store::member::by_user(tx, question.hackathon, user)?.ok_or(Error::NotFound)?;
        Ok(Change::begin(question.clone(), member.id, None))
    }

    /// The making of a question by this member.
    pub fn asking(question: Question, by: Id<Member>) -> Change {
        let past = Past::beginning(question.created_at);
        Change { is_new: true, ..Change::begin(question, by, Some(past)) }
    }
}

impl Change<Id<Guest>> {
    /// A change of this question by its guest. The caller holds its lock.
    pub fn by_guest(question: Question, guest: Id<Guest>) -> Change<Id<Guest>> {
        Change::begin(question, guest, None)
    }
}

impl<A: Speaker> Change<A> {
    /// Writes down what somebody says.
    pub fn say(&self, tx: &mut Tx, kind: PostKind, body: &Text) -> Result<Id<Post>> {
        let author = self.by.author();
        let post = Post { id: tx.fresh(), kind, author, body: body.clone(), created_at: tx.now() };
        store::post::insert(tx, &self.question, &post)?;
        Ok(post.id)
    }
}

impl Change<Signpost> {
    /// A change that Signpost makes by the clock. The caller holds the question's lock and has read its past.
    pub fn by_signpost(question: Question, past: Past) -> Change<Signpost> {
        Change::begin(question, Signpost, Some(past))
    }
}

impl<A: Actor> Change<A> {
    fn begin(question: Question, by: A, past: Option<Past>) -> Change<A> {
        Change { question, by, past, is_new: false, events: Vec::new(), arrivals: Vec::new() }
    }

    /// Whoever makes the change does this.
    pub fn record(&mut self, tx: &Tx, what: What) {
        self.happen(tx, self.by.by(), what);
    }

    /// Signpost does this because of it.
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
        if let Some(past) = &mut self.past {
            past.pass(&what, tx.now());
        }
        self.events.push(Event { seq: life.seq, at: tx.now(), by, what });
    }

    /// Takes back an offer that waits for an answer: the question was settled without it.
    pub fn let_offer_lapse(&mut self, tx: &mut Tx) -> Result<()> {
        let Some(offer) = self.question.offer.take() else { return Ok(()) };
        let (_, member, _) = self.by.by().columns();
        store::handoff::withdraw(tx, &offer, member)?;
        self.follow_up(tx, What::HandoffWithdrawn { handoff: offer.id });
        Ok(())
    }

    /// Keeps the question and its events, and gives it back as it is then.
    pub fn save(self, tx: &mut Tx, directory: &Directory) -> Result<Question> {
        let (hackathon, id) = (self.question.hackathon, self.question.id);
        self.keep(tx, directory)?;
        store::of_id(tx, hackathon, id)
    }

    /// Keeps the question and its events, with its clocks wound by this directory.
    pub fn keep(self, tx: &mut Tx, directory: &Directory) -> Result<()> {
        let hackathon = self.question.hackathon;
        let happened = self.write(tx, directory)?;
        outbox::put(tx, hackathon, &happened)
    }

    /// As [`Change::keep`], but for what happened: whoever changes several questions puts that into the outbox at the end,
    /// as nothing may be locked after it.
    pub fn write(mut self, tx: &mut Tx, directory: &Directory) -> Result<Vec<Happened>> {
        self.wind(tx, directory)?;
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
        teach::teach(tx, &question, &events, directory)?;
        tx.announce(Signal::Question { hackathon: question.hackathon.uuid(), question: question.id.uuid() });
        happened(&question, &events)
    }

    fn wind(&mut self, tx: &mut Tx, directory: &Directory) -> Result<()> {
        let past = match self.past.take() {
            Some(past) => Some(past),
            None => {
                let mut history = store::event::all(tx, self.question.id)?;
                history.extend(self.events.iter().cloned());
                Past::of(&history)
            }
        };
        let past = past.ok_or_else(|| Error::internal("a question without a history"))?;
        let wound = clock::wind(&past, &Setting::of(directory, &self.question, tx.now()));
        (self.question.due, self.question.wake_at) = (wound.due, wound.wake_at);
        self.question.wound_version = directory.source.version;
        Ok(())
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
