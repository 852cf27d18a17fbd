//! A whole hackathon as one file to keep: what was set up, asked, done, decided, judged and learnt, as JSON, CSV and Markdown in a zip.
//!
//! The hackathon file is among it, so that the next event begins from this one: with another slug and other dates it is imported
//! like any other. What is kept is what an organizer may read. Passwords, tokens and sessions are not part of a hackathon; drafts
//! of scores, and debriefs that are not shared, are their authors' own and stay out.

mod markdown;
mod pack;
mod questions;
mod work;

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use crate::access::{Roles, UserId};
use crate::base::page::every;
use crate::base::{Error, Lang, Result};
use crate::db::Tx;
use crate::debrief::{self, Debrief};
use crate::directory::Directory;
use crate::follow_up::{self, FollowUp};
use crate::hackathon::Hackathon;
use crate::judging::{self, Score, Submission};
use crate::matrix::{sheet, store as matrix};
use crate::report::{self, BOUNCED_FROM, GroupBy, Wish};
use crate::transfer;

pub use pack::pack;
pub use questions::{Told, told};

/// A file of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// What stands in it.
    pub body: Vec<u8>,
}

impl Part {
    fn text(name: &'static str, body: String) -> Part {
        Part { name, body: body.into_bytes() }
    }

    fn json(name: &'static str, value: &impl Serialize) -> Result<Part> {
        Ok(Part { name, body: serde_json::to_vec_pretty(value).map_err(Error::internal)? })
    }
}

/// Everything there is to keep of a hackathon.
pub fn parts(
    tx: &mut Tx,
    here: &Hackathon,
    (user, roles): (UserId, Roles),
    kept: &Arc<Directory>,
    lang: Lang,
) -> Result<Vec<Part>> {
    let document = transfer::take(tx, here)?;
    let questions = questions::told(tx, here.id)?;
    let wish = Wish { group_by: Some(GroupBy::Topic), bounced_from: BOUNCED_FROM };
    let report = report::report(tx, here, (user, roles), kept, wish)?;
    let mut parts = vec![
        Part::text("README.md", markdown::readme(here, tx.now())),
        Part::text("hackathon.yaml", document.to_yaml()?),
        Part::json("hackathon.json", &document.to_json()?)?,
        Part::json("questions.json", &questions)?,
        Part { name: "questions.csv", body: questions::csv(&questions)? },
        Part::text("questions.md", markdown::questions(here, &questions, lang)),
        Part::json("report.json", &report)?,
        Part { name: "report.csv", body: report::csv(&report, lang)? },
    ];
    if let Some((_, table)) = matrix::version::latest(tx, here.id)? {
        parts.push(Part { name: "matrix.csv", body: sheet::csv(&table, lang)? });
    }
    parts.extend(work::parts(tx, here, user, lang)?);
    parts.extend(judged(tx, here)?);
    parts.extend(afterwards(tx, here)?);
    Ok(parts)
}

fn judged(tx: &mut Tx, here: &Hackathon) -> Result<Vec<Part>> {
    let criteria = judging::store::criterion::all(tx, here.id)?;
    let submissions = judging::store::submission::all(tx, here.id)?;
    let mut scores = judging::store::score::all(tx, here.id)?;
    scores.retain(|score| score.sealed_at.is_some());
    let awards = every(|page| judging::store::award::list(tx, here.id, page), |award| award.id.uuid())?;
    let award = |award: &judging::Award| json!({"id": award.id, "facts": award.facts()});
    let changes = every(|page| judging::store::change::list(tx, here.id, page), |change| change.id.uuid())?;
    let results = judging::results::results(tx, here.id)?;
    Ok(vec![
        Part::json("judging/criteria.json", &criteria)?,
        Part::json("judging/submissions.json", &submissions.iter().map(submission).collect::<Vec<_>>())?,
        Part::json("judging/scores.json", &scores.iter().map(score).collect::<Vec<_>>())?,
        Part::json("judging/results.json", &results)?,
        Part::json("judging/awards.json", &awards.iter().map(award).collect::<Vec<_>>())?,
        Part::json("judging/changes.json", &changes)?,
    ])
}

fn submission(of: &Submission) -> Value {
    json!({"id": of.id, "team": of.team_slug, "facts": of.facts, "created_at": of.created_at, "updated_at": of.updated_at})
}

fn score(of: &Score) -> Value {
    json!({"submission": of.submission, "judge": of.display_name, "says": of.draft, "sealed_at": of.sealed_at})
}

fn afterwards(tx: &mut Tx, here: &Hackathon) -> Result<Vec<Part>> {
    let today = here.date(tx.now());
    let debriefs = debrief::store::shared(tx, here.id)?;
    let follow_ups = follow_up::store::all(tx, here.id)?;
    Ok(vec![
        Part::json("debriefs.json", &debriefs.iter().map(learnt).collect::<Vec<_>>())?,
        Part::text("debriefs.md", markdown::debriefs(here, &debriefs)),
        Part::json("follow-ups.json", &follow_ups.iter().map(|one| continues(one, today)).collect::<Vec<_>>())?,
    ])
}

fn learnt(of: &Debrief) -> Value {
    let (member, team, profession) = of.about.columns();
    let about = json!({"member": member, "team": team, "profession": profession});
    let debrief::Facts { body, themes, presented } = &of.facts;
    json!({"author": of.display_name, "about": about, "body": body, "themes": themes, "presented": presented, "shared_at": of.shared_at})
}

fn continues(of: &FollowUp, today: chrono::NaiveDate) -> Value {
    let follow_up::Facts { title, ambition, next_gate, gate_on, begins_on, .. } = &of.facts;
    json!({"title": title, "owner": of.display_name, "ambition": ambition, "next_gate": next_gate, "gate_on": gate_on,
        "begins_on": begins_on, "checks": of.checks(today)})
}
