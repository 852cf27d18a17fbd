//! How a question ends and begins again: accept, close, reopen, withdraw, duplicates.

use actix_web::web::Data;
use serde::Deserialize;

use super::kept;
use super::then::Then;
use crate::access::policy::Settle;
use crate::access::{May, Within};
use crate::base::{Error, Id, Key, Result, say};
use crate::directory::{Directories, Directory};
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
    then.done(may.write(move |tx, right| question::accept(tx, right, Id::from_uuid(answer))).await, Vec::new()).await
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
        Ok((how, because)) => may.write(move |tx, right| question::close(tx, right, how, because.as_ref())).await,
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
pub async fn reopen(
    may: May<Settle, Within<Hackathon, Turn>>,
    directories: Data<Directories>,
    then: Then,
    Form(said): Form<Reopening>,
) -> Shown {
    let directory = kept(&directories, &may).await?;
    let done = match maybe_text(&said.comment, "/reopen-comment") {
        Ok(because) => {
            may.write(move |tx, right| {
                let directory = Directory::current(tx, &right.on().parent, &directory)?;
                question::reopen(tx, right, &directory, because.as_ref())
            })
            .await
        }
        Err(refusal) => Err(refusal),
    };
    then.done(done, vec![("reopen-comment", said.comment)]).await
}

/// `POST .../withdraw`
pub async fn withdraw(may: May<Settle, Within<Hackathon, Turn>>, then: Then) -> Shown {
    then.done(may.write(|tx, right| question::withdraw(tx, right)).await, Vec::new()).await
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
    let done = may.write(move |tx, right| question::merge(tx, right, &of)).await;
    then.done(done, vec![("of", said.of)]).await
}
