//! `/v1/hackathons/{hackathon}/questions/{question}`: one question, and its history.

use actix_web::HttpRequest;
use actix_web::web::Data;
use serde::Deserialize;

use super::{kept, view};
use crate::access::policy::{EditQuestion, SeeQuestions};
use crate::access::{May, Within};
use crate::api::{Answered, Body, Paging, Query, answer};
use crate::base::{Name, Page, Patch, Text};
use crate::directory::{Directories, Directory};
use crate::hackathon::Hackathon;
use crate::question::store::event;
use crate::question::{self, Edit, Question, Turn, Visibility};

const EVENTS: &str = "question events";

/// `GET /v1/hackathons/{hackathon}/questions/{question}`
pub async fn show(may: May<SeeQuestions, Within<Hackathon, Question>>) -> Answered {
    may.read(|tx, right| view::shown(tx, right.user(), &right.on().item)).await
}

/// A change of a question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionPatch {
    title: Option<Name>,
    #[serde(default)]
    body: Patch<Text>,
    #[serde(default)]
    topic: Patch<String>,
    visibility: Option<Visibility>,
}

/// `PATCH /v1/hackathons/{hackathon}/questions/{question}`
pub async fn change(
    may: May<EditQuestion, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Body(sent): Body<QuestionPatch>,
) -> Answered {
    let kept = kept(&known, &may).await?;
    let QuestionPatch { title, body, topic, visibility } = sent.value;
    may.write(move |tx, right| {
        let directory = Directory::current(tx, &right.on().parent, &kept)?;
        let edit = Edit { title, body, topic, visibility };
        let changed = question::edit(tx, right, &directory, edit)?;
        view::shown(tx, right.user(), &changed)
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/questions/{question}/events`
pub async fn events(
    req: HttpRequest,
    may: May<SeeQuestions, Within<Hackathon, Question>>,
    Query(paging): Query<Paging>,
) -> Answered {
    let page = paging.of(EVENTS)?;
    let found = may
        .read(move |tx, right| {
            let Within { parent, item } = right.on();
            let internal = view::standing(tx, parent.id, right.user())?.reads_notes(item);
            let rows = event::list(tx, item.id, internal, &page)?;
            let Page { items, next } = Page::of(EVENTS, &page, rows, event::place);
            Ok(Page { items: view::events(tx, parent.id, &items)?, next })
        })
        .await?;
    answer::page(&req, &found)
}
