//! Topics form a tree.

use std::collections::{BTreeMap, BTreeSet};

use super::super::faults::shown;
use super::super::read::Reader;
use super::super::tree::Place;
use crate::base::say;

/// A topic that is a part of another.
pub struct SeenParent {
    pub topic: String,
    pub parent: String,
    pub pointer: String,
    pub place: Place,
}

/// Reports each circle of parents once, at the topic of it that stands first in the file.
pub fn circles(r: &mut Reader<'_>) {
    let parents = std::mem::take(&mut r.names.parents);
    let mut above: BTreeMap<&str, &str> = BTreeMap::new();
    for seen in &parents {
        above.entry(&seen.topic).or_insert(&seen.parent);
    }
    let mut walked: BTreeSet<&str> = BTreeSet::new();
    for seen in &parents {
        let mut way = vec![seen.topic.as_str()];
        while let Some(topic) = way.last().copied().filter(|topic| walked.insert(topic)) {
            way.extend(above.get(topic));
        }
        circle(r, &parents, &way);
    }
}

/// The way closes on itself if its last topic already stands in it.
fn circle(r: &mut Reader<'_>, parents: &[SeenParent], way: &[&str]) {
    let Some((last, before)) = way.split_last() else { return };
    let Some(start) = before.iter().position(|topic| topic == last) else { return };
    let ring = before.get(start..).unwrap_or_default();
    let members: BTreeSet<&str> = ring.iter().copied().collect();
    let Some(seen) = parents.iter().find(|seen| members.contains(seen.topic.as_str())) else { return };
    let names = ring.iter().map(|topic| format!("\"{}\"", shown(topic))).collect::<Vec<_>>().join(", ");
    let names = shown_list(&names);
    let detail = say!(
        "These topics are each a part of the next: {names}. Remove one \"parent\".",
        "주제들이 서로의 상위 주제가 되어 돌고 있습니다: {names}. \"parent\" 하나를 지우세요."
    );
    r.fault_at(seen.pointer.clone(), seen.place, "topic.circle", detail);
}

/// The beginning of a long list.
fn shown_list(names: &str) -> String {
    const MOST: usize = 300;
    if names.chars().nth(MOST).is_some() { names.chars().take(MOST).chain(['…']).collect() } else { names.to_owned() }
}
