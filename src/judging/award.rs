//! An award: what can be won, who gives it, and who won it.

use diesel::Queryable;
use serde::Serialize;

use super::change::{Kind, Note};
use super::{Submission, store};
use crate::access::{Item, UserId};
use crate::base::{Id, Instant, Key, Localized, Result, Text};
use crate::consortium::organization::OrganizationId;
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// An award.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Award {
    /// Its id.
    pub id: Id<Award>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    name: Localized,
    sponsor: Option<OrganizationId>,
    submission: Option<Id<Submission>>,
    reason: Option<Text>,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What an award says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// What it is called.
    pub name: Localized,
    /// The organization that gives it.
    pub sponsor: Option<OrganizationId>,
    /// Who won it; none: nobody yet.
    pub submission: Option<Id<Submission>>,
    /// Why.
    pub reason: Option<Text>,
}

impl Award {
    /// Its facts, as a base for changing them.
    pub fn facts(&self) -> Facts {
        let Award { name, sponsor, submission, reason, .. } = self.clone();
        Facts { name, sponsor, submission, reason }
    }

    fn note(&self, by: UserId) -> Note {
        Note { here: self.hackathon, by, kind: Kind::Award, thing: self.id.uuid() }
    }
}

impl Item<Hackathon> for Award {
    const PARAM: &'static str = "award";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::award::by_id(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

/// Makes an award.
pub fn add(tx: &mut Tx, here: Id<Hackathon>, by: UserId, facts: &Facts) -> Result<Award> {
    let made = store::award::insert(tx, here, facts)?;
    made.note(by).made(tx, facts)?;
    Ok(made)
}

/// Changes an award: also who won it.
pub fn change(tx: &mut Tx, of: &Award, by: UserId, facts: &Facts) -> Result<Award> {
    of.note(by).changed(tx, &of.facts(), facts)?;
    store::award::update(tx, of, facts)
}

/// Removes an award.
pub fn remove(tx: &mut Tx, of: &Award, by: UserId) -> Result<()> {
    of.note(by).removed(tx, &of.facts())?;
    store::award::delete(tx, of)
}
