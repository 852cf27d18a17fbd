//! What surrounds every request: who asks, how often, how it is answered when it is refused, and what is told about it.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, RETRY_AFTER,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error as ActixError, HttpMessage, HttpResponse, ResponseError};
use futures_util::FutureExt;
use uuid::Uuid;

use super::problem::{Drawn, PROBLEM_JSON, Problem, Setting};
use crate::access::{Caller, Counted, Gate, Site, lang_of};
use crate::base::Error;

/// A request that takes longer than this is worth a line in the log at any level.
const SLOW: Duration = Duration::from_secs(1);

/// The outermost layer.
pub async fn around<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let started = Instant::now();
    let caller = caller(&req).await;
    req.extensions_mut().insert(caller);
    let counted = count(&req, &caller);
    if let Some(seconds) = counted.and_then(|counted| counted.retry_after) {
        let refusal = Error::TooMany(seconds).error_response();
        return Ok(finished(req.into_response(refusal), &caller, counted, started));
    }
    let path = req.path().to_owned();
    let called = AssertUnwindSafe(next.call(req)).catch_unwind().await;
    let response = called.unwrap_or_else(|_panic| Err(broken(&caller, &path)))?;
    Ok(finished(response.map_into_boxed_body(), &caller, counted, started))
}

fn finished(response: ServiceResponse, caller: &Caller, counted: Option<Counted>, started: Instant) -> ServiceResponse {
    let mut response = not_modified(written(response, caller));
    dress(response.headers_mut(), caller, counted);
    tell(&response, caller, started.elapsed());
    response
}

async fn caller(req: &ServiceRequest) -> Caller {
    let lang = lang_of(req.request());
    let Some(gate) = req.app_data::<Gate>() else { return Caller { actor: None, lang, request: Uuid::nil() } };
    Caller { actor: gate.actor(req.request()).await, lang, request: gate.request_id() }
}

/// Everything counts but the checks that a machine makes of this machine.
fn count(req: &ServiceRequest, caller: &Caller) -> Option<Counted> {
    let gate = req.app_data::<Gate>()?;
    if matches!(req.path(), "/livez" | "/readyz" | "/metrics") {
        return None;
    }
    let changes = !matches!(*req.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    match caller.actor {
        Some(actor) => Some(gate.meter().user(actor.user.uuid(), changes)),
        None => Some(gate.meter().address(req.app_data::<Site>()?.client(req.request())?)),
    }
}

/// Writes a refusal in the caller's language.
fn written(mut response: ServiceResponse, caller: &Caller) -> ServiceResponse {
    let status = response.status();
    let carried = response.response_mut().extensions_mut().remove::<Problem>();
    let bare = status.is_client_error() || status.is_server_error();
    let plain = bare && !response.headers().contains_key(CONTENT_TYPE);
    let Some(problem) = carried.or_else(|| plain.then(|| Problem::of_status(status))) else { return response };
    let draw = response.request().app_data::<Drawn>().copied();
    if let Some(page) = draw.and_then(|Drawn(draw)| draw(response.request(), caller, status, problem.told())) {
        return in_place_of(response, page);
    }
    let base_url = response.request().app_data::<Gate>().map(|gate| gate.issuer().to_owned()).unwrap_or_default();
    let path = response.request().path().to_owned();
    let setting = Setting { lang: caller.lang, request: caller.request, path: &path, base_url: &base_url };
    let body = problem.write(status, &setting);
    let mut response = response.map_body(|_, _| BoxBody::new(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    response
        .headers_mut()
        .insert(HeaderName::from_static("content-language"), HeaderValue::from_static(caller.lang.code()));
    response
}

/// A page that says the same, with the headers that say what a client does next.
fn in_place_of(response: ServiceResponse, mut page: HttpResponse) -> ServiceResponse {
    for name in [RETRY_AFTER, ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    ServiceResponse::new(response.request().clone(), page)
}

/// A panic in a handler, answered like any other fault of ours. The request is gone, so this writes the whole answer.
fn broken(caller: &Caller, path: &str) -> ActixError {
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    tracing::error!(request = %caller.request, path = without_secrets(path), "a handler panicked");
    let setting = Setting { lang: caller.lang, request: caller.request, path, base_url: "" };
    let body = Problem::of_status(status).write(status, &setting);
    let mut response = HttpResponse::build(status).content_type(PROBLEM_JSON).body(body);
    dress(response.headers_mut(), caller, None);
    actix_web::error::InternalError::from_response("panic", response).into()
}

/// A path for the log: what is as long as a secret of ours (43 characters) is left out, as it may be one.
fn without_secrets(path: &str) -> String {
    let part = |part: &str| if part.len() == 43 { "...".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// A reader who has this very state already gets 304.
fn not_modified(response: ServiceResponse) -> ServiceResponse {
    let req = response.request();
    let reads = matches!(*req.method(), Method::GET | Method::HEAD) && response.status() == StatusCode::OK;
    let (Some(tag), Some(known)) = (response.headers().get(ETAG), req.headers().get(IF_NONE_MATCH)) else {
        return response;
    };
    let (Ok(tag), Ok(known)) = (tag.to_str(), known.to_str()) else { return response };
    let same = known.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag);
    if !(reads && same) {
        return response;
    }
    let mut response = response.map_body(|_, _| BoxBody::new(()));
    response.headers_mut().remove(CONTENT_TYPE);
    *response.response_mut().status_mut() = StatusCode::NOT_MODIFIED;
    response
}

fn dress(headers: &mut HeaderMap, caller: &Caller, counted: Option<Counted>) {
    let mut put = |name: &'static str, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    put("x-request-id", caller.request.to_string());
    if let Some(Counted { policy, quota, remaining, retry_after }) = counted {
        put("ratelimit-policy", format!("\"{policy}\";q={quota};w=60"));
        put("ratelimit", format!("\"{policy}\";r={remaining};t={}", retry_after.unwrap_or(60)));
    }
    headers.insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
    if !headers.contains_key(CACHE_CONTROL) {
        // What is answered depends on who asks; a browser may keep it, but asks each time whether it still holds.
        let private = if headers.contains_key(ETAG) { "private, no-cache" } else { "no-store" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(private));
    }
}

/// One line a request: changes and refusals always, plain reads only when they were slow or debugging is on.
/// Neither the query nor a body is told: a query holds the words of a question.
fn tell(response: &ServiceResponse, caller: &Caller, took: Duration) {
    let req = response.request();
    let measured = req.app_data::<Site>().is_some_and(|site| site.metrics);
    let quiet = matches!(*req.method(), Method::GET | Method::HEAD) && response.status().as_u16() < 400 && took < SLOW;
    // Nothing is put into words that nobody reads.
    if !measured && quiet && !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    let (status, method) = (response.status().as_u16(), req.method());
    let route = req.match_pattern().unwrap_or_default();
    if measured {
        let labels = [("route", route.clone()), ("method", method.to_string()), ("status", status.to_string())];
        metrics::histogram!("signpost_http_request_seconds", &labels).record(took.as_secs_f64());
    }
    let user = caller.actor.map(|actor| actor.user.to_string()).unwrap_or_default();
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    if quiet {
        tracing::debug!(request = %caller.request, %method, route, status, user, micros, "request");
    } else {
        tracing::info!(request = %caller.request, %method, route, status, user, micros, "request");
    }
}
