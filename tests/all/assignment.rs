//! What an answer tells is not for a caller to set: no property of an answer is taken on input unless it may be changed.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::contract::{Operation, contract, object};
use crate::support::stage::{PASSWORD, Stage};
use crate::support::{Person, World};

/// Names that a caller may try whatever the answer holds.
const TEMPTING: [&str; 10] =
    ["id", "hackathon", "role", "state", "version", "assignee", "created_by", "created_at", "due_at", "admin"];

/// The properties of a schema, with those of what it refers to.
fn properties(schema: &Value) -> Vec<&str> {
    let schema = contract().resolve(schema);
    object(&schema["properties"]).map(|(name, _)| name.as_str()).collect()
}

/// What an operation answers and does not take.
fn refused(operation: &'static Operation) -> Vec<&'static str> {
    let json = "application/json";
    let taken = properties(&operation.told["requestBody"]["content"][json]["schema"]);
    let answers = object(&operation.told["responses"])
        .filter(|(status, _)| status.starts_with('2'))
        .flat_map(|(_, answer)| properties(&answer["content"][json]["schema"]));
    let mut names: Vec<&str> = answers.chain(TEMPTING).filter(|name| !taken.contains(name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Every object inside a body but the body itself, by where it stands. A text in two languages takes only its languages.
fn inner(at: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(all) => {
            if !at.is_empty() {
                found.push(at.to_owned());
            }
            all.iter().for_each(|(name, one)| inner(&format!("{at}/{name}"), one, found));
        }
        Value::Array(all) => all.iter().enumerate().for_each(|(i, one)| inner(&format!("{at}/{i}"), one, found)),
        _ => {}
    }
}

/// Who may do it, so that nothing but the body can be at fault.
fn by(world: &World, stage: &Stage, operation: &Operation) -> Person {
    let own = operation.path.starts_with("/v1/hackathons/{hackathon}") || operation.path.starts_with("/v1/me");
    if own { stage.event.organizer.clone() } else { world.admin() }
}

/// All that there is, as its organizer and the administrator read it.
fn state(world: &World, stage: &Stage) -> Vec<(String, Value)> {
    let admin = world.admin();
    let reads = contract().operations.iter().filter(|operation| {
        // Sessions come and go with the sign-ins of this test.
        operation.method == "GET" && operation.path.starts_with("/v1/") && operation.id != "list_sessions"
    });
    let read = |operation: &Operation| {
        let person = if operation.path.starts_with("/v1/users") { &admin } else { &stage.event.organizer };
        let path = stage.path(operation);
        let told = stage.ask(operation, &path, None, Some(person)).text();
        (path, serde_json::from_str(&told).unwrap_or(Value::String(told)))
    };
    reads.map(read).filter(|(_, told)| told.get("request_id").is_none()).collect()
}

on_both! {
    fn a4_no_property_of_an_answer_is_taken_on_input(world) {
        let stage = Stage::set(world, "here");
        world.with_password("keyholder", PASSWORD);
        let before = state(world, &stage);
        let (mut wrong, mut tried) = (Vec::new(), 0);
        for operation in contract().operations.iter().filter(|operation| operation.method != "GET") {
            let Some(body) = stage.body(&operation.id, 0) else { continue };
            let path = stage.path(operation);
            let who = by(world, &stage, operation);
            let mut places = Vec::new();
            inner("", &body, &mut places);
            let top = refused(operation).into_iter().map(|name| (String::new(), name));
            let deep = places.into_iter().flat_map(|place| ["id", "created_by"].map(|name| (place.clone(), name)));
            for (place, name) in top.chain(deep) {
                let mut body = body.clone();
                body.pointer_mut(&place).expect("a place in the body")[name] = json!("x");
                let reply = stage.ask(operation, &path, Some(body), Some(&who));
                tried += 1;
                let faults = if reply.status == 422 { reply.json()["errors"].clone() } else { Value::Null };
                let named = faults.as_array().is_some_and(|all| all.iter().any(|one| one["pointer"].as_str().unwrap_or_default().ends_with(&format!("/{name}"))));
                if !named {
                    wrong.push(format!("{} {place}/{name}: {} {}", operation.id, reply.status, reply.text()));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
        assert!(tried > 200, "only {tried} were tried");
        assert_eq!(state(world, &stage), before);
    }
}
