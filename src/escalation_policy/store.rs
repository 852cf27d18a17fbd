//! The SQL of escalation policies and their steps.

use diesel::prelude::*;

use super::{EscalationPolicy, Facts, Ladder, Step, Tell, TellKind, Trigger};
use crate::base::{Error, Id, Instant, Localized, OrConflict, PageRequest, Result};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Holder, Member, Unit};
use crate::db::schema::{escalation_policies, escalation_steps};
use crate::db::{Tx, on_backend};
use crate::hackathon::Hackathon;
use crate::sla_policy::Scope;
use crate::sla_policy::scope::{ScopeColumns, taken};
use crate::topic::Topic;

#[derive(Queryable)]
struct Row {
    id: Id<EscalationPolicy>,
    hackathon: Id<Hackathon>,
    name: Localized,
    trigger: Trigger,
    topic: Option<Id<Topic>>,
    organization: Option<OrganizationId>,
    unit: Option<Id<Unit>>,
    repeats: i32,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl Row {
    fn policy(self, steps: Vec<Step>) -> EscalationPolicy {
        let scope: ScopeColumns = (self.topic, self.organization, self.unit);
        let Row { id, hackathon, name, trigger, repeats, version, created_at, updated_at, .. } = self;
        let facts = Facts { name, trigger, scope: Scope::from_columns(scope), ladder: Ladder { steps, repeats } };
        EscalationPolicy { id, hackathon, facts, version, created_at, updated_at }
    }
}

type StepRow = (Id<EscalationPolicy>, i32, TellKind, (Option<OrganizationId>, Option<Id<Unit>>, Option<Id<Member>>));

fn step((_, after_seconds, kind, (organization, unit, member)): StepRow) -> Result<Step> {
    let holder = organization.map(Holder::Organization).or(unit.map(Holder::Unit)).or(member.map(Holder::Member));
    let tell = Tell::of(kind, holder).ok_or_else(|| Error::internal("a step that tells nobody"))?;
    Ok(Step { after_seconds, tell })
}

/// Policies with their steps, in one more query for all of them.
fn complete(tx: &mut Tx, rows: Vec<Row>) -> Result<Vec<EscalationPolicy>> {
    let ids: Vec<Id<EscalationPolicy>> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let holder = (escalation_steps::organization_id, escalation_steps::unit_id, escalation_steps::member_id);
    let steps: Vec<StepRow> = escalation_steps::table
        .filter(escalation_steps::policy_id.eq_any(ids))
        .order((escalation_steps::policy_id, escalation_steps::position))
        .select((escalation_steps::policy_id, escalation_steps::after_seconds, escalation_steps::tell, holder))
        .load(tx.conn())?;
    let of = |policy| steps.iter().filter(|row| row.0 == policy).copied().map(step).collect::<Result<Vec<_>>>();
    rows.into_iter().map(|row| of(row.id).map(|steps| row.policy(steps))).collect()
}

/// The policy of that id in this hackathon.
pub fn by_id(tx: &mut Tx, hackathon: Id<Hackathon>, id: Id<EscalationPolicy>) -> Result<Option<EscalationPolicy>> {
    let query = escalation_policies::table
        .filter(escalation_policies::hackathon_id.eq(hackathon))
        .filter(escalation_policies::id.eq(id));
    let row: Option<Row> = query.first(tx.conn()).optional()?;
    Ok(complete(tx, row.into_iter().collect())?.pop())
}

/// Every policy of this hackathon, oldest first.
pub fn all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<EscalationPolicy>> {
    let query = escalation_policies::table.filter(escalation_policies::hackathon_id.eq(hackathon));
    let rows = query.order(escalation_policies::id).load(tx.conn())?;
    complete(tx, rows)
}

/// A page of them.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, page: &PageRequest) -> Result<Vec<EscalationPolicy>> {
    let query = escalation_policies::table.filter(escalation_policies::hackathon_id.eq(hackathon));
    let mut query = query.order(escalation_policies::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(escalation_policies::id.gt(Id::<EscalationPolicy>::from_uuid(after)));
    }
    let rows = query.load(tx.conn())?;
    complete(tx, rows)
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = escalation_policies, treat_none_as_null = true)]
struct Columns {
    name: Localized,
    trigger_word: Trigger,
    topic_id: Option<Id<Topic>>,
    organization_id: Option<OrganizationId>,
    unit_id: Option<Id<Unit>>,
    repeats: i32,
}

fn columns(facts: &Facts) -> Columns {
    let (topic_id, organization_id, unit_id) = facts.scope.columns();
    let (name, trigger_word, repeats) = (facts.name.clone(), facts.trigger, facts.ladder.repeats);
    Columns { name, trigger_word, topic_id, organization_id, unit_id, repeats }
}

/// Makes a policy.
pub fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, facts: &Facts) -> Result<EscalationPolicy> {
    let id: Id<EscalationPolicy> = tx.fresh();
    let row = (
        escalation_policies::id.eq(id),
        escalation_policies::hackathon_id.eq(hackathon),
        columns(facts),
        escalation_policies::version.eq(1_i64),
        escalation_policies::created_at.eq(tx.now()),
        escalation_policies::updated_at.eq(tx.now()),
    );
    diesel::insert_into(escalation_policies::table).values(row).execute(tx.conn()).or_conflict(taken)?;
    keep_steps(tx, hackathon, id, &facts.ladder.steps)?;
    by_id(tx, hackathon, id)?.ok_or_else(|| Error::internal("a policy just made is not there"))
}

fn keep_steps(tx: &mut Tx, hackathon: Id<Hackathon>, policy: Id<EscalationPolicy>, steps: &[Step]) -> Result<()> {
    diesel::delete(escalation_steps::table.filter(escalation_steps::policy_id.eq(policy))).execute(tx.conn())?;
    let row = |(position, step): (i32, &Step)| {
        let holder = step.tell.holder().map(Holder::columns).unwrap_or_default();
        (
            escalation_steps::hackathon_id.eq(hackathon),
            escalation_steps::policy_id.eq(policy),
            escalation_steps::position.eq(position),
            escalation_steps::after_seconds.eq(step.after_seconds),
            escalation_steps::tell.eq(step.tell.kind()),
            escalation_steps::organization_id.eq(holder.0),
            escalation_steps::unit_id.eq(holder.1),
            escalation_steps::member_id.eq(holder.2),
        )
    };
    let rows: Vec<_> = (1..).zip(steps).map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let insert = diesel::insert_into(escalation_steps::table).values(rows);
    on_backend!(tx.conn(), |conn| insert.execute(conn))?;
    Ok(())
}

/// Changes a policy, unless somebody else changed it since it was read.
pub fn update(tx: &mut Tx, policy: &EscalationPolicy, to: &Facts) -> Result<EscalationPolicy> {
    let row = escalation_policies::table
        .filter(escalation_policies::id.eq(policy.id))
        .filter(escalation_policies::version.eq(policy.version));
    let changed = diesel::update(row)
        .set((
            columns(to),
            escalation_policies::version.eq(escalation_policies::version + 1),
            escalation_policies::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())
        .or_conflict(taken)?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    keep_steps(tx, policy.hackathon, policy.id, &to.ladder.steps)?;
    by_id(tx, policy.hackathon, policy.id)?.ok_or(Error::NotFound)
}

/// Removes a policy, unless somebody else changed or removed it since it was read.
pub fn delete(tx: &mut Tx, policy: &EscalationPolicy) -> Result<()> {
    let row = escalation_policies::table
        .filter(escalation_policies::id.eq(policy.id))
        .filter(escalation_policies::version.eq(policy.version));
    match diesel::delete(row).execute(tx.conn())? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}
