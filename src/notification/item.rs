//! A notification with what it says, as far as its reader may still see it.

use std::collections::HashMap;

use super::Notification;
use super::audience::is_seen;
use super::headline::{self, named_in};
use crate::access::UserId;
use crate::base::{Id, Name, Result, Sentence};
use crate::consortium::membership::Place;
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::question::store::event;
use crate::question::store::names::Wanted;
use crate::question::{Question, Standing, store};

/// A notification with what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// That they were told.
    pub notification: Notification,
    /// The hackathon.
    pub hackathon: Place,
    /// The question's number.
    pub number: i32,
    /// Its title.
    pub title: Name,
    /// The word for what happened.
    pub kind: String,
    /// What happened, in a sentence.
    pub headline: Sentence,
}

/// What these notifications of one user say, in their order. Those of questions that the user may not see any more are left out.
pub fn complete(tx: &mut Tx, user: UserId, rows: &[Notification]) -> Result<Vec<Item>> {
    let mut by_hackathon: HashMap<Id<Hackathon>, Vec<&Notification>> = HashMap::new();
    rows.iter().for_each(|row| by_hackathon.entry(row.hackathon).or_default().push(row));
    let mut items = HashMap::new();
    for (here, rows) in by_hackathon {
        items.extend(of_hackathon(tx, here, user, &rows)?.into_iter().map(|item| (item.notification.id, item)));
    }
    Ok(rows.iter().filter_map(|row| items.remove(&row.id)).collect())
}

fn of_hackathon(tx: &mut Tx, here: Id<Hackathon>, user: UserId, rows: &[&Notification]) -> Result<Vec<Item>> {
    let Some(standing) = Standing::load(tx, here, user)? else { return Ok(Vec::new()) };
    let Some(found) = hackathon::store::find(tx, &crate::base::Key::Id(here.uuid()))? else { return Ok(Vec::new()) };
    let place = Place { id: found.id, slug: found.slug, name: found.name };
    let pairs: Vec<(Id<Question>, i32)> = rows.iter().map(|row| (row.question, row.seq)).collect();
    let ids: Vec<Id<Question>> = pairs.iter().map(|(question, _)| *question).collect();
    let questions: HashMap<_, _> = store::of_ids(tx, here, &ids)?.into_iter().map(|one| (one.id, one)).collect();
    let events: HashMap<_, _> =
        event::named(tx, &pairs)?.into_iter().map(|(question, event)| ((question, event.seq), event)).collect();
    let mut wanted = Wanted::default();
    events.values().for_each(|event| named_in(event, &mut wanted));
    let names = wanted.read(tx, here)?;
    let item = |row: &&Notification| {
        let (question, event) = (questions.get(&row.question)?, events.get(&(row.question, row.seq))?);
        is_seen(&standing, question, event).then(|| Item {
            notification: (*row).clone(),
            hackathon: place.clone(),
            number: question.number,
            title: question.title.clone(),
            kind: event::parts(&event.what).map(|(kind, _)| kind).unwrap_or_default(),
            headline: headline::headline(event, &names),
        })
    };
    Ok(rows.iter().filter_map(item).collect())
}
