//! How fast who-to-ask is, beside a bare actix-web route that returns as many bytes: `cargo bench --bench load`.
//!
//! Both servers run in this process with as many workers as the machine has cores, and are asked in turn by the same client
//! over 32 connections, so the ratio holds when the machine's speed drifts. `-- --full` measures longer and with all rounds.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot go on stops and says where"
)]

mod client;
mod server;
#[path = "../support/databases.rs"]
mod databases;

use std::time::Duration;

use client::{Measured, ask_once, measure};
use databases::databases;
use server::{Real, bare};

/// The program's, for both servers.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CONNECTIONS: usize = 32;

/// Questions in the askers' words. There are enough of them that no answer is remembered from the one before.
fn questions() -> Vec<String> {
    let (starts, things) = (
        ["how do I ", "who can help me to ", "we cannot ", "is it allowed to "],
        [
            "install a python package",
            "connect VS Code",
            "merge into the protected branch",
            "build the pipeline again",
            "get access to the synthetic data",
            "raise our memory quota",
            "submit the demo",
            "change our team",
            "train a model",
            "파이썬 패키지를 설치",
            "파이프라인을 다시 빌드",
            "데이터 승인을 요청",
        ],
    );
    let all = starts.iter().flat_map(|start| things.iter().map(move |thing| format!("{start}{thing}")));
    all.enumerate().map(|(n, text)| escaped(&format!("{text} {n}"))).collect()
}

/// As it stands in an address.
fn escaped(text: &str) -> String {
    let byte =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(byte).collect()
}

fn main() {
    let full = std::env::args().any(|arg| arg == "--full");
    let lasting = Duration::from_secs(if full { 10 } else { 2 });
    println!(
        "{:<34} {:>10} {:>10} {:>7} {:>9} {:>9} {:>7}",
        "who to ask", "bare/s", "ours/s", "ratio", "p50 us", "p99 us", "bytes"
    );
    let mut small = Vec::new();
    for (name, url) in databases() {
        let server = Real::start(&url);
        for hackathons in [1, 1000] {
            server.fill(hackathons);
            let topics = server.requests(hackathons, &["topic=etl-pipelines".to_owned()]);
            let words: Vec<String> = questions().into_iter().map(|words| format!("q={words}")).collect();
            let words = server.requests(hackathons, &words);
            for (what, requests) in [("by topic", topics), ("by words", words)] {
                let (bare, ours) = pair(&server, &requests, lasting, if full { 5 } else { 2 });
                let label = format!("{what}, {name}, {hackathons} hackathons");
                line(&label, &bare, &ours);
                small.push((what, name, hackathons, ours.p99));
            }
        }
    }
    growth(&small);
}

/// The two in turn, and the median of each.
fn pair(server: &Real, requests: &[String], lasting: Duration, rounds: usize) -> (Measured, Measured) {
    // Every directory that will be asked is in memory before the clock runs, as it is on a server that is in use.
    let bytes = ask_once(server.address, requests);
    let bare = bare(bytes);
    let (mut bares, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        bares.push(measure(bare.address, &bare.requests(requests), CONNECTIONS, lasting));
        ours.push(measure(server.address, requests, CONNECTIONS, lasting));
    }
    (median(bares), median(ours))
}

fn median(mut all: Vec<Measured>) -> Measured {
    all.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    all[all.len() / 2].clone()
}

fn line(label: &str, bare: &Measured, ours: &Measured) {
    let micros = |time: Duration| time.as_micros();
    println!(
        "{label:<34} {:>10.0} {:>10.0} {:>7.2} {:>9} {:>9} {:>7}",
        bare.rate,
        ours.rate,
        ours.rate / bare.rate,
        micros(ours.p50),
        micros(ours.p99),
        ours.bytes
    );
}

fn growth(all: &[(&str, &str, usize, Duration)]) {
    println!("\ngrowth from 1 to 1000 hackathons, p99 over p99");
    for (what, name, _, p99) in all.iter().filter(|(_, _, hackathons, _)| *hackathons == 1) {
        let large = all.iter().find(|(w, n, hackathons, _)| w == what && n == name && *hackathons == 1000);
        if let Some((_, _, _, large)) = large {
            println!("{what}, {name}: {:.2}", large.as_secs_f64() / p99.as_secs_f64());
        }
    }
}
