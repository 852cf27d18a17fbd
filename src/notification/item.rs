//! A notification with what it says, as far as its reader may still see it.

use std::collections::HashMap;

use super::audience::is_seen;
use super::headline::{self, named_in};
use super::{About, Notification};
use crate::access::UserId;
use crate::base::{Id, Lang, Name, Result, Sentence};
use crate::consortium::membership::Place;
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::question::store::event;
use crate::question::store::names::Wanted;
use crate::question::{Question, Standing, store};
use crate::reminder::{self, Reminder, Told};

/// A notification with what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// That they were told.
    pub notification: Notification,
    /// The hackathon.
    pub hackathon: Place,
    /// What it is about.
    pub subject: Subject,
    /// The word for what happened.
    pub kind: String,
    /// What happened, in a sentence.
    pub headline: Sentence,
}

/// What a notification is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A question.
    Question {
        /// Its id.
        id: Id<Question>,
        /// The event's number in its history.
        seq: i32,
        /// Its number.
        number: i32,
        /// Its title.
        title: Name,
    },
    /// Something to be done.
    Reminder(Box<Told>),
}

impl Item {
    /// What it is about, in a few words.
    pub fn title(&self, lang: Lang) -> String {
        match &self.subject {
            Subject::Question { number, title, .. } => format!("#{number} {title}"),
            Subject::Reminder(told) => told.title().text(lang).to_owned(),
        }
    }

    /// Where it is read about, among the pages of the server.
    pub fn place(&self) -> String {
        let slug = &self.hackathon.slug;
        match &self.subject {
            Subject::Question { number, .. } => format!("/h/{slug}/questions/{number}"),
            Subject::Reminder(told) if told.version.is_some() => format!("/h/{slug}/brief"),
            Subject::Reminder(_) => format!("/h/{slug}/sprints"),
        }
    }

    /// Whether there is nothing left to do about it.
    pub fn is_settled(&self) -> bool {
        matches!(&self.subject, Subject::Reminder(told) if told.settled)
    }
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
    let mut items = of_questions(tx, here, &standing, &place, rows)?;
    items.extend(of_reminders(tx, &standing, &place, rows)?);
    Ok(items)
}

fn of_questions(
    tx: &mut Tx,
    here: Id<Hackathon>,
    standing: &Standing,
    place: &Place,
    rows: &[&Notification],
) -> Result<Vec<Item>> {
    let pair = |row: &&Notification| match row.about {
        About::Event(question, seq) => Some((question, seq)),
        About::Reminder(_) => None,
    };
    let pairs: Vec<(Id<Question>, i32)> = rows.iter().filter_map(pair).collect();
    let ids: Vec<Id<Question>> = pairs.iter().map(|(question, _)| *question).collect();
    let questions: HashMap<_, _> = store::of_ids(tx, here, &ids)?.into_iter().map(|one| (one.id, one)).collect();
    let events: HashMap<_, _> =
        event::named(tx, &pairs)?.into_iter().map(|(question, event)| ((question, event.seq), event)).collect();
    let mut wanted = Wanted::default();
    events.values().for_each(|event| named_in(event, &mut wanted));
    let names = wanted.read(tx, here)?;
    let item = |row: &&Notification| {
        let (id, seq) = pair(row)?;
        let (question, event) = (questions.get(&id)?, events.get(&(id, seq))?);
        is_seen(standing, question, event).then(|| Item {
            notification: (*row).clone(),
            hackathon: place.clone(),
            subject: Subject::Question { id, seq, number: question.number, title: question.title.clone() },
            kind: event::parts(&event.what).map(|(kind, _)| kind).unwrap_or_default(),
            headline: headline::headline(event, &names),
        })
    };
    Ok(rows.iter().filter_map(item).collect())
}

/// Who has left the team is not reminded of what it owes.
fn of_reminders(tx: &mut Tx, standing: &Standing, place: &Place, rows: &[&Notification]) -> Result<Vec<Item>> {
    let id = |row: &&Notification| match row.about {
        About::Reminder(id) => Some(id),
        About::Event(..) => None,
    };
    let ids: Vec<Id<Reminder>> = rows.iter().filter_map(id).collect();
    let told = reminder::store::told(tx, &ids, standing.member)?;
    let concerns = |about: reminder::About| match about {
        reminder::About::CheckIn(team, _) => standing.facts.builds_in.contains(&team),
        reminder::About::Brief(_) => true,
    };
    let item = |row: &&Notification| {
        let told = told.get(&id(row)?)?;
        concerns(told.reminder.about).then(|| Item {
            notification: (*row).clone(),
            hackathon: place.clone(),
            subject: Subject::Reminder(Box::new(told.clone())),
            kind: "reminder".to_owned(),
            headline: told.sentence(),
        })
    };
    Ok(rows.iter().filter_map(item).collect())
}
