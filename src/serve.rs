//! Floor 6, start-up: puts the parts together and serves.

use std::net::TcpListener;

use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::signal::unix::{SignalKind, signal};

use crate::access::{Gate, Limits};
use crate::account::Passwords;
use crate::api::problem::Drawn;
use crate::api::{self, Site};
use crate::base::{Error, Result};
use crate::db::Db;
use crate::directory::Directories;
use crate::mail::Mailer;
use crate::notification::Teller;
use crate::outward::Outward;
use crate::pages::Demo;
use crate::question::{Clockwork, Memories};
use crate::stream::Streams;
use crate::webhook::Sender;
use crate::{jobs, pages};

/// What every request is served from. Cheap to clone.
#[derive(Clone)]
pub struct Parts {
    /// Who may come in.
    pub gate: Gate,
    /// The directories in memory.
    pub directories: Directories,
    /// What has been asked before, in memory.
    pub memories: Memories,
    /// What looks after the clocks of questions.
    pub clockwork: Clockwork,
    /// Who listens here.
    pub streams: Streams,
    /// Where passwords are hashed.
    pub passwords: Passwords,
    /// Facts of this installation.
    pub site: Site,
    /// The way out for mail.
    pub mailer: Mailer,
    /// The way out for requests.
    pub outward: Outward,
    /// The store, for the clockwork.
    pub db: Db,
    /// What was measured, where it is.
    pub metrics: Option<PrometheusHandle>,
    /// Who one can sign in as without a password, in a demo.
    pub demo: Option<Demo>,
}

impl Parts {
    /// The parts over a store. `url` is the address that people open.
    pub fn new(db: Db, url: String, limits: Limits, site: Site) -> Result<Parts> {
        let directories = Directories::new(db.clone());
        let memories = Memories::new(db.clone());
        Ok(Parts {
            clockwork: Clockwork::new(db.clone(), directories.clone()),
            streams: Streams::new(db.clone()),
            gate: Gate::open(db.clone(), url, limits)?,
            directories,
            memories,
            passwords: Passwords::default(),
            site,
            mailer: Mailer::off(),
            outward: Outward::new(Vec::new())?,
            metrics: None,
            demo: None,
            db,
        })
    }

    /// Adds every path of every face to an app.
    fn paths(&self, app: &mut web::ServiceConfig) {
        app.app_data(self.gate.clone())
            .app_data(self.site.clone())
            .app_data(web::Data::new(self.directories.clone()))
            .app_data(web::Data::new(self.memories.clone()))
            .app_data(web::Data::new(self.streams.clone()))
            .app_data(web::Data::new(self.mailer.clone()))
            .app_data(web::Data::new(self.outward.clone()))
            .app_data(web::Data::new(self.passwords.clone()));
        if let Some(metrics) = &self.metrics {
            app.app_data(web::Data::new(metrics.clone()));
        }
        if let Some(demo) = &self.demo {
            app.app_data(web::Data::new(demo.clone()));
        }
        app.app_data(Drawn(pages::refusal::drawn));
        app.configure(api::configure).configure(pages::configure);
    }
}

/// Seconds that requests under way get when the server stops.
const GOODBYE: u64 = 8;

/// Serves until it is stopped: SIGTERM and SIGINT let requests under way finish. Must be called inside an actix system.
pub fn serve(parts: Parts, listener: TcpListener, workers: usize) -> Result<actix_web::dev::Server> {
    jobs::start(&parts.gate, &parts.directories, &parts.memories, &parts.clockwork);
    jobs::tell::start(&Teller::new(parts.db.clone(), parts.mailer.clone(), parts.gate.issuer()));
    jobs::hook::start(&Sender::new(parts.db.clone(), parts.outward.clone(), parts.gate.issuer()));
    actix_web::rt::spawn(end_streams(parts.streams.clone())?);
    let server = HttpServer::new(move || {
        let parts = parts.clone();
        App::new().configure(move |app| parts.paths(app)).wrap(Compress::default()).wrap(from_fn(api::shell::around))
    });
    let server = server
        .workers(workers)
        .client_request_timeout(api::body::WHOLE_WITHIN)
        .shutdown_timeout(GOODBYE)
        .listen(listener)
        .map_err(Error::internal)?;
    Ok(server.run())
}

/// Streams have no end of their own, and a server that stops waits for requests under way.
fn end_streams(streams: Streams) -> Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate()).map_err(Error::internal)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Error::internal)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        streams.close();
    })
}
