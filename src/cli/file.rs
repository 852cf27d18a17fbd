//! `signpost import`, `signpost export`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Failure, ask, lang, start};
use crate::base::{Key, say};
use crate::config::Config;
use crate::file::ChangeKind;
use crate::hackathon;
use crate::transfer::{self, Imported, Wish};

/// Store a hackathon file, if all of it is right.
#[derive(Args)]
pub struct Import {
    /// The hackathon file, YAML or JSON.
    file: PathBuf,
    /// Apply the difference to the hackathon that is there.
    #[arg(long)]
    update: bool,
    /// Only tell what would change.
    #[arg(long)]
    dry_run: bool,
}

/// Write a hackathon as a file, to standard output.
#[derive(Args)]
pub struct Export {
    /// The hackathon's slug.
    hackathon: String,
    /// The form.
    #[arg(long, value_enum, default_value_t = Form::Yaml)]
    format: Form,
}

/// A file's form.
#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// For people.
    Yaml,
    /// For programs.
    Json,
}

impl Import {
    /// Imports, or tells what would change.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let document = ask::read(&self.file)?;
        let db = start::open(config)?;
        let (dry_run, wish) = (self.dry_run, if self.update { Wish::Update } else { Wish::Create });
        let imported = match dry_run {
            true => db.read_now(|tx| transfer::plan(tx, &document))?,
            false => db.write_now(move |tx| transfer::import(tx, &document, None, wish))?,
        };
        told(&imported, dry_run);
        Ok(ExitCode::SUCCESS)
    }
}

fn told(imported: &Imported, dry_run: bool) {
    let lang = lang();
    for change in &imported.changes {
        let sign = match change.kind {
            ChangeKind::Added => '+',
            ChangeKind::Removed => '-',
            ChangeKind::Changed => '~',
        };
        outln!("{sign} {}: {}", change.path, change.what.text(lang));
    }
    let slug = imported.hackathon.as_ref().map(|hackathon| hackathon.slug.to_string()).unwrap_or_default();
    let count = imported.changes.len();
    let done = match (dry_run, imported.created) {
        (true, true) => say!("The file is right. Nothing was stored.", "파일에 문제가 없습니다. 저장하지 않았습니다."),
        (true, false) => say!("{count} changes. Nothing was stored.", "변경 {count}건. 저장하지 않았습니다."),
        (false, true) => say!("{slug} is there now.", "만들었습니다: {slug}"),
        (false, false) => say!("{slug}: {count} changes.", "{slug}: 변경 {count}건."),
    };
    outln!("{}", done.text(lang));
    if !dry_run && imported.matrix_version.is_none() {
        let draft = say!(
            "Its matrix is a draft: errors stand against publishing it. See the findings.",
            "매트릭스는 초안입니다. 게시를 막는 오류가 있으니 점검 결과를 보세요."
        );
        outln!("{}", draft.text(lang));
    }
}

impl Export {
    /// Writes the file.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let key = Key::parse(&self.hackathon).ok_or_else(|| unknown(&self.hackathon))?;
        let db = start::open(config)?;
        let document = db.read_now(|tx| match hackathon::store::find(tx, &key)? {
            Some(found) => transfer::take(tx, &found).map(Some),
            None => Ok(None),
        })?;
        let document = document.ok_or_else(|| unknown(&self.hackathon))?;
        match self.format {
            Form::Yaml => super::out::write(format_args!("{}", document.to_yaml()?)),
            Form::Json => outln!("{}", document.to_json()?),
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn unknown(name: &str) -> Failure {
    Failure(say!("There is no hackathon \"{name}\".", "없는 해커톤입니다: \"{name}\"").text(lang()).to_owned())
}
