//! Where requests come in: who is this, and is their token in force? Answered from memory for all but the first request.

mod cookie;

use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, IF_MATCH};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use arc_swap::ArcSwap;
use chrono::TimeDelta;
use moka::sync::Cache;
use uuid::Uuid;

use super::actor::{Actor, SessionId, UserId};
use super::keys::KeyRing;
use super::limits::{Limits, Meter};
use super::once::{KEPT, Running};
use super::path::Path;
use super::policy::Verb;
use super::right::{Claim, May, Resource};
use super::session::Ended;
use super::store;
use super::token::{self, ACCESS_SECONDS, API_TOKEN_PREFIX, Checked, Claims, LEEWAY_SECONDS, Rejected};
use crate::base::{Error, Ids, Instant, Lang, Result, say, secret};
use crate::db::{Db, Signal, Tx};

pub use cookie::{LANG_COOKIE, LASTS_UNUSED, Visit, lang_of};

/// The header with the key that makes a repeated POST harmless.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// Tokens that were checked and are remembered.
const REMEMBERED: u64 = 100_000;
/// An API token is looked up again after this long, the safety net behind the signals.
const API_TOKEN_FRESH: Duration = Duration::from_secs(2);

/// Who is asking, in which language. Every request has one.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// The actor; none when no token was sent, or one that is not in force.
    pub actor: Option<Actor>,
    /// From `Accept-Language`; on a page, as the reader chose it before.
    pub lang: Lang,
    /// The id of this request, in `X-Request-Id` and in the log.
    pub request: Uuid,
}

/// The gate. Cheap to clone.
#[derive(Clone)]
pub struct Gate(Arc<Inner>);

struct Inner {
    db: Db,
    issuer: String,
    ids: Ids,
    keys: ArcSwap<KeyRing>,
    keys_read: AtomicI64,
    ended: Ended,
    checked: Cache<Box<str>, Arc<Checked>>,
    api: Cache<String, Option<(Actor, Instant)>>,
    browsers: Cache<String, Option<cookie::Visit>>,
    running: Running,
    meter: Meter,
}

impl Gate {
    /// Opens the gate. `issuer` is this server's address, as it stands in its tokens.
    pub fn open(db: Db, issuer: String, limits: Limits) -> Result<Gate> {
        let keys = KeyRing::load(&db)?;
        let now = db.clock().now();
        let gate = Gate(Arc::new(Inner {
            issuer,
            ids: Ids::default(),
            keys: ArcSwap::from_pointee(keys),
            keys_read: AtomicI64::new(now.micros()),
            ended: Ended::default(),
            checked: Cache::new(REMEMBERED),
            api: Cache::builder().max_capacity(REMEMBERED).time_to_live(API_TOKEN_FRESH).build(),
            browsers: Cache::builder().max_capacity(REMEMBERED).time_to_live(API_TOKEN_FRESH).build(),
            running: Running::default(),
            meter: Meter::new(limits),
            db,
        }));
        gate.catch_up(TimeDelta::seconds(ACCESS_SECONDS + 2 * LEEWAY_SECONDS))?;
        gate.listen();
        Ok(gate)
    }

    fn listen(&self) {
        let gate = Arc::downgrade(&self.0);
        self.0.db.signals().listen(move |signal| {
            let Some(inner) = gate.upgrade() else { return };
            match signal {
                Signal::Session(id) => inner.ended.remember(id, inner.db.clock().now()),
                Signal::User(_) => {
                    inner.api.invalidate_all();
                    inner.browsers.invalidate_all();
                }
                Signal::Directory(_) | Signal::Lesson(_) | Signal::Question { .. } => {}
            }
        });
    }

    /// Learns from the database which sessions ended within this time, here or on another node, and which keys are in
    /// use. Waits for the database on this thread.
    pub fn catch_up(&self, within: TimeDelta) -> Result<()> {
        self.0.keys.store(Arc::new(KeyRing::load(&self.0.db)?));
        let now = self.0.db.clock().now();
        let ended = self.0.db.read_now(|tx| store::ended_since(tx, now.plus(-within)))?;
        ended.into_iter().for_each(|(session, at)| self.0.ended.remember(session.uuid(), at.unwrap_or(now)));
        self.0.ended.forget_before(now.plus(TimeDelta::seconds(-ACCESS_SECONDS - 2 * LEEWAY_SECONDS)));
        Ok(())
    }

    /// Hourly work: drops answers that are kept no longer, forgets callers who have been quiet, and does what others have
    /// to tidy. Waits for the database on this thread.
    pub fn tidy(&self, others: impl FnOnce(&mut Tx) -> Result<()> + Send + 'static) -> Result<()> {
        self.0.meter.tidy();
        self.0.db.write_now(|tx| {
            let before = tx.now().plus(-KEPT);
            store::drop_kept(tx, before)?;
            others(tx)
        })
    }

    /// The store. Only this floor and start-up reach it; a face gets at it through [`May`].
    pub(super) fn db(&self) -> &Db {
        &self.0.db
    }

    pub(super) fn running(&self) -> &Running {
        &self.0.running
    }

    /// This server's address.
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// The id of the next request.
    pub fn request_id(&self) -> Uuid {
        self.0.ids.next(self.now())
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> Result<()> {
        self.0.db.read(|tx| store::keys(tx).map(drop)).await
    }

    /// The keys, for JWKS.
    pub fn keys(&self) -> Arc<KeyRing> {
        self.0.keys.load_full()
    }

    /// Counts requests.
    pub fn meter(&self) -> &Meter {
        &self.0.meter
    }

    /// The time.
    pub fn now(&self) -> Instant {
        self.0.db.clock().now()
    }

    /// Signs an access token for a session.
    pub fn sign(&self, user: UserId, session: SessionId, jti: Uuid) -> Result<String> {
        token::sign(&self.0.keys.load(), &self.0.issuer, (user, session, jti), self.now())
    }

    /// Whether this request, which is answered for a long time, would still be this actor's.
    pub async fn still(&self, req: &HttpRequest, actor: Actor) -> bool {
        self.actor(req).await == Some(actor)
    }

    /// Who sent this request: to the API by its `Authorization` header, to a page by its cookie, and never the other way
    /// round. What is not in force counts as none.
    pub async fn actor(&self, req: &HttpRequest) -> Option<Actor> {
        if cookie::is_page(req) {
            return self.visitor(req).await;
        }
        let header = req.headers().get(AUTHORIZATION)?.to_str().ok()?;
        let (scheme, token) = header.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        let token = token.trim();
        if token.starts_with(API_TOKEN_PREFIX) {
            return self.api_actor(secret::digest(token)).await;
        }
        self.checked(token).await.map(|checked| checked.claims.actor())
    }

    async fn checked(&self, token: &str) -> Option<Arc<Checked>> {
        let now = self.now();
        if let Some(known) = self.0.checked.get(token) {
            let in_force = known.claims.in_force(now) && self.0.keys.load().checker(&known.kid, now).is_some();
            return (in_force && self.is_live(&known.claims)).then_some(known);
        }
        let mut checked = token::check(&self.0.keys.load(), &self.0.issuer, token, now);
        if matches!(checked, Err(Rejected::UnknownKey)) && self.may_read_keys_again(now) {
            self.read_keys_again().await;
            checked = token::check(&self.0.keys.load(), &self.0.issuer, token, now);
        }
        let checked = Arc::new(checked.ok()?);
        self.0.checked.insert(token.into(), checked.clone());
        self.is_live(&checked.claims).then_some(checked)
    }

    fn is_live(&self, claims: &Claims) -> bool {
        claims.actor().session.is_none_or(|session| !self.0.ended.has(session))
    }

    /// At most once a second, so that made-up key names cost nothing.
    fn may_read_keys_again(&self, now: Instant) -> bool {
        let last = self.0.keys_read.load(Ordering::Relaxed);
        now.micros() - last > 1_000_000
            && self.0.keys_read.compare_exchange(last, now.micros(), Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    async fn read_keys_again(&self) {
        let gate = self.clone();
        let loaded = tokio::task::spawn_blocking(move || KeyRing::load(&gate.0.db)).await;
        match loaded {
            Ok(Ok(ring)) => self.0.keys.store(Arc::new(ring)),
            Ok(Err(cause)) => tracing::warn!(%cause, "the signing keys could not be read"),
            Err(cause) => tracing::warn!(%cause, "the signing keys could not be read"),
        }
    }

    async fn api_actor(&self, hash: String) -> Option<Actor> {
        let known = match self.0.api.get(&hash) {
            Some(known) => known,
            None => {
                let wanted = hash.clone();
                let found = self.0.db.read(move |tx| store::api_actor(tx, &wanted)).await.ok()?;
                self.0.api.insert(hash, found);
                found
            }
        };
        known.filter(|(_, expires)| *expires > self.now()).map(|(actor, _)| actor)
    }
}

impl<V: Verb, R: Resource> FromRequest for May<V, R> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(claim(req).map(|(gate, claim)| May::new(gate, claim)))
    }
}

fn claim(req: &HttpRequest) -> Result<(Gate, Claim)> {
    let gate = req.app_data::<Gate>().ok_or_else(|| Error::internal("the app has no gate"))?;
    let caller =
        req.extensions().get::<Caller>().copied().ok_or_else(|| Error::internal("the request has no caller"))?;
    let actor = caller.actor.ok_or_else(not_signed_in)?;
    let text = |name| req.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let conditional = matches!(*req.method(), Method::PATCH | Method::PUT | Method::DELETE);
    let condition = conditional.then(|| text(IF_MATCH.as_str()));
    let once = (*req.method() == Method::POST).then(|| text(IDEMPOTENCY_KEY)).flatten();
    Ok((gate.clone(), Claim { actor, path: Path::of(req, actor.user), condition, once }))
}

/// The answer to a request without a token that is in force.
pub fn not_signed_in() -> Error {
    Error::Unauthenticated(say!(
        "Sign in and send the access token as \"Authorization: Bearer ...\".",
        "로그인한 뒤 액세스 토큰을 \"Authorization: Bearer ...\" 헤더로 보내세요."
    ))
}
