//! Judging: what teams hand in, by what it is judged and by whom, and what is won.
//!
//! A judge drafts a score for each submission and seals it. A draft is the judge's own and nobody else reads it; what was
//! sealed does not change any more, and neither do the criteria and the submission it was given for. Whoever has a conflict of
//! interest with a team gives no score for it, and one that was given before the conflict was known is left out of the
//! results. Every change is kept with who made it, and how it was before.

pub mod award;
pub mod change;
pub mod conflict;
pub mod criterion;
pub mod progress;
pub mod results;
pub mod score;
pub mod settings;
pub mod store;
pub mod submission;

pub use award::Award;
pub use change::{Action, Change, Kind};
pub use conflict::{Conflict, Declared, Reason};
pub use criterion::Criterion;
pub use progress::Progress;
pub use results::Results;
pub use score::{Draft, Point, Score};
pub use settings::{Deadline, Judging};
pub use submission::{Link, Submission};

/// The most points that a judge gives for a criterion; the fewest are none.
pub const POINTS_MOST: i32 = 10;
