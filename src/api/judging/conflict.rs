//! `/v1/hackathons/{hackathon}/conflicts`: who must not judge whom.

use serde::{Deserialize, Serialize};

use crate::access::policy::{Change, Declare, SeeJudging};
use crate::access::{Answer, May, Within};
use crate::api::{Answered, Body};
use crate::base::{Id, Page, Text};
use crate::consortium::Member;
use crate::hackathon::Hackathon;
use crate::judging::conflict::{self, Declared};
use crate::team;

/// `GET /v1/hackathons/{hackathon}/conflicts`: all to organizers, a judge's own to them.
pub async fn list(may: May<SeeJudging, Hackathon>) -> Answered {
    may.read(|tx, right| {
        let items = conflict::told_to(tx, right.on().id, right.user(), right.roles())?;
        Answer::ok(&Page { items, next: None })
    })
    .await
}

/// A declaration.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewConflict {
    team: String,
    /// Left out: the caller.
    judge: Option<Id<Member>>,
    reason: Text,
}

/// What was declared.
#[derive(Serialize)]
struct View {
    id: Id<Declared>,
    judge: Id<Member>,
    team: crate::base::Slug,
    reason: Text,
}

/// `POST /v1/hackathons/{hackathon}/conflicts`: by a judge for themselves, by an organizer for anybody.
pub async fn declare(may: May<Declare, Hackathon>, Body(sent): Body<NewConflict>) -> Answered {
    may.post(sent, |tx, right, new| {
        let here = right.on();
        let judge = conflict::whose(tx, here.id, (right.user(), right.roles()), new.judge)?;
        let team = team::named(tx, here.id, &new.team, "/team")?;
        let made = conflict::declare(tx, here.id, right.user(), (&judge, &team), &new.reason)?;
        let place = format!("/v1/hackathons/{}/conflicts/{}", here.slug, made.id);
        Answer::created(place, &View { id: made.id, judge: made.judge, team: team.slug, reason: made.reason })
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/conflicts/{conflict}`
pub async fn take_back(may: May<Change, Within<Hackathon, Declared>>) -> Answered {
    may.write(|tx, right| {
        conflict::take_back(tx, &right.on().item, right.user())?;
        Ok(Answer::done())
    })
    .await
}
