//! Who has a question: claim, release, take over, reassign, wait, resume.

use actix_web::web::Data;
use serde::Deserialize;

use super::{turn, view};
use crate::access::policy::{Claim, Resume, TakeOver};
use crate::access::{May, Within};
use crate::api::{Answered, Body, Empty, MaybeBody};
use crate::base::{Id, Text};
use crate::consortium::Member;
use crate::directory::Directories;
use crate::hackathon::Hackathon;
use crate::question::{self, Turn};

/// `POST /v1/hackathons/{hackathon}/questions/{question}/claim`
pub async fn claim(may: May<Claim, Within<Hackathon, Turn>>, known: Data<Directories>, Empty(sent): Empty) -> Answered {
    turn(may, &known, sent, |tx, right, directory, ()| {
        let claimed = question::claim(tx, right, directory)?;
        view::shown(tx, right.user(), &claimed)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/release`
pub async fn release(
    may: May<Claim, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Empty(sent): Empty,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, ()| {
        let released = question::release(tx, right, directory)?;
        view::shown(tx, right.user(), &released)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/take-over`
pub async fn take_over(
    may: May<TakeOver, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Empty(sent): Empty,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, ()| {
        let taken = question::take_over(tx, right, directory)?;
        view::shown(tx, right.user(), &taken)
    })
    .await
}

/// Who is to have it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reassignment {
    to: Id<Member>,
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/reassign`
pub async fn reassign(
    may: May<TakeOver, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Body(sent): Body<Reassignment>,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, body| {
        let given = question::reassign(tx, right, directory, body.to)?;
        view::shown(tx, right.user(), &given)
    })
    .await
}

/// What the asker is asked.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    comment: Option<Text>,
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/wait`
pub async fn wait(
    may: May<Claim, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    MaybeBody(sent): MaybeBody<Waiting>,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, body| {
        let waiting = question::wait(tx, right, directory, body.comment.as_ref())?;
        view::shown(tx, right.user(), &waiting)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/resume`
pub async fn resume(
    may: May<Resume, Within<Hackathon, Turn>>,
    known: Data<Directories>,
    Empty(sent): Empty,
) -> Answered {
    turn(may, &known, sent, |tx, right, directory, ()| {
        let resumed = question::resume(tx, right, directory)?;
        view::shown(tx, right.user(), &resumed)
    })
    .await
}
