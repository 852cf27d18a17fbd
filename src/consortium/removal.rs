//! Taking a member, a unit or an organization out of a hackathon, with what belongs to it alone.
//!
//! Whether topics would be left without anybody to answer for them is the matrix's to say, and is asked first.

use super::{Holder, Member, Organization, Unit, member, store};
use crate::base::{Error, Result, say};
use crate::db::Tx;
use crate::hackathon::Role;

/// Removes a membership, with their leads, teams, channels and shifts.
pub fn remove_member(tx: &mut Tx, member: &Member) -> Result<()> {
    // As it is now that nobody else can change it: what was read before may have changed.
    let Some(member) = store::member::by_id(tx, member.hackathon, member.id)? else { return Ok(()) };
    member::keep_an_organizer(tx, &member)?;
    let holder = Holder::Member(member.id);
    store::removal::drop_duty(tx, member.hackathon, holder)?;
    store::removal::drop_leads(tx, member.hackathon, member.id)?;
    store::member::delete(tx, member.id)
}

/// Removes a unit, with its channels and shifts. Its people belong to its organization from then on.
pub fn remove_unit(tx: &mut Tx, unit: &Unit) -> Result<()> {
    let holder = Holder::Unit(unit.id);
    store::removal::drop_duty(tx, unit.hackathon, holder)?;
    store::removal::move_people(tx, unit)?;
    store::unit::delete(tx, unit.id)
}

/// Takes an organization out of the consortium, with its channels and shifts. Its people stay, without an affiliation.
pub fn remove_organization(tx: &mut Tx, organization: &Organization) -> Result<()> {
    let holder = Holder::Organization(organization.id);
    let units = store::removal::units_of(tx, organization)?;
    if !units.is_empty() {
        let units = listed(&units);
        return Err(Error::Conflict(say!(
            "This organization still has units: {units}. Move or remove them first.",
            "이 기관에 아직 부서가 있습니다: {units}. 먼저 옮기거나 지우세요."
        )));
    }
    store::removal::drop_duty(tx, organization.hackathon, holder)?;
    store::removal::free_people(tx, organization)?;
    store::organization::delete(tx, organization)
}

fn listed<T: std::fmt::Display>(slugs: &[T]) -> String {
    slugs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Whoever is no participant any more builds in no team, and who is no mentor mentors none: teams must not be sent to them.
pub fn leave_teams(tx: &mut Tx, member: &Member) -> Result<()> {
    if !member.is(Role::Participant) {
        store::removal::leave_teams_as_member(tx, member.id)?;
    }
    if !member.is(Role::Mentor) {
        store::removal::leave_teams_as_mentor(tx, member.id)?;
    }
    Ok(())
}
