//! `/v1/hackathons/{hackathon}/events`: server-sent events (HTML, 9.2), for as long as the caller stays and may listen.

use std::time::{Duration, Instant};

use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, HeaderName};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;
use serde::Deserialize;

use super::Query;
use crate::access::policy::SeeQuestions;
use crate::access::{Actor, Gate, May};
use crate::base::{Error, Result};
use crate::hackathon::Hackathon;
use crate::stream::{Heard, Listener, Opening, Said, Streams};

/// How often it is looked whether the caller's token is still in force. Within five seconds, less what news takes.
const LOOK: Duration = Duration::from_secs(2);
/// A stream on which nothing happens gives a sign of life this often, so that what lies between does not cut it off.
const BEAT: Duration = Duration::from_secs(15);
/// After how many milliseconds a client that was cut off comes back.
const AGAIN: u32 = 2_000;
/// Tells nginx to pass on each event at once.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

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
    // What is compressed is held back until there is enough of it; `identity` keeps the compressor away.
    response.content_type("text/event-stream").insert_header((CONTENT_ENCODING, "identity"));
    response.insert_header((CACHE_CONTROL, "no-store")).insert_header((UNBUFFERED, "no"));
    if *req.method() == Method::HEAD {
        return Ok(response.finish());
    }
    let flow = Flow { gate, req, actor, listener: streams.listen(opening)?, has_greeted: false, last: Instant::now() };
    Ok(response.streaming(Box::pin(stream::unfold(flow, Flow::next))))
}

/// A stream under way.
struct Flow {
    gate: Gate,
    req: HttpRequest,
    actor: Actor,
    listener: Listener,
    has_greeted: bool,
    /// When something was last sent.
    last: Instant,
}

impl Flow {
    /// The next piece of the stream; `None` ends it.
    async fn next(mut self) -> Option<(Result<Bytes, Error>, Flow)> {
        if !self.has_greeted {
            self.has_greeted = true;
            let greeting = format!("retry: {AGAIN}\nid: {}\n\n", self.listener.at());
            return Some(self.sent(greeting));
        }
        loop {
            // Asked again and again: a token expires and a session ends while the stream is open.
            if self.gate.actor(&self.req).await != Some(self.actor) {
                return None;
            }
            match self.listener.next(LOOK).await {
                Ok(Heard::Events(said)) if !said.is_empty() => {
                    return Some(self.sent(said.iter().map(event).collect()));
                }
                Ok(Heard::Reset) => {
                    let reset = format!("id: {}\nevent: reset\ndata: {{}}\n\n", self.listener.at());
                    return Some(self.sent(reset));
                }
                Ok(Heard::Events(_) | Heard::Nothing) if self.last.elapsed() < BEAT => {}
                // It carries the place as well: who comes back need not go through what was not theirs to see.
                Ok(Heard::Events(_) | Heard::Nothing) => {
                    let beat = format!(":\nid: {}\n\n", self.listener.at());
                    return Some(self.sent(beat));
                }
                Ok(Heard::Over) => return None,
                Err(cause) => {
                    tracing::warn!(%cause, "a stream ends; its listener comes back to where it was");
                    return None;
                }
            }
        }
    }

    fn sent(mut self, text: String) -> (Result<Bytes, Error>, Flow) {
        self.last = Instant::now();
        (Ok(Bytes::from(text)), self)
    }
}

fn event(said: &Said) -> String {
    let data = serde_json::to_string(said).unwrap_or_default();
    format!("id: {}\nevent: {}\ndata: {data}\n\n", said.position, said.word)
}
