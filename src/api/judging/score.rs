//! `/v1/hackathons/{hackathon}/scores`: what judges say, drafted and sealed.

use serde::{Deserialize, Serialize};

use crate::access::policy::{ChangeScore, Score as Begin, SeeJudging};
use crate::access::{Answer, Item, May, Within};
use crate::api::{Answered, Body, Empty, Query};
use crate::base::{Error, Id, Instant, Name, Page, Patch, Text, given};
use crate::consortium::Member;
use crate::consortium::store::member;
use crate::hackathon::Hackathon;
use crate::judging::store::score as store;
use crate::judging::submission::named;
use crate::judging::{Draft, Point, Score, Submission, score};

/// A score as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<Score>,
    submission: Id<Submission>,
    judge: Id<Member>,
    display_name: Name,
    #[serde(flatten)]
    draft: Draft,
    sealed_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Score> for View {
    fn from(of: Score) -> View {
        let Score { id, submission, judge, display_name, draft, sealed_at, created_at, updated_at, .. } = of;
        View { id, submission, judge, display_name, draft, sealed_at, created_at, updated_at }
    }
}

/// Which scores are wanted.
#[derive(Deserialize)]
pub struct Wanted {
    submission: Option<String>,
}

/// `GET /v1/hackathons/{hackathon}/scores?submission=`: as far as the caller reads them.
pub async fn list(may: May<SeeJudging, Hackathon>, Query(wanted): Query<Wanted>) -> Answered {
    may.read(move |tx, right| {
        let here = right.on().id;
        let of = wanted.submission.as_deref().map(|key| named(tx, here, key)).transpose()?;
        let sealed = store::sealed_by(tx, here, right.user())?;
        let mut scores = store::all(tx, here)?;
        scores.retain(|score| {
            let wanted = of.as_ref().is_none_or(|submission| submission.id == score.submission);
            wanted && score.is_read_by(right.user(), right.roles(), &sealed)
        });
        Answer::ok(&Page { items: scores.into_iter().map(View::from).collect(), next: None })
    })
    .await
}

/// A new score.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewScore {
    submission: String,
    #[serde(default)]
    points: Vec<Point>,
    comment: Option<Text>,
}

/// `POST /v1/hackathons/{hackathon}/scores`
pub async fn create(may: May<Begin, Hackathon>, Body(sent): Body<NewScore>) -> Answered {
    may.post(sent, |tx, right, new| {
        let here = right.on();
        let NewScore { submission, points, comment } = new;
        let judge = member::by_user(tx, here.id, right.user())?.ok_or(Error::NotFound)?;
        let submission = named(tx, here.id, &submission)?;
        let made = score::draft(tx, &judge, &submission, &Draft { points, comment })?;
        let (place, tag) = (format!("/v1/hackathons/{}/scores/{}", here.slug, made.id), made.tag());
        Ok(Answer::created(place, &View::from(made))?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/scores/{score}`
pub async fn show(may: May<SeeJudging, Within<Hackathon, Score>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of a draft.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScorePatch {
    #[serde(default, deserialize_with = "given")]
    points: Option<Vec<Point>>,
    #[serde(default)]
    comment: Patch<Text>,
}

/// `PATCH /v1/hackathons/{hackathon}/scores/{score}`
pub async fn change(may: May<ChangeScore, Within<Hackathon, Score>>, Body(sent): Body<ScorePatch>) -> Answered {
    let patch = sent.value;
    may.write(move |tx, right| {
        let of = &right.on().item;
        let now = of.draft.clone();
        let draft = Draft { points: patch.points.unwrap_or(now.points), comment: patch.comment.apply(now.comment) };
        shown(score::redraft(tx, of, &draft)?)
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/scores/{score}/seal`
pub async fn seal(may: May<ChangeScore, Within<Hackathon, Score>>, Empty(sent): Empty) -> Answered {
    may.post(sent, |tx, right, ()| shown(score::seal(tx, &right.on().item)?)).await
}

/// `DELETE /v1/hackathons/{hackathon}/scores/{score}`
pub async fn remove(may: May<ChangeScore, Within<Hackathon, Score>>) -> Answered {
    may.write(|tx, right| {
        score::drop_draft(tx, &right.on().item)?;
        Ok(Answer::done())
    })
    .await
}

fn shown(score: Score) -> Answered {
    let tag = score.tag();
    Ok(Answer::ok(&View::from(score))?.tagged(tag))
}
