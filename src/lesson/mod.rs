//! Lessons: what the router of a hackathon learns from its questions. A question that was answered under a topic belongs to
//! that topic; one whose topic was changed, or that was handed off to those who answer for another topic, corrects what the
//! router read from its words.
//!
//! A lesson keeps no words: they are the question's, read when the router is trained, so that what is deleted there is
//! forgotten here. Organizers see every lesson, name another topic for it, and have the router forget it.

pub mod store;

use crate::access::Item;
use crate::base::{Error, Id, Instant, Key, Name, Result};
use crate::db::{Signal, Tx};
use crate::hackathon::Hackathon;
use crate::topic::Topic;
use crate::words;

/// What a lesson was learnt from: a question, of which nothing is known here.
#[derive(Debug)]
pub struct Origin;

words! {
    /// How it is known what a question is about.
    Why / WhyShape {
        /// It was answered under this topic.
        Answered = "answered",
        /// Somebody changed its topic to this one.
        TopicChanged = "topic_changed",
        /// It was handed off to those who answer for this topic alone.
        HandedOff = "handed_off",
        /// An organizer said so.
        Organizer = "organizer",
    }
}

/// What the router learns from one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its id.
    pub id: Id<Lesson>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// The question.
    pub question: Asked,
    /// The topic it turned out to be about.
    pub topic: Id<Topic>,
    /// How that is known.
    pub why: Why,
    /// Since when the router must not use it.
    pub forgotten_at: Option<Instant>,
    /// Grows with every change.
    pub version: i64,
    /// When it was learnt.
    pub learnt_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// The question of a lesson, as far as organizers need it to judge the lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its id.
    pub id: Id<Origin>,
    /// Its number in the hackathon.
    pub number: i32,
    /// Its title.
    pub title: Name,
}

impl Item<Hackathon> for Lesson {
    const PARAM: &'static str = "lesson";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::find(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

/// The question turned out to be about this topic. What corrects the router stands before what only confirms it, and what an
/// organizer said or had forgotten stays as it is.
pub fn teach(tx: &mut Tx, here: Id<Hackathon>, question: Id<Origin>, topic: Id<Topic>, why: Why) -> Result<()> {
    match store::of_question(tx, here, question)? {
        None => store::insert(tx, here, question, topic, why)?,
        Some(known) if stays(&known, topic, why) => return Ok(()),
        // Whoever holds the question is alone with it but for an organizer, whose word on the lesson would have stayed too.
        Some(known) if !store::update(tx, &known, topic, why, None)? => return Ok(()),
        Some(_) => {}
    }
    announce(tx, here);
    Ok(())
}

fn stays(known: &Lesson, topic: Id<Topic>, why: Why) -> bool {
    let settled = known.forgotten_at.is_some() || known.why == Why::Organizer;
    settled || why == Why::Answered || (known.topic, known.why) == (topic, why)
}

/// It is not known any more what the question is about.
pub fn unlearn(tx: &mut Tx, here: Id<Hackathon>, question: Id<Origin>) -> Result<()> {
    if let Some(known) = store::of_question(tx, here, question)?.filter(|known| known.forgotten_at.is_none()) {
        store::delete(tx, &known)?;
        announce(tx, here);
    }
    Ok(())
}

/// An organizer names the topic of a lesson, has it forgotten, or takes that back.
pub fn correct(tx: &mut Tx, lesson: &Lesson, topic: Option<Id<Topic>>, forgotten: Option<bool>) -> Result<Lesson> {
    let now = tx.now();
    let to = topic.unwrap_or(lesson.topic);
    let why = if to == lesson.topic { lesson.why } else { Why::Organizer };
    let forgotten_at = match forgotten {
        Some(true) => lesson.forgotten_at.or(Some(now)),
        Some(false) => None,
        None => lesson.forgotten_at,
    };
    if (to, forgotten_at) == (lesson.topic, lesson.forgotten_at) {
        return Ok(lesson.clone());
    }
    if !store::update(tx, lesson, to, why, forgotten_at)? {
        return Err(Error::Stale);
    }
    announce(tx, lesson.hackathon);
    store::find(tx, lesson.hackathon, lesson.id)?.ok_or(Error::NotFound)
}

fn announce(tx: &mut Tx, here: Id<Hackathon>) {
    tx.announce(Signal::Lesson(here.uuid()));
}
