//! Brings a hackathon to the state of a file: what is new is made, what differs is changed, what is missing is removed.

use std::collections::HashMap;

use super::{duty, groups, people, policies, topics};
use crate::access::UserId;
use crate::base::{Error, Id, Result, Slug};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Affiliation, Holder, Member, Unit};
use crate::db::Tx;
use crate::file::{self, Document, Event};
use crate::hackathon::{self, Facts, Hackathon, Zone};

/// What the names in the file stand for.
#[derive(Default)]
pub(super) struct Names {
    pub organizations: HashMap<Slug, OrganizationId>,
    pub units: HashMap<Slug, Id<Unit>>,
    /// By folded address.
    pub members: HashMap<String, Id<Member>>,
}

/// Brings the hackathon to the state of the file, and gives it back.
pub(super) fn apply(
    tx: &mut Tx,
    before: Option<Hackathon>,
    document: &Document,
    by: Option<UserId>,
) -> Result<Hackathon> {
    let facts = facts(&document.hackathon);
    let hackathon = match before {
        None => hackathon::store::insert(tx, &facts)?,
        Some(before) if before.facts() == facts => before,
        Some(before) => hackathon::store::update(tx, before.id, &facts)?,
    };
    // Taken first: whoever changes this hackathon at the same time waits here.
    hackathon::touch(tx, hackathon.id)?;
    let here = hackathon.id;
    let mut names = Names::default();
    let gone = people::consortium(tx, here, document, &mut names)?;
    let topics = topics::topics(tx, here, &document.topics)?;
    topics::cells(tx, here, document, &names, &topics)?;
    duty::channels(tx, here, document, &names)?;
    groups::teams(tx, here, &document.teams, &names)?;
    groups::sprints(tx, here, &document.sprints)?;
    policies::policies(tx, here, document, &names, &topics)?;
    groups::brief(tx, &hackathon, document.hackathon.brief.as_ref(), by)?;
    topics::remove_others(tx, here, &topics)?;
    gone.remove(tx)?;
    Ok(hackathon)
}

fn facts(event: &Event) -> Facts {
    let hours: Vec<String> = event.working_hours.iter().map(ToString::to_string).collect();
    Facts {
        slug: event.slug.clone(),
        name: event.name.clone(),
        timezone: Zone(event.timezone),
        starts_on: event.starts_on,
        ends_on: event.ends_on,
        working_hours: Some(hours).filter(|hours| !hours.is_empty()),
        holidays: event.holidays.clone(),
    }
}

impl Names {
    /// The member of an address. The file was checked, so one that is missing is a fault of ours.
    pub fn member(&self, email: &crate::base::Email) -> Result<Id<Member>> {
        self.members.get(&email.folded()).copied().ok_or_else(|| missing(email))
    }

    /// The organization of a slug.
    pub fn organization(&self, slug: &Slug) -> Result<OrganizationId> {
        self.organizations.get(slug).copied().ok_or_else(|| missing(slug))
    }

    /// The unit of a slug.
    pub fn unit(&self, slug: &Slug) -> Result<Id<Unit>> {
        self.units.get(slug).copied().ok_or_else(|| missing(slug))
    }

    /// The holder that is named.
    pub fn holder(&self, holder: &file::Holder) -> Result<Holder> {
        Ok(match holder {
            file::Holder::Organization(slug) => Holder::Organization(self.organization(slug)?),
            file::Holder::Unit(slug) => Holder::Unit(self.unit(slug)?),
            file::Holder::Member(email) => Holder::Member(self.member(email)?),
            file::Holder::Role(_) => Holder::TeamMentor,
        })
    }

    /// Where somebody belongs.
    pub fn affiliation(&self, affiliation: &file::Affiliation) -> Result<Affiliation> {
        Ok(match affiliation {
            file::Affiliation::Organization(slug) => Affiliation::Organization(self.organization(slug)?),
            file::Affiliation::Unit(slug) => Affiliation::Unit(self.unit(slug)?),
        })
    }
}

pub(super) fn missing(name: impl std::fmt::Display) -> Error {
    Error::internal(format!("{name} is named in a file that was checked, and is not there"))
}
