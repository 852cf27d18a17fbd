//! Reads text that is written in one language or in several.

use super::super::document::Phrases;
use super::super::tree::Kind;
use super::{Fields, Reader, Spot, fields, scalar};
use crate::base::text::Unfit;
use crate::base::{Lang, Localized, Name, Text, say};

/// A name in one language or two.
pub fn localized_name(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Localized> {
    localized(r, at, |text| Name::parse(text).map(|name| name.as_str().into()))
}

/// Text in one language or two.
pub fn localized_text(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Localized> {
    localized(r, at, |text| Text::parse(text).map(|text| text.as_str().into()))
}

fn localized(r: &mut Reader<'_>, at: Spot<'_>, parse: impl Fn(&str) -> Result<Box<str>, Unfit>) -> Option<Localized> {
    if !matches!(at.node.kind, Kind::Map(_)) {
        return r.checked(&at, parse).map(|text| Localized::plain(Lang::En, &text));
    }
    let mut f = Fields::open(r, at)?;
    let en = f.optional(r, "en", |r, at| r.checked(&at, &parse));
    let ko = f.optional(r, "ko", |r, at| r.checked(&at, &parse));
    let at = f.at().clone();
    f.close(r);
    if en.is_none() && ko.is_none() {
        let detail = say!(
            "Write it in English (\"en\"), in Korean (\"ko\") or in both.",
            "영어(\"en\"), 한국어(\"ko\") 또는 두 언어로 적으세요."
        );
        r.fault(&at, "text.languages", detail);
        return None;
    }
    Some(Localized { en, ko })
}

/// Words or questions in each language; a plain list is English.
pub fn phrases(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Phrases> {
    if matches!(at.node.kind, Kind::List(_)) {
        return Some(Phrases { en: fields::list(r, at, phrase), ko: Vec::new() });
    }
    let mut f = Fields::open(r, at)?;
    let (en, ko) = (f.list(r, "en", phrase), f.list(r, "ko", phrase));
    f.close(r);
    Some(Phrases { en, ko })
}

fn phrase(r: &mut Reader<'_>, at: Spot<'_>) -> Option<Text> {
    let most = Phrases::LONGEST;
    let phrase = scalar::text(r, at.clone())?;
    if phrase.as_str().chars().count() > most {
        r.fault(&at, "phrase.long", say!("Write at most {most} characters.", "{most}자 이내로 적으세요."));
        return None;
    }
    Some(phrase)
}
