//! Watching the server: its log and its figures.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::base::{Error, Result};
use crate::config::{Config, LogFormat};

/// Starts the log as the configuration says. Secrets, tokens and the words of questions are never written to it.
/// The guard writes what is still buffered when it is dropped.
pub fn log(config: &Config) -> tracing_appender::non_blocking::WorkerGuard {
    let (writer, guard) = tracing_appender::non_blocking(std::io::stderr());
    let lines = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(&config.log)).with_writer(writer);
    match config.log_format {
        LogFormat::Text => lines.with_target(false).init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
    guard
}

/// Upper bounds of the request times that are counted, in seconds.
const BUCKETS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Starts to measure, where the configuration wants it.
pub fn metrics(config: &Config) -> Result<Option<PrometheusHandle>> {
    if !config.metrics {
        return Ok(None);
    }
    let builder = PrometheusBuilder::new().set_buckets(BUCKETS).map_err(Error::internal)?;
    builder.install_recorder().map(Some).map_err(Error::internal)
}
