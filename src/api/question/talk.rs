//! What is said on a question: answers, comments, internal notes.

use actix_web::web::Data;
use serde::Deserialize;

use super::{turn, view};
use crate::access::policy::{Comment, Note, Reply};
use crate::access::{May, Within};
use crate::api::{Answered, Body};
use crate::base::Text;
use crate::directory::Directories;
use crate::hackathon::Hackathon;
use crate::question::{self, Turn};

/// What is said.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saying {
    body: Text,
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/answers`
pub async fn answer(
    may: May<Reply, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Body(sent): Body<Saying>,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, saying| {
        let (question, post) = question::answer(tx, right, directory, &saying.body)?;
        view::said(tx, &right.on().parent, &question, post)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/comments`
pub async fn comment(
    may: May<Comment, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Body(sent): Body<Saying>,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, saying| {
        let (question, post) = question::comment(tx, right, directory, &saying.body)?;
        view::said(tx, &right.on().parent, &question, post)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/notes`
pub async fn note(
    may: May<Note, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Body(sent): Body<Saying>,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, saying| {
        let (question, post) = question::note(tx, right, directory, &saying.body)?;
        view::said(tx, &right.on().parent, &question, post)
    })
    .await
}
