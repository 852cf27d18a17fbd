//! Bodies and queries, parsed at the border.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE};
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;

use crate::access::Sent;
use crate::base::text::TOLD;
use crate::base::{Error, Fault, Lang, PageRequest, Result, Sentence, say};

/// The largest body, in bytes.
pub const MOST: usize = 256 * 1024;
/// How long a body may take to arrive.
pub const WHOLE_WITHIN: Duration = Duration::from_secs(10);

/// A JSON body as a `T`. Unknown fields are refused by `T` itself (`deny_unknown_fields`).
pub struct Body<T>(pub Sent<T>);

/// A JSON body that may be left out, which says the same as an empty object.
pub struct MaybeBody<T>(pub Sent<T>);

/// The body of a POST that needs none.
pub struct Empty(pub Sent<()>);

type Parsing<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = Parsing<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            is_json(&req)?;
            let bytes = whole(payload, MOST).await?;
            let value = parse(&bytes)?;
            Ok(Body(sent(&req, &bytes, value)))
        })
    }
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for MaybeBody<T> {
    type Error = Error;
    type Future = Parsing<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let bytes = whole(payload, MOST).await?;
            if bytes.iter().all(u8::is_ascii_whitespace) {
                return Ok(MaybeBody(sent(&req, &bytes, T::default())));
            }
            is_json(&req)?;
            let value = parse(&bytes)?;
            Ok(MaybeBody(sent(&req, &bytes, value)))
        })
    }
}

impl FromRequest for Empty {
    type Error = Error;
    type Future = Parsing<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let bytes = whole(payload, MOST).await?;
            let blank = bytes.iter().all(u8::is_ascii_whitespace) || parse::<Nothing>(&bytes).is_ok();
            if blank { Ok(Empty(sent(&req, &bytes, ()))) } else { parse::<Nothing>(&bytes).and(Err(Error::NotFound)) }
        })
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// What was sent, with its digest and its language.
pub fn sent<T>(req: &HttpRequest, bytes: &[u8], value: T) -> Sent<T> {
    let lang =
        req.headers().get(CONTENT_LANGUAGE).and_then(|value| value.to_str().ok()).map_or(Lang::En, Lang::negotiate);
    Sent::new((req.method().as_str(), req.path()), bytes, lang, value)
}

/// The type of a body, without its parameters.
pub fn media_type(req: &HttpRequest) -> &str {
    let header = req.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    header.split(';').next().unwrap_or_default().trim()
}

fn is_json(req: &HttpRequest) -> Result<()> {
    let kind = media_type(req).to_ascii_lowercase();
    if kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json")) {
        return Ok(());
    }
    Err(Error::Unsupported(say!(
        "Send JSON with Content-Type: application/json.",
        "Content-Type: application/json 형식의 JSON을 보내세요."
    )))
}

/// The whole body, unless it is larger than `most` bytes or does not arrive within 10 s.
pub async fn whole(mut payload: Payload, most: usize) -> Result<BytesMut> {
    let read = async {
        let mut bytes = BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_cut| broken())?;
            if bytes.len() + chunk.len() > most {
                return Err(Error::TooLarge(most));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    };
    tokio::time::timeout(WHOLE_WITHIN, read).await.map_err(|_late| Error::Slow)?
}

fn broken() -> Error {
    Error::invalid(
        "",
        "body.broken",
        say!("The body broke off. Send it again.", "본문이 중간에 끊겼습니다. 다시 보내세요."),
    )
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let pointer = pointer(error.path());
        fault(pointer, &error.inner().to_string())
    })?;
    json.end().map_err(|error| fault(String::new(), &error.to_string()))?;
    Ok(value)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

/// What serde says, as a fault in both languages. Our own checks carry code and sentences through it.
fn fault(pointer: String, told: &str) -> Error {
    let mut carried = told.split(TOLD).skip(1);
    if let (Some(code), Some(en), Some(ko)) = (carried.next(), carried.next(), carried.next()) {
        let detail = Sentence { en: en.to_owned().into(), ko: ko.to_owned().into() };
        return Error::Invalid(vec![Fault::new(pointer, known_code(code), detail)]);
    }
    let what = told.rsplit_once(" at line ").map_or(told, |(what, _)| what);
    let named = what.split('`').nth(1).unwrap_or_default();
    let (code, detail) = if what.starts_with("unknown field") {
        (
            "field.unknown",
            say!(
                "There is no field \"{named}\" here. Leave it out.",
                "여기에는 \"{named}\" 항목이 없습니다. 빼고 보내세요."
            ),
        )
    } else if what.starts_with("missing field") {
        ("field.missing", say!("The field \"{named}\" is missing.", "\"{named}\" 항목이 빠졌습니다."))
    } else if what.starts_with("unknown variant") {
        let choices =
            what.split_once("expected ").map_or("", |(_, rest)| rest.trim_start_matches("one of ")).replace('`', "\"");
        (
            "value.unknown",
            say!("\"{named}\" is not one of {choices}.", "\"{named}\" 값은 쓸 수 없습니다. 가능한 값: {choices}"),
        )
    } else if what.starts_with("duplicate field") {
        ("field.twice", say!("The field \"{named}\" stands twice.", "\"{named}\" 항목이 두 번 나옵니다."))
    } else if what.starts_with("invalid type") || what.starts_with("invalid value") {
        let expected = what.split_once("expected ").map_or("", |(_, rest)| rest);
        ("value.type", say!("This must be {expected}.", "값의 형식이 다릅니다. 필요한 형식: {expected}"))
    } else {
        ("json.syntax", say!("This is not JSON: {told}.", "JSON 문법 오류: {told}"))
    };
    let pointer = if code.starts_with("field.") && !named.is_empty() && !pointer.ends_with(&format!("/{named}")) {
        format!("{pointer}/{named}")
    } else {
        pointer
    };
    Error::invalid(pointer, code, detail)
}

/// Codes are static; those that come through serde are the ones the checked strings use.
fn known_code(code: &str) -> &'static str {
    const KNOWN: &[&str] =
        &["slug.shape", "name.shape", "text.shape", "email.shape", "hours.shape", "key.shape", "address.shape"];
    KNOWN.iter().find(|known| **known == code).copied().unwrap_or("value.shape")
}

/// The query as a `T`.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Error;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = actix_web::web::Query::<T>::from_query(req.query_string());
        std::future::ready(parsed.map(|query| Query(query.into_inner())).map_err(|error| {
            Error::invalid(
                "",
                "query",
                say!("The query could not be read: {error}.", "쿼리를 읽을 수 없습니다: {error}"),
            )
        }))
    }
}

/// `limit` and `cursor` of a list.
#[derive(Debug, serde::Deserialize)]
pub struct Paging {
    limit: Option<String>,
    cursor: Option<String>,
}

impl Paging {
    /// The page that is asked for; `list` names the list.
    pub fn of(&self, list: &str) -> Result<PageRequest> {
        // What is no number is as far outside the range as any number.
        let limit = self.limit.as_deref().map(|text| text.parse().unwrap_or(0));
        PageRequest::parse(list, limit, self.cursor.as_deref())
    }
}
