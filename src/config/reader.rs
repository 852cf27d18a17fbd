//! Reads variables and the files that hold secrets, and keeps account of faults and sources.

use std::fmt;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::parse::masked_url;
use super::variable::{DATABASE_URL, Variable, in_file, readable_by_others};
use crate::base::{Sentence, say};

/// A variable that is not right. The value is not repeated: it may hold a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// Which.
    pub variable: String,
    /// What is wrong and what to write instead.
    pub detail: Sentence,
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.variable, self.detail)
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The variable itself.
    Environment,
    /// The file that the `*_FILE` variable names.
    File(PathBuf),
    /// Nobody set it.
    Default,
}

impl Source {
    /// In words.
    pub fn told(&self) -> Sentence {
        match self {
            Source::Environment => say!("environment", "환경 변수"),
            Source::File(path) => {
                let path = path.display();
                say!("file {path}", "파일 {path}")
            }
            Source::Default => say!("default", "기본값"),
        }
    }
}

/// A value as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The variable's name.
    pub name: &'static str,
    /// The value, masked where it is secret; `None` where there is none, which means off.
    pub value: Option<String>,
    /// Where it comes from.
    pub source: Source,
}

pub(super) struct Reader<'a> {
    get: &'a dyn Fn(&str) -> Option<String>,
    pub faults: Vec<ConfigFault>,
    pub warnings: Vec<Sentence>,
    pub settings: Vec<Setting>,
}

impl<'a> Reader<'a> {
    pub fn new(get: &'a dyn Fn(&str) -> Option<String>) -> Reader<'a> {
        Reader { get, faults: Vec::new(), warnings: Vec::new(), settings: Vec::new() }
    }

    pub fn fault(&mut self, variable: &str, detail: Sentence) {
        self.faults.push(ConfigFault { variable: variable.to_owned(), detail });
    }

    /// A value that there always is. `None` after a fault.
    pub fn value<T>(
        &mut self,
        variable: &Variable,
        default: &str,
        parse: impl FnOnce(&str) -> Result<T, Sentence>,
    ) -> Option<T> {
        let (text, source) = self.text(variable).unwrap_or((default.to_owned(), Source::Default));
        self.settings.push(Setting { name: variable.name, value: Some(shown(variable, &text)), source });
        self.parsed(variable, &text, parse)
    }

    /// A value that there may be. `None` where it is not set, and after a fault.
    pub fn option<T>(&mut self, variable: &Variable, parse: impl FnOnce(&str) -> Result<T, Sentence>) -> Option<T> {
        let Some((text, source)) = self.text(variable) else {
            self.settings.push(Setting { name: variable.name, value: None, source: Source::Default });
            return None;
        };
        self.settings.push(Setting { name: variable.name, value: Some(shown(variable, &text)), source });
        self.parsed(variable, &text, parse)
    }

    fn parsed<T>(
        &mut self,
        variable: &Variable,
        text: &str,
        parse: impl FnOnce(&str) -> Result<T, Sentence>,
    ) -> Option<T> {
        // Spaces around a password are part of it.
        let text = if variable.secret { text } else { text.trim() };
        let unicode = if text.contains('\u{FFFD}') { Err(not_unicode()) } else { Ok(()) };
        unicode.and_then(|()| parse(text)).map_err(|detail| self.fault(variable.name, detail)).ok()
    }

    /// What the variable or its file says; `None` where both say nothing.
    fn text(&mut self, variable: &Variable) -> Option<(String, Source)> {
        let set = |name: &str| (self.get)(name).filter(|text| !text.trim().is_empty());
        let direct = set(variable.name);
        let file = if variable.secret { set(&in_file(variable)) } else { None };
        match (direct, file) {
            (Some(_), Some(_)) => {
                let (name, file) = (variable.name, in_file(variable));
                self.fault(
                    name,
                    say!("{name} and {file} are both set. Keep one of them.", "둘 중 하나만 남기세요: {name}, {file}"),
                );
                None
            }
            (Some(text), None) => Some((text, Source::Environment)),
            (None, Some(path)) => self.file(variable, Path::new(path.trim())),
            (None, None) => None,
        }
    }

    fn file(&mut self, variable: &Variable, path: &Path) -> Option<(String, Source)> {
        let shown = path.display();
        let detail = match fs::read_to_string(path) {
            Err(error) => say!("{shown} cannot be read: {error}", "읽을 수 없는 파일입니다: {shown} ({error})"),
            Ok(text) if text.trim().is_empty() => say!("{shown} is empty.", "빈 파일입니다: {shown}"),
            Ok(text) => {
                if fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o004 != 0) {
                    self.warnings.push(readable_by_others(variable, path));
                }
                return Some((without_line_end(&text).to_owned(), Source::File(path.to_owned())));
            }
        };
        self.fault(&in_file(variable), detail);
        None
    }
}

/// Editors and `echo` end a file with one line end that is not part of the secret.
fn without_line_end(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

fn shown(variable: &Variable, text: &str) -> String {
    match variable {
        database if *database == DATABASE_URL => masked_url(text.trim()),
        Variable { secret: true, .. } => "********".to_owned(),
        Variable { secret: false, .. } => text.trim().to_owned(),
    }
}

fn not_unicode() -> Sentence {
    say!("Write it in UTF-8.", "UTF-8로 적으세요.")
}
