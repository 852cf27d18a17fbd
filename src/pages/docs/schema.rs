//! Schemas as a reader wants them: a table of fields, and for each what it may hold.

use serde_json::{Map, Value};

use super::prose;

/// A field of an object.
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// What it may hold, as HTML.
    pub kind: String,
    /// What it means, as HTML.
    pub about: String,
}

/// A schema with a name of its own.
pub struct Named {
    /// Its name.
    pub name: String,
    /// What it is, as HTML.
    pub about: String,
    /// What it may hold, as HTML, where it is no object.
    pub kind: Option<String>,
    /// Its fields, where it is an object.
    pub fields: Vec<Field>,
    /// Whether it may hold fields that are not listed.
    pub open: bool,
}

impl Named {
    /// Reads a schema of the contract's components.
    pub fn of(name: &str, schema: &Value) -> Named {
        let fields = fields(schema);
        Named {
            name: name.to_owned(),
            about: prose::html(text(schema, "description")),
            kind: fields.is_empty().then(|| kind(schema)),
            open: schema.get("additionalProperties") == Some(&Value::Bool(true)),
            fields,
        }
    }
}

/// The fields of an object, in the order in which they are written.
pub fn fields(schema: &Value) -> Vec<Field> {
    let required: Vec<&str> = list(schema, "required").iter().filter_map(Value::as_str).collect();
    let field = |(name, of): (&String, &Value)| Field {
        name: name.clone(),
        required: required.contains(&name.as_str()),
        kind: kind(of),
        about: prose::line(text(of, "description")),
    };
    schema.get("properties").and_then(Value::as_object).map(|all| all.iter().map(field).collect()).unwrap_or_default()
}

/// What a schema allows, as HTML that leads to the schemas it names.
pub fn kind(schema: &Value) -> String {
    if let Some(name) = referenced(schema) {
        let name = prose::escaped(name);
        return format!("<a href=\"#schema-{name}\">{name}</a>");
    }
    if let Some(only) = schema.get("const") {
        return code(only);
    }
    let values = list(schema, "enum");
    if !values.is_empty() {
        return values.iter().map(code).collect::<Vec<_>>().join(", ");
    }
    let choices = list(schema, "oneOf");
    if !choices.is_empty() {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    let types = match schema.get("type") {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(|one| single(one, schema)).collect(),
        Some(Value::String(one)) => vec![single(one, schema)],
        _ => vec!["anything".to_owned()],
    };
    let limits = limits(schema);
    let limits = if limits.is_empty() { String::new() } else { format!(" <small>{}</small>", limits.join(", ")) };
    format!("{}{limits}", types.join(" or "))
}

fn single(kind: &str, schema: &Value) -> String {
    match (kind, text(schema, "format")) {
        ("array", _) => format!("list of {}", schema.get("items").map_or("anything".to_owned(), self::kind)),
        ("object", _) => object(schema),
        ("string", format @ ("uuid" | "date" | "date-time" | "password")) => format.to_owned(),
        _ => prose::escaped(kind),
    }
}

/// An object without a name of its own is told in place.
fn object(schema: &Value) -> String {
    let fields: Vec<String> =
        fields(schema).iter().map(|field| format!("{}: {}", prose::escaped(&field.name), field.kind)).collect();
    if fields.is_empty() { "object".to_owned() } else { format!("{{ {} }}", fields.join(", ")) }
}

fn limits(schema: &Value) -> Vec<String> {
    const TOLD: [(&str, &str, &str); 8] = [
        ("minLength", "at least ", " characters"),
        ("maxLength", "at most ", " characters"),
        ("minimum", "from ", ""),
        ("exclusiveMinimum", "more than ", ""),
        ("maximum", "up to ", ""),
        ("minItems", "at least ", " entries"),
        ("maxItems", "at most ", " entries"),
        ("default", "default ", ""),
    ];
    let told = |(name, before, after): &(&str, &str, &str)| {
        // That a text is not empty goes without saying.
        let value = schema.get(name).filter(|value| *name != "minLength" || **value != 1)?;
        Some(format!("{before}{}{after}", prose::escaped(&value.to_string())))
    };
    TOLD.iter().filter_map(told).collect()
}

fn code(value: &Value) -> String {
    let told = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    format!("<code>{}</code>", prose::escaped(&told))
}

/// The name of the component that `$ref` leads to.
pub fn referenced(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()?.rsplit('/').next()
}

/// A text of an object; empty where there is none.
pub fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A list of an object; empty where there is none.
pub fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// The entries of an object; none where there is no object.
pub fn entries<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    value.get(name).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_kind_is_told_in_words_that_lead_on() {
        assert_eq!(kind(&json!({"$ref": "#/components/schemas/Slug"})), "<a href=\"#schema-Slug\">Slug</a>");
        assert_eq!(kind(&json!({"type": ["string", "null"], "format": "uuid"})), "uuid or null");
        assert_eq!(kind(&json!({"enum": ["en", "ko"]})), "<code>en</code>, <code>ko</code>");
        let list = json!({"type": "array", "maxItems": 2, "items": {"type": "integer", "minimum": 1}});
        assert_eq!(kind(&list), "list of integer <small>from 1</small> <small>at most 2 entries</small>");
        assert_eq!(kind(&json!({"type": "object", "properties": {"a": {"type": "boolean"}}})), "{ a: boolean }");
    }
}
