//! What askers are promised, and who is told when it is not kept.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Holder, Tell, Trigger, shape};
use crate::base::{Localized, Slug};

/// The longest time that can be written, in seconds: a year.
pub const SECONDS_MOST: u32 = 366 * 24 * 3600;
/// The most steps of an escalation.
pub const STEPS_MOST: usize = 10;
/// How often the steps can be gone through again.
pub const REPEATS_MOST: u16 = 20;

/// What a policy is about. A policy of a topic counts before one of a holder, and that before the one of the hackathon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Scope {
    /// Every question.
    #[default]
    Hackathon,
    /// Questions on this topic and on those below it.
    Topic(Slug),
    /// Questions that lie with this organization, its units or its people.
    Organization(Slug),
    /// Questions that lie with this unit or its people.
    Unit(Slug),
}

impl Scope {
    /// In words, which no two scopes share.
    pub fn words(&self) -> String {
        match self {
            Scope::Hackathon => "hackathon".to_owned(),
            Scope::Topic(slug) => format!("topic {slug}"),
            Scope::Organization(slug) => format!("organization {slug}"),
            Scope::Unit(slug) => format!("unit {slug}"),
        }
    }
}

/// What is promised, in seconds of the holder's working time. What is left out is not promised.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SlaPolicy {
    /// What organizers call it.
    #[serde(serialize_with = "shape::localized")]
    #[schemars(with = "shape::NameInLanguages")]
    pub name: Localized,
    /// What it is about: "hackathon", or one of topic, organization and unit. One policy for each.
    #[serde(default)]
    pub scope: Scope,
    /// Until somebody claims a question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = SECONDS_MOST))]
    pub claim_within_seconds: Option<u32>,
    /// Until a question is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = SECONDS_MOST))]
    pub first_response_within_seconds: Option<u32>,
    /// Until a question is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = SECONDS_MOST))]
    pub resolve_within_seconds: Option<u32>,
    /// Until an offered hand-off is accepted or declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = SECONDS_MOST))]
    pub accept_within_seconds: Option<u32>,
}

/// Who is told, and after how long, when something has not happened. Without steps nobody is.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationPolicy {
    /// What organizers call it.
    #[serde(serialize_with = "shape::localized")]
    #[schemars(with = "shape::NameInLanguages")]
    pub name: Localized,
    /// What has not happened.
    pub trigger: Trigger,
    /// What it is about: "hackathon", or one of topic, organization and unit. One policy for each, and for each trigger.
    #[serde(default)]
    pub scope: Scope,
    /// In order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = STEPS_MOST))]
    pub steps: Vec<Step>,
    /// How often the steps are gone through again.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[schemars(range(max = REPEATS_MOST))]
    pub repeats: u16,
}

/// One step of an escalation.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// How much of the holder's working time after the wait began, in seconds.
    #[schemars(range(min = 1, max = SECONDS_MOST))]
    pub after_seconds: u32,
    /// Who is told.
    pub tell: Tell,
    /// The organization, unit or member that is told, where "tell" is "holder".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Holder>,
}

fn is_zero(repeats: &u16) -> bool {
    *repeats == 0
}
