//! `/v1/hackathons/{hackathon}/submissions`: what teams hand in.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use crate::access::policy::{SeeSubmissions, Submit};
use crate::access::{Answer, Item, May, Within};
use crate::api::{Answered, Body, Paging, Query, answer};
use crate::base::{Id, Instant, Name, Page, Patch, Text, given};
use crate::consortium::Member;
use crate::hackathon::Hackathon;
use crate::judging::store::submission as store;
use crate::judging::submission::{self, Facts};
use crate::judging::{Link, Submission};
use crate::team;

const LIST: &str = "submissions";

/// A submission as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<Submission>,
    team: TeamView,
    #[serde(flatten)]
    facts: Facts,
    submitted_by: Id<Member>,
    created_at: Instant,
    updated_at: Instant,
}

/// A team by its name.
#[derive(Serialize)]
struct TeamView {
    slug: crate::base::Slug,
    name: crate::base::Localized,
}

impl From<Submission> for View {
    fn from(of: Submission) -> View {
        let Submission { id, team_slug: slug, team_name: name, facts, submitted_by, created_at, updated_at, .. } = of;
        View { id, team: TeamView { slug, name }, facts, submitted_by, created_at, updated_at }
    }
}

/// `GET /v1/hackathons/{hackathon}/submissions`
pub async fn list(req: HttpRequest, may: May<SeeSubmissions, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may
        .read(move |tx, right| {
            let here = right.on().id;
            let teams = submission::visible(tx, here, right.user(), right.roles())?;
            store::list(tx, here, teams.as_deref(), &page)
        })
        .await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from))
}

/// A new submission.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSubmission {
    team: String,
    title: Name,
    summary: Option<Text>,
    #[serde(default)]
    links: Vec<Link>,
}

/// `POST /v1/hackathons/{hackathon}/submissions`
pub async fn create(may: May<Submit, Hackathon>, Body(sent): Body<NewSubmission>) -> Answered {
    may.post(sent, |tx, right, new| {
        let here = right.on();
        let NewSubmission { team, title, summary, links } = new;
        let team = team::named(tx, here.id, &team, "/team")?;
        let made = submission::submit(tx, here, right.actor(), &team, &Facts { title, summary, links })?;
        let (place, tag) = (format!("/v1/hackathons/{}/submissions/{}", here.slug, made.id), made.tag());
        Ok(Answer::created(place, &View::from(made))?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/submissions/{submission}`
pub async fn show(may: May<SeeSubmissions, Within<Hackathon, Submission>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of a submission.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmissionPatch {
    #[serde(default, deserialize_with = "given")]
    title: Option<Name>,
    #[serde(default)]
    summary: Patch<Text>,
    #[serde(default, deserialize_with = "given")]
    links: Option<Vec<Link>>,
}

/// `PATCH /v1/hackathons/{hackathon}/submissions/{submission}`
pub async fn change(may: May<Submit, Within<Hackathon, Submission>>, Body(sent): Body<SubmissionPatch>) -> Answered {
    let patch = sent.value;
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        let now = item.facts.clone();
        let facts = Facts {
            title: patch.title.unwrap_or(now.title),
            summary: patch.summary.apply(now.summary),
            links: patch.links.unwrap_or(now.links),
        };
        shown(submission::change(tx, parent, (right.user(), right.roles()), item, &facts)?)
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/submissions/{submission}`
pub async fn withdraw(may: May<Submit, Within<Hackathon, Submission>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        submission::withdraw(tx, parent, (right.user(), right.roles()), item)?;
        Ok(Answer::done())
    })
    .await
}

fn shown(submission: Submission) -> Answered {
    let tag = submission.tag();
    Ok(Answer::ok(&View::from(submission))?.tagged(tag))
}
