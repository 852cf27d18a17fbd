//! Who changed what of the judging.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::{frame, ways};
use crate::access::May;
use crate::access::policy::Audit;
use crate::base::{Instant, Lang, Page as Part, PageRequest, Sentence};
use crate::hackathon::Hackathon;
use crate::judging::{Action, Change, Kind, store};
use crate::pages::form::filled;
use crate::pages::frame::{Frame, Visit, Way};
use crate::pages::time::{Watch, When};
use crate::pages::{Shown, page};

const LIST: &str = "judging-changes";

#[derive(Template)]
#[template(path = "judging/changes.html")]
struct Page {
    frame: Frame,
    place: String,
    ways: Vec<Way>,
    rows: Vec<Row>,
    next: Option<String>,
}

/// A change.
struct Row {
    what: String,
    by: String,
    when: When,
    /// What it said before and what it says now, where that is told.
    facts: Vec<(&'static str, &'static str, String)>,
}

/// Where one reads on.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    cursor: String,
}

/// `GET /h/{hackathon}/judging/changes`, the first one first.
pub async fn show(visit: Visit, may: May<Audit, Hackathon>, web::Query(wanted): web::Query<Wanted>) -> Shown {
    let lang = visit.lang;
    // A cursor that is none of ours begins at the beginning.
    let begin = PageRequest::parse(LIST, None, None)?;
    let request = PageRequest::parse(LIST, None, filled(&wanted.cursor)).unwrap_or(begin);
    let drawn = may.read(move |tx, right| {
        let here = right.on();
        let watch = visit.watch(here);
        let found = store::change::list(tx, here.id, &request)?;
        let Part { items, next } = Part::of(LIST, &request, found, |one| one.id.uuid());
        Ok(Page {
            frame: frame(tx, &visit, here, right.roles(), "/judging/changes")?,
            place: format!("/h/{}", here.slug),
            ways: ways(here, right.roles(), "/judging/changes"),
            rows: items.iter().map(|one| row(one, &watch)).collect(),
            next,
        })
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

fn row(of: &Change, watch: &Watch) -> Row {
    let lang = watch.lang;
    let side = |sign: (&'static str, &'static str), told: &Option<Value>| {
        told.as_ref().map(|value| (sign.0, sign.1, told_of(value, watch)))
    };
    let facts = [side(("minus", "−"), &of.before), side(("plus", "+"), &of.after)];
    Row {
        what: format!("{}: {}", kind(of.kind).text(lang), action(of.action).text(lang)),
        by: of.display_name.to_string(),
        when: watch.ago(of.created_at),
        facts: facts.into_iter().flatten().filter(|(.., told)| !told.is_empty()).collect(),
    }
}

fn kind(of: Kind) -> Sentence {
    match of {
        Kind::Judging => Sentence::fixed("Deadline", "제출 기한"),
        Kind::Criterion => Sentence::fixed("Criterion", "평가 기준"),
        Kind::Submission => Sentence::fixed("Submission", "제출물"),
        Kind::Conflict => Sentence::fixed("Conflict of interest", "이해 충돌"),
        Kind::Score => Sentence::fixed("Score", "점수"),
        Kind::Award => Sentence::fixed("Award", "상"),
    }
}

fn action(of: Action) -> Sentence {
    match of {
        Action::Made => Sentence::fixed("made", "만듦"),
        Action::Changed => Sentence::fixed("changed", "바꿈"),
        Action::Removed => Sentence::fixed("removed", "지움"),
        Action::Sealed => Sentence::fixed("sealed", "확정함"),
    }
}

/// The fields that people read; ids say nothing to them.
fn told_of(value: &Value, watch: &Watch) -> String {
    let lang = watch.lang;
    let Value::Object(fields) = value else { return words(value, lang) };
    let moment = |name: &str, value: &Value| {
        let at = value.as_str().filter(|_| name == "submissions_due_at").and_then(Instant::parse);
        at.map_or_else(|| words(value, lang), |at| watch.exact(at))
    };
    let parts = fields.iter().filter_map(|(name, value)| Some((label(name)?, moment(name, value))));
    let parts = parts.filter(|(_, words)| !words.is_empty());
    parts.map(|(label, words)| format!("{}: {words}", label.text(lang))).collect::<Vec<_>>().join(" · ")
}

fn label(field: &str) -> Option<Sentence> {
    Some(match field {
        "submissions_due_at" => Sentence::fixed("until", "기한"),
        "name" => Sentence::fixed("name", "이름"),
        "weight" => Sentence::fixed("weight", "비중"),
        "title" => Sentence::fixed("title", "제목"),
        "summary" => Sentence::fixed("summary", "요약"),
        "links" => Sentence::fixed("links", "링크"),
        "reason" => Sentence::fixed("why", "이유"),
        "points" => Sentence::fixed("points", "점수"),
        "comment" => Sentence::fixed("comment", "의견"),
        _ => return None,
    })
}

fn words(value: &Value, lang: Lang) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(is) => is.to_string(),
        Value::Array(all) => all.iter().map(|one| words(one, lang)).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            // A text in languages, points for a criterion, a link: each has one part that is read.
            let codes = if lang == Lang::En { ["en", "ko"] } else { ["ko", "en"] };
            let part = codes.into_iter().chain(["points", "url"]).find_map(|name| fields.get(name));
            part.map(|part| words(part, lang)).unwrap_or_default()
        }
    }
}
