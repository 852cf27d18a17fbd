//! Passwords: which are taken (NIST SP 800-63B, 3.1.1), and how they are kept (Argon2id).

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::base::text::{Unfit, fold};
use crate::base::{Email, Error, Result, say, secret};

/// The fewest characters of a new password.
pub const FEWEST: usize = 8;
/// The most bytes of a new password.
pub const MOST: usize = 256;

/// The commonest passwords of at least [`FEWEST`] characters, as lists of leaked ones have them, in lower case.
const COMMON: &str = include_str!("common_passwords.txt");

/// The hash that is checked when there is no account, so that its absence takes as long as a wrong password.
/// It has the parameters of our own hashes; nobody knows a password to it.
pub(super) const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$IElGtLKoxqwN8ELj2ZRKPA$\
                                 RtDP1yBOOT4osiGeXRyxloXP1DK5DbYE5kNsAVjmS3s";

/// A password as somebody typed it. It is never shown: it has no `Debug`, no `Display`, no `Serialize`.
#[derive(Clone)]
pub struct Password(SecretString);

impl Password {
    /// What looks the same is the same, whichever way a keyboard composes it: Korean from a Mac comes in parts.
    pub fn new(typed: &str) -> Password {
        Password(typed.nfkc().collect::<String>().into())
    }

    fn text(&self) -> &str {
        self.0.expose_secret()
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        let typed = SecretString::from(String::deserialize(input)?);
        Ok(Password::new(typed.expose_secret()))
    }
}

/// A password that may be chosen.
#[derive(Clone)]
pub struct NewPassword(Password);

impl NewPassword {
    /// Takes any password of [`FEWEST`] characters to [`MOST`] bytes that guessing does not begin with. `pointer` is where
    /// it stood.
    pub fn choose(password: Password, email: &Email, pointer: &str) -> Result<NewPassword> {
        match unfit(password.text(), email) {
            None => Ok(NewPassword(password)),
            Some(unfit) => Err(unfit.refusal(pointer)),
        }
    }

    /// The password itself.
    pub fn password(&self) -> Password {
        self.0.clone()
    }

    /// Hashes it on this thread, which takes a core for some ten milliseconds.
    pub fn hash(&self) -> Result<Hashed> {
        let hash = Argon2::default().hash_password_with_salt(self.0.text().as_bytes(), &secret::salt());
        Ok(Hashed(hash.map_err(Error::internal)?.to_string()))
    }
}

fn unfit(text: &str, email: &Email) -> Option<Unfit> {
    let folded = fold(text);
    let alike = || text.chars().next().is_some_and(|first| text.chars().all(|c| c == first));
    if text.chars().count() < FEWEST {
        let detail = say!(
            "Choose a password of at least {FEWEST} characters. A few words with spaces between them do well.",
            "비밀번호는 {FEWEST}자 이상이어야 합니다. 띄어 쓴 단어 몇 개도 좋습니다."
        );
        return Some(Unfit { code: "password.short", detail });
    }
    if text.len() > MOST {
        let detail = say!("Choose a password of at most {MOST} bytes.", "비밀번호는 {MOST}바이트 이하여야 합니다.");
        return Some(Unfit { code: "password.long", detail });
    }
    if folded == email.folded() || email.folded().split('@').next() == Some(&folded) {
        let detail = say!("Choose a password other than the email address.", "이메일 주소와 다른 비밀번호를 고르세요.");
        return Some(Unfit { code: "password.email", detail });
    }
    if alike() || COMMON.lines().any(|common| common == folded) {
        let detail = say!(
            "This password is among those that are guessed first. Choose another one.",
            "가장 먼저 추측되는 비밀번호입니다. 다른 비밀번호를 고르세요."
        );
        return Some(Unfit { code: "password.common", detail });
    }
    None
}

/// A hashed password, as it is kept: a PHC string that names its own parameters.
#[derive(Clone, PartialEq, Eq)]
pub struct Hashed(String);

impl Hashed {
    /// One that is kept.
    pub fn stored(phc: String) -> Hashed {
        Hashed(phc)
    }

    /// The PHC string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the hash of that password, on this thread.
    pub fn matches(&self, password: &Password) -> Result<bool> {
        let hash = PasswordHash::new(&self.0).map_err(Error::internal)?;
        Ok(Argon2::default().verify_password(password.text().as_bytes(), &hash).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<&'static str> {
        let email = Email::stored("ada.lovelace@example.org".into());
        unfit(Password::new(text).text(), &email).map(|unfit| unfit.code)
    }

    #[test]
    fn ordinary_passwords_are_taken() {
        for good in ["correct horse battery staple", "Password123!", "eightchr", "안녕하세요반가워", "        x"]
        {
            assert_eq!(code(good), None, "{good}");
        }
        assert_eq!(code(&"가".repeat(85)), Some("password.common"));
        assert_eq!(code(&"가나다".repeat(28)), None);
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        assert_eq!(code("seven77"), Some("password.short"));
        assert_eq!(code(&"ab".repeat(129)), Some("password.long"));
        assert_eq!(code("Password1"), Some("password.common"));
        assert_eq!(code("zzzzzzzzzz"), Some("password.common"));
        assert_eq!(code("ADA.lovelace@example.org"), Some("password.email"));
        assert_eq!(code("ada.lovelace"), Some("password.email"));
    }

    #[test]
    fn a_hash_has_at_least_the_parameters_that_owasp_asks_for() {
        let email = Email::stored("a@b.c".into());
        let hash = NewPassword::choose(Password::new("비밀번호 여덟 글자"), &email, "").and_then(|new| new.hash());
        let hash = hash.unwrap_or_else(|refusal| panic!("{refusal}"));
        let settings = |phc: &str| phc.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(settings(hash.as_str()), "$argon2id$v=19$m=19456,t=2,p=1");
        assert_eq!(settings(NOBODY), settings(hash.as_str()), "the hash that stands for nobody's takes as long");
        assert!(Hashed::stored(NOBODY.into()).matches(&Password::new("")).is_ok_and(|same| !same));
        let in_parts: String = "비밀번호 여덟 글자".nfd().collect();
        assert!(hash.matches(&Password::new(&in_parts)).is_ok_and(|same| same));
        assert!(hash.matches(&Password::new("비밀번호 여덟 글짜")).is_ok_and(|same| !same));
    }

    #[test]
    fn every_common_password_could_otherwise_be_chosen() {
        let useless: Vec<&str> =
            COMMON.lines().filter(|line| line.chars().count() < FEWEST || fold(line) != **line).collect();
        assert!(useless.is_empty(), "{useless:?}");
    }
}
