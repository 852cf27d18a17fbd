//! What the server says of itself: whether it lives, its contract, its keys, its schemas, its problems.

use actix_web::http::StatusCode;
use actix_web::web;
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;

use super::problem::{STATUSES, words};
use super::{Answered, Site};
use crate::access::{Answer, Caller, Gate};
use crate::base::{Error, Lang};

/// The contract, as it stands in the repository.
pub const OPENAPI: &str = include_str!("../../openapi.yaml");

fn typed(kind: &str, body: impl Into<Vec<u8>>) -> Answer {
    let answer = Answer { status: 200, headers: Vec::new(), body: body.into() };
    answer.header("Content-Type", kind)
}

/// `GET /livez`: the process answers.
pub async fn live() -> Answered {
    Ok(typed("text/plain; charset=utf-8", "alive\n"))
}

/// `GET /readyz`: the database answers too.
pub async fn ready(req: actix_web::HttpRequest) -> Answered {
    let gate = req.app_data::<Gate>().ok_or_else(|| Error::internal("the app has no gate"))?;
    gate.is_ready().await?;
    Ok(typed("text/plain; charset=utf-8", "ready\n"))
}

/// `GET /metrics`, in Prometheus' format, where it was turned on.
pub async fn metrics(req: actix_web::HttpRequest) -> Answered {
    let on = req.app_data::<Site>().is_some_and(|site| site.metrics);
    let handle = req.app_data::<web::Data<PrometheusHandle>>().filter(|_| on).ok_or(Error::NotFound)?;
    Ok(typed("text/plain; version=0.0.4; charset=utf-8", handle.render()))
}

/// `GET /openapi.yaml`
pub async fn openapi() -> Answered {
    Ok(typed("application/yaml; charset=utf-8", OPENAPI).header("Cache-Control", "public, max-age=300"))
}

/// `GET /schemas/hackathon.json`: what a hackathon file may hold.
pub async fn hackathon_schema() -> Answered {
    let answer = Answer::ok(&crate::file::schema())?;
    Ok(answer.header("Content-Type", "application/schema+json").header("Cache-Control", "public, max-age=300"))
}

/// `GET /problems/{problem}`: what a kind of problem means and what to do about it.
pub async fn problem(code: web::Path<String>, caller: web::ReqData<Caller>) -> Answered {
    let of = |status: &u16| StatusCode::from_u16(*status).ok();
    let found =
        STATUSES.iter().filter_map(of).find(|status| words(*status).0 == code.as_str()).ok_or(Error::NotFound)?;
    let (code, title, detail) = words(found);
    let each = |lang| json!({ "title": title.text(lang), "detail": detail.text(lang) });
    let page = json!({ "code": code, "status": found.as_u16(), "en": each(Lang::En), "ko": each(Lang::Ko) });
    Ok(Answer::ok(&page)?.header("Content-Language", caller.lang.code()))
}
