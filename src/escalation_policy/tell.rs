//! Whom a step tells.

use serde::{Deserialize, Serialize};

use crate::base::{Error, Id, Result, say};
use crate::consortium::{Holder, HolderSaid};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::words;

words! {
    /// The word for whom a step tells.
    TellKind / TellKindShape {
        /// Who leads the holder that a question lies with.
        HolderLead = "holder_lead",
        /// The accountable for its topic.
        Accountable = "accountable",
        /// The mentors of the asker's team.
        TeamMentors = "team_mentors",
        /// Those who run the hackathon.
        Organizers = "organizers",
        /// A holder that the step names.
        Holder = "holder",
    }
}

/// Whom a step tells. Where there is nobody of the kind, the organizers are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "Shape", try_from = "Shape")]
pub enum Tell {
    /// Who leads the holder that a question lies with.
    HolderLead,
    /// The accountable for its topic.
    Accountable,
    /// The mentors of the asker's team.
    TeamMentors,
    /// Those who run the hackathon.
    Organizers,
    /// This holder.
    Holder(Holder),
}

impl Tell {
    /// The word for it.
    pub fn kind(self) -> TellKind {
        match self {
            Tell::HolderLead => TellKind::HolderLead,
            Tell::Accountable => TellKind::Accountable,
            Tell::TeamMentors => TellKind::TeamMentors,
            Tell::Organizers => TellKind::Organizers,
            Tell::Holder(_) => TellKind::Holder,
        }
    }

    /// The holder that it names.
    pub fn holder(self) -> Option<Holder> {
        match self {
            Tell::Holder(holder) => Some(holder),
            _ => None,
        }
    }

    /// From its word and the holder beside it; `None` where they do not fit each other.
    pub fn of(kind: TellKind, holder: Option<Holder>) -> Option<Tell> {
        match (kind, holder) {
            (TellKind::HolderLead, None) => Some(Tell::HolderLead),
            (TellKind::Accountable, None) => Some(Tell::Accountable),
            (TellKind::TeamMentors, None) => Some(Tell::TeamMentors),
            (TellKind::Organizers, None) => Some(Tell::Organizers),
            (TellKind::Holder, Some(holder)) if holder != Holder::TeamMentor => Some(Tell::Holder(holder)),
            _ => None,
        }
    }
}

/// Whom a body names: a word, and a holder beside it where, and only where, the word is `holder`.
pub fn named(
    tx: &mut Tx,
    hackathon: Id<Hackathon>,
    kind: TellKind,
    holder: Option<&HolderSaid>,
    pointer: &str,
) -> Result<Tell> {
    let pointer = format!("{pointer}/holder");
    let found = holder.map(|said| said.find(tx, hackathon, &pointer)).transpose()?;
    Tell::of(kind, found).ok_or_else(|| {
        let detail = say!(
            "Name an organization, a unit or a member where \"tell\" is \"holder\", and only there.",
            "\"tell\"이 \"holder\"일 때만, 기관·부서·구성원 가운데 하나를 적으세요."
        );
        Error::invalid(pointer, "tell.holder", detail)
    })
}

/// In JSON: `{"tell": "accountable", "holder": null}`.
#[derive(Serialize, Deserialize)]
struct Shape {
    tell: TellKind,
    holder: Option<Holder>,
}

impl From<Tell> for Shape {
    fn from(tell: Tell) -> Shape {
        Shape { tell: tell.kind(), holder: tell.holder() }
    }
}

impl TryFrom<Shape> for Tell {
    type Error = &'static str;

    fn try_from(Shape { tell, holder }: Shape) -> Result<Tell, Self::Error> {
        Tell::of(tell, holder).ok_or("a holder is named where, and only where, a holder is told")
    }
}
