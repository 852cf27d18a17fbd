//! What askers are promised: within how much of the holder's working time a question is claimed, answered and resolved,
//! and a hand-off accepted.

pub mod scope;
pub mod store;

use serde::Serialize;

use crate::access::Item;
use crate::base::{Error, Fault, Id, Instant, Key, Localized, Result, Sentence, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::words;

pub use scope::{Scope, ScopeSaid};

words! {
    /// A promise about a question that lies with a holder.
    Promise / PromiseShape {
        /// Somebody claims it.
        Claim = "claim",
        /// It is answered.
        FirstResponse = "first_response",
        /// It is closed.
        Resolve = "resolve",
    }
}

/// The longest time that can be promised: a year of working time.
pub const LONGEST: i32 = 366 * 24 * 3600;

/// Times that are promised, in seconds of the holder's working time; none: nothing is promised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Times {
    /// Until somebody claims a question that lies unclaimed.
    pub claim_within_seconds: Option<i32>,
    /// Until a question that came to a holder is answered.
    pub first_response_within_seconds: Option<i32>,
    /// Until a question that came to a holder is closed.
    pub resolve_within_seconds: Option<i32>,
    /// Until an offered hand-off is accepted or declined; then it expires.
    pub accept_within_seconds: Option<i32>,
}

/// What is promised where no policy says anything.
pub const BUILT_IN: Times = Times {
    claim_within_seconds: Some(3600),
    first_response_within_seconds: Some(4 * 3600),
    resolve_within_seconds: None,
    accept_within_seconds: Some(2 * 3600),
};

impl Times {
    /// How long a promise gives, if it is made.
    pub fn within(&self, promise: Promise) -> Option<i32> {
        match promise {
            Promise::Claim => self.claim_within_seconds,
            Promise::FirstResponse => self.first_response_within_seconds,
            Promise::Resolve => self.resolve_within_seconds,
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let all = [
            ("/claim_within_seconds", self.claim_within_seconds),
            ("/first_response_within_seconds", self.first_response_within_seconds),
            ("/resolve_within_seconds", self.resolve_within_seconds),
            ("/accept_within_seconds", self.accept_within_seconds),
        ];
        let wrong =
            all.into_iter().filter(|(_, seconds)| seconds.is_some_and(|seconds| !(1..=LONGEST).contains(&seconds)));
        wrong.map(|(pointer, _)| Fault::new(pointer, "seconds.range", range())).collect()
    }
}

/// What is said of a time that is too short or too long.
pub fn range() -> Sentence {
    say!("Write seconds from 1 to {LONGEST}.", "1부터 {LONGEST} 사이의 초를 적으세요.")
}

/// A policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlaPolicy {
    /// Its id.
    pub id: Id<SlaPolicy>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// What it says.
    pub facts: Facts,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What a policy says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What organizers call it.
    pub name: Localized,
    /// What it is about. There is one policy for each scope.
    pub scope: Scope,
    /// What it promises. It counts as a whole: what it leaves out is not promised.
    pub times: Times,
}

impl Facts {
    fn check(&self) -> Result<()> {
        let faults = self.times.faults();
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }
}

impl Item<Hackathon> for SlaPolicy {
    const PARAM: &'static str = "sla_policy";
    const GUARDED: bool = true;

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::by_id(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

/// Makes a policy.
pub fn add(tx: &mut Tx, hackathon: Id<Hackathon>, facts: &Facts) -> Result<SlaPolicy> {
    facts.check()?;
    store::insert(tx, hackathon, facts)
}

/// Changes what a policy says.
pub fn change(tx: &mut Tx, policy: &SlaPolicy, facts: &Facts) -> Result<SlaPolicy> {
    facts.check()?;
    store::update(tx, policy, facts)
}
