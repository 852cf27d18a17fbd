//! Who a question lies with: a holder of the matrix or, where there is none, the organizers. Never nobody.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::base::{Id, Result};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Holder, HolderSaid, Member, Unit};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::words;

words! {
    /// A holder that is named by what its people are.
    HolderRole / HolderRoleShape {
        /// The mentors of the asker's own team.
        TeamMentor = "team_mentor",
        /// Those who run the hackathon.
        Organizer = "organizer",
    }
}

/// Who a question lies with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "Shape", try_from = "Shape")]
pub enum InCharge {
    /// A holder as the matrix knows them.
    Holder(Holder),
    /// The organizers, all of them: the last resort.
    Organizers,
}

/// The four columns in which it lies. Exactly one is set; the tables check it.
pub type InChargeColumns = (Option<OrganizationId>, Option<Id<Unit>>, Option<Id<Member>>, Option<HolderRole>);

impl InCharge {
    /// The mentors of the asker's team.
    pub const TEAM_MENTORS: InCharge = InCharge::Holder(Holder::TeamMentor);

    /// As columns.
    pub fn columns(self) -> InChargeColumns {
        match self {
            InCharge::Holder(Holder::Organization(id)) => (Some(id), None, None, None),
            InCharge::Holder(Holder::Unit(id)) => (None, Some(id), None, None),
            InCharge::Holder(Holder::Member(id)) => (None, None, Some(id), None),
            InCharge::Holder(Holder::TeamMentor) => (None, None, None, Some(HolderRole::TeamMentor)),
            InCharge::Organizers => (None, None, None, Some(HolderRole::Organizer)),
        }
    }

    /// From columns.
    pub fn from_columns(columns: InChargeColumns) -> InCharge {
        match columns {
            (Some(id), _, _, _) => InCharge::Holder(Holder::Organization(id)),
            (_, Some(id), _, _) => InCharge::Holder(Holder::Unit(id)),
            (_, _, Some(id), _) => InCharge::Holder(Holder::Member(id)),
            (_, _, _, Some(HolderRole::TeamMentor)) => InCharge::TEAM_MENTORS,
            _ => InCharge::Organizers,
        }
    }

    /// The word for its kind: `organization`, `unit`, `member`, `role`.
    pub fn kind(self) -> &'static str {
        match self {
            InCharge::Holder(holder) => holder.kind(),
            InCharge::Organizers => "role",
        }
    }

    /// Its id; roles have none.
    pub fn id(self) -> Option<Uuid> {
        let (organization, unit, member, _) = self.columns();
        organization.map(Id::uuid).or(unit.map(Id::uuid)).or(member.map(Id::uuid))
    }

    /// The one that a body names. As [`HolderSaid::find`], and besides it takes `{"role": "organizer"}`.
    pub fn named(tx: &mut Tx, hackathon: Id<Hackathon>, said: &HolderSaid, pointer: &str) -> Result<InCharge> {
        let organizers = HolderSaid { role: Some(HolderRole::Organizer.word().to_owned()), ..HolderSaid::default() };
        if *said == organizers {
            return Ok(InCharge::Organizers);
        }
        said.find(tx, hackathon, pointer).map(InCharge::Holder)
    }
}

/// As it lies in the facts of an event.
#[derive(Serialize, Deserialize)]
struct Shape {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organization: Option<OrganizationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Id<Unit>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    member: Option<Id<Member>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<HolderRole>,
}

impl From<InCharge> for Shape {
    fn from(in_charge: InCharge) -> Shape {
        let (organization, unit, member, role) = in_charge.columns();
        Shape { organization, unit, member, role }
    }
}

impl TryFrom<Shape> for InCharge {
    type Error = &'static str;

    fn try_from(Shape { organization, unit, member, role }: Shape) -> Result<InCharge, Self::Error> {
        match (organization, unit, member, role) {
            (None, None, None, None) => Err("a holder names an organization, a unit, a member or a role"),
            columns => Ok(InCharge::from_columns(columns)),
        }
    }
}
