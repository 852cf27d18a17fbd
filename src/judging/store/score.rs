//! The SQL of scores. What is sealed is not among the rows that anything here changes.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use crate::access::UserId;
use crate::base::{Error, Id, Instant, Name, OrConflict, Result, Text, say};
use crate::consortium::Member;
use crate::db::schema::{criteria, members, score_points, scores, users};
use crate::db::{Tx, on_backend};
use crate::hackathon::Hackathon;
use crate::judging::score::{Draft, Point, Score};
use crate::judging::{Criterion, Submission};

#[derive(Queryable)]
struct Row {
    id: Id<Score>,
    hackathon: Id<Hackathon>,
    submission: Id<Submission>,
    judge: Id<Member>,
    comment: Option<Text>,
    sealed_at: Option<Instant>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

type Joined = (Row, (UserId, Name));

macro_rules! rows {
    ($here:ident) => {
        scores::table
            .inner_join(members::table.on(members::id.eq(scores::judge_id)))
            .inner_join(users::table.on(users::id.eq(members::user_id)))
            .filter(scores::hackathon_id.eq($here))
            .select((scores::all_columns, (users::id, users::display_name)))
    };
}

/// The scores of these rows with their points, read at once for all of them.
fn complete(tx: &mut Tx, rows: Vec<Joined>) -> Result<Vec<Score>> {
    let ids: Vec<Id<Score>> = rows.iter().map(|(row, _)| row.id).collect();
    let read: Vec<(Id<Score>, Id<Criterion>, i32)> = score_points::table
        .inner_join(criteria::table.on(criteria::id.eq(score_points::criterion_id)))
        .filter(score_points::score_id.eq_any(ids))
        .order((criteria::position, criteria::id))
        .select((score_points::score_id, score_points::criterion_id, score_points::points))
        .load(tx.conn())?;
    let mut points: HashMap<Id<Score>, Vec<Point>> = HashMap::new();
    for (score, criterion, given) in read {
        points.entry(score).or_default().push(Point { criterion, points: given });
    }
    let whole = |(row, (user, display_name)): Joined| {
        let Row { id, hackathon, submission, judge, comment, sealed_at, version, created_at, updated_at } = row;
        let draft = Draft { points: points.remove(&id).unwrap_or_default(), comment };
        Score {
            id,
            hackathon,
            submission,
            judge,
            user,
            display_name,
            draft,
            sealed_at,
            version,
            created_at,
            updated_at,
        }
    };
    Ok(rows.into_iter().map(whole).collect())
}

/// The score of that id in this hackathon.
pub fn by_id(tx: &mut Tx, here: Id<Hackathon>, id: Id<Score>) -> Result<Option<Score>> {
    let rows = rows!(here).filter(scores::id.eq(id)).load(tx.conn())?;
    Ok(complete(tx, rows)?.pop())
}

/// Every score of this hackathon, in the order of their ids.
pub fn all(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Score>> {
    let rows = rows!(here).order(scores::id).load(tx.conn())?;
    complete(tx, rows)
}

/// Whether anything was sealed in this hackathon.
pub fn any_sealed(tx: &mut Tx, here: Id<Hackathon>) -> Result<bool> {
    let query = scores::table.filter(scores::hackathon_id.eq(here)).filter(scores::sealed_at.is_not_null());
    Ok(query.count().get_result::<i64>(tx.conn())? > 0)
}

/// Whether anything was sealed for this submission.
pub fn any_sealed_of(tx: &mut Tx, submission: Id<Submission>) -> Result<bool> {
    let query = scores::table.filter(scores::submission_id.eq(submission)).filter(scores::sealed_at.is_not_null());
    Ok(query.count().get_result::<i64>(tx.conn())? > 0)
}

/// Whoever has begun a score in this hackathon, sealed or not.
pub fn begun_by(tx: &mut Tx, here: Id<Hackathon>) -> Result<HashSet<Id<Member>>> {
    let query = scores::table.filter(scores::hackathon_id.eq(here)).select(scores::judge_id).distinct();
    let judges: Vec<Id<Member>> = query.load(tx.conn())?;
    Ok(judges.into_iter().collect())
}

/// The submissions for which this user has sealed a score.
pub fn sealed_by(tx: &mut Tx, here: Id<Hackathon>, user: UserId) -> Result<Vec<Id<Submission>>> {
    let query = scores::table
        .inner_join(members::table.on(members::id.eq(scores::judge_id)))
        .filter(scores::hackathon_id.eq(here))
        .filter(members::user_id.eq(user))
        .filter(scores::sealed_at.is_not_null());
    Ok(query.select(scores::submission_id).load(tx.conn())?)
}

/// Begins a score.
pub fn insert(tx: &mut Tx, judge: &Member, submission: Id<Submission>, draft: &Draft) -> Result<Score> {
    let id: Id<Score> = tx.fresh();
    let row = (
        scores::id.eq(id),
        scores::hackathon_id.eq(judge.hackathon),
        scores::submission_id.eq(submission),
        scores::judge_id.eq(judge.id),
        scores::comment.eq(&draft.comment),
        scores::version.eq(1_i64),
        scores::created_at.eq(tx.now()),
        scores::updated_at.eq(tx.now()),
    );
    diesel::insert_into(scores::table).values(row).execute(tx.conn()).or_conflict(|| {
        say!(
            "You have begun a score for this submission already. Change that one.",
            "이미 심사를 시작한 제출물입니다. 쓰던 점수를 고치세요."
        )
    })?;
    give(tx, judge.hackathon, id, &draft.points)?;
    by_id(tx, judge.hackathon, id)?.ok_or_else(|| Error::internal("a score just made is not there"))
}

fn give(tx: &mut Tx, here: Id<Hackathon>, score: Id<Score>, points: &[Point]) -> Result<()> {
    let row = |point: &Point| {
        (
            score_points::hackathon_id.eq(here),
            score_points::score_id.eq(score),
            score_points::criterion_id.eq(point.criterion),
            score_points::points.eq(point.points),
        )
    };
    let rows: Vec<_> = points.iter().map(row).collect();
    if !rows.is_empty() {
        let insert = diesel::insert_into(score_points::table).values(rows);
        on_backend!(tx.conn(), |conn| insert.execute(conn))?;
    }
    Ok(())
}

macro_rules! as_read {
    ($of:ident) => {
        scores::table
            .filter(scores::id.eq($of.id))
            .filter(scores::version.eq($of.version))
            .filter(scores::sealed_at.is_null())
    };
}

/// Changes a draft, unless it was sealed or changed since it was read.
pub fn update(tx: &mut Tx, of: &Score, draft: &Draft) -> Result<Score> {
    let set =
        (scores::comment.eq(&draft.comment), scores::version.eq(scores::version + 1), scores::updated_at.eq(tx.now()));
    if diesel::update(as_read!(of)).set(set).execute(tx.conn())? == 0 {
        return Err(Error::Stale);
    }
    diesel::delete(score_points::table.filter(score_points::score_id.eq(of.id))).execute(tx.conn())?;
    give(tx, of.hackathon, of.id, &draft.points)?;
    by_id(tx, of.hackathon, of.id)?.ok_or(Error::NotFound)
}

/// Seals a draft, unless it was sealed or changed since it was read.
pub fn seal(tx: &mut Tx, of: &Score) -> Result<Score> {
    let now = tx.now();
    let set = (scores::sealed_at.eq(now), scores::version.eq(scores::version + 1), scores::updated_at.eq(now));
    if diesel::update(as_read!(of)).set(set).execute(tx.conn())? == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, of.hackathon, of.id)?.ok_or(Error::NotFound)
}

/// Drops a draft, unless it was sealed or changed since it was read.
pub fn delete(tx: &mut Tx, of: &Score) -> Result<()> {
    match diesel::delete(as_read!(of)).execute(tx.conn())? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}
