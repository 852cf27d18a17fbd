//! Refusals as `application/problem+json` (RFC 9457), in the caller's language.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONNECTION, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::access::Caller;
use crate::base::{Error, Fault, Lang, Sentence, say};

/// The media type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What went wrong, carried in the response until the shell writes it in the caller's language.
pub struct Problem {
    code: &'static str,
    detail: Sentence,
    faults: Vec<Fault>,
    facts: Option<Value>,
}

/// Draws a refusal as a page for people with a browser; nothing where the caller is none. Whoever starts the server says
/// how, for the API knows of no pages.
#[derive(Clone, Copy)]
pub struct Drawn(pub fn(&HttpRequest, &Caller, StatusCode, Told) -> Option<HttpResponse>);

/// What a refusal says: in words, and each fault.
pub type Told<'p> = (&'p Sentence, &'p [Fault]);

/// Where and for whom a problem is written.
pub struct Setting<'a> {
    /// The caller's language.
    pub lang: Lang,
    /// The request's id.
    pub request: Uuid,
    /// The path that was asked for.
    pub path: &'a str,
    /// This server's address.
    pub base_url: &'a str,
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Error::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
            Error::Forbidden(_) => StatusCode::FORBIDDEN,
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Conflict(_) | Error::Blocked(..) => StatusCode::CONFLICT,
            Error::Stale => StatusCode::PRECONDITION_FAILED,
            Error::Unconditional => StatusCode::PRECONDITION_REQUIRED,
            Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Unsupported(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Error::Slow => StatusCode::REQUEST_TIMEOUT,
            Error::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Full => StatusCode::INSUFFICIENT_STORAGE,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let mut response = HttpResponse::build(status);
        let header = match self {
            Error::TooMany(seconds) | Error::Unavailable(seconds) => Some((RETRY_AFTER, seconds.to_string())),
            Error::Unauthenticated(_) => Some((WWW_AUTHENTICATE, "Bearer".to_owned())),
            // A slow sender is not waited for any longer.
            Error::Slow => Some((CONNECTION, "close".to_owned())),
            _ => None,
        };
        header.into_iter().for_each(|header| {
            response.insert_header(header);
        });
        let mut response = response.finish();
        response.extensions_mut().insert(Problem::of(self));
        response
    }
}

impl Problem {
    fn of(error: &Error) -> Problem {
        let plain = Problem::of_status(error.status_code());
        match error {
            Error::Unauthenticated(detail)
            | Error::Forbidden(detail)
            | Error::Conflict(detail)
            | Error::Unsupported(detail) => Problem { detail: detail.clone(), ..plain },
            Error::Blocked(detail, facts) => {
                Problem { detail: detail.clone(), facts: Some((**facts).clone()), ..plain }
            }
            Error::Invalid(faults) => Problem { faults: faults.clone(), ..plain },
            Error::TooLarge(most) => Problem {
                detail: say!("Send at most {most} bytes.", "{most}바이트 이하로 보내세요."),
                ..plain
            },
            Error::Internal(cause) => {
                tracing::error!(cause = %chain(&**cause), "internal error");
                plain
            }
            _ => plain,
        }
    }

    /// The problem of a bare status, such as that of an unknown path.
    pub fn of_status(status: StatusCode) -> Problem {
        let (code, _, detail) = words(status);
        Problem { code, detail, faults: Vec::new(), facts: None }
    }

    /// What it says.
    pub fn told(&self) -> Told<'_> {
        (&self.detail, &self.faults)
    }

    /// Its body.
    pub fn write(&self, status: StatusCode, at: &Setting) -> Vec<u8> {
        let (_, title, _) = words(status);
        let mut body = Map::new();
        body.insert("type".into(), json!(format!("{}/problems/{}", at.base_url, self.code)));
        body.insert("title".into(), json!(title.text(at.lang)));
        body.insert("status".into(), json!(status.as_u16()));
        body.insert("detail".into(), json!(self.detail.text(at.lang)));
        body.insert("instance".into(), json!(at.path));
        body.insert("request_id".into(), json!(at.request));
        if status == StatusCode::UNPROCESSABLE_ENTITY {
            body.insert("errors".into(), self.faults.iter().map(|fault| fault_json(fault, at.lang)).collect());
        }
        if let Some(Value::Object(facts)) = &self.facts {
            body.extend(facts.clone());
        }
        Value::Object(body).to_string().into_bytes()
    }
}

/// One fault as callers read it; `line`, `column` and `path` only where a file was sent.
pub fn fault_json(fault: &Fault, lang: Lang) -> Value {
    let mut one = json!({ "pointer": fault.pointer, "code": fault.code, "detail": fault.detail.text(lang) });
    if let (Some((line, column)), Value::Object(map)) = (fault.place, &mut one) {
        map.insert("line".into(), json!(line));
        map.insert("column".into(), json!(column));
        map.insert("path".into(), json!(fault.path()));
    }
    one
}

/// Every cause, outermost first.
fn chain(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        told = format!("{told}: {inner}");
        cause = inner.source();
    }
    told
}

/// For each status: the code in `type`, the title, and what to do.
pub fn words(status: StatusCode) -> (&'static str, Sentence, Sentence) {
    let (code, title, detail) = match status.as_u16() {
        401 => ("not-signed-in", ("Not signed in", "로그인 필요"), ("Sign in first.", "먼저 로그인하세요.")),
        403 => (
            "not-allowed",
            ("Not allowed", "권한 없음"),
            (
                "Your role does not allow this. Ask an organizer.",
                "맡은 역할로는 할 수 없습니다. 운영진에게 문의하세요.",
            ),
        ),
        404 => (
            "not-found",
            ("Not found", "찾을 수 없음"),
            (
                "There is nothing here, or nothing you may see. Check the address.",
                "없거나 볼 수 없는 대상입니다. 주소를 확인하세요.",
            ),
        ),
        405 => (
            "method-not-allowed",
            ("Method not allowed", "허용되지 않는 메서드"),
            (
                "This address takes other methods; \"Allow\" lists them.",
                "이 주소에서 쓸 수 있는 메서드는 \"Allow\" 헤더에 있습니다.",
            ),
        ),
        408 => (
            "too-slow",
            ("Too slow", "시간 초과"),
            (
                "The whole request must arrive within 10 seconds. Send it again.",
                "요청 전체가 10초 안에 도착해야 합니다. 다시 보내세요.",
            ),
        ),
        409 => (
            "conflict",
            ("Conflict", "충돌"),
            ("This does not fit the present state. Read it again.", "현재 상태와 맞지 않습니다. 다시 읽어 보세요."),
        ),
        412 => (
            "stale",
            ("Changed meanwhile", "그 사이 변경됨"),
            (
                "Somebody changed this after you read it. Read it again, then send your change with the new ETag.",
                "읽은 뒤에 다른 사람이 바꾸었습니다. 다시 읽고 새 ETag와 함께 보내세요.",
            ),
        ),
        413 => ("too-large", ("Too large", "너무 큼"), ("Send less at once.", "한 번에 보내는 양을 줄이세요.")),
        415 => (
            "unsupported-media-type",
            ("Unsupported media type", "지원하지 않는 형식"),
            (
                "Send JSON with Content-Type: application/json.",
                "Content-Type: application/json 형식의 JSON을 보내세요.",
            ),
        ),
        422 => (
            "invalid",
            ("Something needs mending", "고칠 곳이 있음"),
            (
                "Mend what \"errors\" lists and send it again. Nothing was stored.",
                "\"errors\"에 적힌 곳을 고쳐 다시 보내세요. 저장된 것은 없습니다.",
            ),
        ),
        428 => (
            "if-match-needed",
            ("If-Match is needed", "If-Match 필요"),
            (
                "Read this first and send its ETag in If-Match, so that nobody's change is overwritten.",
                "먼저 읽고 그 ETag를 If-Match 헤더로 보내세요. 다른 사람의 변경을 덮어쓰지 않기 위해서입니다.",
            ),
        ),
        429 => (
            "too-many-requests",
            ("Too many requests", "요청이 너무 많음"),
            ("Wait as long as Retry-After says.", "Retry-After에 적힌 시간만큼 기다리세요."),
        ),
        431 => (
            "headers-too-large",
            ("Headers too large", "헤더가 너무 큼"),
            ("Send fewer or smaller headers.", "헤더를 줄여서 보내세요."),
        ),
        503 => (
            "unavailable",
            ("Not available for the moment", "잠시 사용할 수 없음"),
            (
                "Nothing was stored. Try again as Retry-After says.",
                "저장된 것은 없습니다. Retry-After에 적힌 시간 뒤에 다시 보내세요.",
            ),
        ),
        507 => (
            "storage-full",
            ("Storage is full", "저장 공간 부족"),
            (
                "Nothing was stored. Reading still works; tell the server's administrator.",
                "저장된 것은 없습니다. 읽기는 가능합니다. 서버 관리자에게 알리세요.",
            ),
        ),
        500..=599 => (
            "internal",
            ("Our fault", "서버 오류"),
            (
                "Something broke on our side and nothing was stored. Tell the server's administrator the request_id.",
                "서버에 문제가 생겼고 저장된 것은 없습니다. 서버 관리자에게 request_id를 알려 주세요.",
            ),
        ),
        _ => (
            "bad-request",
            ("Bad request", "잘못된 요청"),
            ("The request could not be read. Check its form.", "요청을 읽을 수 없습니다. 형식을 확인하세요."),
        ),
    };
    (code, Sentence::fixed(title.0, title.1), Sentence::fixed(detail.0, detail.1))
}

/// The codes that have a page of their own at `/problems/{code}`.
pub const STATUSES: &[u16] = &[400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 422, 428, 429, 431, 500, 503, 507];
