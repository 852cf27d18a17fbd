//! `/v1/hackathons/{hackathon}/sla-policies`: what askers are promised.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::answer::Policies;
use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Id, Instant, Localized, Name, Page, Patch, Said, given};
use crate::hackathon::{self, Hackathon};
use crate::sla_policy::{self, BUILT_IN, Facts, Scope, ScopeSaid, SlaPolicy, Times, store};

const LIST: &str = "sla policies";

/// A policy as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<SlaPolicy>,
    name: Localized,
    scope: Scope,
    #[serde(flatten)]
    times: Times,
    created_at: Instant,
    updated_at: Instant,
}

impl From<SlaPolicy> for View {
    fn from(policy: SlaPolicy) -> View {
        let SlaPolicy { id, facts, created_at, updated_at, .. } = policy;
        let Facts { name, scope, times } = facts;
        View { id, name, scope, times, created_at, updated_at }
    }
}

/// `GET /v1/hackathons/{hackathon}/sla-policies`, with what is promised where none of them says anything.
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may.read(move |tx, right| store::list(tx, right.on().id, &page)).await?;
    let page = Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from);
    answer::policies(&req, &Policies { page, built_in: BUILT_IN })
}

/// A new policy.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSlaPolicy {
    name: Said<Name>,
    #[serde(default)]
    scope: ScopeSaid,
    claim_within_seconds: Option<i32>,
    first_response_within_seconds: Option<i32>,
    resolve_within_seconds: Option<i32>,
    accept_within_seconds: Option<i32>,
}

/// `POST /v1/hackathons/{hackathon}/sla-policies`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<NewSlaPolicy>) -> Answered {
    let lang = sent.lang;
    may.post(sent, move |tx, right, new| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let times = Times {
            claim_within_seconds: new.claim_within_seconds,
            first_response_within_seconds: new.first_response_within_seconds,
            resolve_within_seconds: new.resolve_within_seconds,
            accept_within_seconds: new.accept_within_seconds,
        };
        let facts = Facts { name: new.name.in_lang(lang), scope: new.scope.find(tx, here.id)?, times };
        let made = sla_policy::add(tx, here.id, &facts)?;
        let (place, tag) = (format!("/v1/hackathons/{}/sla-policies/{}", here.slug, made.id), made.tag());
        Ok(Answer::created(place, &View::from(made))?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/sla-policies/{sla_policy}`
pub async fn show(may: May<See, Within<Hackathon, SlaPolicy>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of a policy; `null` takes a promise back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlaPolicyPatch {
    #[serde(default, deserialize_with = "given")]
    name: Option<Said<Name>>,
    #[serde(default, deserialize_with = "given")]
    scope: Option<ScopeSaid>,
    #[serde(default)]
    claim_within_seconds: Patch<i32>,
    #[serde(default)]
    first_response_within_seconds: Patch<i32>,
    #[serde(default)]
    resolve_within_seconds: Patch<i32>,
    #[serde(default)]
    accept_within_seconds: Patch<i32>,
}

/// `PATCH /v1/hackathons/{hackathon}/sla-policies/{sla_policy}`
pub async fn change(may: May<Change, Within<Hackathon, SlaPolicy>>, Body(sent): Body<SlaPolicyPatch>) -> Answered {
    let (patch, lang) = (sent.value, sent.lang);
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let Facts { name, scope, times } = item.facts.clone();
        let times = Times {
            claim_within_seconds: patch.claim_within_seconds.apply(times.claim_within_seconds),
            first_response_within_seconds: patch
                .first_response_within_seconds
                .apply(times.first_response_within_seconds),
            resolve_within_seconds: patch.resolve_within_seconds.apply(times.resolve_within_seconds),
            accept_within_seconds: patch.accept_within_seconds.apply(times.accept_within_seconds),
        };
        let name = patch.name.map_or(name, |said| said.in_lang(lang));
        let scope = patch.scope.map_or(Ok(scope), |said| said.find(tx, parent.id))?;
        shown(sla_policy::change(tx, item, &Facts { name, scope, times })?)
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/sla-policies/{sla_policy}`
pub async fn delete(may: May<Change, Within<Hackathon, SlaPolicy>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        store::delete(tx, item)?;
        Ok(Answer::done())
    })
    .await
}

fn shown(policy: SlaPolicy) -> Answered {
    let tag = policy.tag();
    Ok(Answer::ok(&View::from(policy))?.tagged(tag))
}
