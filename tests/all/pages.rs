//! The pages, as a browser without scripts uses them.

mod actions;
mod browser;
mod doors;
mod guard;
mod joining;
mod look;
mod own;
mod session;
mod settings;
