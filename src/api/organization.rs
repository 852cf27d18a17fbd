//! `/v1/organizations`: the organizations that this server knows.

use actix_web::HttpRequest;
use serde::Deserialize;

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Administer, SeeOwn};
use crate::access::{Answer, May, Roles, Server};
use crate::base::{Name, Page, Said, Slug};
use crate::organization::{Organization, store};

const LIST: &str = "organizations";

/// `GET /v1/organizations`: those of the caller's hackathons; to an administrator, all.
pub async fn list(req: HttpRequest, may: May<SeeOwn, Server>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may
        .read(move |tx, right| match right.roles().meet(Roles::ADMIN) {
            true => store::list(tx, &page),
            false => store::list_of(tx, right.user(), &page),
        })
        .await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()))
}

/// A new organization.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOrganization {
    slug: Slug,
    name: Said<Name>,
}

/// `POST /v1/organizations`
pub async fn create(may: May<Administer, Server>, Body(sent): Body<NewOrganization>) -> Answered {
    let sent = sent.map(|new, lang| (new.slug, new.name.in_lang(lang)));
    may.post(sent, |tx, _, (slug, name)| {
        let made = store::insert(tx, &slug, &name)?;
        shown(Answer::created(format!("/v1/organizations/{}", made.slug), &made)?, &made)
    })
    .await
}

/// `GET /v1/organizations/{organization}`
pub async fn show(may: May<SeeOwn, Organization>) -> Answered {
    may.read(|_, right| shown(Answer::ok(right.on())?, right.on())).await
}

/// A change of an organization.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganizationPatch {
    slug: Option<Slug>,
    name: Option<Said<Name>>,
}

/// `PATCH /v1/organizations/{organization}`
pub async fn change(may: May<Administer, Organization>, Body(sent): Body<OrganizationPatch>) -> Answered {
    let (patch, lang) = (sent.value, sent.lang);
    may.write(move |tx, right| {
        let Organization { id, slug, name, .. } = right.on().clone();
        let name = patch.name.map_or(name, |said| said.in_lang(lang));
        let changed = store::update(tx, id, &patch.slug.unwrap_or(slug), &name)?;
        shown(Answer::ok(&changed)?, &changed)
    })
    .await
}

fn shown(answer: Answer, organization: &Organization) -> Answered {
    use crate::access::Resource;
    Ok(answer.tagged(organization.tag()))
}
