//! The real program in processes of its own: killed, stopped, cut off from its database, and several on one.

mod durability;
mod outage;
mod together;

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use signpost::base::{Clock, Id, Key, Slug};
use signpost::db::{Backend, Db, Options};
use signpost::question::store;
use signpost::{hackathon, outbox};

use crate::commands::{Place, Server, get};

/// Everybody's password.
const PASSWORD: &str = "correct horse battery";
pub const QUESTIONS: &str = "/v1/hackathons/h1/questions";

/// Somebody who calls a server over the wire.
#[derive(Clone)]
pub struct Caller {
    address: String,
    token: String,
    agent: ureq::Agent,
}

/// What was answered.
#[derive(Debug)]
pub struct Told {
    pub status: u16,
    pub body: Value,
    pub retry_after: Option<String>,
}

impl Caller {
    pub fn sign_in(server: &Server, email: &str, password: &str) -> Caller {
        // No connection outlives its request, so that none is closed under the next one.
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_idle_connections(0);
        let agent = config.timeout_global(Some(Duration::from_secs(20))).build().into();
        let nobody = Caller { address: server.address.clone(), token: String::new(), agent };
        let told = nobody.call("POST", "/v1/auth/login", Some(json!({"email": email, "password": password})));
        let told = told.expect("an answer");
        assert_eq!(told.status, 200, "{told:?}");
        Caller { token: told.body["access_token"].as_str().unwrap().to_owned(), ..nobody }
    }

    /// The same person at another server of the same name.
    pub fn at(&self, server: &Server) -> Caller {
        Caller { address: server.address.clone(), ..self.clone() }
    }

    /// One request; `None` where no whole answer came.
    pub fn call(&self, method: &str, path: &str, body: Option<Value>) -> Option<Told> {
        let url = format!("http://{}{path}", self.address);
        let request = ureq::http::Request::builder().method(method).uri(url);
        let request = match self.token.is_empty() {
            true => request,
            false => request.header("Authorization", format!("Bearer {}", self.token)),
        };
        let sent = match body {
            Some(body) => {
                let request = request.header("Content-Type", "application/json");
                self.agent.run(request.body(body.to_string()).unwrap())
            }
            None => self.agent.run(request.body(()).unwrap()),
        };
        let mut answer = sent.ok()?;
        let retry_after = answer.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
        let text = answer.body_mut().read_to_string().ok()?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Some(Told { status: answer.status().as_u16(), body, retry_after })
    }

    /// What is there, which must be.
    #[track_caller]
    pub fn get(&self, path: &str) -> Value {
        let told = self.call("GET", path, None).expect("an answer");
        assert_eq!(told.status, 200, "{path}: {told:?}");
        told.body
    }

    /// Asks; `None` where that was not acknowledged.
    pub fn ask(&self, title: &str) -> Option<Told> {
        self.call("POST", QUESTIONS, Some(json!({"title": title, "topic": "etl"})))
    }
}

/// A place with the scene's hackathon and its people in it, and an address that its server always has.
pub struct Site {
    pub place: Place,
    pub address: String,
}

impl Site {
    pub fn filled(place: Place) -> Site {
        let file = place.path("scene.yaml");
        std::fs::write(&file, include_str!("questions/scene.yaml")).unwrap();
        place.done(&["import", &file.to_string_lossy()], "");
        for who in ["planner", "chief", "dev1", "dev2", "mentor1", "ada"] {
            place.done(&["admin", "set-password", &format!("{who}@example.org")], &format!("{PASSWORD}\n"));
        }
        Site { place, address: free_address() }
    }

    pub fn command(&self) -> Command {
        let mut command = self.place.command(&["serve"]);
        command.env("SIGNPOST_LISTEN", &self.address).stderr(Stdio::null());
        command
    }

    pub fn serve(&self) -> Server {
        Server::run(&mut self.command())
    }

    /// A second node: people reach both under the address of the first.
    pub fn beside(&self) -> Server {
        let (own, mut command) = (free_address(), self.command());
        command.env("SIGNPOST_LISTEN", &own).env("SIGNPOST_BASE_URL", format!("http://{}", self.address));
        let mut second = Server::unready(&mut command);
        second.address.clone_from(&own);
        within(Duration::from_secs(20), "the second node", || {
            get(&own, "/readyz").filter(|(status, _)| *status == 200)
        });
        second
    }

    pub fn caller(&self, server: &Server, who: &str) -> Caller {
        Caller::sign_in(server, &format!("{who}@example.org"), PASSWORD)
    }

    /// Looks into the store while no server runs: every question follows from its history, numbers and histories have no gaps,
    /// and every event was put into the outbox once. Gives the ids of the questions.
    #[track_caller]
    pub fn sound(&self) -> BTreeSet<String> {
        let backend = match &self.place.database {
            Some(database) => Backend::from_url(database.url()),
            None => Backend::Sqlite(self.place.path("data").join("signpost.sqlite3")),
        };
        let db = Db::open(Options { backend, pool: 1, clock: Clock::System }).unwrap();
        let read = db.read_now(|tx| {
            let here = hackathon::store::find(tx, &Key::Slug(Slug::parse("h1").unwrap()))?.expect("h1").id;
            let (mut ids, mut happened) = (BTreeSet::new(), 0);
            let end = outbox::store::end(tx, here)?;
            for number in 1.. {
                let key = Key::parse(&number.to_string()).unwrap();
                let Some(question) = store::find(tx, here, &key)? else { break };
                let events = store::event::all(tx, question.id)?;
                assert!(events.iter().map(|event| event.seq).eq(1..=question.life.seq), "a history with a gap");
                assert_eq!(signpost::question::fold(&events).as_ref(), Some(&question.life), "half a change");
                assert!(
                    store::stay::all(tx, question.id)?.iter().any(|stay| stay.ended_at.is_none()),
                    "nobody holds it"
                );
                happened += i64::from(question.life.seq);
                ids.insert(question.id.to_string());
            }
            Ok((ids, happened, end))
        });
        let (ids, happened, end) = read.unwrap();
        assert_eq!(happened, end, "the outbox has each event once");
        ids
    }
}

/// An address on this machine that was free a moment ago.
pub fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// Looks until there is something, at most so long.
#[track_caller]
pub fn within<T>(most: Duration, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < most, "{what}: not within {most:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A title that is a question's own.
pub fn title(writer: usize, n: usize) -> String {
    format!("Question {n} of writer {writer}?")
}

/// The id of a question that was acknowledged.
pub fn acknowledged(told: Option<Told>) -> Option<Id<signpost::question::Question>> {
    let told = told.filter(|told| told.status == 201)?;
    Some(Id::from_uuid(told.body["id"].as_str().unwrap().parse().unwrap()))
}
