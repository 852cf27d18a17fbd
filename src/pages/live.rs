//! `/h/{hackathon}/live`: what happens, told to pages that are open. Whoever reads a page may listen by the same cookie.

use actix_web::http::Method;
use actix_web::web::{Bytes, Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::json;

use super::Shown;
use super::frame::Visit;
use super::words;
use crate::access::policy::SeeQuestions;
use crate::access::{Gate, May};
use crate::base::{Error, Lang, Result, Sentence};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::outbox;
use crate::stream::{HEADERS, Manner, Opening, Said, Streams, flow};

/// What a page needs for listening from where it was read on, so that nothing is missed in between.
#[derive(Clone, Debug)]
pub struct Live {
    /// Where the stream is.
    pub place: String,
    /// The last event that had happened when the page was read.
    pub at: i64,
}

impl Live {
    /// For a page that is read in this very transaction.
    pub fn of(tx: &mut Tx, here: &Hackathon) -> Result<Live> {
        Ok(Live { place: format!("/h/{}/live", here.slug), at: outbox::store::end(tx, here.id)? })
    }
}

/// Where to go on. A browser that comes back by itself says so in `Last-Event-ID` instead.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Since {
    last_event_id: String,
}

/// `GET /h/{hackathon}/live`
pub async fn listen(
    req: HttpRequest,
    visit: Visit,
    may: May<SeeQuestions, Hackathon>,
    streams: Data<Streams>,
    Query(since): Query<Since>,
) -> Shown {
    let header = req.headers().get("last-event-id").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let last = header.or(Some(since.last_event_id)).filter(|last| !last.is_empty());
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
    // A script hears no comments, and so would not know that a silent line is dead.
    let manner = Manner { beat: "event: beat\ndata:", event: Box::new(move |said| event(said, visit.lang)) };
    let flow = flow(streams.listen(opening)?, manner, stays);
    Ok(response.streaming(Box::pin(flow.map(|text| Ok::<_, Error>(Bytes::from(text))))))
}

/// An event in the reader's language, so that scripts need no words of their own.
fn event(said: &Said, lang: Lang) -> String {
    let tag = words::standing(said.state);
    let told = told(&said.kind);
    let data = json!({"number": said.number, "class": tag.class, "tag": tag.text.text(lang), "told": told.text(lang)});
    format!("data: {data}")
}

/// What happened, for whoever reads the page of that question.
fn told(kind: &str) -> Sentence {
    match kind {
        "answered" => Sentence::fixed("There is a new answer.", "새 답변이 있습니다."),
        "commented" => Sentence::fixed("There is a new comment.", "새 댓글이 있습니다."),
        "noted" => Sentence::fixed("There is a new internal note.", "새 내부 메모가 있습니다."),
        "claimed" | "taken_over" | "reassigned" => {
            Sentence::fixed("Somebody has taken this question.", "이 질문을 맡은 사람이 있습니다.")
        }
        "closed" | "withdrawn" | "merged" => Sentence::fixed("This question has been closed.", "이 질문이 닫혔습니다."),
        _ => Sentence::fixed("Something has changed here.", "바뀐 내용이 있습니다."),
    }
}
