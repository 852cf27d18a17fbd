//! The schema agrees with what is read.

use jsonschema::Validator;
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use super::*;

fn validator() -> Validator {
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema()).expect("the schema is one")
}

fn check(file: &Value) -> Result<(), String> {
    validator().validate(file).map_err(|error| format!("{} at {}", error, error.instance_path()))
}

#[test]
fn the_schema_is_a_right_schema_with_a_description_everywhere() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::meta::validate(&schema).expect("it follows its own meta-schema");
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        assert!(definition["description"].is_string(), "{name}");
        for (field, part) in definition["properties"].as_object().into_iter().flatten() {
            assert!(part["description"].is_string(), "{name}.{field}");
            assert_eq!(definition["additionalProperties"], false, "{name}");
        }
    }
    assert_eq!(schema["additionalProperties"], false);
    assert!(!schema.to_string().contains("uint"), "no format that others do not know");
}

#[test]
fn right_files_follow_the_schema() {
    for file in [EXAMPLES[0], EXAMPLES[1], WHOLE] {
        let json = read(file.as_bytes(), PACKS).expect("right").to_json().unwrap();
        assert_eq!(check(&json), Ok(()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_follows_the_schema(document in generate::document()) {
        prop_assert_eq!(check(&document.to_json().unwrap()), Ok(()));
    }
}

#[rstest]
#[case::version("/signpost", json!(2))]
#[case::slug("/hackathon/slug", json!("Not a slug"))]
#[case::date("/hackathon/starts_on", json!("tomorrow"))]
#[case::language("/topics/0/name", json!({ "fr": "x" }))]
#[case::no_language("/topics/0/name", json!({}))]
#[case::weight("/hackathon/brief/criteria/0/weight", json!(101))]
#[case::two_holders("/responsibilities/0/accountable", json!({ "unit": "data", "organization": "host" }))]
#[case::role("/people/0/roles", json!(["builder"]))]
#[case::role_twice("/people/0/roles", json!(["organizer", "organizer"]))]
#[case::no_role("/people/0/roles", json!([]))]
#[case::email("/people/0/email", json!("nobody"))]
#[case::weekly_hours("/people/3/weekly_hours", json!(0))]
#[case::locale("/people/3/locale", json!("fr"))]
#[case::mentors("/teams/0", json!({ "slug": "x", "name": "x", "mentor": "a@b", "mentors": ["c@d"] }))]
#[case::topic_without_a_name("/topics/0", json!({ "slug": "x" }))]
#[case::unknown_field("/sprints/0", json!({ "number": 1, "starts_on": "2026-10-05", "ends_on": "2026-10-06", "x": 1 }))]
#[case::moment("/shifts/0/from", json!("2026-10-05"))]
fn wrong_files_neither_follow_the_schema_nor_are_read(#[case] pointer: &str, #[case] wrong: Value) {
    let mut file = whole().to_json().unwrap();
    *file.pointer_mut(pointer).expect("it is there") = wrong;
    assert!(check(&file).is_err());
    let faults = read(file.to_string().as_bytes(), PACKS).expect_err("it is wrong");
    assert!(faults.iter().any(|fault| fault.pointer.starts_with(pointer)), "{faults:#?}");
}
