//! The SQL of policies about what is promised.

use diesel::prelude::*;

use super::scope::{Scope, ScopeColumns, taken};
use super::{Facts, SlaPolicy, Times};
use crate::base::{Error, Id, Instant, Localized, OrConflict, PageRequest, Result};
use crate::consortium::Unit;
use crate::consortium::organization::OrganizationId;
use crate::db::Tx;
use crate::db::schema::sla_policies;
use crate::hackathon::Hackathon;
use crate::topic::Topic;

#[derive(Queryable)]
struct Row {
    id: Id<SlaPolicy>,
    hackathon: Id<Hackathon>,
    name: Localized,
    topic: Option<Id<Topic>>,
    organization: Option<OrganizationId>,
    unit: Option<Id<Unit>>,
    claim: Option<i32>,
    first_response: Option<i32>,
    resolve: Option<i32>,
    accept: Option<i32>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Row> for SlaPolicy {
    fn from(row: Row) -> SlaPolicy {
        let scope: ScopeColumns = (row.topic, row.organization, row.unit);
        let times = Times {
            claim_within_seconds: row.claim,
            first_response_within_seconds: row.first_response,
            resolve_within_seconds: row.resolve,
            accept_within_seconds: row.accept,
        };
        let Row { id, hackathon, name, version, created_at, updated_at, .. } = row;
        let facts = Facts { name, scope: Scope::from_columns(scope), times };
        SlaPolicy { id, hackathon, facts, version, created_at, updated_at }
    }
}

/// The policy of that id in this hackathon.
pub fn by_id(tx: &mut Tx, hackathon: Id<Hackathon>, id: Id<SlaPolicy>) -> Result<Option<SlaPolicy>> {
    let query = sla_policies::table.filter(sla_policies::hackathon_id.eq(hackathon)).filter(sla_policies::id.eq(id));
    Ok(query.first::<Row>(tx.conn()).optional()?.map(SlaPolicy::from))
}

/// Every policy of this hackathon, oldest first.
pub fn all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<SlaPolicy>> {
    let query = sla_policies::table.filter(sla_policies::hackathon_id.eq(hackathon)).order(sla_policies::id);
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(SlaPolicy::from).collect())
}

/// A page of them.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, page: &PageRequest) -> Result<Vec<SlaPolicy>> {
    let query = sla_policies::table.filter(sla_policies::hackathon_id.eq(hackathon));
    let mut query = query.order(sla_policies::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(sla_policies::id.gt(Id::<SlaPolicy>::from_uuid(after)));
    }
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(SlaPolicy::from).collect())
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = sla_policies, treat_none_as_null = true)]
struct Columns {
    name: Localized,
    topic_id: Option<Id<Topic>>,
    organization_id: Option<OrganizationId>,
    unit_id: Option<Id<Unit>>,
    claim_within_seconds: Option<i32>,
    first_response_within_seconds: Option<i32>,
    resolve_within_seconds: Option<i32>,
    accept_within_seconds: Option<i32>,
}

fn columns(facts: &Facts) -> Columns {
    let Facts { name, scope, times } = facts.clone();
    let (topic_id, organization_id, unit_id) = scope.columns();
    Columns {
        name,
        topic_id,
        organization_id,
        unit_id,
        claim_within_seconds: times.claim_within_seconds,
        first_response_within_seconds: times.first_response_within_seconds,
        resolve_within_seconds: times.resolve_within_seconds,
        accept_within_seconds: times.accept_within_seconds,
    }
}

/// Makes a policy.
pub fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, facts: &Facts) -> Result<SlaPolicy> {
    let id: Id<SlaPolicy> = tx.fresh();
    let row = (
        sla_policies::id.eq(id),
        sla_policies::hackathon_id.eq(hackathon),
        columns(facts),
        sla_policies::version.eq(1_i64),
        sla_policies::created_at.eq(tx.now()),
        sla_policies::updated_at.eq(tx.now()),
    );
    diesel::insert_into(sla_policies::table).values(row).execute(tx.conn()).or_conflict(taken)?;
    by_id(tx, hackathon, id)?.ok_or_else(|| Error::internal("a policy just made is not there"))
}

/// Changes a policy, unless somebody else changed it since it was read.
pub fn update(tx: &mut Tx, policy: &SlaPolicy, to: &Facts) -> Result<SlaPolicy> {
    let row =
        sla_policies::table.filter(sla_policies::id.eq(policy.id)).filter(sla_policies::version.eq(policy.version));
    let changed = diesel::update(row)
        .set((columns(to), sla_policies::version.eq(sla_policies::version + 1), sla_policies::updated_at.eq(tx.now())))
        .execute(tx.conn())
        .or_conflict(taken)?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, policy.hackathon, policy.id)?.ok_or(Error::NotFound)
}

/// Removes a policy, unless somebody else changed or removed it since it was read.
pub fn delete(tx: &mut Tx, policy: &SlaPolicy) -> Result<()> {
    let row =
        sla_policies::table.filter(sla_policies::id.eq(policy.id)).filter(sla_policies::version.eq(policy.version));
    match diesel::delete(row).execute(tx.conn())? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}
