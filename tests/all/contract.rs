//! `openapi.yaml` says what the server does, all of it, and in a form that programs can use.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::contract::{Operation, contract, object};

fn told(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn the_contract_has_the_operations_of_the_server_and_no_others() {
    let served: BTreeSet<(String, String)> =
        signpost::api::PATHS.iter().map(|(path, method)| ((*path).to_owned(), method.to_uppercase())).collect();
    let written: BTreeSet<(String, String)> =
        contract().operations.iter().map(|operation| (operation.path.clone(), operation.method.clone())).collect();
    let only =
        |these: &BTreeSet<_>, those: &BTreeSet<_>| these.difference(those).cloned().collect::<Vec<(String, String)>>();
    assert_eq!((only(&served, &written), only(&written, &served)), (vec![], vec![]), "(not written, not served)");
}

#[test]
fn every_operation_says_what_it_is_and_who_may() {
    let permissions: BTreeSet<&str> =
        signpost::access::policy::TABLE.iter().map(|(name, _, _, _)| *name).chain(["public"]).collect();
    let tags: BTreeSet<&str> =
        contract().document["tags"].as_array().unwrap().iter().filter_map(|tag| tag["name"].as_str()).collect();
    let mut seen = BTreeSet::new();
    let complaints = |operation: &Operation| {
        let Operation { id, told, .. } = operation;
        let is_public = told["x-permission"] == "public";
        let text = |name: &str| told[name].as_str().unwrap_or_default();
        let checks = [
            (seen.insert(id.clone()), "its id stands twice"),
            (id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "its id is not in snake_case"),
            (!text("summary").is_empty() && !text("summary").ends_with('.'), "its summary is no short phrase"),
            (
                told["tags"].as_array().is_some_and(|own| own.len() == 1 && tags.contains(own[0].as_str().unwrap())),
                "its tag is unknown",
            ),
            (permissions.contains(text("x-permission")), "its permission is none of the policy"),
            (told.get("security").is_some() == is_public, "security and x-permission disagree"),
        ];
        checks.into_iter().filter(|(right, _)| !right).map(|(_, what)| format!("{id}: {what}")).collect::<Vec<_>>()
    };
    told(contract().operations.iter().flat_map(complaints).collect());
}

#[test]
fn every_operation_says_how_it_can_be_refused() {
    let complaints = |operation: &Operation| {
        let missing: Vec<String> = refusals(operation)
            .into_iter()
            .filter(|status| operation.told["responses"].get(status).is_none())
            .map(|status| format!("{}: {status} is missing", operation.id))
            .collect();
        missing
    };
    told(contract().operations.iter().flat_map(complaints).collect());
}

/// Whether it changes something that has an `ETag`. Sessions and API tokens have none: they only begin and end.
fn changes(operation: &Operation) -> bool {
    let Operation { id, method, .. } = operation;
    ["PATCH", "PUT", "DELETE"].contains(&method.as_str()) && !["end_session", "end_token"].contains(&id.as_str())
}

/// By the conventions that hold for every operation.
fn refusals(operation: &Operation) -> Vec<&'static str> {
    let Operation { method, path, told, .. } = operation;
    let permission = told["x-permission"].as_str().unwrap_or_default();
    let sends = told.get("requestBody").is_some();
    let within = path.starts_with("/v1/hackathons/{hackathon}");
    let rules = [
        (true, "default"),
        (permission != "public", "401"),
        (!["public", "see", "see-own"].contains(&permission), "403"),
        (path.contains('{'), "404"),
        (within && method != "GET", "409"),
        (changes(operation), "412"),
        (sends, "413"),
        (sends, "415"),
        (sends || parameter(operation, "limit").is_some(), "422"),
        (parameter(operation, "If-Match").is_some_and(|one| one["required"] == true), "428"),
        (path.starts_with("/v1"), "429"),
        (method == "GET" && answers_with(operation, "ETag"), "304"),
    ];
    rules.into_iter().filter(|(wanted, _)| *wanted).map(|(_, status)| status).collect()
}

fn parameters(operation: &Operation) -> Vec<&'static Value> {
    let list = contract().named(&operation.id).told["parameters"].as_array();
    list.into_iter().flatten().map(|one| contract().resolve(one)).collect()
}

fn parameter(operation: &Operation, name: &str) -> Option<&'static Value> {
    parameters(operation).into_iter().find(|one| one["name"] == name)
}

fn answers_with(operation: &Operation, header: &str) -> bool {
    operation.told["responses"]["200"]["headers"].get(header).is_some()
}

#[test]
fn every_operation_names_its_parameters() {
    let complaints = |operation: &Operation| {
        let Operation { id, method, path, .. } = operation;
        let named: BTreeSet<&str> = parameters(operation)
            .into_iter()
            .filter(|one| one["in"] == "path" && one["required"] == true)
            .filter_map(|one| one["name"].as_str())
            .collect();
        let there: BTreeSet<&str> =
            path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        let checks = [
            (named == there, "the parameters of its path"),
            (parameter(operation, "If-Match").is_some() == changes(operation), "If-Match"),
            (
                parameter(operation, "If-None-Match").is_some() == (method == "GET" && answers_with(operation, "ETag")),
                "If-None-Match",
            ),
            (
                parameter(operation, "limit").is_some() == parameter(operation, "cursor").is_some(),
                "limit without cursor",
            ),
        ];
        checks.into_iter().filter(|(right, _)| !right).map(|(_, what)| format!("{id}: {what}")).collect::<Vec<_>>()
    };
    told(contract().operations.iter().flat_map(complaints).collect());
}

/// Every schema with an example beside it, and where they stand.
fn examples<'v>(at: &str, value: &'v Value, found: &mut Vec<(String, &'v Value, &'v Value)>) {
    if let (Some(schema), true) = (value.get("schema"), value.is_object()) {
        let one = value.get("example").into_iter();
        let several = object(&value["examples"]).map(|(_, example)| &example["value"]);
        found.extend(one.chain(several).map(|example| (at.to_owned(), schema, example)));
    }
    match value {
        Value::Object(all) => all.iter().for_each(|(name, inner)| {
            // What stands in an example is no part of the contract.
            if name != "example" && name != "examples" {
                examples(&format!("{at}/{name}"), inner, found);
            }
        }),
        Value::Array(all) => all.iter().enumerate().for_each(|(i, inner)| examples(&format!("{at}/{i}"), inner, found)),
        _ => {}
    }
}

#[test]
fn every_example_is_what_its_schema_says() {
    let mut found = Vec::new();
    examples("", &contract().document, &mut found);
    assert!(found.len() > contract().operations.len(), "the examples were not found");
    let complaint = |(at, schema, example): (String, &Value, &Value)| {
        let faults = contract().faults(&at, schema, example);
        faults.into_iter().map(move |fault| format!("{at}: {fault}")).collect::<Vec<_>>()
    };
    told(found.into_iter().flat_map(complaint).collect());
}

#[test]
fn every_body_has_an_example() {
    let complaints = |operation: &Operation| {
        let request = object(&operation.told["requestBody"]["content"]).map(|(_, media)| ("request", media));
        let answers = object(&operation.told["responses"])
            .flat_map(|(_, response)| object(&contract().resolve(response)["content"]))
            .map(|(_, media)| ("answer", media));
        let has = |media: &Value| media.get("example").is_some() || media.get("examples").is_some();
        // A workbook cannot be shown in a text.
        let bare = request.chain(answers).filter(|(_, media)| !has(media) && media["schema"] != serde_json::json!({}));
        bare.map(|(what, _)| format!("{}: its {what}", operation.id)).collect::<Vec<_>>()
    };
    told(contract().operations.iter().flat_map(complaints).collect());
}

/// Schemas that hold more than they list, and why.
const OPEN: [(&str, &str); 4] = [
    ("/components/schemas/HackathonFile", "its own JSON Schema says what it holds"),
    ("/components/schemas/HackathonFile/properties/hackathon", "its own JSON Schema says what it holds"),
    ("/components/schemas/Finding", "the facts differ by rule"),
    ("/components/schemas/QuestionEvent/properties/facts", "the facts differ by kind"),
];

/// Objects that would let an unknown field pass.
fn open_objects(at: &str, value: &Value, found: &mut Vec<String>) {
    if value["type"] == "object" && value.get("additionalProperties") != Some(&Value::Bool(false)) {
        found.push(at.to_owned());
    }
    match value {
        Value::Object(all) => all
            .iter()
            .filter(|(name, _)| *name != "example" && *name != "examples")
            .for_each(|(name, inner)| open_objects(&format!("{at}/{}", name.replace('/', "~1")), inner, found)),
        Value::Array(all) => {
            all.iter().enumerate().for_each(|(i, inner)| open_objects(&format!("{at}/{i}"), inner, found))
        }
        _ => {}
    }
}

#[test]
fn no_schema_lets_an_unknown_field_pass() {
    let mut found = Vec::new();
    open_objects("", &contract().document, &mut found);
    let schema_of_files = |at: &String| at.starts_with("/paths/~1schemas~1hackathon.json");
    found.retain(|at| !OPEN.iter().any(|(open, _)| open == at) && !schema_of_files(at));
    told(found);
}

#[test]
fn every_reference_leads_somewhere_and_nothing_is_left_over() {
    let text = contract().document.to_string();
    let used: BTreeSet<&str> = text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let kinds = ["schemas", "parameters", "headers", "responses"];
    let there: BTreeSet<String> = kinds
        .into_iter()
        .flat_map(|kind| {
            object(&contract().document["components"][kind]).map(move |(name, _)| format!("/components/{kind}/{name}"))
        })
        .collect();
    let dangling = used.iter().filter(|at| !there.contains(**at)).map(|at| format!("nothing at {at}"));
    let idle = there.iter().filter(|at| !used.contains(at.as_str())).map(|at| format!("nobody uses {at}"));
    told(dangling.chain(idle).collect());
}

#[test]
fn an_answer_against_the_contract_is_noticed() {
    let schema = serde_json::json!({"$ref": "#/components/schemas/Unit"});
    let mut unit =
        contract().named("show_unit").told["responses"]["200"]["content"]["application/json"]["example"].clone();
    assert_eq!(contract().faults("sample", &schema, &unit), [""; 0]);
    unit["secret"] = "x".into();
    unit["slug"] = "Not a slug".into();
    unit["created_at"] = "yesterday".into();
    assert_eq!(contract().faults("sample", &schema, &unit).len(), 4);
}
