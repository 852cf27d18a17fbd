//! One request, and what was answered.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{HOST, RETRY_AFTER};
use hyper::rt::{Read, Write};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use super::{Names, Outward, Target};

/// How long the whole of it may take: the name, the connection, the answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long one address is tried before the next.
const TO_CONNECT: Duration = Duration::from_secs(5);
/// How long a body may take once its status is known.
const TO_READ: Duration = Duration::from_secs(4);
/// The most addresses of a name that are tried.
const ADDRESSES_MOST: usize = 4;
/// The most of an answer's body that is read, in bytes.
const READ_MOST: usize = 64 * 1024;
/// The most of it that is kept, in bytes.
const KEPT_MOST: usize = 1024;

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// What `Retry-After` said.
    pub retry_after: Option<String>,
    /// The beginning of the body, as text.
    pub body: String,
}

/// Why nothing was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReached {
    /// The address lies where nothing may be sent from here.
    NotAllowed,
    /// The name leads nowhere.
    NoAddress,
    /// Nobody listens there.
    NotConnected,
    /// Who answers cannot show to be whom the name belongs to, or speaks no TLS.
    NotTrusted,
    /// It took too long.
    TooSlow,
    /// What was answered is no HTTP, or broke off.
    Broken,
}

impl Outward {
    /// Sends a POST, and waits for the answer. Redirects are answers like any other.
    pub async fn post(&self, target: &Target, headers: &[(&str, String)], body: &str) -> Result<Reply, NotReached> {
        let request = request(target, headers, body)?;
        let told = async {
            let stream = self.connect(target).await?;
            if !target.is_https() {
                return exchange(TokioIo::new(stream), request).await;
            }
            let name = ServerName::try_from(target.host().trim_matches(['[', ']']).to_owned());
            let name = name.map_err(|_no_name| NotReached::NotTrusted)?;
            let tls = TlsConnector::from(Arc::clone(&self.tls)).connect(name, stream).await;
            exchange(TokioIo::new(tls.map_err(|_refused| NotReached::NotTrusted)?), request).await
        };
        tokio::time::timeout(PATIENCE, told).await.unwrap_or(Err(NotReached::TooSlow))
    }

    /// Connects to an address that may be called, and to no other.
    async fn connect(&self, target: &Target) -> Result<TcpStream, NotReached> {
        let all = match target.literal() {
            Some(address) => vec![address],
            None => self.names.addresses(target.name().unwrap_or_default()).await,
        };
        if all.is_empty() {
            return Err(NotReached::NoAddress);
        }
        let may = |address: &IpAddr| self.admits(*address, target.is_https());
        let open: Vec<IpAddr> = all.into_iter().filter(may).take(ADDRESSES_MOST).collect();
        if open.is_empty() {
            return Err(NotReached::NotAllowed);
        }
        for address in open {
            let connecting = TcpStream::connect(SocketAddr::new(address, target.port()));
            if let Ok(Ok(stream)) = tokio::time::timeout(TO_CONNECT, connecting).await {
                return Ok(stream);
            }
        }
        Err(NotReached::NotConnected)
    }
}

impl Names {
    async fn addresses(&self, name: &str) -> Vec<IpAddr> {
        match self {
            Names::Fixed(known) => known(name),
            Names::System => match tokio::net::lookup_host((name, 0)).await {
                Ok(found) => found.map(|found| found.ip()).collect(),
                Err(_unknown) => Vec::new(),
            },
        }
    }
}

fn request(target: &Target, headers: &[(&str, String)], body: &str) -> Result<Request<Full<Bytes>>, NotReached> {
    let request = Request::builder().method(Method::POST).uri(target.path()).header(HOST, target.authority());
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
    request.body(Full::new(Bytes::copy_from_slice(body.as_bytes()))).map_err(|_unwritable| NotReached::Broken)
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Reply, NotReached>
where
    S: Read + Write + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(stream).await.map_err(|_broken| NotReached::Broken)?;
    // It ends with the exchange: when the sender is dropped there is nothing left to do.
    let driven = tokio::spawn(connection);
    let told = match sender.send_request(request).await {
        Ok(response) => read(response).await,
        Err(_broken) => Err(NotReached::Broken),
    };
    driven.abort();
    told
}

/// An answer whose body breaks off or has no end was an answer all the same: its status counts.
async fn read(response: Response<Incoming>) -> Result<Reply, NotReached> {
    let status = response.status().as_u16();
    let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let mut kept = Vec::new();
    let _whole = tokio::time::timeout(TO_READ, beginning(response.into_body(), &mut kept)).await;
    Ok(Reply { status, retry_after, body: as_text(&kept) })
}

/// Reads a body as far as it is read, and keeps its beginning.
async fn beginning(mut body: Incoming, kept: &mut Vec<u8>) {
    let mut seen = 0_usize;
    while let Some(Ok(frame)) = body.frame().await {
        let Some(data) = frame.data_ref() else { continue };
        kept.extend(data.iter().take(KEPT_MOST.saturating_sub(kept.len())));
        seen = seen.saturating_add(data.len());
        if seen >= READ_MOST {
            return;
        }
    }
}

/// As text that every database keeps: what is no text is left out.
fn as_text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
