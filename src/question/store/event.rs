//! The SQL of histories. Nothing here changes or deletes an event.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::base::{Error, Id, Instant, PageRequest, Result};
use crate::consortium::Member;
use crate::db::schema::question_events;
use crate::db::{Json, Tx, on_backend};
use crate::hackathon::Hackathon;
use crate::question::events::{ActorKind, By, Event, What};
use crate::question::{Guest, Question};

#[derive(Queryable)]
pub(super) struct Row {
    _hackathon: Id<Hackathon>,
    pub(super) question: Id<Question>,
    seq: i32,
    kind: String,
    actor: ActorKind,
    member: Option<Id<Member>>,
    facts: Json<Value>,
    at: Instant,
    guest: Option<Id<Guest>>,
}

impl Row {
    pub(super) fn event(self) -> Result<Event> {
        let what =
            serde_json::from_value(json!({"kind": self.kind, "facts": self.facts.0})).map_err(Error::internal)?;
        Ok(Event { seq: self.seq, at: self.at, by: By::from_columns((self.actor, self.member, self.guest)), what })
    }
}

/// An event's kind, and its facts as JSON.
pub fn parts(what: &What) -> Result<(String, Value)> {
    let mut whole = serde_json::to_value(what).map_err(Error::internal)?;
    let kind = whole.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok((kind, whole.get_mut("facts").map(Value::take).unwrap_or_default()))
}

/// Adds to a history.
pub fn append(tx: &mut Tx, question: &Question, events: &[Event]) -> Result<()> {
    let mut rows = Vec::with_capacity(events.len());
    for event in events {
        let (kind, facts) = parts(&event.what)?;
        let (actor, member, guest) = event.by.columns();
        rows.push((
            question_events::hackathon_id.eq(question.hackathon),
            question_events::question_id.eq(question.id),
            question_events::seq.eq(event.seq),
            question_events::kind.eq(kind),
            question_events::actor.eq(actor),
            question_events::member_id.eq(member),
            question_events::facts.eq(Json(facts)),
            question_events::created_at.eq(event.at),
            question_events::guest_id.eq(guest),
        ));
    }
    let insert = diesel::insert_into(question_events::table).values(rows);
    on_backend!(tx.conn(), |conn| insert.execute(conn))?;
    Ok(())
}

/// A whole history.
pub fn all(tx: &mut Tx, question: Id<Question>) -> Result<Vec<Event>> {
    let query = question_events::table.filter(question_events::question_id.eq(question)).order(question_events::seq);
    query.load::<Row>(tx.conn())?.into_iter().map(Row::event).collect()
}

/// Whole histories, by question.
pub fn of(tx: &mut Tx, questions: &[Id<Question>]) -> Result<HashMap<Id<Question>, Vec<Event>>> {
    let query = question_events::table
        .filter(question_events::question_id.eq_any(questions.to_vec()))
        .order((question_events::question_id, question_events::seq));
    let mut histories: HashMap<Id<Question>, Vec<Event>> = HashMap::new();
    for row in query.load::<Row>(tx.conn())? {
        histories.entry(row.question).or_default().push(row.event()?);
    }
    Ok(histories)
}

/// One entry of each of these histories, named by its number.
pub fn named(tx: &mut Tx, wanted: &[(Id<Question>, i32)]) -> Result<Vec<(Id<Question>, Event)>> {
    let (questions, numbers): (Vec<_>, Vec<_>) = wanted.iter().copied().unzip();
    let rows: Vec<Row> = question_events::table
        .filter(question_events::question_id.eq_any(questions))
        .filter(question_events::seq.eq_any(numbers))
        .load(tx.conn())?;
    let named = rows.into_iter().filter(|row| wanted.contains(&(row.question, row.seq)));
    named.map(|row| Ok((row.question, row.event()?))).collect()
}

/// A page of a history, without internal notes where they are not to be read.
pub fn list(tx: &mut Tx, question: Id<Question>, internal: bool, page: &PageRequest) -> Result<Vec<Event>> {
    let after = page.after.map_or(0, |after| i32::try_from(after.as_u128()).unwrap_or(i32::MAX));
    let query = question_events::table.filter(question_events::question_id.eq(question));
    let mut query = query.filter(question_events::seq.gt(after)).order(question_events::seq).into_boxed();
    if !internal {
        query = query.filter(question_events::kind.ne("noted"));
    }
    query.limit(page.fetch()).load::<Row>(tx.conn())?.into_iter().map(Row::event).collect()
}

/// Where an event stands in the list: cursors carry a UUID, and events are listed by number.
pub fn place(event: &Event) -> uuid::Uuid {
    uuid::Uuid::from_u128(u128::try_from(event.seq).unwrap_or_default())
}
