//! How a question ends and begins again: accept, close, reopen, withdraw, duplicates.

use serde::Deserialize;

use super::then::Then;
use crate::access::policy::Settle;
use crate::access::{May, Within};
use crate::base::{Error, Id, Key, Result, say};
use crate::hackathon::Hackathon;
use crate::pages::Shown;
use crate::pages::form::{Form, maybe_text};
use crate::question::{self, MergeTurn, ResolutionWord, Turn};

/// Which answer is accepted.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Acceptance {
    answer: String,
}

/// `POST .../accept`
pub async fn accept(may: May<Settle, Within<Hackathon, Turn>>, then: Then, Form(said): Form<Acceptance>) -> Shown {
    let Some(Key::Id(answer)) = Key::parse(&said.answer) else { return Err(Error::NotFound) };
    let answer = Id::from_uuid(answer);
    let done = then.turn(may, move |tx, right, known| question::accept(tx, right, known, answer)).await;
    then.done(done, Vec::new()).await
}

/// How it ends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Closing {
    resolution: String,
    comment: String,
}

/// `POST .../close`
pub async fn close(may: May<Settle, Within<Hackathon, Turn>>, then: Then, Form(said): Form<Closing>) -> Shown {
    let read = resolution(&said.resolution).and_then(|how| Ok((how, maybe_text(&said.comment, "/close-comment")?)));
    let done = match read {
        Ok((how, because)) => {
            then.turn(may, move |tx, right, known| question::close(tx, right, known, how, because.as_ref())).await
        }
        Err(refusal) => Err(refusal),
    };
    then.done(done, vec![("resolution", said.resolution), ("close-comment", said.comment)]).await
}

fn resolution(word: &str) -> Result<ResolutionWord> {
    ResolutionWord::from_word(word).ok_or_else(|| {
        let detail = say!("Choose how the question ends.", "질문을 어떻게 닫을지 고르세요.");
        Error::invalid("/resolution", "value.unknown", detail)
    })
}

/// Why it is opened again.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Reopening {
    comment: String,
}

/// `POST .../reopen`
pub async fn reopen(may: May<Settle, Within<Hackathon, Turn>>, then: Then, Form(said): Form<Reopening>) -> Shown {
    let done = match maybe_text(&said.comment, "/reopen-comment") {
        Ok(because) => {
            then.turn(may, move |tx, right, known| question::reopen(tx, right, known, because.as_ref())).await
        }
        Err(refusal) => Err(refusal),
    };
    then.done(done, vec![("reopen-comment", said.comment)]).await
}

/// `POST .../withdraw`
pub async fn withdraw(may: May<Settle, Within<Hackathon, Turn>>, then: Then) -> Shown {
    let done = then.turn(may, question::withdraw).await;
    then.done(done, Vec::new()).await
}

/// Of which question it is a duplicate: its number.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Duplicate {
    of: String,
}

/// `POST .../duplicate`
pub async fn merge(may: May<Settle, Within<Hackathon, MergeTurn>>, then: Then, Form(said): Form<Duplicate>) -> Shown {
    let of = said.of.trim().trim_start_matches('#').to_owned();
    let done = then.turn(may, move |tx, right, known| question::merge(tx, right, known, &of)).await;
    then.done(done, vec![("of", said.of)]).await
}
