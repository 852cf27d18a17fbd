//! A unit: a division of an organization. Never called a team.

use diesel::Queryable;

use super::organization::OrganizationId;
use super::{Member, named, store};
use crate::access::Item;
use crate::base::{Id, Instant, Key, Localized, Result, Slug};
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Unit {
    /// Its id.
    pub id: Id<Unit>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// The organization it is a division of.
    pub organization: OrganizationId,
    /// Its short name, one in the hackathon.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// The member who leads it.
    pub lead: Option<Id<Member>>,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Item<Hackathon> for Unit {
    const PARAM: &'static str = "unit";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        store::unit::find(tx, parent.id, key)
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

/// What is said of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The organization it is a division of.
    pub organization: OrganizationId,
    /// Its short name, one in the hackathon.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// The member who leads it.
    pub lead: Option<Id<Member>>,
}

impl Unit {
    /// Its facts, as a base for changing them.
    pub fn facts(&self) -> Facts {
        Facts { organization: self.organization, slug: self.slug.clone(), name: self.name.clone(), lead: self.lead }
    }
}

/// Makes a unit; its lead must be a member.
pub fn add(tx: &mut Tx, hackathon: Id<Hackathon>, facts: &Facts) -> Result<Unit> {
    let lead = named::lead(tx, hackathon, facts.lead)?;
    let made = store::unit::insert(tx, hackathon, facts.organization, &facts.slug, &facts.name)?;
    if lead.is_some() {
        store::unit::set_lead(tx, made.id, lead)?;
    }
    Ok(Unit { lead, ..made })
}

/// Changes a unit; its lead must be a member.
pub fn change(tx: &mut Tx, unit: &Unit, facts: Facts) -> Result<Unit> {
    let Facts { organization, slug, name, lead } = facts;
    let lead = named::lead(tx, unit.hackathon, lead)?;
    store::unit::update(tx, &Unit { organization, slug, name, lead, ..unit.clone() })
}
