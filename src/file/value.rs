//! Any YAML or JSON as a JSON value, with the limits of the hackathon file and without its meaning.

use serde_json::{Map, Number, Value};

use super::faults::Faults;
use super::tree::{self, Kind, Node, Plain, resolve};
use crate::base::Fault;

/// Reads YAML 1.2 or JSON as a value. A plain scalar is what the core schema of YAML says it is.
pub fn value(bytes: &[u8]) -> Result<Value, Vec<Fault>> {
    let mut faults = Faults::default();
    let root = tree::parse(bytes, &mut faults);
    match root {
        Some(root) if faults.is_empty() => Ok(of(&root)),
        _ => Err(faults.into_sorted()),
    }
}

fn of(node: &Node) -> Value {
    match &node.kind {
        Kind::Plain(text) => plain(text),
        Kind::Quoted(text) => Value::String(text.to_string()),
        Kind::List(items) => items.iter().map(of).collect(),
        Kind::Map(entries) => {
            let fields = entries.iter().map(|entry| (entry.key.to_string(), of(&entry.value)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        Kind::Refused => Value::Null,
    }
}

fn plain(text: &str) -> Value {
    match resolve(text) {
        Plain::Null => Value::Null,
        Plain::Bool(is) => Value::Bool(is),
        // Whole numbers stay whole; JSON has no infinity, so what is none stays text.
        Plain::Number(number) => text
            .parse::<i64>()
            .map(Number::from)
            .ok()
            .or_else(|| Number::from_f64(number))
            .map_or_else(|| Value::String(text.to_owned()), Value::Number),
        Plain::Text => Value::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn yaml_is_read_as_the_json_it_stands_for() {
        let read = value(b"a: 1\nb: [true, ~, '2', 2.5, 2024-11-04]\n").unwrap();
        assert_eq!(read, json!({"a": 1, "b": [true, null, "2", 2.5, "2024-11-04"]}));
        assert_eq!(value(b"{\"x\": [1]}").unwrap(), json!({"x": [1]}));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        let faults = value(b"a: 1\na: 2\n").unwrap_err();
        assert_eq!(faults.first().and_then(|fault| fault.place), Some((2, 1)));
    }
}
