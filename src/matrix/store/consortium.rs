//! The SQL that finds who may hold something.

use diesel::prelude::*;

use crate::account::UserState;
use crate::base::{Id, Name, Result, Slug};
use crate::consortium::member::MemberState;
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Affiliation, Member, Unit, store};
use crate::db::schema::{members, team_mentors, teams, users};
use crate::db::{Json, Tx};
use crate::hackathon::{Hackathon, Role};
use crate::matrix::consortium::{Consortium, MemberFacts, OrganizationFacts, TeamFacts, UnitFacts};

/// Everybody of this hackathon who may hold something.
pub fn load(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Consortium> {
    let organizations = store::organization::all(tx, hackathon)?.into_iter();
    let organizations =
        organizations.map(|one| OrganizationFacts { id: one.id, slug: one.slug, name: one.name, lead: one.lead });
    let units = store::unit::all(tx, hackathon)?.into_iter().map(|unit| UnitFacts {
        id: unit.id,
        organization: unit.organization,
        slug: unit.slug,
        name: unit.name,
        lead: unit.lead,
    });
    let (organizations, units) = (organizations.collect(), units.collect());
    Ok(Consortium { organizations, units, members: people(tx, hackathon)?, teams: with_mentors(tx, hackathon)? })
}

#[derive(Queryable)]
struct MemberRow {
    id: Id<Member>,
    name: Name,
    state: MemberState,
    user_state: UserState,
    roles: Json<Vec<Role>>,
    organization: Option<OrganizationId>,
    unit: Option<Id<Unit>>,
}

fn people(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<MemberFacts>> {
    let rows: Vec<MemberRow> = members::table
        .inner_join(users::table)
        .filter(members::hackathon_id.eq(hackathon))
        .order(members::id)
        .select((
            members::id,
            users::display_name,
            members::state,
            users::state,
            members::roles,
            members::organization_id,
            members::unit_id,
        ))
        .load(tx.conn())?;
    let facts = |row: MemberRow| MemberFacts {
        id: row.id,
        name: row.name,
        active: row.state == MemberState::Active && row.user_state == UserState::Active,
        roles: row.roles.0,
        affiliation: row.unit.map(Affiliation::Unit).or(row.organization.map(Affiliation::Organization)),
    };
    Ok(rows.into_iter().map(facts).collect())
}

fn with_mentors(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<TeamFacts>> {
    let rows: Vec<(Slug, Option<Id<Member>>)> = teams::table
        .left_join(team_mentors::table)
        .filter(teams::hackathon_id.eq(hackathon))
        .order((teams::id, team_mentors::position, team_mentors::member_id))
        .select((teams::slug, team_mentors::member_id.nullable()))
        .load(tx.conn())?;
    let mut found: Vec<TeamFacts> = Vec::new();
    for (slug, mentor) in rows {
        match found.last_mut() {
            Some(team) if team.slug == slug => team.mentors.extend(mentor),
            _ => found.push(TeamFacts { slug, mentors: mentor.into_iter().collect() }),
        }
    }
    Ok(found)
}
