//! Refusals as pages, for people with a browser.

use actix_web::http::header::ACCEPT;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::frame::{Frame, Visit};
use super::{form, page, see_other, shell};
use crate::access::Caller;
use crate::base::{Fault, Sentence};

#[derive(Template)]
#[template(path = "look/refusal.html")]
struct Refusal {
    frame: Frame,
    title: Sentence,
    words: Sentence,
    faults: Vec<Fault>,
    /// For whoever looks it up in the log.
    request: Option<String>,
}

/// Draws a refusal, unless whoever asked is no browser that shows a page.
pub fn drawn(
    req: &HttpRequest,
    caller: &Caller,
    status: StatusCode,
    (words, faults): (&Sentence, &[Fault]),
) -> Option<HttpResponse> {
    let of_api = req.match_info().as_str().starts_with("/v1/");
    let accepts = req.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if of_api || !accepts.contains("text/html") {
        return None;
    }
    let visit = Visit::of(req, caller);
    let mut response = match status {
        StatusCode::UNAUTHORIZED => sign_in(req, &visit),
        _ => {
            let request = status.is_server_error().then(|| caller.request.to_string());
            let (title, words) = told(status, words);
            page(
                status,
                visit.lang,
                &Refusal { frame: Frame::bare(&visit), title, words, faults: faults.to_vec(), request },
            )
            .ok()?
        }
    };
    shell::dress(req, response.headers_mut());
    Some(response)
}

/// Whoever is not signed in signs in, and goes on where they wanted to.
fn sign_in(req: &HttpRequest, visit: &Visit) -> HttpResponse {
    match *req.method() {
        Method::GET | Method::HEAD if visit.back != "/" => {
            see_other(&format!("/sign-in?to={}", form::query(&visit.back)))
        }
        _ => see_other("/sign-in"),
    }
}

/// A title and what to do, in the words of a page.
fn told(status: StatusCode, words: &Sentence) -> (Sentence, Sentence) {
    let fixed = |title: (&'static str, &'static str), words: (&'static str, &'static str)| {
        (Sentence::fixed(title.0, title.1), Sentence::fixed(words.0, words.1))
    };
    match status.as_u16() {
        403 => (Sentence::fixed("You cannot do this", "할 수 없는 일입니다"), words.clone()),
        404 => fixed(
            ("Page not found", "페이지를 찾을 수 없습니다"),
            (
                "Check the address. If you followed a link, it may lead to something that you may not see.",
                "주소를 확인하세요. 링크를 따라왔다면 볼 수 없는 내용일 수 있습니다.",
            ),
        ),
        409 => (Sentence::fixed("This was not done", "처리하지 못했습니다"), words.clone()),
        412 => fixed(
            ("Somebody was quicker", "그 사이 다른 사람이 바꾸었습니다"),
            (
                "This changed after you opened it, so nothing was stored. Go back, read it again, then make your change.",
                "페이지를 연 뒤에 내용이 바뀌어 저장하지 않았습니다. 뒤로 가서 다시 읽고 바꾸세요.",
            ),
        ),
        422 => (
            Sentence::fixed("There is a problem", "확인이 필요합니다"),
            Sentence::fixed(
                "Nothing was stored. Go back and correct this:",
                "저장된 것은 없습니다. 뒤로 가서 다음을 고치세요:",
            ),
        ),
        429 => fixed(
            ("Too many requests", "요청이 너무 많습니다"),
            ("Wait a minute, then try again.", "1분쯤 기다린 뒤 다시 시도하세요."),
        ),
        503 => fixed(
            ("Signpost is not available for the moment", "잠시 Signpost를 쓸 수 없습니다"),
            ("Nothing was stored. Try again in a few seconds.", "저장된 것은 없습니다. 몇 초 뒤에 다시 시도하세요."),
        ),
        500..=599 => fixed(
            ("There is a problem with Signpost", "Signpost에 문제가 생겼습니다"),
            (
                "Nothing was stored. Try again later. If it stays, tell the administrator of this server the number below.",
                "저장된 것은 없습니다. 나중에 다시 시도하세요. 계속 그러면 서버 관리자에게 아래 번호를 알려 주세요.",
            ),
        ),
        _ => (Sentence::fixed("This was not done", "처리하지 못했습니다"), words.clone()),
    }
}
