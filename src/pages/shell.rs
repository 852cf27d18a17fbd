//! What surrounds every page: forms come from pages of ours alone, and browsers are told what a page may do.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{
    CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
};
use actix_web::middleware::Next;
use actix_web::{Error as ActixError, HttpRequest};

use super::form;
use crate::access::Gate;
use crate::base::{Error, say};

/// Nothing comes from elsewhere, nothing written into a page runs, nothing frames us, and forms go nowhere else.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// A year, as browsers ask for before they take it seriously.
const STRICT: &str = "max-age=31536000";
/// What a page could ask a browser for, and none of ours does.
const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

/// Around every page.
pub async fn around<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    // No page takes another method that changes anything.
    let sent = *req.method() == Method::POST && !takes_mail_programs(req.path());
    let mut response = match sent && !form::is_ours(req.request()) {
        true => req.error_response(ActixError::from(foreign())),
        false => next.call(req).await?.map_into_boxed_body(),
    };
    let request = response.request().clone();
    dress(&request, response.headers_mut());
    Ok(response)
}

/// Mail programs stop mails with one press and without a browser (RFC 8058). What that may do is in the address alone, and no
/// cookie adds to it.
fn takes_mail_programs(path: &str) -> bool {
    path.starts_with("/unsubscribe/")
}

/// The headers of every page, refusals too.
pub fn dress(req: &HttpRequest, headers: &mut HeaderMap) {
    let mut put = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    put(CONTENT_SECURITY_POLICY, POLICY);
    // An address may hold a secret, so no other site is told it.
    put(REFERRER_POLICY, "no-referrer");
    put(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if req.app_data::<Gate>().is_some_and(Gate::is_secure) {
        put(STRICT_TRANSPORT_SECURITY, STRICT);
    }
}

fn foreign() -> Error {
    Error::Forbidden(say!(
        "This form did not come from a page of this server, so nothing was changed. If it did, a proxy stands between us: it must pass on the headers Host, Origin and Sec-Fetch-Site as your browser sends them.",
        "이 서버의 화면에서 보낸 양식이 아니므로 바뀐 것은 없습니다. 이 서버의 화면에서 보냈는데도 이렇게 나오면 중간에 프록시가 있는 것입니다. 프록시는 브라우저가 보낸 Host, Origin, Sec-Fetch-Site 헤더를 그대로 전달해야 합니다."
    ))
}
