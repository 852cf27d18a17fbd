//! The SQL of submissions.

use diesel::prelude::*;

use crate::base::{Error, Id, Instant, Localized, Name, OrConflict, PageRequest, Result, Slug, Text, say};
use crate::consortium::Member;
use crate::db::schema::{submissions, teams};
use crate::db::{Json, Tx};
use crate::hackathon::Hackathon;
use crate::judging::submission::{Facts, Link, Submission};
use crate::team::Team;

#[derive(Queryable)]
struct Row {
    id: Id<Submission>,
    hackathon: Id<Hackathon>,
    team: Id<Team>,
    title: Name,
    summary: Option<Text>,
    links: Json<Vec<Link>>,
    submitted_by: Id<Member>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

type Joined = (Row, (Slug, Localized));

fn whole((row, (team_slug, team_name)): Joined) -> Submission {
    let Row { id, hackathon, team, title, summary, links, submitted_by, version, created_at, updated_at } = row;
    let facts = Facts { title, summary, links: links.0 };
    Submission { id, hackathon, team, team_slug, team_name, facts, submitted_by, version, created_at, updated_at }
}

macro_rules! rows {
    ($here:ident) => {
        submissions::table
            .inner_join(teams::table)
            .filter(submissions::hackathon_id.eq($here))
            .select((submissions::all_columns, (teams::slug, teams::name)))
    };
}

/// The submission of that id in this hackathon.
pub fn by_id(tx: &mut Tx, here: Id<Hackathon>, id: Id<Submission>) -> Result<Option<Submission>> {
    Ok(rows!(here).filter(submissions::id.eq(id)).first::<Joined>(tx.conn()).optional()?.map(whole))
}

/// What this team handed in.
pub fn of_team(tx: &mut Tx, here: Id<Hackathon>, team: Id<Team>) -> Result<Option<Submission>> {
    Ok(rows!(here).filter(submissions::team_id.eq(team)).first::<Joined>(tx.conn()).optional()?.map(whole))
}

/// Every submission of this hackathon, in the order of their ids.
pub fn all(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Submission>> {
    let rows: Vec<Joined> = rows!(here).order(submissions::id).load(tx.conn())?;
    Ok(rows.into_iter().map(whole).collect())
}

/// A page of them; where teams are named, of theirs alone.
pub fn list(tx: &mut Tx, here: Id<Hackathon>, of: Option<&[Id<Team>]>, page: &PageRequest) -> Result<Vec<Submission>> {
    let mut query = rows!(here).order(submissions::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(submissions::id.gt(Id::<Submission>::from_uuid(after)));
    }
    if let Some(teams) = of {
        query = query.filter(submissions::team_id.eq_any(teams.to_vec()));
    }
    Ok(query.load::<Joined>(tx.conn())?.into_iter().map(whole).collect())
}

/// Hands in.
pub fn insert(tx: &mut Tx, team: &Team, by: Id<Member>, facts: &Facts) -> Result<Submission> {
    let id: Id<Submission> = tx.fresh();
    let row = (
        submissions::id.eq(id),
        submissions::hackathon_id.eq(team.hackathon),
        submissions::team_id.eq(team.id),
        submissions::title.eq(&facts.title),
        submissions::summary.eq(&facts.summary),
        submissions::links.eq(Json(facts.links.clone())),
        submissions::submitted_by.eq(by),
        submissions::version.eq(1_i64),
        submissions::created_at.eq(tx.now()),
        submissions::updated_at.eq(tx.now()),
    );
    diesel::insert_into(submissions::table).values(row).execute(tx.conn()).or_conflict(|| {
        say!(
            "This team has handed in already. Change what it handed in.",
            "이미 제출한 팀입니다. 제출한 내용을 고치세요."
        )
    })?;
    by_id(tx, team.hackathon, id)?.ok_or_else(|| Error::internal("a submission just made is not there"))
}

/// Changes a submission, unless somebody else changed it since it was read.
pub fn update(tx: &mut Tx, of: &Submission, facts: &Facts) -> Result<Submission> {
    let as_read = submissions::table.filter(submissions::id.eq(of.id)).filter(submissions::version.eq(of.version));
    let changed = diesel::update(as_read)
        .set((
            submissions::title.eq(&facts.title),
            submissions::summary.eq(&facts.summary),
            submissions::links.eq(Json(facts.links.clone())),
            submissions::version.eq(submissions::version + 1),
            submissions::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, of.hackathon, of.id)?.ok_or(Error::NotFound)
}

/// Takes a submission back. Drafts and awards for it make the database refuse.
pub fn delete(tx: &mut Tx, of: &Submission) -> Result<()> {
    diesel::delete(submissions::table.find(of.id)).execute(tx.conn()).or_in_use(|| {
        say!(
            "Somebody has begun to score this submission, or it has won an award.",
            "심사가 시작되었거나 수상한 제출물이라 지울 수 없습니다."
        )
    })?;
    Ok(())
}
