//! Backups: one file that holds everything, taken while the server runs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::conn::Backend;
use super::migrate;
use crate::base::{Error, Result, say};

/// Writes a backup of the store to a file that must not be there yet.
pub fn backup(backend: &Backend, to: &Path) -> Result<()> {
    if to.exists() {
        let path = to.display();
        return Err(Error::Conflict(say!(
            "{path} is there already. Choose another name.",
            "이미 있는 파일입니다: {path}. 다른 이름을 고르세요."
        )));
    }
    match backend {
        // A plain copy of a live file is often torn; VACUUM INTO reads one consistent state.
        Backend::Sqlite(path) => {
            let mut conn = existing(path)?;
            diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(to.to_string_lossy()).execute(&mut conn)?;
            Ok(())
        }
        Backend::Postgres(url) => {
            tool("pg_dump", &["--format=custom", "--no-owner", "--file", &to.to_string_lossy(), url])
        }
    }
}

/// Proves that a backup is whole and that this program can read it. Changes nothing.
pub fn check(backend: &Backend, from: &Path) -> Result<()> {
    match backend {
        Backend::Sqlite(_) => sound(from),
        // Reads and unpacks all of it, into nothing.
        Backend::Postgres(_) => tool("pg_restore", &["--file", "/dev/null", &from.to_string_lossy()]),
    }
}

/// Puts a backup in the place of the store. Of SQLite, what was there is kept beside it; its path is given back.
pub fn restore(backend: &Backend, from: &Path) -> Result<Option<PathBuf>> {
    check(backend, from)?;
    match backend {
        Backend::Sqlite(path) => replace(path, from),
        Backend::Postgres(url) => {
            let arguments =
                ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", "--dbname", url];
            let from = from.to_string_lossy();
            tool("pg_restore", &[arguments.as_slice(), &[&*from]].concat()).map(|()| None)
        }
    }
}

fn replace(path: &Path, from: &Path) -> Result<Option<PathBuf>> {
    let beside = |ending: &str| PathBuf::from(format!("{}{ending}", path.display()));
    let (new, old) = (beside(".restoring"), beside(".before-restore"));
    std::fs::copy(from, &new).map_err(Error::internal)?;
    let kept = path.exists().then(|| std::fs::rename(path, &old).map(|()| old)).transpose().map_err(Error::internal)?;
    for ending in ["-wal", "-shm"] {
        let leftover = beside(ending);
        if leftover.exists() {
            std::fs::remove_file(leftover).map_err(Error::internal)?;
        }
    }
    std::fs::rename(new, path).map_err(Error::internal)?;
    Ok(kept)
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

fn sound(from: &Path) -> Result<()> {
    let mut conn = existing(from)?;
    conn.batch_execute("PRAGMA query_only = ON")?;
    let lines: Vec<Line> = diesel::sql_query("PRAGMA integrity_check").load(&mut conn)?;
    let told: Vec<&str> = lines.iter().map(|line| line.integrity_check.as_str()).collect();
    if told != ["ok"] {
        let (path, told) = (from.display(), told.join("; "));
        return Err(Error::Conflict(say!("{path} is damaged: {told}", "손상된 백업입니다: {path}: {told}")));
    }
    migrate::refuse_strange(&mut super::conn::Conn::Sqlite(conn))
}

/// SQLite makes a file that is not there; here it must be.
fn existing(path: &Path) -> Result<SqliteConnection> {
    if !path.is_file() {
        let path = path.display();
        return Err(Error::Conflict(say!("There is no file {path}.", "파일이 없습니다: {path}")));
    }
    SqliteConnection::establish(&path.to_string_lossy()).map_err(Error::internal)
}

/// Runs a program of PostgreSQL's. The address goes as an argument of libpq's own form; passwords in it are seen by whoever may
/// list this user's processes, so a password file (`PGPASSFILE`) is the better place for them.
fn tool(name: &str, arguments: &[&str]) -> Result<()> {
    let run = Command::new(program(name)).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).output();
    let output = run.map_err(|cause| {
        Error::Conflict(say!(
            "{name} could not be started ({cause}). Install PostgreSQL's client programs.",
            "실행할 수 없습니다: {name} ({cause}). PostgreSQL 클라이언트 프로그램을 설치하세요."
        ))
    })?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Error::Conflict(say!("{name} failed: {told}", "실패했습니다: {name}: {told}")))
}

/// The program on the PATH, or where Debian lays the newest.
fn program(name: &str) -> PathBuf {
    let found = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<PathBuf> =
        found.map(|entry| entry.path().join("bin").join(name)).filter(|path| path.exists()).collect();
    versions.sort();
    versions.pop().unwrap_or_else(|| PathBuf::from(name))
}
