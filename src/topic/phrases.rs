//! Words and questions by which a topic is known, in each language.

use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::base::{Fault, Lang, Text, say};

/// Words or questions, in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrases {
    /// In English.
    #[serde(default)]
    pub en: Vec<Text>,
    /// In Korean.
    #[serde(default)]
    pub ko: Vec<Text>,
}

impl Phrases {
    /// The most in one language. What is told apart by more words than this is better told apart by resolved questions.
    pub const MOST: usize = 50;
    /// The longest of them, in characters.
    pub const LONGEST: usize = 500;

    /// What is wrong with them; `pointer` is where they stood.
    pub(super) fn faults(&self, pointer: &str) -> Vec<Fault> {
        let languages = [(Lang::En, &self.en), (Lang::Ko, &self.ko)];
        languages.into_iter().flat_map(|(lang, list)| in_one(list, &format!("{pointer}/{lang}"))).collect()
    }
}

fn in_one(list: &[Text], pointer: &str) -> Vec<Fault> {
    let (most, longest) = (Phrases::MOST, Phrases::LONGEST);
    let many = (list.len() > most).then(|| {
        let detail = say!("Give at most {most} in one language.", "언어마다 {most}개까지 적을 수 있습니다.");
        Fault::new(pointer, "phrases.many", detail)
    });
    let long = list.iter().enumerate().filter(|(_, text)| text.as_str().chars().count() > longest).map(|(index, _)| {
        let detail = say!("Write at most {longest} characters.", "{longest}자 이하로 적으세요.");
        Fault::new(format!("{pointer}/{index}"), "phrases.long", detail)
    });
    many.into_iter().chain(long).collect()
}

/// Phrases as they arrive: `{"en": [], "ko": []}`, or a plain list in the request's `Content-Language`.
#[derive(Clone, Debug)]
pub enum PhrasesSaid {
    /// In the request's language.
    Plain(Vec<Text>),
    /// In the languages it names.
    Each(Phrases),
}

impl PhrasesSaid {
    /// The phrases, with a plain list taken to be in this language.
    pub fn in_lang(self, lang: Lang) -> Phrases {
        match (self, lang) {
            (PhrasesSaid::Plain(en), Lang::En) => Phrases { en, ..Phrases::default() },
            (PhrasesSaid::Plain(ko), Lang::Ko) => Phrases { ko, ..Phrases::default() },
            (PhrasesSaid::Each(phrases), _) => phrases,
        }
    }
}

impl<'de> Deserialize<'de> for PhrasesSaid {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(Listener)
    }
}

/// Takes either shape without trying one after the other, so that a fault inside keeps its place and its words.
struct Listener;

impl<'de> Visitor<'de> for Listener {
    type Value = PhrasesSaid;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a list, or an object with lists en and ko")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(text) = seq.next_element()? {
            list.push(text);
        }
        Ok(PhrasesSaid::Plain(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut phrases = Phrases::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "en" => phrases.en = map.next_value()?,
                "ko" => phrases.ko = map.next_value()?,
                other => return Err(de::Error::unknown_field(other, &["en", "ko"])),
            }
        }
        Ok(PhrasesSaid::Each(phrases))
    }
}
