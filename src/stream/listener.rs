//! A listener: one open stream, with the standing of the member who listens.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::room::{self, Batch, Piece};
use super::{Place, Streams};
use crate::access::policy::{SeeQuestions, Verb};
use crate::access::{Right, UserId};
use crate::base::{Error, Id, Instant, Result};
use crate::consortium::Member;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::outbox;
use crate::question::events::ActorKind;
use crate::question::{Guest, Question, Standing, StateWord, store};

/// Where a stream begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    pub(super) hackathon: Id<Hackathon>,
    pub(super) user: UserId,
    at: i64,
    is_anew: bool,
}

impl Opening {
    /// Goes on after the event with this id, the last that the listener heard; without one, with what happens from now on.
    /// What is no id of this outbox, or is older than what it keeps, begins anew.
    pub fn after(tx: &mut Tx, right: &Right<SeeQuestions, Hackathon>, last: Option<&str>) -> Result<Opening> {
        let (hackathon, user) = (right.on().id, right.user());
        let end = outbox::store::end(tx, hackathon)?;
        let Some(last) = last else { return Ok(Opening { hackathon, user, at: end, is_anew: false }) };
        let oldest = outbox::store::beginning(tx, hackathon)?.saturating_sub(1);
        let there = last.parse().ok().filter(|at| (oldest..=end).contains(at));
        Ok(Opening { hackathon, user, at: there.unwrap_or(end), is_anew: there.is_none() })
    }
}

/// An event as it is told: what happened to which question, and none of the words in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Its place in the outbox, with which a stream goes on after it.
    #[serde(skip)]
    pub position: i64,
    /// The word for what happened.
    #[serde(skip)]
    pub word: String,
    /// The question.
    pub question: Id<Question>,
    /// Its number.
    pub number: i32,
    /// The number of the event in the question's history.
    pub seq: i32,
    /// The word for what happened, once more.
    pub kind: String,
    /// Where the question stands by now.
    pub state: StateWord,
    /// Whether a person did it, Signpost or a guest.
    pub actor: ActorKind,
    /// The person.
    pub member: Option<Id<Member>>,
    /// The guest.
    pub guest: Option<Id<Guest>>,
    /// When.
    pub at: Instant,
}

/// What a listener hears next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Events, in order.
    Events(Vec<Said>),
    /// That events were missed which are not kept any more: what is shown must be read again.
    Reset,
    /// Nothing for now.
    Nothing,
    /// The end: the server stops, the listener may not listen any more, or was too slow.
    Over,
}

/// One open stream.
pub struct Listener {
    streams: Streams,
    hackathon: Id<Hackathon>,
    user: UserId,
    room: broadcast::Receiver<Arc<Batch>>,
    over: watch::Receiver<bool>,
    at: i64,
    is_anew: bool,
    is_behind: bool,
    /// The standing, and the version of the directory that it was read from.
    standing: Option<(i64, Standing)>,
    _place: Place,
}

impl Listener {
    pub(super) fn new(
        opening: Opening,
        streams: Streams,
        room: broadcast::Receiver<Arc<Batch>>,
        over: watch::Receiver<bool>,
        place: Place,
    ) -> Listener {
        let Opening { hackathon, user, at, is_anew } = opening;
        // What was committed between the opening and the entering of the room is read first.
        Listener { streams, hackathon, user, room, over, at, is_anew, is_behind: true, standing: None, _place: place }
    }

    /// The position up to which everything was heard that may be heard.
    pub fn at(&self) -> i64 {
        self.at
    }

    /// Waits at most so long for what comes next. Whoever stops waiting in between loses nothing.
    pub async fn next(&mut self, wait: Duration) -> Result<Heard> {
        if *self.over.borrow() {
            return Ok(Heard::Over);
        }
        if self.is_anew {
            self.is_anew = false;
            return Ok(Heard::Reset);
        }
        if self.is_behind {
            return self.catch_up().await;
        }
        let received = tokio::select! {
            _ = self.over.changed() => return Ok(Heard::Over),
            received = tokio::time::timeout(wait, self.room.recv()) => received,
        };
        match received {
            Err(_nothing_yet) => Ok(Heard::Nothing),
            Ok(Err(RecvError::Lagged(_) | RecvError::Closed)) => Ok(Heard::Over),
            Ok(Ok(batch)) => self.hear(&batch).await,
        }
    }

    async fn hear(&mut self, batch: &Batch) -> Result<Heard> {
        let known = self.standing.as_ref().map(|(version, _)| *version);
        if batch.after > self.at || known.is_none_or(|known| known < batch.version) {
            return self.catch_up().await;
        }
        Ok(self.told(batch))
    }

    /// Reads for itself: what it missed, and who its member is by now.
    async fn catch_up(&mut self) -> Result<Heard> {
        let (hackathon, user, at) = (self.hackathon, self.user, self.at);
        let streams = self.streams.clone();
        let _turn = streams.0.reading.acquire().await.map_err(Error::internal)?;
        let read = move |tx: &mut Tx| {
            let batch = room::read(tx, hackathon, Some(at))?;
            let kept_from = outbox::store::beginning(tx, hackathon)?;
            Ok((batch, kept_from, Standing::load(tx, hackathon, user)?))
        };
        let (batch, kept_from, standing) = streams.0.db.read(read).await?;
        let Some(standing) = standing.filter(|standing| SeeQuestions::BY.meet(standing.facts.roles)) else {
            return Ok(Heard::Over);
        };
        self.standing = Some((batch.version, standing));
        self.is_behind = batch.pieces.len() >= usize::try_from(room::MOST).unwrap_or_default();
        if kept_from > self.at.saturating_add(1) {
            self.at = kept_from.saturating_sub(1);
            self.is_behind = true;
            return Ok(Heard::Reset);
        }
        Ok(self.told(&batch))
    }

    /// What of a batch is new and may be seen.
    fn told(&mut self, batch: &Batch) -> Heard {
        let Some((_, standing)) = &self.standing else { return Heard::Nothing };
        let new = batch.pieces.iter().filter(|piece| piece.news.position > self.at);
        let said = new.filter(|piece| is_seen(standing, piece)).filter_map(said).collect();
        self.at = self.at.max(batch.until);
        Heard::Events(said)
    }
}

/// The rule that holds for the question itself, and for its internal notes.
fn is_seen(standing: &Standing, Piece { news, question }: &Piece) -> bool {
    let sees = SeeQuestions::BY.meet(standing.roles_to(question));
    sees && (!news.event.what.is_internal() || standing.reads_notes(question))
}

fn said(Piece { news, question }: &Piece) -> Option<Said> {
    let (kind, _) = store::event::parts(&news.event.what).ok()?;
    let (actor, member, guest) = news.event.by.columns();
    Some(Said {
        position: news.position,
        word: kind.clone(),
        question: question.id,
        number: question.number,
        seq: news.event.seq,
        kind,
        state: question.life.state.word(),
        actor,
        member,
        guest,
        at: news.event.at,
    })
}
