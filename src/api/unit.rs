//! `/v1/hackathons/{hackathon}/units`: divisions of organizations.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Id, Instant, Localized, Name, Page, Patch, Said, Slug, given};
use crate::consortium::organization::OrganizationId;
use crate::consortium::store::unit as store;
use crate::consortium::unit::{self, Facts};
use crate::consortium::{Member, Unit, named};
use crate::hackathon::{self, Hackathon};
use crate::matrix;

const LIST: &str = "units";

/// A unit as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<Unit>,
    slug: Slug,
    name: Localized,
    organization: OrganizationId,
    lead: Option<Id<Member>>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Unit> for View {
    fn from(unit: Unit) -> View {
        let Unit { id, slug, name, organization, lead, created_at, updated_at, .. } = unit;
        View { id, slug, name, organization, lead, created_at, updated_at }
    }
}

/// `GET /v1/hackathons/{hackathon}/units`
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may.read(move |tx, right| store::list(tx, right.on().id, &page)).await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from))
}

/// A new unit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewUnit {
    organization: String,
    slug: Slug,
    name: Said<Name>,
    lead: Option<Id<Member>>,
}

/// `POST /v1/hackathons/{hackathon}/units`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<NewUnit>) -> Answered {
    let lang = sent.lang;
    may.post(sent, move |tx, right, new| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let organization = named::organization(tx, here.id, &new.organization, "/organization")?.id;
        let facts = Facts { organization, slug: new.slug, name: new.name.in_lang(lang), lead: new.lead };
        let made = unit::add(tx, here.id, &facts)?;
        let (place, tag) = (format!("/v1/hackathons/{}/units/{}", here.slug, made.slug), made.tag());
        Ok(Answer::created(place, &View::from(made))?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/units/{unit}`
pub async fn show(may: May<See, Within<Hackathon, Unit>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of a unit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitPatch {
    #[serde(default, deserialize_with = "given")]
    organization: Option<String>,
    #[serde(default, deserialize_with = "given")]
    slug: Option<Slug>,
    #[serde(default, deserialize_with = "given")]
    name: Option<Said<Name>>,
    #[serde(default)]
    lead: Patch<Id<Member>>,
}

/// `PATCH /v1/hackathons/{hackathon}/units/{unit}`
pub async fn change(may: May<Change, Within<Hackathon, Unit>>, Body(sent): Body<UnitPatch>) -> Answered {
    let (patch, lang) = (sent.value, sent.lang);
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let mut facts = item.facts();
        if let Some(key) = &patch.organization {
            facts.organization = named::organization(tx, parent.id, key, "/organization")?.id;
        }
        facts.lead = patch.lead.apply(facts.lead);
        facts.slug = patch.slug.unwrap_or(facts.slug);
        facts.name = patch.name.map_or(facts.name, |said| said.in_lang(lang));
        shown(unit::change(tx, item, facts)?)
    })
    .await
}

fn shown(unit: Unit) -> Answered {
    let tag = unit.tag();
    Ok(Answer::ok(&View::from(unit))?.tagged(tag))
}

/// `DELETE /v1/hackathons/{hackathon}/units/{unit}`
pub async fn remove(may: May<Change, Within<Hackathon, Unit>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        matrix::remove_unit(tx, parent, item)?;
        Ok(Answer::done())
    })
    .await
}
