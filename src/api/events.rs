//! `/v1/hackathons/{hackathon}/events`: server-sent events, for as long as the caller stays and may listen.

use actix_web::http::Method;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::StreamExt;
use serde::Deserialize;

use super::Query;
use crate::access::policy::SeeQuestions;
use crate::access::{Gate, May};
use crate::base::{Error, Result};
use crate::hackathon::Hackathon;
use crate::stream::{HEADERS, Manner, Opening, Said, Streams, flow};

/// Where to go on, for those who cannot send `Last-Event-ID`.
#[derive(Deserialize)]
pub struct Since {
    last_event_id: Option<String>,
}

/// `GET /v1/hackathons/{hackathon}/events`
pub async fn listen(
    req: HttpRequest,
    may: May<SeeQuestions, Hackathon>,
    streams: Data<Streams>,
    Query(since): Query<Since>,
) -> Result<HttpResponse> {
    let header = req.headers().get("last-event-id").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let last = header.or(since.last_event_id).filter(|last| !last.is_empty());
    let gate = req.app_data::<Gate>().cloned().ok_or_else(|| Error::internal("the app has no gate"))?;
    let actor = *may.actor();
    let opening = may.read(move |tx, right| Opening::after(tx, right, last.as_deref())).await?;
    let mut response = HttpResponse::Ok();
    HEADERS.into_iter().for_each(|header| {
        response.insert_header(header);
    });
    if *req.method() == Method::HEAD {
        return Ok(response.finish());
    }
    let stays = move || {
        let (gate, req) = (gate.clone(), req.clone());
        async move { gate.still(&req, actor).await }
    };
    let manner = Manner { beat: ":", event: Box::new(event) };
    let flow = flow(streams.listen(opening)?, manner, stays);
    Ok(response.streaming(Box::pin(flow.map(|text| Ok::<_, Error>(Bytes::from(text))))))
}

fn event(said: &Said) -> String {
    let data = serde_json::to_string(said).unwrap_or_default();
    format!("event: {}\ndata: {data}", said.word)
}
