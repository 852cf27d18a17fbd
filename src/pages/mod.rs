//! Floor 5, a face: HTML for people with a browser. It needs no scripts, and decides nothing.

pub mod docs;
pub mod form;
pub mod setup;
pub mod unsubscribe;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, REFERRER_POLICY, VARY};
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::base::{Error, Lang, Result};

/// Nothing comes from elsewhere, nothing runs, nothing frames us, and forms go nowhere else.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const STYLE: &str = include_str!("plain.css");

/// Every operation: path and method.
pub const PATHS: &[(&str, &str)] = &[
    ("/setup/done", "get"),
    ("/setup/{token}", "get"),
    ("/setup/{token}", "post"),
    ("/unsubscribe/{token}", "get"),
    ("/unsubscribe/{token}", "post"),
    ("/docs", "get"),
    ("/assets/plain.css", "get"),
    ("/assets/docs.css", "get"),
];

/// Adds the paths to an app.
pub fn configure(app: &mut web::ServiceConfig) {
    app.service(web::resource("/setup/done").route(web::get().to(setup::done)))
        .service(web::resource("/setup/{token}").route(web::get().to(setup::show)).route(web::post().to(setup::finish)))
        .service(
            web::resource("/unsubscribe/{token}")
                .route(web::get().to(unsubscribe::show))
                .route(web::post().to(unsubscribe::stop)),
        )
        .service(web::resource("/docs").route(web::get().to(docs::show)))
        .service(web::resource("/assets/plain.css").route(web::get().to(style)))
        .service(web::resource("/assets/docs.css").route(web::get().to(docs::style)));
}

async fn style() -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.content_type("text/css; charset=utf-8").insert_header((CACHE_CONTROL, "public, max-age=3600"));
    response.body(STYLE)
}

/// A page in this language. Its address may hold a secret, so no other site is told it.
fn page(status: StatusCode, lang: Lang, template: &impl Template) -> Result<HttpResponse> {
    let html = template.render().map_err(Error::internal)?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_LANGUAGE, lang.code()))
        .insert_header((VARY, "Accept-Language"))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .body(html))
}
