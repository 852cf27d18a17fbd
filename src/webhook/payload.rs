//! What a message says: what happened, to which question, where that stands, with whom it lies, and where it can be read. None of the
//! words that were said on it, no note, and nothing by which people are reached.

use std::collections::HashMap;

use serde::Serialize;
use uuid::Uuid;

use super::{EventType, Webhook};
use crate::base::{Error, Id, Instant, Name, Result, Slug};
use crate::consortium::{Holder, Member};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::question::events::ActorKind;
use crate::question::store::names::{HolderView, Named, Names, Wanted};
use crate::question::store::news::News;
use crate::question::store::{self, event};
use crate::question::{By, Event, InCharge, Life, Question, ResolutionWord, StateWord, Visibility, What, fold_to};

/// A message, as it is signed and sent.
#[derive(Serialize)]
struct Message<T> {
    #[serde(rename = "type")]
    kind: EventType,
    timestamp: Instant,
    data: T,
}

#[derive(Serialize)]
struct Happened<'n> {
    hackathon: HackathonView<'n>,
    question: QuestionView<'n>,
    actor: ActorView,
    /// Who the event names: whom it was brought, offered or given to, or who was told.
    to: Option<HolderView>,
    /// The number of the event in the question's history.
    seq: i32,
}

#[derive(Serialize)]
struct HackathonView<'n> {
    id: Id<Hackathon>,
    slug: &'n Slug,
}

#[derive(Serialize)]
struct QuestionView<'n> {
    id: Id<Question>,
    number: i32,
    title: &'n Name,
    state: StateWord,
    resolution: Option<ResolutionWord>,
    visibility: Visibility,
    topic: Option<&'n Slug>,
    team: Option<&'n Slug>,
    asker: PersonView,
    holder: HolderView,
    assignee: Option<PersonView>,
    due_at: Option<Instant>,
    url: String,
}

#[derive(Serialize)]
struct PersonView {
    id: Id<Member>,
    display_name: Name,
}

#[derive(Serialize)]
struct ActorView {
    kind: ActorKind,
    id: Option<Uuid>,
    name: Named,
}

/// What messages about some events are made of, read at once for all of them.
pub(super) struct Facts {
    here: Hackathon,
    questions: HashMap<Id<Question>, Question>,
    histories: HashMap<Id<Question>, Vec<Event>>,
    names: Names,
}

impl Facts {
    pub(super) fn load(tx: &mut Tx, here: Id<Hackathon>, news: &[News]) -> Result<Facts> {
        let mut ids: Vec<Id<Question>> = news.iter().map(|news| news.question).collect();
        ids.sort_unstable();
        ids.dedup();
        let histories = event::of(tx, &ids)?;
        let mut wanted = Wanted::default();
        let questions = store::of_ids(tx, here, &ids)?;
        questions.iter().for_each(|question| wanted.question(question));
        for News { question, event, .. } in news {
            wanted.event(event);
            named(&event.what).into_iter().for_each(|to| wanted.in_charge(to));
            let then = histories.get(question).and_then(|history| fold_to(history, event.seq));
            then.into_iter().for_each(|life| {
                wanted.in_charge(life.in_charge);
                life.state.assignee().into_iter().for_each(|member| wanted.member(member));
            });
        }
        Ok(Facts {
            here: hackathon::store::find(tx, &crate::base::Key::Id(here.uuid()))?.ok_or(Error::NotFound)?,
            questions: questions.into_iter().map(|question| (question.id, question)).collect(),
            histories,
            names: wanted.read(tx, here)?,
        })
    }

    /// The message about an event, with the question as it stood after it; none where nobody is to hear of it.
    pub(super) fn message(&self, news: &News, base: &str) -> Result<Option<(EventType, String)>> {
        let History { question, life } = match self.history(news) {
            Some(history) => history,
            None => return Ok(None),
        };
        let Some(kind) = EventType::of(&news.event.what) else { return Ok(None) };
        let data = Happened {
            hackathon: HackathonView { id: self.here.id, slug: &self.here.slug },
            question: self.question(question, &life, base),
            actor: self.actor(news.event.by),
            to: named(&news.event.what).map(|to| self.names.view(to)),
            seq: news.event.seq,
        };
        written(kind, news.event.at, &data).map(|body| Some((kind, body)))
    }

    fn history(&self, News { question, event, .. }: &News) -> Option<History<'_>> {
        let life = fold_to(self.histories.get(question)?, event.seq)?;
        Some(History { question: self.questions.get(question)?, life })
    }

    fn question<'n>(&'n self, of: &'n Question, life: &Life, base: &str) -> QuestionView<'n> {
        let person = |id: Id<Member>| PersonView { id, display_name: self.names.member(id) };
        QuestionView {
            id: of.id,
            number: of.number,
            title: &of.title,
            state: life.state.word(),
            resolution: life.state.resolution().map(|resolution| resolution.word()),
            visibility: of.visibility,
            topic: of.topic.and_then(|id| self.names.topic(id)).map(|(slug, _)| slug),
            team: of.team.and_then(|id| self.names.team(id)).map(|(slug, _)| slug),
            asker: person(of.asker),
            holder: self.names.view(life.in_charge),
            assignee: life.state.assignee().map(person),
            due_at: of.due.map(|due| due.at),
            url: format!("{base}/h/{}/questions/{}", self.here.slug, of.number),
        }
    }

    fn actor(&self, by: By) -> ActorView {
        let (kind, member, guest) = by.columns();
        ActorView { kind, id: member.map(Id::uuid).or(guest.map(Id::uuid)), name: self.names.by(by) }
    }
}

struct History<'f> {
    question: &'f Question,
    life: Life,
}

#[derive(Serialize)]
struct Tested<'n> {
    hackathon: HackathonView<'n>,
    webhook: WebhookView<'n>,
}

#[derive(Serialize)]
struct WebhookView<'n> {
    id: Id<Webhook>,
    name: &'n Name,
}

/// The message that says nothing but that messages arrive.
pub(super) fn test(here: &Hackathon, webhook: &Webhook, now: Instant) -> Result<String> {
    let hackathon = HackathonView { id: here.id, slug: &here.slug };
    let webhook = WebhookView { id: webhook.id, name: &webhook.facts.name };
    written(EventType::Test, now, &Tested { hackathon, webhook })
}

fn written(kind: EventType, timestamp: Instant, data: &impl Serialize) -> Result<String> {
    serde_json::to_string(&Message { kind, timestamp, data }).map_err(Error::internal)
}

/// Who an event names.
fn named(what: &What) -> Option<InCharge> {
    match what {
        What::Routed { holder: to, .. }
        | What::HandoffOffered { to, .. }
        | What::HandoffAccepted { to, .. }
        | What::Escalated { told: to, .. }
        | What::Reminded { told: to } => Some(*to),
        What::Reassigned { to, .. } => Some(InCharge::Holder(Holder::Member(*to))),
        _ => None,
    }
}
