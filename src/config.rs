//! The configuration: variables of the environment, read once at start-up, each known with where it came from.
//!
//! An empty variable counts as one that is not set, and what is not set is off or has its default: never open.

mod parse;
mod reader;
mod variable;

use std::fmt;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use crate::access::Limits;
use crate::base::network::Network;
use crate::base::{Email, Sentence, say};
use crate::db::Backend;
use crate::mail::Mailer;
use reader::Reader;
pub use reader::{ConfigFault, Setting, Source};
pub use variable::{VARIABLES, Variable, unknown};

/// Everything that an installation decides.
pub struct Config {
    /// Where files lie: the SQLite database, keys, the set-up link.
    pub data_dir: PathBuf,
    /// Which database.
    pub database: Backend,
    /// The most connections to the database that are kept open.
    pub pool: u32,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// How people reach it, when that is not where it listens. No slash at the end.
    pub base_url: Option<String>,
    /// The first administrator, made when there is none.
    pub admin: Option<FirstAdmin>,
    /// What is logged, in the words of `tracing_subscriber::EnvFilter`.
    pub log: String,
    /// How it is written.
    pub log_format: LogFormat,
    /// Whether `/metrics` is served.
    pub metrics: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Threads that answer requests.
    pub workers: usize,
    /// Requests a minute.
    pub limits: Limits,
    /// The way out for mail; off where none is named.
    pub mailer: Mailer,
    /// Networks of one's own that webhooks may lead to, with TLS or without.
    pub webhook_networks: Vec<Network>,
    /// What is right but unwise, to be logged at start-up and told by `doctor`.
    pub warnings: Vec<Sentence>,
    settings: Vec<Setting>,
}

/// The administrator that the environment names.
pub struct FirstAdmin {
    /// Signs in with this.
    pub email: Email,
    /// And with this.
    pub password: SecretString,
}

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For eyes.
    Text,
    /// For programs: one JSON object a line.
    Json,
}

/// What the defaults depend on.
struct Machine {
    cores: usize,
    terminal: bool,
}

impl Config {
    /// Reads the environment of this process. Variables that begin with `SIGNPOST_` and mean nothing become warnings.
    pub fn of_process() -> Result<Config, Vec<ConfigFault>> {
        // Names and values that are no Unicode carry U+FFFD on, which the reader refuses.
        let text = |os: std::ffi::OsString| os.to_string_lossy().into_owned();
        let mut config = Config::from_env(|name| std::env::var_os(name).map(text))?;
        config.warnings.extend(unknown(std::env::vars_os().map(|(name, _)| text(name))));
        Ok(config)
    }

    /// Reads the variables through `get`, and the files that `*_FILE` variables name. Tells every fault at once.
    pub fn from_env(get: impl Fn(&str) -> Option<String>) -> Result<Config, Vec<ConfigFault>> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let machine = Machine { cores, terminal: std::io::stdout().is_terminal() };
        Config::gather(&get, &machine)
    }

    fn gather(get: &dyn Fn(&str) -> Option<String>, machine: &Machine) -> Result<Config, Vec<ConfigFault>> {
        let mut r = Reader::new(get);
        let data_dir = r.value(&variable::DATA_DIR, "./signpost-data", |text| Ok(PathBuf::from(text)));
        let file = data_dir.as_deref().unwrap_or(Path::new("")).join("signpost.sqlite3");
        let database = r.value(&variable::DATABASE_URL, &file.to_string_lossy(), parse::database);
        let pool = r.value(&variable::DATABASE_POOL, "16", parse::count(1_000));
        let listen = r.value(&variable::LISTEN, "127.0.0.1:8080", parse::listen);
        let base_url = r.option(&variable::BASE_URL, parse::base_url);
        let admin = first_admin(&mut r);
        let log = r.value(&variable::LOG, "info", parse::filter);
        let format = if machine.terminal { "text" } else { "json" };
        let log_format = r.value(&variable::LOG_FORMAT, format, parse::log_format);
        let metrics = r.value(&variable::METRICS, "off", parse::switch);
        let trusted_proxies = r.option(&variable::TRUSTED_PROXIES, parse::networks).unwrap_or_default();
        let workers = r.value(&variable::WORKERS, &machine.cores.to_string(), parse::count(1_000));
        let limits = limits(&mut r);
        let mailer = mailer(&mut r);
        let webhook_networks = r.option(&variable::WEBHOOK_ALLOW_PRIVATE, parse::networks).unwrap_or_default();
        let Reader { faults, mut warnings, settings, .. } = r;
        warnings.extend(listen.and_then(|listen| unprotected(listen, base_url.as_deref())));
        let whole = || {
            Some(Config {
                data_dir: data_dir?,
                database: database?,
                pool: pool?,
                listen: listen?,
                base_url,
                admin,
                log: log?,
                log_format: log_format?,
                metrics: metrics?,
                trusted_proxies,
                workers: usize::try_from(workers?).ok()?,
                limits: limits?,
                mailer,
                webhook_networks,
                warnings,
                settings,
            })
        };
        whole().filter(|_| faults.is_empty()).ok_or(faults)
    }

    /// Every value with its source, secrets masked: what `config show` prints.
    pub fn show(&self) -> &[Setting] {
        &self.settings
    }

    /// The address that people open, when the server listens at `bound`. No slash at the end.
    pub fn address(&self, bound: SocketAddr) -> String {
        match &self.base_url {
            Some(url) => url.clone(),
            None if bound.ip().is_unspecified() => format!("http://localhost:{}", bound.port()),
            None => format!("http://{bound}"),
        }
    }
}

/// What is shown of a configuration is masked, also in a log.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.settings).finish()
    }
}

fn first_admin(r: &mut Reader<'_>) -> Option<FirstAdmin> {
    let (email_name, password_name) = (variable::ADMIN_EMAIL.name, variable::ADMIN_PASSWORD.name);
    let faults = r.faults.len();
    let email = r.option(&variable::ADMIN_EMAIL, parse::email);
    let password = r.option(&variable::ADMIN_PASSWORD, |text| Ok(SecretString::from(text)));
    match (email, password) {
        (Some(email), Some(password)) => return Some(FirstAdmin { email, password }),
        (None, None) => return None,
        // Why it is missing has been told.
        _ if r.faults.len() > faults => return None,
        (Some(_), None) => r.fault(password_name, alone(email_name, password_name)),
        (None, Some(_)) => r.fault(email_name, alone(password_name, email_name)),
    }
    None
}

/// Off where neither variable is set; one without the other is a fault.
fn mailer(r: &mut Reader<'_>) -> Mailer {
    let (url_name, from_name) = (variable::SMTP_URL.name, variable::MAIL_FROM.name);
    let faults = r.faults.len();
    // Each is read by itself, so that a fault is told of the one that has it.
    let url = r.option(&variable::SMTP_URL, |text| {
        Mailer::smtp(text.trim(), "signpost@localhost.invalid").map(|_| text.trim().to_owned())
    });
    let from = r.option(&variable::MAIL_FROM, |text| Mailer::smtp("smtp://localhost", text).map(|_| text.to_owned()));
    match (url, from) {
        (Some(url), Some(from)) => {
            r.warnings.extend(unprotected_mail(&url));
            return Mailer::smtp(&url, &from).unwrap_or_default();
        }
        _ if r.faults.len() > faults => {}
        (None, None) => {}
        (Some(_), None) => r.fault(from_name, alone(url_name, from_name)),
        (None, Some(_)) => r.fault(url_name, alone(from_name, url_name)),
    }
    Mailer::off()
}

/// Mail that leaves this machine unencrypted.
fn unprotected_mail(url: &str) -> Option<Sentence> {
    let protected = url.starts_with("smtps://") || url.contains("tls=required");
    let rest = url.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
    let host = rest.rsplit('@').next().unwrap_or_default();
    let local = ["localhost", "127.", "[::1]"].iter().any(|local| host.starts_with(local));
    (!protected && !local).then(|| {
        say!(
            "SIGNPOST_SMTP_URL does not insist on TLS, so its password and all mails may travel unprotected. Write smtps://, or add ?tls=required.",
            "SIGNPOST_SMTP_URL 값이 TLS를 요구하지 않아 비밀번호와 메일이 암호화되지 않고 전송될 수 있습니다. smtps:// 주소를 쓰거나 ?tls=required를 덧붙이세요."
        )
    })
}

fn alone(set: &str, missing: &str) -> Sentence {
    say!(
        "{set} is set and {missing} is not. Set both, or neither.",
        "다음 값은 있고: {set}, 다음 값은 없습니다: {missing}. 둘 다 설정하거나 둘 다 비워 두세요."
    )
}

fn limits(r: &mut Reader<'_>) -> Option<Limits> {
    let usual = Limits::default();
    let mut limit = |variable, usual: std::num::NonZeroU32| {
        r.value(variable, &usual.to_string(), parse::count(u32::MAX)).and_then(std::num::NonZeroU32::new)
    };
    let read = limit(&variable::RATE_READ, usual.read);
    let write = limit(&variable::RATE_WRITE, usual.write);
    let anonymous = limit(&variable::RATE_ANONYMOUS, usual.anonymous);
    Some(Limits { read: read?, write: write?, anonymous: anonymous? })
}

/// Passwords that leave this machine unencrypted.
fn unprotected(listen: SocketAddr, base_url: Option<&str>) -> Option<Sentence> {
    match base_url {
        Some(url) if url.starts_with("https://") || parse::is_local(url) => None,
        Some(_) => Some(say!(
            "SIGNPOST_BASE_URL begins with http://, so passwords travel unprotected, and browsers keep nobody signed in. Put a proxy with TLS before Signpost and give its https:// address.",
            "SIGNPOST_BASE_URL 값이 http:// 주소라서 비밀번호가 암호화되지 않고 전송되며, 브라우저에서 로그인이 유지되지 않습니다. 앞단에 TLS 프록시를 두고 https:// 주소를 적으세요."
        )),
        None if listen.ip().is_loopback() => None,
        None => Some(say!(
            "Others can reach {listen}, but SIGNPOST_BASE_URL is not set: links that Signpost writes lead nowhere for them, and passwords travel unprotected. Set it to the https:// address of the proxy before Signpost.",
            "외부에서 접속할 수 있는 주소({listen})인데 SIGNPOST_BASE_URL 값이 없습니다. 안내되는 링크가 열리지 않고 비밀번호가 암호화되지 않습니다. 앞단 프록시의 https:// 주소를 적으세요."
        )),
    }
}

#[cfg(test)]
mod tests;
