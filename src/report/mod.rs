//! What became of the questions of a hackathon, in figures: how long answers took, which questions nobody took, who handed
//! to whom, and which responsibilities lie elsewhere than the matrix says.
//!
//! The arithmetic is pure. A [`Case`] is a question's history as far as the figures need it, and everything else is worked
//! out from cases: nothing is counted while it happens, so that a figure can be explained by the histories behind it.

mod case;
mod compare;
mod drift;
mod extent;
mod group;
mod hours;
mod make;
mod named;
mod passes;
mod sheet;
mod spread;
pub mod store;
#[cfg(test)]
mod tests;

pub use case::{Asked, Case, Pass, PassOutcome};
pub use compare::{Comparison, LEAST_ANSWERED, Side, Verdict};
pub use drift::{DRIFT_LEAST, Drift};
pub use extent::Extent;
pub use group::{Group, GroupBy};
pub use hours::Hour;
pub use make::{Wish, beside, readable, report};
pub use named::{Party, PartyView};
pub use passes::Passes;
pub use sheet::{csv, xlsx};
pub use spread::{BUCKETS, Bucket, Figures, Spread};

use serde::Serialize;

use crate::base::{Id, Instant, Localized, Slug};
use crate::hackathon::{Hackathon, Zone};

/// From how many hand-offs on a question counts as bounced, where nobody says otherwise.
pub const BOUNCED_FROM: usize = 3;

/// Whose report it is.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// Its id.
    pub id: Id<Hackathon>,
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// The zone in which its hours and days are counted.
    pub timezone: Zone,
}

/// A topic that was asked about and that nobody answered anything on.
#[derive(Clone, Debug, Serialize)]
pub struct Unanswered {
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// How many questions were asked.
    pub asked: usize,
}

/// The report on a hackathon.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The hackathon.
    pub hackathon: Event,
    /// What of it the reader is told.
    pub extent: Extent,
    /// The moment it tells of.
    pub as_of: Instant,
    /// From how many hand-offs on a question counts as bounced.
    pub bounced_from: usize,
    /// All of its questions.
    pub all: Figures,
    /// What the groups are made by.
    pub group_by: Option<GroupBy>,
    /// The groups, the largest first; none where none were wished for.
    pub groups: Vec<Group>,
    /// The hours of the day, from midnight.
    pub hours: Vec<Hour>,
    /// Hand-offs, by who offered to whom; the most frequent first.
    pub handoffs: Vec<Passes>,
    /// Topics without an answer, the most asked first.
    pub topics_without_answers: Vec<Unanswered>,
    /// Changes of the matrix that the hand-offs suggest (rule R9), for organizers; `null` for others.
    pub drift: Option<Vec<Drift>>,
    /// This hackathon beside another one, where one was named.
    pub comparison: Option<Comparison>,
}
