//! `signpost demo`

mod dates;
mod fdp;
mod healthcare;
mod life;
mod script;

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, after, serve, work};
use crate::access::{Gate, Limits};
use crate::account::{Password, admin};
use crate::api::Site;
use crate::base::{Clock, Email, Fault};
use crate::config::Config;
use crate::db::{Backend, Db, Options};
use crate::file::{self, Document};
use crate::hackathon::Role;
use crate::pages::demo::Event;
use crate::pages::{self, Demo as Cast};
use crate::router;
use crate::serve::Parts;
use crate::transfer::{self, Wish};

/// Run a server with two example hackathons and a life of questions, in a temporary folder that goes with it.
#[derive(Args)]
pub struct Demo {}

/// Each example with the day that it has reached when the demo starts, at least, and with its story.
const EXAMPLES: [(&[u8], u64, &[script::Step]); 2] = [
    (include_bytes!("../../examples/fdp-monthly.yaml"), 18, fdp::STORY),
    (include_bytes!("../../examples/healthcare-ai.yaml"), 13, healthcare::STORY),
];

/// Everybody's password in the demo. It protects nothing: all of the demo is on the screen, and gone with the process.
const PASSWORD: &str = "signpost-demo";
/// The demo's administrator.
const ADMIN: &str = "admin@example.org";

impl Demo {
    /// Fills a temporary folder, says who one can sign in as, and serves.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let _log = crate::watch::log(config);
        let folder = tempfile::tempdir().map_err(|error| Failure(error.to_string()))?;
        let backend = Backend::Sqlite(folder.path().join("demo.sqlite3"));
        let open = |clock| Db::open(Options { backend: backend.clone(), pool: config.pool, clock });
        let (people, demo) = fill(open)?;
        work::fill(&backend, Clock::System.now())?;
        after::fill(&backend, Clock::System.now())?;
        let db = open(Clock::System)?;
        let listener = listen(config)?;
        let bound = listener.local_addr().map_err(|error| Failure(error.to_string()))?;
        let address = config.address(bound);
        greet(&address, &people);
        let parts = Parts { demo: Some(demo), ..Parts::new(db, address, config.limits, Site::default())? };
        serve::block(parts, listener, config.workers)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Where the configuration says, or anywhere on this machine if that is taken.
fn listen(config: &Config) -> Result<TcpListener, Failure> {
    TcpListener::bind(config.listen)
        .or_else(|_taken| TcpListener::bind((config.listen.ip(), 0)))
        .map_err(|error| Failure(format!("{}: {error}", config.listen)))
}

/// Somebody one can sign in as.
struct Person {
    email: String,
    name: String,
    hackathon: String,
    roles: String,
}

/// Fills the store by a clock that walks from before the first day to the present.
fn fill(open: impl Fn(Clock) -> crate::base::Result<Db>) -> Result<(Vec<Person>, Cast), Failure> {
    let now = Clock::System.now();
    let read = |(bytes, reached, _): &(&[u8], u64, _)| {
        Ok(after::with_judges(dates::moved(file::read(bytes, &router::pack_slugs())?, *reached, now)))
    };
    let documents: Vec<Document> = EXAMPLES
        .iter()
        .map(read)
        .collect::<Result<_, Vec<Fault>>>()
        .map_err(|faults| Failure(format!("an example has faults: {faults:?}")))?;
    let events: Vec<life::Event> =
        documents.iter().zip(&EXAMPLES).map(|(one, (_, _, story))| story_of(one, story)).collect();
    let first = events.iter().map(|event| event.begins).min().unwrap_or(now);
    let db = &open(Clock::fixed(first))?;
    let people: Vec<Person> = documents.iter().flat_map(people).collect();
    let demo = Cast { admin: Some(address(ADMIN)?), events: documents.iter().map(event).collect() };
    for document in documents {
        db.write_now(move |tx| transfer::import(tx, &document, None, Wish::Create))?;
    }
    admin::create(db, address(ADMIN)?, None)?;
    let mut known = BTreeSet::from([ADMIN.to_owned()]);
    known.extend(people.iter().map(|person| person.email.clone()));
    // One hash for all of them: hashing is slow on purpose, and this password is no secret.
    admin::set_passwords(
        db,
        known.into_iter().map(|email| address(&email)).collect::<Result<_, _>>()?,
        Password::new(PASSWORD),
    )?;
    // It waits for the store, so it is opened before anything waits for it in turn.
    let gate = Gate::open(db.clone(), String::new(), Limits::default())?;
    actix_web::rt::System::new().block_on(life::live(db.clone(), gate, &events, now))?;
    Ok((people, demo))
}

fn story_of(document: &Document, story: &'static [script::Step]) -> life::Event {
    let hackathon = &document.hackathon;
    life::Event { slug: hackathon.slug.clone(), begins: life::midnight(hackathon.starts_on), story }
}

/// A hackathon as the sign-in page offers its people.
fn event(document: &Document) -> Event {
    let person = |person: &file::Person| pages::demo::Person {
        email: person.email.clone(),
        name: person.name.to_string(),
        roles: person.roles.iter().filter_map(|role| Role::from_word(role.word())).collect(),
    };
    Event { name: document.hackathon.name.clone(), people: document.people.iter().map(person).collect() }
}

fn address(text: &str) -> Result<Email, Failure> {
    Email::parse(text).map_err(|unfit| Failure(unfit.detail.to_string()))
}

fn people(document: &Document) -> Vec<Person> {
    let person = |person: &file::Person| Person {
        email: person.email.to_string(),
        name: person.name.to_string(),
        hackathon: document.hackathon.slug.to_string(),
        roles: person.roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(", "),
    };
    document.people.iter().map(person).collect()
}

fn greet(address: &str, people: &[Person]) {
    outln!("Signpost {}: a demo. All of it is gone when this process ends.", env!("CARGO_PKG_VERSION"));
    outln!("Listening on {address}\n");
    outln!("Sign in as anybody here with the password {PASSWORD}:");
    outln!("  {:<34} {:<22} {:<16} {ADMIN}", "-", "administrator", "this server");
    for Person { email, name, hackathon, roles } in people {
        outln!("  {name:<34} {roles:<22} {hackathon:<16} {email}");
    }
    outln!(
        "\nTOKEN=$(curl -s {address}/v1/auth/login -H 'Content-Type: application/json' \\\n  \
         -d '{{\"email\": \"ds1@example.org\", \"password\": \"{PASSWORD}\"}}' | sed 's/.*\"access_token\":\"\\([^\"]*\\).*/\\1/')\n\
         curl -s -H \"Authorization: Bearer $TOKEN\" '{address}/v1/hackathons/fdp-monthly/who-to-ask?q=how+do+I+install+a+python+package'"
    );
}
