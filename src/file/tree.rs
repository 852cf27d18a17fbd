//! The file as a tree whose every node and key knows its line and column.
//!
//! The tree is built from the parser's events, one at a time, and every limit is held while it grows: a hostile file is
//! refused before it costs much memory or time. Aliases are refused outright, so nothing can expand.

mod build;
mod fatal;
mod guard;
mod text;

use super::faults::Faults;
use build::Builder;
use guard::Marked;

/// The largest file, in bytes: the limit of the import's request body as well.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;
/// The deepest nesting. The format itself goes six deep.
pub const MOST_DEPTH: usize = 32;
/// The most values in a file: enough for some twenty thousand people, and less than 40 MiB in memory.
pub const MOST_NODES: usize = 250_000;
/// The longest key, in bytes. A fault's pointer repeats the keys above it.
const LONGEST_KEY: usize = 200;

/// A line and a column, both counted from 1.
pub type Place = (usize, usize);

/// A value in the file and where it begins.
#[derive(Debug)]
pub struct Node {
    pub place: Place,
    pub kind: Kind,
}

/// What a value is.
#[derive(Debug)]
pub enum Kind {
    /// Written without quotes: a number, `true`, `null`, or text that looks like neither.
    Plain(Box<str>),
    /// Quoted or in a block: text, whatever it looks like.
    Quoted(Box<str>),
    /// A list.
    List(Vec<Node>),
    /// Fields with their values.
    Map(Vec<Entry>),
    /// Something whose fault is already reported.
    Refused,
}

/// A field and its value.
#[derive(Debug)]
pub struct Entry {
    pub key: Box<str>,
    pub place: Place,
    pub value: Node,
}

/// Reads YAML 1.2, of which JSON is a part. Faults that leave the tree readable (an alias, a tag, a field written twice)
/// go to `faults`; `None` when there is no tree to go on with.
pub fn parse(bytes: &[u8], faults: &mut Faults) -> Option<Node> {
    let text = text::decode(bytes).map(Marked::new);
    let tree = text.and_then(|text| Builder::new(faults).run(&text));
    tree.map_err(|fault| faults.push(*fault)).ok()
}

/// How the core schema of YAML 1.2 (10.3) reads a value without quotes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Plain {
    Null,
    Bool(bool),
    Number(f64),
    Text,
}

/// Reads a value without quotes.
pub fn resolve(text: &str) -> Plain {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Plain::Null,
        "true" | "True" | "TRUE" => Plain::Bool(true),
        "false" | "False" | "FALSE" => Plain::Bool(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "-.inf" => Plain::Number(f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" => Plain::Number(f64::NAN),
        _ => number(text).map_or(Plain::Text, Plain::Number),
    }
}

fn number(text: &str) -> Option<f64> {
    for (mark, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(mark) {
            return u32::from_str_radix(digits, radix).ok().map(f64::from);
        }
    }
    // Rust also takes "inf" and "nan" for numbers; YAML does not.
    let shape = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    let digits = text.trim_start_matches(['+', '-']).trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit());
    if shape && digits { text.parse().ok() } else { None }
}

impl Node {
    /// Whether nothing stands there: `null`, `~` or an empty value.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Plain(text) if resolve(text) == Plain::Null)
    }
}
