//! The SQL of the board.

use diesel::prelude::*;

use crate::base::{Id, Instant, Result};
use crate::db::Tx;
use crate::db::schema::questions;
use crate::hackathon::Hackathon;
use crate::question::StateWord;
use crate::team::Team;

/// The questions of teams that were neither answered nor closed: whose, and when they were asked.
pub fn open_questions(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<(Id<Team>, Instant)>> {
    let rows: Vec<(Option<Id<Team>>, Instant)> = questions::table
        .filter(questions::hackathon_id.eq(hackathon))
        .filter(questions::team_id.is_not_null())
        .filter(questions::state.eq_any(StateWord::UNSETTLED))
        .select((questions::team_id, questions::created_at))
        .load(tx.conn())?;
    Ok(rows.into_iter().filter_map(|(team, at)| Some((team?, at))).collect())
}
