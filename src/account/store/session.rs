//! The SQL of sessions and their refresh tokens.

use diesel::prelude::*;

use crate::access::{SessionId, UserId};
use crate::account::UserState;
use crate::account::session::{Held, Opened, Session};
use crate::base::{Id, Instant, PageRequest, Result};
use crate::db::Tx;
use crate::db::schema::{refresh_tokens, sessions, users};

const COLUMNS: (sessions::id, sessions::user_id, sessions::created_at, sessions::expires_at, sessions::agent) =
    (sessions::id, sessions::user_id, sessions::created_at, sessions::expires_at, sessions::agent);

/// Keeps a new session.
pub fn insert(tx: &mut Tx, new: &Session, origin: &str) -> Result<()> {
    let row = (
        sessions::id.eq(new.id),
        sessions::user_id.eq(new.user),
        sessions::created_at.eq(new.created_at),
        sessions::expires_at.eq(new.expires_at),
        sessions::agent.eq(&new.agent),
        sessions::origin.eq(origin),
    );
    diesel::insert_into(sessions::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// The session of that id, while it is under way.
pub fn live(tx: &mut Tx, id: SessionId) -> Result<Option<Session>> {
    let now = tx.now();
    let live = sessions::table.find(id).filter(sessions::ended_at.is_null()).filter(sessions::expires_at.gt(now));
    Ok(live.select(COLUMNS).first(tx.conn()).optional()?)
}

/// A user's sessions that are under way.
pub fn live_of(tx: &mut Tx, user: UserId) -> Result<Vec<SessionId>> {
    let live = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::ended_at.is_null());
    Ok(live.order(sessions::id).select(sessions::id).load(tx.conn())?)
}

/// A page of a user's sessions that are under way.
pub fn list(tx: &mut Tx, user: UserId, page: &PageRequest) -> Result<Vec<Session>> {
    let now = tx.now();
    let mut query = sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .order(sessions::id)
        .limit(page.fetch())
        .select(COLUMNS)
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(sessions::id.gt(SessionId::from_uuid(after)));
    }
    Ok(query.load(tx.conn())?)
}

/// Ends a session. `false` where it had ended already.
pub fn end(tx: &mut Tx, id: SessionId) -> Result<bool> {
    let now = tx.now();
    let live = sessions::table.find(id).filter(sessions::ended_at.is_null());
    Ok(diesel::update(live).set(sessions::ended_at.eq(now)).execute(tx.conn())? == 1)
}

/// Keeps a new refresh token.
pub fn add_token(tx: &mut Tx, id: Id<Opened>, session: SessionId, hash: &str, expires_at: Instant) -> Result<()> {
    let row = (
        refresh_tokens::id.eq(id),
        refresh_tokens::session_id.eq(session),
        refresh_tokens::hash.eq(hash),
        refresh_tokens::issued_at.eq(tx.now()),
        refresh_tokens::expires_at.eq(expires_at),
    );
    diesel::insert_into(refresh_tokens::table).values(row).execute(tx.conn())?;
    Ok(())
}

type HeldRow = (
    (Id<Opened>, Instant, Option<Instant>, Option<Id<Opened>>),
    (SessionId, Instant, Option<Instant>),
    (UserId, UserState),
);

/// The refresh token of that digest, with its session and its user.
pub fn held(tx: &mut Tx, hash: &str) -> Result<Option<Held>> {
    let row: Option<HeldRow> = refresh_tokens::table
        .inner_join(sessions::table.inner_join(users::table))
        .filter(refresh_tokens::hash.eq(hash))
        .select((
            (refresh_tokens::id, refresh_tokens::expires_at, refresh_tokens::used_at, refresh_tokens::successor_id),
            (sessions::id, sessions::expires_at, sessions::ended_at),
            (users::id, users::state),
        ))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|((id, expires_at, used_at, successor), (session, session_expires_at, ended_at), (user, state))| Held {
        id,
        expires_at,
        used_at,
        successor,
        session,
        session_expires_at,
        ended: ended_at.is_some(),
        user,
        state,
    }))
}

/// Uses a refresh token up. `false` where it was used already.
pub fn use_up(tx: &mut Tx, id: Id<Opened>) -> Result<bool> {
    let now = tx.now();
    let unused = refresh_tokens::table.find(id).filter(refresh_tokens::used_at.is_null());
    Ok(diesel::update(unused).set(refresh_tokens::used_at.eq(now)).execute(tx.conn())? == 1)
}

/// Says which token a used one was exchanged for.
pub fn succeed(tx: &mut Tx, id: Id<Opened>, successor: Id<Opened>) -> Result<()> {
    let to = refresh_tokens::successor_id.eq(successor);
    diesel::update(refresh_tokens::table.find(id)).set(to).execute(tx.conn())?;
    Ok(())
}

/// Drops sessions that were over before a time, with their tokens.
pub fn drop_over(tx: &mut Tx, before: Instant) -> Result<usize> {
    Ok(diesel::delete(sessions::table.filter(sessions::expires_at.lt(before))).execute(tx.conn())?)
}
