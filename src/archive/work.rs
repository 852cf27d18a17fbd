//! What the teams did: sprints with what was reported and how plans changed, what was offered and spent, and what was decided.

use serde_json::{Value, json};

use super::Part;
use crate::access::UserId;
use crate::base::page::every;
use crate::base::{Error, Lang, Result};
use crate::board::{self, Cell};
use crate::check_in::{self, CheckIn};
use crate::consortium::member::weekly_hours as hours;
use crate::db::Tx;
use crate::decision::{self, Decision, Seen, adr};
use crate::hackathon::Hackathon;
use crate::question::Standing;
use crate::question::store::names::{Names, Wanted};
use crate::sprint::{self, ScopeChange, Sprint};
use crate::team;

/// The files about it.
pub fn parts(tx: &mut Tx, here: &Hackathon, user: UserId, lang: Lang) -> Result<Vec<Part>> {
    let standing = Standing::load(tx, here.id, user)?.ok_or(Error::NotFound)?;
    let filter = decision::store::Filter::default();
    let decisions = every(
        |page| decision::store::list(tx, here.id, &standing, &filter, page),
        |decision: &Decision| decision.id.uuid(),
    )?;
    let seen = Seen::load(tx, here.id, &standing, &decisions)?;
    Ok(vec![
        Part::json("sprints.json", &sprints(tx, here)?)?,
        Part::json("capacity.json", &capacity(tx, here)?)?,
        Part::text("decisions.md", adr::log(&decisions, &seen, lang)),
    ])
}

fn sprints(tx: &mut Tx, here: &Hackathon) -> Result<Vec<Value>> {
    let check_ins = check_in::store::all(tx, here.id)?;
    let mut all = Vec::new();
    for sprint in sprint::store::all(tx, here.id)? {
        let changes =
            every(|page| sprint::store::scope::list(tx, &sprint, None, page), |change: &ScopeChange| change.id.uuid())?;
        let reported: Vec<&CheckIn> = check_ins.iter().filter(|one| one.sprint == sprint.id).collect();
        let mut wanted = Wanted::default();
        for one in &reported {
            wanted.team(one.team);
            wanted.member(one.by);
        }
        for change in &changes {
            change.team.into_iter().for_each(|team| wanted.team(team));
            wanted.member(change.by);
        }
        let names = wanted.read(tx, here.id)?;
        all.push(whole(&sprint, &reported, &changes, &names));
    }
    Ok(all)
}

fn whole(of: &Sprint, reported: &[&CheckIn], changes: &[ScopeChange], names: &Names) -> Value {
    let team = |id| names.team(id).map(|(slug, _)| slug.clone());
    let report = |one: &&CheckIn| {
        let check_in::Facts { progress_percent, spent_minutes, confidence, summary, blockers } = &one.facts;
        let blockers: Vec<Value> =
            blockers.iter().map(|one| json!({"text": one.text, "question": one.question})).collect();
        json!({"team": team(one.team), "by": names.member(one.by), "progress_percent": progress_percent,
            "hours_spent": hours(*spent_minutes), "confidence": confidence, "summary": summary, "blockers": blockers,
            "updated_at": one.updated_at})
    };
    let change = |one: &ScopeChange| {
        json!({"team": one.team.and_then(team), "kind": one.kind, "what": one.what, "why": one.why,
            "hours_planned": one.planned_minutes.map(hours), "by": names.member(one.by), "at": one.at})
    };
    json!({"number": of.number, "starts_on": of.starts_on, "ends_on": of.ends_on, "goal": of.goal, "closed_at": of.closed_at,
        "summary": of.summary, "check_ins": reported.iter().map(report).collect::<Vec<_>>(),
        "changes": changes.iter().map(change).collect::<Vec<_>>()})
}

/// What every team offered, planned and spent in each sprint.
fn capacity(tx: &mut Tx, here: &Hackathon) -> Result<Vec<Value>> {
    let teams = team::store::all(tx, here.id)?;
    let board = board::load(tx, here, teams)?;
    let mut all = Vec::new();
    for team in &board.teams {
        for (cell, sprint) in board.of(team.id).zip(&board.sprints) {
            let Cell { offered_minutes, planned_minutes, check_in, status, .. } = cell;
            let offered = i32::try_from(*offered_minutes).unwrap_or(i32::MAX);
            all.push(json!({"team": team.slug, "sprint": sprint.number, "status": status, "hours_offered": hours(offered),
                "hours_planned": planned_minutes.map(hours), "hours_spent": check_in.map(|said| hours(said.spent_minutes))}));
        }
    }
    Ok(all)
}
