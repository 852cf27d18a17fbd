//! The SQL of what was said.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::base::{Error, Id, Instant, Result, Text};
use crate::consortium::Member;
use crate::db::Tx;
use crate::db::schema::question_posts;
use crate::hackathon::Hackathon;
use crate::question::{Author, Guest, Post, PostKind, Question};

type Row = (Id<Post>, PostKind, (Option<Id<Member>>, Option<Id<Guest>>), Text, Instant);

fn whole((id, kind, author, body, created_at): Row) -> Result<Post> {
    let author = Author::from_columns(author).ok_or_else(|| Error::internal("something that nobody said"))?;
    Ok(Post { id, kind, author, body, created_at })
}

macro_rules! rows {
    () => {
        question_posts::table.select((
            question_posts::id,
            question_posts::kind,
            (question_posts::author_id, question_posts::guest_id),
            question_posts::body,
            question_posts::created_at,
        ))
    };
}

/// Keeps a post.
pub fn insert(tx: &mut Tx, question: &Question, post: &Post) -> Result<()> {
    let (author, guest) = post.author.columns();
    let row = (
        question_posts::id.eq(post.id),
        question_posts::hackathon_id.eq(question.hackathon),
        question_posts::question_id.eq(question.id),
        question_posts::kind.eq(post.kind),
        question_posts::author_id.eq(author),
        question_posts::guest_id.eq(guest),
        question_posts::body.eq(&post.body),
        question_posts::created_at.eq(post.created_at),
    );
    diesel::insert_into(question_posts::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// The post of that id on this question.
pub fn find(tx: &mut Tx, question: &Question, id: Id<Post>) -> Result<Option<Post>> {
    let query = rows!().filter(question_posts::question_id.eq(question.id)).filter(question_posts::id.eq(id));
    query.first::<Row>(tx.conn()).optional()?.map(whole).transpose()
}

/// Everything that was said on this question, in order.
pub fn all(tx: &mut Tx, question: Id<Question>) -> Result<Vec<Post>> {
    let query = rows!().filter(question_posts::question_id.eq(question)).order(question_posts::id);
    query.load::<Row>(tx.conn())?.into_iter().map(whole).collect()
}

/// Everything that was said in a hackathon, by question and in order.
pub fn of_hackathon(tx: &mut Tx, here: Id<Hackathon>) -> Result<HashMap<Id<Question>, Vec<Post>>> {
    let query = question_posts::table.filter(question_posts::hackathon_id.eq(here)).order(question_posts::id);
    let columns = (
        question_posts::id,
        question_posts::kind,
        (question_posts::author_id, question_posts::guest_id),
        question_posts::body,
        question_posts::created_at,
    );
    let rows: Vec<(Id<Question>, Row)> = query.select((question_posts::question_id, columns)).load(tx.conn())?;
    let mut posts: HashMap<Id<Question>, Vec<Post>> = HashMap::new();
    for (question, row) in rows {
        posts.entry(question).or_default().push(whole(row)?);
    }
    Ok(posts)
}
