//! The pages, as a browser without scripts uses them, and in a real one.

mod actions;
pub mod browser;
mod decisions;
mod doors;
mod guard;
mod joining;
mod look;
mod own;
mod real;
mod report;
mod session;
mod settings;
mod sprints;
mod teams;
