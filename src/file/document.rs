//! What a hackathon file says, as values that were checked. Things name each other by slug and people by email.
//!
//! The comments on the fields are also the descriptions in the file's JSON Schema, so they speak to whoever writes one.

mod channel;
mod consortium;
mod event;
mod matrix;
mod people;
mod policy;
mod shape;
mod words;

pub use channel::{Channel, Shift};
pub use consortium::{Affiliation, Holder, Organization, TeamMentor, Unit};
pub use event::{Brief, Criterion, Event, Sprint};
pub use matrix::{Phrases, Responsibility, Topic};
pub use people::{Person, Team, TeamMember, WeeklyHours};
pub use policy::{EscalationPolicy, REPEATS_MOST, SECONDS_MOST, STEPS_MOST, Scope, SlaPolicy, Step};
pub use words::{Ambition, ChannelKind, Function, Role, Tell, Trigger};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// A whole hackathon.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Signpost hackathon file", rename = "HackathonFile")]
pub struct Document {
    /// The version of this format: 1.
    pub signpost: Version,
    /// The event itself.
    pub hackathon: Event,
    /// The consortium: every organization that takes part, with its units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<Organization>,
    /// Where holders are reached, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// What one can ask about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Topic>,
    /// The matrix: who is responsible, accountable, consulted and informed for each topic.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsibilities: Vec<Responsibility>,
    /// Everyone who takes part. At least one of them is an organizer.
    #[schemars(length(min = 1))]
    pub people: Vec<Person>,
    /// Who builds together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Team>,
    /// The dated stages of the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sprints: Vec<Sprint>,
    /// Duty beyond the weekly hours, and what replaces them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shifts: Vec<Shift>,
    /// What askers are promised, in working time of whoever answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sla_policies: Vec<SlaPolicy>,
    /// Who is told, and after how long, when nobody claims or answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalation_policies: Vec<EscalationPolicy>,
}

/// The version of the format that this program reads and writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Version;

impl Version {
    /// The number that stands in the file.
    pub const NUMBER: u8 = 1;
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_u8(Version::NUMBER)
    }
}

impl JsonSchema for Version {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Version".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "const": Version::NUMBER })
    }
}
