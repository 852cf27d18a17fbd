//! Everything that is tested through a door: one binary, so that it is linked once and one PostgreSQL serves all of it.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed, and says where"
)]

mod hackathons;
mod house;
mod postgres;
mod support;

mod borders;
mod briefs;
mod consortium;
mod members;
mod removal;
mod sprints;
mod teams;

mod channels;
mod matrix;
mod responsibilities;
mod shifts;
mod topics;
