//! Where holders are reached, and when.

use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::Serialize;

use super::{ChannelKind, Holder, shape};
use crate::base::{Instant, Localized, Slug, Text};
use crate::duty::Hours;

/// Where a holder is reached.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Its short name.
    pub slug: Slug,
    /// What it is called, where its kind does not say enough.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "shape::localized_option")]
    #[schemars(with = "Option<shape::NameInLanguages>")]
    pub name: Option<Localized>,
    /// Who is reached by it.
    pub owner: Holder,
    /// What it is.
    pub kind: ChannelKind,
    /// An email address for email, a number for phone, words for in_person; else an address that a browser opens.
    pub address: Text,
    /// The weekly hours in which somebody answers, such as "Mon-Fri 09:00-17:30". Without them it can always be used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
    /// The time zone of the hours, if it is not the event's.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "shape::display_option")]
    #[schemars(schema_with = "shape::zone_schema")]
    pub timezone: Option<Tz>,
}

/// Duty beyond the weekly hours, or instead of them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Its short name, for whoever wants to speak of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<Slug>,
    /// Who is on duty.
    pub owner: Holder,
    /// The one channel it is about; without it, all of the owner's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Slug>,
    /// When it begins.
    #[schemars(schema_with = "shape::moment_schema")]
    pub from: Instant,
    /// When it ends.
    #[schemars(schema_with = "shape::moment_schema")]
    pub to: Instant,
    /// Whether it takes the place of the weekly hours in its time.
    #[serde(default, skip_serializing_if = "shape::is_false")]
    pub replaces: bool,
    /// Whether anybody is on duty in it; false, together with "replaces", means absent.
    #[serde(default = "on_duty", skip_serializing_if = "shape::is_true")]
    pub on_duty: bool,
}

fn on_duty() -> bool {
    true
}
