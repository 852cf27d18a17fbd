//! What a variable's text means, and the sentence that says what to write where it means nothing.

use std::net::{IpAddr, SocketAddr};

use actix_web::http::Uri;
use tracing_subscriber::EnvFilter;

use super::LogFormat;
use crate::base::network::Network;
use crate::base::{Email, Sentence, say};
use crate::db::Backend;

pub(super) fn database(text: &str) -> Result<Backend, Sentence> {
    let text = text.trim();
    let known = ["postgres://", "postgresql://", "sqlite://"].iter().any(|scheme| text.starts_with(scheme));
    // libpq's other form, "host=... dbname=...", would pass for the name of a file.
    let pairs = ["host=", "dbname=", "user="].iter().any(|key| text.contains(key));
    if known || !(text.contains("://") || pairs) {
        return Ok(Backend::from_url(text));
    }
    Err(say!(
        "Write postgres://user:password@host:5432/database, or the path of a SQLite file.",
        "postgres://user:password@host:5432/database 형식이나 SQLite 파일의 경로를 적으세요."
    ))
}

/// The address without its passwords. Where it is not quite an address, rather too much is masked than too little.
pub(super) fn masked_url(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let (place, query) = rest.split_once('?').map_or((rest, None), |(place, query)| (place, Some(query)));
    if query.is_some_and(|query| query.contains('@')) {
        // The password holds a bare `?` or `@`; which of the two cannot be told.
        return format!("{scheme}://********");
    }
    let place = match place.rsplit_once('@').and_then(|(user, host)| Some((user.split_once(':')?.0, host))) {
        Some((user, host)) => format!("{user}:********@{host}"),
        None => place.to_owned(),
    };
    let pairs = query.map(|query| query.split('&').map(masked_pair).collect::<Vec<_>>().join("&"));
    pairs.map_or(format!("{scheme}://{place}"), |pairs| format!("{scheme}://{place}?{pairs}"))
}

/// `password` and `sslpassword`, however they are written.
fn masked_pair(pair: &str) -> String {
    match pair.split_once('=') {
        Some((key, _)) if key.contains('%') || key.to_ascii_lowercase().contains("pass") => format!("{key}=********"),
        _ => pair.to_owned(),
    }
}

pub(super) fn listen(text: &str) -> Result<SocketAddr, Sentence> {
    text.parse().map_err(|_error: std::net::AddrParseError| {
        say!(
            "Write an address and a port: 127.0.0.1:8080 for this machine only, 0.0.0.0:8080 or [::]:8080 for everybody.",
            "주소와 포트를 적으세요. 이 컴퓨터에서만: 127.0.0.1:8080, 모두에게: 0.0.0.0:8080 또는 [::]:8080"
        )
    })
}

pub(super) fn base_url(text: &str) -> Result<String, Sentence> {
    let uri: Option<Uri> = text.parse().ok();
    let fits = |uri: &Uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.authority().is_some_and(|authority| !authority.as_str().contains('@'))
            && uri.path_and_query().is_none_or(|path| path == "/")
    };
    if uri.as_ref().is_some_and(fits) && !text.contains('#') {
        return Ok(text.trim_end_matches('/').to_owned());
    }
    Err(say!(
        "Write the address that people open, such as https://ask.example.org, with nothing behind the host: Signpost wants a host name of its own.",
        "사람들이 여는 주소를 https://ask.example.org 형식으로 호스트까지만 적으세요. 전용 호스트 이름이 필요합니다."
    ))
}

/// Whether the address stays on this machine.
pub(super) fn is_local(url: &str) -> bool {
    let uri: Option<Uri> = url.parse().ok();
    let host = uri.as_ref().and_then(Uri::host).unwrap_or_default();
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}

pub(super) fn email(text: &str) -> Result<Email, Sentence> {
    Email::parse(text).map_err(|unfit| unfit.detail)
}

pub(super) fn filter(text: &str) -> Result<String, Sentence> {
    EnvFilter::try_new(text).map(|_filter| text.to_owned()).map_err(|error| {
        say!(
            "Write error, warn, info, debug or trace, or a filter such as info,signpost=debug. ({error})",
            "error, warn, info, debug, trace 중 하나나 info,signpost=debug 같은 필터를 적으세요. ({error})"
        )
    })
}

pub(super) fn log_format(text: &str) -> Result<LogFormat, Sentence> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(say!("Write text or json.", "text 또는 json 중 하나를 적으세요.")),
    }
}

pub(super) fn switch(text: &str) -> Result<bool, Sentence> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(say!("Write on or off.", "on 또는 off 중 하나를 적으세요.")),
    }
}

pub(super) fn networks(text: &str) -> Result<Vec<Network>, Sentence> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            Network::parse(part).ok_or_else(|| {
                say!(
                    "\"{part}\" is neither an address nor a range. Write them with commas between: 127.0.0.1, 10.0.0.0/8, fd00::/8",
                    "주소나 범위가 아닌 값이 있습니다: \"{part}\". 쉼표로 나누어 적으세요: 127.0.0.1, 10.0.0.0/8, fd00::/8"
                )
            })
        })
        .collect()
}

/// A whole number from 1 to `most`.
pub(super) fn count(most: u32) -> impl Fn(&str) -> Result<u32, Sentence> {
    move |text| {
        let number = text.parse().ok().filter(|number| (1..=most).contains(number));
        number.ok_or_else(|| say!("Write a whole number from 1 to {most}.", "1부터 {most} 사이의 정수를 적으세요."))
    }
}
