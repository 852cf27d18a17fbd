//! Importing a hackathon from its file, for administrators; organizers apply a changed file to their own.

use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::form::LargeForm;
use super::frame::{Frame, Visit};
use super::{Shown, page, see_other};
use crate::access::policy::Import;
use crate::access::{May, Right, Roles, Server};
use crate::base::{Error, Fault, Result, Sentence, say};
use crate::db::Tx;
use crate::file::{self, ChangeKind, Document};
use crate::router;
use crate::transfer::{self, Imported, Wish};

#[derive(Template)]
#[template(path = "import/import.html")]
struct Page {
    frame: Frame,
    said: Said,
    problem: Option<Sentence>,
    faults: Vec<Row>,
    plan: Option<Plan>,
}

/// A fault in the file, with its place.
struct Row {
    line: Option<usize>,
    path: String,
    words: String,
}

/// What an import would do.
struct Plan {
    created: bool,
    changes: Vec<(&'static str, &'static str, String)>,
}

/// The file's text, and whether it is only tried.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    text: String,
    really: String,
}

/// `GET /import`
pub async fn show(visit: Visit, may: May<Import, Server>) -> Shown {
    let lang = visit.lang;
    let drawn = may.read(move |tx, _| {
        Ok(Page {
            frame: Frame::own(tx, &visit)?,
            said: Said::default(),
            problem: None,
            faults: Vec::new(),
            plan: None,
        })
    });
    page(StatusCode::OK, lang, &drawn.await?)
}

/// `POST /import`: shows what would change; with the second press it is done.
pub async fn read(
    visit: Visit,
    may: May<Import, Server>,
    again: May<Import, Server>,
    LargeForm(said): LargeForm<Said>,
) -> Shown {
    let lang = visit.lang;
    let text = said.text.clone();
    let read = web::block(move || file::read(text.as_bytes(), &router::pack_slugs())).await.map_err(Error::internal)?;
    let really = !said.really.is_empty();
    let done = match read {
        Ok(document) => may.write(move |tx, right| work(tx, right, &document, really)).await,
        Err(faults) => Err(Error::Invalid(faults)),
    };
    let (status, problem, faults, plan) = match done {
        Ok(Imported { hackathon: Some(made), .. }) if really => {
            return Ok(see_other(&format!("/h/{}/start", made.slug)));
        }
        Ok(imported) => (StatusCode::OK, None, Vec::new(), Some(plan(&imported, lang))),
        Err(Error::Invalid(faults)) => {
            let rows = faults.iter().map(|one| row(one, lang)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, None, rows, None)
        }
        Err(Error::Conflict(words)) => (StatusCode::CONFLICT, Some(words), Vec::new(), None),
        Err(Error::Forbidden(words)) => (StatusCode::FORBIDDEN, Some(words), Vec::new(), None),
        Err(other) => return Err(other),
    };
    let drawn = again.read(move |tx, _| {
        Ok(Page { frame: Frame::own(tx, &visit.at("/import".into()))?, said, problem, faults, plan })
    });
    page(status, lang, &drawn.await?)
}

fn work(tx: &mut Tx, right: &Right<Import, Server>, document: &Document, really: bool) -> Result<Imported> {
    if !right.roles().meet(Roles::ADMIN) && !transfer::may_update(tx, document, right.user())? {
        return Err(Error::Forbidden(say!(
            "Only a server administrator makes a hackathon, and only its organizers change it.",
            "해커톤은 서버 관리자만 만들 수 있고, 운영진만 바꿀 수 있습니다."
        )));
    }
    if really { transfer::import(tx, document, Some(right.user()), Wish::Update) } else { transfer::plan(tx, document) }
}

fn row(fault: &Fault, lang: crate::base::Lang) -> Row {
    let line = fault.place.map(|(line, _)| line);
    Row { line, path: fault.path(), words: fault.detail.text(lang).to_owned() }
}

fn plan(imported: &Imported, lang: crate::base::Lang) -> Plan {
    let change = |one: &file::Change| {
        let (class, sign) = match one.kind {
            ChangeKind::Added => ("plus", "+"),
            ChangeKind::Removed => ("minus", "−"),
            ChangeKind::Changed => ("quiet", "→"),
        };
        (class, sign, one.what.text(lang).to_owned())
    };
    Plan { created: imported.created, changes: imported.changes.iter().map(change).collect() }
}
