//! Strings that were checked once, at the border, and are right from there on.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::error::{Error, Fault};
use super::lang::{Sentence, say};

/// The longest name or title, in characters.
pub const NAME_MOST: usize = 200;
/// The longest text, in characters.
pub const TEXT_MOST: usize = 20_000;

/// What makes a string unfit, to be told with the place where it stood.
#[derive(Clone, Debug)]
pub struct Unfit {
    /// The fault's code.
    pub code: &'static str,
    /// What to write instead.
    pub detail: Sentence,
}

impl Unfit {
    /// As a fault of what stood there.
    pub fn fault(self, pointer: &str) -> Fault {
        Fault::new(pointer, self.code, self.detail)
    }

    /// As the refusal of what stood there.
    pub fn refusal(self, pointer: &str) -> Error {
        Error::Invalid(vec![self.fault(pointer)])
    }
}

/// Strings are folded so that what looks the same compares the same on both databases: NFKC, lower case.
pub fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

macro_rules! checked_string {
    ($(#[$doc:meta])* $name:ident) => {
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema)]
        #[serde(transparent)]
        $(#[$doc])*
        pub struct $name(Box<str>);

        impl $name {
            /// The string.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// What our own tables hold was checked when it was written.
            pub fn stored(text: String) -> Self {
                $name(text.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let text = String::deserialize(input)?;
                $name::parse(&text).map_err(|unfit| serde::de::Error::custom(Told(&unfit)))
            }
        }
    };
}

checked_string! {
    /// The short name of a thing in addresses and files: lower-case letters, digits and single hyphens.
    #[schemars(extend("pattern" = "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength" = Slug::MOST))]
    Slug
}
checked_string! {
    /// A name or a title: one line, not blank, at most [`NAME_MOST`] characters.
    #[schemars(description = "A name or a title on one line.", extend("minLength" = 1, "maxLength" = NAME_MOST))]
    Name
}
checked_string! {
    /// Longer text: not blank, at most [`TEXT_MOST`] characters, no control characters but line ends and tabs.
    #[schemars(description = "Text of one line or several.", extend("minLength" = 1, "maxLength" = TEXT_MOST))]
    Text
}
checked_string! {
    /// An email address as it was written; [`Email::folded`] is what is compared.
    #[schemars(description = "An email address.", extend("pattern" = "^[^@\\s]+@[^@\\s]+$", "maxLength" = Email::MOST))]
    Email
}

impl Slug {
    /// The longest slug, in characters.
    pub const MOST: usize = 64;

    /// Checks a slug.
    pub fn parse(text: &str) -> Result<Slug, Unfit> {
        let shape = text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        // A slug that reads as a UUID would hide the thing with that id behind it.
        if shape && text.len() <= Slug::MOST && Uuid::try_parse(text).is_err() {
            return Ok(Slug(text.into()));
        }
        let most = Slug::MOST;
        Err(Unfit {
            code: "slug.shape",
            detail: say!(
                "Write a slug of lower-case letters, digits and single hyphens, at most {most} characters, for example \"etl-pipelines\".",
                "소문자, 숫자, 하이픈 하나씩만 써서 {most}자 이내로 적으세요. 예: \"etl-pipelines\""
            ),
        })
    }
}

impl Name {
    /// Trims and checks a name.
    pub fn parse(text: &str) -> Result<Name, Unfit> {
        let text = text.trim();
        let fits = !text.is_empty() && text.chars().count() <= NAME_MOST && !text.chars().any(char::is_control);
        if fits {
            return Ok(Name(text.nfc().collect::<String>().into()));
        }
        Err(Unfit {
            code: "name.shape",
            detail: say!(
                "Write 1 to {NAME_MOST} characters on one line.",
                "한 줄에 1자 이상 {NAME_MOST}자 이하로 적으세요."
            ),
        })
    }
}

impl Text {
    /// Trims and checks a text.
    pub fn parse(text: &str) -> Result<Text, Unfit> {
        let text = text.trim();
        let allowed = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
        let fits = !text.is_empty() && text.chars().count() <= TEXT_MOST && text.chars().all(allowed);
        if fits {
            return Ok(Text(text.nfc().collect::<String>().into()));
        }
        Err(Unfit {
            code: "text.shape",
            detail: say!(
                "Write 1 to {TEXT_MOST} characters, without control characters.",
                "제어 문자 없이 1자 이상 {TEXT_MOST}자 이하로 적으세요."
            ),
        })
    }
}

impl Email {
    /// The longest address, in bytes (RFC 5321, 4.5.3.1.3, without the brackets).
    pub const MOST: usize = 254;

    /// Checks the shape only: one `@` between something and a domain. Whether it works, a message tells.
    pub fn parse(text: &str) -> Result<Email, Unfit> {
        let text = text.trim();
        let good = |part: &str| {
            !part.is_empty()
                && part.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\"\\".contains(c))
        };
        let fits = text.len() <= Email::MOST
            && text.split_once('@').is_some_and(|(user, domain)| {
                good(user)
                    && good(domain)
                    && !domain.contains('@')
                    && !domain.starts_with('.')
                    && !domain.ends_with('.')
            });
        if fits {
            return Ok(Email(text.into()));
        }
        Err(Unfit {
            code: "email.shape",
            detail: say!(
                "Write an email address such as \"ada@example.org\".",
                "\"ada@example.org\"와 같은 이메일 주소를 적으세요."
            ),
        })
    }

    /// The form that is compared and unique.
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

/// Carries a fault's code and both languages through serde, which passes on nothing but one string.
pub(crate) struct Told<'a>(pub(crate) &'a Unfit);

/// Stands before a fault that was carried through serde.
pub const TOLD: char = '\u{1}';

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unfit { code, detail } = self.0;
        write!(f, "{TOLD}{code}{TOLD}{}{TOLD}{}{TOLD}", detail.en, detail.ko)
    }
}

/// How a path or a query names a thing: by its id or by its slug.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// By id.
    Id(Uuid),
    /// By slug.
    Slug(Slug),
}

impl Key {
    /// `None` where it can name nothing.
    pub fn parse(text: &str) -> Option<Key> {
        match Uuid::try_parse(text) {
            Ok(id) => Some(Key::Id(id)),
            Err(_) => Slug::parse(text).ok().map(Key::Slug),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain() {
        assert!(Slug::parse("etl-pipelines").is_ok());
        for bad in ["", "-a", "a--b", "A", "a b", "ä", "0190e2a0-0000-7000-8000-000000000000"] {
            assert!(Slug::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_email_has_a_name_and_a_domain() {
        assert!(Email::parse("ds1@example.org").is_ok());
        for bad in ["", "ada", "@x", "a@", "a b@c", "a@b@c", "a@.b"] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
    }
}
