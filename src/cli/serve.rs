//! `signpost serve`

use std::net::TcpListener;
use std::process::ExitCode;

use super::{Failure, lang, start};
use crate::api::Site;
use crate::base::{Lang, Sentence};
use crate::config::Config;
use crate::db::Db;
use crate::outward::Outward;
use crate::serve::{Parts, serve};
use crate::watch;

/// Runs the server until it is told to stop.
pub fn run(config: &Config) -> Result<ExitCode, Failure> {
    let _log = watch::log(config);
    let _alone = start::alone(config)?;
    let db = start::open(config)?;
    let listener = TcpListener::bind(config.listen).map_err(|error| Failure(format!("{}: {error}", config.listen)))?;
    let bound = listener.local_addr().map_err(|error| Failure(error.to_string()))?;
    let address = config.address(bound);
    greet(config, &db, &address)?;
    db.listen()?;
    let site = Site { trusted_proxies: config.trusted_proxies.clone(), metrics: config.metrics };
    let (metrics, mailer) = (watch::metrics(config)?, config.mailer.clone());
    let outward = Outward::new(config.webhook_networks.clone())?;
    let parts = Parts { metrics, mailer, outward, ..Parts::new(db, address, config.limits, site)? };
    block(parts, listener, config.workers)?;
    Ok(ExitCode::SUCCESS)
}

/// Serves on this thread until it is told to stop.
pub fn block(parts: Parts, listener: TcpListener, workers: usize) -> Result<(), Failure> {
    let system = actix_web::rt::System::new();
    system.block_on(async {
        let server = serve(parts, listener, workers)?;
        server.await.map_err(|error| Failure(error.to_string()))
    })
}

fn greet(config: &Config, db: &Db, address: &str) -> Result<(), Failure> {
    let place = match db.backend() {
        crate::db::Backend::Sqlite(path) => format!("data in {} (SQLite)", path.display()),
        crate::db::Backend::Postgres(_) => "data in PostgreSQL".to_owned(),
    };
    outln!("Signpost {}, {place}, languages en, ko", env!("CARGO_PKG_VERSION"));
    for warning in &config.warnings {
        tracing::warn!("{}", warning.text(Lang::En));
        eprintln!("{}", warning.text(lang()));
    }
    outln!("Listening on {address}");
    start::first_admin(config, db, address)?;
    if !config.mailer.is_on() {
        outln!("{}", MAIL_OFF.text(lang()));
    }
    Ok(())
}

const MAIL_OFF: Sentence = Sentence::fixed(
    "No mail is sent: SIGNPOST_SMTP_URL is not set.",
    "SIGNPOST_SMTP_URL 값이 없어 메일을 보내지 않습니다.",
);
