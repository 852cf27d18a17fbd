//! The SQL behind everybody's standing, read at once: who is to be told is worked out for all members of a hackathon.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::standing::all_units;
use crate::access::UserId;
use crate::base::{Id, Result};
use crate::consortium::member::MemberState;
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Member, store::member};
use crate::db::Tx;
use crate::db::schema::{hackathon_organizations, members, team_members, team_mentors, users};
use crate::hackathon::Hackathon;
use crate::question::roles::{Person, Standing};
use crate::team::Team;

/// Everybody who takes part and is not suspended, each with their standing: the same that
/// [`super::standing::of_user`] gives for one.
pub fn all(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<(Member, Standing)>> {
    let active = active(tx, here)?;
    let units = all_units(tx, here)?;
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
        let led = leads.iter().filter(|(_, lead)| *lead == Some(member.id)).map(|(organization, _)| *organization);
        let standing = Standing::of(&Person {
            member: member.id,
            roles: &member.roles,
            affiliation: member.affiliation,
            units: units.clone(),
            leads: led.collect(),
            builds_in: teams(&builds_in),
            mentors: teams(&mentors),
        });
        (member, standing)
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
