//! Who is told of an event: a rule for each kind, and one for whatever kinds there will be.
//!
//! Followers are told of everything but routing, which those hear who it concerns. Nobody is told what they did themselves,
//! and nobody of what they may not see.
//!
//! Who had the question and who followed it is what it was when the event happened, however late somebody is told: a server
//! that was down for an hour tells the same people as one that was not.

use std::collections::{BTreeMap, HashMap};

use super::Reason;
use crate::access::policy::{SeeQuestions, Verb};
use crate::base::{Id, Instant, Result};
use crate::consortium::Member;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::question::store::follower::Follower;
use crate::question::store::news::News;
use crate::question::store::{self, standings};
use crate::question::{By, Event, Handoff, InCharge, Life, Question, Standing, What, fold_to};

/// Everybody who might be told, and what is asked about them.
pub struct Crowd {
    people: Vec<(Member, Standing)>,
    questions: HashMap<Id<Question>, Question>,
    histories: HashMap<Id<Question>, Vec<Event>>,
    followers: HashMap<Id<Question>, Vec<Follower>>,
    handoffs: HashMap<Id<Handoff>, Handoff>,
}

/// Somebody who is told of an event.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'c> {
    /// Who.
    pub member: &'c Member,
    /// Why.
    pub reason: Reason,
}

impl Crowd {
    /// Reads what these events need.
    pub fn load(tx: &mut Tx, here: Id<Hackathon>, news: &[News]) -> Result<Crowd> {
        let mut ids: Vec<Id<Question>> = news.iter().map(|news| news.question).collect();
        ids.sort_unstable();
        ids.dedup();
        let questions = store::of_ids(tx, here, &ids)?.into_iter().map(|question| (question.id, question)).collect();
        let (histories, followers) = (store::event::of(tx, &ids)?, store::follower::of(tx, &ids)?);
        let mut handoffs = HashMap::new();
        for id in news.iter().filter_map(|news| settled(&news.event.what)) {
            handoffs.extend(store::handoff::find(tx, here, id)?.map(|handoff| (id, handoff)));
        }
        Ok(Crowd { people: standings::all(tx, here)?, questions, histories, followers, handoffs })
    }

    /// Who is told of this event.
    pub fn told(&self, News { question, event, .. }: &News) -> Vec<Listed<'_>> {
        let history = self.histories.get(question).map(Vec::as_slice).unwrap_or_default();
        let (Some(question), Some(life)) = (self.questions.get(question), fold_to(history, event.seq)) else {
            return Vec::new();
        };
        let mut list = List { crowd: self, question, life, at: event.at, reasons: BTreeMap::new() };
        list.fill(event);
        let reasons = list.reasons;
        let actor = event.by.columns().1.or_else(|| cause(history, event));
        let told = self.people.iter().filter_map(|(member, standing)| {
            let reason = *reasons.get(&member.id)?;
            let hears = Some(member.id) != actor && is_seen(standing, question, event);
            hears.then_some(Listed { member, reason })
        });
        told.collect()
    }
}

/// The person whose deed an event of Signpost's own followed from: it happened at the same moment.
fn cause(history: &[Event], event: &Event) -> Option<Id<Member>> {
    let same = history.iter().filter(|other| event.by == By::System && other.at == event.at);
    same.filter_map(|other| other.by.columns().1).next()
}

/// Whether an event may be known to somebody of this standing.
pub fn is_seen(standing: &Standing, question: &Question, event: &Event) -> bool {
    let sees = SeeQuestions::BY.meet(standing.roles_to(question));
    sees && (!event.what.is_internal() || standing.reads_notes(question))
}

/// The hand-off that an event settles.
fn settled(what: &What) -> Option<Id<Handoff>> {
    match what {
        What::HandoffAccepted { handoff, .. }
        | What::HandoffDeclined { handoff, .. }
        | What::HandoffWithdrawn { handoff } => Some(*handoff),
        _ => None,
    }
}

/// Those who are to be told, each for the reason that concerns them most.
struct List<'c> {
    crowd: &'c Crowd,
    question: &'c Question,
    life: Life,
    at: Instant,
    reasons: BTreeMap<Id<Member>, Reason>,
}

impl List<'_> {
    fn fill(&mut self, event: &Event) {
        match &event.what {
            What::Routed { holder, .. } => return self.behind(*holder, Reason::Holder),
            What::NoOneOnDuty {} => return,
            What::Asked { .. } => {}
            What::ManyHops { .. } => return self.behind(InCharge::Organizers, Reason::Organizer),
            What::Absorbed { .. } => return self.assignee(),
            What::Released { from } => {
                self.one(Some(*from), Reason::Named);
                self.behind(self.life.in_charge, Reason::Holder);
            }
            What::TakenOver { from, .. } => self.one(Some(*from), Reason::Named),
            What::Reassigned { from, to } => {
                self.one(Some(*to), Reason::Named);
                self.one(*from, Reason::Named);
            }
            What::Reopened { assignee } => self.one(*assignee, Reason::Named),
            What::Answered { .. } | What::Waiting {} | What::Merged { .. } => self.asker(),
            What::Closed { .. } => {
                self.asker();
                self.assignee();
            }
            What::HandoffOffered { to, .. } => self.behind(*to, Reason::Offered),
            What::HandoffAccepted { to, handoff, .. } => {
                self.behind(*to, Reason::Holder);
                self.asker();
                self.sender(*handoff);
            }
            What::HandoffDeclined { handoff, .. } => {
                self.sender(*handoff);
                self.assignee();
            }
            What::HandoffWithdrawn { handoff } => {
                let to = self.crowd.handoffs.get(handoff).map(|handoff| handoff.to);
                to.into_iter().for_each(|to| self.behind(to, Reason::Offered));
            }
            _ => self.assignee(),
        }
        self.followers();
    }

    fn one(&mut self, member: Option<Id<Member>>, reason: Reason) {
        let Some(member) = member else { return };
        let known = self.reasons.entry(member).or_insert(reason);
        *known = reason.min(*known);
    }

    fn asker(&mut self) {
        self.one(Some(self.question.asker), Reason::Asker);
    }

    fn assignee(&mut self) {
        self.one(self.life.state.assignee(), Reason::Assignee);
    }

    fn sender(&mut self, handoff: Id<Handoff>) {
        let sender = self.crowd.handoffs.get(&handoff).map(|handoff| handoff.offered_by);
        self.one(sender, Reason::Sender);
    }

    fn followers(&mut self) {
        let (at, followers) = (self.at, self.crowd.followers.get(&self.question.id));
        let then = followers.into_iter().flatten().filter(|(_, _, since)| *since <= at);
        then.for_each(|(member, why, _)| self.one(Some(*member), (*why).into()));
    }

    /// The people behind a holder: those who answer for it.
    fn behind(&mut self, holder: InCharge, reason: Reason) {
        let crowd = self.crowd;
        let answers = |(_, standing): &&(Member, Standing)| standing.answers_for(holder, self.question.team);
        let behind: Vec<Id<Member>> = crowd.people.iter().filter(answers).map(|(member, _)| member.id).collect();
        behind.into_iter().for_each(|member| self.one(Some(member), reason));
    }
}
