//! Questions: the list, the queue, one question, and all that can be done to it.

pub mod ask;
pub mod edit;
pub mod escalate;
pub mod follow;
pub mod guest;
pub mod handoff;
pub mod list;
pub mod one;
pub mod queue;
pub mod settle;
pub mod take;
pub mod talk;
pub mod then;
pub mod view;

use std::sync::Arc;

use actix_web::web::Data;

use crate::access::{May, Resource, Verb};
use crate::base::{Error, Id, Result};
use crate::db::Tx;
use crate::directory::{Directories, Directory};
use crate::hackathon::Hackathon;
use crate::question::Standing;

/// The directory of the hackathon in the path, as it was last read. Whoever decides by it makes sure of it in the
/// transaction that decides.
async fn kept<V: Verb, R: Resource>(directories: &Data<Directories>, may: &May<V, R>) -> Result<Arc<Directory>> {
    directories.get(&may.path().key("hackathon")?).await
}

/// The standing of somebody whose right was proved.
fn standing(tx: &mut Tx, here: Id<Hackathon>, user: crate::access::UserId) -> Result<Standing> {
    Standing::load(tx, here, user)?.ok_or(Error::NotFound)
}
