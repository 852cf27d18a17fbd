//! Writes the file: YAML for people, JSON for programs.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::document::Document;
use super::tree::{Plain, resolve};
use crate::base::{Error, Result};

/// What is no wider than this, in characters and with its indentation, stands on one line.
const WIDTH: usize = 120;

impl Document {
    /// The file as JSON.
    pub fn to_json(&self) -> Result<Value> {
        serde_json::to_value(self).map_err(Error::internal)
    }

    /// The file as YAML. Reading it gives the same document.
    pub fn to_yaml(&self) -> Result<String> {
        let Value::Object(sections) = self.to_json()? else { return Err(Error::internal("a document is an object")) };
        let mut out = String::new();
        for (index, (name, section)) in sections.iter().enumerate() {
            if index > 0 {
                out.push('\n');
            }
            out.push_str(name);
            out.push(':');
            match section {
                Value::Object(fields) => map_below(&mut out, fields, 2),
                Value::Array(items) => list_below(&mut out, items, 2),
                _ => scalar_behind(&mut out, section, 2),
            }
        }
        Ok(out)
    }
}

/// A value behind `key:` or `-`, on the same line where it is short, else below it.
fn value(out: &mut String, value: &Value, indent: usize, used: usize) {
    let line = one_line(value).filter(|line| line.chars().count() + used < WIDTH);
    match (line, value) {
        (Some(line), _) => {
            out.push(' ');
            out.push_str(&line);
            out.push('\n');
        }
        (None, Value::Object(fields)) => map_below(out, fields, indent),
        (None, Value::Array(items)) => list_below(out, items, indent),
        (None, _) => scalar_behind(out, value, indent),
    }
}

fn map_below(out: &mut String, fields: &Map<String, Value>, indent: usize) {
    out.push('\n');
    for (name, field) in fields {
        pad(out, indent);
        map_field(out, name, field, indent);
    }
}

fn map_field(out: &mut String, name: &str, field: &Value, indent: usize) {
    out.push_str(name);
    out.push(':');
    value(out, field, indent + 2, indent + name.len() + 1);
}

fn list_below(out: &mut String, items: &[Value], indent: usize) {
    out.push('\n');
    for item in items {
        pad(out, indent);
        out.push('-');
        match item {
            Value::Object(fields) if one_line(item).is_none_or(|line| line.chars().count() + indent + 2 > WIDTH) => {
                // The first field stands behind the hyphen, the others below it.
                for (index, (name, field)) in fields.iter().enumerate() {
                    if index == 0 {
                        out.push(' ')
                    } else {
                        pad(out, indent + 2)
                    }
                    map_field(out, name, field, indent + 2);
                }
            }
            _ => value(out, item, indent + 2, indent + 1),
        }
    }
}

/// A single value, however long. Several lines become a block, where a block can hold them.
fn scalar_behind(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::String(text) if fits_block(text) => {
            out.push_str(" |-\n");
            for line in text.split('\n') {
                if !line.is_empty() {
                    pad(out, indent);
                    out.push_str(line);
                }
                out.push('\n');
            }
        }
        Value::String(text) => {
            out.push(' ');
            out.push_str(&string(text));
            out.push('\n');
        }
        _ => {
            out.push(' ');
            out.push_str(&value.to_string());
            out.push('\n');
        }
    }
}

/// The value on one line; `None` for text of several lines, which is read more easily as a block.
fn one_line(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.contains('\n') => None,
        Value::String(text) => Some(string(text)),
        Value::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(one_line).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::Object(fields) => {
            let field = |(name, field): (&String, &Value)| Some(format!("{name}: {}", one_line(field)?));
            let fields: Option<Vec<String>> = fields.iter().map(field).collect();
            Some(format!("{{ {} }}", fields?.join(", ")))
        }
        _ => Some(value.to_string()),
    }
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// A literal block keeps its text as it is, so that text must not begin with a space or hold what cannot be seen.
fn fits_block(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with([' ', '\n'])
        && !text.ends_with('\n')
        && text.split('\n').all(|line| !line.ends_with(' ') && !line.contains(hidden))
}

/// Text, in quotes where it needs them.
fn string(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Whether text can stand without quotes, inside brackets too, and means the same to older YAML readers.
fn is_plain(text: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || "_-./@+()' ".contains(c);
    let word = text.starts_with(char::is_alphabetic) && !text.ends_with(' ') && text.chars().all(letter);
    (word && resolve(text) == Plain::Text && !is_truth(text)) || is_date(text)
}

/// What YAML 1.1 takes for a truth value.
fn is_truth(text: &str) -> bool {
    ["y", "n", "yes", "no", "on", "off"].contains(&text.to_ascii_lowercase().as_str())
}

/// Days are written as people write them.
fn is_date(text: &str) -> bool {
    text.len() == 10 && chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            hidden_one if hidden(hidden_one) => {
                // Writing to a string does not fail.
                let _ = write!(out, "\\U{:08X}", u32::from(hidden_one));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

/// Characters that a reader of YAML may refuse, fold or overlook: controls, line separators, marks and non-characters.
fn hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}
