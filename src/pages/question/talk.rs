//! What is said on a question: answers, comments, internal notes.

use serde::Deserialize;

use super::then::Then;
use crate::access::policy::{Comment, Note, Reply};
use crate::access::{May, Within};
use crate::hackathon::Hackathon;
use crate::pages::Shown;
use crate::pages::form::{Form, text};
use crate::question::{self, Turn};

/// What is said.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Saying {
    body: String,
}

/// `POST .../answer`
pub async fn answer(may: May<Reply, Within<Hackathon, Turn>>, then: Then, Form(said): Form<Saying>) -> Shown {
    let done = match text(&said.body, "/answer") {
        Ok(body) => then.turn(may, move |tx, right, known| question::answer(tx, right, known, &body)).await,
        Err(refusal) => Err(refusal),
    };
    then.done(done, vec![("answer", said.body)]).await
}

/// `POST .../comment`
pub async fn comment(may: May<Comment, Within<Hackathon, Turn>>, then: Then, Form(said): Form<Saying>) -> Shown {
    let done = match text(&said.body, "/comment") {
        Ok(body) => then.turn(may, move |tx, right, known| question::comment(tx, right, known, &body)).await,
        Err(refusal) => Err(refusal),
    };
    then.done(done, vec![("comment", said.body)]).await
}

/// `POST .../note`
pub async fn note(may: May<Note, Within<Hackathon, Turn>>, then: Then, Form(said): Form<Saying>) -> Shown {
    let done = match text(&said.body, "/note") {
        Ok(body) => then.turn(may, move |tx, right, known| question::note(tx, right, known, &body)).await,
        Err(refusal) => Err(refusal),
    };
    then.done(done, vec![("note", said.body)]).await
}
