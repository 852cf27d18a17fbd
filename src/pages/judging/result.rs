//! How it came out: raw and normalised scores side by side, ties told.

use actix_web::http::StatusCode;
use askama::Template;

use super::{frame, ways};
use crate::access::policy::SeeJudging;
use crate::access::{May, Right};
use crate::base::{Error, Lang, Result, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::judging::Results;
use crate::judging::results::{self, Severity, Standing};
use crate::pages::frame::{Frame, Visit, Way};
use crate::pages::words::Words;
use crate::pages::{Shown, page};

#[derive(Template)]
#[template(path = "judging/results.html")]
struct Page {
    frame: Frame,
    place: String,
    ways: Vec<Way>,
    /// Why they are not shown yet.
    early: Option<String>,
    told: Option<Told>,
}

/// Results, in words and figures.
struct Told {
    sentences: Vec<String>,
    complete: bool,
    rows: Vec<Row>,
    judges: Vec<(String, usize, String, String)>,
}

/// How a submission came out.
struct Row {
    rank: String,
    title: Words,
    team: Words,
    normalised: String,
    raw: String,
    raw_rank: String,
    judges: usize,
    tied: bool,
}

/// `GET /h/{hackathon}/judging/results`
pub async fn show(visit: Visit, may: May<SeeJudging, Hackathon>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| whole(tx, right, &visit));
    page(StatusCode::OK, lang, &drawn.await?)
}

fn whole(tx: &mut Tx, right: &Right<SeeJudging, Hackathon>, visit: &Visit) -> Result<Page> {
    let (here, lang) = (right.on(), visit.lang);
    let (early, told) = match results::refuse_early(tx, here.id, right.user(), right.roles()) {
        Ok(()) => (None, Some(told(&results::results(tx, here.id)?, lang))),
        Err(Error::Forbidden(words)) => (Some(words.text(lang).to_owned()), None),
        Err(other) => return Err(other),
    };
    Ok(Page {
        frame: frame(tx, visit, here, right.roles(), "/judging/results")?,
        place: format!("/h/{}", here.slug),
        ways: ways(here, right.roles(), "/judging/results"),
        early,
        told,
    })
}

/// A figure with two digits, and a minus that is one.
fn figure(of: Option<f64>) -> String {
    of.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}").replace('-', "−"))
}

fn place(of: Option<usize>) -> String {
    of.map_or_else(|| "–".to_owned(), |place| place.to_string())
}

fn told(of: &Results, lang: Lang) -> Told {
    let judge = |one: &Severity| {
        (one.display_name.to_string(), one.scores, figure(Some(one.mean)), figure(Some(one.deviation)))
    };
    let scored = of.submissions.iter().any(|one| one.judges > 0);
    Told {
        sentences: if scored { sentences(of, lang) } else { Vec::new() },
        complete: of.complete,
        rows: if scored { of.submissions.iter().map(|one| row(one, lang)).collect() } else { Vec::new() },
        judges: of.judges.iter().map(judge).collect(),
    }
}

fn row(of: &Standing, lang: Lang) -> Row {
    Row {
        rank: place(of.rank),
        title: Words::typed(of.title.as_str(), lang),
        team: Words::of(&of.team_name, lang),
        normalised: figure(of.normalised),
        raw: figure(of.raw),
        raw_rank: place(of.raw_rank),
        judges: of.judges,
        tied: !of.tied_with.is_empty(),
    }
}

/// What the figures say: who leads, which ties there are, what is left out.
fn sentences(of: &Results, lang: Lang) -> Vec<String> {
    let names = |rank: usize| -> Vec<&str> {
        let at = of.submissions.iter().filter(|one| one.rank == Some(rank));
        at.map(|one| one.team_name.text(lang)).collect()
    };
    let mut told = Vec::new();
    let first = names(1);
    if let [only] = first.as_slice() {
        told.push(say!("First: {only}.", "1위: {only}."));
    }
    let mut ranks: Vec<usize> =
        of.submissions.iter().filter(|one| !one.tied_with.is_empty()).filter_map(|one| one.rank).collect();
    ranks.dedup();
    for rank in ranks {
        let tied = names(rank).join(", ");
        told.push(say!(
            "Tied for place {rank}: {tied}. Breaking a tie is for people.",
            "공동 {rank}위: {tied}. 동점은 사람이 가립니다."
        ));
    }
    if of.left_out > 0 {
        let left_out = of.left_out;
        told.push(say!(
            "Sealed scores left out because a conflict of interest became known: {left_out}.",
            "이해 충돌이 알려져 뺀 점수: {left_out}건."
        ));
    }
    told.iter().map(|one| one.text(lang).to_owned()).collect()
}
