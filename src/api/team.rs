//! `/v1/hackathons/{hackathon}/teams`: participants who build together.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::roster::{MemberView, MentorView};
use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Id, Instant, Localized, Name, Page, Said, Slug, given};
use crate::hackathon::{self, Hackathon};
use crate::team::{Team, store};

const LIST: &str = "teams";

/// A team as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<Team>,
    slug: Slug,
    name: Localized,
    members: Vec<MemberView>,
    mentors: Vec<MentorView>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Team> for View {
    fn from(team: Team) -> View {
        let Team { id, slug, name, members, mentors, created_at, updated_at, .. } = team;
        let members = members.into_iter().map(MemberView::from).collect();
        let mentors = mentors.into_iter().map(MentorView::from).collect();
        View { id, slug, name, members, mentors, created_at, updated_at }
    }
}

/// `GET /v1/hackathons/{hackathon}/teams`
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may.read(move |tx, right| store::list(tx, right.on().id, &page)).await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from))
}

/// A new team.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTeam {
    slug: Slug,
    name: Said<Name>,
}

/// `POST /v1/hackathons/{hackathon}/teams`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<NewTeam>) -> Answered {
    let sent = sent.map(|new, lang| (new.slug, new.name.in_lang(lang)));
    may.post(sent, |tx, right, (slug, name)| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let made = store::insert(tx, here.id, &slug, &name)?;
        let (place, tag) = (format!("/v1/hackathons/{}/teams/{}", here.slug, made.slug), made.tag());
        Ok(Answer::created(place, &View::from(made))?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/teams/{team}`
pub async fn show(may: May<See, Within<Hackathon, Team>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of a team.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamPatch {
    #[serde(default, deserialize_with = "given")]
    slug: Option<Slug>,
    #[serde(default, deserialize_with = "given")]
    name: Option<Said<Name>>,
}

/// `PATCH /v1/hackathons/{hackathon}/teams/{team}`
pub async fn change(may: May<Change, Within<Hackathon, Team>>, Body(sent): Body<TeamPatch>) -> Answered {
    let (patch, lang) = (sent.value, sent.lang);
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let mut team = item.clone();
        team.slug = patch.slug.unwrap_or(team.slug);
        team.name = patch.name.map_or(team.name, |said| said.in_lang(lang));
        shown(store::update(tx, &team)?)
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/teams/{team}`: its people stay in the hackathon.
pub async fn remove(may: May<Change, Within<Hackathon, Team>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        store::delete(tx, item.id)?;
        Ok(Answer::done())
    })
    .await
}

fn shown(team: Team) -> Answered {
    let tag = team.tag();
    Ok(Answer::ok(&View::from(team))?.tagged(tag))
}
