//! The contract as the page tells it: groups of operations, then the refusals and the schemas that they share.

use serde_json::Value;

use super::prose;
use super::schema::{Field, Named, entries, fields, kind, list, referenced, text};
use crate::access::Roles;
use crate::access::policy::TABLE;

/// All of it.
pub struct Reference {
    /// The contract's name.
    pub title: String,
    /// Its version.
    pub version: String,
    /// What holds for every operation, as HTML.
    pub intro: String,
    /// The operations, by what they are about.
    pub groups: Vec<Group>,
    /// What every operation can be refused with.
    pub refusals: Vec<Refusal>,
    /// The schemas with a name.
    pub schemas: Vec<Named>,
}

/// Operations about one thing.
pub struct Group {
    /// Its name as an anchor.
    pub anchor: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub about: String,
    /// The operations.
    pub operations: Vec<Operation>,
}

/// One operation.
pub struct Operation {
    /// Its id, and its anchor.
    pub id: String,
    /// The method in small letters.
    pub method: String,
    /// The path, with its parameters marked, as HTML.
    pub path: String,
    /// What it does, in a few words.
    pub summary: String,
    /// Its rules, as HTML.
    pub about: String,
    /// The name of the permission.
    pub permission: String,
    /// Who has it.
    pub who: String,
    /// What is given with the path, the query and the headers.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Vec<Content>,
    /// What is answered where it succeeds.
    pub answers: Vec<Answered>,
    /// Statuses of refusals, each with its anchor.
    pub refusals: Vec<(String, String)>,
}

/// One parameter.
pub struct Parameter {
    /// Where it stands: path, query or header.
    pub place: String,
    /// The parameter.
    pub field: Field,
}

/// What is sent or answered in one media type.
pub struct Content {
    /// The media type.
    pub media: String,
    /// What it holds, as HTML.
    pub kind: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Examples, each with its title.
    pub examples: Vec<(String, String)>,
}

/// An answer to a request that succeeds.
pub struct Answered {
    /// The status.
    pub status: String,
    /// What it means.
    pub about: String,
    /// The headers that matter.
    pub headers: Vec<String>,
    /// What is in it.
    pub contents: Vec<Content>,
}

/// A refusal that operations share.
pub struct Refusal {
    /// Its name, and its anchor.
    pub name: String,
    /// When it is given, as HTML.
    pub about: String,
    /// An example.
    pub example: String,
}

impl Reference {
    /// Reads the contract.
    pub fn of(contract: &Value) -> Reference {
        let info = contract.get("info").unwrap_or(&Value::Null);
        let components = contract.get("components").unwrap_or(&Value::Null);
        let operations = operations(contract);
        let group = |tag: &Value| {
            let name = text(tag, "name");
            let own = operations.iter().filter(|found| found.group == name);
            Group {
                anchor: anchor(name),
                name: name.to_owned(),
                about: text(tag, "description").to_owned(),
                operations: own.map(|found| operation(found, components)).collect(),
            }
        };
        Reference {
            title: text(info, "title").to_owned(),
            version: text(info, "version").to_owned(),
            intro: prose::html(text(info, "description")),
            groups: list(contract, "tags").iter().map(group).collect(),
            refusals: entries(components, "responses").map(|(name, told)| refusal(name, told)).collect(),
            schemas: entries(components, "schemas").map(|(name, schema)| Named::of(name, schema)).collect(),
        }
    }
}

/// An operation as it stands in the contract.
struct Found<'v> {
    group: &'v str,
    path: &'v str,
    method: &'v str,
    told: &'v Value,
}

fn operations(contract: &Value) -> Vec<Found<'_>> {
    let mut all = Vec::new();
    for (path, item) in entries(contract, "paths") {
        for (method, told) in item.as_object().into_iter().flatten() {
            let group = list(told, "tags").first().and_then(Value::as_str).unwrap_or_default();
            all.push(Found { group, path, method, told });
        }
    }
    all
}

fn anchor(name: &str) -> String {
    format!("group-{}", name.to_lowercase().replace(' ', "-"))
}

fn operation(found: &Found, components: &Value) -> Operation {
    let Found { path, method, told, .. } = found;
    let permission = text(told, "x-permission");
    let answers = entries(told, "responses").filter(|(_, answer)| referenced(answer).is_none());
    let refused = entries(told, "responses").filter_map(|(status, answer)| Some((status, referenced(answer)?)));
    let parameter = |one: &Value| parameter(shared(one, components, "parameters"));
    Operation {
        id: text(told, "operationId").to_owned(),
        method: (*method).to_owned(),
        path: prose::escaped(path).replace('{', "<var>{").replace('}', "}</var>"),
        summary: text(told, "summary").to_owned(),
        about: prose::html(text(told, "description")),
        permission: permission.to_owned(),
        who: who(permission),
        parameters: list(told, "parameters").iter().map(parameter).collect(),
        body: told.get("requestBody").map(|body| contents(body, components, true)).unwrap_or_default(),
        answers: answers.map(|(status, answer)| answered(status, answer, components)).collect(),
        refusals: refused.map(|(status, name)| (status.clone(), format!("refusal-{name}"))).collect(),
    }
}

/// What a reference leads to, else the thing itself.
fn shared<'v>(value: &'v Value, components: &'v Value, of: &str) -> &'v Value {
    referenced(value).and_then(|name| components.get(of)?.get(name)).unwrap_or(value)
}

/// The roles that have a permission, read from the policy itself.
fn who(permission: &str) -> String {
    let Some((_, by, _, _)) = TABLE.iter().find(|(name, _, _, _)| *name == permission) else {
        return "anybody, without a token".to_owned();
    };
    if *by == Roles::MEMBER {
        return "every member of the hackathon".to_owned();
    }
    if *by == Roles::OWN {
        return "whoever is signed in".to_owned();
    }
    let roles = Roles::EACH.iter().filter(|(role, _)| by.meet(*role));
    roles.map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
}

fn parameter(told: &Value) -> Parameter {
    let place = text(told, "in").to_owned();
    let about = prose::line(text(told, "description"));
    let field = Field {
        name: text(told, "name").to_owned(),
        required: told.get("required") == Some(&Value::Bool(true)),
        kind: told.get("schema").map(kind).unwrap_or_default(),
        about,
    };
    Parameter { place, field }
}

fn answered(status: &str, told: &Value, components: &Value) -> Answered {
    Answered {
        status: status.to_owned(),
        about: prose::line(text(told, "description")),
        headers: entries(told, "headers").map(|(name, _)| name.clone()).collect(),
        contents: contents(told, components, false),
    }
}

fn contents(told: &Value, components: &Value, with_fields: bool) -> Vec<Content> {
    let content = |(media, of): (&String, &Value)| {
        let schema = of.get("schema").unwrap_or(&Value::Null);
        let fields = if with_fields { fields(shared(schema, components, "schemas")) } else { Vec::new() };
        Content { media: media.clone(), kind: kind(schema), fields, examples: examples(of) }
    };
    entries(told, "content").map(content).collect()
}

fn examples(of: &Value) -> Vec<(String, String)> {
    let one = of.get("example").map(|value| ("Example".to_owned(), pretty(value)));
    let several = entries(of, "examples").map(|(_, example)| {
        (text(example, "summary").to_owned(), example.get("value").map(pretty).unwrap_or_default())
    });
    one.into_iter().chain(several).collect()
}

fn pretty(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

fn refusal(name: &str, told: &Value) -> Refusal {
    let contents = entries(told, "content").flat_map(|(_, of)| examples(of));
    Refusal {
        name: name.to_owned(),
        about: prose::line(text(told, "description")),
        example: contents.map(|(_, example)| example).next().unwrap_or_default(),
    }
}
