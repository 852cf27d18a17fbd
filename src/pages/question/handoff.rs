//! Hand-offs: offered on a question, accepted, declined or withdrawn.

use serde::Deserialize;

use super::then::Then;
use crate::access::policy::{HandOff, Receive};
use crate::access::{May, Within};
use crate::base::{Error, Result, say};
use crate::consortium::HolderSaid;
use crate::hackathon::Hackathon;
use crate::pages::Shown;
use crate::pages::form::{Form, maybe_text, text};
use crate::question::{self, Handing, InCharge, Offer, Turn};

/// To whom, and why.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct NewHandoff {
    to: String,
    reason: String,
    note: String,
}

/// `POST .../hand-off`
pub async fn offer(may: May<HandOff, Within<Hackathon, Turn>>, then: Then, Form(said): Form<NewHandoff>) -> Shown {
    let done = match read(&said) {
        Ok((to, reason, note)) => {
            then.turn(may, move |tx, right, known| {
                let to = InCharge::named(tx, right.on().parent.id, &to, "/to")?;
                question::hand_off(tx, right, known, Handing { to, reason, note })
            })
            .await
        }
        Err(refusal) => Err(refusal),
    };
    let NewHandoff { to, reason, note } = said;
    then.done(done, vec![("to", to), ("reason", reason), ("handoff-note", note)]).await
}

type Read = (HolderSaid, crate::base::Text, Option<crate::base::Text>);

fn read(said: &NewHandoff) -> Result<Read> {
    let to = holder(&said.to);
    let reason = text(&said.reason, "/reason").map_err(|_empty| {
        let detail = say!(
            "Say why, in a sentence that the asker can read too.",
            "질문자도 읽을 수 있게 이유를 한 문장으로 적으세요."
        );
        Error::invalid("/reason", "reason.missing", detail)
    });
    let note = maybe_text(&said.note, "/handoff-note");
    match (to, reason, note) {
        (Ok(to), Ok(reason), Ok(note)) => Ok((to, reason, note)),
        (to, reason, note) => {
            let faults = [to.err(), reason.err(), note.err()].into_iter().flatten().flat_map(|error| match error {
                Error::Invalid(faults) => faults,
                _ => Vec::new(),
            });
            Err(Error::Invalid(faults.collect()))
        }
    }
}

/// A holder as it stands in a list to choose from: `unit:operations`, `organization:acme`, `member:<id>`, `role:organizer`.
pub fn holder(chosen: &str) -> Result<HolderSaid> {
    let (kind, name) = chosen.split_once(':').unwrap_or_default();
    let name = Some(name.to_owned());
    match kind {
        "organization" => Ok(HolderSaid { organization: name, ..HolderSaid::default() }),
        "unit" => Ok(HolderSaid { unit: name, ..HolderSaid::default() }),
        "member" => Ok(HolderSaid { member: name, ..HolderSaid::default() }),
        "role" => Ok(HolderSaid { role: name, ..HolderSaid::default() }),
        _ => {
            let detail = say!("Choose who it goes to.", "누구에게 넘길지 고르세요.");
            Err(Error::invalid("/to", "holder.missing", detail))
        }
    }
}

/// `POST .../offers/{handoff}/accept`
pub async fn accept(may: May<Receive, Within<Hackathon, Offer>>, then: Then) -> Shown {
    let done = then.turn(may, question::accept_handoff).await;
    then.done(done, Vec::new()).await
}

/// Why it is declined.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Declining {
    reason: String,
}

/// `POST .../offers/{handoff}/decline`
pub async fn decline(may: May<Receive, Within<Hackathon, Offer>>, then: Then, Form(said): Form<Declining>) -> Shown {
    let done = match text(&said.reason, "/decline-reason") {
        Ok(reason) => {
            then.turn(may, move |tx, right, known| question::decline_handoff(tx, right, known, &reason)).await
        }
        Err(refusal) => Err(refusal),
    };
    then.gone(done, vec![("decline-reason", said.reason)]).await
}

/// `POST .../offers/{handoff}/withdraw`
pub async fn withdraw(may: May<HandOff, Within<Hackathon, Offer>>, then: Then) -> Shown {
    let done = then.turn(may, question::withdraw_handoff).await;
    then.done(done, Vec::new()).await
}
