//! An organization as what it is in a hackathon.

use diesel::Queryable;

use super::{Member, named, store};
use crate::access::Item;
use crate::base::{Error, Id, Instant, Key, Localized, Result, Sentence, Slug, say};
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
    /// Grows with every change of the organization itself, whose slug is shown with it.
    pub known_version: i64,
    /// When it joined.
    pub created_at: Instant,
    /// When this was last changed.
    pub updated_at: Instant,
}

/// What is said of an organization that joins the consortium.
#[derive(Clone, Debug)]
pub struct Joining {
    /// Its slug or id.
    pub key: Key,
    /// What it is here.
    pub function: Function,
    /// Its name in this event; needed where the server does not know the organization yet.
    pub name: Option<Localized>,
    /// The member who speaks for it.
    pub lead: Option<Id<Member>>,
}

/// Takes an organization into the consortium. One that the server does not know is made, for an organizer may bring
/// partners along; the name of one that it knows is changed for this event only.
pub fn join(tx: &mut Tx, hackathon: Id<Hackathon>, new: Joining) -> Result<Organization> {
    let lead = new.lead.map(|id| named::member(tx, hackathon, id, "/lead")).transpose()?;
    let known = match (crate::organization::store::find(tx, &new.key)?, &new.key, &new.name) {
        (Some(known), _, _) => known,
        (None, Key::Slug(slug), Some(name)) => crate::organization::store::insert(tx, slug, name)?,
        _ => return Err(Error::invalid("/organization", "organization.unknown", unheard_of())),
    };
    let name = new.name.unwrap_or(known.name);
    let mut joined = store::organization::insert(tx, hackathon, known.id, &name, new.function)?;
    if let Some(lead) = lead {
        joined.lead = Some(lead.id);
        store::organization::set_lead(tx, &joined, joined.lead)?;
    }
    Ok(joined)
}

/// What an organization is in a hackathon, as it can be changed there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its name in this event; elsewhere it keeps its own.
    pub name: Localized,
    /// What it is here.
    pub function: Function,
    /// The member who speaks for it.
    pub lead: Option<Id<Member>>,
}

/// Changes what an organization is here; its lead must be a member.
pub fn change(tx: &mut Tx, of: &Organization, facts: &Facts) -> Result<Organization> {
    let lead = named::lead(tx, of.hackathon, facts.lead)?;
    store::organization::update(tx, of, &facts.name, facts.function, lead)
}

fn unheard_of() -> Sentence {
    say!(
        "This server knows no such organization. Give a slug and a \"name\" to add it.",
        "이 서버가 모르는 기관입니다. 추가하려면 slug와 \"name\"을 함께 보내세요."
    )
}

impl Item<Hackathon> for Organization {
    const PARAM: &'static str = "organization";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        store::organization::find(tx, parent.id, key)
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}-{}", self.id, self.version, self.known_version))
    }
}
