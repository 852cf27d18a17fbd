//! A world to test in: a server of its own over a database of its own, a clock that stands, and people who call it.

use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde_json::{Value, json};
use signpost::access::{Gate, Limits, SessionId, UserId};
use signpost::account::session::{self, Origin};
use signpost::account::{self, NewUser, Opened, Password, Passwords, admin};
use signpost::api::Site;
use signpost::base::{Clock, Email, Id, Instant, Name};
use signpost::db::{Backend, Db, Options};
use signpost::mail::Mailer;
use signpost::serve::{Parts, serve};
use signpost::stream::Streams;
use signpost::transfer;

use super::contract::{Exchange, contract};
use super::postgres::{Database, Postgres};
use super::way_out::way_out;

/// Which database a world lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// The embedded one.
    Sqlite,
    /// A throw-away server.
    Postgres,
}

/// Writes a test twice: once on SQLite, once on PostgreSQL.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* fn $name:ident($world:ident) $body:block)*) => { $(
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a sentence may need nothing of its file")]
            use super::*;
            $(#[$meta])*
            fn on($world: &$crate::support::World) $body
            #[test]
            fn sqlite() { on(&$crate::support::World::new($crate::support::On::Sqlite)) }
            #[test]
            fn postgres() { on(&$crate::support::World::new($crate::support::On::Postgres)) }
        }
    )* };
}

/// A server with its database. It stops when this is dropped.
pub struct World {
    /// The store, for looking behind the door.
    pub db: Db,
    /// The gate, for making tokens.
    pub gate: Gate,
    /// Where passwords are hashed, for counting.
    pub passwords: Passwords,
    /// Where mails end up.
    pub mailer: Mailer,
    /// Who listens.
    pub streams: Streams,
    /// Stands until it is moved.
    pub clock: Clock,
    /// The server's address.
    pub url: String,
    agent: ureq::Agent,
    stop: Option<(actix_web::dev::ServerHandle, JoinHandle<()>)>,
    place: Arc<Place>,
}

/// Where a world's database lies; several servers may share it.
struct Place {
    backend: Backend,
    mailer: Mailer,
    _database: Option<Database>,
    _folder: tempfile::TempDir,
}

/// Somebody who calls.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their user.
    pub id: UserId,
    /// Their address.
    pub email: String,
    /// An access token of theirs.
    pub token: String,
    /// The session it belongs to.
    pub session: SessionId,
    /// The refresh token of that session.
    pub refresh: String,
}

/// What a token says, whether or not it is true.
pub fn claims_of(token: &str) -> Value {
    let claims = token.split('.').nth(1).expect("a JWT has three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap()
}

/// When every world's clock stands: a Tuesday afternoon in the first example hackathon, 14:30 in London.
pub const NOON: &str = "2024-11-05T14:30:00Z";

/// A free port of this machine.
const ANYWHERE: &str = "http://127.0.0.1:0";

/// A PostgreSQL database with our tables, copied from one that was migrated once.
fn migrated() -> Database {
    Postgres::shared().database_like("signpost", |url| {
        drop(Db::open(Options { backend: Backend::from_url(url), pool: 1, clock: Clock::System }).unwrap());
    })
}

impl World {
    /// A fresh world.
    pub fn new(on: On) -> World {
        World::with(on, Limits::default())
    }

    /// A fresh world in which callers may make so many requests.
    pub fn with(on: On, limits: Limits) -> World {
        let folder = tempfile::tempdir().unwrap();
        let database = (on == On::Postgres).then(migrated);
        let backend = match &database {
            Some(database) => Backend::from_url(database.url()),
            None => Backend::Sqlite(folder.path().join("signpost.sqlite3")),
        };
        let place = Arc::new(Place { backend, mailer: Mailer::keeping(), _database: database, _folder: folder });
        World::start(place, Clock::fixed(Instant::parse(NOON).unwrap()), limits, None, ANYWHERE)
    }

    /// Another server over the same database, by the same clock and under the same name: a second node, or this one
    /// started anew.
    pub fn beside(&self) -> World {
        self.beside_at(ANYWHERE)
    }

    /// The same at this address, where another one was.
    pub fn beside_at(&self, url: &str) -> World {
        let issuer = Some(self.gate.issuer().to_owned());
        World::start(self.place.clone(), self.clock.clone(), Limits::default(), issuer, url)
    }

    /// A fresh world that people reach under this address, as behind a proxy.
    pub fn under(on: On, url: &str) -> World {
        let world = World::new(on);
        World::start(world.place.clone(), world.clock.clone(), Limits::default(), Some(url.to_owned()), ANYWHERE)
    }

    fn start(place: Arc<Place>, clock: Clock, limits: Limits, issuer: Option<String>, at: &str) -> World {
        let db = Db::open(Options { backend: place.backend.clone(), pool: 4, clock: clock.clone() }).unwrap();
        let listener = TcpListener::bind(at.trim_start_matches("http://")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let parts = Parts::new(db.clone(), issuer.unwrap_or_else(|| url.clone()), limits, Site::default()).unwrap();
        let (mailer, streams) = (place.mailer.clone(), parts.streams.clone());
        let parts = Parts { mailer: mailer.clone(), outward: way_out(), ..parts };
        let (gate, passwords) = (parts.gate.clone(), parts.passwords.clone());
        let (send, handle) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = serve(parts, listener, 1).unwrap();
                send.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        // The server closes what has been idle for five seconds; whoever sends at that moment meets a closed door.
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let config = config.max_idle_age(std::time::Duration::from_secs(2)).build();
        let stop = Some((handle.recv().unwrap(), thread));
        World { db, gate, passwords, mailer, streams, clock, url, agent: config.into(), stop, place }
    }

    /// Somebody with an account, signed in, who belongs to nothing yet.
    pub fn person(&self, name: &str) -> Person {
        let email = format!("{name}@example.org");
        let new =
            NewUser { display_name: Name::parse(name).unwrap(), ..NewUser::named_by(Email::parse(&email).unwrap()) };
        let user = self.db.write_now(move |tx| account::known_or_new(tx, &new)).unwrap();
        self.signed_in(user.id, email)
    }

    fn signed_in(&self, user: UserId, email: String) -> Person {
        let opened = self.db.write_now(move |tx| session::open(tx, user, Origin::default()));
        let Opened { session, user, jti, refresh } = opened.unwrap();
        let token = self.gate.sign(user, session, jti).unwrap();
        Person { id: user, email, token, session, refresh }
    }

    /// Gives somebody a password, and signs them in with it.
    pub fn with_password(&self, name: &str, password: &str) -> Person {
        let person = self.person(name);
        admin::set_password(&self.db, Email::parse(&person.email).unwrap(), Password::new(password)).unwrap();
        self.login(&person.email, password)
    }

    /// Signs in through the door.
    #[track_caller]
    pub fn login(&self, email: &str, password: &str) -> Person {
        let tokens = self.try_login(email, password).must(200).json();
        let text = |name: &str| tokens[name].as_str().expect("a token").to_owned();
        let (token, refresh) = (text("access_token"), text("refresh_token"));
        let claims = claims_of(&token);
        let id = |name: &str| claims[name].as_str().unwrap().parse().unwrap();
        let (user, session) = (Id::from_uuid(id("sub")), Id::from_uuid(id("sid")));
        Person { id: user, email: email.to_owned(), token, session, refresh }
    }

    /// Tries to sign in, and gives what was answered.
    pub fn try_login(&self, email: &str, password: &str) -> Reply {
        self.call("POST", "/v1/auth/login").json(json!({"email": email, "password": password})).send()
    }

    /// Somebody who came in with a file.
    pub fn known(&self, email: &str) -> Person {
        let wanted = Email::parse(email).unwrap();
        let user = self.db.read_now(|tx| account::store::by_email(tx, &wanted)).unwrap().expect("known");
        self.signed_in(user.id, email.to_owned())
    }

    /// Brings one of the example hackathons in.
    pub fn import(&self, example: &str) {
        let bytes = std::fs::read(format!("examples/{example}.yaml")).unwrap();
        let document = signpost::file::read(&bytes, &signpost::router::pack_slugs()).unwrap();
        self.db.write_now(move |tx| transfer::import(tx, &document, None, transfer::Wish::Create)).unwrap();
    }

    /// The administrator of the server.
    pub fn admin(&self) -> Person {
        let admin = self.person("admin");
        let id = admin.id;
        let appointed = self.db.write_now(move |tx| {
            let user = account::store::by_id(tx, id)?.expect("somebody just made");
            account::change(tx, &user, account::Change { admin: Some(true), ..account::Change::default() })
        });
        assert!(appointed.unwrap().admin);
        admin
    }

    /// Moves the clock on.
    pub fn later(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// One request, to be filled in and sent.
    pub fn call<'w>(&'w self, method: &str, path: &str) -> Call<'w> {
        let mut call =
            Call { world: self, method: method.to_owned(), path: path.to_owned(), headers: Vec::new(), body: None };
        call.headers.push(("Accept-Encoding".into(), "identity".into()));
        call
    }

    /// GET as this person.
    pub fn get(&self, who: &Person, path: &str) -> Reply {
        self.call("GET", path).by(who).send()
    }

    /// POST of JSON as this person.
    pub fn post(&self, who: &Person, path: &str, body: Value) -> Reply {
        self.call("POST", path).by(who).json(body).send()
    }

    /// PATCH as this person, whatever the state.
    pub fn patch(&self, who: &Person, path: &str, body: Value) -> Reply {
        self.call("PATCH", path).by(who).header("If-Match", "*").json(body).send()
    }

    /// PUT as this person, whatever the state.
    pub fn put(&self, who: &Person, path: &str, body: Value) -> Reply {
        self.call("PUT", path).by(who).header("If-Match", "*").json(body).send()
    }

    /// DELETE as this person, whatever the state.
    pub fn delete(&self, who: &Person, path: &str) -> Reply {
        self.call("DELETE", path).by(who).header("If-Match", "*").send()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some((handle, thread)) = self.stop.take() {
            drop(handle.stop(false));
            drop(thread.join());
        }
    }
}

/// One request under construction.
pub struct Call<'w> {
    world: &'w World,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl Call<'_> {
    /// With this person's token.
    pub fn by(self, who: &Person) -> Self {
        let bearer = format!("Bearer {}", who.token);
        self.header("Authorization", &bearer)
    }

    /// With one more header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// With this as JSON.
    pub fn json(self, body: Value) -> Self {
        self.header("Content-Type", "application/json").body(body.to_string())
    }

    /// With these bytes.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sends it, and holds the answer against the contract.
    #[track_caller]
    pub fn send(self) -> Reply {
        let mut request =
            ureq::http::Request::builder().method(self.method.as_str()).uri(format!("{}{}", self.world.url, self.path));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let sent = match &self.body {
            Some(body) => self.world.agent.run(request.body(body.clone()).unwrap()),
            None => self.world.agent.run(request.body(()).unwrap()),
        };
        let mut response = sent.unwrap();
        let headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(n, v)| (n.to_string(), v.to_str().unwrap_or_default().to_owned()))
            .collect();
        let status = response.status().as_u16();
        // A stream has no end; whoever listens to one opens it with an ear of their own.
        let is_stream = headers.iter().any(|(name, value)| name == "content-type" && value == "text/event-stream");
        let body = if is_stream { Vec::new() } else { response.body_mut().read_to_vec().unwrap() };
        contract().hold(&Exchange {
            method: &self.method,
            path: &self.path,
            sent: self.body.as_deref(),
            status,
            headers: &headers,
            answered: &body,
        });
        Reply { what: format!("{} {}", self.method, self.path), status, headers, body }
    }
}

/// What was answered.
#[derive(Debug)]
pub struct Reply {
    what: String,
    /// The status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// Fails the test unless this is the status; says what was answered instead.
    #[track_caller]
    pub fn must(self, status: u16) -> Reply {
        assert_eq!(self.status, status, "{} answered {}", self.what, self.text());
        self
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{} answered no JSON: {}", self.what, self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(have, _)| have.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The `ETag`.
    #[track_caller]
    pub fn etag(&self) -> String {
        self.header("etag").expect("an ETag").to_owned()
    }
}
