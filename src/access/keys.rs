//! The keys that sign access tokens. They rotate with an overlap, so a token outlives the day its key stops signing.

use std::sync::Arc;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde_json::{Value, json};

use super::store;
use super::token::{ACCESS_SECONDS, LEEWAY_SECONDS};
use crate::base::{Error, Instant, Result, secret};
use crate::db::{Db, Tx};

/// How long a key signs.
pub const SIGNS: TimeDelta = TimeDelta::days(30);
/// A successor is made this long before a key stops signing, so that every node knows it by then.
pub const AHEAD: TimeDelta = TimeDelta::days(1);

/// One key pair (Ed25519).
#[derive(Clone)]
pub struct SigningKey {
    /// Its name in tokens.
    pub kid: String,
    /// It signs new tokens from the moment all nodes can know it.
    pub created_at: Instant,
    /// It signs new tokens before this.
    pub signs_until: Instant,
    /// Its tokens are accepted before this.
    pub checks_until: Instant,
    pub(super) private: String,
    pub(super) public: String,
    pub(super) encoding: EncodingKey,
    pub(super) decoding: DecodingKey,
}

impl SigningKey {
    /// A new key pair.
    pub fn generate(now: Instant) -> Result<SigningKey> {
        let pair = Ed25519KeyPair::generate().map_err(Error::internal)?;
        let private = pair.to_pkcs8v1().map_err(Error::internal)?;
        let public = URL_SAFE_NO_PAD.encode(pair.public_key());
        let signs_until = now.plus(SIGNS);
        let checks_until = signs_until.plus(TimeDelta::seconds(ACCESS_SECONDS + 2 * LEEWAY_SECONDS));
        let kid = secret::token().chars().take(16).collect();
        SigningKey::stored((kid, STANDARD.encode(private.as_ref()), public, now, signs_until, checks_until))
    }

    pub(super) fn stored(row: store::KeyRow) -> Result<SigningKey> {
        let (kid, private, public, created_at, signs_until, checks_until) = row;
        let der = STANDARD.decode(&private).map_err(Error::internal)?;
        let encoding = EncodingKey::from_ed_der(&der);
        let decoding = DecodingKey::from_ed_components(&public).map_err(Error::internal)?;
        Ok(SigningKey { kid, created_at, signs_until, checks_until, private, public, encoding, decoding })
    }
}

/// The keys in use, newest first.
#[derive(Clone)]
pub struct KeyRing(Arc<Vec<SigningKey>>);

impl KeyRing {
    /// Loads the keys; makes the first, and the next when its time has come.
    pub fn load(db: &Db) -> Result<KeyRing> {
        let ring = db.read_now(read)?;
        if !ring.needs_successor(db.clock().now()) {
            return Ok(ring);
        }
        db.write_now(|tx| {
            // Another node may have made it since.
            if read(tx)?.needs_successor(tx.now()) {
                store::add_key(tx, &SigningKey::generate(tx.now())?)?;
            }
            read(tx)
        })
    }

    fn needs_successor(&self, now: Instant) -> bool {
        !self.0.iter().any(|key| key.signs_until > now.plus(AHEAD))
    }

    /// The key to sign with: the oldest that still may, so that its successor is known everywhere before it is used.
    pub(super) fn signer(&self, now: Instant) -> Result<&SigningKey> {
        let signing = self.0.iter().rev().find(|key| key.signs_until > now);
        signing.ok_or_else(|| Error::internal("no key may sign"))
    }

    /// The key of that name, while its tokens are accepted.
    pub(super) fn checker(&self, kid: &str, now: Instant) -> Option<&SigningKey> {
        self.0.iter().find(|key| key.kid == kid && key.checks_until > now)
    }

    /// The public keys (RFC 7517).
    pub fn jwks(&self, now: Instant) -> Value {
        let alive = self.0.iter().filter(|key| key.checks_until > now);
        let keys: Vec<Value> = alive
            .map(|key| json!({"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key.kid, "x": key.public}))
            .collect();
        json!({ "keys": keys })
    }
}

fn read(tx: &mut Tx) -> Result<KeyRing> {
    let rows = store::keys(tx)?;
    Ok(KeyRing(Arc::new(rows.into_iter().map(SigningKey::stored).collect::<Result<_>>()?)))
}
