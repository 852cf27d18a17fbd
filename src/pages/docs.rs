//! `/docs`: the contract for reading. Written from `openapi.yaml` itself, so the two cannot say different things; it
//! needs neither scripts nor another server.

mod prose;
mod reference;
mod schema;

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, Responder};
use askama::Template;

use super::page;
use crate::base::{Error, Lang, Result};
use crate::file;
use reference::Reference;

const CONTRACT: &str = include_str!("../../openapi.yaml");
const STYLE: &str = include_str!("docs/docs.css");

/// The page, put together when it is first asked for: the contract does not change while the server runs.
static PAGE: LazyLock<Result<Docs, String>> = LazyLock::new(|| {
    let contract = file::value(CONTRACT.as_bytes()).map_err(|faults| format!("{faults:?}"))?;
    Ok(Docs { reference: Reference::of(&contract) })
});

/// The page.
#[derive(Template)]
#[template(path = "docs/docs.html")]
struct Docs {
    reference: Reference,
}

/// `GET /docs`
pub async fn show() -> Result<HttpResponse> {
    let docs = PAGE.as_ref().map_err(|cause| Error::internal(cause.clone()))?;
    page(StatusCode::OK, Lang::En, docs)
}

/// `GET /assets/docs.css`
pub async fn style() -> impl Responder {
    let mut response = HttpResponse::Ok();
    response.content_type("text/css; charset=utf-8").insert_header((CACHE_CONTROL, "public, max-age=3600"));
    response.body(STYLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_tells_every_operation_and_every_schema() {
        let contract = file::value(CONTRACT.as_bytes()).unwrap();
        let html = PAGE.as_ref().unwrap().render().unwrap();
        let operations = contract["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap());
        for (_, operation) in operations {
            let id = operation["operationId"].as_str().unwrap();
            assert!(html.contains(&format!("<article id=\"{id}\"")), "{id}");
        }
        for name in contract["components"]["schemas"].as_object().unwrap().keys() {
            assert!(html.contains(&format!("<article id=\"schema-{name}\"")), "{name}");
        }
        assert!(!html.contains("<script") && !html.contains("style=\"") && !html.contains("://cdn"));
    }

    #[test]
    fn every_link_of_the_page_leads_somewhere() {
        let html = PAGE.as_ref().unwrap().render().unwrap();
        let targets = html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
        for target in targets {
            assert!(html.contains(&format!(" id=\"{target}\"")), "{target}");
        }
    }
}
