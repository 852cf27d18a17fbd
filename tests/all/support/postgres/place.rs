//! Where a server's folder lies.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Durability;

const MEMORY: &str = "/dev/shm";
const GIBIBYTE: u64 = 1 << 30;

/// A new folder: in memory for a server that may lose everything (a database is copied there in a tenth of the time),
/// where there is room; on the disk otherwise.
pub fn folder(durability: Durability) -> PathBuf {
    let in_memory =
        durability == Durability::None && free(Path::new(MEMORY)).is_some_and(|bytes| bytes >= 2 * GIBIBYTE);
    let parent = if in_memory { PathBuf::from(MEMORY) } else { std::env::temp_dir() };
    let name = tempfile::Builder::new().prefix("signpost-postgres-").tempdir_in(parent);
    name.expect("a temporary folder").keep()
}

/// Bytes that are free in the file system of this folder, as df(1) tells them.
fn free(folder: &Path) -> Option<u64> {
    let output = Command::new("df").args(["-P", "-k"]).arg(folder).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let kibibytes: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kibibytes * 1024)
}
