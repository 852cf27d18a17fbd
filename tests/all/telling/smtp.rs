//! The way to a real mail server, with one that speaks just enough.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

use signpost::base::{Email, Instant, Lang};
use signpost::mail::{Letter, Mailer, NotSent};

use crate::support::NOON;

/// A mail server for one letter, which answers `RCPT TO` like this. It gives back what it was told.
fn server(to_recipient: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let serving = std::thread::spawn(move || talk(listener.accept().unwrap().0, to_recipient));
    (url, serving)
}

fn talk(mut socket: TcpStream, to_recipient: &str) -> String {
    let (mut told, mut in_letter) = (String::new(), false);
    let lines = BufReader::new(socket.try_clone().unwrap()).lines();
    write!(socket, "220 mail.example.org\r\n").unwrap();
    for line in lines.map_while(Result::ok) {
        told.push_str(&line);
        told.push('\n');
        let answer = match line.as_str() {
            "." if in_letter => "250 kept",
            _ if in_letter => continue,
            line if line.starts_with("EHLO") => "250-mail.example.org\r\n250 8BITMIME",
            line if line.starts_with("RCPT") => to_recipient,
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        in_letter = line == "DATA";
        write!(socket, "{answer}\r\n").unwrap();
    }
    told
}

fn letter() -> Letter {
    Letter {
        id: "<1@ask.example.org>".to_owned(),
        to: Email::parse("ada@example.org").unwrap(),
        name: "Ada".to_owned(),
        lang: Lang::En,
        subject: "A title".to_owned(),
        text: "Hello\n.\nthere".to_owned(),
        html: "<p>Hello</p>".to_owned(),
        unsubscribe: None,
        at: Instant::parse(NOON).unwrap(),
    }
}

/// Sends a letter to such a server, and gives what came of it and what the server was told.
fn sent(to_recipient: &'static str) -> (Result<(), NotSent>, String) {
    let (url, serving) = server(to_recipient);
    let outcome = actix_web::rt::System::new().block_on(async {
        let mailer = Mailer::smtp(&url, "Signpost <signpost@example.org>").unwrap();
        mailer.send(&letter()).await
    });
    (outcome, serving.join().unwrap())
}

#[test]
fn a_letter_reaches_a_mail_server_whole() {
    let (outcome, told) = sent("250 ok");
    assert_eq!(outcome, Ok(()));
    for line in [
        "MAIL FROM:<signpost@example.org>",
        "RCPT TO:<ada@example.org>",
        "Subject: A title",
        "Message-ID: <1@ask.example.org>",
    ] {
        assert!(told.contains(line), "{line} is not in\n{told}");
    }
    assert!(
        told.contains("Hello\n..\nthere") || told.contains("SGVsbG8"),
        "a line with a dot alone does not end it\n{told}"
    );
}

#[test]
fn a_refusal_for_good_is_told_from_one_for_now() {
    let (outcome, _) = sent("550 no such person");
    assert!(matches!(&outcome, Err(refusal) if refusal.for_good && refusal.told.contains("550")), "{outcome:?}");
    let (outcome, _) = sent("451 come back");
    assert!(matches!(&outcome, Err(refusal) if !refusal.for_good), "{outcome:?}");
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mailer = Mailer::smtp(&format!("smtp://{closed}"), "signpost@example.org").unwrap();
    let outcome = actix_web::rt::System::new().block_on(mailer.send(&letter()));
    assert!(matches!(&outcome, Err(refusal) if !refusal.for_good), "{outcome:?}");
}
