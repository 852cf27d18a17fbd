//! The SQL of hand-offs.

use diesel::prelude::*;

use crate::base::{Error, Id, Instant, Result, Text};
use crate::consortium::Member;
use crate::db::Tx;
use crate::db::schema::{question_handoffs, questions};
use crate::hackathon::Hackathon;
use crate::question::in_charge::InChargeColumns;
use crate::question::{Handoff, HandoffState, InCharge, Question, Standing};
use crate::team::Team;

type Settled = (Option<Id<Member>>, Option<Instant>, Option<Text>);
type Row = (
    (Id<Handoff>, Id<Question>),
    (InChargeColumns, InChargeColumns),
    (Text, Option<Text>, HandoffState),
    (Id<Member>, Instant),
    Settled,
);

fn whole(row: Row) -> Handoff {
    let ((id, question), (from, to), (reason, note, state), (offered_by, offered_at), settled) = row;
    let (settled_by, settled_at, declined_because) = settled;
    let (from, to) = (InCharge::from_columns(from), InCharge::from_columns(to));
    Handoff {
        id,
        question,
        from,
        to,
        reason,
        note,
        state,
        offered_by,
        offered_at,
        settled_by,
        settled_at,
        declined_because,
    }
}

macro_rules! rows {
    () => {{
        use crate::db::schema::question_handoffs as h;
        let from = (h::from_organization_id, h::from_unit_id, h::from_member_id, h::from_role);
        let to = (h::to_organization_id, h::to_unit_id, h::to_member_id, h::to_role);
        h::table.select((
            (h::id, h::question_id),
            (from, to),
            (h::reason, h::note, h::state),
            (h::offered_by, h::offered_at),
            (h::settled_by, h::settled_at, h::declined_because),
        ))
    }};
}

/// The hand-off of that id in this hackathon.
pub fn find(tx: &mut Tx, hackathon: Id<Hackathon>, id: Id<Handoff>) -> Result<Option<Handoff>> {
    let query = rows!().filter(question_handoffs::hackathon_id.eq(hackathon)).filter(question_handoffs::id.eq(id));
    Ok(query.first::<Row>(tx.conn()).optional()?.map(whole))
}

/// Every hand-off of a question, in order.
pub fn all(tx: &mut Tx, question: Id<Question>) -> Result<Vec<Handoff>> {
    let query = rows!().filter(question_handoffs::question_id.eq(question)).order(question_handoffs::id);
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(whole).collect())
}

/// The offers of these questions that wait for an answer.
pub fn offered(tx: &mut Tx, questions: &[Id<Question>]) -> Result<Vec<Handoff>> {
    let query = rows!()
        .filter(question_handoffs::question_id.eq_any(questions.to_vec()))
        .filter(question_handoffs::state.eq(HandoffState::Offered));
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(whole).collect())
}

/// The questions that are offered to somebody.
pub fn offered_to(tx: &mut Tx, here: Id<Hackathon>, standing: &Standing) -> Result<Vec<Id<Question>>> {
    use crate::db::schema::question_handoffs as h;
    let to = (h::to_organization_id, h::to_unit_id, h::to_member_id, h::to_role);
    let rows: Vec<(Id<Question>, InChargeColumns, Option<Id<Team>>)> = h::table
        .inner_join(questions::table)
        .filter(h::hackathon_id.eq(here))
        .filter(h::state.eq(HandoffState::Offered))
        .select((h::question_id, to, questions::team_id))
        .load(tx.conn())?;
    let theirs = rows.into_iter().filter(|(_, to, team)| standing.answers_for(InCharge::from_columns(*to), *team));
    Ok(theirs.map(|(question, ..)| question).collect())
}

/// Keeps an offer.
pub fn insert(tx: &mut Tx, question: &Question, handoff: &Handoff) -> Result<()> {
    let (from, to) = (handoff.from.columns(), handoff.to.columns());
    let row = (
        (
            question_handoffs::id.eq(handoff.id),
            question_handoffs::hackathon_id.eq(question.hackathon),
            question_handoffs::question_id.eq(question.id),
        ),
        (
            question_handoffs::from_organization_id.eq(from.0),
            question_handoffs::from_unit_id.eq(from.1),
            question_handoffs::from_member_id.eq(from.2),
            question_handoffs::from_role.eq(from.3),
        ),
        (
            question_handoffs::to_organization_id.eq(to.0),
            question_handoffs::to_unit_id.eq(to.1),
            question_handoffs::to_member_id.eq(to.2),
            question_handoffs::to_role.eq(to.3),
        ),
        question_handoffs::reason.eq(&handoff.reason),
        question_handoffs::note.eq(&handoff.note),
        question_handoffs::state.eq(handoff.state),
        question_handoffs::offered_by.eq(handoff.offered_by),
        question_handoffs::offered_at.eq(handoff.offered_at),
    );
    diesel::insert_into(question_handoffs::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Settles an offer, if it still waits for an answer; `by` nobody: by the clock.
pub fn settle(
    tx: &mut Tx,
    handoff: &Handoff,
    state: HandoffState,
    by: Option<Id<Member>>,
    because: Option<&Text>,
) -> Result<()> {
    let waits = question_handoffs::table
        .filter(question_handoffs::id.eq(handoff.id))
        .filter(question_handoffs::state.eq(HandoffState::Offered));
    let changed = diesel::update(waits)
        .set((
            question_handoffs::state.eq(state),
            question_handoffs::settled_by.eq(by),
            question_handoffs::settled_at.eq(tx.now()),
            question_handoffs::declined_because.eq(because),
        ))
        .execute(tx.conn())?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Takes an offer back.
pub fn withdraw(tx: &mut Tx, handoff: &Handoff, by: Option<Id<Member>>) -> Result<()> {
    settle(tx, handoff, HandoffState::Withdrawn, by, None)
}
