//! What has been asked before, in memory: questions like a new one, and how long a first answer usually takes. Who-to-ask
//! tells both without the database. A memory is bounded, and what changed is learnt anew, one question at a time.

mod keep;
mod known;
#[cfg(test)]
mod tests;

pub use keep::{Memories, Memory};
pub use known::{Alike, Known, Response};

use super::{Question, Standing, store};
use crate::access::Roles;
use crate::base::{Id, Result};
use crate::db::Tx;
use crate::hackathon::Hackathon;

/// The most questions of a hackathon that new ones are compared with: the newest, which people ask about now.
pub const COMPARED: usize = 1_000;
/// The most first answers of a hackathon that are counted: the newest, which tell how it goes now.
pub const COUNTED: usize = 2_000;
/// The most questions that are shown for being like another one.
pub const SHOWN: usize = 5;
/// From how many first answers on it is told how long they usually take: fewer say nothing.
pub const TELLING: usize = 3;

/// Those of the questions that somebody may still see, as they are in this transaction and in the same order.
pub fn still_seen(
    tx: &mut Tx,
    here: Id<Hackathon>,
    standing: &Standing,
    alike: Vec<Alike<Id<Question>>>,
) -> Result<Vec<Alike<Question>>> {
    let ids: Vec<Id<Question>> = alike.iter().map(|one| one.question).collect();
    let mut seen = store::of_ids(tx, here, &ids)?;
    seen.retain(|question| standing.roles_to(question) != Roles::NONE);
    let found = alike.into_iter().filter_map(|Alike { question, similarity }| {
        let place = seen.iter().position(|one| one.id == question)?;
        Some(Alike { question: seen.swap_remove(place), similarity })
    });
    Ok(found.collect())
}
