//! An absence: days on which a member is away. And what is left of the hours that people offer when that is counted.

mod offered;
pub mod store;

use chrono::NaiveDate;
use diesel::Queryable;

use crate::access::{Item, Within};
use crate::base::{Error, Id, Instant, Key, Name, Result, say};
use crate::consortium::Member;
use crate::db::Tx;
use crate::hackathon::Hackathon;

pub use offered::{Offer, Span, offered_minutes, rounded};

/// Days on which a member is away.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Absence {
    /// Its id.
    pub id: Id<Absence>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// Who.
    pub member: Id<Member>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Why, if they say so.
    pub reason: Option<Name>,
    /// Grows with every change.
    pub version: i64,
    /// When it was said.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What is said of an absence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Why, if they say so.
    pub reason: Option<Name>,
}

impl Facts {
    /// The days must be in order.
    pub fn check(&self) -> Result<()> {
        if self.starts_on <= self.ends_on {
            return Ok(());
        }
        let detail = say!("The last day must not be before the first.", "마지막 날은 첫날보다 앞설 수 없습니다.");
        Err(Error::invalid("/ends_on", "dates.order", detail))
    }
}

impl Absence {
    /// What is said of it, as a base for changing it.
    pub fn facts(&self) -> Facts {
        let Absence { starts_on, ends_on, reason, .. } = self.clone();
        Facts { starts_on, ends_on, reason }
    }

    /// Its days.
    pub fn span(&self) -> Span {
        Span { from: self.starts_on, until: self.ends_on }
    }
}

impl Item<Within<Hackathon, Member>> for Absence {
    const PARAM: &'static str = "absence";

    fn find_in(tx: &mut Tx, parent: &Within<Hackathon, Member>, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::by_id(tx, parent.item.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}
