//! Everything that is tested through a door: one binary, so that it is linked once and one PostgreSQL serves all of it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed, and says where"
)]

mod commands;
mod hackathons;
mod house;
mod postgres;
mod processes;
mod setup;
mod sign_in;
mod support;
mod tokens;
mod users;

mod borders;
mod briefs;
mod consortium;
mod invitations;
mod members;
mod migrations;
mod organizing;
mod removal;
mod sprints;
mod teams;
mod questions;
mod pages;
mod telling;

mod assignment;
mod contract;
mod doors;
mod limits;
mod reference;
mod tenants;
mod transfers;
mod who;

mod afterwards;
mod archive;
mod channels;
mod lessons;
mod judging;
mod matrix;
mod people;
mod policies;
mod reports;
mod responsibilities;
mod shifts;
mod topics;
mod webhooks;
