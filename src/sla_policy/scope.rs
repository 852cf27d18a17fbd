//! What a policy is about: the whole hackathon, one topic, or what lies with one organization or unit.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::base::{Error, Id, Result, Sentence, say};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Unit, named};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::topic::{self, Topic};

/// What a policy is about. In JSON its kind and its id: `{"kind": "topic", "id": "..."}`; the hackathon has no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "Shape")]
pub enum Scope {
    /// Every question.
    Hackathon,
    /// Questions on this topic, and on those below it.
    Topic(Id<Topic>),
    /// Questions that lie with this organization or one of its units or people.
    Organization(OrganizationId),
    /// Questions that lie with this unit or one of its people.
    Unit(Id<Unit>),
}

/// A scope in JSON.
#[derive(Serialize)]
struct Shape {
    kind: &'static str,
    id: Option<Uuid>,
}

impl From<Scope> for Shape {
    fn from(scope: Scope) -> Shape {
        let (kind, id) = match scope {
            Scope::Hackathon => ("hackathon", None),
            Scope::Topic(id) => ("topic", Some(id.uuid())),
            Scope::Organization(id) => ("organization", Some(id.uuid())),
            Scope::Unit(id) => ("unit", Some(id.uuid())),
        };
        Shape { kind, id }
    }
}

/// The three columns in which a scope lies. At most one is set; the tables check it.
pub type ScopeColumns = (Option<Id<Topic>>, Option<OrganizationId>, Option<Id<Unit>>);

impl Scope {
    /// As columns.
    pub fn columns(self) -> ScopeColumns {
        match self {
            Scope::Hackathon => (None, None, None),
            Scope::Topic(id) => (Some(id), None, None),
            Scope::Organization(id) => (None, Some(id), None),
            Scope::Unit(id) => (None, None, Some(id)),
        }
    }

    /// From columns.
    pub fn from_columns(columns: ScopeColumns) -> Scope {
        match columns {
            (Some(id), _, _) => Scope::Topic(id),
            (_, Some(id), _) => Scope::Organization(id),
            (_, _, Some(id)) => Scope::Unit(id),
            (None, None, None) => Scope::Hackathon,
        }
    }
}

/// A scope as it is written in a body: one of `{"topic"}`, `{"organization"}`, `{"unit"}`, each by slug or id; an empty
/// object is the whole hackathon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeSaid {
    topic: Option<String>,
    organization: Option<String>,
    unit: Option<String>,
}

impl ScopeSaid {
    /// From the word for its kind and the name of the thing; any other word is the whole hackathon.
    pub fn of(kind: &str, name: &str) -> ScopeSaid {
        let of = |wanted: &str| (kind == wanted).then(|| name.to_owned());
        ScopeSaid { topic: of("topic"), organization: of("organization"), unit: of("unit") }
    }

    /// The scope of that name within this hackathon.
    pub fn find(&self, tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Scope> {
        match (self.topic.as_deref(), self.organization.as_deref(), self.unit.as_deref()) {
            (None, None, None) => Ok(Scope::Hackathon),
            (Some(key), None, None) => Ok(Scope::Topic(topic::named(tx, hackathon, key, "/scope/topic")?.id)),
            (None, Some(key), None) => {
                Ok(Scope::Organization(named::organization(tx, hackathon, key, "/scope/organization")?.id))
            }
            (None, None, Some(key)) => Ok(Scope::Unit(named::unit(tx, hackathon, key, "/scope/unit")?.id)),
            _ => Err(Error::invalid("/scope", "scope.shape", shape())),
        }
    }
}

fn shape() -> Sentence {
    say!(
        "Name one of topic, organization and unit, or none for the whole hackathon.",
        "topic, organization, unit 가운데 하나만 적으세요. 해커톤 전체라면 비워 두세요."
    )
}

/// What is said where there is a policy for this scope already.
pub(crate) fn taken() -> Sentence {
    say!(
        "There is a policy for this scope already. Change that one.",
        "같은 범위의 정책이 이미 있습니다. 그 정책을 바꾸세요."
    )
}
