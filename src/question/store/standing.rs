//! The SQL behind somebody's standing.

use diesel::prelude::*;

use crate::access::UserId;
use crate::base::{Id, Result};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Affiliation, Member, Unit, store::member};
use crate::db::Tx;
use crate::db::schema::{hackathon_organizations, units};
use crate::hackathon::{self, Hackathon, Role};
use crate::question::roles::{Facts, Standing};
use crate::team;
use crate::team::store::roster::Teams;

pub(super) type UnitRow = (Id<Unit>, OrganizationId, Option<Id<Member>>);

/// The standing of this user; none for a stranger and for somebody who is suspended.
pub fn of_user(tx: &mut Tx, here: Id<Hackathon>, user: UserId) -> Result<Option<Standing>> {
    let roles = hackathon::store::roles_of(tx, here, user)?;
    let Some(member) = member::by_user(tx, here, user)?.filter(|_| !roles.is_empty()) else { return Ok(None) };
    let units = units_of(tx, here)?;
    let Teams { own: builds_in, mentored: mentors } = team::store::roster::teams_of(tx, member.id)?;
    let mut facts = Facts { roles, builds_in, mentors, ..Facts::default() };
    lead(tx, here, &member, &units, &mut facts)?;
    belong(&member, &units, &mut facts);
    Ok(Some(Standing { member: member.id, facts }))
}

pub(super) fn units_of(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<UnitRow>> {
    let query = units::table.filter(units::hackathon_id.eq(here));
    Ok(query.select((units::id, units::organization_id, units::lead_id)).load(tx.conn())?)
}

/// Whoever leads a unit or an organization answers for it.
fn lead(tx: &mut Tx, here: Id<Hackathon>, member: &Member, units: &[UnitRow], facts: &mut Facts) -> Result<()> {
    facts.leads_organizations = hackathon_organizations::table
        .filter(hackathon_organizations::hackathon_id.eq(here))
        .filter(hackathon_organizations::lead_id.eq(member.id))
        .select(hackathon_organizations::organization_id)
        .load(tx.conn())?;
    let leads = |(_, organization, lead): &&UnitRow| {
        *lead == Some(member.id) || facts.leads_organizations.contains(organization)
    };
    facts.leads_units = units.iter().filter(leads).map(|(id, ..)| *id).collect();
    facts.organizations.extend(&facts.leads_organizations);
    facts.units.extend(&facts.leads_units);
    Ok(())
}

/// Who answers questions answers for where they belong: for their unit and its organization, or for all units of their
/// organization.
pub(super) fn belong(member: &Member, units: &[UnitRow], facts: &mut Facts) {
    let answers = [Role::Organizer, Role::Mentor, Role::Responder].iter().any(|role| member.is(*role));
    match member.affiliation.filter(|_| answers) {
        Some(Affiliation::Unit(unit)) => {
            facts.units.push(unit);
            let around = units.iter().find(|(id, ..)| *id == unit);
            facts.organizations.extend(around.map(|(_, organization, _)| *organization));
        }
        Some(Affiliation::Organization(id)) => {
            facts.organizations.push(id);
            facts.units.extend(units.iter().filter(|(_, of, _)| *of == id).map(|(unit, ..)| *unit));
        }
        None => {}
    }
}
