//! The SQL of deliveries.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::base::{Id, Instant, PageRequest, Result};
use crate::db::Tx;
use crate::db::schema::webhook_deliveries as deliveries;
use crate::hackathon::Hackathon;
use crate::webhook::delivery::{Attempt, Message};
use crate::webhook::{Delivery, DeliveryState, EventType, Failure, Webhook};

#[derive(Queryable, Insertable)]
#[diesel(table_name = deliveries)]
pub(super) struct Row {
    id: Id<Delivery>,
    hackathon_id: Id<Hackathon>,
    webhook_id: Id<Webhook>,
    message_id: Id<Message>,
    position: i64,
    event: EventType,
    body: String,
    state: DeliveryState,
    attempts: i32,
    due_at: Instant,
    tried_at: Option<Instant>,
    took: Option<i32>,
    failure: Option<Failure>,
    status: Option<i32>,
    answer: Option<String>,
    settled_at: Option<Instant>,
    created_at: Instant,
}

impl From<Row> for Delivery {
    fn from(row: Row) -> Delivery {
        let Row { status, answer: body, .. } = row;
        let last = row.tried_at.zip(row.took).map(|(at, took)| Attempt { at, took, status, body });
        Delivery {
            id: row.id,
            hackathon: row.hackathon_id,
            webhook: row.webhook_id,
            message: row.message_id,
            position: row.position,
            event: row.event,
            body: row.body,
            state: row.state,
            attempts: row.attempts,
            due_at: row.due_at,
            last,
            failure: row.failure,
            settled_at: row.settled_at,
            created_at: row.created_at,
        }
    }
}

impl From<&Delivery> for Row {
    fn from(of: &Delivery) -> Row {
        let last = of.last.as_ref();
        Row {
            id: of.id,
            hackathon_id: of.hackathon,
            webhook_id: of.webhook,
            message_id: of.message,
            position: of.position,
            event: of.event,
            body: of.body.clone(),
            state: of.state,
            attempts: of.attempts,
            due_at: of.due_at,
            tried_at: last.map(|last| last.at),
            took: last.map(|last| last.took),
            failure: of.failure,
            status: last.and_then(|last| last.status),
            answer: last.and_then(|last| last.body.clone()),
            settled_at: of.settled_at,
            created_at: of.created_at,
        }
    }
}

/// Keeps a new delivery.
pub fn insert(tx: &mut Tx, new: &Delivery) -> Result<()> {
    diesel::insert_into(deliveries::table).values(Row::from(new)).execute(tx.conn())?;
    Ok(())
}

/// The delivery of that id to this webhook.
pub fn by_id(tx: &mut Tx, to: Id<Webhook>, id: Id<Delivery>) -> Result<Option<Delivery>> {
    let query = deliveries::table.filter(deliveries::webhook_id.eq(to)).filter(deliveries::id.eq(id));
    Ok(query.first::<Row>(tx.conn()).optional()?.map(Delivery::from))
}

/// A page of what was and is sent to a webhook, the newest first.
pub fn list(tx: &mut Tx, to: Id<Webhook>, page: &PageRequest) -> Result<Vec<Delivery>> {
    let mut query = deliveries::table
        .filter(deliveries::webhook_id.eq(to))
        .order(deliveries::id.desc())
        .limit(page.fetch())
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(deliveries::id.lt(Id::<Delivery>::from_uuid(after)));
    }
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(Delivery::from).collect())
}

/// Whether a message of this type is on its way to a webhook.
pub fn is_waiting(tx: &mut Tx, to: Id<Webhook>, event: EventType) -> Result<bool> {
    let waits = deliveries::table
        .filter(deliveries::webhook_id.eq(to))
        .filter(deliveries::state.eq(DeliveryState::Waiting))
        .filter(deliveries::event.eq(event));
    Ok(diesel::select(exists(waits)).get_result(tx.conn())?)
}

/// Gives up what waits for a webhook that was switched off. What came of earlier tries stays, but for why they failed.
pub fn give_up(tx: &mut Tx, to: Id<Webhook>) -> Result<()> {
    let now = tx.now();
    let waits =
        deliveries::table.filter(deliveries::webhook_id.eq(to)).filter(deliveries::state.eq(DeliveryState::Waiting));
    diesel::update(waits)
        .set((
            deliveries::state.eq(DeliveryState::Failed),
            deliveries::failure.eq(Some(Failure::Off)),
            deliveries::settled_at.eq(Some(now)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Drops what was settled before this.
pub fn delete_before(tx: &mut Tx, before: Instant) -> Result<()> {
    diesel::delete(deliveries::table.filter(deliveries::settled_at.lt(before))).execute(tx.conn())?;
    Ok(())
}
