//! What tests stand on.

pub mod contract;
pub mod forge;
pub mod postgres;
pub mod stage;

/// How many rounds a test goes: `usual` in every run, `soak` when `tools/test --long` asks for long ones.
pub fn rounds(usual: usize, soak: usize) -> usize {
    match std::env::var_os("SIGNPOST_TEST_LONG") {
        Some(_) => soak,
        None => usual,
    }
}

mod way_out;
mod world;
pub use world::{Call, NOON, On, Person, Reply, World, claims_of};

mod event;
pub use event::{Event, Joined, faults, text};

mod ear;
pub use ear::{Ear, eventually};
