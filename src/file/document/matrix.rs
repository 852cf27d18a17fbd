//! The topics and the responsibilities for them.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Holder, shape};
use crate::base::{Lang, Localized, Slug, Text};
use crate::router;

/// Something that one can ask about.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["name"] }, { "required": ["pack"] }]))]
pub struct Topic {
    /// Its short name.
    pub slug: Slug,
    /// The starter pack that gives the name, the description and the words which are not written here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<Slug>,
    /// The topic that this one is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Slug>,
    /// What it is called. Needed unless a pack is given.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "shape::localized_option")]
    #[schemars(with = "Option<shape::NameInLanguages>")]
    pub name: Option<Localized>,
    /// What belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "shape::localized_option")]
    #[schemars(with = "Option<shape::TextInLanguages>")]
    pub description: Option<Localized>,
    /// Words by which a question is known to be about it.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub keywords: Phrases,
    /// Questions about it, as people ask them.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub examples: Phrases,
}

impl Topic {
    /// What it is called: by its own name, else by its starter pack's.
    pub fn called(&self) -> Localized {
        let pack = self.pack.as_ref().and_then(|slug| router::pack(slug.as_str()));
        let of_pack = pack.map(|pack| Localized { en: Some(pack.name.en.into()), ko: Some(pack.name.ko.into()) });
        self.name.clone().or(of_pack).unwrap_or_else(|| Localized::plain(Lang::En, self.slug.as_str()))
    }
}

/// Words or questions, in each language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrases {
    /// In English.
    pub en: Vec<Text>,
    /// In Korean.
    pub ko: Vec<Text>,
}

impl Phrases {
    /// The longest of them, in characters.
    pub const LONGEST: usize = 500;

    /// Whether there are none in either language.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.ko.is_empty()
    }
}

impl Serialize for Phrases {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        if self.ko.is_empty() {
            return self.en.serialize(out);
        }
        let mut map = out.serialize_map(None)?;
        if !self.en.is_empty() {
            map.serialize_entry("en", &self.en)?;
        }
        map.serialize_entry("ko", &self.ko)?;
        map.end()
    }
}

impl JsonSchema for Phrases {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Phrases".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let phrase = json_schema!({ "type": "string", "minLength": 1, "maxLength": Phrases::LONGEST });
        let list = json_schema!({ "type": "array", "items": phrase });
        json_schema!({
            "description": "Words or questions in each language; a plain list is English.",
            "anyOf": [
                list,
                { "type": "object", "properties": { "en": list, "ko": list }, "additionalProperties": false }
            ]
        })
    }
}

/// One row of the matrix. Who stands first in a list is asked first.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Responsibility {
    /// The topic.
    pub topic: Slug,
    /// Who does the work of answering.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible: Vec<Holder>,
    /// The one who answers for it that it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accountable: Option<Holder>,
    /// Who can help.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consulted: Vec<Holder>,
    /// Who is told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub informed: Vec<Holder>,
}
