//! A client that asks as fast as it is answered: plain HTTP/1.1 over connections that stay open.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What was measured.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Requests a second.
    pub rate: f64,
    /// Half of them were answered within this.
    pub p50: Duration,
    /// All but one in a hundred.
    pub p99: Duration,
    /// Bytes of an answer's body.
    pub bytes: usize,
}

/// Sends `requests` in turn over so many connections for this long, after a warm-up of a fifth of it.
pub fn measure(address: SocketAddr, requests: &[String], connections: usize, lasting: Duration) -> Measured {
    let (counting, done) = (AtomicBool::new(false), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections)
            .map(|first| {
                let (counting, done) = (&counting, &done);
                scope.spawn(move || one(address, requests, first, counting, done))
            })
            .collect();
        std::thread::sleep(lasting / 5);
        counting.store(true, Ordering::SeqCst);
        let began = Instant::now();
        std::thread::sleep(lasting);
        done.store(true, Ordering::SeqCst);
        let took = began.elapsed();
        let answers: Vec<(Vec<Duration>, usize)> =
            threads.into_iter().map(|thread| thread.join().expect("a client")).collect();
        let bytes = answers.iter().map(|(_, bytes)| *bytes).max().unwrap_or_default();
        let mut times: Vec<Duration> = answers.into_iter().flat_map(|(times, _)| times).collect();
        times.sort_unstable();
        let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
        Measured { rate: times.len() as f64 / took.as_secs_f64(), p50: at(50), p99: at(99), bytes }
    })
}

/// Sends each of `requests` once over one connection, and gives the bytes of an answer's body: half of them are longer.
pub fn ask_once(address: SocketAddr, requests: &[String]) -> usize {
    let mut stream = connected(address);
    let mut buffer = Vec::new();
    let mut lengths: Vec<usize> = requests
        .iter()
        .map(|request| {
            stream.write_all(request.as_bytes()).expect("sends");
            answer(&mut stream, &mut buffer)
        })
        .collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or_default()
}

fn connected(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    stream.set_nodelay(true).expect("a socket");
    stream
}

fn one(
    address: SocketAddr,
    requests: &[String],
    first: usize,
    counting: &AtomicBool,
    done: &AtomicBool,
) -> (Vec<Duration>, usize) {
    let mut stream = connected(address);
    let (mut times, mut buffer, mut body) = (Vec::new(), Vec::with_capacity(64 * 1024), 0);
    // Each connection starts elsewhere, so that they do not ask the same thing at the same time.
    let mut turn = first * 7;
    while !done.load(Ordering::Relaxed) {
        let began = Instant::now();
        stream.write_all(requests[turn % requests.len()].as_bytes()).expect("sends");
        body = answer(&mut stream, &mut buffer);
        if counting.load(Ordering::Relaxed) {
            times.push(began.elapsed());
        }
        turn += 1;
    }
    (times, body)
}

/// Reads one answer, which must be a 200, and gives the length of its body.
fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> usize {
    buffer.clear();
    let mut chunk = [0_u8; 16 * 1024];
    loop {
        let read = stream.read(&mut chunk).expect("an answer");
        assert!(read > 0, "the server hung up after {:?}", String::from_utf8_lossy(buffer));
        buffer.extend_from_slice(&chunk[..read]);
        let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = std::str::from_utf8(&buffer[..end]).expect("a head");
        assert!(head.starts_with("HTTP/1.1 20"), "{}", String::from_utf8_lossy(buffer));
        let length = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok());
        let whole = end + 4 + length.unwrap_or_default();
        if buffer.len() >= whole {
            return length.unwrap_or_default();
        }
    }
}
