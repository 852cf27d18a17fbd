//! Everything that is tested through a door: one binary, so that it is linked once and one PostgreSQL serves all of it.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed, and says where")]

mod hackathons;
mod house;
mod postgres;
mod setup;
mod sign_in;
mod support;
mod tokens;
mod users;
