//! Access tokens: JWT (RFC 7519, RFC 9068), EdDSA, short-lived. The library's defaults are too kind, so every claim is
//! required here and the time is checked against our own clock.

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::actor::{Actor, SessionId, UserId};
use super::keys::KeyRing;
use crate::base::{Error, Id, Instant, Result};

/// How long an access token lives, in seconds: 15 minutes.
pub const ACCESS_SECONDS: i64 = 900;
/// How far the clocks of two machines may differ, in seconds.
pub const LEEWAY_SECONDS: i64 = 30;
/// What an API token begins with, so that scanners and people recognize one.
pub const API_TOKEN_PREFIX: &str = "signpost_";
/// The longest token that is looked at, in bytes.
const LONGEST: usize = 4096;
/// The explicit type (RFC 9068, 2.1), which keeps other kinds of token out.
const TYPE: &str = "at+jwt";

/// What an access token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// Who made it: this server's address.
    pub iss: String,
    /// For whom: this server's API.
    pub aud: String,
    /// The user.
    pub sub: Uuid,
    /// Expires, in seconds since 1970.
    pub exp: i64,
    /// Not before.
    pub nbf: i64,
    /// Made at.
    pub iat: i64,
    /// Its own id.
    pub jti: Uuid,
    /// The sign-in it belongs to.
    pub sid: Uuid,
}

impl Claims {
    /// Who this token speaks for.
    pub fn actor(&self) -> Actor {
        Actor { user: Id::from_uuid(self.sub), session: Some(Id::from_uuid(self.sid)), writes: true }
    }

    /// Whether it is in force at this time.
    pub fn in_force(&self, now: Instant) -> bool {
        let now = now.utc().timestamp();
        let made_in_time = self.nbf <= now + LEEWAY_SECONDS && self.iat <= now + LEEWAY_SECONDS;
        made_in_time && now < self.exp + LEEWAY_SECONDS && self.exp - self.iat <= ACCESS_SECONDS
    }
}

/// Signs a token for a session. `jti` is fresh.
pub(super) fn sign(
    ring: &KeyRing,
    issuer: &str,
    (user, session, jti): (UserId, SessionId, Uuid),
    now: Instant,
) -> Result<String> {
    let key = ring.signer(now)?;
    let iat = now.utc().timestamp();
    let exp = now.plus(TimeDelta::seconds(ACCESS_SECONDS)).utc().timestamp();
    let (iss, aud) = (issuer.to_owned(), issuer.to_owned());
    let claims = Claims { iss, aud, sub: user.uuid(), exp, nbf: iat, iat, jti, sid: session.uuid() };
    let header = Header { typ: Some(TYPE.to_owned()), kid: Some(key.kid.clone()), ..Header::new(Algorithm::EdDSA) };
    jsonwebtoken::encode(&header, &claims, &key.encoding).map_err(Error::internal)
}

/// Why a token was not accepted.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rejected {
    /// Its key is not known here (yet).
    UnknownKey,
    /// Anything else.
    Bad,
}

/// A token that was checked.
#[derive(Debug)]
pub(super) struct Checked {
    /// The name of the key that signed it: a token is in force only as long as its key.
    pub kid: String,
    pub claims: Claims,
}

/// Checks a token in every respect but whether its session has ended.
pub(super) fn check(ring: &KeyRing, issuer: &str, token: &str, now: Instant) -> Result<Checked, Rejected> {
    if token.len() > LONGEST {
        return Err(Rejected::Bad);
    }
    let header = jsonwebtoken::decode_header(token).map_err(|_unreadable| Rejected::Bad)?;
    let asks_elsewhere = header.jku.is_some() || header.jwk.is_some() || header.x5u.is_some() || header.x5c.is_some();
    // What `crit` names must be understood (RFC 7515, 4.1.11); we understand no extension.
    let asks_more = header.crit.is_some();
    if asks_elsewhere || asks_more || header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(TYPE) {
        return Err(Rejected::Bad);
    }
    let kid = header.kid.ok_or(Rejected::Bad)?;
    let key = ring.checker(&kid, now).ok_or(Rejected::UnknownKey)?;
    let data = jsonwebtoken::decode::<Claims>(token, &key.decoding, &rules(issuer)).map_err(|_wrong| Rejected::Bad)?;
    data.claims.in_force(now).then_some(Checked { kid, claims: data.claims }).ok_or(Rejected::Bad)
}

fn rules(issuer: &str) -> Validation {
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    rules.set_issuer(&[issuer]);
    rules.set_audience(&[issuer]);
    // The library reads the machine's clock; `Claims::in_force` checks the times by ours.
    rules.validate_exp = false;
    rules.validate_nbf = false;
    rules
}
