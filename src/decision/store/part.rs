//! The SQL of who had a part in decisions.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::base::{Id, Result};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Holder, Member, Unit};
use crate::db::schema::decision_parties as parties;
use crate::db::{Tx, on_backend};
use crate::decision::{Content, Decision, Part};
use crate::hackathon::Hackathon;
use crate::question::Standing;

/// Who had which part in which decision, in order.
pub(super) type Parts = HashMap<(Id<Decision>, Part), Vec<Holder>>;

type Row = (Id<Decision>, Part, (Option<OrganizationId>, Option<Id<Unit>>, Option<Id<Member>>, bool));

/// Who had a part in these decisions.
pub(super) fn of(tx: &mut Tx, ids: &[Id<Decision>]) -> Result<Parts> {
    let rows: Vec<Row> = parties::table
        .filter(parties::decision_id.eq_any(ids.to_vec()))
        .order((parties::decision_id, parties::part, parties::position))
        .select((
            parties::decision_id,
            parties::part,
            (parties::organization_id, parties::unit_id, parties::member_id, parties::team_mentor),
        ))
        .load(tx.conn())?;
    let mut parts = Parts::new();
    for (decision, part, columns) in rows {
        parts.entry((decision, part)).or_default().push(Holder::from_columns(columns));
    }
    Ok(parts)
}

/// Keeps who had a part.
pub(super) fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, id: Id<Decision>, content: &Content) -> Result<()> {
    let mut rows = Vec::new();
    for part in Part::ALL {
        for (position, holder) in (1..).zip(content.named(*part)) {
            let (organization, unit, member, team_mentor) = holder.columns();
            rows.push((
                parties::hackathon_id.eq(hackathon),
                parties::decision_id.eq(id),
                parties::part.eq(*part),
                parties::position.eq(position),
                parties::organization_id.eq(organization),
                parties::unit_id.eq(unit),
                parties::member_id.eq(member),
                parties::team_mentor.eq(team_mentor),
            ));
        }
    }
    let insert = diesel::insert_into(parties::table).values(rows);
    on_backend!(tx.conn(), |conn| insert.execute(conn))?;
    Ok(())
}

/// The decisions that name somebody, or whom they answer for. A team's mentors see its decisions anyway.
pub(super) fn naming(tx: &mut Tx, hackathon: Id<Hackathon>, standing: &Standing) -> Result<Vec<Id<Decision>>> {
    let organizations: Vec<Option<OrganizationId>> = standing.facts.organizations.iter().copied().map(Some).collect();
    let units: Vec<Option<Id<Unit>>> = standing.facts.units.iter().copied().map(Some).collect();
    let named = parties::table.filter(parties::hackathon_id.eq(hackathon)).filter(
        parties::organization_id
            .eq_any(organizations)
            .or(parties::unit_id.eq_any(units))
            .or(parties::member_id.eq(standing.member)),
    );
    Ok(named.select(parties::decision_id).distinct().load(tx.conn())?)
}
