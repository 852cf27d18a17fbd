//! A hackathon in which questions are asked: two units of Acme, one on duty now (development) and one not (operations), a
//! unit of the host without hours, two teams with a mentor each, and an organizer.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::support::{Person, Reply, World};

/// The hackathon and its people.
pub struct Scene<'w> {
    pub world: &'w World,
    people: HashMap<&'static str, Person>,
}

/// Everybody in it.
pub const PEOPLE: [&str; 15] = [
    "planner", "boss", "chief", "dev1", "dev2", "ops1", "data1", "mentor1", "mentor2", "ada", "bob", "cleo", "judge",
    "watcher", "keeper",
];

pub const QUESTIONS: &str = "/v1/hackathons/h1/questions";

impl<'w> Scene<'w> {
    pub fn open(world: &'w World) -> Scene<'w> {
        let admin = world.admin();
        let file = include_str!("scene.yaml");
        let import = world.call("POST", "/v1/hackathons/import").by(&admin).header("Content-Type", "application/yaml");
        let made = import.body(file).send().must(201).json();
        assert_eq!(made["matrix_version"], 1, "the matrix was not published: {made}");
        Scene::among(world)
    }

    /// The same people in another hackathon of that name.
    pub fn among(world: &'w World) -> Scene<'w> {
        Scene { world, people: PEOPLE.iter().map(|name| (*name, world.person(name))).collect() }
    }

    /// The same, later: everybody has signed in again.
    pub fn later(self, by: chrono::TimeDelta) -> Scene<'w> {
        let world = self.world;
        world.later(by);
        Scene::among(world)
    }

    pub fn who(&self, name: &str) -> &Person {
        &self.people[name]
    }

    /// The member id of somebody.
    pub fn member(&self, name: &str) -> String {
        let found = self.get("planner", &format!("/v1/hackathons/h1/members?q={name}")).must(200).json();
        let items = found["items"].as_array().expect("members").clone();
        let one = items.iter().find(|one| one["display_name"] == name).expect("a member of that name");
        one["id"].as_str().expect("an id").to_owned()
    }

    pub fn get(&self, who: &str, path: &str) -> Reply {
        self.world.get(self.who(who), path)
    }

    pub fn post(&self, who: &str, path: &str, body: Value) -> Reply {
        self.world.post(self.who(who), path, body)
    }

    /// Asks, and gives back the question.
    #[track_caller]
    pub fn ask(&self, who: &str, body: Value) -> Value {
        self.post(who, QUESTIONS, body).must(201).json()
    }

    /// A question on pipelines from team red, which lies with the development team.
    #[track_caller]
    pub fn on_etl(&self) -> String {
        id(&self.ask("ada", json!({"title": "How do I schedule a pipeline?", "topic": "etl"})))
    }

    /// A verb on a question that needs no body.
    pub fn verb(&self, who: &str, question: &str, verb: &str) -> Reply {
        self.world.call("POST", &format!("{QUESTIONS}/{question}/{verb}")).by(self.who(who)).send()
    }

    /// A verb on a question with a body.
    pub fn verb_with(&self, who: &str, question: &str, verb: &str, body: Value) -> Reply {
        self.post(who, &format!("{QUESTIONS}/{question}/{verb}"), body)
    }

    pub fn edit(&self, who: &str, question: &str, body: Value) -> Reply {
        self.world.patch(self.who(who), &format!("{QUESTIONS}/{question}"), body)
    }

    /// The question as somebody sees it.
    #[track_caller]
    pub fn see(&self, who: &str, question: &str) -> Value {
        self.get(who, &format!("{QUESTIONS}/{question}")).must(200).json()
    }

    /// The kinds of its events, in order.
    #[track_caller]
    pub fn kinds(&self, question: &str) -> Vec<String> {
        self.events(question).iter().map(|event| text(&event["kind"])).collect()
    }

    #[track_caller]
    pub fn events(&self, question: &str) -> Vec<Value> {
        let path = format!("{QUESTIONS}/{question}/events?limit=100");
        self.get("planner", &path).must(200).json()["items"].as_array().expect("events").clone()
    }

    /// Offers a question to another holder, and gives back the hand-off's id.
    #[track_caller]
    pub fn offer(&self, who: &str, question: &str, to: Value) -> String {
        let body = json!({"to": to, "reason": "They know this better."});
        id(&self.verb_with(who, question, "handoffs", body).must(201).json())
    }

    /// Accepts, declines or withdraws a hand-off.
    pub fn settle(&self, who: &str, handoff: &str, verb: &str) -> Reply {
        let call = self.world.call("POST", &format!("/v1/hackathons/h1/handoffs/{handoff}/{verb}")).by(self.who(who));
        if verb == "decline" { call.json(json!({"reason": "Not ours."})).send() } else { call.send() }
    }
}

/// A JSON string as it is.
#[track_caller]
pub fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

/// The id of something.
#[track_caller]
pub fn id(value: &Value) -> String {
    text(&value["id"])
}

/// The slug of whom a question lies with.
#[track_caller]
pub fn holder(question: &Value) -> String {
    text(&question["holder"]["slug"])
}

/// The codes of the faults in a refusal.
#[track_caller]
pub fn codes(reply: Reply) -> Vec<(String, String)> {
    let problem = reply.must(422).json();
    let faults = problem["errors"].as_array().expect("faults").clone();
    faults.iter().map(|fault| (text(&fault["pointer"]), text(&fault["code"]))).collect()
}

/// One fault.
pub fn fault(pointer: &str, code: &str) -> Vec<(String, String)> {
    vec![(pointer.to_owned(), code.to_owned())]
}
