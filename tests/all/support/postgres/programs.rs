//! Where PostgreSQL's programs are, and who may run them.

use std::ffi::OsStr;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const NEEDED: [&str; 3] = ["initdb", "pg_ctl", "postgres"];
const MISSING: &str = "The programs of PostgreSQL 15 or newer (initdb, pg_ctl, postgres) are not installed, and the tests run on SQLite and on PostgreSQL. \
                       Install them, on Debian and Ubuntu with: apt-get install postgresql";

/// The programs of one installed version.
pub struct Programs {
    folder: PathBuf,
    // PostgreSQL refuses to run as root; the user and the group to run it as instead.
    owner: Option<(u32, u32)>,
}

impl Programs {
    /// Those on the PATH, else the newest that Debian's packages have laid down.
    pub fn installed() -> Result<Programs, String> {
        let folder = Programs::folder(&std::env::var_os("PATH").unwrap_or_default(), Path::new("/usr/lib/postgresql"))?;
        let owner = match id(&["-u"])? {
            0 => Some((id(&["-u", "postgres"])?, id(&["-g", "postgres"])?)),
            _ => None,
        };
        Ok(Programs { folder, owner })
    }

    /// The folder of the programs: the first of `path` that holds all of them, else `versions/<the highest number>/bin`.
    pub fn folder(path: &OsStr, versions: &Path) -> Result<PathBuf, String> {
        let whole = |folder: &PathBuf| NEEDED.iter().all(|name| folder.join(name).is_file());
        let mut numbered: Vec<(u32, PathBuf)> = std::fs::read_dir(versions)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
            .collect();
        numbered.sort();
        let newest_first = numbered.into_iter().rev().map(|(_, folder)| folder);
        std::env::split_paths(path).chain(newest_first).find(whole).ok_or_else(|| MISSING.to_owned())
    }

    /// Makes the server's user the only one who may enter the folder.
    pub fn give(&self, folder: &Path) {
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).expect("our own folder");
        if let Some((user, group)) = self.owner {
            chown(folder, Some(user), Some(group)).expect("root may give folders away");
        }
    }

    /// One of the programs, free of the settings that the environment may hold for another server.
    pub fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.folder.join(name));
        command.env_clear().env("LC_ALL", "C").env("PATH", "/usr/bin:/bin").current_dir("/");
        if let Some((user, group)) = self.owner {
            command.uid(user).gid(group);
        }
        command
    }
}

fn id(args: &[&str]) -> Result<u32, String> {
    let output = Command::new("id").args(args).output().map_err(|error| format!("id: {error}"))?;
    let number = String::from_utf8_lossy(&output.stdout).trim().parse();
    number.map_err(|_error| format!("There is no user \"postgres\" to run PostgreSQL as. {MISSING}"))
}
