//! A program that is told what happens: an HTTP server that speaks just enough, and checks signatures by its own reading of
//! standardwebhooks.com.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::eventually;

/// What it answers when nothing else was said.
const USUAL: &str = "HTTP/1.1 204 No Content\r\n\r\n";

/// The program.
pub struct Receiver {
    /// Where it listens.
    pub url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    answers: Arc<Mutex<VecDeque<String>>>,
}

/// What it was sent.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The first line.
    pub line: String,
    headers: Vec<(String, String)>,
    /// The body, to the letter.
    pub body: String,
}

impl Receiver {
    pub fn open() -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let receiver = Receiver { url, heard: Arc::default(), answers: Arc::default() };
        let (heard, answers) = (receiver.heard.clone(), receiver.answers.clone());
        std::thread::spawn(move || {
            for socket in listener.incoming() {
                let Ok(mut socket) = socket else { return };
                let Some(told) = read(&socket) else { continue };
                heard.lock().unwrap().push(told);
                let answer = answers.lock().unwrap().pop_front().unwrap_or_else(|| USUAL.to_owned());
                drop(socket.write_all(answer.as_bytes()));
            }
        });
        receiver
    }

    /// The next thing that it answers. Answers are given in order.
    pub fn answer(&self, status: u16, headers: &str, body: &str) {
        let length = body.len();
        let answer = format!("HTTP/1.1 {status} Said\r\n{headers}content-length: {length}\r\n\r\n{body}");
        self.answers.lock().unwrap().push_back(answer);
    }

    /// It answers nothing until this is dropped.
    pub fn hold(&self) -> MutexGuard<'_, VecDeque<String>> {
        self.answers.lock().unwrap()
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// What it heard, once that is so much.
    #[track_caller]
    pub fn wait(&self, count: usize) -> Vec<Heard> {
        eventually("hearing", || Some(self.heard()).filter(|heard| heard.len() >= count))
    }
}

fn read(socket: &TcpStream) -> Option<Heard> {
    let mut reader = BufReader::new(socket);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let headers = lines.iter().skip(1).filter_map(|line| line.split_once(": "));
    let headers: Vec<(String, String)> =
        headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or("0", |(_, length)| length);
    let mut body = vec![0; length.parse().ok()?];
    reader.read_exact(&mut body).ok()?;
    Some(Heard { line: lines.first()?.clone(), headers, body: String::from_utf8(body).ok()? })
}

impl Heard {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// What tells this message from all others.
    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// How many signatures it carries.
    pub fn signatures(&self) -> usize {
        self.header("webhook-signature").split(' ').count()
    }

    /// Whether one of its signatures was made with this secret.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        assert!((24..=64).contains(&key.len()), "a secret has 24 to 64 bytes");
        let signed = format!("{}.{}.{}", self.id(), self.header("webhook-timestamp"), self.body);
        let wanted = format!("v1,{}", STANDARD.encode(hmac(&key, signed.as_bytes())));
        self.header("webhook-signature").split(' ').any(|one| one == wanted)
    }
}

/// HMAC with SHA-256, as RFC 2104 writes it, for keys that are no longer than a block.
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let padded = |with: u8| (0..64).map(|at| key.get(at).copied().unwrap_or_default() ^ with).collect::<Vec<u8>>();
    let inner = Sha256::digest([padded(0x36).as_slice(), message].concat());
    Sha256::digest([padded(0x5c).as_slice(), inner.as_slice()].concat()).to_vec()
}

#[test]
fn its_own_reading_of_the_specification_is_right() {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let heard = Heard {
        line: String::new(),
        headers: vec![
            header("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            header("webhook-timestamp", "1614265330"),
            header("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        ],
        body: "{\"test\": 2432232314}".to_owned(),
    };
    assert!(heard.is_signed_with("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    assert!(!heard.is_signed_with("whsec_NfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
}
