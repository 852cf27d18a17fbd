//! The SQL of reports: histories read as they are.

use std::collections::HashMap;

use diesel::prelude::*;

use super::case::{Asked, Case};
use super::named::Person;
use crate::base::{Id, Localized, Result, Slug};
use crate::consortium::{Member, store::member};
use crate::db::Tx;
use crate::db::schema::{questions, teams};
use crate::directory::TopicId;
use crate::hackathon::Hackathon;
use crate::question::Question;
use crate::question::store::event;
use crate::team::Team;

type Row = (Id<Question>, Id<Member>, Option<Id<Team>>, Option<TopicId>);

/// Every question of a hackathon, in the order in which they were asked.
pub fn cases(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Case>> {
    let query = questions::table.filter(questions::hackathon_id.eq(here)).order(questions::number);
    let columns = (questions::id, questions::asker_id, questions::team_id, questions::topic_id);
    let rows: Vec<Row> = query.select(columns).load(tx.conn())?;
    let histories = event::of_hackathon(tx, here)?;
    let case = |(question, asker, team, topic): Row| {
        Case::of(Asked { question, asker, team, topic }, histories.get(&question)?)
    };
    Ok(rows.into_iter().filter_map(case).collect())
}

/// Everybody who is or was in a hackathon.
pub fn people(tx: &mut Tx, here: Id<Hackathon>) -> Result<HashMap<Id<Member>, Person>> {
    let person = |member: Member| {
        let Member { id, affiliation, profession, .. } = member;
        (id, Person { affiliation, profession })
    };
    Ok(member::all(tx, here)?.into_iter().map(person).collect())
}

/// The teams of a hackathon.
pub fn teams(tx: &mut Tx, here: Id<Hackathon>) -> Result<HashMap<Id<Team>, (Slug, Localized)>> {
    let query = teams::table.filter(teams::hackathon_id.eq(here)).select((teams::id, teams::slug, teams::name));
    let rows: Vec<(Id<Team>, Slug, Localized)> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|(id, slug, name)| (id, (slug, name))).collect())
}
