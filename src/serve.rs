//! Floor 6, start-up: the only place that knows everything.

use std::net::TcpListener;

use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};

use crate::access::Gate;
use crate::account::Passwords;
use crate::api::{self, Site};
use crate::base::{Error, Result};
use crate::directory::Directories;
use crate::pages;

/// What every request is served from. Cheap to clone.
#[derive(Clone)]
pub struct Parts {
    /// Who may come in.
    pub gate: Gate,
    /// The directories in memory.
    pub directories: Directories,
    /// Where passwords are hashed.
    pub passwords: Passwords,
    /// Facts of this installation.
    pub site: Site,
}

/// Adds every path of every face to an app.
pub fn paths(parts: &Parts, app: &mut web::ServiceConfig) {
    app.app_data(parts.gate.clone())
        .app_data(parts.site.clone())
        .app_data(web::Data::new(parts.directories.clone()))
        .app_data(web::Data::new(parts.passwords.clone()))
        .configure(api::configure)
        .configure(pages::configure);
}

/// Serves until it is stopped. Must be called inside an actix system.
pub fn serve(parts: Parts, listener: TcpListener, workers: usize) -> Result<actix_web::dev::Server> {
    let server = HttpServer::new(move || {
        let parts = parts.clone();
        App::new().configure(move |app| paths(&parts, app)).wrap(Compress::default()).wrap(from_fn(api::shell::around))
    });
    let server = server
        .workers(workers)
        .client_request_timeout(api::body::WHOLE_WITHIN)
        .shutdown_timeout(10)
        .listen(listener)
        .map_err(Error::internal)?;
    Ok(server.run())
}
