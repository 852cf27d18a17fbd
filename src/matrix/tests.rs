#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test may stop where it stands")]

mod build;
mod difference;
mod examples;
mod orphans;
mod rules;
mod sheet;
mod table;
