//! What an environment makes of the configuration.

use std::collections::BTreeSet;
use std::io::Write;

use secrecy::ExposeSecret;
use tempfile::NamedTempFile;

use super::parse::masked_url;
use super::*;
use crate::base::Lang;

fn read(pairs: &[(&str, &str)]) -> Result<Config, Vec<ConfigFault>> {
    let get = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    Config::gather(&get, &Machine { cores: 4, terminal: false })
}

fn config(pairs: &[(&str, &str)]) -> Config {
    read(pairs).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn faults(pairs: &[(&str, &str)]) -> Vec<String> {
    match read(pairs) {
        Ok(config) => panic!("nothing was wrong with {config:?}"),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

fn shown(config: &Config, name: &str) -> Option<String> {
    config.show().iter().find(|setting| setting.name == name)?.value.clone()
}

fn file(text: &str) -> (NamedTempFile, String) {
    let made = NamedTempFile::new().and_then(|mut file| file.write_all(text.as_bytes()).map(|()| file));
    let file = made.unwrap_or_else(|error| panic!("{error}"));
    let path = file.path().to_string_lossy().into_owned();
    (file, path)
}

#[test]
fn nothing_set_is_a_server_for_this_machine_only() {
    let config = config(&[]);
    assert!(config.listen.ip().is_loopback());
    assert_eq!(config.database, Backend::Sqlite("./signpost-data/signpost.sqlite3".into()));
    assert!(config.admin.is_none() && !config.metrics && config.trusted_proxies.is_empty());
    assert_eq!((config.workers, config.pool, config.log_format), (4, 16, LogFormat::Json));
    assert_eq!(config.limits, Limits::default());
    assert_eq!(config.warnings, []);
    assert!(config.show().iter().all(|setting| setting.source == Source::Default));
    assert_eq!(config.show().len(), VARIABLES.len());
}

#[test]
fn every_variable_reaches_its_value() {
    let config = config(&[
        ("SIGNPOST_DATA_DIR", "/var/lib/signpost"),
        ("SIGNPOST_DATABASE_POOL", "7"),
        ("SIGNPOST_LISTEN", "[::]:9000"),
        ("SIGNPOST_BASE_URL", " https://ask.example.org/ "),
        ("SIGNPOST_ADMIN_EMAIL", "ada@example.org"),
        ("SIGNPOST_ADMIN_PASSWORD", " long and secret "),
        ("SIGNPOST_LOG", "info,signpost=debug"),
        ("SIGNPOST_LOG_FORMAT", "text"),
        ("SIGNPOST_METRICS", "on"),
        ("SIGNPOST_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8"),
        ("SIGNPOST_WORKERS", "3"),
        ("SIGNPOST_RATE_READ", "100"),
        ("SIGNPOST_RATE_WRITE", "10"),
        ("SIGNPOST_RATE_ANONYMOUS", "1"),
    ]);
    assert_eq!(config.database, Backend::Sqlite("/var/lib/signpost/signpost.sqlite3".into()));
    assert_eq!((config.pool, config.workers, config.metrics), (7, 3, true));
    assert_eq!(config.listen.to_string(), "[::]:9000");
    assert_eq!(config.address(config.listen), "https://ask.example.org");
    let admin = config.admin.as_ref().map(|admin| (admin.email.as_str(), admin.password.expose_secret()));
    assert_eq!(admin, Some(("ada@example.org", " long and secret ")));
    assert_eq!((config.log.as_str(), config.log_format), ("info,signpost=debug", LogFormat::Text));
    assert_eq!(config.trusted_proxies.len(), 2);
    let limits = [config.limits.read, config.limits.write, config.limits.anonymous].map(|limit| limit.get());
    assert_eq!(limits, [100, 10, 1]);
    assert_eq!(config.warnings, []);
}

#[test]
fn every_fault_is_told_at_once() {
    let wrong = [
        ("SIGNPOST_DATABASE_URL", "mysql://root:hunter2@db/signpost"),
        ("SIGNPOST_DATABASE_POOL", "0"),
        ("SIGNPOST_LISTEN", "8080"),
        ("SIGNPOST_BASE_URL", "https://example.org/signpost"),
        ("SIGNPOST_ADMIN_EMAIL", "ada"),
        ("SIGNPOST_LOG", "a=b=c"),
        ("SIGNPOST_LOG_FORMAT", "xml"),
        ("SIGNPOST_METRICS", "true"),
        ("SIGNPOST_TRUSTED_PROXIES", "10.0.0.0/8, proxy"),
        ("SIGNPOST_WORKERS", "many"),
        ("SIGNPOST_RATE_READ", "-1"),
    ];
    let told = faults(&wrong);
    let named: Vec<&str> = told.iter().filter_map(|fault| Some(fault.split_once(": ")?.0)).collect();
    assert_eq!(named, wrong.map(|(name, _)| name));
    assert!(!told.concat().contains("hunter2"), "{told:?}");
}

#[test]
fn an_empty_variable_is_not_set() {
    let empty: Vec<(&str, &str)> = VARIABLES.iter().map(|variable| (variable.name, " ")).collect();
    assert_eq!(config(&empty).show(), config(&[]).show());
}

#[test]
fn a_secret_comes_from_a_file_without_its_line_end() {
    let (_kept, path) = file("postgres://ada:hunter2@db/signpost\n");
    let config = config(&[("SIGNPOST_DATABASE_URL_FILE", &path)]);
    assert_eq!(config.database, Backend::Postgres("postgres://ada:hunter2@db/signpost".to_owned()));
    let setting = config.show().iter().find(|setting| setting.name == "SIGNPOST_DATABASE_URL");
    assert_eq!(setting.map(|setting| &setting.source), Some(&Source::File(path.into())));
    assert_eq!(config.warnings, []);

    let (_kept, path) = file(" two spaces \r\n");
    let pairs = [("SIGNPOST_ADMIN_EMAIL", "ada@example.org"), ("SIGNPOST_ADMIN_PASSWORD_FILE", path.as_str())];
    let admin = super::tests::config(&pairs).admin;
    assert_eq!(admin.as_ref().map(|admin| admin.password.expose_secret()), Some(" two spaces "));
}

#[test]
fn a_secret_set_twice_is_refused_with_both_names() {
    let (_kept, path) = file("sqlite.db");
    let told = faults(&[("SIGNPOST_DATABASE_URL", "other.db"), ("SIGNPOST_DATABASE_URL_FILE", &path)]).concat();
    assert!(told.contains("SIGNPOST_DATABASE_URL and SIGNPOST_DATABASE_URL_FILE are both set"), "{told}");
}

#[test]
fn a_secret_s_file_that_says_nothing_is_a_fault() {
    let (_kept, empty) = file("\n");
    for path in [empty.as_str(), "/nowhere/at/all"] {
        let told = faults(&[("SIGNPOST_DATABASE_URL_FILE", path)]);
        assert_eq!(told.len(), 1);
        assert!(told.concat().starts_with(&format!("SIGNPOST_DATABASE_URL_FILE: {path}")), "{told:?}");
    }
}

#[test]
fn a_secret_s_file_that_everybody_can_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt;
    let (kept, path) = file("signpost.db");
    let opened = std::fs::set_permissions(kept.path(), std::fs::Permissions::from_mode(0o644));
    assert!(opened.is_ok());
    let config = config(&[("SIGNPOST_DATABASE_URL_FILE", &path)]);
    assert!(config.warnings.iter().any(|warning| warning.text(Lang::En).contains(&format!("chmod o-rwx {path}"))));
}

#[test]
fn the_first_administrator_has_both_an_address_and_a_password() {
    let told = faults(&[("SIGNPOST_ADMIN_EMAIL", "ada@example.org")]);
    assert_eq!(
        told,
        [
            "SIGNPOST_ADMIN_PASSWORD: SIGNPOST_ADMIN_EMAIL is set and SIGNPOST_ADMIN_PASSWORD is not. Set both, or neither."
        ]
    );
    let told = faults(&[("SIGNPOST_ADMIN_PASSWORD", "hunter2")]);
    assert!(told.concat().starts_with("SIGNPOST_ADMIN_EMAIL: "), "{told:?}");
    let (_kept, empty) = file("");
    let told = faults(&[("SIGNPOST_ADMIN_EMAIL", "ada@example.org"), ("SIGNPOST_ADMIN_PASSWORD_FILE", &empty)]);
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn no_secret_is_shown() {
    let config = config(&[
        ("SIGNPOST_DATABASE_URL", "postgres://ada:hunter2@db:5432/signpost?sslmode=require&sslpassword=hunter3"),
        ("SIGNPOST_ADMIN_EMAIL", "ada@example.org"),
        ("SIGNPOST_ADMIN_PASSWORD", "hunter4"),
    ]);
    let url = "postgres://ada:********@db:5432/signpost?sslmode=require&sslpassword=********";
    assert_eq!(shown(&config, "SIGNPOST_DATABASE_URL").as_deref(), Some(url));
    assert!(!format!("{config:?}").contains("hunter"));
}

#[test]
fn a_database_s_password_is_masked_however_it_is_written() {
    let cases = [
        ("postgres://ada@db/signpost", "postgres://ada@db/signpost"),
        ("postgres://db:5432/signpost", "postgres://db:5432/signpost"),
        ("postgres://ada:pa/ss@db/x", "postgres://ada:********@db/x"),
        ("postgres://ada:pa@ss@db/x", "postgres://ada:********@db/x"),
        ("postgres://ada:pa?ss@db/x", "postgres://********"),
        ("postgres://db/x?password=pa@ss", "postgres://********"),
        ("postgres://db/x?user=ada&p%61ssword=pass", "postgres://db/x?user=ada&p%61ssword=********"),
        ("/var/lib/signpost/data.db", "/var/lib/signpost/data.db"),
    ];
    for (url, masked) in cases {
        assert_eq!(masked_url(url), masked);
    }
}

#[test]
fn a_database_is_told_by_its_scheme() {
    let database = |url| config(&[("SIGNPOST_DATABASE_URL", url)]).database;
    assert_eq!(database("postgresql:///x"), Backend::Postgres("postgresql:///x".to_owned()));
    assert_eq!(database("sqlite:///srv/x.db"), Backend::Sqlite("/srv/x.db".into()));
    assert_eq!(database("sqlite:x.db"), Backend::Sqlite("x.db".into()));
    for bad in ["host=db dbname=x password=hunter2", "http://db/x"] {
        let told = faults(&[("SIGNPOST_DATABASE_URL", bad)]).concat();
        assert!(told.contains("postgres://") && !told.contains("hunter2"), "{told}");
    }
}

#[test]
fn people_are_given_an_address_that_they_can_open() {
    let at = |text: &str| text.parse().unwrap_or(SocketAddr::from(([0, 0, 0, 0], 0)));
    let unset = config(&[]);
    assert_eq!(unset.address(at("127.0.0.1:8080")), "http://127.0.0.1:8080");
    assert_eq!(unset.address(at("[::]:8080")), "http://localhost:8080");
    let warned = |pairs: &[(&str, &str)]| !config(pairs).warnings.is_empty();
    assert!(warned(&[("SIGNPOST_LISTEN", "0.0.0.0:8080")]));
    assert!(warned(&[("SIGNPOST_BASE_URL", "http://ask.example.org")]));
    assert!(!warned(&[("SIGNPOST_BASE_URL", "http://localhost:8080")]));
    assert!(!warned(&[("SIGNPOST_BASE_URL", "http://[::1]:8080")]));
    assert!(!warned(&[("SIGNPOST_LISTEN", "0.0.0.0:8080"), ("SIGNPOST_BASE_URL", "https://ask.example.org")]));
}

#[test]
fn a_mistyped_variable_is_told_with_the_one_that_was_meant() {
    let told = |names: &[&str]| {
        let sentences = unknown(names.iter().map(|name| (*name).to_owned()));
        sentences.iter().map(|sentence| sentence.text(Lang::En).to_owned()).collect::<Vec<_>>()
    };
    let meant = |name: &str, known: &str| {
        assert_eq!(told(&[name]), [format!("There is no variable {name}, so it does nothing. Did you mean {known}?")]);
    };
    meant("SIGNPOST_LISTN", "SIGNPOST_LISTEN");
    meant("SIGNPOST_DATABASE", "SIGNPOST_DATABASE_URL");
    meant("SIGNPOST_ADMIN_PASWORD_FILE", "SIGNPOST_ADMIN_PASSWORD_FILE");
    meant("SIGNPOST_LISTEN_FILE", "SIGNPOST_LISTEN");
    assert_eq!(told(&["SIGNPOST_ZZZ"]), ["There is no variable SIGNPOST_ZZZ, so it does nothing."]);
    assert_eq!(told(&["SIGNPOST_LISTEN", "SIGNPOST_DATABASE_URL_FILE", "PATH", "SIGNPOST_TEST_LONG"]), [""; 0]);
    assert_eq!(told(&["SIGNPOST_SERVICE_HOST", "SIGNPOST_PORT", "SIGNPOST_PORT_80_TCP_ADDR"]), [""; 0]);
}

const GUIDE: &str = include_str!("../../docs/operating.md");

#[test]
fn the_guide_names_every_variable_and_no_other() {
    let words = GUIDE.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let told: BTreeSet<String> = words.filter(|word| word.starts_with("SIGNPOST_")).map(str::to_owned).collect();
    let files = VARIABLES.iter().filter(|variable| variable.secret).map(variable::in_file);
    let known = VARIABLES.iter().map(|variable| variable.name.to_owned()).chain(files).collect();
    assert_eq!(told, known);
}

#[test]
fn the_guide_s_table_tells_the_defaults_that_hold() {
    // These two depend on the machine, and the guide says how.
    let described = ["SIGNPOST_WORKERS", "SIGNPOST_LOG_FORMAT"];
    for Setting { name, value, .. } in config(&[]).show() {
        let row = GUIDE.lines().find(|line| line.starts_with(&format!("| `{name}`"))).unwrap_or_default();
        let default = row.split('|').nth(2).unwrap_or_default().trim();
        match value {
            _ if described.contains(name) => assert!(!default.is_empty(), "{name}"),
            Some(value) => assert_eq!(default, format!("`{value}`"), "{name}"),
            None => assert!(!default.starts_with('`'), "{name} has no default: {default}"),
        }
    }
}
