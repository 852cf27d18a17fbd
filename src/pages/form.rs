//! Forms as browsers send them, and whether it was a page of ours that sent one.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::http::header::{HOST, ORIGIN};
use actix_web::web::{BytesMut, Query};
use actix_web::{FromRequest, HttpRequest, dev};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;

use crate::base::{Error, Result, Text, say};
use crate::file;

/// The largest form, in bytes. A Korean letter takes nine of them in a form.
const MOST: usize = 256 * 1024;
/// How long a form may take to arrive.
pub const WHOLE_WITHIN: Duration = Duration::from_secs(10);

/// Whether a page of this site sent the request. Browsers say so in `Sec-Fetch-Site` (Fetch Metadata); where they do not,
/// `Origin` must name the host that was asked. A request that says neither is refused.
pub fn is_ours(req: &HttpRequest) -> bool {
    let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = header("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = header(ORIGIN.as_str()) else { return false };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    authority.is_some() && authority == header(HOST.as_str())
}

/// A form as a `T`. What it may hold is said by `T`; fields it does not know are left aside, as browsers add some.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(_: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let payload = payload.take();
        Box::pin(async move { read(payload, MOST).await.map(Form) })
    }
}

/// A form with a whole file in it.
pub struct LargeForm<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for LargeForm<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(_: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let payload = payload.take();
        Box::pin(async move { read(payload, 3 * file::MOST_BYTES).await.map(LargeForm) })
    }
}

/// What a field holds, without the space around it; nothing where it is empty.
pub fn filled(field: &str) -> Option<&str> {
    Some(field.trim()).filter(|text| !text.is_empty())
}

/// A field as a text of any length.
pub fn text(field: &str, pointer: &str) -> Result<Text> {
    Text::parse(field).map_err(|unfit| unfit.refusal(pointer))
}

/// A field that may be left empty, as a text of any length.
pub fn maybe_text(field: &str, pointer: &str) -> Result<Option<Text>> {
    filled(field).map(|field| text(field, pointer)).transpose()
}

/// What is said that may follow `?` in an address.
pub fn query(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
        encoded
    })
}

/// Reads a form of so many bytes at most.
pub async fn read<T: DeserializeOwned>(mut payload: dev::Payload, most: usize) -> Result<T> {
    let read = async {
        let mut bytes = BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_cut| unreadable())?;
            if bytes.len() + chunk.len() > most {
                return Err(Error::TooLarge(most));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    };
    let bytes = tokio::time::timeout(WHOLE_WITHIN, read).await.map_err(|_late| Error::Slow)??;
    let text = std::str::from_utf8(&bytes).map_err(|_broken| unreadable())?;
    // A form is written like a query (application/x-www-form-urlencoded).
    Query::from_query(text).map(Query::into_inner).map_err(|_unfit| unreadable())
}

/// The refusal of what is no form.
pub fn unreadable() -> Error {
    Error::invalid(
        "",
        "form",
        say!("The form could not be read. Send it again.", "양식을 읽을 수 없습니다. 다시 보내세요."),
    )
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn ours(headers: &[(&str, &str)]) -> bool {
        let request = TestRequest::post().append_header(("host", "signpost.example:8080"));
        is_ours(&headers.iter().fold(request, |request, header| request.append_header(*header)).to_http_request())
    }

    #[test]
    fn w1_only_our_own_pages_send_forms() {
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(ours(&[("origin", "http://signpost.example:8080")]));
        assert!(!ours(&[]));
        for site in ["cross-site", "same-site", "none", ""] {
            assert!(!ours(&[("sec-fetch-site", site)]), "{site}");
            assert!(!ours(&[("sec-fetch-site", site), ("origin", "http://signpost.example:8080")]), "{site}");
        }
        for origin in
            ["http://evil.example", "null", "", "http://signpost.example", "http://signpost.example:8080.evil"]
        {
            assert!(!ours(&[("origin", origin)]), "{origin}");
        }
    }
}
