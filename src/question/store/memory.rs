//! The SQL of what has been asked before.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::complete;
use crate::base::{Id, Instant, Result};
use crate::db::Tx;
use crate::db::schema::{question_stays, questions};
use crate::hackathon::Hackathon;
use crate::question::in_charge::InChargeColumns;
use crate::question::memory::{COMPARED, COUNTED, Response};
use crate::question::{InCharge, Question, ResolutionWord};
use crate::team::Team;

/// What was read.
#[derive(Debug)]
pub struct Read {
    /// Questions.
    pub questions: Vec<Question>,
    /// First answers.
    pub responses: Vec<Response>,
}

/// The stays in which questions were first answered, the newest question first.
macro_rules! first_answers {
    ($here:ident) => {{
        use crate::db::schema::question_stays as s;
        let holder = (s::holder_organization_id, s::holder_unit_id, s::holder_member_id, s::holder_role);
        s::table
            .inner_join(questions::table)
            .filter(s::hackathon_id.eq($here))
            .filter(questions::answered_at.ge(s::began_at.nullable()))
            .filter(s::ended_at.is_null().or(s::ended_at.gt(questions::answered_at)))
            .order(s::question_id.desc())
            .limit(most(COUNTED))
            .select((s::question_id, holder, questions::team_id, s::began_at, questions::answered_at))
    }};
}

/// A question of a hackathon as it is now: its version.
pub type Version = (Id<Hackathon>, Id<Question>, i64);

/// The newest questions of a hackathon that have an answer or may get one, and the newest first answers.
pub fn newest(tx: &mut Tx, here: Id<Hackathon>) -> Result<Read> {
    let useful = questions::resolution.is_null().or(questions::resolution.eq(ResolutionWord::Answered));
    let query = questions::table.filter(questions::hackathon_id.eq(here)).filter(useful);
    let rows = query.order(questions::id.desc()).limit(most(COMPARED)).load(tx.conn())?;
    let questions = complete(tx, rows)?;
    Ok(Read { questions, responses: responses(first_answers!(here).load(tx.conn())?) })
}

/// These questions of a hackathon, whatever became of them, and their first answers.
pub fn these(tx: &mut Tx, here: Id<Hackathon>, ids: &[Id<Question>]) -> Result<Read> {
    let questions = super::of_ids(tx, here, ids)?;
    let rows = first_answers!(here).filter(question_stays::question_id.eq_any(ids.to_vec())).load(tx.conn())?;
    Ok(Read { questions, responses: responses(rows) })
}

/// The questions of these hackathons that changed so lately, with their versions.
pub fn changed_since(tx: &mut Tx, here: &[Id<Hackathon>], lately: TimeDelta) -> Result<Vec<Version>> {
    let since = tx.now().plus(-lately);
    let query = questions::table
        .filter(questions::hackathon_id.eq_any(here.to_vec()))
        .filter(questions::updated_at.gt(since))
        .select((questions::hackathon_id, questions::id, questions::version));
    Ok(query.load(tx.conn())?)
}

type Row = (Id<Question>, InChargeColumns, Option<Id<Team>>, Instant, Option<Instant>);

fn responses(rows: Vec<Row>) -> Vec<Response> {
    let response = |(question, columns, team, began, answered): Row| {
        let seconds = answered?.since(began).num_seconds();
        Some(Response { question, in_charge: InCharge::from_columns(columns), team, seconds })
    };
    rows.into_iter().filter_map(response).collect()
}

fn most(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
