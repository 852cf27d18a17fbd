//! A unit: a division of an organization. Never called a team.

use diesel::Queryable;

use super::organization::OrganizationId;
use super::{Member, store};
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
