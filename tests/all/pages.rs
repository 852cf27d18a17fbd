//! The pages, as a browser without scripts uses them.

mod actions;
pub mod browser;
mod doors;
mod guard;
mod joining;
mod look;
mod own;
mod session;
mod settings;
