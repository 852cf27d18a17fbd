//! The SQL of what is in the outbox, with the events themselves.

use diesel::prelude::*;

use super::event;
use crate::base::{Id, Result};
use crate::db::Tx;
use crate::db::schema::{outbox, question_events};
use crate::hackathon::Hackathon;
use crate::question::{Event, Question};

/// An event with its place in the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// Where it stands in its hackathon's outbox.
    pub position: i64,
    /// The question it happened to.
    pub question: Id<Question>,
    /// The event.
    pub event: Event,
}

/// At most so many events of a hackathon after this position, in order.
pub fn after(tx: &mut Tx, hackathon: Id<Hackathon>, position: i64, most: i64) -> Result<Vec<News>> {
    let same = question_events::question_id.eq(outbox::question_id).and(question_events::seq.eq(outbox::seq));
    let rows: Vec<(i64, event::Row)> = outbox::table
        .inner_join(question_events::table.on(same))
        .filter(outbox::hackathon_id.eq(hackathon))
        .filter(outbox::position.gt(position))
        .order(outbox::position)
        .limit(most)
        .select((outbox::position, question_events::all_columns))
        .load(tx.conn())?;
    rows.into_iter().map(|(position, row)| Ok(News { position, question: row.question, event: row.event()? })).collect()
}
