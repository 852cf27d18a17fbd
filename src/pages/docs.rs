//! `/docs`: the contract for reading. Written from `openapi.yaml` itself, so the two cannot say different things; it
//! needs neither scripts nor another server.

mod prose;
mod reference;
mod schema;

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::asset::{ICON, REFERENCE};
use super::page;
use crate::base::{Error, Lang, Result};
use crate::file;
use reference::Reference;

const CONTRACT: &str = include_str!("../../openapi.yaml");

/// The page, put together when it is first asked for: the contract does not change while the server runs.
static PAGE: LazyLock<Result<Docs, String>> = LazyLock::new(|| {
    let contract = file::value(CONTRACT.as_bytes()).map_err(|faults| format!("{faults:?}"))?;
    Ok(Docs { reference: Reference::of(&contract), style: &REFERENCE.place, icon: &ICON.place })
});

/// The page.
#[derive(Template)]
#[template(path = "docs/docs.html")]
struct Docs {
    reference: Reference,
    style: &'static str,
    icon: &'static str,
}

/// `GET /docs`
pub async fn show() -> Result<HttpResponse> {
    let docs = PAGE.as_ref().map_err(|cause| Error::internal(cause.clone()))?;
    page(StatusCode::OK, Lang::En, docs)
}
