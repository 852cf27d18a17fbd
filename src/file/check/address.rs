//! Whether a channel's address is one that its kind can use.

use super::super::document::ChannelKind;
use super::super::read::{Reader, Spot};
use crate::base::{Email, Text, say};

/// The schemes that a page may link to. `javascript:` and `data:` would run what the file says.
const SCHEMES: [&str; 9] = ["https", "http", "mailto", "tel", "sip", "xmpp", "matrix", "slack", "msteams"];
/// The longest address, in bytes.
const LONGEST: usize = 2_000;
/// The most characters of a telephone number, with its spaces.
const PHONE_LONGEST: usize = 40;

/// The address, if it fits the kind of channel.
pub fn check(r: &mut Reader<'_>, at: &Spot<'_>, kind: ChannelKind, text: Text) -> Option<Text> {
    match kind {
        ChannelKind::Email => match Email::parse(text.as_str()) {
            Ok(_) => Some(text),
            Err(unfit) => {
                r.fault(at, "address.email", unfit.detail);
                None
            }
        },
        ChannelKind::Phone => phone(r, at, text),
        ChannelKind::InPerson => Some(text),
        ChannelKind::Chat | ChannelKind::Meeting | ChannelKind::Url => link(r, at, text),
    }
}

/// The text, if it is a telephone number.
pub fn phone(r: &mut Reader<'_>, at: &Spot<'_>, text: Text) -> Option<Text> {
    let number = text.as_str();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let shape = number.trim_start_matches('+').chars().all(|c| c.is_ascii_digit() || " -().".contains(c));
    if shape && digits >= 3 && number.len() <= PHONE_LONGEST {
        return Some(text);
    }
    let detail = say!(
        "Write a telephone number in quotes, such as \"+44 20 7946 0000\".",
        "전화번호를 따옴표로 감싸 적으세요. 예: \"+82 2 123 4567\""
    );
    r.fault(at, "address.phone", detail);
    None
}

fn link(r: &mut Reader<'_>, at: &Spot<'_>, text: Text) -> Option<Text> {
    if is_link(text.as_str()) {
        return Some(text);
    }
    let schemes = SCHEMES.join(", ");
    let detail = say!(
        "Write a whole address such as \"https://chat.example.org/room\". It may begin with: {schemes}.",
        "\"https://chat.example.org/room\"처럼 주소 전체를 적으세요. 쓸 수 있는 시작: {schemes}"
    );
    r.fault(at, "address.link", detail);
    None
}

fn is_link(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let scheme = scheme.to_ascii_lowercase();
    let plain =
        text.len() <= LONGEST && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"\\".contains(c));
    let host = match scheme.as_str() {
        "http" | "https" => {
            rest.strip_prefix("//").is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        }
        _ => !rest.is_empty(),
    };
    plain && host && SCHEMES.contains(&scheme.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_are_safe_to_follow_are_links() {
        for good in [
            "https://x.example.org/a?b=c#d",
            "HTTP://localhost:8080",
            "mailto:a@b",
            "slack://channel?id=1",
            "https://한국.kr/방",
        ] {
            assert!(is_link(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "JavaScript:x",
            "x.example.org",
            "https://",
            "https:///a",
            "http:a",
            "ftp://a",
            "https://a b",
            "tel:",
            "https://\"onclick=x",
        ] {
            assert!(!is_link(bad), "{bad}");
        }
    }
}
