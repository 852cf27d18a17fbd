//! The SQL of capacity.

use std::collections::{HashMap, HashSet};

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::base::{Id, Instant, Result};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Member, Unit};
use crate::db::Tx;
use crate::db::schema::{check_in_versions, decision_versions, question_events, questions};
use crate::hackathon::Hackathon;
use crate::question::{HolderRole, InCharge, StateWord};
use crate::team::Team;

/// Who checked in, took part in a question or worked on a decision since then.
pub fn heard_since(tx: &mut Tx, hackathon: Id<Hackathon>, since: Instant) -> Result<HashSet<Id<Member>>> {
    let check_ins: Vec<Id<Member>> = check_in_versions::table
        .filter(check_in_versions::hackathon_id.eq(hackathon))
        .filter(check_in_versions::created_at.gt(since))
        .select(check_in_versions::member_id)
        .distinct()
        .load(tx.conn())?;
    let decisions: Vec<Id<Member>> = decision_versions::table
        .filter(decision_versions::hackathon_id.eq(hackathon))
        .filter(decision_versions::created_at.gt(since))
        .select(decision_versions::member_id)
        .distinct()
        .load(tx.conn())?;
    let questions: Vec<Option<Id<Member>>> = question_events::table
        .filter(question_events::hackathon_id.eq(hackathon))
        .filter(question_events::created_at.gt(since))
        .select(question_events::member_id)
        .distinct()
        .load(tx.conn())?;
    Ok(check_ins.into_iter().chain(decisions).chain(questions.into_iter().flatten()).collect())
}

/// A question that was neither answered nor closed.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    /// Whom it lies with.
    pub in_charge: InCharge,
    /// The asker's team.
    pub team: Option<Id<Team>>,
    /// Who has it.
    pub assignee: Option<Id<Member>>,
}

type OpenRow = (
    (Option<OrganizationId>, Option<Id<Unit>>, Option<Id<Member>>, Option<HolderRole>),
    Option<Id<Team>>,
    Option<Id<Member>>,
);

/// The questions that were neither answered nor closed.
pub fn open(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Open>> {
    let rows: Vec<OpenRow> = questions::table
        .filter(questions::hackathon_id.eq(hackathon))
        .filter(questions::state.eq_any(StateWord::UNSETTLED))
        .select((
            (
                questions::holder_organization_id,
                questions::holder_unit_id,
                questions::holder_member_id,
                questions::holder_role,
            ),
            questions::team_id,
            questions::assignee_id,
        ))
        .load(tx.conn())?;
    let open = |(columns, team, assignee)| Open { in_charge: InCharge::from_columns(columns), team, assignee };
    Ok(rows.into_iter().map(open).collect())
}

/// How many answers each member gave since then.
pub fn answered_since(tx: &mut Tx, hackathon: Id<Hackathon>, since: Instant) -> Result<HashMap<Id<Member>, usize>> {
    let rows: Vec<(Option<Id<Member>>, i64)> = question_events::table
        .filter(question_events::hackathon_id.eq(hackathon))
        .filter(question_events::kind.eq("answered"))
        .filter(question_events::created_at.gt(since))
        .group_by(question_events::member_id)
        .select((question_events::member_id, count_star()))
        .load(tx.conn())?;
    let count =
        |(member, count): (Option<Id<Member>>, i64)| Some((member?, usize::try_from(count).unwrap_or_default()));
    Ok(rows.into_iter().filter_map(count).collect())
}
