//! The SQL of where questions lay.

use diesel::dsl::max;
use diesel::prelude::*;

use crate::base::{Id, Instant, Result, Text};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Member, Unit};
use crate::db::Tx;
use crate::db::schema::question_stays;
use crate::hackathon::Hackathon;
use crate::question::change::Arrival;
use crate::question::events::Why;
use crate::question::in_charge::InChargeColumns;
use crate::question::{HolderRole, InCharge, Question, Stay};

#[derive(Queryable)]
struct Row {
    _hackathon: Id<Hackathon>,
    question: Id<Question>,
    position: i32,
    organization: Option<OrganizationId>,
    unit: Option<Id<Unit>>,
    member: Option<Id<Member>>,
    role: Option<HolderRole>,
    why: Why,
    reason: Option<Text>,
    began_at: Instant,
    ended_at: Option<Instant>,
}

impl From<Row> for Stay {
    fn from(row: Row) -> Stay {
        let Row { question, position, organization, unit, member, role, why, reason, began_at, ended_at, .. } = row;
        let in_charge = InCharge::from_columns((organization, unit, member, role));
        Stay { question, position, in_charge, why, reason, began_at, ended_at }
    }
}

/// Ends the stay that a question has, and begins the next one.
pub fn begin(tx: &mut Tx, question: &Question, arrival: &Arrival) -> Result<()> {
    let of_question = question_stays::table.filter(question_stays::question_id.eq(question.id));
    let last: Option<i32> = of_question.select(max(question_stays::position)).first(tx.conn())?;
    diesel::update(of_question.filter(question_stays::ended_at.is_null()))
        .set(question_stays::ended_at.eq(tx.now()))
        .execute(tx.conn())?;
    let (organization, unit, member, role) = arrival.in_charge.columns();
    let row = (
        question_stays::hackathon_id.eq(question.hackathon),
        question_stays::question_id.eq(question.id),
        question_stays::position.eq(last.unwrap_or_default().saturating_add(1)),
        question_stays::holder_organization_id.eq(organization),
        question_stays::holder_unit_id.eq(unit),
        question_stays::holder_member_id.eq(member),
        question_stays::holder_role.eq(role),
        question_stays::why.eq(arrival.why),
        question_stays::reason.eq(&arrival.reason),
        question_stays::began_at.eq(tx.now()),
    );
    diesel::insert_into(question_stays::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// The whole way of a question, in order.
pub fn all(tx: &mut Tx, question: Id<Question>) -> Result<Vec<Stay>> {
    let query = question_stays::table.filter(question_stays::question_id.eq(question)).order(question_stays::position);
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(Stay::from).collect())
}

/// Where these questions lay before.
pub fn past(tx: &mut Tx, questions: &[Id<Question>]) -> Result<Vec<(Id<Question>, InCharge)>> {
    let holder = (
        question_stays::holder_organization_id,
        question_stays::holder_unit_id,
        question_stays::holder_member_id,
        question_stays::holder_role,
    );
    let rows: Vec<(Id<Question>, InChargeColumns)> = question_stays::table
        .filter(question_stays::question_id.eq_any(questions.to_vec()))
        .filter(question_stays::ended_at.is_not_null())
        .select((question_stays::question_id, holder))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(question, columns)| (question, InCharge::from_columns(columns))).collect())
}
