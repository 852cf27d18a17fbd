//! `/v1/hackathons/{hackathon}/organizations`: the consortium.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Within};
use crate::base::text::Unfit;
use crate::base::{Id, Instant, Key, Localized, Name, Page, Patch, Result, Said, Slug, given};
use crate::consortium::organization::{self, Facts, Joining, OrganizationId, join};
use crate::consortium::store::organization as store;
use crate::consortium::{Function, Member, Organization};
use crate::hackathon::{self, Hackathon};
use crate::matrix;

const LIST: &str = "hackathon-organizations";

/// An organization of the consortium as callers see it.
#[derive(Serialize)]
struct View {
    id: OrganizationId,
    slug: Slug,
    name: Localized,
    function: Function,
    lead: Option<Id<Member>>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Organization> for View {
    fn from(organization: Organization) -> View {
        let Organization { id, slug, name, function, lead, created_at, updated_at, .. } = organization;
        View { id, slug, name, function, lead, created_at, updated_at }
    }
}

/// `GET /v1/hackathons/{hackathon}/organizations`
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may.read(move |tx, right| store::list(tx, right.on().id, &page)).await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from))
}

/// An organization that joins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPartner {
    /// By slug or id. A slug that the server does not know yet makes an organization, with `name`.
    organization: String,
    function: Function,
    name: Option<Said<Name>>,
    lead: Option<Id<Member>>,
}

/// `POST /v1/hackathons/{hackathon}/organizations`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<NewPartner>) -> Answered {
    let lang = sent.lang;
    may.post(sent, move |tx, right, new| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let NewPartner { organization, function, name, lead } = new;
        let key = key(&organization)?;
        let name = name.map(|said| said.in_lang(lang));
        let joined = join(tx, here.id, Joining { key, function, name, lead })?;
        let place = format!("/v1/hackathons/{}/organizations/{}", here.slug, joined.slug);
        let tag = joined.tag();
        Ok(Answer::created(place, &View::from(joined))?.tagged(tag))
    })
    .await
}

fn key(text: &str) -> Result<Key> {
    let slug = || Slug::parse(text).map(Key::Slug);
    let refused = |unfit: Unfit| unfit.refusal("/organization");
    Key::parse(text).map_or_else(|| slug().map_err(refused), Ok)
}

/// `GET /v1/hackathons/{hackathon}/organizations/{organization}`
pub async fn show(may: May<See, Within<Hackathon, Organization>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of what an organization is here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerPatch {
    #[serde(default, deserialize_with = "given")]
    function: Option<Function>,
    /// Its name in this event; elsewhere it keeps its own.
    #[serde(default, deserialize_with = "given")]
    name: Option<Said<Name>>,
    #[serde(default)]
    lead: Patch<Id<Member>>,
}

/// `PATCH /v1/hackathons/{hackathon}/organizations/{organization}`
pub async fn change(may: May<Change, Within<Hackathon, Organization>>, Body(sent): Body<PartnerPatch>) -> Answered {
    let (patch, lang) = (sent.value, sent.lang);
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let name = patch.name.map_or(item.name.clone(), |said| said.in_lang(lang));
        let function = patch.function.unwrap_or(item.function);
        let facts = Facts { name, function, lead: patch.lead.apply(item.lead) };
        shown(organization::change(tx, item, &facts)?)
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/organizations/{organization}`: out of the consortium; the server still knows it.
pub async fn remove(may: May<Change, Within<Hackathon, Organization>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        matrix::remove_organization(tx, parent, item)?;
        Ok(Answer::done())
    })
    .await
}

fn shown(organization: Organization) -> Answered {
    let tag = organization.tag();
    Ok(Answer::ok(&View::from(organization))?.tagged(tag))
}
