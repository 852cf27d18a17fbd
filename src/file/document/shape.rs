//! How values are written into the file, and how the schema describes them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::base::Localized;
use crate::base::text::{NAME_MOST, TEXT_MOST};

/// Writes text that exists only in English as a plain string, as people write it.
pub fn localized<S: Serializer>(text: &Localized, out: S) -> Result<S::Ok, S::Error> {
    match (&text.en, &text.ko) {
        (Some(en), None) => out.serialize_str(en),
        _ => text.serialize(out),
    }
}

/// As [`localized`], for text that may be missing.
pub fn localized_option<S: Serializer>(text: &Option<Localized>, out: S) -> Result<S::Ok, S::Error> {
    match text {
        Some(text) => localized(text, out),
        None => out.serialize_none(),
    }
}

/// Writes what has a written form of its own, such as a time zone's name.
pub fn display<S: Serializer>(value: &impl std::fmt::Display, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(value)
}

/// As [`display`], for what may be missing.
pub fn display_option<S: Serializer>(value: &Option<impl std::fmt::Display>, out: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => out.collect_str(value),
        None => out.serialize_none(),
    }
}

/// Whether a flag stands as it stands when nobody writes it.
pub fn is_false(flag: &bool) -> bool {
    !*flag
}

/// As [`is_false`], for flags that are on unless somebody writes them.
pub fn is_true(flag: &bool) -> bool {
    *flag
}

/// The schema of a name in one language or two.
pub struct NameInLanguages;

/// The schema of longer text in one language or two.
pub struct TextInLanguages;

impl JsonSchema for NameInLanguages {
    fn schema_name() -> Cow<'static, str> {
        "LocalizedName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        in_languages("A name: a plain string is English.", NAME_MOST)
    }
}

impl JsonSchema for TextInLanguages {
    fn schema_name() -> Cow<'static, str> {
        "LocalizedText".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        in_languages("Text: a plain string is English.", TEXT_MOST)
    }
}

fn in_languages(description: &str, most: usize) -> Schema {
    let text = json_schema!({ "type": "string", "minLength": 1, "maxLength": most });
    let each = json_schema!({ "en": text, "ko": text });
    json_schema!({
        "description": description,
        "anyOf": [text, { "type": "object", "properties": each, "additionalProperties": false, "minProperties": 1 }]
    })
}

/// The name of a time zone.
pub fn zone_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "examples": ["Europe/London", "Asia/Seoul"] })
}

/// A language of the interface.
pub fn language_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "enum": ["en", "ko"] })
}

/// A moment with its offset.
pub fn moment_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "date-time", "examples": ["2024-11-05T09:00:00Z"] })
}
