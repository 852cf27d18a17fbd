//! `/v1/hackathons/{hackathon}/matrix/versions`: every publication, and what changed between two.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::{Answered, Paging, Query, answer};
use super::named;
use super::view::Seen;
use crate::access::policy::See;
use crate::access::{Answer, May};
use crate::base::{Error, Key, Page, Result, Slug, say};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::matrix::between;
use crate::matrix::difference::{Difference, difference};
use crate::matrix::store::version as store;
use crate::matrix::table::Table;

const LIST: &str = "matrix-versions";

/// `GET /v1/hackathons/{hackathon}/matrix/versions`: the latest first.
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    // Versions have numbers and no ids, so a cursor holds a number in the place of an id.
    let before = page.after.and_then(|after| i32::try_from(after.as_u128()).ok());
    let rows = may.read(move |tx, right| store::list(tx, right.on().id, before, page.fetch())).await?;
    let number = |version: i32| Uuid::from_u128(u128::try_from(version).unwrap_or_default());
    answer::page(&req, &Page::of(LIST, &page, rows, |row| number(row.version)))
}

#[derive(Serialize)]
struct View {
    from: Value,
    to: Value,
    #[serde(flatten)]
    difference: Difference,
}

/// `GET /v1/hackathons/{hackathon}/matrix/versions/{a}/diff/{b}`: what changed from one to the other. Organizers may name
/// the draft as either.
pub async fn compare(may: May<See, Hackathon>) -> Answered {
    let (from, to) = (may.path().text("a")?.to_owned(), may.path().text("b")?.to_owned());
    may.read(move |tx, right| {
        let old = named(tx, right, &from, "/a")?;
        let new = named(tx, right, &to, "/b")?;
        // A version is called by its number, the draft by its word.
        let called = |seen: &Seen| seen.version.as_ref().map_or(json!(seen.state), |version| json!(version.version));
        let (from, to) = (called(&old), called(&new));
        let view = View { from, to, difference: difference(&old.table, &new.table) };
        Ok(Answer::ok(&view)?.tagged(Some(format!("{}..{}", old.tag, new.tag))))
    })
    .await
}

/// With which hackathon to compare.
#[derive(Deserialize)]
pub struct With {
    with: Option<String>,
}

/// A published matrix by its hackathon.
#[derive(Serialize)]
struct Side {
    hackathon: Slug,
    version: Option<i32>,
}

#[derive(Serialize)]
struct BesideView {
    here: Side,
    there: Side,
    #[serde(flatten)]
    difference: Difference,
}

/// `GET /v1/hackathons/{hackathon}/matrix/difference?with=`: what differs in the matrix of another hackathon of the caller's,
/// where what is called the same is taken for the same.
pub async fn beside(may: May<See, Hackathon>, Query(asked): Query<With>) -> Answered {
    may.read(move |tx, right| {
        let with = asked.with.ok_or_else(unnamed)?;
        let key = Key::parse(&with).ok_or(Error::NotFound)?;
        let (other, _) = hackathon::reached::<See>(tx, right.actor(), &key)?;
        let (here, own) = side(tx, right.on())?;
        let (there, theirs) = side(tx, &other)?;
        Answer::ok(&BesideView { here, there, difference: difference(&own, &between::translated(&theirs, &own)) })
    })
    .await
}

fn unnamed() -> Error {
    let detail = say!("Name the hackathon to compare with.", "비교할 해커톤을 적으세요.");
    Error::invalid("/with", "field.missing", detail)
}

fn side(tx: &mut Tx, of: &Hackathon) -> Result<(Side, Table)> {
    let latest = store::latest(tx, of.id)?;
    let (version, table) = latest.map_or((None, Table::default()), |(version, table)| (Some(version.version), table));
    Ok((Side { hackathon: of.slug.clone(), version }, table))
}
