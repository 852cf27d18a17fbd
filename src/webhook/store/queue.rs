//! The SQL of what is due, and of who has it.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::Row;
use crate::base::{Id, Instant, Result};
use crate::db::schema::{webhook_deliveries as deliveries, webhooks};
use crate::db::{Conn, Tx};
use crate::webhook::delivery::Attempt;
use crate::webhook::{Delivery, DeliveryState, Failure, Webhook};

/// Webhooks to which something is due and that nobody has.
pub fn due(tx: &mut Tx, most: i64) -> Result<Vec<Id<Webhook>>> {
    let now = tx.now();
    let waits = deliveries::table
        .filter(deliveries::webhook_id.eq(webhooks::id))
        .filter(deliveries::state.eq(DeliveryState::Waiting))
        .filter(deliveries::due_at.le(now));
    let free = webhooks::table
        .filter(webhooks::off_at.is_null())
        .filter(webhooks::taken_until.is_null().or(webhooks::taken_until.le(now)))
        .filter(exists(waits));
    Ok(free.order(webhooks::id).limit(most).select(webhooks::id).load(tx.conn())?)
}

/// Takes a webhook until this time. `false`: somebody else has it.
pub fn take(tx: &mut Tx, id: Id<Webhook>, until: Instant) -> Result<bool> {
    let now = tx.now();
    let free = webhooks::table
        .filter(webhooks::id.eq(id))
        .filter(webhooks::taken_until.is_null().or(webhooks::taken_until.le(now)));
    Ok(diesel::update(free).set(webhooks::taken_until.eq(Some(until))).execute(tx.conn())? == 1)
}

/// Keeps a webhook that one has until this time; none where it was removed or switched off.
pub fn renew(tx: &mut Tx, id: Id<Webhook>, until: Instant) -> Result<Option<Webhook>> {
    let own = webhooks::table.filter(webhooks::id.eq(id)).filter(webhooks::off_at.is_null());
    diesel::update(own).set(webhooks::taken_until.eq(Some(until))).execute(tx.conn())?;
    Ok(own.first::<Row>(tx.conn()).optional()?.map(Webhook::from))
}

/// Gives a webhook back.
pub fn release(tx: &mut Tx, id: Id<Webhook>) -> Result<()> {
    diesel::update(webhooks::table.find(id)).set(webhooks::taken_until.eq(None::<Instant>)).execute(tx.conn())?;
    Ok(())
}

/// A webhook, locked until the transaction ends.
pub fn hold(tx: &mut Tx, id: Id<Webhook>) -> Result<Option<Webhook>> {
    let own = webhooks::table.find(id);
    let row: Option<Row> = match tx.conn() {
        Conn::Postgres(conn) => own.for_no_key_update().first(conn).optional()?,
        Conn::Sqlite(conn) => own.first(conn).optional()?,
    };
    Ok(row.map(Webhook::from))
}

/// The first delivery that is due to a webhook, in the order of the events: ids of several servers do not tell it.
pub fn first(tx: &mut Tx, to: Id<Webhook>) -> Result<Option<Delivery>> {
    let now = tx.now();
    let due = deliveries::table
        .filter(deliveries::webhook_id.eq(to))
        .filter(deliveries::state.eq(DeliveryState::Waiting))
        .filter(deliveries::due_at.le(now));
    let row = due.order((deliveries::position, deliveries::id)).first::<super::delivery::Row>(tx.conn()).optional()?;
    Ok(row.map(Delivery::from))
}

/// What becomes of a delivery after a try, and when it is tried again.
pub type Next = (DeliveryState, Option<Instant>);

/// Puts down a try, unless somebody else settled the delivery meanwhile. It is tried again at `due`, if that is given.
pub fn tried(tx: &mut Tx, of: &Delivery, (last, failure): (&Attempt, Option<Failure>), next: Next) -> Result<()> {
    let (state, due) = next;
    let as_taken = deliveries::table
        .filter(deliveries::id.eq(of.id))
        .filter(deliveries::state.eq(DeliveryState::Waiting))
        .filter(deliveries::attempts.eq(of.attempts));
    let settled_at = due.is_none().then(|| tx.now());
    diesel::update(as_taken)
        .set((
            deliveries::state.eq(state),
            deliveries::attempts.eq(deliveries::attempts + 1),
            deliveries::due_at.eq(due.unwrap_or(of.due_at)),
            deliveries::tried_at.eq(Some(last.at)),
            deliveries::took.eq(Some(last.took)),
            deliveries::failure.eq(failure),
            deliveries::status.eq(last.status),
            deliveries::answer.eq(last.body.as_deref()),
            deliveries::settled_at.eq(settled_at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// How many deliveries wait, over all webhooks.
pub fn waiting(tx: &mut Tx) -> Result<i64> {
    Ok(deliveries::table.filter(deliveries::state.eq(DeliveryState::Waiting)).count().get_result(tx.conn())?)
}
