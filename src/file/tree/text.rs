//! From bytes to text that the parser takes.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use crate::base::{Fault, say};

use super::fatal::{self, fatal};
use super::{MOST_BYTES, Place};

/// The text of the file: UTF-8, with or without a byte order mark.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Box<Fault>> {
    if bytes.len() > MOST_BYTES {
        return Err(fatal::bytes(MOST_BYTES));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.find(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        Some(at) => Err(control(text, at)),
        None => Ok(joined(text)),
    }
}

fn not_utf8(bytes: &[u8], good: usize) -> Box<Fault> {
    let before = String::from_utf8_lossy(bytes.get(..good).unwrap_or_default());
    let detail = say!(
        "The file is not UTF-8 from here on. Save it as UTF-8.",
        "이 위치부터 UTF-8이 아닙니다. 파일을 UTF-8로 저장하세요."
    );
    fatal(behind(&before), "file.encoding", detail)
}

/// YAML forbids control characters, and the parser would take one for the end of the file.
fn control(text: &str, at: usize) -> Box<Fault> {
    let detail = say!(
        "A control character stands here, which cannot be seen. Remove it.",
        "여기에 눈에 보이지 않는 제어 문자가 있습니다. 지우세요."
    );
    fatal(behind(text.get(..at).unwrap_or_default()), "file.control", detail)
}

/// The place behind this text.
fn behind(before: &str) -> Place {
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

/// JSON writes characters beyond U+FFFF as two escapes, which is all that YAML does not take over from it. In a file
/// that is JSON they are replaced by the character itself.
fn joined(text: &str) -> Cow<'_, str> {
    let json = text.trim_start().starts_with('{') && text.contains("\\u");
    if !json || serde_json::from_str::<IgnoredAny>(text).is_err() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        out.push_str(before);
        let (written, after) = pair(escape).unwrap_or_else(|| one(escape));
        out.push_str(&written);
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Two escapes that are one character, and what follows them. `escape` begins after the backslash.
fn pair(escape: &str) -> Option<(String, &str)> {
    let (high, rest) = unit(escape)?;
    let (low, rest) = unit(rest.strip_prefix('\\')?)?;
    let character = char::decode_utf16([high, low]).next()?.ok()?;
    // Two escapes that are two characters stay as they are.
    (character > '\u{ffff}').then(|| (character.to_string(), rest))
}

fn unit(escape: &str) -> Option<(u16, &str)> {
    let digits = escape.strip_prefix('u')?;
    Some((u16::from_str_radix(digits.get(..4)?, 16).ok()?, digits.get(4..)?))
}

/// Any other escape, as it is: the backslash and the character behind it, which may be a backslash.
fn one(escape: &str) -> (String, &str) {
    let mut characters = escape.chars();
    let first = characters.next().map(String::from).unwrap_or_default();
    (format!("\\{first}"), characters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_json_writes_in_two_escapes_become_one() {
        assert_eq!(
            joined(r#"{"a": "\ud83d\ude00 \\ud83d \u00e9 \/"}"#),
            "{\"a\": \"\u{1f600} \\\\ud83d \\u00e9 \\/\"}"
        );
        let yaml = "{a: '\\ud83d\\ude00'}";
        assert_eq!(joined(yaml), yaml);
    }

    #[test]
    fn the_first_bad_byte_is_named() {
        let fault = decode(b"a: b\nc: \xff").map_err(|fault| (fault.code, fault.place));
        assert_eq!(fault.err(), Some(("file.encoding", Some((2, 4)))));
    }
}
