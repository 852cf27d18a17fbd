//! Which modules of lib.rs a file uses.

use super::source::Source;
use super::words::Word;

/// A name directly under the crate's root that a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub struct Use {
    pub name: String,
    pub line: usize,
}

/// Every path from `crate` or `super` that leaves the file's own module of lib.rs, also those in groups and in macros.
/// A path that stays inside (`super::text` from `base::page`) is not told.
pub fn uses(source: &Source) -> Vec<Use> {
    let mut reader = Reader { words: &source.words, found: Vec::new() };
    let mut inside = source.module();
    // How deep in brackets each `mod name { ... }` around us began.
    let (mut depth, mut modules) = (0, Vec::new());
    let mut at = 0;
    while let Some(word) = source.words.get(at) {
        at = match (word.text.as_str(), reader.text(at + 1), reader.text(at + 2)) {
            ("mod", name, "{") => {
                inside.push(name.to_owned());
                modules.push(depth);
                at + 2
            }
            ("crate", "::", _) => reader.path(at + 2, Vec::new()),
            ("super", "::", _) => reader.path(at, inside.clone()),
            ("{" | "(" | "[", ..) => {
                depth += 1;
                at + 1
            }
            ("}" | ")" | "]", ..) => {
                depth -= 1;
                if modules.last() == Some(&depth) {
                    modules.pop();
                    inside.pop();
                }
                at + 1
            }
            _ => at + 1,
        };
    }
    reader.found
}

struct Reader<'a> {
    words: &'a [Word],
    found: Vec<Use>,
}

impl Reader<'_> {
    fn text(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text.as_str())
    }

    /// Follows the path, or the group of paths, that begins here, in the module `from`. Gives the place to read on from.
    fn path(&mut self, at: usize, mut from: Vec<String>) -> usize {
        match (self.text(at), self.text(at + 1)) {
            ("super", _) => {
                from.pop();
                if self.text(at + 1) == "::" { self.path(at + 2, from) } else { at + 1 }
            }
            ("self", "::") => self.path(at + 2, from),
            ("{", _) => self.group(at + 1, &from),
            (name, _) => {
                if from.is_empty() {
                    let line = self.words.get(at).map_or(0, |word| word.line);
                    self.found.push(Use { name: name.to_owned(), line });
                }
                at + 1
            }
        }
    }

    fn group(&mut self, mut at: usize, from: &[String]) -> usize {
        while !matches!(self.text(at), "}" | "") {
            at = self.path(at, from.to_vec());
            at = self.end_of_element(at);
        }
        at + 1
    }

    /// Skips the rest of one element of a group, with its comma.
    fn end_of_element(&self, mut at: usize) -> usize {
        let mut depth = 0;
        loop {
            match (self.text(at), depth) {
                (",", 0) => return at + 1,
                ("}", 0) | ("", _) => return at,
                ("{", _) => depth += 1,
                ("}", _) => depth -= 1,
                _ => {}
            }
            at += 1;
        }
    }
}

mod tests {
    use super::*;

    fn names(path: &str, text: &str) -> Vec<String> {
        uses(&Source::of(path, text)).into_iter().map(|used| used.name).collect()
    }

    #[test]
    fn every_way_to_write_a_path_is_followed() {
        let page = |text: &str| names("src/base/page.rs", text);
        assert_eq!(page("use crate::db::Tx;"), ["db"]);
        assert_eq!(page("use crate::{db::{self, Tx}, team::Team as T, topic};"), ["db", "team", "topic"]);
        assert_eq!(page("fn f() -> crate::db::Tx { crate::team::open() }"), ["db", "team"]);
        assert_eq!(page("use super::super::db;"), ["db"]);
        assert_eq!(page("use super::{text, super::{db, team}};"), ["db", "team"]);
        assert_eq!(page("m! { x => crate::db::go() }"), ["db"]);
        assert_eq!(page("use crate::*;"), ["*"]);
        assert_eq!(page("mod tests { use super::super::super::db; } use super::super::team;"), ["db", "team"]);
        assert_eq!(names("src/serve.rs", "use super::config;"), ["config"]);
    }

    #[test]
    fn what_stays_inside_is_not_told() {
        let page = |text: &str| names("src/base/page.rs", text);
        assert!(page("use super::text::Name; mod tests { use super::super::lang; use super::*; }").is_empty());
        assert!(page("// crate::db\n/// crate::db\npub(crate) const A: &str = \"crate::db\";").is_empty());
    }
}
