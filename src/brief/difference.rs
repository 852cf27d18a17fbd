//! What changed from one version of the brief to another: by field, by language, by line.

use serde::Serialize;

use super::{Criterion, Wish};
use crate::base::{Lang, Localized};

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// It stands in both.
    Same,
    /// It stands in the later version only.
    Added,
    /// It stood in the earlier version only.
    Removed,
}

/// A line of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What became of it.
    pub kind: LineKind,
    /// What it says.
    pub text: String,
}

/// A field that differs, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Which.
    pub field: &'static str,
    /// The language; none where it has none.
    pub language: Option<Lang>,
    /// Its lines, what was removed before what was added.
    pub lines: Vec<Line>,
}

/// More comparisons of lines than this are not made: what lies between the first and the last change is then told as replaced.
const COMPARED_MOST: usize = 1_000_000;

/// The fields that differ.
pub fn difference(before: &Wish, after: &Wish) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    changes.extend(change("ambition", None, before.ambition.word(), after.ambition.word()));
    for lang in [Lang::En, Lang::Ko] {
        let texts = [
            ("summary", &before.summary, &after.summary),
            ("background", &before.background, &after.background),
            ("scalability", &before.scalability, &after.scalability),
        ];
        changes.extend(texts.into_iter().filter_map(|(field, old, new)| {
            change(field, Some(lang), said(old.as_ref(), lang), said(new.as_ref(), lang))
        }));
        if speak(&before.criteria, lang) || speak(&after.criteria, lang) {
            let (old, new) = (criteria(&before.criteria, lang), criteria(&after.criteria, lang));
            changes.extend(change("criteria", Some(lang), &old, &new));
        }
    }
    changes
}

/// What a text says in this language and in no other.
fn said(text: Option<&Localized>, lang: Lang) -> &str {
    text.and_then(|text| text.each().find(|(of, _)| *of == lang)).map_or("", |(_, text)| text)
}

/// Whether any of them has a name in this language.
fn speak(all: &[Criterion], lang: Lang) -> bool {
    all.iter().any(|one| one.name.each().any(|(of, _)| of == lang))
}

/// A line for each criterion.
fn criteria(all: &[Criterion], lang: Lang) -> String {
    let line = |one: &Criterion| format!("{} ({})", one.name.text(lang), one.weight);
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn change(field: &'static str, language: Option<Lang>, before: &str, after: &str) -> Option<FieldChange> {
    (before != after).then(|| FieldChange { field, language, lines: lines(before, after) })
}

/// The lines of two texts: the longest common part of them is the same.
fn lines(before: &str, after: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    let middle = |all: &[&str]| -> Vec<String> {
        all.iter().take(all.len() - tail).skip(head).map(|line| (*line).to_owned()).collect()
    };
    let same = |line: &&str| Line { kind: LineKind::Same, text: (*line).to_owned() };
    let mut told: Vec<Line> = old.iter().take(head).map(same).collect();
    told.extend(between(&middle(&old), &middle(&new)));
    told.extend(old.iter().skip(old.len() - tail).map(same));
    told
}

fn between(old: &[String], new: &[String]) -> Vec<Line> {
    let line = |kind: LineKind| move |text: &String| Line { kind, text: text.clone() };
    let replaced = || old.iter().map(line(LineKind::Removed)).chain(new.iter().map(line(LineKind::Added))).collect();
    if old.len().saturating_mul(new.len()) > COMPARED_MOST {
        return replaced();
    }
    let longest = longest(old, new);
    let at = |i: usize, j: usize| longest.get(i).and_then(|row| row.get(j)).copied().unwrap_or_default();
    let (mut i, mut j, mut told) = (0, 0, Vec::new());
    loop {
        match (old.get(i), new.get(j)) {
            (None, None) => return told,
            (Some(was), Some(is)) if was == is => {
                told.push(line(LineKind::Same)(was));
                (i, j) = (i + 1, j + 1);
            }
            (Some(was), is) if is.is_none() || at(i + 1, j) >= at(i, j + 1) => {
                told.push(line(LineKind::Removed)(was));
                i += 1;
            }
            (_, Some(is)) => {
                told.push(line(LineKind::Added)(is));
                j += 1;
            }
            (Some(_), None) => return told,
        }
    }
}

/// How long the longest common part of what follows is, from each place in either.
fn longest(old: &[String], new: &[String]) -> Vec<Vec<u32>> {
    let mut rows: Vec<Vec<u32>> = vec![vec![0; new.len() + 1]];
    for was in old.iter().rev() {
        let below = rows.last().cloned().unwrap_or_default();
        let mut row = vec![0; new.len() + 1];
        for (j, is) in new.iter().enumerate().rev() {
            let get = |row: &[u32], at: usize| row.get(at).copied().unwrap_or_default();
            let best = if was == is { get(&below, j + 1) + 1 } else { get(&below, j).max(get(&row, j + 1)) };
            if let Some(place) = row.get_mut(j) {
                *place = best;
            }
        }
        rows.push(row);
    }
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn told(before: &str, after: &str) -> Vec<String> {
        let sign = |line: &Line| match line.kind {
            LineKind::Same => format!(" {}", line.text),
            LineKind::Added => format!("+{}", line.text),
            LineKind::Removed => format!("-{}", line.text),
        };
        lines(before, after).iter().map(sign).collect()
    }

    #[test]
    fn what_was_removed_stands_before_what_was_added() {
        assert_eq!(told("a\nb\nc", "a\nx\nc"), [" a", "-b", "+x", " c"]);
        assert_eq!(told("", "a\nb"), ["+a", "+b"]);
        assert_eq!(told("a\nb", ""), ["-a", "-b"]);
        assert_eq!(told("a\na", "a"), [" a", "-a"]);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_lines(
            before in vec("[abc]", 0..12), after in vec("[abc]", 0..12),
        ) {
            let told = lines(&before.join("\n"), &after.join("\n"));
            let of = |kind: LineKind| -> Vec<String> {
                let kept = told.iter().filter(|line| line.kind == LineKind::Same || line.kind == kind);
                kept.map(|line| line.text.clone()).collect()
            };
            prop_assert_eq!(of(LineKind::Removed), before.clone());
            prop_assert_eq!(of(LineKind::Added), after.clone());
            let same = told.iter().filter(|line| line.kind == LineKind::Same).count();
            prop_assert!(same >= slow(&before, &after), "{:?}", told);
        }
    }

    /// The length of the longest common part, by trying everything.
    fn slow(old: &[String], new: &[String]) -> usize {
        let Some((first, rest)) = old.split_first() else { return 0 };
        let without = slow(rest, new);
        let found = new.iter().position(|line| line == first);
        found.map_or(without, |at| without.max(1 + slow(rest, new.get(at + 1..).unwrap_or_default())))
    }
}
