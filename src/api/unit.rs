//! `/v1/hackathons/{hackathon}/units`: divisions of organizations.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Id, Instant, Localized, Name, Page, Patch, Result, Said, Slug, given};
use crate::consortium::organization::OrganizationId;
use crate::consortium::store::unit as store;
use crate::consortium::{Holder, Member, Unit, named, removal};
use crate::db::Tx;
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
        let mut made = store::insert(tx, here.id, organization, &new.slug, &new.name.in_lang(lang))?;
        if new.lead.is_some() {
            made.lead = lead(tx, here.id, new.lead)?;
            store::set_lead(tx, made.id, made.lead)?;
        }
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
        let mut unit = item.clone();
        if let Some(key) = &patch.organization {
            unit.organization = named::organization(tx, parent.id, key, "/organization")?.id;
        }
        unit.lead = lead(tx, parent.id, patch.lead.apply(unit.lead))?;
        unit.slug = patch.slug.unwrap_or(unit.slug);
        unit.name = patch.name.map_or(unit.name, |said| said.in_lang(lang));
        shown(store::update(tx, &unit)?)
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
        matrix::let_go(tx, parent, Holder::Unit(item.id))?;
        removal::remove_unit(tx, item)?;
        Ok(Answer::done())
    })
    .await
}

/// A lead must be a member.
fn lead(tx: &mut Tx, hackathon: Id<Hackathon>, id: Option<Id<Member>>) -> Result<Option<Id<Member>>> {
    let found = id.map(|id| named::member(tx, hackathon, id, "/lead")).transpose()?;
    Ok(found.map(|member| member.id))
}
