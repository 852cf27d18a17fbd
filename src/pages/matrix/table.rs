//! A matrix, drawn as a table.

use std::collections::HashMap;

use crate::base::{Id, Lang};
use crate::matrix::table::Effective;
use crate::matrix::{Role, Table};
use crate::pages::words::{Words, cell};
use crate::topic::Topic;

/// Topics by holders.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The holders, each with the organization it belongs to.
    pub heads: Vec<(Words, Option<String>)>,
    /// The topics.
    pub rows: Vec<Row>,
}

/// A topic.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: Words,
    /// Whether it is a part of another one.
    pub is_part: bool,
    /// The topic whose holders it takes.
    pub inherited_from: Option<Words>,
    /// For each holder, what they are.
    pub cells: Vec<Vec<Mark>>,
}

/// What a holder is to a topic.
#[derive(Clone, Debug)]
pub struct Mark {
    /// R, A, C or I.
    pub letter: char,
    /// The class.
    pub class: &'static str,
    /// The word.
    pub word: String,
}

impl Drawn {
    /// A table in this language.
    pub fn of(table: &Table, lang: Lang) -> Drawn {
        let names: HashMap<Id<Topic>, Words> =
            table.topics.iter().map(|row| (row.id, Words::of(&row.name, lang))).collect();
        let organizations: HashMap<String, String> =
            table.holders.iter().filter_map(|one| Some((one.slug.clone()?, one.name.text(lang).to_owned()))).collect();
        let head = |one: &crate::matrix::Named| {
            let of = one.organization.as_ref();
            let of = of.map(|slug| organizations.get(slug.as_str()).cloned().unwrap_or_else(|| slug.to_string()));
            (Words::of(&one.name, lang), of)
        };
        Drawn {
            heads: table.holders.iter().map(head).collect(),
            rows: table.effective().iter().map(|topic| row(table, topic, &names, lang)).collect(),
        }
    }
}

fn row(table: &Table, topic: &Effective, names: &HashMap<Id<Topic>, Words>, lang: Lang) -> Row {
    let inherited_from = topic.inherited_from.map(|from| Words::of(&from.name, lang));
    let cells = table.holders.iter().map(|holder| {
        let own = topic.cells.iter().filter(|one| one.holder == holder.holder);
        own.map(|one| mark(one.role, lang)).collect()
    });
    Row {
        slug: topic.row.slug.to_string(),
        name: Words::of(&topic.row.name, lang),
        is_part: topic.row.parent.is_some_and(|parent| names.contains_key(&parent)),
        cells: cells.collect(),
        inherited_from,
    }
}

fn mark(role: Role, lang: Lang) -> Mark {
    Mark { letter: role.letter(), class: role.word(), word: cell(role).text(lang).to_owned() }
}
