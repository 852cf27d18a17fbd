//! An organization as what it is in a hackathon.

use diesel::Queryable;

use super::{Member, store};
use crate::access::Item;
use crate::base::{Id, Instant, Key, Localized, Result, Slug};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::words;

words! {
    /// What an organization is in a hackathon.
    Function / FunctionShape {
        /// Runs the hackathon at its place.
        Host = "host",
        /// Pays, and says what it wants.
        Sponsor = "sponsor",
        /// Brings the platform.
        PlatformVendor = "platform_vendor",
        /// Plans the event.
        EventPlanner = "event_planner",
        /// Builds along.
        DeliveryPartner = "delivery_partner",
    }
}

/// The id of an organization, the same in every hackathon.
pub type OrganizationId = Id<crate::organization::Organization>;

/// An organization in a hackathon.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Organization {
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// The organization.
    pub id: OrganizationId,
    /// Its short name.
    pub slug: Slug,
    /// Its name in this event: what an organizer writes here renames it nowhere else.
    pub name: Localized,
    /// What it is here.
    pub function: Function,
    /// The member who speaks for it.
    pub lead: Option<Id<Member>>,
    /// Grows with every change.
    pub version: i64,
    /// When it joined.
    pub created_at: Instant,
    /// When this was last changed.
    pub updated_at: Instant,
}

impl Item<Hackathon> for Organization {
    const PARAM: &'static str = "organization";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        store::organization::find(tx, parent.id, key)
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}
