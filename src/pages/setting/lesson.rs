//! What the router learnt from questions: seen, corrected, forgotten.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::{frame, place};
use crate::access::policy::{Change, SeeDraft};
use crate::access::{May, Right, Within};
use crate::base::{Page as Rows, PageRequest, Result, Sentence};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::lesson::{self, Lesson, Why, store};
use crate::pages::form::{Form, filled};
use crate::pages::frame::{Frame, Visit};
use crate::pages::time::When;
use crate::pages::words::Words;
use crate::pages::{Shown, page, see_other};
use crate::topic::{self, Topic};

/// The name of the list, as cursors have it.
const LIST: &str = "lessons";
/// How many there are on a page.
const MOST: i64 = 50;

#[derive(Template)]
#[template(path = "setting/lessons.html")]
struct Page {
    frame: Frame,
    place: String,
    questions: String,
    topics: Vec<(String, Words)>,
    lessons: Vec<Line>,
    next: Option<String>,
}

/// A lesson as it is listed.
struct Line {
    id: String,
    number: i32,
    title: Words,
    topic: String,
    why: Sentence,
    when: When,
    forgotten: bool,
}

fn why(of: Why) -> Sentence {
    match of {
        Why::Answered => Sentence::fixed("answered under this topic", "이 주제로 답변됨"),
        Why::TopicChanged => Sentence::fixed("moved to this topic", "이 주제로 바뀜"),
        Why::HandedOff => Sentence::fixed("handed off to those who answer for this topic", "이 주제의 담당에게 넘어감"),
        Why::Organizer => Sentence::fixed("an organizer said so", "운영진이 정함"),
    }
}

/// Where a list goes on.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct From {
    cursor: Option<String>,
}

/// `GET /h/{hackathon}/settings/lessons`
pub async fn show(visit: Visit, may: May<SeeDraft, Hackathon>, from: web::Query<From>) -> Shown {
    let lang = visit.lang;
    let request = PageRequest::parse(LIST, Some(MOST), from.cursor.as_deref())?;
    let drawn = may.read(move |tx, right| whole(tx, right, &visit, &request));
    page(StatusCode::OK, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<SeeDraft, Hackathon>, visit: &Visit, request: &PageRequest) -> Result<Page> {
    let here = right.on();
    let rows = store::list(tx, here.id, store::Wanted::default(), request)?;
    let Rows { items, next } = Rows::of(LIST, request, rows, |row| row.id.uuid());
    let topics = topic::store::all(tx, here.id)?;
    let watch = visit.watch(here);
    let line = |one: Lesson| Line {
        id: one.id.to_string(),
        number: one.question.number,
        title: Words::typed(one.question.title.as_str(), visit.lang),
        topic: slug(&topics, &one),
        why: why(one.why),
        when: watch.ago(one.learnt_at),
        forgotten: one.forgotten_at.is_some(),
    };
    let place = format!("{}/lessons", place(here));
    Ok(Page {
        lessons: items.into_iter().map(line).collect(),
        next: next.map(|cursor| format!("{place}?cursor={cursor}")),
        frame: frame(tx, visit, right, &place)?,
        questions: format!("/h/{}/questions", here.slug),
        place,
        topics: topics.iter().map(|one| (one.facts.slug.to_string(), Words::of(&one.facts.name, visit.lang))).collect(),
    })
}

fn slug(topics: &[Topic], of: &Lesson) -> String {
    topics.iter().find(|topic| topic.id == of.topic).map(|topic| topic.facts.slug.to_string()).unwrap_or_default()
}

/// What is to become of a lesson.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Corrected {
    topic: String,
    forgotten: String,
}

/// `POST /h/{hackathon}/settings/lessons/{lesson}`
pub async fn change(may: May<Change, Within<Hackathon, Lesson>>, Form(said): Form<Corrected>) -> Shown {
    let place = format!("/h/{}/settings/lessons", may.path().text("hackathon")?);
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let topic = filled(&said.topic).map(|key| topic::named(tx, parent.id, key, "/topic")).transpose()?;
        let forgotten = filled(&said.forgotten).map(|word| word == "true");
        lesson::correct(tx, item, topic.map(|topic| topic.id), forgotten).map(drop)
    })
    .await?;
    Ok(see_other(&place))
}
