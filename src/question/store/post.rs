//! The SQL of what was said.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::base::{Id, Instant, Result, Text};
use crate::consortium::Member;
use crate::db::Tx;
use crate::db::schema::question_posts;
use crate::hackathon::Hackathon;
use crate::question::{Post, PostKind, Question};

type Row = (Id<Post>, PostKind, Id<Member>, Text, Instant);

fn whole((id, kind, author, body, created_at): Row) -> Post {
    Post { id, kind, author, body, created_at }
}

macro_rules! rows {
    () => {
        question_posts::table.select((
            question_posts::id,
            question_posts::kind,
            question_posts::author_id,
            question_posts::body,
            question_posts::created_at,
        ))
    };
}

/// Keeps a post.
pub fn insert(tx: &mut Tx, question: &Question, post: &Post) -> Result<()> {
    let row = (
        question_posts::id.eq(post.id),
        question_posts::hackathon_id.eq(question.hackathon),
        question_posts::question_id.eq(question.id),
        question_posts::kind.eq(post.kind),
        question_posts::author_id.eq(post.author),
        question_posts::body.eq(&post.body),
        question_posts::created_at.eq(post.created_at),
    );
    diesel::insert_into(question_posts::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// The post of that id on this question.
pub fn find(tx: &mut Tx, question: &Question, id: Id<Post>) -> Result<Option<Post>> {
    let query = rows!().filter(question_posts::question_id.eq(question.id)).filter(question_posts::id.eq(id));
    Ok(query.first::<Row>(tx.conn()).optional()?.map(whole))
}

/// Everything that was said on this question, in order.
pub fn all(tx: &mut Tx, question: Id<Question>) -> Result<Vec<Post>> {
    let query = rows!().filter(question_posts::question_id.eq(question)).order(question_posts::id);
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(whole).collect())
}

/// Everything that was said in a hackathon, by question and in order.
pub fn of_hackathon(tx: &mut Tx, here: Id<Hackathon>) -> Result<HashMap<Id<Question>, Vec<Post>>> {
    let query = question_posts::table.filter(question_posts::hackathon_id.eq(here)).order(question_posts::id);
    let columns = (
        question_posts::id,
        question_posts::kind,
        question_posts::author_id,
        question_posts::body,
        question_posts::created_at,
    );
    let rows: Vec<(Id<Question>, Row)> = query.select((question_posts::question_id, columns)).load(tx.conn())?;
    let mut posts: HashMap<Id<Question>, Vec<Post>> = HashMap::new();
    rows.into_iter().for_each(|(question, row)| posts.entry(question).or_default().push(whole(row)));
    Ok(posts)
}
