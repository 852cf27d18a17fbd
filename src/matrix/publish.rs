//! Publishing the draft: every publication is a version that never changes.

use serde::Serialize;
use serde_json::json;

use super::rules::{self, Level, Report};
use super::{Draft, store};
use crate::access::UserId;
use crate::base::{Error, Instant, Lang, Result, say};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};

/// A version of the matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Its number, from 1 without gaps.
    pub version: i32,
    /// When it was published.
    pub published_at: Instant,
    /// The user who did it, while their account exists.
    pub published_by: Option<UserId>,
}

/// What became of a wish to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The version that is in force now.
    pub version: Version,
    /// Whether it is new; it is not where nothing changed since the last one.
    pub is_new: bool,
    /// What was found; no errors.
    pub report: Report,
}

/// Publishes the draft. While errors stand it is refused, with the findings in this language.
pub fn publish(tx: &mut Tx, event: &Hackathon, by: UserId, lang: Lang) -> Result<Publication> {
    hackathon::touch(tx, event.id)?;
    let draft = Draft::load(tx, event)?;
    let report = rules::findings(&draft);
    refuse_errors(&report, lang)?;
    let (table, last) = (draft.table(), store::version::latest(tx, event.id)?);
    match last {
        Some((version, kept)) if kept == table => Ok(Publication { version, is_new: false, report }),
        last => {
            let number = last.map_or(1, |(version, _)| version.version.saturating_add(1));
            let version = store::version::insert(tx, event.id, number, Some(by), &table)?;
            Ok(Publication { version, is_new: true, report })
        }
    }
}

/// Publishes the draft if no error stands against it, as an import does; else it stays a draft. Gives the version in force.
pub fn publish_if_sound(tx: &mut Tx, event: &Hackathon, by: Option<UserId>) -> Result<Option<i32>> {
    let draft = Draft::load(tx, event)?;
    let (table, last) = (draft.table(), store::version::latest(tx, event.id)?);
    let number = last.as_ref().map(|(version, _)| version.version);
    let unchanged = last.is_some_and(|(_, kept)| kept == table);
    if unchanged || rules::findings(&draft).count(Level::Error) > 0 {
        return Ok(number);
    }
    let number = number.unwrap_or_default().saturating_add(1);
    store::version::insert(tx, event.id, number, by, &table)?;
    Ok(Some(number))
}

fn refuse_errors(report: &Report, lang: Lang) -> Result<()> {
    let errors = report.count(Level::Error);
    if errors == 0 {
        return Ok(());
    }
    let sentence = say!(
        "{errors} errors stand against publishing. Each finding says what mends it.",
        "공개를 막는 오류가 {errors}건 있습니다. 항목마다 해결 방법이 적혀 있습니다."
    );
    Err(Error::Blocked(sentence, Box::new(json!({"findings": report.told(lang)}))))
}
