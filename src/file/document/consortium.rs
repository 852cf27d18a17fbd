//! The organizations, their units, and who can hold something.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Function, shape};
use crate::base::{Email, Localized, Slug};

/// A member of the consortium.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// Its short name.
    pub slug: Slug,
    /// What it is called.
    #[serde(serialize_with = "shape::localized")]
    #[schemars(with = "shape::NameInLanguages")]
    pub name: Localized,
    /// What it does in this hackathon.
    pub function: Function,
    /// Who speaks for it: the email of somebody under "people".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Email>,
    /// Its divisions that take part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<Unit>,
}

/// A division of an organization.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its short name, unlike that of any other unit in the file.
    pub slug: Slug,
    /// What it is called.
    #[serde(serialize_with = "shape::localized")]
    #[schemars(with = "shape::NameInLanguages")]
    pub name: Localized,
    /// Who leads it: the email of somebody under "people".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Email>,
}

/// Who holds a topic, a channel or a shift.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Holder {
    /// An organization, by slug.
    Organization(Slug),
    /// A unit, by slug.
    Unit(Slug),
    /// A person, by email.
    Member(Email),
    /// The mentors of the asker's own team.
    Role(TeamMentor),
}

/// The one role that can hold something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub enum TeamMentor {
    /// The mentors of the asker's own team.
    #[serde(rename = "team_mentor")]
    TeamMentor,
}

/// Where somebody belongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Affiliation {
    /// To an organization, by slug.
    Organization(Slug),
    /// To a unit, by slug, and by that to its organization.
    Unit(Slug),
}
