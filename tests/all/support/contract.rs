//! The contract, as every answer in every test is held against it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// Refusals that `default` stands for: any operation can give them, and none can do anything about them.
const ANYWHERE: [u16; 7] = [405, 408, 429, 431, 500, 503, 507];

/// `openapi.yaml`, read.
pub struct Contract {
    /// The document.
    pub document: Value,
    /// Every operation in it.
    pub operations: Vec<Operation>,
    /// What a schema was compiled to, by where it stands.
    compiled: Mutex<HashMap<String, Arc<Validator>>>,
}

/// An operation of the contract.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its id.
    pub id: String,
    /// The method in capitals.
    pub method: String,
    /// The path with its parameters in braces.
    pub path: String,
    /// What stands there.
    pub told: Value,
}

/// What was sent and what came back.
pub struct Exchange<'a> {
    pub method: &'a str,
    /// With its query.
    pub path: &'a str,
    pub sent: Option<&'a [u8]>,
    pub status: u16,
    pub headers: &'a [(String, String)],
    pub answered: &'a [u8],
}

/// The contract.
pub fn contract() -> &'static Contract {
    static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
        let document = signpost::file::value(signpost::api::meta::OPENAPI.as_bytes()).expect("the contract is YAML");
        let operations = operations(&document);
        Contract { document, operations, compiled: Mutex::default() }
    });
    &CONTRACT
}

fn operations(document: &Value) -> Vec<Operation> {
    let mut all = Vec::new();
    for (path, item) in object(&document["paths"]) {
        for (method, told) in object(item) {
            let id = told["operationId"].as_str().expect("an operationId").to_owned();
            all.push(Operation { id, method: method.to_uppercase(), path: path.clone(), told: told.clone() });
        }
    }
    all
}

/// The entries of an object; none where it is no object.
pub fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

/// Whether a path is one of those that a template with parameters stands for. Gives how many segments are literal.
fn fit(template: &str, path: &str) -> Option<usize> {
    let (wanted, given): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    let same = |(wanted, given): (&&str, &&str)| wanted == given || (wanted.starts_with('{') && !given.is_empty());
    let fits = wanted.len() == given.len() && wanted.iter().zip(&given).all(same);
    fits.then(|| wanted.iter().filter(|part| !part.starts_with('{')).count())
}

impl Contract {
    /// The operation with this id.
    #[track_caller]
    pub fn named(&self, id: &str) -> &Operation {
        self.operations.iter().find(|operation| operation.id == id).unwrap_or_else(|| panic!("no operation {id}"))
    }

    /// The operation that a request is.
    fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        // Whoever may GET may ask for the headers alone.
        let method = if method == "HEAD" { "GET" } else { method };
        let fitting = self.operations.iter().filter(|operation| operation.method == method);
        let ranked = fitting.filter_map(|operation| Some((fit(&operation.path, path)?, operation)));
        ranked.max_by_key(|(literal, _)| *literal).map(|(_, operation)| operation)
    }

    /// The thing itself, or what its `$ref` leads to.
    pub fn resolve<'v>(&'v self, value: &'v Value) -> &'v Value {
        match value["$ref"].as_str() {
            Some(target) => self.document.pointer(target.trim_start_matches('#')).expect("a reference that leads somewhere"),
            None => value,
        }
    }

    /// A schema, ready to check with; `place` names it.
    pub fn compiled(&self, place: &str, schema: &Value) -> Arc<Validator> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || {
            let mut whole = schema.clone();
            if let Some(whole) = whole.as_object_mut() {
                whole.insert("components".into(), json!({"schemas": self.document["components"]["schemas"]}));
            }
            let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
            Arc::new(options.build(&whole).unwrap_or_else(|error| panic!("{place}: {error}")))
        };
        compiled.entry(place.to_owned()).or_insert_with(fresh).clone()
    }

    /// What is wrong with a value by its schema.
    pub fn faults(&self, place: &str, schema: &Value, value: &Value) -> Vec<String> {
        let validator = self.compiled(place, schema);
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    /// Fails the test where an answer is none that the contract promises.
    pub fn hold(&self, exchange: &Exchange) {
        // A request with too many headers is refused while it is read, before it is a request for anything.
        if exchange.status == 431 {
            return;
        }
        let Some(operation) = self.operation(exchange.method, exchange.path) else { return };
        let faults = self.complaints(operation, exchange);
        let Exchange { method, path, status, .. } = exchange;
        assert!(
            faults.is_empty(),
            "{} ({method} {path}) answered {status}, against openapi.yaml:\n{}\n{}",
            operation.id,
            faults.join("\n"),
            String::from_utf8_lossy(exchange.answered)
        );
    }

    fn complaints(&self, operation: &Operation, exchange: &Exchange) -> Vec<String> {
        let Exchange { status, .. } = exchange;
        let responses = &operation.told["responses"];
        let listed = responses.get(status.to_string());
        let Some(response) = listed.or_else(|| responses.get("default").filter(|_| ANYWHERE.contains(status))) else {
            return vec![format!("the status {status} is not documented")];
        };
        let response = self.resolve(response);
        let mut faults = headers(response, exchange);
        faults.extend(self.content(operation, response, exchange));
        if (200..300).contains(status) {
            faults.extend(self.request(operation, exchange));
        }
        faults
    }

    /// What was answered is of a documented type and shape.
    fn content(&self, operation: &Operation, response: &Value, exchange: &Exchange) -> Vec<String> {
        let Exchange { status, answered, .. } = exchange;
        if exchange.method == "HEAD" {
            return Vec::new();
        }
        let Some(content) = response.get("content") else {
            return if answered.is_empty() { Vec::new() } else { vec!["a body where none is documented".into()] };
        };
        let media = media(exchange.headers);
        let Some(documented) = content.get(&media) else { return vec![format!("the type {media:?} is not documented")] };
        if !is_json(&media) {
            return Vec::new();
        }
        let Ok(value) = serde_json::from_slice(answered) else { return vec!["the body is no JSON".into()] };
        self.faults(&format!("{} {status} {media}", operation.id), &documented["schema"], &value)
    }

    /// A request that was accepted is one that the contract allows.
    fn request(&self, operation: &Operation, exchange: &Exchange) -> Vec<String> {
        let schema = &operation.told["requestBody"]["content"]["application/json"]["schema"];
        let sent = exchange.sent.and_then(|bytes| serde_json::from_slice::<Value>(bytes).ok());
        let (Some(value), false) = (sent, schema.is_null()) else { return Vec::new() };
        let faults = self.faults(&format!("{} request", operation.id), schema, &value);
        faults.into_iter().map(|fault| format!("accepted, though the request is not allowed: {fault}")).collect()
    }
}

/// The documented headers without which a client cannot go on, and the id that every answer has.
fn headers(response: &Value, exchange: &Exchange) -> Vec<String> {
    let has = |name: &str| exchange.headers.iter().any(|(have, _)| have.eq_ignore_ascii_case(name));
    let needed = ["ETag", "Location", "Retry-After"].into_iter().filter(|name| response["headers"].get(name).is_some());
    let missing = needed.chain(["X-Request-Id"]).filter(|name| !has(name));
    missing.map(|name| format!("the header {name} is missing")).collect()
}

fn media(headers: &[(String, String)]) -> String {
    let header = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    header.and_then(|(_, value)| value.split(';').next()).unwrap_or_default().trim().to_owned()
}

fn is_json(media: &str) -> bool {
    media == "application/json" || media.ends_with("+json")
}
