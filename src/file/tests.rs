//! The module as its callers see it.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "A test may fail by panicking.")]

mod difference;
mod faults;
mod generate;
mod hostile;
mod round_trip;
mod schema;

use super::*;

/// The packs that topics of these tests may name.
const PACKS: &[&str] = &["data-platform", "cloud"];

/// A file that uses every part of the format and is right.
const WHOLE: &str = include_str!("tests/whole.yaml");

/// The examples that the project ships.
const EXAMPLES: [&str; 2] =
    [include_str!("../../examples/fdp-monthly.yaml"), include_str!("../../examples/healthcare-ai.yaml")];

fn whole() -> Document {
    read(WHOLE.as_bytes(), PACKS).expect("the whole file is right")
}
