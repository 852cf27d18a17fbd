//! The life of a question through the API.

mod ask;
mod borders;
mod clocks;
mod find;
mod guests;
mod hand_off;
mod life;
mod merge;
mod model;
mod permissions;
mod races;
mod remembered;
pub mod scene;
mod statements;
mod take;
mod talk;

use scene::Scene;
