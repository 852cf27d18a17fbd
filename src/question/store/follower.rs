//! The SQL of followers.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::base::{Id, Instant, Result};
use crate::consortium::Member;
use crate::db::schema::question_followers;
use crate::db::{Tx, on_backend};
use crate::question::{FollowReason, Question};

/// The followers of a question, with why they are.
pub fn all(tx: &mut Tx, question: Id<Question>) -> Result<Vec<(Id<Member>, FollowReason)>> {
    let query = question_followers::table.filter(question_followers::question_id.eq(question));
    let query = query.order(question_followers::member_id);
    Ok(query.select((question_followers::member_id, question_followers::reason)).load(tx.conn())?)
}

/// Somebody who follows, why, and since when.
pub type Follower = (Id<Member>, FollowReason, Instant);

/// The followers of each of these questions.
pub fn of(tx: &mut Tx, questions: &[Id<Question>]) -> Result<HashMap<Id<Question>, Vec<Follower>>> {
    let query = question_followers::table.filter(question_followers::question_id.eq_any(questions.to_vec()));
    let rows: Vec<(Id<Question>, Id<Member>, FollowReason, Instant)> = query
        .order((question_followers::question_id, question_followers::member_id))
        .select((
            question_followers::question_id,
            question_followers::member_id,
            question_followers::reason,
            question_followers::created_at,
        ))
        .load(tx.conn())?;
    let mut followers: HashMap<Id<Question>, Vec<Follower>> = HashMap::new();
    for (question, member, reason, since) in rows {
        followers.entry(question).or_default().push((member, reason, since));
    }
    Ok(followers)
}

/// Adds followers; who is there already stays for the reason they had, and of one who is named twice the first counts.
pub fn insert(tx: &mut Tx, question: &Question, followers: &[(Id<Member>, FollowReason)]) -> Result<()> {
    let now = tx.now();
    let row = |(member, reason): &(Id<Member>, FollowReason)| {
        (
            question_followers::hackathon_id.eq(question.hackathon),
            question_followers::question_id.eq(question.id),
            question_followers::member_id.eq(*member),
            question_followers::reason.eq(*reason),
            question_followers::created_at.eq(now),
        )
    };
    let rows: Vec<_> = followers.iter().map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let insert = diesel::insert_into(question_followers::table).values(rows);
    on_backend!(tx.conn(), |conn| insert.on_conflict_do_nothing().execute(conn))?;
    Ok(())
}

/// Drops a follower, if they are one.
pub fn delete(tx: &mut Tx, question: Id<Question>, member: Id<Member>) -> Result<()> {
    diesel::delete(question_followers::table.find((question, member))).execute(tx.conn())?;
    Ok(())
}

/// Drops those who follow because of the topic alone.
pub fn delete_of_topic(tx: &mut Tx, question: Id<Question>) -> Result<()> {
    let because = [FollowReason::Consulted, FollowReason::Informed];
    let of_topic = question_followers::table
        .filter(question_followers::question_id.eq(question))
        .filter(question_followers::reason.eq_any(because));
    diesel::delete(of_topic).execute(tx.conn())?;
    Ok(())
}

/// The followers of one question follow another one too.
pub fn copy(tx: &mut Tx, from: &Question, to: &Question) -> Result<()> {
    let followers: Vec<_> = all(tx, from.id)?.into_iter().map(|(member, _)| (member, FollowReason::Merged)).collect();
    insert(tx, to, &followers)
}
