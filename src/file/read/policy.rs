//! Reads policies.

use super::super::check::Thing;
use super::super::document::{EscalationPolicy, Holder, REPEATS_MOST, STEPS_MOST, Scope, SlaPolicy, Step, Tell};
use super::super::tree::Kind;
use super::consortium::{holder, one_field};
use super::{Fields, Reader, Spot, fields, language, scalar, word};
use crate::base::say;

/// What is promised.
pub fn sla_policy(r: &mut Reader<'_>, at: Spot<'_>) -> Option<SlaPolicy> {
    let mut f = Fields::open(r, at)?;
    let name = f.required(r, "name", language::localized_name);
    let scope = about(r, &mut f);
    let claim_within_seconds = f.optional(r, "claim_within_seconds", scalar::seconds);
    let first_response_within_seconds = f.optional(r, "first_response_within_seconds", scalar::seconds);
    let resolve_within_seconds = f.optional(r, "resolve_within_seconds", scalar::seconds);
    let accept_within_seconds = f.optional(r, "accept_within_seconds", scalar::seconds);
    if let Some(scope) = &scope {
        let at = f.at().clone();
        r.declare_key(Thing::SlaPolicy, scope.words(), &at);
    }
    f.close(r);
    Some(SlaPolicy {
        name: name?,
        scope: scope.unwrap_or_default(),
        claim_within_seconds,
        first_response_within_seconds,
        resolve_within_seconds,
        accept_within_seconds,
    })
}

/// Who is told when something has not happened.
pub fn escalation_policy(r: &mut Reader<'_>, at: Spot<'_>) -> Option<EscalationPolicy> {
    let mut f = Fields::open(r, at)?;
    let name = f.required(r, "name", language::localized_name);
    let trigger = f.required(r, "trigger", word::trigger);
    let scope = about(r, &mut f);
    let steps = f.optional(r, "steps", steps).unwrap_or_default();
    let repeats = f.optional(r, "repeats", |r, at| scalar::whole(r, at, 0, REPEATS_MOST)).unwrap_or_default();
    if let (Some(trigger), Some(scope)) = (trigger, &scope) {
        let at = f.at().clone();
        r.declare_key(Thing::EscalationPolicy, format!("{}, {}", trigger.word(), scope.words()), &at);
    }
    f.close(r);
    Some(EscalationPolicy { name: name?, trigger: trigger?, scope: scope.unwrap_or_default(), steps, repeats })
}

/// What a policy is about: the whole hackathon where it does not say; none where what it says is wrong.
fn about(r: &mut Reader<'_>, f: &mut Fields<'_>) -> Option<Scope> {
    match f.get("scope") {
        Some(at) => scope(r, at),
        None => Some(Scope::default()),
    }
}

/// The word `hackathon`, or one of topic, organization and unit.
fn scope(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Scope> {
    if let Kind::Plain(text) | Kind::Quoted(text) = &at.node.kind
        && **text == *"hackathon"
    {
        return Some(Scope::Hackathon);
    }
    let mut f = Fields::open(r, at)?;
    let topic = f.optional(r, "topic", |r, at| r.refer(Thing::Topic, &at));
    let organization = f.optional(r, "organization", |r, at| r.refer(Thing::Organization, &at));
    let unit = f.optional(r, "unit", |r, at| r.refer(Thing::Unit, &at));
    let at = f.at().clone();
    f.close(r);
    let detail = || {
        say!(
            "Name exactly one here, for example {{ topic: data-access }} or {{ unit: development }}.",
            "여기에는 하나만 적으세요. 예: {{ topic: data-access }} 또는 {{ unit: development }}"
        )
    };
    one_field(r, &at, "scope.one", detail)?;
    topic.map(Scope::Topic).or(organization.map(Scope::Organization)).or(unit.map(Scope::Unit))
}

fn steps(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Vec<Step>> {
    let mut before = 0;
    let steps = fields::list(r, at.clone(), |r, at| {
        let step = step(r, at, before)?;
        before = step.after_seconds;
        Some(step)
    });
    if steps.len() > STEPS_MOST {
        let detail = say!("Write at most {STEPS_MOST} steps.", "단계는 {STEPS_MOST}개까지 적을 수 있습니다.");
        r.fault(&at, "steps.many", detail);
    }
    Some(steps)
}

fn step(r: &mut Reader<'_>, at: Spot<'_>, before: u32) -> Option<Step> {
    let mut f = Fields::open(r, at)?;
    let after_seconds = f.required(r, "after_seconds", |r, at| {
        let after = scalar::seconds(r, at.clone())?;
        if after <= before {
            let detail = say!("A step comes after the one before it.", "각 단계는 앞 단계보다 늦어야 합니다.");
            r.fault(&at, "steps.order", detail);
        }
        Some(after)
    });
    let tell = f.required(r, "tell", word::tell);
    let told = f.optional(r, "holder", holder);
    let named = f.get("holder").is_some();
    let fits = match (tell, &told) {
        (Some(Tell::Holder), None) => named,
        (Some(Tell::Holder), Some(told)) => !matches!(told, Holder::Role(_)),
        (Some(_), _) => !named,
        (None, _) => true,
    };
    if !fits {
        let at = f.get("holder").unwrap_or_else(|| f.at().clone());
        let detail = say!(
            "Name an organization, a unit or a member where \"tell\" is \"holder\", and only there.",
            "\"tell\"이 \"holder\"일 때만, 기관·부서·구성원 가운데 하나를 적으세요."
        );
        r.fault(&at, "tell.holder", detail);
    }
    f.close(r);
    Some(Step { after_seconds: after_seconds?, tell: tell?, holder: told })
}
