//! Styles, scripts and the icon. Each goes by a name with a digest of what it holds, so that a browser keeps it for good
//! and yet never shows a page with an old one.

use std::sync::LazyLock;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};

use super::Shown;
use crate::base::{Error, secret};

/// A file that belongs to the pages.
pub struct Asset {
    name: String,
    kind: &'static str,
    bytes: &'static str,
    /// Where it is.
    pub place: String,
}

/// How much of the digest stands in a name.
const DIGITS: usize = 12;

impl Asset {
    fn new(stem: &str, ending: &str, kind: &'static str, bytes: &'static str) -> Asset {
        let digest: String = secret::digest(bytes).chars().take(DIGITS).collect();
        let name = format!("{stem}.{digest}.{ending}");
        Asset { place: format!("/assets/{name}"), name, kind, bytes }
    }
}

/// What pages look like.
pub static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("signpost", "css", "text/css; charset=utf-8", include_str!("look/signpost.css")));
/// What makes them quicker, where scripts may run.
pub static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("signpost", "js", "text/javascript; charset=utf-8", include_str!("look/signpost.js")));
/// What tells of news on pages that are open.
pub static LIVE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("signpost.live", "js", "text/javascript; charset=utf-8", include_str!("look/live.js")));
/// The icon.
pub static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("signpost", "svg", "image/svg+xml", include_str!("look/icon.svg")));
/// What the reference looks like.
pub static REFERENCE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("docs", "css", "text/css; charset=utf-8", include_str!("docs/docs.css")));

/// `GET /assets/{name}`
pub async fn serve(name: web::Path<String>) -> Shown {
    let all: [&Asset; 5] = [&STYLE, &SCRIPT, &LIVE, &ICON, &REFERENCE];
    let asset = all.into_iter().find(|asset| asset.name == *name).ok_or(Error::NotFound)?;
    let mut response = HttpResponse::Ok();
    response.content_type(asset.kind).insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"));
    Ok(response.body(asset.bytes))
}
