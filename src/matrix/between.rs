//! The matrices of two hackathons side by side: what is called the same is taken for the same.

use std::collections::HashMap;

use super::table::{Cell, Named, Row, Table};
use crate::base::{Id, Lang};
use crate::consortium::Holder;
use crate::topic::Topic;

/// The table of another hackathon with the ids of this one wherever short names agree: topics and units by their slugs, people
/// by their names. Organizations are known across hackathons and keep their ids. What has no counterpart keeps its own id, and
/// is then told as added or removed.
pub fn translated(other: &Table, here: &Table) -> Table {
    let topics: HashMap<Id<Topic>, Id<Topic>> = other
        .topics
        .iter()
        .filter_map(|row| Some((row.id, here.topics.iter().find(|own| own.slug == row.slug)?.id)))
        .collect();
    let holders: HashMap<Holder, Holder> = other
        .holders
        .iter()
        .filter_map(|named| Some((named.holder, here.holders.iter().find(|own| is_same(own, named))?.holder)))
        .collect();
    let topic = |id: Id<Topic>| topics.get(&id).copied().unwrap_or(id);
    let holder = |of: Holder| holders.get(&of).copied().unwrap_or(of);
    let row = |row: &Row| Row { id: topic(row.id), parent: row.parent.map(topic), ..row.clone() };
    let named = |named: &Named| Named { holder: holder(named.holder), ..named.clone() };
    let cell = |cell: &Cell| Cell { topic: topic(cell.topic), holder: holder(cell.holder), ..cell.clone() };
    Table {
        topics: other.topics.iter().map(row).collect(),
        holders: other.holders.iter().map(named).collect(),
        cells: other.cells.iter().map(cell).collect(),
    }
}

fn is_same(own: &Named, other: &Named) -> bool {
    match (own.holder, other.holder) {
        (Holder::Member(_), Holder::Member(_)) => own.name.text(Lang::En) == other.name.text(Lang::En),
        (own_holder, other_holder) => own_holder.kind() == other_holder.kind() && own.slug == other.slug,
    }
}
