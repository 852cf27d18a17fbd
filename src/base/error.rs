//! What can go wrong, as the caller sees it.

use super::lang::{Sentence, say};

/// The result of everything that can be refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A refusal. There is a variant only where a caller would act differently; each is a sentence to the caller.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Who asks is not known: sign in.
    #[error("not signed in: {0}")]
    Unauthenticated(Sentence),
    /// Known, and may see the thing, but may not do this.
    #[error("forbidden: {0}")]
    Forbidden(Sentence),
    /// There is no such thing, or the caller may not know of it.
    #[error("not found")]
    NotFound,
    /// What was sent is not right; every fault that was found.
    #[error("{} faults in what was sent", .0.len())]
    Invalid(Vec<Fault>),
    /// It was right, but does not fit the state of things.
    #[error("conflict: {0}")]
    Conflict(Sentence),
    /// As [`Error::Conflict`], with the facts behind it, for instance the findings that block a publication.
    #[error("conflict: {0}")]
    Blocked(Sentence, Box<serde_json::Value>),
    /// The thing has changed since the caller read it.
    #[error("stale")]
    Stale,
    /// The caller must say which state of the thing the change is for.
    #[error("If-Match is missing")]
    Unconditional,
    /// What was sent is larger than this many bytes.
    #[error("larger than {0} bytes")]
    TooLarge(usize),
    /// What was sent is of a kind that is not read here.
    #[error("unsupported: {0}")]
    Unsupported(Sentence),
    /// What was sent did not arrive in time.
    #[error("too slow")]
    Slow,
    /// Too many requests; again after this many seconds.
    #[error("too many requests, again in {0} s")]
    TooMany(u64),
    /// The database does not answer; again after this many seconds.
    #[error("unavailable, again in {0} s")]
    Unavailable(u64),
    /// The disk, or its share of it, is full.
    #[error("storage is full")]
    Full,
    /// Our fault. The cause is logged once and never shown.
    #[error("internal: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Our own fault, told in words for the log.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::Internal(cause.into())
    }

    /// One fault in what was sent.
    pub fn invalid(pointer: impl Into<String>, code: &'static str, detail: Sentence) -> Error {
        Error::Invalid(vec![Fault::new(pointer, code, detail)])
    }

    /// A role that is missing, in words.
    pub fn not_allowed() -> Error {
        Error::Forbidden(say!(
            "Your role in this hackathon does not allow this. Ask an organizer.",
            "이 해커톤에서 맡은 역할로는 할 수 없는 일입니다. 운영진에게 문의하세요."
        ))
    }
}

/// One thing that is not right in what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, as a JSON Pointer (RFC 6901) into what was sent.
    pub pointer: String,
    /// What kind, as a short code that programs can compare.
    pub code: &'static str,
    /// What is wrong and what to write instead.
    pub detail: Sentence,
    /// The line and the column in the file, both from 1, where a file was sent.
    pub place: Option<(usize, usize)>,
}

impl Fault {
    /// A fault without a place in a file.
    pub fn new(pointer: impl Into<String>, code: &'static str, detail: Sentence) -> Fault {
        Fault { pointer: pointer.into(), code, detail, place: None }
    }

    /// The pointer as people write places in a file: `topics[2].slug`.
    pub fn path(&self) -> String {
        let steps = self.pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"));
        steps.fold(String::new(), |path, step| match step.parse::<usize>() {
            Ok(index) => format!("{path}[{index}]"),
            Err(_) if path.is_empty() => step,
            Err(_) => format!("{path}.{step}"),
        })
    }
}

/// Turns a unique violation into the sentence that tells what is taken.
/// SQLite names no constraint, so it is said at the one insert that may collide.
pub trait OrConflict<T> {
    /// A [`Error::Conflict`] with this sentence where a unique value is taken; any other error stays what it is.
    fn or_conflict(self, sentence: impl FnOnce() -> Sentence) -> Result<T>;

    /// A [`Error::Conflict`] with this sentence where something still points to what was to be deleted.
    fn or_in_use(self, sentence: impl FnOnce() -> Sentence) -> Result<T>;
}
