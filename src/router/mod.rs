//! The router: from the asker's own words to a topic, in English and Korean, with a confidence that can be believed.
//!
//! It is pure: no database, no clock, no chance. A [`Router`] is trained from a [`Course`] as a whole and never changes;
//! whoever holds it swaps it for the next one. How it works, what was tried and what it reaches: `docs/router.md`.

mod background;
mod calibrate;
mod course;
pub mod eval;
mod features;
mod fit;
mod hash;
mod index;
mod linear;
mod mentor;
mod model;
mod packs;
pub mod predict;
mod similar;
mod slots;
mod space;
mod steps;
mod stored;
mod table;
mod units;

pub use course::{Course, Lesson, LessonKind};
pub use model::{Candidate, Guess, Router};
pub use packs::{Both, Pack, pack, pack_slugs, packs};
pub use similar::{Near, Similar};
pub use table::has_korean_table;
