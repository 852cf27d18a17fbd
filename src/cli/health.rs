//! `signpost healthcheck`, `signpost config show`

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use super::{Failure, lang};
use crate::config::Config;

/// How long a healthy server takes at most.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks the running server whether it is ready.
pub fn check(config: &Config) -> Result<ExitCode, Failure> {
    let address = reachable(config.listen);
    let answer = ask(address).map_err(|error| Failure(format!("{address}: {error}")))?;
    if answer.starts_with("HTTP/1.1 200") {
        outln!("ready");
        return Ok(ExitCode::SUCCESS);
    }
    Err(Failure(format!("{address}: {}", answer.lines().next().unwrap_or("no answer"))))
}

/// A server that listens everywhere is asked on this machine.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// Prints every value of the configuration and where it comes from, secrets masked.
pub fn show(config: &Config) -> ExitCode {
    for setting in config.show() {
        let value = setting.value.as_deref().unwrap_or("-");
        outln!("{:<28} {value:<44} {}", setting.name, setting.source.told().text(lang()));
    }
    ExitCode::SUCCESS
}
