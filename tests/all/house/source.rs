//! Our own source, as words.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::words::{Word, words};

/// A file of Rust, or a sample of one.
pub struct Source {
    /// From the project's root.
    pub path: String,
    /// How long it is.
    pub lines: usize,
    /// What it says.
    pub words: Vec<Word>,
}

impl Source {
    /// Reads a text as the file at this path.
    pub fn of(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), lines: text.lines().count(), words: words(text) }
    }

    /// Every file of Rust under this folder of the project.
    pub fn all(folder: &str) -> Vec<Source> {
        let is_rust = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
        files(&root().join(folder))
            .into_iter()
            .filter(is_rust)
            .map(|path| Source::of(&from_root(&path), &read(&path)))
            .collect()
    }

    /// The module that the file is, outermost first: `src/a/b.rs` is `a::b`, `src/a/mod.rs` is `a`.
    pub fn module(&self) -> Vec<String> {
        let inside = self.path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
        inside.split('/').map(str::to_owned).collect()
    }

    /// The lines on which these words follow one another, `::` between them: `["Utc", "now"]`.
    /// A last word `""` stands for anything behind `::`.
    pub fn lines_with(&self, path: &[&str]) -> Vec<usize> {
        let wanted = path.join(" :: ");
        let wanted: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
        let texts: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        let found = texts.windows(wanted.len()).zip(&self.words).filter(|(window, _)| *window == wanted.as_slice());
        found.map(|(_, word)| word.line).collect()
    }

    /// The macros that it lays down at the root of the crate, `#[macro_export]`.
    pub fn exported_macros(&self) -> BTreeMap<String, String> {
        let texts: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        let exported = texts.windows(7).filter_map(|window| match window {
            ["#", "[", "macro_export", "]", "macro_rules", "!", name] => Some((*name).to_owned()),
            _ => None,
        });
        let owner = self.module().swap_remove(0);
        exported.map(|name| (name, owner.clone())).collect()
    }
}

/// The project's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A path as it is told: from the project's root.
pub fn from_root(path: &Path) -> String {
    path.strip_prefix(root()).expect("a file of the project").to_string_lossy().into_owned()
}

/// A file's text.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file under a folder, in the order of their names; none where there is no such folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("a folder that can be read").path());
    let mut found: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    found.sort();
    found
}
