//! `signpost doctor`: what is wrong or unwise, why it matters, and the command that mends it.

use std::process::ExitCode;

use clap::Args;
use serde_json::{Value, json};

use super::{Failure, lang, start};
use crate::account::admin;
use crate::base::{Lang, Sentence, say};
use crate::config::Config;
use crate::db::{Backend, Db, backup};
use crate::notification::post;
use crate::router;

/// Look for what is wrong or unwise. Exit code 0: nothing wrong, 1: warnings, 2: errors.
#[derive(Args)]
pub struct Doctor {
    /// Write JSON.
    #[arg(long)]
    json: bool,
}

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// A choice that one should know of.
    Note,
    Warning,
    Error,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// One thing that is wrong or unwise, or good to know.
struct Finding {
    level: Level,
    what: Sentence,
    why: Sentence,
    mend: String,
}

impl Doctor {
    /// Looks at everything, tells it, and gives the exit code.
    pub fn run(self) -> Result<ExitCode, Failure> {
        let findings = findings();
        if self.json {
            let all: Vec<Value> = findings.iter().map(|finding| finding.json(lang())).collect();
            outln!("{}", json!({ "findings": all }));
        } else {
            tell(&findings, lang());
        }
        Ok(match findings.iter().map(|finding| finding.level).max() {
            None | Some(Level::Note) => ExitCode::SUCCESS,
            Some(Level::Warning) => ExitCode::from(1),
            Some(Level::Error) => ExitCode::from(2),
        })
    }
}

impl Finding {
    fn json(&self, lang: Lang) -> Value {
        json!({ "level": self.level.word(), "what": self.what.text(lang), "why": self.why.text(lang), "mend": self.mend })
    }
}

fn tell(findings: &[Finding], lang: Lang) {
    if findings.is_empty() {
        outln!("{}", say!("Nothing found.", "발견된 문제가 없습니다.").text(lang));
    }
    for Finding { level, what, why, mend } in findings {
        let mark = level.word();
        outln!("{mark}: {}\n  {}\n  {mend}", what.text(lang), why.text(lang));
    }
}

fn findings() -> Vec<Finding> {
    let config = match Config::of_process() {
        Ok(config) => config,
        Err(faults) => {
            let fault = |fault: crate::config::ConfigFault| Finding {
                level: Level::Error,
                what: fault.detail,
                why: say!("The server does not start with it.", "이대로는 서버가 시작되지 않습니다."),
                mend: format!("export {}=...", fault.variable),
            };
            return faults.into_iter().map(fault).collect();
        }
    };
    let mut found: Vec<Finding> = config.warnings.iter().map(unwise).collect();
    found.extend(korean_table());
    match start::open(&config) {
        Ok(db) => found.extend(store(&config, &db)),
        Err(failure) => found.push(Finding {
            level: Level::Error,
            what: Sentence { en: failure.0.clone().into(), ko: failure.0.into() },
            why: say!("Without its database the server does nothing.", "데이터베이스 없이는 서버가 동작하지 않습니다."),
            mend: "signpost config show".to_owned(),
        }),
    }
    found
}

fn unwise(warning: &Sentence) -> Finding {
    Finding {
        level: Level::Warning,
        what: warning.clone(),
        why: say!("It works, but not as meant.", "동작은 하지만 의도와 다를 수 있습니다."),
        mend: "signpost config show".to_owned(),
    }
}

fn korean_table() -> Option<Finding> {
    (!router::has_korean_table()).then(|| Finding {
        level: Level::Warning,
        what: say!(
            "This program was built without the Korean word table.",
            "한국어 단어 표 없이 빌드된 프로그램입니다."
        ),
        why: say!("Questions in Korean find their topic less often.", "한국어 질문의 주제를 찾는 정확도가 낮아집니다."),
        mend: "cargo build --release --features korean-table".to_owned(),
    })
}

fn store(config: &Config, db: &Db) -> Vec<Finding> {
    let mut found = Vec::new();
    if matches!(db.read_now(admin::exists), Ok(false)) {
        found.push(Finding {
            level: Level::Warning,
            what: say!("There is no administrator.", "관리자가 없습니다."),
            why: say!("Nobody can make hackathons or users.", "해커톤과 사용자를 만들 수 있는 사람이 없습니다."),
            mend: "signpost admin create you@example.org".to_owned(),
        });
    }
    found.extend(mail(config, db));
    if let Backend::Sqlite(path) = &config.database
        && let Err(cause) = backup::check(&config.database, path)
    {
        let told = Failure::from(cause).0;
        found.push(Finding {
            level: Level::Error,
            what: Sentence { en: told.clone().into(), ko: told.into() },
            why: say!("What is stored may be lost.", "저장된 내용을 잃을 수 있습니다."),
            mend: "signpost restore BACKUP".to_owned(),
        });
    }
    found
}

/// That nobody gets mail, and mails that were given up.
fn mail(config: &Config, db: &Db) -> Option<Finding> {
    if !config.mailer.is_on() {
        return Some(Finding {
            level: Level::Note,
            what: say!("No mail server is named, so no mail is sent.", "메일 서버가 설정되지 않아 메일을 보내지 않습니다."),
            why: say!(
                "Who does not look into Signpost does not hear that a question waits for them.",
                "Signpost를 열어 보지 않는 사람은 기다리는 질문이 있는지 알 수 없습니다."
            ),
            mend: "export SIGNPOST_SMTP_URL=smtps://user:password@mail.example.org SIGNPOST_MAIL_FROM=signpost@example.org"
                .to_owned(),
        });
    }
    let (count, told) = db.read_now(post::given_up).ok().filter(|(count, _)| *count > 0)?;
    Some(Finding {
        level: Level::Warning,
        what: say!("{count} mails were given up; the last: {told}", "보내지 못한 메일: {count}통. 마지막 이유: {told}"),
        why: say!(
            "Their readers did not hear by mail what is shown to them in Signpost.",
            "받는 사람은 Signpost 안에서만 그 소식을 볼 수 있습니다."
        ),
        mend: "signpost config show".to_owned(),
    })
}
