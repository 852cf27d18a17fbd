//! The JSON Schema of the file, made from the types that are read and written.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::Value;

use super::document::Document;

/// The schema in draft 2020-12. It says what a value may look like; what has to fit together is told by [`super::read`].
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_widths));
    settings.into_generator().into_root_schema_for::<Document>().to_value()
}

/// How wide an integer is in this program is no format that others know.
fn without_widths(schema: &mut Schema) {
    if schema.get("format").and_then(Value::as_str).is_some_and(|format| format.starts_with("uint")) {
        schema.remove("format");
    }
}
