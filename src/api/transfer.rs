//! `/v1/hackathons/import` and `/v1/hackathons/{hackathon}/export`: hackathons as files.

use actix_web::http::header::ACCEPT;
use actix_web::{HttpRequest, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{self, media_type, sent};
use super::{Answered, Query};
use crate::access::policy::{Export, Import};
use crate::access::{Answer, Caller, May, Resource, Roles, Server};
use crate::base::{Error, Lang, Result, say};
use crate::db::Tx;
use crate::file::{self, ChangeKind, Document};
use crate::hackathon::Hackathon;
use crate::router;
use crate::transfer::{self, Imported, Wish};

/// How an import is meant.
#[derive(Deserialize)]
pub struct Options {
    #[serde(default)]
    dry_run: bool,
    #[serde(default)]
    update: bool,
}

/// `POST /v1/hackathons/import`: a file in YAML or JSON, checked as a whole, stored only if all of it is right.
pub async fn import(
    req: HttpRequest,
    may: May<Import, Server>,
    Query(options): Query<Options>,
    caller: web::ReqData<Caller>,
    payload: web::Payload,
) -> Answered {
    is_file(&req)?;
    let bytes = body::whole(payload.into_inner(), file::MOST_BYTES).await?;
    let document = web::block({
        let bytes = bytes.clone();
        move || file::read(&bytes, &router::pack_slugs())
    });
    let document = document.await.map_err(Error::internal)?.map_err(Error::Invalid)?;
    let lang = caller.lang;
    let query = format!("{}?{}", req.path(), req.query_string());
    let mut sent = sent(&req, &bytes, document);
    sent.print = format!("{}{query}", sent.print);
    may.post(sent, move |tx, right, document| {
        allowed(tx, right.user(), right.roles(), &document)?;
        if options.dry_run {
            return told(200, &transfer::plan(tx, &document)?, true, lang);
        }
        let wish = if options.update { Wish::Update } else { Wish::Create };
        let imported = transfer::import(tx, &document, Some(right.user()), wish)?;
        told(if imported.created { 201 } else { 200 }, &imported, false, lang)
    })
    .await
}

/// Organizers apply a file to their own hackathon; what is new, the server's administrators make.
fn allowed(tx: &mut Tx, user: crate::access::UserId, roles: Roles, document: &Document) -> Result<()> {
    if roles.meet(Roles::ADMIN) || transfer::may_update(tx, document, user)? {
        return Ok(());
    }
    Err(Error::Forbidden(say!(
        "Only a server administrator makes a hackathon, and only its organizers change it.",
        "해커톤은 서버 관리자만 만들 수 있고, 운영진만 바꿀 수 있습니다."
    )))
}

fn told(status: u16, imported: &Imported, dry_run: bool, lang: Lang) -> Answered {
    let changes: Vec<Value> = imported
        .changes
        .iter()
        .map(|change| {
            let kind = match change.kind {
                ChangeKind::Added => "added",
                ChangeKind::Removed => "removed",
                ChangeKind::Changed => "changed",
            };
            json!({ "path": change.path, "kind": kind, "what": change.what.text(lang) })
        })
        .collect();
    let body = json!({
        "dry_run": dry_run,
        "created": imported.created,
        "hackathon": imported.hackathon,
        "matrix_version": imported.matrix_version,
        "changes": changes,
    });
    let answer = Answer { status, ..Answer::ok(&body)? };
    match imported.hackathon.as_ref().filter(|_| !dry_run) {
        Some(hackathon) => {
            Ok(answer.header("Location", format!("/v1/hackathons/{}", hackathon.slug)).tagged(hackathon.tag()))
        }
        None => Ok(answer),
    }
}

fn is_file(req: &HttpRequest) -> Result<()> {
    let known = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "application/json"];
    if known.iter().any(|kind| media_type(req).eq_ignore_ascii_case(kind)) {
        return Ok(());
    }
    Err(Error::Unsupported(say!(
        "Send the file with Content-Type: application/yaml or application/json.",
        "Content-Type: application/yaml 또는 application/json 형식으로 파일을 보내세요."
    )))
}

/// `GET /v1/hackathons/{hackathon}/export`: YAML, or JSON where that is what the caller accepts.
pub async fn export(req: HttpRequest, may: May<Export, Hackathon>) -> Answered {
    let accept = req.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let as_json = accept.contains("json");
    may.read(move |tx, right| {
        let document = transfer::take(tx, right.on())?;
        let (kind, body) = match as_json {
            true => ("application/json", document.to_json()?.to_string()),
            false => ("application/yaml; charset=utf-8", document.to_yaml()?),
        };
        let name = format!("attachment; filename=\"{}.{}\"", right.on().slug, if as_json { "json" } else { "yaml" });
        let answer = Answer { status: 200, headers: Vec::new(), body: body.into_bytes() };
        Ok(answer.header("Content-Type", kind).header("Content-Disposition", name))
    })
    .await
}
