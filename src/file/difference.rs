//! What changes when one file takes the place of another.

use serde_json::{Map, Value};

use super::document::Document;
use super::faults::{shown, token};
use crate::base::text::fold;
use crate::base::{Result, Sentence, say};

/// One thing that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where, as in a JSON Pointer, but with an item's name in the place of its number: `/topics/etl-pipelines/name/ko`.
    pub path: String,
    /// What happens to it.
    pub kind: ChangeKind,
    /// The change in words.
    pub what: Sentence,
}

/// What happens to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It goes away.
    Removed,
    /// It stays and is another than before.
    Changed,
}

/// Every change from the old file to the new one, in the order of the format. The order of things that have names means
/// nothing; that of holders, criteria and words is a change.
pub fn difference(old: &Document, new: &Document) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    compare("", &old.to_json()?, &new.to_json()?, &mut changes);
    Ok(changes)
}

fn compare(path: &str, old: &Value, new: &Value, changes: &mut Vec<Change>) {
    match (old, new) {
        _ if old == new => {}
        (Value::Object(old), Value::Object(new)) => fields(path, old, new, changes),
        (Value::Array(before), Value::Array(after)) => match by_name(before).zip(by_name(after)) {
            Some((before, after)) => fields(path, &before, &after, changes),
            None => changes.push(changed(path, old, new)),
        },
        _ => changes.push(changed(path, old, new)),
    }
}

fn fields(path: &str, old: &Map<String, Value>, new: &Map<String, Value>, changes: &mut Vec<Change>) {
    for (name, before) in old {
        let path = format!("{path}/{}", token(name));
        match new.get(name) {
            Some(after) => compare(&path, before, after, changes),
            None => lists(&path, before, &Value::Array(Vec::new()), changes, removed),
        }
    }
    for (name, after) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        lists(&format!("{path}/{}", token(name)), &Value::Array(Vec::new()), after, changes, added);
    }
}

/// A list of named things that was not written at all is an empty one, so each of its items is told.
fn lists(path: &str, old: &Value, new: &Value, changes: &mut Vec<Change>, whole: fn(&str, &Value) -> Change) {
    let one = if old.as_array().is_some_and(Vec::is_empty) { new } else { old };
    match one.as_array().and_then(|items| by_name(items)) {
        Some(_) => compare(path, old, new, changes),
        None => changes.push(whole(path, one)),
    }
}

/// The items under their names; `None` where one has none, or two have the same.
fn by_name(items: &[Value]) -> Option<Map<String, Value>> {
    let mut named = Map::new();
    for item in items {
        if named.insert(name(item)?, item.clone()).is_some() {
            return None;
        }
    }
    Some(named)
}

/// What tells an item from its neighbours. A shift that has no slug is told by its owner and its time, a policy by what it is about.
fn name(item: &Value) -> Option<String> {
    let text = |key: &str| item.get(key).and_then(Value::as_str);
    let number = || item.get("number").map(Value::to_string);
    let shift = || Some(format!("{} {}", item.get("owner")?, text("from")?));
    let policy = || Some([text("trigger").unwrap_or_default(), &scope(item.get("scope")?)].join(" ").trim().to_owned());
    text("slug")
        .map(str::to_owned)
        .or_else(|| text("email").map(fold))
        .or_else(number)
        .or_else(shift)
        .or_else(policy)
        .or_else(|| text("topic").map(str::to_owned))
}

/// What a policy is about, in words.
fn scope(of: &Value) -> String {
    let named = of.as_object().and_then(|fields| fields.iter().next());
    let words = named.and_then(|(kind, name)| Some(format!("{kind} {}", name.as_str()?)));
    words.or_else(|| of.as_str().map(str::to_owned)).unwrap_or_default()
}

fn added(path: &str, value: &Value) -> Change {
    let (label, value) = (label(path), in_words(value));
    Change {
        path: path.to_owned(),
        kind: ChangeKind::Added,
        what: say!("New: {label}: {value}", "추가: {label}: {value}"),
    }
}

fn removed(path: &str, value: &Value) -> Change {
    let (label, value) = (label(path), in_words(value));
    let what = say!("Removed: {label}: {value}", "삭제: {label}: {value}");
    Change { path: path.to_owned(), kind: ChangeKind::Removed, what }
}

fn changed(path: &str, old: &Value, new: &Value) -> Change {
    let (label, old, new) = (label(path), in_words(old), in_words(new));
    let what = say!("Changed: {label}: {old} becomes {new}", "변경: {label}: {old} → {new}");
    Change { path: path.to_owned(), kind: ChangeKind::Changed, what }
}

/// The path as it is read.
fn label(path: &str) -> String {
    let steps: Vec<String> = path.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    steps.join(" › ")
}

/// The value's name, where it has one, else its beginning.
fn in_words(value: &Value) -> String {
    let name = value.get("name").unwrap_or(value);
    let name = name.get("en").or_else(|| name.get("ko")).unwrap_or(name);
    match name {
        Value::String(text) => shown(text).into_owned(),
        _ => shown(&name.to_string()).into_owned(),
    }
}
