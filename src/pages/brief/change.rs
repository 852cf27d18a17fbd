//! What changed from one version of the brief to another, line by line.

use crate::base::{Lang, Sentence};
use crate::brief::difference::{FieldChange, LineKind, difference};
use crate::brief::{Ambition, Wish};
use crate::pages::words::Words;

/// A field that differs.
pub struct Changed {
    /// What it is called.
    pub field: String,
    /// Its lines: a class, a sign, and the words.
    pub lines: Vec<(&'static str, &'static str, Words)>,
}

/// The fields that differ between two versions. A field that stands in the reader's language is told in that one alone.
pub fn changed(before: &Wish, after: &Wish, lang: Lang) -> Vec<Changed> {
    let all = difference(before, after);
    let own = |one: &FieldChange| {
        let is_told = |other: &FieldChange| other.field == one.field && other.language == Some(lang);
        one.language.is_none_or(|of| of == lang) || !all.iter().any(is_told)
    };
    all.iter().filter(|one| own(one)).map(|one| told(one, lang)).collect()
}

fn told(of: &FieldChange, lang: Lang) -> Changed {
    let line = |one: &crate::brief::difference::Line| {
        let (class, sign) = match one.kind {
            LineKind::Same => ("quiet", " "),
            LineKind::Added => ("plus", "+"),
            LineKind::Removed => ("minus", "−"),
        };
        let text = Ambition::from_word(&one.text).filter(|_| of.field == "ambition");
        let text = text.map_or_else(|| one.text.clone(), |level| super::meaning(level).0.text(lang).to_owned());
        (class, sign, Words::typed(&text, lang))
    };
    Changed { field: field(of.field).text(lang).to_owned(), lines: of.lines.iter().map(line).collect() }
}

/// What a field of the brief is called.
pub fn field(name: &str) -> Sentence {
    match name {
        "ambition" => Sentence::fixed("Ambition", "목표 수준"),
        "background" => Sentence::fixed("Background", "배경"),
        "scalability" => Sentence::fixed("How large to think", "확장성"),
        "criteria" => Sentence::fixed("What counts", "평가 기준"),
        _ => Sentence::fixed("What it is about", "무엇에 관한 것인가"),
    }
}
