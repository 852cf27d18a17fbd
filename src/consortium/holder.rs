//! A holder: who a cell of the matrix, a channel or a question lies with.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::organization::OrganizationId;
use super::{Member, Unit, store};
use crate::base::{Error, Fault, Id, Key, Result, Sentence, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// Who something lies with. In JSON its kind and its id: `{"kind": "unit", "id": "..."}`; a role has no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "Shape", try_from = "Shape")]
pub enum Holder {
    /// An organization of the consortium.
    Organization(OrganizationId),
    /// A unit.
    Unit(Id<Unit>),
    /// A member.
    Member(Id<Member>),
    /// The mentors of the asker's own team.
    TeamMentor,
}

/// A holder in JSON.
#[derive(Serialize, Deserialize)]
struct Shape {
    kind: Cow<'static, str>,
    id: Option<Uuid>,
}

impl From<Holder> for Shape {
    fn from(holder: Holder) -> Shape {
        Shape { kind: holder.kind().into(), id: holder.id() }
    }
}

impl TryFrom<Shape> for Holder {
    type Error = &'static str;

    fn try_from(Shape { kind, id }: Shape) -> Result<Holder, Self::Error> {
        match (&*kind, id) {
            ("organization", Some(id)) => Ok(Holder::Organization(Id::from_uuid(id))),
            ("unit", Some(id)) => Ok(Holder::Unit(Id::from_uuid(id))),
            ("member", Some(id)) => Ok(Holder::Member(Id::from_uuid(id))),
            ("role", None) => Ok(Holder::TeamMentor),
            _ => Err("not a holder"),
        }
    }
}

/// The four columns in which a holder lies. Exactly one is set; the tables check it.
pub type HolderColumns = (Option<OrganizationId>, Option<Id<Unit>>, Option<Id<Member>>, bool);

impl Holder {
    /// As columns.
    pub fn columns(self) -> HolderColumns {
        match self {
            Holder::Organization(id) => (Some(id), None, None, false),
            Holder::Unit(id) => (None, Some(id), None, false),
            Holder::Member(id) => (None, None, Some(id), false),
            Holder::TeamMentor => (None, None, None, true),
        }
    }

    /// From columns.
    pub fn from_columns(columns: HolderColumns) -> Holder {
        match columns {
            (Some(id), _, _, _) => Holder::Organization(id),
            (_, Some(id), _, _) => Holder::Unit(id),
            (_, _, Some(id), _) => Holder::Member(id),
            _ => Holder::TeamMentor,
        }
    }

    /// Its bare id; a role has none.
    pub fn id(self) -> Option<Uuid> {
        match self {
            Holder::Organization(id) => Some(id.uuid()),
            Holder::Unit(id) => Some(id.uuid()),
            Holder::Member(id) => Some(id.uuid()),
            Holder::TeamMentor => None,
        }
    }

    /// The word for its kind: `organization`, `unit`, `member`, `role`.
    pub fn kind(self) -> &'static str {
        match self {
            Holder::Organization(_) => "organization",
            Holder::Unit(_) => "unit",
            Holder::Member(_) => "member",
            Holder::TeamMentor => "role",
        }
    }
}

/// A holder as it is written in a body: exactly one of `{"organization"}`, `{"unit"}`, `{"member"}`, `{"role": "team_mentor"}`,
/// each by slug or id, a member by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolderSaid {
    /// An organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// A unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// A member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The role `team_mentor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

impl HolderSaid {
    /// The holder of that name within this hackathon; `pointer` is where it stood.
    pub fn find(&self, tx: &mut Tx, hackathon: Id<Hackathon>, pointer: &str) -> Result<Holder> {
        let HolderSaid { organization, unit, member, role } = self;
        let found = match (organization, unit, member, role.as_deref()) {
            (Some(key), None, None, None) => organization_of(tx, hackathon, key)?,
            (None, Some(key), None, None) => unit_of(tx, hackathon, key)?,
            (None, None, Some(key), None) => member_of(tx, hackathon, key)?,
            (None, None, None, Some("team_mentor")) => Some(Holder::TeamMentor),
            _ => {
                return Err(fault(
                    pointer,
                    "holder.shape",
                    say!(
                        "Name exactly one holder: \"organization\", \"unit\", \"member\", or \"role\": \"team_mentor\".",
                        "담당을 하나만 적으세요: \"organization\", \"unit\", \"member\", \"role\": \"team_mentor\" 중 하나."
                    ),
                ));
            }
        };
        found.ok_or_else(|| {
            fault(
                pointer,
                "holder.unknown",
                say!(
                    "There is no such holder in this hackathon's consortium.",
                    "이 해커톤의 컨소시엄에 없는 담당입니다."
                ),
            )
        })
    }
}

fn fault(pointer: &str, code: &'static str, detail: Sentence) -> Error {
    Error::Invalid(vec![Fault::new(pointer, code, detail)])
}

fn organization_of(tx: &mut Tx, hackathon: Id<Hackathon>, key: &str) -> Result<Option<Holder>> {
    let Some(key) = Key::parse(key) else { return Ok(None) };
    Ok(store::organization::find(tx, hackathon, &key)?.map(|found| Holder::Organization(found.id)))
}

fn unit_of(tx: &mut Tx, hackathon: Id<Hackathon>, key: &str) -> Result<Option<Holder>> {
    let Some(key) = Key::parse(key) else { return Ok(None) };
    Ok(store::unit::find(tx, hackathon, &key)?.map(|found| Holder::Unit(found.id)))
}

fn member_of(tx: &mut Tx, hackathon: Id<Hackathon>, key: &str) -> Result<Option<Holder>> {
    let Some(Key::Id(id)) = Key::parse(key) else { return Ok(None) };
    Ok(store::member::by_id(tx, hackathon, Id::from_uuid(id))?.map(|found| Holder::Member(found.id)))
}
