//! `/v1/hackathons/{hackathon}/questions` and what belongs to them.

pub mod ask;
pub mod follow;
pub mod handoff;
pub mod one;
pub mod queue;
pub mod settle;
pub mod take;
pub mod talk;
mod view;

use std::sync::Arc;

use actix_web::web::Data;

use crate::access::{May, Resource, Verb};
use crate::base::Result;
use crate::directory::{Directories, Directory};

/// The directory of the hackathon in the path, as it was last read. Whoever decides by it makes sure of it in the
/// transaction that decides.
async fn kept<V: Verb, R: Resource>(directories: &Data<Directories>, may: &May<V, R>) -> Result<Arc<Directory>> {
    directories.get(&may.path().key("hackathon")?).await
}
