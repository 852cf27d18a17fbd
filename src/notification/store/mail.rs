//! The SQL of mails.

use diesel::prelude::*;

use crate::access::UserId;
use crate::base::{Id, Instant, Result};
use crate::db::schema::mails;
use crate::db::{Tx, on_backend};
use crate::notification::ByMail;
use crate::notification::post::{Mail, MailState};

/// A digest of this user that still collects. It is touched, so that whoever wants to send it waits until what is added in this
/// transaction is in it, and whoever already took it has it no more to add to.
pub fn join(tx: &mut Tx, user: UserId) -> Result<Option<Id<Mail>>> {
    let open = mails::table
        .filter(mails::user_id.eq(user))
        .filter(mails::kind.eq(ByMail::Digest))
        .filter(mails::state.eq(MailState::Waiting))
        .filter(mails::attempts.eq(0));
    let touch = diesel::update(open).set(mails::due_at.eq(mails::due_at)).returning(mails::id);
    let joined: Vec<Id<Mail>> = on_backend!(tx.conn(), |conn| touch.get_results(conn))?;
    Ok(joined.into_iter().min())
}

/// When the last digest of this user was or will be due.
pub fn last_digest(tx: &mut Tx, user: UserId) -> Result<Option<Instant>> {
    let last = mails::table
        .filter(mails::user_id.eq(user))
        .filter(mails::kind.eq(ByMail::Digest))
        .filter(mails::state.ne(MailState::Needless))
        .order(mails::due_at.desc())
        .select(mails::due_at);
    Ok(last.first(tx.conn()).optional()?)
}

/// Keeps a mail that goes out at this time.
pub fn insert(tx: &mut Tx, user: UserId, kind: ByMail, due: Instant) -> Result<Id<Mail>> {
    let id = tx.fresh();
    let row = (
        mails::id.eq(id),
        mails::user_id.eq(user),
        mails::kind.eq(kind),
        mails::state.eq(MailState::Waiting),
        mails::attempts.eq(0),
        mails::due_at.eq(due),
        mails::created_at.eq(tx.now()),
    );
    diesel::insert_into(mails::table).values(row).execute(tx.conn())?;
    Ok(id)
}

/// The mails that are due and that nobody has taken, those that wait longest first.
pub fn due(tx: &mut Tx, most: i64) -> Result<Vec<Id<Mail>>> {
    let now = tx.now();
    let due = mails::table
        .filter(mails::state.eq(MailState::Waiting))
        .filter(mails::due_at.le(now))
        .filter(mails::taken_until.is_null().or(mails::taken_until.le(now)));
    Ok(due.order((mails::due_at, mails::id)).limit(most).select(mails::id).load(tx.conn())?)
}

/// Takes a mail until this time, unless somebody else has it.
pub fn take(tx: &mut Tx, id: Id<Mail>, until: Instant) -> Result<Option<Mail>> {
    let now = tx.now();
    let free = mails::table
        .filter(mails::id.eq(id))
        .filter(mails::state.eq(MailState::Waiting))
        .filter(mails::taken_until.is_null().or(mails::taken_until.le(now)));
    let take = diesel::update(free)
        .set((mails::taken_until.eq(Some(until)), mails::attempts.eq(mails::attempts + 1)))
        .returning((mails::id, mails::user_id, mails::attempts, mails::created_at));
    let taken: Option<(Id<Mail>, UserId, i32, Instant)> =
        on_backend!(tx.conn(), |conn| take.get_result(conn).optional())?;
    Ok(taken.map(|(id, user, attempts, created_at)| Mail { id, user, attempts, created_at }))
}

/// Says what became of a mail.
pub fn settle(tx: &mut Tx, id: Id<Mail>, state: MailState, told: Option<&str>) -> Result<()> {
    diesel::update(mails::table.find(id).filter(mails::state.eq(MailState::Waiting)))
        .set((
            mails::state.eq(state),
            mails::settled_at.eq(Some(tx.now())),
            mails::taken_until.eq(None::<Instant>),
            mails::last_error.eq(told),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Gives a mail back, to be tried again at this time.
pub fn put_off(tx: &mut Tx, id: Id<Mail>, due: Instant, told: &str) -> Result<()> {
    diesel::update(mails::table.find(id).filter(mails::state.eq(MailState::Waiting)))
        .set((mails::due_at.eq(due), mails::taken_until.eq(None::<Instant>), mails::last_error.eq(Some(told))))
        .execute(tx.conn())?;
    Ok(())
}

/// How many mails are in a state.
pub fn count(tx: &mut Tx, state: MailState) -> Result<i64> {
    Ok(mails::table.filter(mails::state.eq(state)).count().get_result(tx.conn())?)
}

/// What was said of the mail that was given up last.
pub fn last_error(tx: &mut Tx) -> Result<Option<String>> {
    let dead = mails::table.filter(mails::state.eq(MailState::Dead)).order(mails::settled_at.desc());
    let told: Option<Option<String>> = dead.select(mails::last_error).first(tx.conn()).optional()?;
    Ok(told.flatten())
}

/// Drops what was settled before this.
pub fn delete_before(tx: &mut Tx, before: Instant) -> Result<()> {
    diesel::delete(mails::table.filter(mails::settled_at.lt(before))).execute(tx.conn())?;
    Ok(())
}
