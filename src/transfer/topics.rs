//! Topics and the draft of the matrix.

use std::collections::{BTreeSet, HashMap};

use super::apply::{Names, missing};
use super::store::{self, CellRow};
use crate::base::{Id, Result, Slug};
use crate::db::Tx;
use crate::file::{self, Document, Responsibility};
use crate::hackathon::{self, Hackathon};
use crate::topic::{self, Facts, Phrases, Topic};

/// The topics of the file, by slug.
pub(super) type Topics = HashMap<Slug, Id<Topic>>;

/// Makes and changes topics, parents before their children.
pub(super) fn topics(tx: &mut Tx, here: Id<Hackathon>, said: &[file::Topic]) -> Result<Topics> {
    let known: HashMap<Slug, Topic> =
        topic::store::all(tx, here)?.into_iter().map(|one| (one.facts.slug.clone(), one)).collect();
    let mut done = Topics::new();
    let mut waiting: Vec<&file::Topic> = said.iter().collect();
    while !waiting.is_empty() {
        let (ready, later): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|topic| topic.parent.as_ref().is_none_or(|parent| done.contains_key(parent)));
        // The file was checked for circles, so each round places at least one topic.
        if ready.is_empty() {
            return Err(missing("a parent topic"));
        }
        for topic in ready {
            let facts = facts(topic, &done);
            let id = match known.get(&topic.slug) {
                Some(one) if one.facts == facts => one.id,
                Some(one) => topic::store::update(tx, one, &facts)?.id,
                None => topic::add(tx, here, &facts)?.id,
            };
            done.insert(topic.slug.clone(), id);
        }
        waiting = later;
    }
    Ok(done)
}

fn facts(said: &file::Topic, done: &Topics) -> Facts {
    let phrases = |phrases: &file::Phrases| Phrases { en: phrases.en.clone(), ko: phrases.ko.clone() };
    Facts {
        slug: said.slug.clone(),
        name: said.called(),
        description: said.description.clone(),
        keywords: phrases(&said.keywords),
        examples: phrases(&said.examples),
        parent: said.parent.as_ref().and_then(|parent| done.get(parent)).copied(),
        pack: said.pack.clone(),
    }
}

/// Removes the topics that the file does not name, children before their parents.
pub(super) fn remove_others(tx: &mut Tx, here: Id<Hackathon>, keep: &Topics) -> Result<()> {
    let mut gone: Vec<Topic> =
        topic::store::all(tx, here)?.into_iter().filter(|one| !keep.contains_key(&one.facts.slug)).collect();
    while !gone.is_empty() {
        let parents: BTreeSet<Id<Topic>> = gone.iter().filter_map(|one| one.facts.parent).collect();
        let (inner, leaves): (Vec<_>, Vec<_>) = gone.into_iter().partition(|one| parents.contains(&one.id));
        if leaves.is_empty() {
            return Err(missing("a topic without children"));
        }
        leaves.iter().try_for_each(|one| topic::store::delete(tx, one))?;
        gone = inner;
    }
    Ok(())
}

/// Makes the draft of the matrix what the file says: cells that stay keep their ids.
pub(super) fn cells(
    tx: &mut Tx,
    here: Id<Hackathon>,
    document: &Document,
    names: &Names,
    topics: &Topics,
) -> Result<()> {
    let mut wanted = Vec::new();
    for row in &document.responsibilities {
        let topic = *topics.get(&row.topic).ok_or_else(|| missing(&row.topic))?;
        wanted.extend(row_cells(row, topic, names)?);
    }
    let known = store::cells(tx, here)?;
    let gone: Vec<_> = known.iter().filter(|(_, cell)| !wanted.contains(cell)).map(|(id, _)| *id).collect();
    let new: Vec<&CellRow> = wanted.iter().filter(|cell| !known.iter().any(|(_, one)| one == *cell)).collect();
    if gone.is_empty() && new.is_empty() {
        return Ok(());
    }
    hackathon::store::touch_draft(tx, here)?;
    store::delete_cells(tx, &gone)?;
    new.into_iter().try_for_each(|cell| store::insert_cell(tx, here, cell))
}

fn row_cells(row: &Responsibility, topic: Id<Topic>, names: &Names) -> Result<Vec<CellRow>> {
    let accountable: Vec<file::Holder> = row.accountable.iter().cloned().collect();
    let lists = [
        ("responsible", row.responsible.as_slice()),
        ("accountable", accountable.as_slice()),
        ("consulted", row.consulted.as_slice()),
        ("informed", row.informed.as_slice()),
    ];
    let mut cells = Vec::new();
    for (role, holders) in lists {
        for (holder, position) in holders.iter().zip(1..) {
            cells.push(CellRow { topic, role: role.to_owned(), position, holder: names.holder(holder)? });
        }
    }
    Ok(cells)
}
