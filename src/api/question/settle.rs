//! How a question ends and begins again: accept, close, reopen, withdraw, duplicates.

use actix_web::web::Data;
use serde::Deserialize;

use super::{turn, view};
use crate::access::policy::Settle;
use crate::access::{May, Within};
use crate::api::{Answered, Body, Empty, MaybeBody};
use crate::base::{Id, Text};
use crate::directory::Directories;
use crate::hackathon::Hackathon;
use crate::question::{self, MergeTurn, Post, ResolutionWord, Turn};

/// Which answer is accepted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    answer: Id<Post>,
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/accept`
pub async fn accept(
    may: May<Settle, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Body(sent): Body<Acceptance>,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, body| {
        let accepted = question::accept(tx, right, directory, body.answer)?;
        view::shown(tx, right.user(), &accepted)
    })
    .await
}

/// How it ends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    resolution: ResolutionWord,
    comment: Option<Text>,
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/close`
pub async fn close(
    may: May<Settle, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Body(sent): Body<Closing>,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, body| {
        let closed = question::close(tx, right, directory, body.resolution, body.comment.as_ref())?;
        view::shown(tx, right.user(), &closed)
    })
    .await
}

/// Why it is opened again.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    comment: Option<Text>,
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/reopen`
pub async fn reopen(
    may: May<Settle, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    MaybeBody(sent): MaybeBody<Reopening>,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, body| {
        let reopened = question::reopen(tx, right, directory, body.comment.as_ref())?;
        view::shown(tx, right.user(), &reopened)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/withdraw`
pub async fn withdraw(
    may: May<Settle, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Empty(sent): Empty,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, ()| {
        let withdrawn = question::withdraw(tx, right, directory)?;
        view::shown(tx, right.user(), &withdrawn)
    })
    .await
}

/// Of which question it is a duplicate: an id or a number.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duplicate {
    of: String,
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/duplicates`
pub async fn merge(
    may: May<Settle, Within<Hackathon, MergeTurn>>,
    known: Data<Directories>,
    Body(sent): Body<Duplicate>,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, body| {
        let merged = question::merge(tx, right, directory, &body.of)?;
        view::shown(tx, right.user(), &merged)
    })
    .await
}
