//! The SQL of what people asked and answered.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::Line;
use crate::base::{Id, Name, PageRequest, Result, page};
use crate::consortium::Member;
use crate::db::Tx;
use crate::db::schema::{question_posts, questions};
use crate::hackathon::Hackathon;
use crate::question::store::list::{self, Filter};
use crate::question::{PostKind, Question, Standing, StateWord};

type Asked = (Line, Id<Member>);
type Row = (Id<Question>, i32, Name, StateWord, Id<Member>);

/// The questions that somebody may see, the newest first, each with its asker.
pub fn seen(tx: &mut Tx, here: Id<Hackathon>, standing: &Standing) -> Result<Vec<Asked>> {
    let list = |page: &PageRequest| list::list(tx, here, standing, &Filter::default(), page);
    let found = page::every(list, |question| question.id.uuid())?;
    let asked = |Question { id, number, title, life, asker, .. }: Question| {
        (Line { id, number, title, state: life.state.word() }, asker)
    };
    Ok(found.into_iter().map(asked).collect())
}

/// Every question, the newest first, each with its asker.
pub fn all(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Asked>> {
    let query = questions::table.filter(questions::hackathon_id.eq(here)).order(questions::id.desc());
    let columns = (questions::id, questions::number, questions::title, questions::state, questions::asker_id);
    let rows: Vec<Row> = query.select(columns).load(tx.conn())?;
    Ok(rows.into_iter().map(|(id, number, title, state, asker)| (Line { id, number, title, state }, asker)).collect())
}

/// Who answered what.
pub fn answers(tx: &mut Tx, here: Id<Hackathon>) -> Result<HashMap<Id<Question>, BTreeSet<Id<Member>>>> {
    let query = question_posts::table
        .filter(question_posts::hackathon_id.eq(here))
        .filter(question_posts::kind.eq(PostKind::Answer));
    let rows: Vec<(Id<Question>, Option<Id<Member>>)> =
        query.select((question_posts::question_id, question_posts::author_id)).load(tx.conn())?;
    let mut answers: HashMap<_, BTreeSet<_>> = HashMap::new();
    for (question, author) in rows {
        // A guest who answered is nobody of these.
        answers.entry(question).or_default().extend(author);
    }
    Ok(answers)
}
