//! The life of a question through the API.

mod ask;
mod borders;
mod find;
mod hand_off;
mod life;
mod merge;
mod model;
mod permissions;
mod races;
pub mod scene;
mod take;
mod talk;

use scene::Scene;
