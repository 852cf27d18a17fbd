//! The pages, as a browser without scripts uses them, and in a real one.

mod actions;
mod browser;
mod doors;
mod guard;
mod look;
mod real;
mod session;
