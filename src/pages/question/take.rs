//! Who has a question: claim, release, take over, reassign, wait, resume.

use serde::Deserialize;

use super::then::Then;
use crate::access::policy::{Claim, Resume, TakeOver};
use crate::access::{May, Within};
use crate::base::{Error, Fault, Id, Key, Result, say};
use crate::consortium::Member;
use crate::hackathon::Hackathon;
use crate::pages::Shown;
use crate::pages::form::{Form, maybe_text};
use crate::question::{self, Turn};

/// `POST .../claim`
pub async fn claim(may: May<Claim, Within<Hackathon, Turn>>, then: Then) -> Shown {
    let done = then.turn(may, question::claim).await;
    then.done(done, Vec::new()).await
}

/// `POST .../release`
pub async fn release(may: May<Claim, Within<Hackathon, Turn>>, then: Then) -> Shown {
    let done = then.turn(may, question::release).await;
    then.done(done, Vec::new()).await
}

/// `POST .../take-over`
pub async fn take_over(may: May<TakeOver, Within<Hackathon, Turn>>, then: Then) -> Shown {
    let done = then.turn(may, question::take_over).await;
    then.done(done, Vec::new()).await
}

/// Who is to have it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Reassignment {
    to: String,
}

/// `POST .../reassign`
pub async fn reassign(
    may: May<TakeOver, Within<Hackathon, Turn>>,
    then: Then,
    Form(said): Form<Reassignment>,
) -> Shown {
    let done = match member(&said.to) {
        Ok(to) => {
            then.turn(may, move |tx, right, known| question::reassign(tx, right, known, to)).await.map_err(at_its_field)
        }
        Err(refusal) => Err(refusal),
    };
    then.done(done, vec![("assignee", said.to)]).await
}

/// The concept calls it `to`, which is another field of the same page.
fn at_its_field(refusal: Error) -> Error {
    let moved = |fault: Fault| Fault { pointer: fault.pointer.replace("/to", "/assignee"), ..fault };
    match refusal {
        Error::Invalid(faults) => Error::Invalid(faults.into_iter().map(moved).collect()),
        other => other,
    }
}

fn member(key: &str) -> Result<Id<Member>> {
    match Key::parse(key) {
        Some(Key::Id(id)) => Ok(Id::from_uuid(id)),
        _ => {
            let detail = say!("Choose who is to have the question.", "질문을 맡을 사람을 고르세요.");
            Err(Error::invalid("/assignee", "member.missing", detail))
        }
    }
}

/// What the asker is asked.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Waiting {
    comment: String,
}

/// `POST .../wait`
pub async fn wait(may: May<Claim, Within<Hackathon, Turn>>, then: Then, Form(said): Form<Waiting>) -> Shown {
    let done = match maybe_text(&said.comment, "/ask-back") {
        Ok(asked) => then.turn(may, move |tx, right, known| question::wait(tx, right, known, asked.as_ref())).await,
        Err(refusal) => Err(refusal),
    };
    then.done(done, vec![("ask-back", said.comment)]).await
}

/// `POST .../resume`
pub async fn resume(may: May<Resume, Within<Hackathon, Turn>>, then: Then) -> Shown {
    let done = then.turn(may, question::resume).await;
    then.done(done, Vec::new()).await
}
