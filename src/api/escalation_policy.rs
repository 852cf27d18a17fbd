//! `/v1/hackathons/{hackathon}/escalation-policies`: who is told when a promise is not kept.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::answer::Policies;
use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Id, Instant, Localized, Name, Page, Result, Said, given};
use crate::consortium::HolderSaid;
use crate::db::Tx;
use crate::escalation_policy::{self, EscalationPolicy, Facts, Ladder, Step, TellKind, Trigger, built_in, store, tell};
use crate::hackathon::{self, Hackathon};
use crate::sla_policy::{Scope, ScopeSaid};

const LIST: &str = "escalation policies";

/// A policy as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<EscalationPolicy>,
    name: Localized,
    trigger: Trigger,
    scope: Scope,
    #[serde(flatten)]
    ladder: Ladder,
    created_at: Instant,
    updated_at: Instant,
}

impl From<EscalationPolicy> for View {
    fn from(policy: EscalationPolicy) -> View {
        let EscalationPolicy { id, facts, created_at, updated_at, .. } = policy;
        let Facts { name, trigger, scope, ladder } = facts;
        View { id, name, trigger, scope, ladder, created_at, updated_at }
    }
}

/// What is done where no policy says anything.
#[derive(Serialize)]
struct BuiltIn {
    trigger: Trigger,
    #[serde(flatten)]
    ladder: Ladder,
}

/// `GET /v1/hackathons/{hackathon}/escalation-policies`, with what is done where none of them says anything.
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may.read(move |tx, right| store::list(tx, right.on().id, &page)).await?;
    let page = Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from);
    let own = |trigger: &Trigger| BuiltIn { trigger: *trigger, ladder: built_in(*trigger) };
    answer::policies(&req, &Policies { page, built_in: Trigger::ALL.iter().map(own).collect::<Vec<_>>() })
}

/// A step as it arrives.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewStep {
    after_seconds: i32,
    tell: TellKind,
    holder: Option<HolderSaid>,
}

fn steps(tx: &mut Tx, hackathon: Id<Hackathon>, said: &[NewStep]) -> Result<Vec<Step>> {
    let step = |(place, new): (usize, &NewStep)| {
        let tell = tell::named(tx, hackathon, new.tell, new.holder.as_ref(), &format!("/steps/{place}"))?;
        Ok(Step { after_seconds: new.after_seconds, tell })
    };
    said.iter().enumerate().map(step).collect()
}

/// A new policy.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewEscalationPolicy {
    name: Said<Name>,
    trigger: Trigger,
    #[serde(default)]
    scope: ScopeSaid,
    steps: Vec<NewStep>,
    #[serde(default)]
    repeats: i32,
}

/// `POST /v1/hackathons/{hackathon}/escalation-policies`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<NewEscalationPolicy>) -> Answered {
    let lang = sent.lang;
    may.post(sent, move |tx, right, new| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let ladder = Ladder { steps: steps(tx, here.id, &new.steps)?, repeats: new.repeats };
        let (name, scope) = (new.name.in_lang(lang), new.scope.find(tx, here.id)?);
        let made = escalation_policy::add(tx, here.id, &Facts { name, trigger: new.trigger, scope, ladder })?;
        let (place, tag) = (format!("/v1/hackathons/{}/escalation-policies/{}", here.slug, made.id), made.tag());
        Ok(Answer::created(place, &View::from(made))?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/escalation-policies/{escalation_policy}`
pub async fn show(may: May<See, Within<Hackathon, EscalationPolicy>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of a policy; steps are replaced as a whole.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscalationPolicyPatch {
    #[serde(default, deserialize_with = "given")]
    name: Option<Said<Name>>,
    #[serde(default, deserialize_with = "given")]
    trigger: Option<Trigger>,
    #[serde(default, deserialize_with = "given")]
    scope: Option<ScopeSaid>,
    #[serde(default, deserialize_with = "given")]
    steps: Option<Vec<NewStep>>,
    #[serde(default, deserialize_with = "given")]
    repeats: Option<i32>,
}

/// `PATCH /v1/hackathons/{hackathon}/escalation-policies/{escalation_policy}`
pub async fn change(
    may: May<Change, Within<Hackathon, EscalationPolicy>>,
    Body(sent): Body<EscalationPolicyPatch>,
) -> Answered {
    let (patch, lang) = (sent.value, sent.lang);
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let Facts { name, trigger, scope, ladder } = item.facts.clone();
        let ladder = Ladder {
            steps: patch.steps.map_or(Ok(ladder.steps), |said| steps(tx, parent.id, &said))?,
            repeats: patch.repeats.unwrap_or(ladder.repeats),
        };
        let name = patch.name.map_or(name, |said| said.in_lang(lang));
        let scope = patch.scope.map_or(Ok(scope), |said| said.find(tx, parent.id))?;
        let facts = Facts { name, trigger: patch.trigger.unwrap_or(trigger), scope, ladder };
        shown(escalation_policy::change(tx, item, &facts)?)
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/escalation-policies/{escalation_policy}`
pub async fn delete(may: May<Change, Within<Hackathon, EscalationPolicy>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        store::delete(tx, item)?;
        Ok(Answer::done())
    })
    .await
}

fn shown(policy: EscalationPolicy) -> Answered {
    let tag = policy.tag();
    Ok(Answer::ok(&View::from(policy))?.tagged(tag))
}
