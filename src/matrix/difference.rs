//! What changed from one version of the matrix to another.

use serde::Serialize;

use super::Role;
use super::table::{Cell, Named, Row, Table};
use crate::base::{Id, Localized, Slug};
use crate::consortium::Holder;
use crate::topic::Topic;

/// What changed from one table to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Topics that are only in the second.
    pub topics_added: Vec<TopicTold>,
    /// Topics that are only in the first.
    pub topics_removed: Vec<TopicTold>,
    /// Topics that are called otherwise, or are a part of another, with their names in the second.
    pub topics_changed: Vec<TopicTold>,
    /// Cells that are only in the second.
    pub added: Vec<CellTold>,
    /// Cells that are only in the first.
    pub removed: Vec<CellTold>,
    /// Holders who keep a topic in another role, or in another place among those they stand with.
    pub moved: Vec<Moved>,
}

/// A topic by its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopicTold {
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellTold {
    /// For what.
    pub topic: TopicTold,
    /// Who.
    pub holder: Named,
    /// As what.
    pub role: Role,
    /// In which place.
    pub position: i32,
}

/// A holder who stands elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// For what.
    pub topic: TopicTold,
    /// Who.
    pub holder: Named,
    /// Where in the first.
    pub from: Place,
    /// Where in the second.
    pub to: Place,
}

/// A place in a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The role.
    pub role: Role,
    /// The place among those who have it.
    pub position: i32,
}

/// What changed from `old` to `new`.
pub fn difference(old: &Table, new: &Table) -> Difference {
    let (kept_rows, topics_added) = split(&new.topics, |row| old.row(row.id));
    let (_, topics_removed) = split(&old.topics, |row| new.row(row.id));
    let renamed = kept_rows.iter().filter(|(row, before)| row != before);
    let (kept, mut added) = split(&new.cells, |cell| same_cell(old, cell));
    let (_, mut removed) = split(&old.cells, |cell| same_cell(new, cell));
    let mut moved = reordered(&kept);
    moved.extend(changed_role(&mut removed, &mut added));
    Difference {
        topics_added: topics_added.into_iter().map(topic_told).collect(),
        topics_removed: topics_removed.into_iter().map(topic_told).collect(),
        topics_changed: renamed.map(|(row, _)| topic_told(row)).collect(),
        added: added.into_iter().filter_map(|cell| cell_told(new, cell)).collect(),
        removed: removed.into_iter().filter_map(|cell| cell_told(old, cell)).collect(),
        moved: moved.into_iter().filter_map(|(from, to)| moved_told(new, from, to)).collect(),
    }
}

/// The same thing in two tables.
type Pair<'t, T> = (&'t T, &'t T);

/// Those that have a counterpart, with it, and those that have none.
fn split<'t, T>(all: &'t [T], counterpart: impl Fn(&T) -> Option<&'t T>) -> (Vec<Pair<'t, T>>, Vec<&'t T>) {
    let (mut kept, mut alone) = (Vec::new(), Vec::new());
    for one in all {
        match counterpart(one) {
            Some(other) => kept.push((one, other)),
            None => alone.push(one),
        }
    }
    (kept, alone)
}

fn same_cell<'t>(table: &'t Table, cell: &Cell) -> Option<&'t Cell> {
    let key = |cell: &Cell| (cell.topic, cell.role, cell.holder);
    table.cells.iter().find(|other| key(other) == key(cell))
}

/// The kept cells that stand in another order than before; those that only moved up or down with the rest do not count.
fn reordered<'t>(kept: &[Pair<'t, Cell>]) -> Vec<Pair<'t, Cell>> {
    let is_moved = |new: &Cell, old: &Cell| {
        let group = kept.iter().filter(|(other, _)| (other.topic, other.role) == (new.topic, new.role));
        let before_new = group.clone().filter(|(other, _)| other.position < new.position).count();
        let before_old = group.filter(|(_, other)| other.position < old.position).count();
        before_new != before_old
    };
    kept.iter().filter(|(new, old)| is_moved(new, old)).map(|(new, old)| (*old, *new)).collect()
}

/// Pairs what a holder lost in a topic with what it got there, and takes both out of the lists.
fn changed_role<'t>(removed: &mut Vec<&'t Cell>, added: &mut Vec<&'t Cell>) -> Vec<Pair<'t, Cell>> {
    let mut pairs = Vec::new();
    removed.retain(|old| {
        let place = added.iter().position(|new| (new.topic, new.holder) == (old.topic, old.holder));
        if let Some(place) = place {
            pairs.push((*old, added.remove(place)));
        }
        place.is_none()
    });
    pairs
}

fn topic_told(row: &Row) -> TopicTold {
    TopicTold { slug: row.slug.clone(), name: row.name.clone() }
}

fn named(table: &Table, topic: Id<Topic>, holder: Holder) -> Option<(TopicTold, Named)> {
    Some((topic_told(table.row(topic)?), table.named(holder)?.clone()))
}

fn cell_told(table: &Table, cell: &Cell) -> Option<CellTold> {
    let (topic, holder) = named(table, cell.topic, cell.holder)?;
    Some(CellTold { topic, holder, role: cell.role, position: cell.position })
}

fn moved_told(table: &Table, from: &Cell, to: &Cell) -> Option<Moved> {
    let (topic, holder) = named(table, to.topic, to.holder)?;
    let place = |cell: &Cell| Place { role: cell.role, position: cell.position };
    Some(Moved { topic, holder, from: place(from), to: place(to) })
}
