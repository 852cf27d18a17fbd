//! The people and the teams.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::{Affiliation, Role, shape};
use crate::base::{Email, Lang, Localized, Name, Slug, Text};

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The address they sign in with.
    pub email: Email,
    /// What they are called.
    pub name: Name,
    /// Where they belong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affiliation: Option<Affiliation>,
    /// What they do in this hackathon.
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub roles: Vec<Role>,
    /// What they are by trade, as a short name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profession: Option<Slug>,
    /// The hours a week that they can give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekly_hours: Option<WeeklyHours>,
    /// Their telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
    /// The language they are spoken to in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "shape::language_schema")]
    pub locale: Option<Lang>,
    /// Whether they may not come in for now.
    #[serde(default, skip_serializing_if = "shape::is_false")]
    pub suspended: bool,
}

/// Hours a week, above 0 and up to 80, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WeeklyHours {
    minutes: u16,
}

impl WeeklyHours {
    /// The most hours a week that can be given.
    pub const MOST: u16 = 80;

    /// So many minutes a week; `None` for none at all and for more than [`WeeklyHours::MOST`] hours.
    pub fn from_minutes(minutes: u16) -> Option<WeeklyHours> {
        (1..=WeeklyHours::MOST * 60).contains(&minutes).then_some(WeeklyHours { minutes })
    }

    /// Reads hours; `None` where they are not whole minutes, or out of range.
    pub fn from_hours(hours: f64) -> Option<WeeklyHours> {
        // A third of an hour has no exact form: what is a minute to a millionth is a minute.
        let minutes = (1..=WeeklyHours::MOST * 60).find(|minutes| (hours * 60.0 - f64::from(*minutes)).abs() < 1e-6)?;
        WeeklyHours::from_minutes(minutes)
    }

    /// In minutes.
    pub fn minutes(self) -> u16 {
        self.minutes
    }
}

impl Serialize for WeeklyHours {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        if self.minutes.is_multiple_of(60) {
            out.serialize_u16(self.minutes / 60)
        } else {
            out.serialize_f64(f64::from(self.minutes) / 60.0)
        }
    }
}

impl JsonSchema for WeeklyHours {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "WeeklyHours".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "exclusiveMinimum": 0, "maximum": WeeklyHours::MOST, "examples": [2.5] })
    }
}

/// Who builds together.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(into = "TeamShape")]
pub struct Team {
    /// Its short name.
    pub slug: Slug,
    /// What it is called.
    pub name: Localized,
    /// The emails of its mentors; the file has `mentor` for one and `mentors` for several.
    pub mentors: Vec<Email>,
    /// Who builds.
    pub members: Vec<TeamMember>,
}

/// Somebody in a team.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamMember {
    /// Who, by email.
    pub email: Email,
    /// What they do in it: leader, developer, designer, analyst, researcher, or another word of yours.
    pub function: Slug,
}

/// A team as the file has it.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Team", description = "Who builds together.")]
#[schemars(extend("not" = { "required": ["mentor", "mentors"] }))]
struct TeamShape {
    /// Its short name.
    slug: Slug,
    /// What it is called.
    #[serde(serialize_with = "shape::localized")]
    #[schemars(with = "shape::NameInLanguages")]
    name: Localized,
    /// Its mentor, by email, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mentor: Option<Email>,
    /// Its mentors, by email, when there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentors: Vec<Email>,
    /// Who builds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    members: Vec<TeamMember>,
}

impl From<Team> for TeamShape {
    fn from(team: Team) -> TeamShape {
        let Team { slug, name, mut mentors, members } = team;
        let mentor = if mentors.len() == 1 { mentors.pop() } else { None };
        TeamShape { slug, name, mentor, mentors, members }
    }
}

impl JsonSchema for Team {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        TeamShape::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        TeamShape::json_schema(generator)
    }
}
