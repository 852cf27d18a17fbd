//! The two languages Signpost speaks, and text that exists in them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A language of the interface. English is the language of last resort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Lang {
    /// The code used in HTML, headers and files (`en`, `ko`).
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ko => "ko",
        }
    }

    /// One of two wordings: the one in this language.
    pub fn either(self, en: &'static str, ko: &'static str) -> &'static str {
        match self {
            Lang::En => en,
            Lang::Ko => ko,
        }
    }

    /// Reads one language tag; `ko-KR` is Korean. `None` for a language Signpost does not speak.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" => Some(Lang::En),
            "ko" => Some(Lang::Ko),
            _ => None,
        }
    }

    /// The best language of an `Accept-Language` header (RFC 9110, 12.5.4); English when none fits.
    pub fn negotiate(header: &str) -> Lang {
        let mut best = (Lang::En, 0.0_f32);
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let lang = Lang::from_tag(pieces.next().unwrap_or_default());
            let quality = pieces.find_map(|piece| piece.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            if let Some(lang) = lang
                && quality > best.1
            {
                best = (lang, quality);
            }
        }
        best.0
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Lang {
    type Err = String;

    fn from_str(tag: &str) -> std::result::Result<Self, Self::Err> {
        Lang::from_tag(tag).ok_or_else(|| format!("{tag:?} is not a language of Signpost: en, ko"))
    }
}

impl Serialize for Lang {
    fn serialize<S: serde::Serializer>(&self, out: S) -> std::result::Result<S::Ok, S::Error> {
        out.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        let tag = Cow::<str>::deserialize(input)?;
        Lang::from_tag(&tag).ok_or_else(|| serde::de::Error::custom("expected a language: en or ko"))
    }
}

/// A sentence of the program's own, in every language. Made by [`say!`], so a missing translation does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// In English.
    pub en: Cow<'static, str>,
    /// In Korean.
    pub ko: Cow<'static, str>,
}

impl Sentence {
    /// A sentence that needs no formatting.
    pub const fn fixed(en: &'static str, ko: &'static str) -> Sentence {
        Sentence { en: Cow::Borrowed(en), ko: Cow::Borrowed(ko) }
    }

    /// The sentence in one language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ko => &self.ko,
        }
    }
}

impl std::fmt::Display for Sentence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.en)
    }
}

/// A [`Sentence`] in both languages, with values in scope: `say!("{name} is taken.", "이미 사용 중: {name}")`.
/// Korean sentences put no particle after a value, because its form depends on how the value is read aloud.
#[macro_export]
macro_rules! say {
    ($en:literal, $ko:literal $(,)?) => {
        $crate::base::Sentence {
            en: ::std::borrow::Cow::Owned(format!($en)),
            ko: ::std::borrow::Cow::Owned(format!($ko)),
        }
    };
}
pub use say;

/// Text of the users' own, in English, in Korean or in both; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Localized {
    /// In English, when it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<Box<str>>,
    /// In Korean, when it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ko: Option<Box<str>>,
}

impl Localized {
    /// Text given in one language.
    pub fn plain(lang: Lang, text: &str) -> Localized {
        let text = Some(Box::from(text));
        match lang {
            Lang::En => Localized { en: text, ko: None },
            Lang::Ko => Localized { en: None, ko: text },
        }
    }

    /// The text in this language, else in the other one.
    pub fn text(&self, lang: Lang) -> &str {
        let (first, second) = match lang {
            Lang::En => (&self.en, &self.ko),
            Lang::Ko => (&self.ko, &self.en),
        };
        first.as_deref().or(second.as_deref()).unwrap_or_default()
    }

    /// Each language it exists in, with the text.
    pub fn each(&self) -> impl Iterator<Item = (Lang, &str)> {
        let en = self.en.as_deref().map(|text| (Lang::En, text));
        let ko = self.ko.as_deref().map(|text| (Lang::Ko, text));
        en.into_iter().chain(ko)
    }
}

impl From<Sentence> for Localized {
    /// The program's own words, where users' words could stand as well.
    fn from(of: Sentence) -> Localized {
        Localized { en: Some(of.en.into()), ko: Some(of.ko.into()) }
    }
}

/// What is read from our own tables; the border parses input with `LocalizedInput`.
impl<'de> Deserialize<'de> for Localized {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Stored {
            en: Option<Box<str>>,
            ko: Option<Box<str>>,
        }
        let Stored { en, ko } = Stored::deserialize(input)?;
        Ok(Localized { en, ko })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caller_s_weights_decide_the_language() {
        assert_eq!(Lang::negotiate("ko-KR,ko;q=0.9,en;q=0.8"), Lang::Ko);
        assert_eq!(Lang::negotiate("fr, en;q=0.4, ko;q=0.2"), Lang::En);
        assert_eq!(Lang::negotiate("ko;q=0, de"), Lang::En);
        assert_eq!(Lang::negotiate(""), Lang::En);
    }
}
