//! The SQL behind everybody's standing, read at once: who is to be told is worked out for all members of a hackathon.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::standing::{UnitRow, belong, units_of};
use crate::access::UserId;
use crate::base::{Id, Result};
use crate::consortium::member::MemberState;
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Member, store::member};
use crate::db::Tx;
use crate::db::schema::{hackathon_organizations, members, team_members, team_mentors, users};
use crate::hackathon::{Hackathon, Role};
use crate::question::roles::{Facts, Standing};
use crate::team::Team;

/// Everybody who takes part and is not suspended, each with their standing: the same that
/// [`super::standing::of_user`] gives for one.
pub fn all(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<(Member, Standing)>> {
    let active = active(tx, here)?;
    let units = units_of(tx, here)?;
    let leads = organization_leads(tx, here)?;
    let builds_in = rosters(
        team_members::table
            .filter(team_members::hackathon_id.eq(here))
            .order(team_members::team_id)
            .select((team_members::member_id, team_members::team_id))
            .load(tx.conn())?,
    );
    let mentors = rosters(
        team_mentors::table
            .filter(team_mentors::hackathon_id.eq(here))
            .order(team_mentors::team_id)
            .select((team_mentors::member_id, team_mentors::team_id))
            .load(tx.conn())?,
    );
    let mut people = member::all(tx, here)?;
    people.retain(|member| active.contains(&member.user));
    let standing = |member: Member| {
        let teams = |of: &HashMap<Id<Member>, Vec<Id<Team>>>| of.get(&member.id).cloned().unwrap_or_default();
        let roles = Role::union(&member.roles);
        let mut facts = Facts { roles, builds_in: teams(&builds_in), mentors: teams(&mentors), ..Facts::default() };
        lead(&member, &units, &leads, &mut facts);
        belong(&member, &units, &mut facts);
        (member.clone(), Standing { member: member.id, facts })
    };
    Ok(people.into_iter().map(standing).collect())
}

fn active(tx: &mut Tx, here: Id<Hackathon>) -> Result<HashSet<UserId>> {
    let query = members::table
        .inner_join(users::table)
        .filter(members::hackathon_id.eq(here))
        .filter(members::state.eq(MemberState::Active))
        .filter(users::state.eq("active"));
    let users: Vec<UserId> = query.select(members::user_id).load(tx.conn())?;
    Ok(users.into_iter().collect())
}

fn organization_leads(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<(OrganizationId, Option<Id<Member>>)>> {
    let query = hackathon_organizations::table.filter(hackathon_organizations::hackathon_id.eq(here));
    Ok(query.select((hackathon_organizations::organization_id, hackathon_organizations::lead_id)).load(tx.conn())?)
}

fn rosters(rows: Vec<(Id<Member>, Id<Team>)>) -> HashMap<Id<Member>, Vec<Id<Team>>> {
    let mut teams: HashMap<_, Vec<_>> = HashMap::new();
    rows.into_iter().for_each(|(member, team)| teams.entry(member).or_default().push(team));
    teams
}

fn lead(member: &Member, units: &[UnitRow], leads: &[(OrganizationId, Option<Id<Member>>)], facts: &mut Facts) {
    let own = |lead: &Option<Id<Member>>| *lead == Some(member.id);
    facts.leads_organizations = leads.iter().filter(|(_, lead)| own(lead)).map(|(id, _)| *id).collect();
    let leads = |(_, organization, lead): &&UnitRow| own(lead) || facts.leads_organizations.contains(organization);
    facts.leads_units = units.iter().filter(leads).map(|(id, ..)| *id).collect();
    facts.organizations.extend(&facts.leads_organizations);
    facts.units.extend(&facts.leads_units);
}
