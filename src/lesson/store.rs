//! The SQL of lessons.

use diesel::prelude::*;

use super::{Asked, Lesson, Origin, Why};
use crate::base::{Id, Instant, Name, PageRequest, Result};
use crate::db::schema::{lessons, questions};
use crate::db::{Tx, on_backend};
use crate::hackathon::Hackathon;
use crate::topic::Topic;

type Row =
    ((Id<Lesson>, Id<Hackathon>, Id<Origin>, i32, Name), (Id<Topic>, Why, Option<Instant>), (i64, Instant, Instant));

fn whole(row: Row) -> Lesson {
    let ((id, hackathon, origin, number, title), (topic, why, forgotten_at), (version, learnt_at, updated_at)) = row;
    let question = Asked { id: origin, number, title };
    Lesson { id, hackathon, question, topic, why, forgotten_at, version, learnt_at, updated_at }
}

macro_rules! rows {
    ($hackathon:expr) => {
        lessons::table
            .inner_join(questions::table.on(questions::id.eq(lessons::question_id)))
            .filter(lessons::hackathon_id.eq($hackathon))
            .select((
                (lessons::id, lessons::hackathon_id, lessons::question_id, questions::number, questions::title),
                (lessons::topic_id, lessons::why, lessons::forgotten_at),
                (lessons::version, lessons::learnt_at, lessons::updated_at),
            ))
    };
}

/// The lesson of that id in this hackathon.
pub fn find(tx: &mut Tx, hackathon: Id<Hackathon>, id: Id<Lesson>) -> Result<Option<Lesson>> {
    Ok(rows!(hackathon).filter(lessons::id.eq(id)).first::<Row>(tx.conn()).optional()?.map(whole))
}

/// What was learnt from this question.
pub fn of_question(tx: &mut Tx, hackathon: Id<Hackathon>, question: Id<Origin>) -> Result<Option<Lesson>> {
    Ok(rows!(hackathon).filter(lessons::question_id.eq(question)).first::<Row>(tx.conn()).optional()?.map(whole))
}

/// Which lessons are listed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Only those of this topic.
    pub topic: Option<Id<Topic>>,
    /// Only those that are forgotten, or only those that are not.
    pub forgotten: Option<bool>,
}

/// A page of lessons, the newest first.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, wanted: Wanted, page: &PageRequest) -> Result<Vec<Lesson>> {
    let mut query = rows!(hackathon).order(lessons::id.desc()).limit(page.fetch()).into_boxed();
    if let Some(topic) = wanted.topic {
        query = query.filter(lessons::topic_id.eq(topic));
    }
    query = match wanted.forgotten {
        Some(true) => query.filter(lessons::forgotten_at.is_not_null()),
        Some(false) => query.filter(lessons::forgotten_at.is_null()),
        None => query,
    };
    if let Some(after) = page.after {
        query = query.filter(lessons::id.lt(Id::<Lesson>::from_uuid(after)));
    }
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(whole).collect())
}

/// A question's words, with the topic they are about.
pub type Words = (Id<Topic>, Name, Option<String>);

/// The words that the router of this hackathon learns from, in the order in which it learnt them: at most so many, and
/// without the first ones.
pub fn words(tx: &mut Tx, hackathon: Id<Hackathon>, without: i64, most: i64) -> Result<Vec<Words>> {
    let query = lessons::table
        .inner_join(questions::table.on(questions::id.eq(lessons::question_id)))
        .filter(lessons::hackathon_id.eq(hackathon))
        .filter(lessons::forgotten_at.is_null())
        .order((lessons::updated_at, lessons::id))
        .limit(most)
        .offset(without)
        .select((lessons::topic_id, questions::title, questions::body));
    Ok(query.load(tx.conn())?)
}

/// How many lessons the router of this hackathon learns from, and when any was last changed.
pub fn state(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<(i64, Option<Instant>)> {
    let here = lessons::table.filter(lessons::hackathon_id.eq(hackathon));
    let count = here.filter(lessons::forgotten_at.is_null()).count().get_result(tx.conn())?;
    let last = here.order(lessons::updated_at.desc()).select(lessons::updated_at).first(tx.conn()).optional()?;
    Ok((count, last))
}

/// The changes of lessons since then, the oldest first: where, and when.
pub fn changed_since(tx: &mut Tx, since: Instant) -> Result<Vec<(Id<Hackathon>, Instant)>> {
    let changed = lessons::table.filter(lessons::updated_at.gt(since)).order(lessons::updated_at);
    Ok(changed.select((lessons::hackathon_id, lessons::updated_at)).load(tx.conn())?)
}

/// Keeps a lesson.
pub fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, question: Id<Origin>, topic: Id<Topic>, why: Why) -> Result<()> {
    let id: Id<Lesson> = tx.fresh();
    let now = tx.now();
    let row = (
        (lessons::id.eq(id), lessons::hackathon_id.eq(hackathon), lessons::question_id.eq(question)),
        (lessons::topic_id.eq(topic), lessons::why.eq(why), lessons::version.eq(1_i64)),
        (lessons::learnt_at.eq(now), lessons::updated_at.eq(now)),
    );
    let insert = diesel::insert_into(lessons::table).values(row);
    on_backend!(tx.conn(), |conn| insert.execute(conn))?;
    Ok(())
}

/// Changes a lesson. `false`: somebody else changed it since it was read.
pub fn update(tx: &mut Tx, old: &Lesson, topic: Id<Topic>, why: Why, forgotten_at: Option<Instant>) -> Result<bool> {
    let row = lessons::table.filter(lessons::id.eq(old.id)).filter(lessons::version.eq(old.version));
    let set = (
        lessons::topic_id.eq(topic),
        lessons::why.eq(why),
        lessons::forgotten_at.eq(forgotten_at),
        lessons::version.eq(lessons::version + 1),
        lessons::updated_at.eq(tx.now()),
    );
    Ok(diesel::update(row).set(set).execute(tx.conn())? == 1)
}

/// Drops a lesson.
pub fn delete(tx: &mut Tx, lesson: &Lesson) -> Result<()> {
    diesel::delete(lessons::table.find(lesson.id)).execute(tx.conn())?;
    Ok(())
}
