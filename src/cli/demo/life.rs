//! Gives a demo its past: what the stories tell is done step by step, by the verbs that requests use and with the rights of those
//! who do it, while a clock walks to the present. Signpost does by that clock what it does by any other.

use std::collections::HashMap;

use chrono::{NaiveTime, TimeDelta};

use super::script::{Deed, Step, When};
use crate::access::policy::{Ask, Claim, Comment, HandOff, InviteGuest, Note, Receive, Reply, Settle, Verb};
use crate::access::{Gate, Item, May, Right, Within};
use crate::account;
use crate::base::{Clock, Email, Error, Id, Instant, Key, Name, Result, Slug, Text};
use crate::consortium::{HolderSaid, named};
use crate::db::{Db, Tx};
use crate::directory::{Directories, Directory};
use crate::hackathon::Hackathon;
use crate::mail::Mailer;
use crate::notification::Teller;
use crate::question::guest::{self, NewGuest, Visiting};
use crate::question::{
    self, Clockwork, Draft, Handing, Handoff, InCharge, MergeTurn, Offer, Post, Question, Turn, Visibility,
};

/// How far the clock walks before it is looked at what fell due: few enough steps, near enough to when it did.
const STRIDE: TimeDelta = TimeDelta::hours(2);

/// A hackathon with its story.
pub struct Event {
    /// Its slug.
    pub slug: Slug,
    /// When its first day begins.
    pub begins: Instant,
    /// What happens.
    pub story: &'static [Step],
}

/// What a story knows of a question by now.
#[derive(Clone, Default)]
struct Thread {
    number: String,
    answer: Option<Id<Post>>,
    handoff: Option<Id<Handoff>>,
    link: String,
}

/// Lives through these stories up to `until`. The store's clock is a fixed one that stands before all of them.
pub async fn live(db: Db, gate: Gate, events: &[Event], until: Instant) -> Result<()> {
    let mut steps: Vec<(Instant, &Event, &Step)> = Vec::new();
    for event in events {
        steps.extend(event.story.iter().map(|step| (moment(event, step.0, until), event, step)));
    }
    steps.retain(|(at, ..)| *at <= until);
    steps.sort_by_key(|(at, ..)| *at);
    let directories = Directories::new(db.clone());
    let mut life = Life {
        gate,
        clockwork: Clockwork::new(db.clone(), directories.clone()),
        teller: Teller::new(db.clone(), Mailer::off(), ""),
        threads: HashMap::new(),
        directories,
        db,
    };
    for (at, event, step) in steps {
        life.walk(at).await?;
        life.happen(event, step).await?;
    }
    life.walk(until).await
}

fn moment(event: &Event, when: When, until: Instant) -> Instant {
    match when {
        When::Day(day, hour, minute) => {
            event.begins.plus(TimeDelta::days(day) + TimeDelta::hours(hour) + TimeDelta::minutes(minute))
        }
        When::Ago(minutes) => until.plus(TimeDelta::minutes(-minutes)),
    }
}

/// Midnight (UTC) before a day.
pub fn midnight(day: chrono::NaiveDate) -> Instant {
    Instant::from_utc(day.and_time(NaiveTime::MIN).and_utc())
}

struct Life {
    db: Db,
    gate: Gate,
    directories: Directories,
    clockwork: Clockwork,
    teller: Teller,
    threads: HashMap<(Slug, &'static str), Thread>,
}

type Here<I> = Within<Hackathon, I>;

impl Life {
    async fn walk(&self, until: Instant) -> Result<()> {
        let clock: &Clock = self.db.clock();
        while clock.now() < until {
            clock.advance(until.since(clock.now()).min(STRIDE));
            self.clockwork.round().await?;
            self.teller.dispatch().await?;
        }
        Ok(())
    }

    async fn happen(&mut self, event: &Event, (_, who, about, deed): &Step) -> Result<()> {
        let key = (event.slug.clone(), *about);
        let mut thread = self.threads.get(&key).cloned().unwrap_or_default();
        let scene = Scene { life: self, event, who, number: thread.number.clone() };
        match *deed {
            Deed::Ask(topic, title, body) => {
                thread.number = scene.ask(draft(topic, title, body, Visibility::Hackathon)?).await?;
            }
            Deed::AskForTeam(topic, title, body) => {
                thread.number = scene.ask(draft(topic, title, body, Visibility::Team)?).await?;
            }
            Deed::Answer(body) => thread.answer = Some(scene.answer(text(body)?).await?),
            Deed::GuestAnswers(body) => {
                thread.answer = Some(scene.guest_answers(thread.link.clone(), text(body)?).await?)
            }
            Deed::HandToUnit(unit, reason) => {
                let to = HolderSaid { unit: Some(unit.to_owned()), ..HolderSaid::default() };
                thread.handoff = Some(scene.hand_off(to, text(reason)?).await?);
            }
            Deed::HandToOrganization(organization, reason) => {
                let to = HolderSaid { organization: Some(organization.to_owned()), ..HolderSaid::default() };
                thread.handoff = Some(scene.hand_off(to, text(reason)?).await?);
            }
            Deed::Invite(email, name, organization) => thread.link = scene.invite((email, name), organization).await?,
            Deed::Merge(of) => {
                let into = self.threads.get(&(event.slug.clone(), of)).map(|other| other.number.clone());
                scene.merge(into.unwrap_or_default()).await?;
            }
            Deed::Receive => scene.receive(thread.handoff).await?,
            Deed::Accept => scene.accept(thread.answer).await?,
            Deed::Claim => scene.act::<Claim, Turn, _>(question::claim).await.map(drop)?,
            Deed::Comment(_) | Deed::Note(_) | Deed::Wait(_) => scene.talk(*deed).await?,
        }
        self.threads.insert(key, thread);
        Ok(())
    }
}

fn text(words: &str) -> Result<Text> {
    Text::parse(words).map_err(|unfit| Error::internal(unfit.detail.en))
}

fn name(words: &str) -> Result<Name> {
    Name::parse(words).map_err(|unfit| Error::internal(unfit.detail.en))
}

fn draft(topic: &str, title: &str, body: &str, visibility: Visibility) -> Result<Draft> {
    let body = if body.is_empty() { None } else { Some(text(body)?) };
    Ok(Draft { title: name(title)?, body, topic: Some(topic.to_owned()), read: None, team: None, visibility })
}

fn email(local: &str) -> Result<Email> {
    Email::parse(local).map_err(|unfit| Error::internal(unfit.detail.en))
}

fn missing(what: &'static str) -> Error {
    Error::internal(format!("the story of the demo has no {what} at this step"))
}

/// One step under way: who acts on which question.
struct Scene<'l> {
    life: &'l Life,
    event: &'l Event,
    who: &'l str,
    number: String,
}

impl Scene<'_> {
    /// The claim of whoever acts.
    async fn may<V: Verb, R: crate::access::Resource>(&self, named: &[(&str, &str)]) -> Result<May<V, R>> {
        let address = email(&format!("{}@example.org", self.who))?;
        let user = self.life.db.read(move |tx| account::store::by_email(tx, &address)).await?;
        let user = user.ok_or_else(|| missing("such person"))?;
        let here = [("hackathon", self.event.slug.as_str())];
        Ok(May::of_user(&self.life.gate, user.id, &[&here[..], named].concat()))
    }

    async fn kept(&self) -> Result<std::sync::Arc<Directory>> {
        self.life.directories.get(&Key::Slug(self.event.slug.clone())).await
    }

    async fn act<V: Verb, I: Item<Hackathon>, T: Send + 'static>(
        &self,
        deed: impl FnOnce(&mut Tx, &Right<V, Here<I>>, &Directory) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.act_on(&[("question", self.number.as_str())], deed).await
    }

    async fn act_on<V: Verb, I: Item<Hackathon>, T: Send + 'static>(
        &self,
        named: &[(&str, &str)],
        deed: impl FnOnce(&mut Tx, &Right<V, Here<I>>, &Directory) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (may, kept) = (self.may::<V, Here<I>>(named).await?, self.kept().await?);
        may.write(move |tx, right| {
            let directory = Directory::current(tx, &right.on().parent, &kept)?;
            deed(tx, right, &directory)
        })
        .await
    }

    async fn ask(&self, draft: Draft) -> Result<String> {
        let (may, kept) = (self.may::<Ask, Hackathon>(&[]).await?, self.kept().await?);
        let asked = may.write(move |tx, right| {
            let directory = Directory::current(tx, right.on(), &kept)?;
            question::ask(tx, right, &directory, draft)
        });
        Ok(asked.await?.number.to_string())
    }

    async fn answer(&self, body: Text) -> Result<Id<Post>> {
        let answered =
            self.act::<Reply, Turn, _>(move |tx, right, known| question::answer(tx, right, known, &body)).await?;
        Ok(answered.1)
    }

    async fn talk(&self, deed: Deed) -> Result<()> {
        match deed {
            Deed::Comment(body) => {
                let body = text(body)?;
                self.act::<Comment, Turn, _>(move |tx, right, known| question::comment(tx, right, known, &body))
                    .await?;
            }
            Deed::Note(body) => {
                let body = text(body)?;
                self.act::<Note, Turn, _>(move |tx, right, known| question::note(tx, right, known, &body)).await?;
            }
            Deed::Wait(body) => {
                let body = text(body)?;
                self.act::<Claim, Turn, _>(move |tx, right, known| question::wait(tx, right, known, Some(&body)))
                    .await?;
            }
            _ => return Err(missing("talk")),
        }
        Ok(())
    }

    async fn accept(&self, answer: Option<Id<Post>>) -> Result<()> {
        let answer = answer.ok_or_else(|| missing("answer"))?;
        self.act::<Settle, Turn, Question>(move |tx, right, known| question::accept(tx, right, known, answer)).await?;
        Ok(())
    }

    async fn hand_off(&self, to: HolderSaid, reason: Text) -> Result<Id<Handoff>> {
        let offered = self.act::<HandOff, Turn, _>(move |tx, right, known| {
            let to = InCharge::named(tx, right.on().parent.id, &to, "/to")?;
            question::hand_off(tx, right, known, Handing { to, reason, note: None })
        });
        Ok(offered.await?.1.id)
    }

    async fn receive(&self, handoff: Option<Id<Handoff>>) -> Result<()> {
        let handoff = handoff.ok_or_else(|| missing("offer"))?.to_string();
        let named = [("handoff", handoff.as_str())];
        self.act_on::<Receive, Offer, _>(&named, question::accept_handoff).await?;
        Ok(())
    }

    async fn merge(&self, into: String) -> Result<()> {
        self.act::<Settle, MergeTurn, _>(move |tx, right, known| question::merge(tx, right, known, &into)).await?;
        Ok(())
    }

    async fn invite(&self, (address, called): (&str, &str), organization: &'static str) -> Result<String> {
        let (address, called) = (email(address)?, name(called)?);
        let invited = self.act::<InviteGuest, Turn, _>(move |tx, right, known| {
            let of = named::organization(tx, right.on().parent.id, organization, "/organization")?;
            let expires_at = tx.now().plus(TimeDelta::days(7));
            let new = NewGuest { email: address, name: called, organization: Some(of.id), expires_at };
            guest::invite(tx, right, known, &new)
        });
        Ok(invited.await?.1)
    }

    async fn guest_answers(&self, link: String, body: Text) -> Result<Id<Post>> {
        let kept = self.kept().await?;
        let said = self.life.db.write(move |tx| {
            let visiting = Visiting::open(tx, &link)?;
            let directory = Directory::current(tx, &visiting.door().here, &kept)?;
            guest::answer(tx, &visiting, &directory, &body)
        });
        Ok(said.await?.1)
    }
}
