//! Escalating by hand: having somebody told before the clock does it.

use serde::Deserialize;

use super::then::Then;
use crate::access::policy::Escalate;
use crate::access::{May, Within};
use crate::base::{Error, Result, Text, say};
use crate::escalation_policy::Tell;
use crate::hackathon::Hackathon;
use crate::pages::Shown;
use crate::pages::form::{Form, text};
use crate::question::{self, Escalation, Turn};

/// Who is to be told, and why.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct NewEscalation {
    tell: String,
    reason: String,
}

/// `POST .../escalate`
pub async fn escalate(
    may: May<Escalate, Within<Hackathon, Turn>>,
    then: Then,
    Form(said): Form<NewEscalation>,
) -> Shown {
    let done = match reason(&said.reason) {
        Ok(reason) => {
            let escalation = Escalation { tell: tell(&said.tell), reason };
            then.turn(may, move |tx, right, known| question::escalate(tx, right, known, &escalation)).await
        }
        Err(refusal) => Err(refusal),
    };
    then.done(done, vec![("tell", said.tell), ("escalation-reason", said.reason)]).await
}

fn reason(said: &str) -> Result<Text> {
    text(said, "/escalation-reason").map_err(|_empty| {
        let detail = say!("Say why they are told, in a sentence.", "알리는 이유를 한 문장으로 적으세요.");
        Error::invalid("/escalation-reason", "reason.missing", detail)
    })
}

/// As it stands in the list to choose from; the accountable where nothing else is meant.
fn tell(chosen: &str) -> Tell {
    match chosen {
        "holder_lead" => Tell::HolderLead,
        "team_mentors" => Tell::TeamMentors,
        "organizers" => Tell::Organizers,
        _ => Tell::Accountable,
    }
}
