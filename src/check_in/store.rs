//! The SQL of check-ins.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Blocker, CheckIn, Facts};
use crate::base::{Error, Id, Instant, OrConflict, PageRequest, Result, Text, say};
use crate::consortium::Member;
use crate::db::schema::{check_in_blockers, check_in_versions, check_ins};
use crate::db::{Tx, on_backend};
use crate::hackathon::Hackathon;
use crate::question::Question;
use crate::sprint::Sprint;
use crate::team::Team;

#[derive(Queryable)]
struct Row {
    id: Id<CheckIn>,
    hackathon: Id<Hackathon>,
    sprint: Id<Sprint>,
    team: Id<Team>,
    progress_percent: i32,
    spent_minutes: i32,
    confidence: i32,
    summary: Text,
    by: Id<Member>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl Row {
    fn whole(self, blockers: &mut HashMap<Id<CheckIn>, Vec<Blocker>>) -> CheckIn {
        let Row { id, hackathon, sprint, team, progress_percent, spent_minutes, confidence, summary, .. } = self;
        let blockers = blockers.remove(&id).unwrap_or_default();
        let facts = Facts { progress_percent, spent_minutes, confidence, summary, blockers };
        let Row { by, version, created_at, updated_at, .. } = self;
        CheckIn { id, hackathon, sprint, team, facts, by, version, created_at, updated_at }
    }
}

/// With what stands in the way, read at once for all of them.
fn complete(tx: &mut Tx, rows: Vec<Row>) -> Result<Vec<CheckIn>> {
    let ids: Vec<Id<CheckIn>> = rows.iter().map(|row| row.id).collect();
    let found: Vec<(Id<CheckIn>, Text, Option<Id<Question>>)> = check_in_blockers::table
        .filter(check_in_blockers::check_in_id.eq_any(ids))
        .order((check_in_blockers::check_in_id, check_in_blockers::position))
        .select((check_in_blockers::check_in_id, check_in_blockers::body, check_in_blockers::question_id))
        .load(tx.conn())?;
    let mut blockers: HashMap<Id<CheckIn>, Vec<Blocker>> = HashMap::new();
    found.into_iter().for_each(|(id, text, question)| {
        blockers.entry(id).or_default().push(Blocker { text, question });
    });
    Ok(rows.into_iter().map(|row| row.whole(&mut blockers)).collect())
}

/// This check-in of this sprint.
pub fn by_id(tx: &mut Tx, sprint: Id<Sprint>, id: Id<CheckIn>) -> Result<Option<CheckIn>> {
    let query = check_ins::table.filter(check_ins::sprint_id.eq(sprint)).filter(check_ins::id.eq(id));
    let row: Option<Row> = query.first(tx.conn()).optional()?;
    Ok(complete(tx, row.into_iter().collect())?.pop())
}

/// Every check-in of a hackathon.
pub fn all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<CheckIn>> {
    let rows = check_ins::table.filter(check_ins::hackathon_id.eq(hackathon)).order(check_ins::id).load(tx.conn())?;
    complete(tx, rows)
}

/// A page of a sprint's, the first given first, of these teams; none: of all.
pub fn list(tx: &mut Tx, sprint: Id<Sprint>, teams: Option<Vec<Id<Team>>>, page: &PageRequest) -> Result<Vec<CheckIn>> {
    let mut query =
        check_ins::table.filter(check_ins::sprint_id.eq(sprint)).order(check_ins::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(check_ins::id.gt(Id::<CheckIn>::from_uuid(after)));
    }
    if let Some(teams) = teams {
        query = query.filter(check_ins::team_id.eq_any(teams));
    }
    let rows = query.load(tx.conn())?;
    complete(tx, rows)
}

/// The teams that have checked in for a sprint.
pub fn teams_in(tx: &mut Tx, sprint: Id<Sprint>) -> Result<Vec<Id<Team>>> {
    Ok(check_ins::table.filter(check_ins::sprint_id.eq(sprint)).select(check_ins::team_id).load(tx.conn())?)
}

/// Keeps a check-in. A team gives one for each sprint.
pub fn insert(tx: &mut Tx, sprint: &Sprint, team: Id<Team>, by: Id<Member>, facts: &Facts) -> Result<CheckIn> {
    let id: Id<CheckIn> = tx.fresh();
    let row = (
        check_ins::id.eq(id),
        check_ins::hackathon_id.eq(sprint.hackathon),
        check_ins::sprint_id.eq(sprint.id),
        check_ins::team_id.eq(team),
        check_ins::progress_percent.eq(facts.progress_percent),
        check_ins::spent_minutes.eq(facts.spent_minutes),
        check_ins::confidence.eq(facts.confidence),
        check_ins::summary.eq(&facts.summary),
        check_ins::member_id.eq(by),
        check_ins::version.eq(1_i64),
        check_ins::created_at.eq(tx.now()),
        check_ins::updated_at.eq(tx.now()),
    );
    let number = sprint.number;
    diesel::insert_into(check_ins::table).values(row).execute(tx.conn()).or_conflict(|| {
        say!(
            "This team has checked in for sprint {number} already. Change that check-in.",
            "이 팀은 스프린트 {number} 체크인을 이미 냈습니다. 그 체크인을 고치세요."
        )
    })?;
    keep(tx, (sprint.hackathon, id, 1), by, facts)?;
    by_id(tx, sprint.id, id)?.ok_or_else(|| Error::internal("a check-in just kept is not there"))
}

/// Changes a check-in, unless somebody else changed it meanwhile.
pub fn update(tx: &mut Tx, of: &CheckIn, by: Id<Member>, facts: &Facts) -> Result<CheckIn> {
    let as_read = check_ins::table.filter(check_ins::id.eq(of.id)).filter(check_ins::version.eq(of.version));
    let version = of.version.saturating_add(1);
    let changed = diesel::update(as_read)
        .set((
            check_ins::progress_percent.eq(facts.progress_percent),
            check_ins::spent_minutes.eq(facts.spent_minutes),
            check_ins::confidence.eq(facts.confidence),
            check_ins::summary.eq(&facts.summary),
            check_ins::member_id.eq(by),
            check_ins::version.eq(version),
            check_ins::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    diesel::delete(check_in_blockers::table.filter(check_in_blockers::check_in_id.eq(of.id))).execute(tx.conn())?;
    keep(tx, (of.hackathon, of.id, version), by, facts)?;
    by_id(tx, of.sprint, of.id)?.ok_or(Error::NotFound)
}

/// Keeps what stands in the way, and the figures as they are now.
fn keep(tx: &mut Tx, of: (Id<Hackathon>, Id<CheckIn>, i64), by: Id<Member>, facts: &Facts) -> Result<()> {
    let (hackathon, id, version) = of;
    let row = |(position, blocker): (i32, &Blocker)| {
        (
            check_in_blockers::hackathon_id.eq(hackathon),
            check_in_blockers::check_in_id.eq(id),
            check_in_blockers::position.eq(position),
            check_in_blockers::body.eq(blocker.text.clone()),
            check_in_blockers::question_id.eq(blocker.question),
        )
    };
    let rows: Vec<_> = (1..).zip(&facts.blockers).map(row).collect();
    let insert = diesel::insert_into(check_in_blockers::table).values(rows);
    on_backend!(tx.conn(), |conn| insert.execute(conn))?;
    let figures = (
        check_in_versions::hackathon_id.eq(hackathon),
        check_in_versions::check_in_id.eq(id),
        check_in_versions::version.eq(version),
        check_in_versions::progress_percent.eq(facts.progress_percent),
        check_in_versions::spent_minutes.eq(facts.spent_minutes),
        check_in_versions::confidence.eq(facts.confidence),
        check_in_versions::member_id.eq(by),
        check_in_versions::created_at.eq(tx.now()),
    );
    diesel::insert_into(check_in_versions::table).values(figures).execute(tx.conn())?;
    Ok(())
}

/// The figures of a check-in as they were from this moment until the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The sprint.
    pub sprint: Id<Sprint>,
    /// The team.
    pub team: Id<Team>,
    /// How much was done, 0 to 100.
    pub progress_percent: i32,
    /// What was spent, in minutes.
    pub spent_minutes: i32,
    /// Since when.
    pub at: Instant,
}

type FiguresRow = ((Id<Sprint>, Id<Team>), (i32, i32), Instant);

/// All figures that were ever reported in a hackathon, the first ones first.
pub fn figures(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Figures>> {
    let rows: Vec<FiguresRow> = check_in_versions::table
        .inner_join(check_ins::table)
        .filter(check_in_versions::hackathon_id.eq(hackathon))
        .order((check_in_versions::created_at, check_in_versions::check_in_id, check_in_versions::version))
        .select((
            (check_ins::sprint_id, check_ins::team_id),
            (check_in_versions::progress_percent, check_in_versions::spent_minutes),
            check_in_versions::created_at,
        ))
        .load(tx.conn())?;
    let whole = |((sprint, team), (progress_percent, spent_minutes), at): FiguresRow| Figures {
        sprint,
        team,
        progress_percent,
        spent_minutes,
        at,
    };
    Ok(rows.into_iter().map(whole).collect())
}
