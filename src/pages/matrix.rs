//! Responsibilities: the matrix as a table, and its draft for organizers.

pub mod draft;
mod table;

use actix_web::http::StatusCode;
use askama::Template;

use super::frame::{Frame, Tab, Visit};
use super::words::cell;
use super::{Shown, page};
use crate::access::policy::{See, SeeDraft};
use crate::access::{May, allow};
use crate::base::Sentence;
use crate::hackathon::Hackathon;
use crate::matrix::{Role, Table, store};
use table::Drawn;

#[derive(Template)]
#[template(path = "matrix/matrix.html")]
struct Page {
    frame: Frame,
    place: String,
    version: Option<(i32, String)>,
    table: Drawn,
    legend: Vec<(char, &'static str, Sentence, Sentence)>,
    edits: bool,
}

/// `GET /h/{hackathon}/matrix`: who is responsible for what, as it is in force.
pub async fn show(visit: Visit, may: May<See, Hackathon>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, right| {
        let here = right.on();
        let found = store::version::latest(tx, here.id)?;
        let watch = visit.watch(here);
        let version = found.as_ref().map(|(version, _)| (version.version, watch.exact(version.published_at)));
        let table = found.map_or_else(Table::default, |(_, table)| table);
        Ok(Page {
            frame: Frame::within(tx, &visit, here, right.roles(), Some(Tab::Matrix))?,
            place: format!("/h/{}", here.slug),
            version,
            table: Drawn::of(&table, lang),
            legend: legend(),
            edits: allow::<SeeDraft>(right.actor(), right.roles(), false).is_ok(),
        })
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

/// The four letters: each with its class, its name and what it means.
fn legend() -> Vec<(char, &'static str, Sentence, Sentence)> {
    let meaning = |role: Role| match role {
        Role::Responsible => Sentence::fixed("answers", "답변함"),
        Role::Accountable => Sentence::fixed("sees to it that there is an answer", "답변이 나오도록 책임짐"),
        Role::Consulted => Sentence::fixed("is asked for help", "도움을 줌"),
        Role::Informed => Sentence::fixed("is told", "소식을 받음"),
    };
    Role::ALL.iter().map(|role| (role.letter(), role.word(), cell(*role), meaning(*role))).collect()
}
