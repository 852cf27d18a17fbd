//! A request that is repeated with its `Idempotency-Key` is done once: the answer is kept in the transaction of its effect.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::store;
use crate::base::{Error, Lang, Result, say};
use crate::db::Tx;

/// How long an answer is kept.
pub const KEPT: TimeDelta = TimeDelta::hours(24);
/// The longest `Idempotency-Key`, in characters.
pub const KEY_MOST: usize = 255;

/// Room for an answer before its length is known, in bytes: most fit, and what is not used is given back at once.
const USUAL_BYTES: usize = 4096;

/// What is answered to a request that succeeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Headers: `ETag`, `Location`, `Link`.
    pub headers: Vec<(String, String)>,
    /// JSON, unless a `Content-Type` header says otherwise.
    pub body: Vec<u8>,
}

impl Answer {
    /// 200 with this as JSON.
    pub fn ok(value: &impl Serialize) -> Result<Answer> {
        let mut body = Vec::with_capacity(USUAL_BYTES);
        serde_json::to_writer(&mut body, value).map_err(Error::internal)?;
        Ok(Answer { status: 200, headers: Vec::new(), body })
    }

    /// 201 with this as JSON, and where it now is.
    pub fn created(place: impl Into<String>, value: &impl Serialize) -> Result<Answer> {
        Ok(Answer { status: 201, ..Answer::ok(value)? }.header("Location", place))
    }

    /// 204: done, and there is nothing to say.
    pub fn done() -> Answer {
        Answer { status: 204, headers: Vec::new(), body: Vec::new() }
    }

    /// With one more header.
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Answer {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// With a strong `ETag`, where there is one.
    pub fn tagged(self, tag: Option<String>) -> Answer {
        match tag {
            Some(tag) => self.header("ETag", format!("\"{tag}\"")),
            None => self,
        }
    }

    /// Answers with a secret that is shown once: a repeated request is answered with `value`, which lacks it.
    pub fn shown_once(self, value: &impl Serialize) -> Result<Shown> {
        let body = serde_json::to_vec(value).map_err(Error::internal)?;
        let kept = Answer { body, ..self.clone() };
        Ok(Shown { answer: self, kept: Some(kept) })
    }

    /// The value of a header.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(have, _)| have.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// What is answered now, and what is kept for a repeated request where that is something else.
#[derive(Clone, Debug)]
pub struct Shown {
    pub(super) answer: Answer,
    kept: Option<Answer>,
}

impl Shown {
    pub(super) fn kept(&self) -> &Answer {
        self.kept.as_ref().unwrap_or(&self.answer)
    }
}

impl From<Answer> for Shown {
    fn from(answer: Answer) -> Shown {
        Shown { answer, kept: None }
    }
}

/// What was sent, with its digest, so that a repeated request can be told from another one under the same key.
#[derive(Clone, Debug)]
pub struct Sent<B> {
    /// The body as it was parsed.
    pub value: B,
    /// SHA-256 of method, path and body.
    pub print: String,
    /// The language of plain strings in it, from `Content-Language`.
    pub lang: Lang,
}

impl<B> Sent<B> {
    /// Takes the digest of what was sent.
    pub fn new((method, path): (&str, &str), body: &[u8], lang: Lang, value: B) -> Sent<B> {
        let digest = Sha256::new()
            .chain_update(method)
            .chain_update("\n")
            .chain_update(path)
            .chain_update("\n")
            .chain_update(body);
        let print = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Sent { value, print, lang }
    }

    /// The same request with the digest taken of this instead of the body: a digest is quick to compute, so one of a
    /// password would be a way around the slow hash that guards it.
    pub fn printed(self, (method, path): (&str, &str), open: &impl Serialize) -> Result<Sent<B>> {
        let open = serde_json::to_vec(open).map_err(Error::internal)?;
        Ok(Sent::new((method, path), &open, self.lang, self.value))
    }

    /// The same request with its value read further.
    pub fn map<C>(self, f: impl FnOnce(B, Lang) -> C) -> Sent<C> {
        Sent { value: f(self.value, self.lang), print: self.print, lang: self.lang }
    }
}

/// The key a caller gave to a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct OnceKey {
    pub owner: String,
    pub key: String,
}

impl OnceKey {
    /// Reads the header. Keys of different owners never meet.
    pub fn parse(owner: &str, header: &str) -> Result<OnceKey> {
        let fits = (1..=KEY_MOST).contains(&header.len()) && header.bytes().all(|b| b.is_ascii_graphic());
        if fits {
            return Ok(OnceKey { owner: owner.to_owned(), key: header.to_owned() });
        }
        Err(Error::invalid(
            "/Idempotency-Key",
            "idempotency_key.shape",
            say!(
                "Send 1 to {KEY_MOST} visible ASCII characters, for example a UUID.",
                "UUID처럼 보이는 ASCII 문자 1~{KEY_MOST}자를 보내세요."
            ),
        ))
    }
}

/// The answer kept for this key, if the same request was done before.
pub(super) fn replay(tx: &mut Tx, key: &OnceKey, print: &str) -> Result<Option<Answer>> {
    let since = tx.now().plus(-KEPT);
    let Some((kept_print, answer)) = store::kept(tx, key, since)? else { return Ok(None) };
    if kept_print == print {
        return Ok(Some(answer.header("Idempotency-Replayed", "true")));
    }
    Err(Error::invalid(
        "/Idempotency-Key",
        "idempotency_key.reused",
        say!(
            "This Idempotency-Key was used for another request. Send a new one.",
            "다른 요청에 이미 쓴 Idempotency-Key입니다. 새 값을 보내세요."
        ),
    ))
}

/// The keys whose requests are under way in this process.
#[derive(Clone, Default)]
pub(super) struct Running(Arc<Mutex<HashSet<OnceKey>>>);

impl Running {
    /// Marks the key as under way; refused while it already is.
    pub fn enter(&self, key: OnceKey) -> Result<Entered> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.insert(key.clone()) {
            return Ok(Entered { running: self.clone(), key });
        }
        Err(Error::Conflict(say!(
            "A request with this Idempotency-Key is still running. Send it again in a second.",
            "같은 Idempotency-Key를 쓴 요청이 아직 처리 중입니다. 잠시 뒤에 다시 보내세요."
        )))
    }
}

/// A request under way; it leaves when this is dropped.
pub(super) struct Entered {
    running: Running,
    /// The key it runs under.
    pub key: OnceKey,
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.running.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
