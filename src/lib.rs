//! Signpost tells everyone at a hackathon who to ask, and sees to it that the question is answered.
//!
//! The order of the modules is the architecture: **a module uses only modules declared above it.**
//! `ARCHITECTURE.md` is the map; a test holds the law.

pub mod base;
pub mod duty;
pub mod file;
