//! Reads a map field by field and a list item by item.

use super::super::faults::{shown, token};
use super::super::tree::{Entry, Kind, Node};
use super::{Reader, Spot};
use crate::base::{Sentence, say};

/// The fields of a map. Whoever reads one says by that that it is known; [`Fields::close`] reports the others.
pub struct Fields<'t> {
    at: Spot<'t>,
    entries: &'t [Entry],
    known: Vec<&'static str>,
}

impl<'t> Fields<'t> {
    /// The fields of this value; a fault and `None` where it is no map.
    pub fn open(r: &mut Reader<'_>, at: Spot<'t>) -> Option<Fields<'t>> {
        match &at.node.kind {
            Kind::Map(entries) => Some(Fields { entries, at, known: Vec::new() }),
            _ => {
                r.wrong_kind(
                    &at,
                    "type.map",
                    say!(
                        "Write fields with their values here, such as \"slug: ...\".",
                        "여기에는 \"slug: ...\"처럼 항목과 값을 적으세요."
                    ),
                );
                None
            }
        }
    }

    /// The whole map.
    pub fn at(&self) -> &Spot<'t> {
        &self.at
    }

    /// The value of a field; `None` where there is none, or `null`.
    pub fn get(&mut self, name: &'static str) -> Option<Spot<'t>> {
        if !self.known.contains(&name) {
            self.known.push(name);
        }
        let entry = self.entries.iter().find(|entry| *entry.key == *name)?;
        let at = Spot { node: &entry.value, pointer: format!("{}/{name}", self.at.pointer) };
        (!at.node.is_null()).then_some(at)
    }

    /// A field that must be there.
    pub fn required<T>(
        &mut self,
        r: &mut Reader<'_>,
        name: &'static str,
        read: impl FnOnce(&mut Reader<'_>, Spot<'t>) -> Option<T>,
    ) -> Option<T> {
        match self.get(name) {
            Some(at) => read(r, at),
            None => {
                let pointer = format!("{}/{name}", self.at.pointer);
                let detail =
                    say!("\"{name}\" is missing here. Add it.", "필요한 항목이 없습니다: \"{name}\". 추가하세요.");
                r.fault_at(pointer, self.at.place(), "field.missing", detail);
                None
            }
        }
    }

    /// A field that may be there.
    pub fn optional<T>(
        &mut self,
        r: &mut Reader<'_>,
        name: &'static str,
        read: impl FnOnce(&mut Reader<'_>, Spot<'t>) -> Option<T>,
    ) -> Option<T> {
        self.get(name).and_then(|at| read(r, at))
    }

    /// A list that may be there.
    pub fn list<T>(
        &mut self,
        r: &mut Reader<'_>,
        name: &'static str,
        read: impl FnMut(&mut Reader<'_>, Spot<'t>) -> Option<T>,
    ) -> Vec<T> {
        self.get(name).map(|at| list(r, at, read)).unwrap_or_default()
    }

    /// Reports every field that nobody asked for.
    pub fn close(self, r: &mut Reader<'_>) {
        for entry in self.entries.iter().filter(|entry| !self.known.contains(&&*entry.key)) {
            let near = r.nearest(&entry.key, self.known.iter().copied());
            let detail = unknown(&entry.key, near, &self.known);
            r.fault_at(format!("{}/{}", self.at.pointer, token(&entry.key)), entry.place, "field.unknown", detail);
        }
    }
}

/// The items of a list, those that could be read; a fault where it is no list.
pub fn list<'t, T>(
    r: &mut Reader<'_>,
    at: Spot<'t>,
    mut read: impl FnMut(&mut Reader<'_>, Spot<'t>) -> Option<T>,
) -> Vec<T> {
    let Kind::List(nodes) = &at.node.kind else {
        r.wrong_kind(
            &at,
            "type.list",
            say!(
                "Write a list here: [a, b], or one line with \"- \" for each item.",
                "여기에는 목록을 적으세요: [a, b] 또는 항목마다 \"- \"로 시작하는 줄."
            ),
        );
        return Vec::new();
    };
    items(nodes, &at).filter_map(|item| read(r, item)).collect()
}

fn items<'t>(nodes: &'t [Node], at: &Spot<'t>) -> impl Iterator<Item = Spot<'t>> {
    let pointer = at.pointer.clone();
    nodes.iter().enumerate().map(move |(index, node)| Spot { node, pointer: format!("{pointer}/{index}") })
}

fn unknown(field: &str, near: Option<&str>, known: &[&'static str]) -> Sentence {
    let field = shown(field);
    match near {
        Some(near) => say!(
            "There is no field \"{field}\" here. Did you mean \"{near}\"?",
            "여기에 없는 항목입니다: \"{field}\". 혹시 이것인가요: \"{near}\""
        ),
        None => {
            let known = known.join(", ");
            say!(
                "There is no field \"{field}\" here. Remove it or use one of: {known}.",
                "여기에 없는 항목입니다: \"{field}\". 지우거나 다음 중 하나를 쓰세요: {known}"
            )
        }
    }
}

impl Reader<'_> {
    /// Reports that something else should stand here, unless a fault is told of it already.
    pub fn wrong_kind(&mut self, at: &Spot<'_>, code: &'static str, detail: Sentence) {
        if !matches!(at.node.kind, Kind::Refused) {
            self.fault(at, code, detail);
        }
    }
}
