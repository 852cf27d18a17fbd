//! `/v1/hackathons/{hackathon}/lessons`: what the router learnt from questions.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, SeeDraft};
use crate::access::{Answer, May, Within};
use crate::base::{Error, Id, Instant, Name, Page, Result, given, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::lesson::{self, Asked, Lesson, Origin, Why, store};
use crate::topic::{self, Topic};

const LIST: &str = "lessons";

/// A lesson as organizers see it.
#[derive(Serialize)]
struct View {
    id: Id<Lesson>,
    question: QuestionView,
    topic: Id<Topic>,
    why: Why,
    forgotten_at: Option<Instant>,
    learnt_at: Instant,
    updated_at: Instant,
}

#[derive(Serialize)]
struct QuestionView {
    id: Id<Origin>,
    number: i32,
    title: Name,
}

impl From<Lesson> for View {
    fn from(lesson: Lesson) -> View {
        let Lesson { id, question, topic, why, forgotten_at, learnt_at, updated_at, .. } = lesson;
        let Asked { id: question, number, title } = question;
        let question = QuestionView { id: question, number, title };
        View { id, question, topic, why, forgotten_at, learnt_at, updated_at }
    }
}

/// Which lessons are asked for.
#[derive(Deserialize)]
pub struct Which {
    /// Only those of this topic, by slug or id.
    topic: Option<String>,
    /// `true`: only what the router must not use; `false`: only what it learnt.
    forgotten: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

/// `GET /v1/hackathons/{hackathon}/lessons?topic=&forgotten=`
pub async fn list(req: HttpRequest, may: May<SeeDraft, Hackathon>, Query(which): Query<Which>) -> Answered {
    let (page, forgotten) = (which.paging.of(LIST)?, is_forgotten(which.forgotten.as_deref())?);
    let rows = may
        .read(move |tx, right| {
            let here = right.on().id;
            let topic = which.topic.map(|key| topic_id(tx, right.on(), &key)).transpose()?;
            store::list(tx, here, store::Wanted { topic, forgotten }, &page)
        })
        .await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from))
}

fn is_forgotten(word: Option<&str>) -> Result<Option<bool>> {
    let unknown = || say!("Write \"true\" or \"false\".", "\"true\" 또는 \"false\"로 적으세요.");
    word.map(|word| word.parse().map_err(|_word| Error::invalid("/forgotten", "value.unknown", unknown()))).transpose()
}

fn topic_id(tx: &mut Tx, here: &Hackathon, key: &str) -> Result<Id<Topic>> {
    Ok(topic::named(tx, here.id, key, "/topic")?.id)
}

/// `GET /v1/hackathons/{hackathon}/lessons/{lesson}`
pub async fn show(may: May<SeeDraft, Within<Hackathon, Lesson>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of a lesson.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonPatch {
    #[serde(default, deserialize_with = "given")]
    topic: Option<String>,
    #[serde(default, deserialize_with = "given")]
    forgotten: Option<bool>,
}

/// `PATCH /v1/hackathons/{hackathon}/lessons/{lesson}`
pub async fn change(may: May<Change, Within<Hackathon, Lesson>>, Body(sent): Body<LessonPatch>) -> Answered {
    let patch = sent.value;
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let topic = patch.topic.map(|key| topic_id(tx, parent, &key)).transpose()?;
        shown(lesson::correct(tx, item, topic, patch.forgotten)?)
    })
    .await
}

fn shown(lesson: Lesson) -> Answered {
    let tag = crate::access::Item::tag(&lesson);
    Ok(Answer::ok(&View::from(lesson))?.tagged(tag))
}
