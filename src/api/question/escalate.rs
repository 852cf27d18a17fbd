//! Escalating by hand.

use actix_web::web::Data;
use serde::Deserialize;

use super::{turn, view};
use crate::access::policy::Escalate;
use crate::access::{May, Within};
use crate::api::{Answered, Body};
use crate::base::Text;
use crate::consortium::HolderSaid;
use crate::directory::Directories;
use crate::escalation_policy::{TellKind, tell};
use crate::hackathon::Hackathon;
use crate::question::{self, Escalation, Turn};

/// Who is to be told, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewEscalation {
    tell: Option<TellKind>,
    holder: Option<HolderSaid>,
    reason: Text,
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/escalate`
pub async fn escalate(
    may: May<Escalate, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Body(sent): Body<NewEscalation>,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, new| {
        let kind = new.tell.unwrap_or(TellKind::Accountable);
        let tell = tell::named(tx, right.on().parent.id, kind, new.holder.as_ref(), "")?;
        let escalated = question::escalate(tx, right, directory, &Escalation { tell, reason: new.reason })?;
        view::shown(tx, right.user(), &escalated)
    })
    .await
}
