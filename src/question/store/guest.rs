//! The SQL of guests.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::base::{Email, Error, Id, Instant, Name, Result};
use crate::consortium::Member;
use crate::consortium::organization::OrganizationId;
use crate::db::Tx;
use crate::db::schema::{question_guests, question_posts};
use crate::hackathon::Hackathon;
use crate::question::Question;
use crate::question::guest::{Guest, GuestState, NewGuest};

#[derive(Queryable, Selectable)]
#[diesel(table_name = question_guests)]
struct Row {
    id: Id<Guest>,
    hackathon_id: Id<Hackathon>,
    question_id: Id<Question>,
    email: Email,
    name: Name,
    organization_id: Option<OrganizationId>,
    invited_by: Id<Member>,
    created_at: Instant,
    expires_at: Instant,
    revoked_at: Option<Instant>,
}

impl Row {
    fn whole(self, now: Instant) -> Guest {
        let state = match self.revoked_at {
            Some(_) => GuestState::Revoked,
            None if self.expires_at <= now => GuestState::Expired,
            None => GuestState::Open,
        };
        Guest {
            id: self.id,
            hackathon: self.hackathon_id,
            question: self.question_id,
            email: self.email,
            name: self.name,
            organization: self.organization_id,
            invited_by: self.invited_by,
            created_at: self.created_at,
            expires_at: self.expires_at,
            revoked_at: self.revoked_at,
            state,
        }
    }
}

/// The guest of that id of this question.
pub fn find(tx: &mut Tx, question: Id<Question>, id: Id<Guest>) -> Result<Option<Guest>> {
    let query = question_guests::table.filter(question_guests::question_id.eq(question));
    let row: Option<Row> =
        query.filter(question_guests::id.eq(id)).select(Row::as_select()).first(tx.conn()).optional()?;
    Ok(row.map(|row| row.whole(tx.now())))
}

/// The guest whose token has this digest.
pub fn by_hash(tx: &mut Tx, hash: &str) -> Result<Option<Guest>> {
    let query = question_guests::table.filter(question_guests::token_hash.eq(hash)).select(Row::as_select());
    let row: Option<Row> = query.first(tx.conn()).optional()?;
    Ok(row.map(|row| row.whole(tx.now())))
}

/// Every guest of a question, in order, whatever became of their links.
pub fn all(tx: &mut Tx, question: Id<Question>) -> Result<Vec<Guest>> {
    let query = question_guests::table.filter(question_guests::question_id.eq(question)).order(question_guests::id);
    let rows: Vec<Row> = query.select(Row::as_select()).load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.whole(tx.now())).collect())
}

/// When each guest of a question last said something; who said nothing is missing.
pub fn used(tx: &mut Tx, question: Id<Question>) -> Result<HashMap<Id<Guest>, Instant>> {
    let by_guests = question_posts::table
        .filter(question_posts::question_id.eq(question))
        .filter(question_posts::guest_id.is_not_null())
        .order(question_posts::id);
    let rows: Vec<(Option<Id<Guest>>, Instant)> =
        by_guests.select((question_posts::guest_id, question_posts::created_at)).load(tx.conn())?;
    Ok(rows.into_iter().filter_map(|(guest, at)| Some((guest?, at))).collect())
}

/// The guests of a question whose links to this address are good.
pub fn open_to(tx: &mut Tx, question: Id<Question>, email: &Email) -> Result<Vec<Id<Guest>>> {
    let now = tx.now();
    let open = question_guests::table
        .filter(question_guests::question_id.eq(question))
        .filter(question_guests::email_folded.eq(email.folded()))
        .filter(question_guests::revoked_at.is_null())
        .filter(question_guests::expires_at.gt(now));
    Ok(open.order(question_guests::id).select(question_guests::id).load(tx.conn())?)
}

/// Keeps a guest.
pub fn insert(tx: &mut Tx, question: &Question, by: Id<Member>, new: &NewGuest, hash: &str) -> Result<Guest> {
    let id: Id<Guest> = tx.fresh();
    let row = (
        question_guests::id.eq(id),
        question_guests::hackathon_id.eq(question.hackathon),
        question_guests::question_id.eq(question.id),
        question_guests::email.eq(&new.email),
        question_guests::email_folded.eq(new.email.folded()),
        question_guests::name.eq(&new.name),
        question_guests::organization_id.eq(new.organization),
        question_guests::token_hash.eq(hash),
        question_guests::invited_by.eq(by),
        question_guests::created_at.eq(tx.now()),
        question_guests::expires_at.eq(new.expires_at),
    );
    diesel::insert_into(question_guests::table).values(row).execute(tx.conn())?;
    find(tx, question.id, id)?.ok_or_else(|| Error::internal("a guest just invited is not there"))
}

/// Takes a guest's link back.
pub fn revoke(tx: &mut Tx, id: Id<Guest>) -> Result<()> {
    let open = question_guests::table.filter(question_guests::id.eq(id)).filter(question_guests::revoked_at.is_null());
    diesel::update(open).set(question_guests::revoked_at.eq(tx.now())).execute(tx.conn())?;
    Ok(())
}
