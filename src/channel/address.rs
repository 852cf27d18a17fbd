//! Whether a channel's address is one that its kind can use, and that a page may safely link to.

use super::ChannelKind;
use crate::base::text::Unfit;
use crate::base::{Email, Sentence, say};

/// The schemes that a page may link to. `javascript:` and `data:` would run what an organizer wrote.
pub const SCHEMES: [&str; 9] = ["https", "http", "mailto", "tel", "sip", "xmpp", "matrix", "slack", "msteams"];
/// The longest address, in bytes.
const LONGEST: usize = 2_000;
/// The longest telephone number, with its spaces, in bytes.
const PHONE_LONGEST: usize = 40;

/// Whether the address fits the kind of channel; the fault's code is `address.shape`.
pub fn check(kind: ChannelKind, address: &str) -> Result<(), Unfit> {
    let fits = match kind {
        ChannelKind::Email => Email::parse(address).is_ok(),
        ChannelKind::Phone => is_phone(address),
        ChannelKind::InPerson => address.len() <= LONGEST,
        ChannelKind::Chat | ChannelKind::Meeting | ChannelKind::Url => is_link(address),
    };
    if fits { Ok(()) } else { Err(Unfit { code: "address.shape", detail: wanted(kind) }) }
}

fn wanted(kind: ChannelKind) -> Sentence {
    match kind {
        ChannelKind::Email => say!(
            "Write an email address such as \"ada@example.org\".",
            "\"ada@example.org\"와 같은 이메일 주소를 적으세요."
        ),
        ChannelKind::Phone => say!(
            "Write a telephone number such as \"+44 20 7946 0000\".",
            "\"+82 2 123 4567\"과 같은 전화번호를 적으세요."
        ),
        ChannelKind::InPerson => {
            say!("Write where to go in at most {LONGEST} bytes.", "찾아갈 곳을 {LONGEST}바이트 이하로 적으세요.")
        }
        ChannelKind::Chat | ChannelKind::Meeting | ChannelKind::Url => {
            let schemes = SCHEMES.join(", ");
            say!(
                "Write a whole address such as \"https://chat.example.org/room\". It may begin with: {schemes}.",
                "\"https://chat.example.org/room\"처럼 주소 전체를 적으세요. 쓸 수 있는 시작: {schemes}"
            )
        }
    }
}

fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let shape = text.trim_start_matches('+').chars().all(|c| c.is_ascii_digit() || " -().".contains(c));
    shape && digits >= 3 && text.len() <= PHONE_LONGEST
}

fn is_link(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let scheme = scheme.to_ascii_lowercase();
    let plain =
        text.len() <= LONGEST && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"\\".contains(c));
    let leads = match scheme.as_str() {
        "http" | "https" => {
            rest.strip_prefix("//").is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        }
        _ => !rest.is_empty(),
    };
    plain && leads && SCHEMES.contains(&scheme.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_its_kind() {
        use ChannelKind::*;
        for (kind, good) in [
            (Chat, "https://chat.example.org/a?b=c#d"),
            (Chat, "slack://channel?id=1"),
            (Url, "HTTP://localhost:8080"),
            (Url, "https://한국.kr/방"),
            (Meeting, "tel:+44123456"),
            (Email, "desk@example.org"),
            (Phone, "+44 (20) 7946-0000"),
            (InPerson, "Room 4, first floor"),
        ] {
            assert!(check(kind, good).is_ok(), "{good}");
        }
    }

    #[test]
    fn an_address_that_would_run_or_lead_nowhere_is_refused() {
        use ChannelKind::*;
        for (kind, bad) in [
            (Chat, "javascript:alert(1)"),
            (Url, " javascript:alert(1)"),
            (Url, "JavaScript:x"),
            (Url, "data:text/html,x"),
            (Url, "vbscript:x"),
            (Url, "x.example.org"),
            (Url, "https://"),
            (Url, "https:///a"),
            (Url, "ftp://a"),
            (Meeting, "https://a b"),
            (Meeting, "tel:"),
            (Url, "https://\"onclick=x"),
            (Email, "javascript:alert(1)"),
            (Email, "nobody"),
            (Phone, "call me"),
            (Phone, "12"),
        ] {
            assert_eq!(check(kind, bad).map_err(|unfit| unfit.code), Err("address.shape"), "{bad}");
        }
    }
}
