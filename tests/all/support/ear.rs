//! An ear: a client that listens to a stream, over a socket of its own.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Person, World};

/// One block of a stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// What it carries as its id.
    pub id: String,
    /// What it is called; empty where it only carries an id.
    pub event: String,
    /// What it says.
    pub data: Value,
}

/// Somebody who listens.
pub struct Ear {
    socket: TcpStream,
    /// The head of the answer.
    pub head: String,
    raw: Vec<u8>,
    text: String,
    blocks: VecDeque<Block>,
    /// Whether the stream has ended.
    pub is_over: bool,
    /// The last id that was heard.
    pub last: String,
}

impl Ear {
    /// Begins to listen to a hackathon, after this id if there is one.
    #[track_caller]
    pub fn open(world: &World, who: &Person, hackathon: &str, last: Option<&str>) -> Ear {
        Ear::at(world.url.strip_prefix("http://").expect("an address"), &who.token, hackathon, last)
    }

    /// As [`Ear::open`], at this address with this token.
    #[track_caller]
    pub fn at(address: &str, token: &str, hackathon: &str, last: Option<&str>) -> Ear {
        let mut socket = TcpStream::connect(address).unwrap();
        let last_event_id = last.map(|last| format!("Last-Event-ID: {last}\r\n")).unwrap_or_default();
        let request = format!(
            "GET /v1/hackathons/{hackathon}/events HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\n\
             Accept: text/event-stream\r\nAccept-Encoding: gzip\r\n{last_event_id}\r\n",
            token
        );
        socket.write_all(request.as_bytes()).unwrap();
        let mut ear = Ear {
            socket,
            head: String::new(),
            raw: Vec::new(),
            text: String::new(),
            blocks: VecDeque::new(),
            is_over: false,
            last: last.unwrap_or_default().to_owned(),
        };
        ear.read_head();
        assert!(ear.head.starts_with("HTTP/1.1 200"), "{}", ear.head);
        // The greeting carries the place at which the stream begins.
        while ear.blocks.is_empty() && !ear.is_over {
            ear.fill(Duration::from_secs(5));
        }
        ear.blocks.pop_front();
        ear
    }

    fn read_head(&mut self) {
        while !self.raw.windows(4).any(|four| four == b"\r\n\r\n") {
            assert!(self.pull(Duration::from_secs(5)), "no answer");
        }
        let end = self.raw.windows(4).position(|four| four == b"\r\n\r\n").expect("a head") + 4;
        let rest = self.raw.split_off(end);
        self.head =
            String::from_utf8_lossy(&std::mem::replace(&mut self.raw, rest)).to_lowercase().replacen("http", "HTTP", 1);
    }

    /// Waits at most so long for the next event; `None`: there was none.
    pub fn next(&mut self, within: Duration) -> Option<Block> {
        let until = Instant::now() + within;
        loop {
            if let Some(block) = self.blocks.pop_front() {
                if block.event.is_empty() {
                    continue;
                }
                return Some(block);
            }
            let left = until.saturating_duration_since(Instant::now());
            if self.is_over || left.is_zero() {
                return None;
            }
            self.fill(left);
        }
    }

    /// The next event, which must come.
    #[track_caller]
    pub fn hear(&mut self) -> Block {
        self.next(Duration::from_secs(10)).expect("an event")
    }

    /// The kinds of the next so many events.
    #[track_caller]
    pub fn kinds(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| self.hear().event).collect()
    }

    /// Whether the stream ends within this time, whatever comes before.
    pub fn ends(&mut self, within: Duration) -> bool {
        let until = Instant::now() + within;
        while !self.is_over && Instant::now() < until {
            self.fill(Duration::from_millis(100));
        }
        self.is_over
    }

    fn fill(&mut self, within: Duration) {
        // What came with the head, or beside what was waited for, is there already.
        if !self.digest() {
            self.pull(within);
            self.digest();
        }
    }

    /// Makes blocks of what was read; `false`: there was not enough for one.
    fn digest(&mut self) -> bool {
        let before = self.blocks.len();
        while self.take_chunk() {}
        while let Some((block, rest)) = self.text.split_once("\n\n").map(|(a, b)| (a.to_owned(), b.to_owned())) {
            self.text = rest;
            let block = read(&block);
            self.last.clone_from(&block.id);
            self.blocks.push_back(block);
        }
        self.blocks.len() > before
    }

    /// Reads what there is; `false`: nothing came.
    fn pull(&mut self, within: Duration) -> bool {
        self.socket.set_read_timeout(Some(within.max(Duration::from_millis(1)))).unwrap();
        let mut buffer = [0; 8192];
        match self.socket.read(&mut buffer) {
            Ok(0) => self.is_over = true,
            Ok(count) => self.raw.extend_from_slice(&buffer[..count]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => return false,
            Err(_cut) => self.is_over = true,
        }
        !self.is_over
    }

    /// Takes one whole chunk (RFC 9112, 7.1) from what was read.
    fn take_chunk(&mut self) -> bool {
        let Some(line) = self.raw.windows(2).position(|two| two == b"\r\n") else { return false };
        let size = usize::from_str_radix(std::str::from_utf8(&self.raw[..line]).unwrap().trim(), 16).unwrap();
        let (from, to) = (line + 2, line + 2 + size);
        if self.raw.len() < to + 2 {
            return false;
        }
        self.text.push_str(std::str::from_utf8(&self.raw[from..to]).unwrap());
        self.raw.drain(..to + 2);
        self.is_over |= size == 0;
        size > 0
    }
}

fn read(block: &str) -> Block {
    let field = |name: &str| {
        let lines = block.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        lines.collect::<Vec<_>>().join("\n")
    };
    Block { id: field("id"), event: field("event"), data: serde_json::from_str(&field("data")).unwrap_or_default() }
}

/// Waits until something holds, at most ten seconds.
#[track_caller]
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < until, "{what} did not happen");
        std::thread::sleep(Duration::from_millis(20));
    }
}
