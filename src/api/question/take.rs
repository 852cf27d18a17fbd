//! Who has a question: claim, release, take over, reassign, wait, resume.

use serde::Deserialize;

use super::view;
use crate::access::policy::{Claim, Resume, TakeOver};
use crate::access::{May, Within};
use crate::api::{Answered, Body, Empty, MaybeBody};
use crate::base::{Id, Text};
use crate::consortium::Member;
use crate::hackathon::Hackathon;
use crate::question::{self, Turn};

/// `POST /v1/hackathons/{hackathon}/questions/{question}/claim`
pub async fn claim(may: May<Claim, Within<Hackathon, Turn>>, Empty(sent): Empty) -> Answered {
    may.post(sent, |tx, right, ()| {
        let claimed = question::claim(tx, right)?;
        view::shown(tx, right.user(), &claimed)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/release`
pub async fn release(may: May<Claim, Within<Hackathon, Turn>>, Empty(sent): Empty) -> Answered {
    may.post(sent, |tx, right, ()| {
        let released = question::release(tx, right)?;
        view::shown(tx, right.user(), &released)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/take-over`
pub async fn take_over(may: May<TakeOver, Within<Hackathon, Turn>>, Empty(sent): Empty) -> Answered {
    may.post(sent, |tx, right, ()| {
        let taken = question::take_over(tx, right)?;
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
pub async fn reassign(may: May<TakeOver, Within<Hackathon, Turn>>, Body(sent): Body<Reassignment>) -> Answered {
    may.post(sent, |tx, right, body| {
        let given = question::reassign(tx, right, body.to)?;
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
pub async fn wait(may: May<Claim, Within<Hackathon, Turn>>, MaybeBody(sent): MaybeBody<Waiting>) -> Answered {
    may.post(sent, |tx, right, body| {
        let waiting = question::wait(tx, right, body.comment.as_ref())?;
        view::shown(tx, right.user(), &waiting)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/questions/{question}/resume`
pub async fn resume(may: May<Resume, Within<Hackathon, Turn>>, Empty(sent): Empty) -> Answered {
    may.post(sent, |tx, right, ()| {
        let resumed = question::resume(tx, right)?;
        view::shown(tx, right.user(), &resumed)
    })
    .await
}
