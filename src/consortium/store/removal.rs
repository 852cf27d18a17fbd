//! The SQL of taking something out of a hackathon: what points to it, and what goes with it.

use diesel::prelude::*;

use crate::base::{Id, Result, Slug};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Holder, Member, Organization, Unit};
use crate::db::Tx;
use crate::db::schema::{
    channels, hackathon_organizations as here, invitations, members, shifts, team_members, team_mentors, units,
};
use crate::hackathon::Hackathon;

/// The rows of a table in which this holder stands.
macro_rules! rows_of {
    ($table:ident, $hackathon:expr, $holder:expr) => {{
        let rows = $table::table.filter($table::hackathon_id.eq($hackathon)).into_boxed();
        match $holder {
            Holder::Organization(id) => rows.filter($table::organization_id.eq(id)),
            Holder::Unit(id) => rows.filter($table::unit_id.eq(id)),
            Holder::Member(id) => rows.filter($table::member_id.eq(id)),
            Holder::TeamMentor => rows.filter($table::team_mentor.eq(true)),
        }
    }};
}

/// Only ever an id: the tables' own types belong to modules that know more than this one.
struct Row;

/// Removes the holder's shifts and channels, and the shifts in those channels.
pub fn drop_duty(tx: &mut Tx, hackathon: Id<Hackathon>, holder: Holder) -> Result<()> {
    let own: Vec<Id<Row>> = rows_of!(shifts, hackathon, holder).select(shifts::id).load(tx.conn())?;
    let gone: Vec<Id<Row>> = rows_of!(channels, hackathon, holder).select(channels::id).load(tx.conn())?;
    let inside: Vec<Option<Id<Row>>> = gone.iter().copied().map(Some).collect();
    diesel::delete(shifts::table.filter(shifts::id.eq_any(own))).execute(tx.conn())?;
    diesel::delete(shifts::table.filter(shifts::channel_id.eq_any(inside))).execute(tx.conn())?;
    diesel::delete(channels::table.filter(channels::id.eq_any(gone))).execute(tx.conn())?;
    Ok(())
}

/// Clears this member as the lead of units and organizations.
pub fn drop_leads(tx: &mut Tx, hackathon: Id<Hackathon>, member: Id<Member>) -> Result<()> {
    let (nobody, now) = (None::<Id<Member>>, tx.now());
    let led = here::table.filter(here::hackathon_id.eq(hackathon)).filter(here::lead_id.eq(member));
    diesel::update(led)
        .set((here::lead_id.eq(nobody), here::version.eq(here::version + 1), here::updated_at.eq(now)))
        .execute(tx.conn())?;
    let led = units::table.filter(units::hackathon_id.eq(hackathon)).filter(units::lead_id.eq(member));
    diesel::update(led)
        .set((units::lead_id.eq(nobody), units::version.eq(units::version + 1), units::updated_at.eq(now)))
        .execute(tx.conn())?;
    Ok(())
}

/// Moves the people of a unit, and those invited to it, to its organization.
pub fn move_people(tx: &mut Tx, unit: &Unit) -> Result<()> {
    let (to, no_unit, now) = (Some(unit.organization), None::<Id<Unit>>, tx.now());
    let people = members::table.filter(members::hackathon_id.eq(unit.hackathon)).filter(members::unit_id.eq(unit.id));
    diesel::update(people)
        .set((
            members::organization_id.eq(to),
            members::unit_id.eq(no_unit),
            members::version.eq(members::version + 1),
            members::updated_at.eq(now),
        ))
        .execute(tx.conn())?;
    let invited = invitations::table
        .filter(invitations::hackathon_id.eq(unit.hackathon))
        .filter(invitations::unit_id.eq(unit.id));
    diesel::update(invited)
        .set((invitations::organization_id.eq(to), invitations::unit_id.eq(no_unit)))
        .execute(tx.conn())?;
    Ok(())
}

/// Leaves the people of an organization, and those invited to it, without an affiliation.
pub fn free_people(tx: &mut Tx, of: &Organization) -> Result<()> {
    let (nowhere, now) = (None::<OrganizationId>, tx.now());
    let people =
        members::table.filter(members::hackathon_id.eq(of.hackathon)).filter(members::organization_id.eq(of.id));
    diesel::update(people)
        .set((
            members::organization_id.eq(nowhere),
            members::version.eq(members::version + 1),
            members::updated_at.eq(now),
        ))
        .execute(tx.conn())?;
    let invited = invitations::table
        .filter(invitations::hackathon_id.eq(of.hackathon))
        .filter(invitations::organization_id.eq(of.id));
    diesel::update(invited).set(invitations::organization_id.eq(nowhere)).execute(tx.conn())?;
    Ok(())
}

/// The units of an organization.
pub fn units_of(tx: &mut Tx, of: &Organization) -> Result<Vec<Slug>> {
    let own = units::table.filter(units::hackathon_id.eq(of.hackathon)).filter(units::organization_id.eq(of.id));
    Ok(own.order(units::slug).select(units::slug).load(tx.conn())?)
}

/// Takes a member out of the teams they build in.
pub fn leave_teams_as_member(tx: &mut Tx, member: Id<Member>) -> Result<()> {
    diesel::delete(team_members::table.filter(team_members::member_id.eq(member))).execute(tx.conn())?;
    Ok(())
}

/// Takes a member off the teams they mentor.
pub fn leave_teams_as_mentor(tx: &mut Tx, member: Id<Member>) -> Result<()> {
    diesel::delete(team_mentors::table.filter(team_mentors::member_id.eq(member))).execute(tx.conn())?;
    Ok(())
}
