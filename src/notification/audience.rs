//! Who is told of an event: a rule for each kind, and one for whatever kinds there will be.
//!
//! Followers are told of everything but routing, which those hear who it concerns. Nobody is told what they did themselves,
//! and nobody of what they may not see.

use std::collections::{BTreeMap, HashMap};

use super::Reason;
use crate::access::policy::{SeeQuestions, Verb};
use crate::base::{Id, Result};
use crate::consortium::Member;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::question::store::news::News;
use crate::question::store::{self, standings};
use crate::question::{By, Event, FollowReason, Handoff, InCharge, Question, Standing, What};

/// Everybody who might be told, and what is asked about them.
pub struct Crowd {
    people: Vec<(Member, Standing)>,
    questions: HashMap<Id<Question>, Question>,
    followers: HashMap<Id<Question>, Vec<(Id<Member>, FollowReason)>>,
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
        let (mut followers, mut handoffs) = (HashMap::new(), HashMap::new());
        for id in ids {
            followers.insert(id, store::follower::all(tx, id)?);
        }
        for id in news.iter().filter_map(|news| settled(&news.event.what)) {
            handoffs.extend(store::handoff::find(tx, here, id)?.map(|handoff| (id, handoff)));
        }
        Ok(Crowd { people: standings::all(tx, here)?, questions, followers, handoffs })
    }

    /// Who is told of this event. `cause`: whose deed it follows from.
    pub fn told(&self, News { question, event, .. }: &News, cause: Option<Id<Member>>) -> Vec<Listed<'_>> {
        let Some(question) = self.questions.get(question) else { return Vec::new() };
        let mut list = List { crowd: self, question, reasons: BTreeMap::new() };
        list.fill(event);
        let reasons = list.reasons;
        let actor = event.by.columns().1.or(cause);
        let told = self.people.iter().filter_map(|(member, standing)| {
            let reason = *reasons.get(&member.id)?;
            let hears = Some(member.id) != actor && is_seen(standing, question, event);
            hears.then_some(Listed { member, reason })
        });
        told.collect()
    }
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

/// Whether Signpost did it by itself, in the wake of what a person did.
pub(super) fn follows_from_a_deed(event: &Event) -> bool {
    event.by == By::System
}

/// Those who are to be told, each for the reason that concerns them most.
struct List<'c> {
    crowd: &'c Crowd,
    question: &'c Question,
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
                self.behind(self.question.life.in_charge, Reason::Holder);
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
        self.one(self.question.life.state.assignee(), Reason::Assignee);
    }

    fn sender(&mut self, handoff: Id<Handoff>) {
        let sender = self.crowd.handoffs.get(&handoff).map(|handoff| handoff.offered_by);
        self.one(sender, Reason::Sender);
    }

    fn followers(&mut self) {
        let followers = self.crowd.followers.get(&self.question.id);
        followers.into_iter().flatten().for_each(|(member, why)| self.one(Some(*member), (*why).into()));
    }

    /// The people behind a holder: those who answer for it.
    fn behind(&mut self, holder: InCharge, reason: Reason) {
        let crowd = self.crowd;
        let answers = |(_, standing): &&(Member, Standing)| standing.answers_for(holder, self.question.team);
        let behind: Vec<Id<Member>> = crowd.people.iter().filter(answers).map(|(member, _)| member.id).collect();
        behind.into_iter().for_each(|member| self.one(Some(member), reason));
    }
}
