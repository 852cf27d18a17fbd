//! Where a member belongs.

use serde::{Deserialize, Serialize};

use super::organization::OrganizationId;
use super::{Unit, named};
use crate::base::{Error, Id, Result, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// Where a member belongs. Written as it is read: `{"organization": id}` or `{"unit": id}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Affiliation {
    /// To an organization as a whole.
    Organization(OrganizationId),
    /// To a unit of one.
    Unit(Id<Unit>),
}

/// The two columns in which an affiliation lies. At most one is set; the tables check it.
pub type AffiliationColumns = (Option<OrganizationId>, Option<Id<Unit>>);

impl Affiliation {
    /// As columns.
    pub fn columns(of: Option<Affiliation>) -> AffiliationColumns {
        match of {
            Some(Affiliation::Organization(id)) => (Some(id), None),
            Some(Affiliation::Unit(id)) => (None, Some(id)),
            None => (None, None),
        }
    }

    /// From columns.
    pub fn from_columns((organization, unit): AffiliationColumns) -> Option<Affiliation> {
        unit.map(Affiliation::Unit).or(organization.map(Affiliation::Organization))
    }
}

/// An affiliation as it is written in a body: exactly one of the two, by slug or id.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AffiliationSaid {
    /// An organization.
    pub organization: Option<String>,
    /// A unit.
    pub unit: Option<String>,
}

impl AffiliationSaid {
    /// What is meant within this hackathon; `pointer` is where it stood.
    pub fn find(&self, tx: &mut Tx, hackathon: Id<Hackathon>, pointer: &str) -> Result<Affiliation> {
        match (&self.organization, &self.unit) {
            (Some(key), None) => {
                let found = named::organization(tx, hackathon, key, &format!("{pointer}/organization"))?;
                Ok(Affiliation::Organization(found.id))
            }
            (None, Some(key)) => {
                let found = named::unit(tx, hackathon, key, &format!("{pointer}/unit"))?;
                Ok(Affiliation::Unit(found.id))
            }
            _ => Err(Error::invalid(
                pointer,
                "affiliation.shape",
                say!(
                    "Name either an \"organization\" or a \"unit\".",
                    "\"organization\"이나 \"unit\" 중 하나만 적으세요."
                ),
            )),
        }
    }
}
