//! Questions with all that was said and that happened, in words that are read without this server.

use serde::Serialize;
use serde_json::Value;

use super::every;
use crate::access::Roles;
use crate::base::{Error, Id, Instant, Name, Result, Slug, Text};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::matrix::sheet::harmless;
use crate::question::Facts;
use crate::question::store::names::{Names, Wanted};
use crate::question::store::{event, list, post};
use crate::question::{Event, Post, PostKind, Question, Resolution, ResolutionWord, Standing, StateWord, Visibility};

/// Something that was said.
#[derive(Clone, Debug, Serialize)]
pub struct Words {
    /// What kind.
    pub kind: PostKind,
    /// Who said it.
    pub author: Name,
    /// When.
    pub at: Instant,
    /// The words.
    pub body: Text,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize)]
pub struct Happened {
    /// When.
    pub at: Instant,
    /// What, as in the history of a question.
    pub kind: String,
    /// Its facts.
    pub facts: Value,
}

/// A question with its history.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    /// Its number.
    pub number: i32,
    /// In one line.
    pub title: Name,
    /// In full.
    pub body: Option<Text>,
    /// What it is about.
    pub topic: Option<Slug>,
    /// Whom it was asked for.
    pub team: Option<Slug>,
    /// Who asked.
    pub asker: Name,
    /// Who could see it.
    pub visibility: Visibility,
    /// Where it stands.
    pub state: StateWord,
    /// How it ended.
    pub resolution: Option<ResolutionWord>,
    /// Whom it lies with.
    pub holder: String,
    /// Hand-offs that were accepted.
    pub hops: i32,
    /// When it was asked.
    pub asked_at: Instant,
    /// When it was first answered.
    pub answered_at: Option<Instant>,
    /// What was said, in order.
    pub posts: Vec<Words>,
    /// What happened, in order.
    pub events: Vec<Happened>,
}

/// All questions of a hackathon, in the order in which they were asked.
pub fn told(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Told>> {
    let all = Standing { member: tx.fresh(), facts: Facts { roles: Roles::ORGANIZER, ..Facts::default() } };
    let oldest_first = list::Filter { order: list::Order::OldestFirst, ..list::Filter::default() };
    let questions = every(|page| list::list(tx, here, &all, &oldest_first, page), |question| question.id.uuid())?;
    let mut histories = event::of_hackathon(tx, here)?;
    let mut posts = post::of_hackathon(tx, here)?;
    let mut wanted = Wanted::default();
    questions.iter().for_each(|question| wanted.question(question));
    posts.values().flatten().for_each(|post| wanted.post(post));
    let names = wanted.read(tx, here)?;
    let one = |question: Question| {
        let said = posts.remove(&question.id).unwrap_or_default();
        let happened = histories.remove(&question.id).unwrap_or_default();
        whole(question, said, happened, &names)
    };
    questions.into_iter().map(one).collect()
}

fn whole(question: Question, said: Vec<Post>, happened: Vec<Event>, names: &Names) -> Result<Told> {
    let Question { number, asker, team, topic, title, body, visibility, life, created_at, .. } = question;
    let words = |post: Post| {
        let author = Name::stored(names.author(post.author).en);
        Words { kind: post.kind, author, at: post.created_at, body: post.body }
    };
    let event = |event: Event| {
        let (kind, facts) = event::parts(&event.what)?;
        Ok(Happened { at: event.at, kind, facts })
    };
    Ok(Told {
        number,
        title,
        body,
        topic: topic.and_then(|id| names.topic(id)).map(|(slug, _)| slug.clone()),
        team: team.and_then(|id| names.team(id)).map(|(slug, _)| slug.clone()),
        asker: names.member(asker),
        visibility,
        state: life.state.word(),
        resolution: life.state.resolution().map(Resolution::word),
        holder: names.in_charge(life.in_charge).en,
        hops: life.hops,
        asked_at: created_at,
        answered_at: life.answered_at,
        posts: said.into_iter().map(words).collect(),
        events: happened.into_iter().map(event).collect::<Result<_>>()?,
    })
}

const HEADINGS: [&str; 11] =
    ["number", "title", "topic", "team", "asker", "state", "resolution", "holder", "hops", "asked_at", "answered_at"];

/// The questions as CSV (RFC 4180) in UTF-8, a line each, with the headings of the JSON.
pub fn csv(questions: &[Told]) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(HEADINGS).map_err(Error::internal)?;
    for told in questions {
        let slug = |slug: &Option<Slug>| slug.as_ref().map(ToString::to_string).unwrap_or_default();
        let line = [
            told.number.to_string(),
            told.title.to_string(),
            slug(&told.topic),
            slug(&told.team),
            told.asker.to_string(),
            told.state.word().to_owned(),
            told.resolution.map_or("", ResolutionWord::word).to_owned(),
            told.holder.clone(),
            told.hops.to_string(),
            told.asked_at.to_string(),
            told.answered_at.map(|at| at.to_string()).unwrap_or_default(),
        ];
        writer.write_record(line.iter().map(|text| harmless(text))).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|cause| Error::internal(cause.to_string()))
}
