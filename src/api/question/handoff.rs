//! Hand-offs: offered on a question, accepted, declined or withdrawn by themselves.

use actix_web::web::Data;
use serde::Deserialize;

use super::{turn, view};
use crate::access::policy::{HandOff, Receive, SeeQuestions};
use crate::access::{Answer, May, Within};
use crate::api::{Answered, Body, Empty};
use crate::base::{Page, Text};
use crate::consortium::HolderSaid;
use crate::directory::Directories;
use crate::hackathon::Hackathon;
use crate::question::store::handoff as store;
use crate::question::{self, Handing, InCharge, Offer, Question, Turn};

/// `GET /v1/hackathons/{hackathon}/questions/{question}/handoffs`: all of them, in order. They are few.
pub async fn list(may: May<SeeQuestions, Within<Hackathon, Question>>) -> Answered {
    may.read(|tx, right| {
        let question = &right.on().item;
        let all = store::all(tx, question.id)?;
        Answer::ok(&Page { items: view::handoffs(tx, right.user(), question, &all)?, next: None })
    })
    .await
}

/// To whom, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewHandoff {
    to: HolderSaid,
    reason: Text,
    note: Option<Text>,
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/handoffs`
pub async fn offer(
    may: May<HandOff, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Body(sent): Body<NewHandoff>,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, new| {
        let here = &right.on().parent;
        let to = InCharge::named(tx, here.id, &new.to, "/to")?;
        let handing = Handing { to, reason: new.reason, note: new.note };
        let (question, offer) = question::hand_off(tx, right, directory, handing)?;
        view::offered(tx, right.user(), here, &question, offer)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/handoffs/{handoff}/accept`
pub async fn accept(
    may: May<Receive, Within<Hackathon, Offer>>,
    known: Data<Directories>,
    Empty(sent): Empty,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, ()| {
        let Within { parent, item } = right.on();
        let question = question::accept_handoff(tx, right, directory)?;
        view::settled(tx, parent, &question, item.handoff.id)
    })
    .await
}

/// Why it is declined.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declining {
    reason: Text,
}

/// `POST /v1/hackathons/{hackathon}/handoffs/{handoff}/decline`
pub async fn decline(
    may: May<Receive, Within<Hackathon, Offer>>,
    known: Data<Directories>,
    Body(sent): Body<Declining>,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, body| {
        let Within { parent, item } = right.on();
        let question = question::decline_handoff(tx, right, directory, &body.reason)?;
        view::settled(tx, parent, &question, item.handoff.id)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/handoffs/{handoff}/withdraw`
pub async fn withdraw(
    may: May<HandOff, Within<Hackathon, Offer>>,
    known: Data<Directories>,
    Empty(sent): Empty,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, ()| {
        let Within { parent, item } = right.on();
        let question = question::withdraw_handoff(tx, right, directory)?;
        view::settled(tx, parent, &question, item.handoff.id)
    })
    .await
}
