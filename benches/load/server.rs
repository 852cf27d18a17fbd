//! The server as it is, and the bare one beside it.

use std::net::{SocketAddr, TcpListener};

use actix_web::{App, HttpResponse, HttpServer, web};
use signpost::access::{Limits, UserId};
use signpost::api::Site;
use signpost::base::{Clock, Email, Slug};
use signpost::db::{Backend, Db, Options};
use signpost::serve::{Parts, serve};
use signpost::{account, file, transfer};

const FILE: &[u8] = include_bytes!("../../examples/fdp-monthly.yaml");

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The real server over a database.
pub struct Real {
    /// Where it listens.
    pub address: SocketAddr,
    db: Db,
    token: String,
}

impl Real {
    /// Starts it over an empty database.
    pub fn start(url: &str) -> Real {
        let db = Db::open(Options { backend: Backend::from_url(url), pool: 16, clock: Clock::System }).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let parts = Parts::new(db.clone(), format!("http://{address}"), Limits::default(), Site::default()).unwrap();
        let gate = parts.gate.clone();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async { serve(parts, listener, cores()).unwrap().await.unwrap() });
        });
        import(&db, 0);
        let asker = Email::parse("ds1@example.org").unwrap();
        let user: UserId = db.read_now(|tx| Ok(account::store::by_email(tx, &asker)?.unwrap().id)).unwrap();
        let (session, jti) = db.write_now(|tx| Ok((tx.fresh(), tx.fresh::<()>().uuid()))).unwrap();
        Real { address, db, token: gate.sign(user, session, jti).unwrap() }
    }

    /// Fills the database up to so many hackathons.
    pub fn fill(&self, hackathons: usize) {
        (1..hackathons).for_each(|n| import(&self.db, n));
    }

    /// A request for each query, spread over the hackathons.
    pub fn requests(&self, hackathons: usize, queries: &[String]) -> Vec<String> {
        let all = (0..hackathons.max(queries.len())).map(|n| {
            let (slug, query) = (slug(n % hackathons), &queries[n % queries.len()]);
            format!(
                "GET /v1/hackathons/{slug}/who-to-ask?{query} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\n\r\n",
                self.token
            )
        });
        all.collect()
    }
}

fn slug(n: usize) -> String {
    if n == 0 { "fdp-monthly".to_owned() } else { format!("event-{n}") }
}

fn import(db: &Db, n: usize) {
    let mut document = file::read(FILE, &[]).unwrap();
    document.hackathon.slug = Slug::parse(&slug(n)).unwrap();
    db.write_now(move |tx| transfer::import(tx, &document, None, transfer::Wish::Update)).unwrap();
}

/// A route that returns fixed bytes.
pub struct Bare {
    /// Where it listens.
    pub address: SocketAddr,
}

impl Bare {
    /// The same requests for the bare route: the same headers, another path.
    pub fn requests(&self, like: &[String]) -> Vec<String> {
        let rest = |request: &String| request.split_once("\r\n").map(|(_, rest)| rest.to_owned()).unwrap_or_default();
        like.iter().take(1).map(|request| format!("GET /bare HTTP/1.1\r\n{}", rest(request))).collect()
    }
}

/// Starts a bare server whose answer is JSON of so many bytes.
pub fn bare(bytes: usize) -> Bare {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let body = serde_json::to_string(&"x".repeat(bytes.saturating_sub(2))).unwrap();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            let server = HttpServer::new(move || {
                let body = body.clone();
                let answer = move || {
                    let body = body.clone();
                    async move { HttpResponse::Ok().content_type("application/json").body(body) }
                };
                App::new().route("/bare", web::get().to(answer))
            });
            server.workers(cores()).listen(listener).unwrap().run().await.unwrap();
        });
    });
    Bare { address }
}
