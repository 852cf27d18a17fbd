//! The variables that there are.

use std::path::Path;

use crate::base::{Sentence, say};
use crate::file::near::nearest;

/// Every variable of ours begins so.
const PREFIX: &str = "SIGNPOST_";

/// A variable of the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// Whether it may also be read from the file that `<name>_FILE` names, and is masked wherever it is shown.
    pub secret: bool,
}

const fn plain(name: &'static str) -> Variable {
    Variable { name, secret: false }
}

const fn secret(name: &'static str) -> Variable {
    Variable { name, secret: true }
}

pub(super) const DATA_DIR: Variable = plain("SIGNPOST_DATA_DIR");
pub(super) const DATABASE_URL: Variable = secret("SIGNPOST_DATABASE_URL");
pub(super) const DATABASE_POOL: Variable = plain("SIGNPOST_DATABASE_POOL");
pub(super) const LISTEN: Variable = plain("SIGNPOST_LISTEN");
pub(super) const BASE_URL: Variable = plain("SIGNPOST_BASE_URL");
pub(super) const ADMIN_EMAIL: Variable = plain("SIGNPOST_ADMIN_EMAIL");
pub(super) const ADMIN_PASSWORD: Variable = secret("SIGNPOST_ADMIN_PASSWORD");
pub(super) const LOG: Variable = plain("SIGNPOST_LOG");
pub(super) const LOG_FORMAT: Variable = plain("SIGNPOST_LOG_FORMAT");
pub(super) const METRICS: Variable = plain("SIGNPOST_METRICS");
pub(super) const TRUSTED_PROXIES: Variable = plain("SIGNPOST_TRUSTED_PROXIES");
pub(super) const WORKERS: Variable = plain("SIGNPOST_WORKERS");
pub(super) const RATE_READ: Variable = plain("SIGNPOST_RATE_READ");
pub(super) const RATE_WRITE: Variable = plain("SIGNPOST_RATE_WRITE");
pub(super) const RATE_ANONYMOUS: Variable = plain("SIGNPOST_RATE_ANONYMOUS");
pub(super) const SMTP_URL: Variable = secret("SIGNPOST_SMTP_URL");
pub(super) const MAIL_FROM: Variable = plain("SIGNPOST_MAIL_FROM");
pub(super) const WEBHOOK_ALLOW_PRIVATE: Variable = plain("SIGNPOST_WEBHOOK_ALLOW_PRIVATE");

/// Every variable, in the order in which `config show` and docs/operating.md tell them.
pub const VARIABLES: [Variable; 18] = [
    DATA_DIR,
    DATABASE_URL,
    DATABASE_POOL,
    LISTEN,
    BASE_URL,
    ADMIN_EMAIL,
    ADMIN_PASSWORD,
    LOG,
    LOG_FORMAT,
    METRICS,
    TRUSTED_PROXIES,
    WORKERS,
    RATE_READ,
    RATE_WRITE,
    RATE_ANONYMOUS,
    SMTP_URL,
    MAIL_FROM,
    WEBHOOK_ALLOW_PRIVATE,
];

/// Variables that begin with `SIGNPOST_` and mean nothing, as warnings with the name that may have been meant.
pub fn unknown(names: impl IntoIterator<Item = String>) -> Vec<Sentence> {
    let mut strange: Vec<String> = names.into_iter().filter(|name| name.starts_with(PREFIX)).collect();
    strange.retain(|name| !known().any(|known| known == *name) && !name.starts_with("SIGNPOST_TEST_"));
    // Kubernetes tells every container of a service called "signpost" where it is, in variables of this form.
    if strange.iter().any(|name| name == "SIGNPOST_SERVICE_HOST") {
        strange.retain(|name| !name.starts_with("SIGNPOST_SERVICE_") && !name.starts_with("SIGNPOST_PORT"));
    }
    strange.sort();
    strange.iter().map(|name| mistyped(name)).collect()
}

/// Every name that is read.
fn known() -> impl Iterator<Item = String> {
    VARIABLES.iter().flat_map(|variable| {
        let file = variable.secret.then(|| in_file(variable));
        std::iter::once(variable.name.to_owned()).chain(file)
    })
}

/// The variable that names a secret's file.
pub(super) fn in_file(variable: &Variable) -> String {
    format!("{}_FILE", variable.name)
}

fn mistyped(name: &str) -> Sentence {
    let known: Vec<String> = known().collect();
    // All begin alike, so what stands behind that tells them apart.
    let stems = known.iter().filter_map(|known| known.strip_prefix(PREFIX));
    let slip = nearest(name.trim_start_matches(PREFIX), stems).map(|stem| format!("{PREFIX}{stem}"));
    let longer_or_shorter = || known.iter().find(|known| known.starts_with(name) || name.starts_with(*known)).cloned();
    match slip.or_else(longer_or_shorter) {
        Some(known) => say!(
            "There is no variable {name}, so it does nothing. Did you mean {known}?",
            "없는 변수라서 아무 효과가 없습니다: {name}. 혹시 이것인가요? {known}"
        ),
        None => say!("There is no variable {name}, so it does nothing.", "없는 변수라서 아무 효과가 없습니다: {name}"),
    }
}

/// Others on this machine can read the secret.
pub(super) fn readable_by_others(variable: &Variable, path: &Path) -> Sentence {
    let (name, path) = (in_file(variable), path.display());
    say!(
        "Everybody on this machine can read {path}, which {name} names. Take that right away: chmod o-rwx {path}",
        "이 컴퓨터의 누구나 읽을 수 있는 비밀 파일입니다: {path} ({name}). 권한을 거두세요: chmod o-rwx {path}"
    )
}
