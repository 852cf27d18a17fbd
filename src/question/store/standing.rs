//! The SQL behind somebody's standing.

use diesel::prelude::*;

use crate::access::UserId;
use crate::base::{Id, Result};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Member, store::member};
use crate::db::Tx;
use crate::db::schema::{hackathon_organizations, units};
use crate::hackathon::{self, Hackathon};
use crate::question::roles::{Person, Standing, UnitLed};
use crate::team::store::roster;

/// The standing of this user; none for a stranger and for somebody who is suspended.
pub fn of_user(tx: &mut Tx, here: Id<Hackathon>, user: UserId) -> Result<Option<Standing>> {
    let takes_part = !hackathon::store::roles_of(tx, here, user)?.is_empty();
    let Some(member) = member::by_user(tx, here, user)?.filter(|_| takes_part) else { return Ok(None) };
    let teams = roster::teams_of(tx, member.id)?;
    Ok(Some(Standing::of(&Person {
        member: member.id,
        roles: &member.roles,
        affiliation: member.affiliation,
        units: all_units(tx, here)?,
        leads: led_by(tx, here, member.id)?,
        builds_in: teams.own,
        mentors: teams.mentored,
    })))
}

pub(super) fn all_units(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<UnitLed>> {
    let query = units::table.filter(units::hackathon_id.eq(here));
    Ok(query.select((units::id, units::organization_id, units::lead_id)).load(tx.conn())?)
}

fn led_by(tx: &mut Tx, here: Id<Hackathon>, member: Id<Member>) -> Result<Vec<OrganizationId>> {
    let led = hackathon_organizations::table
        .filter(hackathon_organizations::hackathon_id.eq(here))
        .filter(hackathon_organizations::lead_id.eq(member));
    Ok(led.select(hackathon_organizations::organization_id).load(tx.conn())?)
}
