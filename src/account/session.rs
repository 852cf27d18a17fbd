//! Sessions: one for each sign-in, renewed by refresh tokens of which each is used once.
//!
//! A refresh token that is used again was copied, by a thief or from one: the session ends, whoever holds it. Two cases
//! are none of that. An answer got lost and the same token comes again within [`FORGIVEN`], while nobody has used its
//! successor: then it gets another successor, and the first one is worth nothing. And that worthless one, when it comes
//! within the same time, is refused without ending anything: two windows renewed at once.

use chrono::TimeDelta;
use serde::Serialize;
use uuid::Uuid;

use super::UserState;
use super::store::session as store;
use crate::access::{Actor, Gate, LASTS_UNUSED, Path, Resource, Roles, SessionId, UserId};
use crate::base::{Error, Id, Instant, Key, Result, secret};
use crate::db::{Signal, Tx};

/// How long a session lasts from sign-in, however often it is renewed.
pub const LASTS: TimeDelta = TimeDelta::days(30);
/// How long a refresh token can be used: a session that is not renewed for this long is over.
pub const REFRESH_LASTS: TimeDelta = TimeDelta::days(14);
/// How long a token that was used may come again without harm.
pub const FORGIVEN: TimeDelta = TimeDelta::seconds(10);
/// The longest name of a program that is kept, in characters.
const AGENT_MOST: usize = 200;

/// A session that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, diesel::Queryable)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    #[serde(skip)]
    pub user: UserId,
    /// When they signed in.
    pub created_at: Instant,
    /// When it is over at the latest.
    pub expires_at: Instant,
    /// The program it was opened with, as it called itself.
    pub agent: Option<String>,
}

impl Resource for Session {
    fn find(tx: &mut Tx, path: &Path) -> Result<Self> {
        let Key::Id(id) = path.key("session")? else { return Err(Error::NotFound) };
        store::live(tx, Id::from_uuid(id))?.ok_or(Error::NotFound)
    }

    /// One's own, and nobody else's.
    fn roles(&self, _tx: &mut Tx, who: &Actor) -> Result<Roles> {
        Ok(Roles::OWN.when(self.user == who.user))
    }
}

/// A session that was just opened or renewed: what its access and refresh tokens are made of.
pub struct Opened {
    /// The session.
    pub session: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// The id of the access token to be signed.
    pub jti: Uuid,
    /// The refresh token, which only its owner keeps.
    pub refresh: String,
}

/// Where a session is opened from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The program, as it calls itself.
    pub agent: Option<String>,
    /// The digest of account and address.
    pub digest: String,
}

/// Opens a session.
pub fn open(tx: &mut Tx, user: UserId, from: Origin) -> Result<Opened> {
    let Session { id, expires_at, .. } = begin(tx, user, from)?;
    let first = tx.fresh();
    issue(tx, (id, user), expires_at, first)
}

/// Opens a session for the pages, and gives the secret that the browser keeps in a cookie. It is one and the same until the
/// session is over: a browser sends many requests at once, which could not agree on a successor.
pub fn open_in_browser(tx: &mut Tx, user: UserId, from: Origin) -> Result<String> {
    let session = begin(tx, user, from)?;
    let token = secret::token();
    let expires_at = tx.now().plus(LASTS_UNUSED).min(session.expires_at);
    let id = tx.fresh();
    store::add_token(tx, id, session.id, &Gate::browser_digest(&token), expires_at)?;
    Ok(token)
}

fn begin(tx: &mut Tx, user: UserId, from: Origin) -> Result<Session> {
    let id = tx.fresh();
    let expires_at = tx.now().plus(LASTS);
    let agent = from.agent.map(|agent| agent.chars().filter(|c| !c.is_control()).take(AGENT_MOST).collect());
    let session = Session { id, user, created_at: tx.now(), expires_at, agent };
    store::insert(tx, &session, &from.digest)?;
    Ok(session)
}

/// A refresh token as it is kept, with its session.
#[derive(Clone, Debug)]
pub struct Held {
    pub(super) id: Id<Opened>,
    pub(super) expires_at: Instant,
    pub(super) used_at: Option<Instant>,
    pub(super) successor: Option<Id<Opened>>,
    pub(super) session: SessionId,
    pub(super) session_expires_at: Instant,
    pub(super) ended: bool,
    pub(super) user: UserId,
    pub(super) state: UserState,
}

impl Held {
    fn is_over(&self, now: Instant) -> bool {
        self.ended || self.session_expires_at <= now || self.state != UserState::Active
    }
}

/// How an attempt to renew went.
enum Step {
    Renewed(Opened),
    Refused,
    /// Somebody else was first in the same moment: look again.
    Again,
}

/// Exchanges a refresh token for a new one. `None` where it is worth nothing; where it was copied, its session has ended.
pub fn renew(tx: &mut Tx, token: &str) -> Result<Option<Opened>> {
    let hash = secret::digest(token);
    // Each round somebody else has renewed with the very same token since the last one.
    for _ in 0..4 {
        match step(tx, &hash)? {
            Step::Renewed(opened) => return Ok(Some(opened)),
            Step::Refused => return Ok(None),
            Step::Again => {}
        }
    }
    Ok(None)
}

fn step(tx: &mut Tx, hash: &str) -> Result<Step> {
    let now = tx.now();
    let Some(held) = store::held(tx, hash)? else { return Ok(Step::Refused) };
    if held.is_over(now) {
        return Ok(Step::Refused);
    }
    match (held.used_at, held.successor) {
        (None, _) if held.expires_at <= now => Ok(Step::Refused),
        (None, _) => Ok(exchange(tx, &held, held.id)?.map_or(Step::Again, Step::Renewed)),
        (Some(used), Some(successor)) if now.since(used) <= FORGIVEN => again(tx, hash, &held, successor),
        (Some(used), None) if now.since(used) <= FORGIVEN => Ok(Step::Refused),
        (Some(_), _) => copied(tx, &held),
    }
}

/// The same token once more, at once: its successor makes way for another, unless somebody uses it already.
fn again(tx: &mut Tx, hash: &str, held: &Held, successor: Id<Opened>) -> Result<Step> {
    if let Some(opened) = exchange(tx, held, successor)? {
        return Ok(Step::Renewed(opened));
    }
    // The successor is spent. It made way for another in this very moment, or it was used.
    let now_held = store::held(tx, hash)?;
    let made_way = now_held.is_some_and(|now_held| now_held.successor != Some(successor));
    if made_way { Ok(Step::Again) } else { copied(tx, held) }
}

/// Uses up `spent`, and gives `held` a new successor. `None` where it is used up already.
fn exchange(tx: &mut Tx, held: &Held, spent: Id<Opened>) -> Result<Option<Opened>> {
    if !store::use_up(tx, spent)? {
        return Ok(None);
    }
    let next = tx.fresh();
    store::succeed(tx, held.id, next)?;
    issue(tx, (held.session, held.user), held.session_expires_at, next).map(Some)
}

fn copied(tx: &mut Tx, held: &Held) -> Result<Step> {
    tracing::warn!(session = %held.session, user = %held.user, "a refresh token was used twice; its session has ended");
    end(tx, held.session)?;
    Ok(Step::Refused)
}

fn issue(tx: &mut Tx, (session, user): (SessionId, UserId), until: Instant, id: Id<Opened>) -> Result<Opened> {
    let refresh = secret::token();
    let expires_at = tx.now().plus(REFRESH_LASTS).min(until);
    store::add_token(tx, id, session, &secret::digest(&refresh), expires_at)?;
    Ok(Opened { session, user, jti: tx.fresh::<Opened>().uuid(), refresh })
}

/// Ends a session at once, everywhere. Its access tokens are refused from here on.
pub fn end(tx: &mut Tx, session: SessionId) -> Result<()> {
    if store::end(tx, session)? {
        tx.announce(Signal::Session(session.uuid()));
    }
    Ok(())
}

/// Ends the session of a refresh token, whether or not the token can still be used. Tells whether there is one.
pub fn end_by_token(tx: &mut Tx, token: &str) -> Result<bool> {
    let Some(held) = store::held(tx, &secret::digest(token))? else { return Ok(false) };
    end(tx, held.session)?;
    Ok(true)
}

/// Ends a user's sessions, all but one that is to stay.
pub fn end_all(tx: &mut Tx, user: UserId, stays: Option<SessionId>) -> Result<()> {
    let all = store::live_of(tx, user)?;
    all.into_iter().filter(|session| Some(*session) != stays).try_for_each(|session| end(tx, session))
}
