//! "Who do I ask?": the front door. One box, and the contact that is asked.

mod card;

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::form::filled;
use super::frame::{Frame, Tab, Visit};
use super::time::Watch;
use super::words::Words;
use super::{Shown, page};
use crate::access::policy::{Ask, See};
use crate::access::{May, allow};
use crate::base::text::NAME_MOST;
use crate::base::{Key, Lang, Name, Result};
use crate::directory::{AskedFor, Contact, Directories, Question, Seen, Similar, Subject, WhoToAsk};
use crate::hackathon::Hackathon;
use crate::question::Memories;
use card::Card;

/// What is asked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    topic: String,
}

/// The most characters of a question that are read.
const WORDS_MOST: usize = 2_000;

/// The answer, as a piece of the page.
#[derive(Template)]
#[template(path = "who/answer.html")]
struct Answer {
    frame: Frame,
    /// The hackathon's address among the pages.
    place: String,
    words: String,
    topic: Option<(String, Words)>,
    because: Vec<String>,
    alternatives: Vec<(String, Words)>,
    first: Card,
    meanwhile: Vec<Card>,
    others: Vec<Card>,
    similar: Vec<Like>,
    may_ask: bool,
    fits_a_title: bool,
}

/// A question like the one that is asked.
struct Like {
    place: String,
    title: Words,
    answered: bool,
}

impl Answer {
    /// The question as it follows `?` in an address.
    fn words_query(&self) -> String {
        super::form::query(&self.words)
    }
}

#[derive(Template)]
#[template(path = "who/who.html")]
struct Page {
    frame: Frame,
    place: String,
    words: String,
    /// The answer as HTML, when something was asked.
    answer: Option<String>,
    topics: Vec<(String, Words)>,
}

/// `GET /h/{hackathon}`: the box, and the answer to what is in it.
pub async fn show(
    visit: Visit,
    may: May<See, Hackathon>,
    directories: web::Data<Directories>,
    memories: web::Data<Memories>,
    asked: web::Query<Asked>,
) -> Shown {
    let seen = directories.look(&may).await?;
    let answer = answered(&seen, &memories, &visit, &asked).await?;
    let lang = visit.lang;
    let words = asked.into_inner().q;
    let page_of = may.read(move |tx, right| {
        let frame = Frame::within(tx, &visit, right.on(), right.roles(), Some(Tab::Who))?;
        let place = format!("/h/{}", right.on().slug);
        Ok(Page { topics: topics(&seen, lang), answer: None, frame, place, words })
    });
    let answer = answer.map(|answer| answer.render()).transpose().map_err(crate::base::Error::internal)?;
    page(StatusCode::OK, lang, &Page { answer, ..page_of.await? })
}

/// `GET /h/{hackathon}/answer?q=`: the answer alone, for the box while somebody types.
pub async fn answer(
    visit: Visit,
    may: May<See, Hackathon>,
    directories: web::Data<Directories>,
    memories: web::Data<Memories>,
    asked: web::Query<Asked>,
) -> Shown {
    let seen = directories.look(&may).await?;
    match answered(&seen, &memories, &visit, &asked).await? {
        Some(answer) => page(StatusCode::OK, visit.lang, &answer),
        None => page(
            StatusCode::OK,
            visit.lang,
            &Nothing { place: place(&seen), topics: topics(&seen, visit.lang), frame: Frame::bare(&visit) },
        ),
    }
}

/// What there is to choose from before anything is asked.
#[derive(Template)]
#[template(path = "who/nothing.html")]
struct Nothing {
    frame: Frame,
    place: String,
    topics: Vec<(String, Words)>,
}

fn place(seen: &Seen) -> String {
    format!("/h/{}", seen.directory.source.slug)
}

fn topics(seen: &Seen, lang: Lang) -> Vec<(String, Words)> {
    let all = seen.directory.source.topics.iter().filter(|topic| topic.parent.is_none());
    all.map(|topic| (topic.slug.to_string(), Words::of(&topic.name, lang))).collect()
}

async fn answered(seen: &Seen, memories: &Memories, visit: &Visit, asked: &Asked) -> Result<Option<Answer>> {
    let words: String = asked.q.trim().chars().take(WORDS_MOST).collect();
    let topic = filled(&asked.topic).and_then(Key::parse).filter(|key| seen.directory.topic(key).is_some());
    let subject = match (topic, filled(&words)) {
        (Some(topic), _) => Subject::Topic(topic),
        (None, Some(words)) => Subject::Words(words.to_owned()),
        (None, None) => return Ok(None),
    };
    let question = Question { subject, team: None, asker: Some(seen.actor.user), at: visit.now, lang: visit.lang };
    let memory = memories.of(seen.directory.source.hackathon).await;
    let usual = memory.usual();
    let mut found = seen.directory.ask(&question, &usual)?;
    found.similar = memory.similar(&seen.directory, &question);
    Ok(Some(drawn(seen, visit, words, &found)))
}

fn drawn(seen: &Seen, visit: &Visit, words: String, found: &WhoToAsk<Vec<Contact>>) -> Answer {
    let lang = visit.lang;
    let source = &seen.directory.source;
    let watch = Watch { zone: source.timezone, now: visit.now, lang };
    let named = |asked: &AskedFor| (asked.slug.to_string(), Words::of(asked.name, lang));
    let topic = found.topic.as_ref().map(named);
    let card = |contact| Card::of(contact, topic.as_ref().map(|(_, name)| name), &watch);
    let mut cards = found.contacts.iter().map(card);
    let first = cards.next().unwrap_or_default();
    let (meanwhile, others) = cards.partition(|card: &Card| card.can_help_meanwhile);
    Answer {
        frame: Frame::bare(visit),
        place: place(seen),
        because: found.because.iter().filter(|word| says_something(word)).take(4).cloned().collect(),
        alternatives: found.alternatives.iter().take(3).map(named).collect(),
        first,
        meanwhile,
        others,
        similar: found.similar.iter().map(|one| like(one, source.slug.as_str(), lang)).collect(),
        may_ask: allow::<Ask>(&seen.actor, seen.roles, source.ended).is_ok(),
        fits_a_title: Name::parse(&words).is_ok() && words.chars().count() <= NAME_MOST,
        words,
        topic,
    }
}

/// A word that people take for a reason: "a" decides nothing that anybody would believe.
fn says_something(word: &str) -> bool {
    word.chars().count() > if word.is_ascii() { 2 } else { 1 }
}

fn like(one: &Similar, event: &str, lang: Lang) -> Like {
    Like {
        place: format!("/h/{event}/questions/{}", one.number),
        title: Words::typed(one.title.as_str(), lang),
        answered: one.state == "answered" || one.resolution == Some("answered"),
    }
}
