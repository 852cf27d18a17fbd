//! What waits for somebody, and what has been asked before.

use actix_web::web::Data;
use serde::{Deserialize, Serialize};

use super::view::{self, Summary};
use crate::access::policy::{SeeQuestions, SeeQueue};
use crate::access::{Answer, May, Roles};
use crate::api::{Answered, Paging, Query};
use crate::base::{Error, Page, say};
use crate::directory::Directories;
use crate::hackathon::Hackathon;
use crate::question::{self, Memories, store};

/// `GET /v1/hackathons/{hackathon}/queue`: most urgent first. It changes under the reader, so it has no further pages.
pub async fn queue(may: May<SeeQueue, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let limit = paging.of("queue")?.limit;
    may.read(move |tx, right| {
        let here = right.on().id;
        let standing = view::standing(tx, here, right.user())?;
        // A responder takes what lies with their own; the others may take whatever they see.
        let any = right.roles().meet(Roles::ORGANIZER | Roles::MENTOR);
        let waiting = store::list::queue(tx, here, &standing, any, limit)?;
        Answer::ok(&Page { items: view::summaries(tx, &standing, &waiting)?, next: None })
    })
    .await
}

/// What is being typed.
#[derive(Deserialize)]
pub struct Typed {
    q: Option<String>,
}

/// The most characters that are compared.
const WORDS_MOST: usize = 2_000;

/// A question like it.
#[derive(Serialize)]
struct SimilarView {
    #[serde(flatten)]
    question: Summary,
    similarity: f64,
}

/// `GET /v1/hackathons/{hackathon}/questions/similar?q=`: at most five, those most alike first.
pub async fn similar(
    may: May<SeeQuestions, Hackathon>,
    known: Data<Directories>,
    memories: Data<Memories>,
    Query(typed): Query<Typed>,
) -> Answered {
    let words = typed.q.unwrap_or_default();
    if words.chars().count() > WORDS_MOST {
        let detail = say!("Write at most {WORDS_MOST} characters.", "{WORDS_MOST}자 이내로 적으세요.");
        return Err(Error::invalid("/q", "words.many", detail));
    }
    let here = known.look(&may).await?.directory.source.hackathon;
    let memory = memories.fresh(here).await?;
    may.read(move |tx, right| {
        let standing = view::standing(tx, right.on().id, right.user())?;
        let alike = memory.alike(&words, &standing);
        let found = question::still_seen(tx, right.on().id, &standing, alike)?;
        let (questions, similar): (Vec<_>, Vec<_>) =
            found.into_iter().map(|one| (one.question, hundredths(one.similarity))).unzip();
        let shown = view::summaries(tx, &standing, &questions)?.into_iter().zip(similar);
        let items = shown.map(|(question, similarity)| SimilarView { question, similarity }).collect();
        Answer::ok(&Page { items, next: None })
    })
    .await
}

fn hundredths(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}
