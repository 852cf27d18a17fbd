//! The matrix as a table: topics by holders. The draft is one, and every version is one, frozen with the names of its day.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Role;
use crate::base::{Id, Localized, Slug};
use crate::consortium::Holder;
use crate::topic::Topic;

/// Topics by holders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The topics, each followed by its parts.
    pub topics: Vec<Row>,
    /// Whoever holds something: organizations with their units, then members, then the team's mentors.
    pub holders: Vec<Named>,
    /// Who holds what, in the order of topics, roles and positions.
    pub cells: Vec<Cell>,
}

/// A topic in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its id.
    pub id: Id<Topic>,
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// The topic that it is a part of.
    pub parent: Option<Id<Topic>>,
}

/// A holder with its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Who.
    #[serde(flatten)]
    pub holder: Holder,
    /// The short name; a member has none, that of the role is `team_mentor`.
    pub slug: Option<String>,
    /// The name; that of a person is the same in every language.
    pub name: Localized,
    /// The short name of the organization that a unit is a division of.
    pub organization: Option<Slug>,
}

/// One cell: a holder has a role for a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// For what.
    pub topic: Id<Topic>,
    /// As what.
    pub role: Role,
    /// The place among the holders of this role in this topic, from 1.
    pub position: i32,
    /// Who.
    pub holder: Holder,
}

/// A topic with what holds for it.
#[derive(Clone, Debug)]
pub struct Effective<'t> {
    /// The topic.
    pub row: &'t Row,
    /// The nearest topic above whose holders it takes, because it has none of its own (rule R7).
    pub inherited_from: Option<&'t Row>,
    /// Who holds it.
    pub cells: Vec<&'t Cell>,
}

impl Effective<'_> {
    /// The holders of this role, in their order.
    pub fn holders(&self, role: Role) -> impl Iterator<Item = Holder> {
        self.cells.iter().filter(move |cell| cell.role == role).map(|cell| cell.holder)
    }
}

impl Table {
    /// The table of these topics, oldest first, and these cells; `holders` in their order, whether they hold anything or not.
    pub fn new(topics: Vec<Row>, holders: Vec<Named>, mut cells: Vec<Cell>) -> Table {
        let topics = in_tree_order(topics);
        let place: HashMap<_, _> = topics.iter().enumerate().map(|(place, row)| (row.id, place)).collect();
        cells.retain(|cell| place.contains_key(&cell.topic));
        cells.sort_by_key(|cell| (place.get(&cell.topic).copied(), cell.role, cell.position));
        let holders = holders.into_iter().filter(|named| cells.iter().any(|cell| cell.holder == named.holder));
        Table { holders: holders.collect(), topics, cells }
    }

    /// Each topic with what holds for it: its own cells, or those of the nearest topic above that has any.
    pub fn effective(&self) -> Vec<Effective<'_>> {
        let rows: HashMap<_, _> = self.topics.iter().map(|row| (row.id, row)).collect();
        let mut own: HashMap<Id<Topic>, Vec<&Cell>> = HashMap::new();
        self.cells.iter().for_each(|cell| own.entry(cell.topic).or_default().push(cell));
        let up = |row: &&Row| row.parent.and_then(|parent| rows.get(&parent).copied());
        let of = |row| {
            // A tree has no circles; were there one, the way up would still end.
            let source = std::iter::successors(Some(row), up).take(rows.len()).find(|row| own.contains_key(&row.id));
            let cells = source.and_then(|source| own.get(&source.id)).cloned().unwrap_or_default();
            Effective { row, inherited_from: source.filter(|source| source.id != row.id), cells }
        };
        self.topics.iter().map(of).collect()
    }

    /// The topic of that id.
    pub fn row(&self, id: Id<Topic>) -> Option<&Row> {
        self.topics.iter().find(|row| row.id == id)
    }

    /// The names of a holder in it.
    pub fn named(&self, holder: Holder) -> Option<&Named> {
        self.holders.iter().find(|named| named.holder == holder)
    }
}

/// Each topic followed by its parts; brothers stay in their order.
fn in_tree_order(rows: Vec<Row>) -> Vec<Row> {
    let known: HashMap<_, _> = rows.iter().map(|row| (row.id, row)).collect();
    let parent = |row: &Row| row.parent.filter(|parent| known.contains_key(parent));
    let mut below: HashMap<Option<Id<Topic>>, Vec<&Row>> = HashMap::new();
    rows.iter().rev().for_each(|row| below.entry(parent(row)).or_default().push(row));
    let mut waiting = below.remove(&None).unwrap_or_default();
    let mut ordered = Vec::with_capacity(rows.len());
    while let Some(row) = waiting.pop() {
        ordered.push(row.clone());
        waiting.extend(below.remove(&Some(row.id)).unwrap_or_default());
    }
    ordered
}
