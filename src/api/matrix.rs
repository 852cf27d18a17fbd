//! `/v1/hackathons/{hackathon}/matrix`: who holds what, as it is published or as it is drafted.

mod version;
mod view;

use actix_web::HttpRequest;
use serde::Deserialize;

use super::form::Form;
use super::reader::Reader;
use super::{Answered, Empty, Query};
use crate::access::policy::{Publish, See, SeeDraft};
use crate::access::{Answer, May, Right, allow};
use crate::base::{Error, Lang, Result, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::matrix::{self, Draft, Level, rules, sheet, store, tag};

pub use version::{beside, compare, list};
use view::Seen;

/// Which matrix is wanted: `draft`, the number of a version, or the one in force.
#[derive(Deserialize)]
pub struct Which {
    version: Option<String>,
}

/// `GET /v1/hackathons/{hackathon}/matrix`: JSON, CSV or a workbook, by `Accept`.
pub async fn show(
    req: HttpRequest,
    may: May<See, Hackathon>,
    Query(which): Query<Which>,
    Reader(lang): Reader,
) -> Answered {
    let form = Form::accepted(&req);
    let seen = may
        .read(move |tx, right| match which.version.as_deref() {
            None => in_force(tx, right.on()),
            Some(word) => named(tx, right, word, "/version"),
        })
        .await?;
    written(form, &seen, lang)
}

fn in_force(tx: &mut Tx, here: &Hackathon) -> Result<Seen> {
    let latest = store::version::latest(tx, here.id)?;
    Ok(latest.map_or_else(|| Seen::nothing(here), |(version, table)| Seen::version(here, version, table)))
}

/// The draft, for those who may see it, or the version of that number; `pointer` is where the word stood.
fn named<V: crate::access::Verb>(tx: &mut Tx, right: &Right<V, Hackathon>, word: &str, pointer: &str) -> Result<Seen> {
    let here = right.on();
    if word == "draft" {
        allow::<SeeDraft>(right.actor(), right.roles(), false)?;
        return Ok(Seen::draft(here, Draft::load(tx, here)?.table()));
    }
    let number = word.parse().map_err(|_shape| {
        let detail = say!("Write the number of a version, or \"draft\".", "버전 번호나 \"draft\"를 적으세요.");
        Error::invalid(pointer, "version.shape", detail)
    })?;
    let (version, table) = store::version::by_number(tx, here.id, number)?.ok_or(Error::NotFound)?;
    Ok(Seen::version(here, version, table))
}

fn written(form: Form, seen: &Seen, lang: Lang) -> Answered {
    let name = seen.file_name();
    let answer = match form {
        Form::Json => Answer::ok(&seen.view())?.tagged(Some(seen.tag.clone())),
        Form::Csv => form.file(sheet::csv(&seen.table, lang)?, &name).tagged(Some(format!("{}-csv-{lang}", seen.tag))),
        Form::Xlsx => {
            form.file(sheet::xlsx(&seen.table, lang, seen.at)?, &name).tagged(Some(format!("{}-xlsx-{lang}", seen.tag)))
        }
    };
    Ok(answer.header("Vary", "Accept, Accept-Language"))
}

/// `GET /v1/hackathons/{hackathon}/matrix/findings`: what the rules say of the draft.
pub async fn findings(may: May<SeeDraft, Hackathon>, Reader(lang): Reader) -> Answered {
    may.read(move |tx, right| {
        let here = right.on();
        let report = rules::findings(&Draft::load(tx, here)?);
        let answer = Answer::ok(&report.told(lang))?.tagged(Some(format!("{}-{lang}", tag::draft(here))));
        Ok(answer.header("Vary", "Accept-Language"))
    })
    .await
}

/// `POST /v1/hackathons/{hackathon}/matrix/publish`: 201 with the new version, 200 with the last one if nothing changed.
pub async fn publish(may: May<Publish, Hackathon>, Reader(lang): Reader, Empty(sent): Empty) -> Answered {
    may.post(sent, move |tx, right, ()| {
        let here = right.on();
        let done = matrix::publish(tx, here, right.user(), lang)?;
        let view = view::published(&done.version, done.report.count(Level::Warning));
        let tag = Some(tag::version(here.id, done.version.version));
        let place = format!("/v1/hackathons/{}/matrix?version={}", here.slug, done.version.version);
        let answer = if done.is_new { Answer::created(place, &view)? } else { Answer::ok(&view)? };
        Ok(answer.tagged(tag))
    })
    .await
}
