#![expect(clippy::expect_used, reason = "a test may stop where it stands")]

use lettre::message::Mailbox;

use super::{Letter, Mailer};
use crate::base::{Email, Instant, Lang};

fn letter(subject: &str, name: &str) -> Letter {
    Letter {
        id: "<1@ask.example.org>".to_owned(),
        to: Email::parse("ada@example.org").expect("an address"),
        name: name.to_owned(),
        lang: Lang::Ko,
        subject: subject.to_owned(),
        text: "글".to_owned(),
        html: "<p>글</p>".to_owned(),
        unsubscribe: Some("https://ask.example.org/unsubscribe/0123456789012345678901234567890123456789012".to_owned()),
        at: Instant::parse("2024-11-05T14:30:00Z").expect("a time"),
    }
}

fn written(letter: &Letter) -> String {
    let from: Mailbox = "Signpost <signpost@example.org>".parse().expect("a sender");
    String::from_utf8(letter.message(&from).expect("a message").formatted()).expect("ASCII")
}

/// The names of the headers, before the first empty line.
fn headers(message: &str) -> Vec<&str> {
    let head = message.split("\r\n\r\n").next().unwrap_or_default();
    let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    lines.filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect()
}

#[test]
fn w4_what_people_wrote_begins_no_line_of_a_header() {
    let usual = headers(&written(&letter("A title", "Ada"))).into_iter().map(str::to_owned).collect::<Vec<_>>();
    for evil in [
        "x\r\nBcc: eve@example.org",
        "x\nBcc: eve@example.org\n\nbody",
        "x\rBcc: e",
        "\u{85}\u{2028}Bcc: e",
        "글\r\nBcc: e",
    ] {
        let message = written(&letter(evil, evil));
        assert_eq!(headers(&message), usual, "{evil:?}");
    }
}

#[test]
fn a_letter_says_what_mail_programs_need() {
    let message = written(&letter("A title", "Ada"));
    for line in [
        "From: Signpost <signpost@example.org>\r\n",
        "To: Ada <ada@example.org>\r\n",
        "Subject: A title\r\n",
        "Message-ID: <1@ask.example.org>\r\n",
        "Date: Tue, 05 Nov 2024 14:30:00 +0000\r\n",
        "Auto-Submitted: auto-generated\r\n",
        "Content-Language: ko\r\n",
        "List-Unsubscribe: <https://ask.example.org/unsubscribe/0123456789012345678901234567890123456789012>\r\n",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        "Content-Type: multipart/alternative;",
        "Content-Type: text/plain; charset=utf-8\r\n",
        "Content-Type: text/html; charset=utf-8\r\n",
    ] {
        assert!(message.contains(line), "{line:?} is not in\n{message}");
    }
}

#[test]
fn a_server_s_address_is_read_or_told() {
    for url in ["smtps://user:pass@mail.example.org", "smtp://mail.example.org:587?tls=required", "smtp://localhost:25"]
    {
        assert!(Mailer::smtp(url, "signpost@example.org").is_ok(), "{url}");
    }
    for url in ["mail.example.org", "https://mail.example.org", "smtp://"] {
        assert!(Mailer::smtp(url, "signpost@example.org").is_err(), "{url}");
    }
    assert!(Mailer::smtp("smtp://localhost", "nobody").is_err());
    assert!(!Mailer::off().is_on());
}
