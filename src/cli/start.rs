//! What commands that use the store begin with.

use std::path::Path;

use secrecy::ExposeSecret;

use super::{Failure, lang};
use crate::account::admin::{self, Ensured};
use crate::account::{Password, setup};
use crate::base::{Clock, Sentence, say};
use crate::config::Config;
use crate::db::{Backend, Db, Options};

/// The configuration, or every fault in it.
pub fn config() -> Result<Config, Failure> {
    Config::of_process().map_err(|faults| {
        let lines: Vec<String> =
            faults.iter().map(|fault| format!("{}: {}", fault.variable, fault.detail.text(lang()))).collect();
        Failure(format!("the configuration has faults\n{}", lines.join("\n")))
    })
}

/// Opens the store that the configuration names. A SQLite file's folder is made if it is not there.
pub fn open(config: &Config) -> Result<Db, Failure> {
    if let Backend::Sqlite(path) = &config.database
        && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        private_folder(folder)?;
    }
    let options = Options { backend: config.database.clone(), pool: config.pool, clock: Clock::System };
    Ok(Db::open(options)?)
}

/// Makes a folder that only its owner may enter.
fn private_folder(folder: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| Failure(format!("{}: {error}", folder.display())))
}

/// Makes the administrator that the environment names, or shows the link that makes one.
pub fn first_admin(config: &Config, db: &Db, address: &str) -> Result<(), Failure> {
    let lang = lang();
    if let Some(named) = &config.admin {
        let password = Password::new(named.password.expose_secret());
        match admin::ensure(db, named.email.clone(), password)? {
            Ensured::Made(user) => outln!("{}", format_args!("{}: {}", ADMINISTRATOR.text(lang), user.email)),
            Ensured::Ignored => outln!("{}", IGNORED.text(lang)),
        }
        return Ok(());
    }
    let Some(token) = db.write_now(setup::link)? else { return Ok(()) };
    let link = format!("{address}/setup/{token}");
    let file = config.data_dir.join("setup-link.txt");
    private_file(&file, &link)?;
    let file = file.display();
    outln!(
        "{}\n  {link}\n  ({file})\n{}\n{}",
        say!(
            "No administrator yet. Open this link within 30 minutes (it works once):",
            "아직 관리자가 없습니다. 30분 안에 이 링크를 여세요(한 번만 쓸 수 있음):"
        )
        .text(lang),
        say!(
            "No browser here?  signpost admin create you@example.org",
            "브라우저가 없나요?  signpost admin create you@example.org"
        )
        .text(lang),
        say!("Just looking?     signpost demo", "둘러보기만 하려면  signpost demo").text(lang),
    );
    Ok(())
}

const ADMINISTRATOR: Sentence = Sentence::fixed("Administrator", "관리자");
const IGNORED: Sentence = Sentence::fixed(
    "SIGNPOST_ADMIN_EMAIL and SIGNPOST_ADMIN_PASSWORD are ignored: there is an administrator already.",
    "관리자가 이미 있으므로 SIGNPOST_ADMIN_EMAIL, SIGNPOST_ADMIN_PASSWORD 값은 쓰지 않습니다.",
);

/// Writes a file that only its owner may read.
fn private_file(path: &Path, text: &str) -> Result<(), Failure> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let failed = |error: std::io::Error| Failure(format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        private_folder(folder)?;
    }
    let mut file =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path).map_err(failed)?;
    writeln!(file, "{text}").map_err(failed)
}

/// The lock that a running server holds on its data folder, so that a restore does not pull the ground from under it.
/// Nodes that share a PostgreSQL may share a folder, so only SQLite is locked.
pub fn alone(config: &Config) -> Result<Option<std::fs::File>, Failure> {
    if matches!(config.database, Backend::Postgres(_)) {
        return Ok(None);
    }
    private_folder(&config.data_dir)?;
    let path = config.data_dir.join("server.lock");
    let lock = std::fs::File::create(&path).map_err(|error| Failure(format!("{}: {error}", path.display())))?;
    lock.try_lock().map_err(|_held| {
        let folder = config.data_dir.display();
        Failure(
            say!("A server runs with {folder}. Stop it first.", "실행 중인 서버가 있습니다: {folder}. 먼저 멈추세요.")
                .text(lang())
                .to_owned(),
        )
    })?;
    Ok(Some(lock))
}
