//! The pages, as a browser without scripts uses them, and in a real one.

mod actions;
mod after;
mod again;
mod bring;
mod briefing;
pub mod browser;
mod decisions;
mod doors;
mod guard;
mod joining;
mod judging;
mod look;
mod organizing;
mod own;
mod people;
mod real;
mod report;
mod session;
pub mod settings;
mod sprints;
mod teams;
mod webhooks;
