#![expect(clippy::expect_used, reason = "a test may stop where it stands")]

use std::io::{Read, Write};
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;

use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use super::{Names, NotReached, Outward, Reply, Target};
use crate::base::network::Network;

/// Good for hooks.example.org, signed by nobody but itself, and used nowhere but here.
const CERTIFICATE: &[u8] = include_bytes!("test-certificate.pem");
const KEY: &[u8] = include_bytes!("test-key.pem");

fn here() -> Vec<Network> {
    Network::parse("127.0.0.0/8").into_iter().collect()
}

fn target(text: &str) -> Target {
    Target::parse(text).unwrap_or_else(|unfit| panic!("{text}: {}", unfit.detail))
}

fn post(outward: &Outward, to: &str) -> Result<Reply, NotReached> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(outward.post(&target(to), &[("x-test", "1".to_owned())], "{}"))
}

/// Names that lead to these addresses, all of them.
fn leading_to(addresses: &[&str]) -> Names {
    let known: Vec<IpAddr> = addresses.iter().filter_map(|address| address.parse().ok()).collect();
    assert_eq!(known.len(), addresses.len(), "{addresses:?}");
    Names::Fixed(Arc::new(move |_| known.clone()))
}

/// Addresses at which nothing of the internet is.
const INSIDE: [&str; 43] = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "100.100.100.200",
    "127.0.0.1",
    "127.1.2.3",
    "169.254.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
];

const MORE_INSIDE: [&str; 5] = ["3fff::1", "fec0::1", "ff02::1", "5f00::1", "febf::1"];

const OUTSIDE: [&str; 9] = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.1",
    "172.15.0.1",
    "172.32.0.1",
    "192.0.1.1",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
];

#[test]
fn w6_an_address_inside_is_never_called() {
    let outward = Outward::new(Vec::new()).expect("a way out");
    for address in INSIDE.iter().chain(&MORE_INSIDE) {
        let named = outward.clone().with_names(leading_to(&[address]));
        assert_eq!(post(&named, "https://hooks.example.org/"), Err(NotReached::NotAllowed), "a name for {address}");
        let written =
            if address.contains(':') { format!("https://[{address}]/") } else { format!("https://{address}/") };
        assert!(outward.accept(&target(&written)).is_err(), "{written} was accepted");
        assert_eq!(post(&outward, &written), Err(NotReached::NotAllowed), "{written}");
    }
}

#[test]
fn w6_an_address_outside_is_one_that_may_be_called() {
    let outward = Outward::new(Vec::new()).expect("a way out");
    for address in OUTSIDE {
        let address: IpAddr = address.parse().expect("an address");
        assert!(outward.admits(address, true), "{address}");
        assert!(!outward.admits(address, false), "{address} without TLS");
    }
}

#[test]
fn w6_a_host_in_another_notation_is_the_address_it_stands_for() {
    let outward = Outward::new(Vec::new()).expect("a way out");
    for host in [
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "0",
        "0xa9fea9fe",
        "2852039166",
        "0251.0376.0251.0376",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "%31%32%37.0.0.1",
    ] {
        let to = format!("https://{host}/");
        assert!(outward.accept(&target(&to)).is_err(), "{host} was accepted");
        assert_eq!(post(&outward, &to), Err(NotReached::NotAllowed), "{host}");
    }
}

#[test]
fn w6_what_is_no_address_to_send_to_is_refused_when_it_is_written() {
    let refused = [
        "https://user@hooks.example.org/",
        "https://user:password@hooks.example.org/",
        "https://hooks.example.org@127.0.0.1/",
        "https://:password@hooks.example.org/",
        "https://hooks.example.org/#fragment",
        "ftp://hooks.example.org/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:25/",
        "javascript:alert(1)",
        "hooks.example.org",
        "https://",
        "https:///",
        "https://[::1/",
        "https://256.256.256.256/",
        "",
    ];
    for text in refused {
        assert!(Target::parse(text).is_err(), "{text:?}");
    }
    let long = format!("https://hooks.example.org/{}", "a".repeat(2_000));
    assert!(Target::parse(&long).is_err());
    let outward = Outward::new(Vec::new()).expect("a way out");
    assert!(outward.accept(&target("http://hooks.example.org/")).is_err(), "without TLS");
    assert!(outward.accept(&target("https://hooks.example.org/a?b=c")).is_ok());
}

/// A name that leads to an address that may be called, and the next time to one inside: the address that was checked is the one
/// that is called, and the name is asked once for each call.
#[test]
fn w6_a_name_that_leads_elsewhere_a_moment_later_gains_nothing() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    let turning = Names::Fixed(Arc::new(move |_| {
        let first = counted.fetch_add(1, Ordering::SeqCst) == 0;
        let address = if first { "127.0.0.2" } else { "127.0.0.1" };
        address.parse().into_iter().collect()
    }));
    // At the first, which is allowed, nobody answers; the name is not asked for another.
    let allowed: Vec<Network> = Network::parse("127.0.0.2").into_iter().collect();
    let outward = Outward::new(allowed).expect("a way out").with_names(turning);
    let (port, serving) = server(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    let to = format!("http://hooks.example.org:{port}/");
    assert_eq!(post(&outward, &to), Err(NotReached::NotConnected));
    assert_eq!(asked.load(Ordering::SeqCst), 1, "a name is asked for once for each call");
    assert_eq!(post(&outward, &to), Err(NotReached::NotAllowed));
    drop(serving);
}

#[test]
fn w6_of_several_addresses_only_those_outside_are_called() {
    let (port, serving) = server(b"HTTP/1.1 204 No Content\r\n\r\n");
    let outward = Outward::new(here()).expect("a way out");
    let mixed = outward.with_names(leading_to(&["10.0.0.1", "169.254.169.254", "127.0.0.1"]));
    let reply = post(&mixed, &format!("http://hooks.example.org:{port}/"));
    assert_eq!(reply.map(|reply| reply.status), Ok(204));
    assert!(serving.join().expect("served").contains("host: hooks.example.org"));
}

#[test]
fn w6_a_redirect_is_an_answer_and_is_not_followed() {
    let (inner, kept) = listener();
    let answer =
        format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:{inner}/\r\ncontent-length: 0\r\n\r\n");
    let (port, serving) = server(answer.leak().as_bytes());
    let outward = Outward::new(here()).expect("a way out");
    let reply = post(&outward, &format!("http://127.0.0.1:{port}/hook?x=1")).expect("an answer");
    assert_eq!(reply.status, 307);
    let asked = serving.join().expect("served");
    assert!(asked.starts_with("POST /hook?x=1 HTTP/1.1\r\n") && asked.contains("x-test: 1\r\n"), "{asked}");
    kept.set_nonblocking(true).expect("a listener");
    assert!(kept.accept().is_err(), "the redirect was followed");
}

#[test]
fn without_tls_only_networks_that_are_named_are_called() {
    let outward = Outward::new(here()).expect("a way out").with_names(leading_to(&["1.1.1.1"]));
    assert!(outward.accept(&target("http://hooks.example.org/")).is_ok(), "where it leads is not known yet");
    assert_eq!(post(&outward, "http://hooks.example.org/"), Err(NotReached::NotAllowed));
    assert_eq!(post(&outward, "http://1.1.1.1/"), Err(NotReached::NotAllowed));
}

#[test]
fn a_certificate_must_be_good_for_the_name() {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).expect("a certificate");
    let mut roots = RootCertStore::empty();
    roots.add(certificate).expect("a root");
    let trusting = Outward::trusting(here(), roots).expect("a way out").with_names(leading_to(&["127.0.0.1"]));
    let usual = Outward::new(here()).expect("a way out").with_names(leading_to(&["127.0.0.1"]));
    let status = |outward: &Outward, host: &str| {
        let port = tls_server();
        post(outward, &format!("https://{host}:{port}/")).map(|reply| reply.status)
    };
    assert_eq!(status(&trusting, "hooks.example.org"), Ok(200));
    assert_eq!(status(&trusting, "other.example.org"), Err(NotReached::NotTrusted));
    assert_eq!(status(&usual, "hooks.example.org"), Err(NotReached::NotTrusted));
}

#[test]
fn of_an_answer_only_the_beginning_is_kept() {
    let large =
        format!("HTTP/1.1 500 No\r\ncontent-length: 1000000\r\nretry-after: 120\r\n\r\n{}", "a\u{1}".repeat(500_000));
    let (port, _serving) = server(large.leak().as_bytes());
    let outward = Outward::new(here()).expect("a way out");
    let reply = post(&outward, &format!("http://127.0.0.1:{port}/")).expect("an answer");
    assert_eq!((reply.status, reply.retry_after.as_deref()), (500, Some("120")));
    assert_eq!(reply.body, "a".repeat(512), "without what is no text");
}

#[test]
fn what_is_no_answer_is_told() {
    let outward = Outward::new(here()).expect("a way out").with_names(leading_to(&[]));
    let closed = listener().0;
    let (garbled, _serving) = server(b"220 mail.example.org\r\n");
    let told = |to: &str| post(&outward, to).err();
    assert_eq!(told(&format!("http://127.0.0.1:{closed}/")), Some(NotReached::NotConnected));
    assert_eq!(told(&format!("http://127.0.0.1:{garbled}/")), Some(NotReached::Broken));
    assert_eq!(told("https://nowhere.example.org/"), Some(NotReached::NoAddress));
}

fn listener() -> (u16, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    (listener.local_addr().expect("an address").port(), listener)
}

/// Answers one request like this, and gives what was asked.
fn server(answer: &'static [u8]) -> (u16, JoinHandle<String>) {
    let (port, listener) = listener();
    let serving = std::thread::spawn(move || {
        let Ok((mut socket, _)) = listener.accept() else { return String::new() };
        let mut asked = vec![0; 4096];
        let read = socket.read(&mut asked).unwrap_or_default();
        // Whoever read enough goes away before all of it was written.
        let _all = socket.write_all(answer);
        asked.truncate(read);
        String::from_utf8_lossy(&asked).into_owned()
    });
    (port, serving)
}

/// Answers one request over TLS.
fn tls_server() -> u16 {
    let chain = vec![CertificateDer::from_pem_slice(CERTIFICATE).expect("a certificate")];
    let key = PrivateKeyDer::from_pem_slice(KEY).expect("a key");
    let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("versions");
    let config = config.with_no_client_auth().with_single_cert(chain, key).expect("a server");
    let (port, listener) = listener();
    std::thread::spawn(move || {
        let Ok((socket, _)) = listener.accept() else { return };
        let Ok(connection) = ServerConnection::new(Arc::new(config)) else { return };
        let mut stream = StreamOwned::new(connection, socket);
        let mut asked = [0; 4096];
        if stream.read(&mut asked).is_ok() {
            let _all = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        }
    });
    port
}
