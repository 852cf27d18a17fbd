//! What one hackathon has is not there for another, at no address, in no field and in no list; and people's own addresses
//! are not there for those who may not contact them. Asked of every operation of the contract.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::contract::{Operation, contract, object};
use crate::support::stage::{CAST, NEVER, Stage};
use crate::support::{Reply, World};

/// Two hackathons with one of everything.
fn two(world: &World) -> (Stage<'_>, Stage<'_>) {
    (Stage::set(world, "here"), Stage::set(world, "away"))
}

fn within() -> Vec<&'static Operation> {
    let all = contract().operations.iter();
    all.filter(|operation| operation.path.starts_with("/v1/hackathons/{hackathon}")).collect()
}

/// What is told, without what is the request's own.
fn told(reply: &Reply) -> (u16, Value) {
    let mut problem = reply.json();
    if let Some(fields) = problem.as_object_mut() {
        fields.retain(|name, _| name != "instance" && name != "request_id");
    }
    (reply.status, problem)
}

/// Asks twice, once with a name from over there and once with one that never was, and gives both answers if they differ or
/// if they are no refusal.
fn differ(what: &str, foreign: &str, ask: impl Fn(&str) -> Reply) -> Option<String> {
    let (theirs, nobodys) = (ask(foreign), ask(NEVER));
    let refused = matches!(theirs.status, 404 | 422);
    // A sentence that repeats the name repeats another one each time.
    let (theirs, nobodys) = (told(&theirs), told(&nobodys));
    let (repeated, other) = (theirs.1.to_string().replace(foreign, NEVER), nobodys.1.to_string());
    let same = theirs.0 == nobodys.0 && repeated == other;
    (!(refused && same)).then(|| format!("{what}: {theirs:?} is not {nobodys:?}"))
}

fn names_in_path(operation: &Operation) -> Vec<&str> {
    let parts = operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    parts.filter(|name| !["hackathon", "a", "b"].contains(name)).collect()
}

fn query_names(operation: &Operation) -> Vec<&'static str> {
    let list = contract().named(&operation.id).told["parameters"].as_array();
    let all = list.into_iter().flatten().map(|one| contract().resolve(one));
    let names = all.filter(|one| one["in"] == "query").filter_map(|one| one["name"].as_str());
    names.filter(|name| ["topic", "team", "organization", "unit", "member"].contains(name)).collect()
}

/// Where a body holds one of these words.
fn places(at: &str, value: &Value, words: &[String], found: &mut Vec<String>) {
    match value {
        Value::String(text) if words.contains(text) => found.push(at.to_owned()),
        Value::Object(all) => all.iter().for_each(|(name, inner)| places(&format!("{at}/{name}"), inner, words, found)),
        Value::Array(all) => {
            all.iter().enumerate().for_each(|(i, one)| places(&format!("{at}/{i}"), one, words, found))
        }
        _ => {}
    }
}

/// The thing of another name in bodies that a field of this name holds.
const FIELDS: [(&str, &str); 20] = [
    ("organization", "organization"),
    ("unit", "unit"),
    ("member", "member"),
    ("lead", "member"),
    ("team", "team"),
    ("topic", "topic"),
    ("parent", "topic"),
    ("channel", "channel"),
    ("owner", "member"),
    ("holder", "unit"),
    ("to", "member"),
    ("of", "question"),
    ("answer", "answer"),
    ("submission", "submission"),
    ("criterion", "criterion"),
    ("judge", "judge"),
    ("sponsor", "organization"),
    ("question", "question"),
    ("questions", "question"),
    ("superseded_by", "decision"),
];

on_both! {
    fn a2_a_path_leads_to_nothing_of_another_hackathon(world) {
        let (here, there) = two(world);
        let mut wrong = Vec::new();
        for operation in within() {
            for foreign in names_in_path(operation) {
                let kind = if operation.path.contains("/mentors/") && foreign == "member" { "mentor" } else { foreign };
                if !there.things.contains_key(kind) { continue }
                for name in there.names(kind) {
                    // A sprint's number stands for a sprint in every hackathon.
                    if here.names(kind).contains(name) { continue }
                    wrong.extend(differ(&format!("{} {kind}", operation.id), name, |name| {
                        let path = here.path_with(operation, |param| if param == kind { name.to_owned() } else { here.name(param).to_owned() });
                        here.ask(operation, &path, here.body(&operation.id, 0), Some(here.doer(&operation.id)))
                    }));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
        for path in ["units/away-acme-unit", "teams/away-red", "topics/away-etl", "channels/away-desk", "sprints/1"] {
            there.event.read(path);
        }
    }

    fn a2_a_query_names_nothing_of_another_hackathon(world) {
        let (here, there) = two(world);
        let mut wrong = Vec::new();
        for operation in within() {
            for name in query_names(operation) {
                let found = there.names(name).iter().filter_map(|foreign| {
                    differ(&format!("{} ?{name}=", operation.id), foreign, |value| {
                        let path = format!("{}?{name}={value}", here.path(operation));
                        here.ask(operation, &path, None, Some(&here.event.organizer))
                    })
                });
                wrong.extend(found);
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    fn a2_a_body_names_nothing_of_another_hackathon(world) {
        let (here, there) = two(world);
        let all_here: Vec<String> = here.things.values().flatten().filter(|name| name.parse::<i32>().is_err()).cloned().collect();
        let (mut wrong, mut seen) = (Vec::new(), 0);
        for operation in within() {
            let Some(body) = here.body(&operation.id, 0) else { continue };
            let mut found = Vec::new();
            places("", &body, &all_here, &mut found);
            for place in found {
                let field = place.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
                let (_, kind) = FIELDS.iter().find(|(name, _)| *name == field).unwrap_or_else(|| panic!("{} {place}", operation.id));
                for foreign in there.names(kind) {
                    seen += 1;
                    wrong.extend(differ(&format!("{} {place}", operation.id), foreign, |name| {
                        let mut body = body.clone();
                        *body.pointer_mut(&place).expect("a place in the body") = json!(name);
                        here.ask(operation, &here.path(operation), Some(body), Some(here.doer(&operation.id)))
                    }));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
        assert!(seen > 20, "only {seen} were tried");
    }

    fn a3_an_outsider_finds_nothing(world) {
        let (here, there) = two(world);
        let outsiders = [world.person("stranger"), world.admin(), there.event.organizer.clone(), there.cast["participant"].person.clone()];
        for outsider in &outsiders {
            for operation in within().into_iter().filter(|operation| operation.method == "GET") {
                here.ask(operation, &here.path(operation), None, Some(outsider)).must(404);
            }
        }
        let stranger = &outsiders[0];
        for list in ["/v1/hackathons", "/v1/organizations"] {
            assert_eq!(world.get(stranger, list).must(200).json(), json!({"items": [], "next": null}), "{list}");
            let of_others = world.get(&there.event.organizer, list).must(200).text();
            assert!(of_others.contains("away") && !of_others.contains("here-acme") && !of_others.contains("\"here\""), "{list}: {of_others}");
        }
        world.get(stranger, "/v1/users").must(403);
        world.get(stranger, "/v1/organizations/here-acme").must(404);
        assert_eq!(world.get(stranger, "/v1/me").must(200).json()["memberships"], json!([]));
    }

    fn a5_addresses_of_people_are_told_only_to_who_may_contact_them(world) {
        let stage = Stage::set(world, "here");
        let phone = "+44 20 7946 0958";
        for joined in stage.cast.values() {
            world.patch(&joined.person, "/v1/me", json!({"phone": phone})).must(200);
        }
        let reads = contract().operations.iter().filter(|operation| operation.method == "GET" && operation.path.starts_with("/v1/"));
        let (mut leaks, mut told) = (Vec::new(), 0);
        for operation in reads {
            for role in CAST {
                let person = &stage.cast[role].person;
                let reply = stage.ask(operation, &stage.path(operation), None, Some(person));
                let found = addresses(&reply.text(), &stage, phone);
                let may = ["organizer", "mentor", "responder", "unit_lead"].contains(&role);
                // One's own are one's own.
                let own = operation.path.starts_with("/v1/me");
                if may { told += found.len() } else if !own { leaks.extend(found.into_iter().map(|found| format!("{} {role}: {found}", operation.id))) }
            }
        }
        assert!(leaks.is_empty(), "\n{}", leaks.join("\n"));
        assert!(told > 10, "those who may contact people were told only {told} addresses");
    }
}

/// The email addresses and telephone numbers of members in an answer.
fn addresses(text: &str, stage: &Stage, phone: &str) -> Vec<String> {
    let emails = stage.cast.values().map(|joined| joined.person.email.as_str());
    emails.chain([phone]).filter(|address| text.contains(address)).map(str::to_owned).collect()
}

/// By schema too: an email address or a telephone number stands in no answer but those that are known to hold one.
#[test]
fn a5_no_other_schema_has_an_address_in_it() {
    let known = [
        "Member",
        "Me",
        "User",
        "NewMember",
        "NewUser",
        "MePatch",
        "Login",
        "Invitation",
        "InvitationMade",
        "NewInvitation",
        // Those see them who may invite one; who sees a guest otherwise sees `GuestName`.
        "Guest",
        "GuestMade",
        "NewGuest",
        // Theirs says how somebody wants to be mailed.
        "NotificationPreferences",
        "NotificationPreferencesPatch",
    ];
    let schemas = object(&contract().document["components"]["schemas"]);
    let with =
        schemas.filter(|(_, schema)| object(&schema["properties"]).any(|(name, _)| name == "email" || name == "phone"));
    let strange: Vec<&String> = with.map(|(name, _)| name).filter(|name| !known.contains(&name.as_str())).collect();
    assert!(strange.is_empty(), "{strange:?}");
}
