//! `/v1/hackathons/{hackathon}/report`: what became of the questions, in figures.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::web::Data;
use serde::Deserialize;

use super::form::Form;
use super::reader::Reader;
use super::{Answered, Query};
use crate::access::policy::SeeReport;
use crate::access::{Answer, May};
use crate::base::{Error, Key, Result, say};
use crate::directory::{Directories, Directory};
use crate::hackathon::Hackathon;
use crate::report::{self, BOUNCED_FROM, GroupBy, Report, Wish};

/// The highest number that a caller may say.
const BOUNCED_FROM_MOST: usize = 100;

/// How a report is wished for.
#[derive(Deserialize)]
pub struct Wanted {
    group_by: Option<String>,
    bounced_from: Option<String>,
    with: Option<String>,
    format: Option<String>,
}

impl Wanted {
    fn wish(&self) -> Result<Wish> {
        let group_by = self.group_by.as_deref().map(group_by).transpose()?;
        let number = self.bounced_from.as_deref().map(bounced_from).transpose()?;
        Ok(Wish { group_by, bounced_from: number.unwrap_or(BOUNCED_FROM) })
    }
}

fn group_by(word: &str) -> Result<GroupBy> {
    GroupBy::from_word(word).ok_or_else(|| {
        let all = GroupBy::ALL.iter().map(|by| by.word()).collect::<Vec<_>>().join(", ");
        let detail = say!("Write one of these: {all}.", "다음 중 하나를 적으세요: {all}");
        Error::invalid("/group_by", "value.unknown", detail)
    })
}

fn bounced_from(text: &str) -> Result<usize> {
    let number = text.parse().ok().filter(|number| (1..=BOUNCED_FROM_MOST).contains(number));
    number.ok_or_else(|| {
        let detail = say!(
            "Give a number of hand-offs from 1 to {BOUNCED_FROM_MOST}.",
            "넘김 횟수는 1부터 {BOUNCED_FROM_MOST}까지의 수로 적으세요."
        );
        Error::invalid("/bounced_from", "number.range", detail)
    })
}

/// `GET /v1/hackathons/{hackathon}/report`: JSON, CSV or a workbook, by `format` or by `Accept`.
pub async fn show(
    req: HttpRequest,
    may: May<SeeReport, Hackathon>,
    known: Data<Directories>,
    Query(wanted): Query<Wanted>,
    Reader(lang): Reader,
) -> Answered {
    let (form, wish) = (Form::wanted(&req, wanted.format.as_deref())?, wanted.wish()?);
    let kept = known.look(&may).await?.directory;
    let there = match &wanted.with {
        Some(name) => Some(other(&may, &known, name).await?),
        None => None,
    };
    let report = may
        .read(move |tx, right| {
            let mut report = report::report(tx, right.on(), (right.user(), right.roles()), &kept, wish)?;
            let beside = there.map(|there| report::beside(tx, right, (&kept, &there), lang)).transpose()?;
            report.comparison = beside;
            Ok(report)
        })
        .await?;
    let answer = match form {
        Form::Json => Answer::ok(&report)?,
        Form::Csv => form.file(report::csv(&report, lang)?, &file_name(&report)),
        Form::Xlsx => form.file(report::xlsx(&report, lang)?, &file_name(&report)),
    };
    Ok(answer.header("Vary", "Accept, Accept-Language"))
}

/// The directory of the hackathon to compare with. Nothing of it is read before it is known that the caller may.
async fn other(may: &May<SeeReport, Hackathon>, known: &Directories, name: &str) -> Result<Arc<Directory>> {
    let key = Key::parse(name).ok_or(Error::NotFound)?;
    let id = may.look(move |tx, right| Ok(report::readable(tx, right.actor(), &key)?.id)).await?;
    known.get(&Key::Id(id.uuid())).await
}

fn file_name(report: &Report) -> String {
    let by = report.group_by.map(|by| format!("-by-{}", by.word())).unwrap_or_default();
    format!("{}-report{by}", report.hackathon.slug)
}
