//! Every operation at every door: `doors.txt` says who gets through, and here they all knock.

mod judging;
mod question;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::on_both;
use crate::support::contract::{Operation, contract};
use crate::support::stage::{CAST, PASSWORD, Stage};
use crate::support::{Person, World};

const TABLE: &str = include_str!("doors.txt");
const CALLERS: [&str; 9] =
    ["nobody", "participant", "mentor", "responder", "unit_lead", "organizer", "judge", "observer", "server_admin"];
const SITUATIONS: [&str; 5] = ["own", "other", "ended", "invited", "suspended"];

/// A row of the table: an operation, a situation, and the status for each caller.
struct Row {
    operation: String,
    situation: String,
    statuses: Vec<u16>,
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let row = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        let (operation, situation) = (words.next().expect("an operation"), words.next().expect("a situation"));
        let statuses: Vec<u16> = words.map(|word| word.parse().expect("a status")).collect();
        assert_eq!(statuses.len(), CALLERS.len(), "{operation} {situation}");
        Row { operation, situation, statuses }
    };
    lines.map(row).collect()
}

#[test]
fn a1_every_operation_has_its_rows() {
    let written: BTreeSet<(String, String)> = rows().into_iter().map(|row| (row.operation, row.situation)).collect();
    let is_open = |operation: &Operation| operation.told["x-permission"] == "public";
    let of = |operation: &Operation| {
        let situations = if is_open(operation) { vec!["any"] } else { SITUATIONS.to_vec() };
        situations.into_iter().map(|situation| (operation.id.clone(), situation.to_owned())).collect::<Vec<_>>()
    };
    let wanted: BTreeSet<(String, String)> = contract().operations.iter().flat_map(of).collect();
    assert_eq!(wanted.difference(&written).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "rows are missing");
    assert_eq!(written.difference(&wanted).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "rows of nothing");
    assert_eq!(written.len(), rows().len(), "a row stands twice");
}

/// Three hackathons and everybody who knocks.
struct Town<'w> {
    world: &'w World,
    own: Stage<'w>,
    other: Stage<'w>,
    ended: Stage<'w>,
    invited: BTreeMap<&'static str, Person>,
    suspended: BTreeMap<&'static str, Person>,
    admin: Person,
}

impl<'w> Town<'w> {
    fn build(world: &'w World) -> Town<'w> {
        let [own, other, ended] = ["own", "other", "ended"].map(|slug| Stage::set(world, slug));
        let admin = world.admin();
        let (mut invited, mut suspended) = (invited(&own), suspended(&own));
        // The server knows neither membership nor invitation of its administrator.
        invited.insert("server_admin", admin.clone());
        suspended.insert("server_admin", suspended_admin(world, &admin));
        world.with_password("keyholder", PASSWORD);
        world
            .patch(&ended.event.organizer, ended.event.path("").trim_end_matches('/'), json!({"ended": true}))
            .must(200);
        Town { world, own, other, ended, invited, suspended, admin }
    }

    /// Where a caller knocks, and as whom.
    fn knock(&self, situation: &str, caller: &str) -> (&Stage<'w>, Option<Person>) {
        let stage = if situation == "ended" { &self.ended } else { &self.own };
        let of_cast = |stage: &Stage| stage.cast.get(caller).map(|joined| joined.person.clone());
        let person = match (situation, caller) {
            (_, "nobody") => None,
            ("suspended", _) => self.suspended.get(caller).cloned(),
            (_, "server_admin") => Some(self.admin.clone()),
            ("invited", _) => self.invited.get(caller).cloned(),
            ("other", _) => of_cast(&self.other),
            _ => of_cast(stage),
        };
        assert_eq!(person.is_none(), caller == "nobody", "there is no {situation} {caller}");
        (stage, person)
    }
}

fn roles_of(name: &str) -> [&str; 1] {
    [if name == "unit_lead" { "responder" } else { name }]
}

fn invited(stage: &Stage) -> BTreeMap<&'static str, Person> {
    let world = stage.event.world;
    let invite = |role: &'static str| {
        let person = world.person(&format!("invited-{role}"));
        stage.event.make("invitations", json!({"email": person.email, "roles": roles_of(role)}));
        (role, person)
    };
    CAST.into_iter().map(invite).collect()
}

fn suspended(stage: &Stage) -> BTreeMap<&'static str, Person> {
    let suspend = |role: &'static str| {
        let joined = stage.event.join(&format!("suspended-{role}"), &roles_of(role));
        let path = stage.event.path(&format!("members/{}", joined.id));
        stage.event.world.patch(&stage.event.organizer, &path, json!({"suspended": true})).must(200);
        (role, joined.person)
    };
    CAST.into_iter().map(suspend).collect()
}

fn suspended_admin(world: &World, admin: &Person) -> Person {
    let person = world.person("suspended-admin");
    world.patch(admin, &format!("/v1/users/{}", person.id), json!({"admin": true})).must(200);
    world.patch(admin, &format!("/v1/users/{}", person.id), json!({"suspended": true})).must(200);
    person
}

/// What is asked of one operation by one caller. Whoever may delete something is given something to delete, and whoever may
/// do something to a question is given a question.
fn status(town: &Town, operation: &Operation, knock: (&Stage, Option<Person>), wanted: u16, n: usize) -> u16 {
    let (stage, mut person) = knock;
    let id = operation.id.as_str();
    if let (Some(caller), "log_out" | "end_session") = (&person, id) {
        // Not the session that knocks at the other doors.
        let name = caller.email.split('@').next().unwrap_or_default();
        person = Some(if wanted == 401 { caller.clone() } else { town.world.person(name) });
    }
    let mut path = stage.path(operation);
    if wanted == 204 {
        path = doomed(town, operation, stage, person.as_ref(), n).unwrap_or(path);
    }
    let mut body = stage.body(id, n);
    if let (200 | 201, Some(by)) = (wanted, &person)
        && let Some((ready, own)) = question::ready(stage, id, by).or_else(|| judging::ready(stage, id, by, n))
    {
        path = ready;
        body = own.or(body);
    }
    match id {
        "import_hackathon" => path.push_str("?update=true&dry_run=true"),
        "who_to_ask" => path.push_str("?q=pipeline"),
        "compare_matrices" => path.push_str(&format!("?with={}", stage.event.slug)),
        _ => {}
    }
    stage.ask(operation, &path, body, person.as_ref()).status
}

fn doomed(town: &Town, operation: &Operation, stage: &Stage, by: Option<&Person>, n: usize) -> Option<String> {
    let world = town.world;
    match (operation.id.as_str(), by) {
        ("delete_hackathon", Some(by)) => {
            let mut event = stage.body("create_hackathon", n)?;
            event["organizers"] = json!([by.email]);
            let made = world.post(&town.admin, "/v1/hackathons", event).must(201);
            made.header("location").map(str::to_owned)
        }
        ("end_session", Some(by)) => Some(format!("/v1/me/sessions/{}", by.session)),
        ("end_token", Some(by)) => {
            let made = world.post(by, "/v1/me/tokens", json!({"name": "N", "scopes": ["read"]})).must(201);
            made.header("location").map(str::to_owned)
        }
        _ => stage.doomed(operation, n),
    }
}

on_both! {
    fn a1_each_door_opens_to_whom_the_table_says(world) {
        let town = Town::build(world);
        let mut wrong = Vec::new();
        for (line, row) in rows().iter().enumerate() {
            let operation = contract().named(&row.operation);
            let situation = if row.situation == "any" { "own" } else { &row.situation };
            for (column, (caller, wanted)) in CALLERS.iter().zip(&row.statuses).enumerate() {
                let n = line * CALLERS.len() + column;
                let got = status(&town, operation, town.knock(situation, caller), *wanted, n);
                if got != *wanted {
                    wrong.push(format!("{} {} {caller}: {got} instead of {wanted}", row.operation, row.situation));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}
