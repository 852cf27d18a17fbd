//! The SQL of access: keys, sessions that ended, API tokens, kept answers.

use diesel::prelude::*;

use super::actor::{Actor, SessionId, UserId};
use super::gate::{LASTS_UNUSED, Visit};
use super::keys::SigningKey;
use super::once::{Answer, OnceKey};
use crate::base::{Id, Instant, Result};
use crate::db::schema::{api_tokens, kept_answers, refresh_tokens, sessions, signing_keys, users};
use crate::db::{Json, Tx, on_backend};

/// kid, private, public, created, signs until, checks until.
pub(super) type KeyRow = (String, String, String, Instant, Instant, Instant);

pub(super) fn keys(tx: &mut Tx) -> Result<Vec<KeyRow>> {
    let now = tx.now();
    let alive = signing_keys::table.filter(signing_keys::checks_until.gt(now));
    Ok(alive.order(signing_keys::created_at.desc()).load(tx.conn())?)
}

pub(super) fn add_key(tx: &mut Tx, key: &SigningKey) -> Result<()> {
    let row = (
        signing_keys::kid.eq(&key.kid),
        signing_keys::private_key.eq(&key.private),
        signing_keys::public_key.eq(&key.public),
        signing_keys::created_at.eq(key.created_at),
        signing_keys::signs_until.eq(key.signs_until),
        signing_keys::checks_until.eq(key.checks_until),
    );
    diesel::insert_into(signing_keys::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Sessions that ended at or after a time.
pub(super) fn ended_since(tx: &mut Tx, since: Instant) -> Result<Vec<(Id<super::Ended>, Option<Instant>)>> {
    let lately = sessions::table.filter(sessions::ended_at.ge(since)).select((sessions::id, sessions::ended_at));
    Ok(lately.load(tx.conn())?)
}

/// The actor behind an API token that is in force.
pub(super) fn api_actor(tx: &mut Tx, hash: &str) -> Result<Option<(Actor, Instant)>> {
    let now = tx.now();
    let row: Option<(UserId, Json<Vec<String>>, Instant)> = api_tokens::table
        .inner_join(users::table)
        .filter(api_tokens::hash.eq(hash))
        .filter(api_tokens::ended_at.is_null())
        .filter(api_tokens::expires_at.gt(now))
        .filter(users::state.eq("active"))
        .select((api_tokens::user_id, api_tokens::scopes, api_tokens::expires_at))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(user, Json(scopes), expires)| {
        let writes = scopes.iter().any(|scope| scope == "write");
        (Actor { user, session: None, writes }, expires)
    }))
}

/// The session in a browser whose secret has this digest, if it is in force. It lies among the refresh tokens.
pub(super) fn visit(tx: &mut Tx, digest: &str) -> Result<Option<Visit>> {
    let now = tx.now();
    let row: Option<(UserId, SessionId, Instant, Instant)> = refresh_tokens::table
        .inner_join(sessions::table.inner_join(users::table))
        .filter(refresh_tokens::hash.eq(digest))
        .filter(refresh_tokens::expires_at.gt(now))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .filter(users::state.eq("active"))
        .select((users::id, sessions::id, refresh_tokens::expires_at, refresh_tokens::issued_at))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(user, session, expires_at, noted_at)| Visit {
        actor: Actor { user, session: Some(session), writes: true },
        expires_at,
        noted_at,
    }))
}

/// Notes that it was used: its end moves on, up to the end of the session.
pub(super) fn note_visit(tx: &mut Tx, digest: &str) -> Result<()> {
    let now = tx.now();
    let end: Option<Instant> = refresh_tokens::table
        .inner_join(sessions::table)
        .filter(refresh_tokens::hash.eq(digest))
        .select(sessions::expires_at)
        .first(tx.conn())
        .optional()?;
    let Some(end) = end else { return Ok(()) };
    let expires_at = now.plus(LASTS_UNUSED).min(end);
    diesel::update(refresh_tokens::table.filter(refresh_tokens::hash.eq(digest)))
        .set((refresh_tokens::issued_at.eq(now), refresh_tokens::expires_at.eq(expires_at)))
        .execute(tx.conn())?;
    Ok(())
}

/// Whether this user is active and administers the server.
pub(super) fn is_admin(tx: &mut Tx, user: UserId) -> Result<bool> {
    let found = users::table.filter(users::id.eq(user)).filter(users::admin.eq(true)).filter(users::state.eq("active"));
    Ok(diesel::select(diesel::dsl::exists(found)).get_result(tx.conn())?)
}

/// Fingerprint, status, headers, body.
type KeptRow = (String, i32, Json<Vec<(String, String)>>, String);

pub(super) fn kept(tx: &mut Tx, key: &OnceKey, since: Instant) -> Result<Option<(String, Answer)>> {
    let row: Option<KeptRow> = kept_answers::table
        .filter(kept_answers::owner.eq(&key.owner))
        .filter(kept_answers::idempotency_key.eq(&key.key))
        .filter(kept_answers::created_at.gt(since))
        .select((kept_answers::fingerprint, kept_answers::status, kept_answers::headers, kept_answers::body))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(print, status, Json(headers), body)| {
        let status = u16::try_from(status).unwrap_or(200);
        (print, Answer { status, headers, body: body.into_bytes() })
    }))
}

/// Keeps an answer. `false` where another request with this key was first.
pub(super) fn keep(tx: &mut Tx, key: &OnceKey, print: &str, answer: &Answer) -> Result<bool> {
    let row = (
        kept_answers::owner.eq(&key.owner),
        kept_answers::idempotency_key.eq(&key.key),
        kept_answers::fingerprint.eq(print),
        kept_answers::status.eq(i32::from(answer.status)),
        kept_answers::headers.eq(Json(answer.headers.clone())),
        kept_answers::body.eq(String::from_utf8_lossy(&answer.body).into_owned()),
        kept_answers::created_at.eq(tx.now()),
    );
    let insert = diesel::insert_into(kept_answers::table).values(row);
    let rows = on_backend!(tx.conn(), |conn| insert.on_conflict_do_nothing().execute(conn))?;
    Ok(rows == 1)
}

/// Drops answers kept before a time, so that their keys can be used anew.
pub(super) fn drop_kept(tx: &mut Tx, before: Instant) -> Result<usize> {
    let old = kept_answers::table.filter(kept_answers::created_at.le(before));
    Ok(diesel::delete(old).execute(tx.conn())?)
}
