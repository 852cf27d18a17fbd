//! The event, its brief and its sprints.

use chrono::NaiveDate;
use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Ambition, shape};
use crate::base::{Localized, Slug};
use crate::duty::Hours;

/// The event itself.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The short name of the hackathon in addresses.
    pub slug: Slug,
    /// What it is called.
    #[serde(serialize_with = "shape::localized")]
    #[schemars(with = "shape::NameInLanguages")]
    pub name: Localized,
    /// The time zone of the event, and of every channel that names none.
    #[serde(serialize_with = "shape::display")]
    #[schemars(schema_with = "shape::zone_schema")]
    pub timezone: Tz,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// The weekly hours in which somebody should be on duty for every topic.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub working_hours: Vec<Hours>,
    /// Days on which nobody is on duty by the weekly hours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<NaiveDate>,
    /// What the sponsor wants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brief: Option<Brief>,
}

/// What the sponsor wants.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Brief {
    /// How far an idea should go.
    pub ambition: Ambition,
    /// The brief in a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "shape::localized_option")]
    #[schemars(with = "Option<shape::TextInLanguages>")]
    pub summary: Option<Localized>,
    /// What came before.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "shape::localized_option")]
    #[schemars(with = "Option<shape::TextInLanguages>")]
    pub background: Option<Localized>,
    /// How far a solution has to scale.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "shape::localized_option")]
    #[schemars(with = "Option<shape::TextInLanguages>")]
    pub scalability: Option<Localized>,
    /// What is judged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
}

/// Something that is judged.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// What it is called.
    #[serde(serialize_with = "shape::localized")]
    #[schemars(with = "shape::NameInLanguages")]
    pub name: Localized,
    /// How much it counts beside the others.
    #[schemars(range(min = 1, max = 100))]
    pub weight: u8,
}

/// A dated stage of the event.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sprint {
    /// Its number; each is given once.
    #[schemars(range(min = 1, max = 999))]
    pub number: u16,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// What should be reached.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "shape::localized_option")]
    #[schemars(with = "Option<shape::TextInLanguages>")]
    pub goal: Option<Localized>,
}
