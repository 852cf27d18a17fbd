//! What is in force: the latest version, laid over the topics of today. Directories in memory are built on it.

use std::collections::HashMap;

use super::store;
use super::table::{Cell, Effective};
use crate::base::{Id, Instant, Result};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::topic::{self, Topic};

/// The latest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its number.
    pub version: i32,
    /// When it was published.
    pub published_at: Instant,
    /// Every topic of today, oldest first.
    pub topics: Vec<PublishedTopic>,
}

/// A topic with what holds for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedTopic {
    /// The topic.
    pub topic: Id<Topic>,
    /// The topic above whose cells it takes, because it has none of its own.
    pub inherited_from: Option<Id<Topic>>,
    /// Who holds it, in the order of roles and positions. A holder may have gone since, where another was left.
    pub cells: Vec<Cell>,
}

/// The latest version of this hackathon, if there is one. Topics in it lie where they lay when it was published; one that
/// was made since takes what the nearest topic above it has.
pub fn published(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Option<Published>> {
    let Some((version, table)) = store::version::latest(tx, hackathon)? else { return Ok(None) };
    let today = topic::store::places(tx, hackathon)?;
    let parents: HashMap<_, _> = today.iter().copied().collect();
    let frozen: HashMap<_, _> = table.effective().into_iter().map(|topic| (topic.row.id, topic)).collect();
    let topics = today.iter().map(|(id, _)| of(*id, &parents, &frozen)).collect();
    Ok(Some(Published { version: version.version, published_at: version.published_at, topics }))
}

fn of(
    topic: Id<Topic>,
    parents: &HashMap<Id<Topic>, Option<Id<Topic>>>,
    frozen: &HashMap<Id<Topic>, Effective>,
) -> PublishedTopic {
    let up = |id: &Id<Topic>| parents.get(id).copied().flatten();
    let mut way = std::iter::successors(Some(topic), up).take(parents.len());
    let Some(found) = way.find_map(|id| frozen.get(&id)) else {
        return PublishedTopic { topic, inherited_from: None, cells: Vec::new() };
    };
    let source = found.inherited_from.map_or(found.row.id, |row| row.id);
    PublishedTopic {
        topic,
        inherited_from: Some(source).filter(|source| *source != topic && !found.cells.is_empty()),
        cells: found.cells.iter().map(|cell| (*cell).clone()).collect(),
    }
}
