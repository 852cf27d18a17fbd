//! `signpost backup`, `signpost restore`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{Failure, lang, start};
use crate::base::say;
use crate::config::Config;
use crate::db::backup;

/// Write a backup while the server runs.
#[derive(Args)]
pub struct Backup {
    /// Where to; the file must not be there yet.
    file: PathBuf,
}

/// Put a backup back. The server must not run.
#[derive(Args)]
pub struct Restore {
    /// The backup.
    file: PathBuf,
    /// Only prove that it is whole; change nothing.
    #[arg(long)]
    check: bool,
}

impl Backup {
    /// Writes the backup and proves that it can be read.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        backup::backup(&config.database, &self.file)?;
        backup::check(&config.database, &self.file)?;
        let (path, bytes) = (self.file.display().to_string(), size(&self.file));
        tell(&say!("{path}: {bytes} bytes, checked.", "{path}: {bytes}바이트, 확인했습니다."));
        Ok(ExitCode::SUCCESS)
    }
}

impl Restore {
    /// Checks the backup, and puts it back unless it was only to be checked.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let path = self.file.display();
        if self.check {
            backup::check(&config.database, &self.file)?;
            tell(&say!("{path} is whole.", "온전한 백업입니다: {path}"));
            return Ok(ExitCode::SUCCESS);
        }
        let _alone = start::alone(config)?;
        let kept = backup::restore(&config.database, &self.file)?;
        // Opening brings an older backup's tables up to date, and proves that the server can start.
        start::open(config)?;
        tell(&say!("{path} is restored.", "복원했습니다: {path}"));
        if let Some(kept) = kept {
            let kept = kept.display();
            tell(&say!("What was there before is in {kept}.", "이전 데이터 위치: {kept}"));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map(|meta| meta.len()).unwrap_or_default()
}

fn tell(sentence: &crate::base::Sentence) {
    outln!("{}", sentence.text(lang()));
}
