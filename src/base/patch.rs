//! How changes and localized text arrive in a body.

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::lang::{Lang, Localized};
use super::text::{Name, Text};

/// One field of a PATCH (RFC 7396): left out, cleared with `null`, or set. Use with `#[serde(default)]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Left out: stays as it is.
    #[default]
    Keep,
    /// `null`: has no value any more.
    Clear,
    /// The new value.
    Set(T),
}

impl<T> Patch<T> {
    /// The value after the change.
    pub fn apply(self, now: Option<T>) -> Option<T> {
        match self {
            Patch::Keep => now,
            Patch::Clear => None,
            Patch::Set(value) => Some(value),
        }
    }

    /// The same change of something made from the value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Patch::Keep => Patch::Keep,
            Patch::Clear => Patch::Clear,
            Patch::Set(value) => Patch::Set(f(value)),
        }
    }

    /// As [`Patch::map`], where making it can fail.
    pub fn try_map<U, E>(self, f: impl FnOnce(T) -> Result<U, E>) -> Result<Patch<U>, E> {
        Ok(match self {
            Patch::Keep => Patch::Keep,
            Patch::Clear => Patch::Clear,
            Patch::Set(value) => Patch::Set(f(value)?),
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        Ok(Option::<T>::deserialize(input)?.map_or(Patch::Clear, Patch::Set))
    }
}

/// One field of a PATCH that always has a value: left out or set, and `null` is refused.
/// Use with `#[serde(default, deserialize_with = "given")]`.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(input: D) -> Result<Option<T>, D::Error> {
    T::deserialize(input).map(Some)
}

/// A checked string that localized text is made of.
pub trait Piece: for<'de> Deserialize<'de> {
    /// The string.
    fn piece(&self) -> &str;
}

impl Piece for Name {
    fn piece(&self) -> &str {
        self.as_str()
    }
}

impl Piece for Text {
    fn piece(&self) -> &str {
        self.as_str()
    }
}

/// Localized text as it arrives: `{"en": "...", "ko": "..."}`, or a plain string in the request's `Content-Language`.
#[derive(Clone, Debug)]
pub enum Said<T> {
    /// In the request's language.
    Plain(T),
    /// In the languages it names, at least one.
    Each(Option<T>, Option<T>),
}

impl<T: Piece> Said<T> {
    /// The text, with a plain string taken to be in this language.
    pub fn in_lang(self, lang: Lang) -> Localized {
        let boxed = |piece: T| Box::from(piece.piece());
        match self {
            Said::Plain(text) => Localized::plain(lang, text.piece()),
            Said::Each(en, ko) => Localized { en: en.map(boxed), ko: ko.map(boxed) },
        }
    }
}

impl<'de, T: Piece> Deserialize<'de> for Said<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(SaidVisitor(std::marker::PhantomData))
    }
}

struct SaidVisitor<T>(std::marker::PhantomData<T>);

impl<'de, T: Piece> Visitor<'de> for SaidVisitor<T> {
    type Value = Said<T>;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a string, or an object with en or ko")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        T::deserialize(de::value::StrDeserializer::new(text)).map(Said::Plain)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut en, mut ko) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "en" => en = Some(map.next_value::<T>()?),
                "ko" => ko = Some(map.next_value::<T>()?),
                other => return Err(de::Error::unknown_field(other, &["en", "ko"])),
            }
        }
        if en.is_none() && ko.is_none() {
            return Err(de::Error::missing_field("en"));
        }
        Ok(Said::Each(en, ko))
    }
}
