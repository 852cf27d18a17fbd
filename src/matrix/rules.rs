//! The rules of the matrix, R1 to R6, as findings with a remedy each. Pure: what they look at is the [`Draft`].

mod behind;
mod count;
mod gaps;

use serde_json::{Map, Value, json};

use super::Draft;
use super::table::{Effective, Row};
use crate::base::{Lang, Sentence, Slug};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It blocks publishing.
    Error,
    /// It is shown.
    Warning,
}

impl Level {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
        }
    }
}

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule: `R1` to `R6`.
    pub code: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// The topic it is about; none for one about a holder.
    pub topic: Option<Slug>,
    /// What is so.
    pub message: Sentence,
    /// What would mend it.
    pub remedy: Sentence,
    /// More of it, for programs and pages.
    pub facts: Map<String, Value>,
}

impl Finding {
    fn of(code: &'static str, level: Level, topic: Option<&Row>, message: Sentence, remedy: Sentence) -> Finding {
        Finding { code, level, topic: topic.map(|row| row.slug.clone()), message, remedy, facts: Map::new() }
    }

    fn with(mut self, name: &str, value: Value) -> Finding {
        self.facts.insert(name.to_owned(), value);
        self
    }

    /// As JSON, in one language.
    pub fn told(&self, lang: Lang) -> Value {
        let mut told = Map::new();
        told.insert("code".into(), json!(self.code));
        told.insert("level".into(), json!(self.level.word()));
        told.insert("topic".into(), json!(self.topic));
        told.insert("message".into(), json!(self.message.text(lang)));
        told.insert("remedy".into(), json!(self.remedy.text(lang)));
        told.extend(self.facts.clone());
        Value::Object(told)
    }
}

/// All findings, the errors first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The findings.
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many there are of this level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    /// As JSON, in one language.
    pub fn told(&self, lang: Lang) -> Value {
        let items: Vec<_> = self.findings.iter().map(|finding| finding.told(lang)).collect();
        json!({"errors": self.count(Level::Error), "warnings": self.count(Level::Warning), "items": items})
    }
}

/// Holds the rules against a draft.
pub fn findings(draft: &Draft) -> Report {
    let table = draft.table();
    let topics = table.effective();
    // What is inherited was looked at where it comes from.
    let own: Vec<&Effective> = topics.iter().filter(|topic| topic.inherited_from.is_none()).collect();
    let mut findings: Vec<Finding> = Vec::new();
    findings.extend(own.iter().filter_map(|topic| count::accountable(draft, topic)));
    findings.extend(own.iter().filter_map(|topic| count::responsible(topic)));
    findings.extend(own.iter().filter_map(|topic| behind::lead(draft, topic)));
    findings.extend(own.iter().flat_map(|topic| behind::standing(draft, topic)));
    findings.extend(behind::teams_without_mentor(draft, &own));
    findings.extend(gaps::uncovered(draft, &own));
    findings.extend(own.iter().filter_map(|topic| count::consulted(topic)));
    findings.extend(count::overburdened(draft, &own));
    findings.extend(count::idle(draft, &own));
    findings.sort_by_key(|finding| finding.level);
    Report { findings }
}
