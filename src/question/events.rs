//! The history of a question. Every change is an event, and what the question is follows from its events alone: the verbs
//! and [`fold`] go through the same [`Life::apply`].

use serde::{Deserialize, Serialize};

use super::state::{Resolution, ResolutionWord, State};
use super::{Guest, Handoff, InCharge, Post, Question, Visibility};
use crate::base::{Id, Instant};
use crate::consortium::Member;
use crate::directory::TopicId;
use crate::escalation_policy::Trigger;
use crate::sla_policy::Promise;
use crate::team::Team;
use crate::words;

words! {
    /// Who makes events: people and machines are told apart.
    ActorKind / ActorKindShape {
        /// A member.
        Person = "person",
        /// Signpost itself.
        System = "system",
        /// Somebody without an account, through a link to this one question.
        Guest = "guest",
    }
}

words! {
    /// Why a question came to lie where it lies.
    Why / WhyShape {
        /// It is responsible for the topic.
        Responsible = "responsible",
        /// It is accountable for the topic, and nobody else stands behind it.
        Accountable = "accountable",
        /// They stand by the asker's team.
        TeamMentor = "team_mentor",
        /// They run the hackathon, and there was nobody else.
        Organizer = "organizer",
        /// It was handed to it, and it took it.
        HandedOff = "handed_off",
    }
}

/// Who made an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A member.
    Person(Id<Member>),
    /// Signpost itself.
    System,
    /// Somebody without an account.
    Guest(Id<Guest>),
}

/// What kind of actor, and the member or the guest, as they lie in the tables.
pub type ByColumns = (ActorKind, Option<Id<Member>>, Option<Id<Guest>>);

impl By {
    /// As columns.
    pub fn columns(self) -> ByColumns {
        match self {
            By::Person(member) => (ActorKind::Person, Some(member), None),
            By::System => (ActorKind::System, None, None),
            By::Guest(guest) => (ActorKind::Guest, None, Some(guest)),
        }
    }

    /// From columns.
    pub fn from_columns(columns: ByColumns) -> By {
        match columns {
            (_, Some(member), _) => By::Person(member),
            (_, None, Some(guest)) => By::Guest(guest),
            _ => By::System,
        }
    }
}

/// One entry of the history.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// From 1 without gaps.
    pub seq: i32,
    /// When.
    pub at: Instant,
    /// Who.
    pub by: By,
    /// What.
    pub what: What,
}

/// What happened, with the facts that it changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "facts", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are named by the glossary, and each variant says what happened")]
pub enum What {
    /// It was asked. `topic_read`: the topic was read from the words.
    Asked { team: Option<Id<Team>>, topic: Option<TopicId>, topic_read: bool, visibility: Visibility },
    /// It was brought to a holder.
    Routed { holder: InCharge, why: Why, on_duty: bool },
    /// When it was routed, nobody was on duty.
    NoOneOnDuty {},
    /// Its words were changed.
    Edited { title: bool, body: bool },
    /// It is about something else than it seemed.
    TopicChanged { from: Option<TopicId>, to: Option<TopicId> },
    /// Others may see it, or may not any more.
    VisibilityChanged { to: Visibility },
    /// Somebody took it.
    Claimed { by: Id<Member> },
    /// It was given back.
    Released { from: Id<Member> },
    /// Somebody took it from somebody.
    TakenOver { from: Id<Member>, by: Id<Member> },
    /// It was given to a named person.
    Reassigned { from: Option<Id<Member>>, to: Id<Member> },
    /// It was answered. `by`: the member who did, and has it from then on; none where a guest did, which takes it from nobody.
    Answered {
        post: Id<Post>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Id<Member>>,
    },
    /// Somebody commented on it.
    Commented { post: Id<Post> },
    /// Somebody wrote an internal note.
    Noted { post: Id<Post> },
    /// The asker must say more.
    Waiting {},
    /// The asker did.
    Resumed {},
    /// The asker's side accepted an answer.
    Accepted { answer: Id<Post> },
    /// It was closed.
    Closed { resolution: ResolutionWord },
    /// The asker's side took it back.
    Withdrawn {},
    /// It was merged into another one.
    Merged { into: Id<Question> },
    /// Another one was merged into it.
    Absorbed { question: Id<Question> },
    /// It was opened again, for its assignee if they are on duty.
    Reopened { assignee: Option<Id<Member>> },
    /// It was offered to another holder.
    HandoffOffered { handoff: Id<Handoff>, to: InCharge, reason: String },
    /// The other holder took it.
    HandoffAccepted { handoff: Id<Handoff>, from: InCharge, to: InCharge, reason: String },
    /// The other holder did not take it.
    HandoffDeclined { handoff: Id<Handoff>, reason: String },
    /// The offer was taken back, or lapsed because the question was settled.
    HandoffWithdrawn { handoff: Id<Handoff> },
    /// Nobody answered the offer in time. It lies where it lay.
    HandoffExpired { handoff: Id<Handoff> },
    /// A promise was not kept.
    Overdue { promise: Promise },
    /// Somebody was told that something has not happened; without a trigger, because a person wanted it.
    Escalated {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        trigger: Option<Trigger>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<i32>,
        told: InCharge,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// Nothing had happened for a long time, and whoever has to do the next thing was told.
    Reminded { told: InCharge },
    /// Somebody without an account was asked to answer it.
    GuestInvited { guest: Id<Guest> },
    /// Their link was taken back.
    GuestRevoked { guest: Id<Guest> },
    /// It has been handed on so often that the organizers should know.
    ManyHops { hops: i32 },
}

impl What {
    /// Whether only those who may read internal notes hear of it.
    pub fn is_internal(&self) -> bool {
        matches!(self, What::Noted { .. })
    }

    /// Why it came to lie somewhere else, and the words of whoever sent it.
    pub fn arrival(&self) -> Option<(Why, Option<&str>)> {
        match self {
            What::Routed { why, .. } => Some((*why, None)),
            What::HandoffAccepted { reason, .. } => Some((Why::HandedOff, Some(reason))),
            _ => None,
        }
    }
}

/// What follows from the events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// Where it stands.
    pub state: State,
    /// When that began.
    pub since: Instant,
    /// Who it lies with.
    pub in_charge: InCharge,
    /// Hand-offs that were accepted.
    pub hops: i32,
    /// Whether nobody was on duty when it was last routed.
    pub no_one_on_duty: bool,
    /// When it was first answered.
    pub answered_at: Option<Instant>,
    /// The answer that was accepted.
    pub accepted: Option<Id<Post>>,
    /// The number of the last event.
    pub seq: i32,
}

impl Life {
    /// A life before its first event. Until it is routed it lies with the organizers.
    pub fn beginning(at: Instant) -> Life {
        Life {
            state: State::Open,
            since: at,
            in_charge: InCharge::Organizers,
            hops: 0,
            no_one_on_duty: false,
            answered_at: None,
            accepted: None,
            seq: 0,
        }
    }

    /// Lets an event happen. It does not ask whether it may: the verbs do.
    pub fn apply(&mut self, what: &What, at: Instant) {
        self.seq = self.seq.saturating_add(1);
        match what {
            What::Routed { holder, on_duty, .. } => self.come_to(*holder, *on_duty, at),
            What::HandoffAccepted { to, .. } => {
                self.hops = self.hops.saturating_add(1);
                self.come_to(*to, true, at);
            }
            What::Answered { by, .. } => {
                self.answered_at = self.answered_at.or(Some(at));
                self.stand(State::Answered { by: by.or(self.state.assignee()) }, at);
            }
            What::Accepted { answer } => self.accepted = Some(*answer),
            What::Reopened { .. } => {
                self.accepted = None;
                self.move_on(what, at);
            }
            _ => self.move_on(what, at),
        }
    }

    fn move_on(&mut self, what: &What, at: Instant) {
        let next = match what {
            What::Claimed { by } | What::TakenOver { by, .. } => State::Claimed { by: *by },
            What::Reassigned { to, .. } => State::Claimed { by: *to },
            What::Released { .. } => State::Open,
            What::Waiting {} => self.state.in_hands_of().map_or(self.state, |by| State::WaitingOnAsker { by }),
            What::Resumed {} => self.state.in_hands_of().map_or(self.state, |by| State::Claimed { by }),
            What::Closed { resolution } => self.over(plain(*resolution)),
            What::Withdrawn {} => self.over(Resolution::Withdrawn),
            What::Merged { into } => self.over(Resolution::Duplicate(*into)),
            What::Reopened { assignee } => assignee.map_or(State::Open, |by| State::Claimed { by }),
            _ => return,
        };
        self.stand(next, at);
    }

    /// Whoever had it at the old holder's does not have it any more.
    fn come_to(&mut self, holder: InCharge, on_duty: bool, at: Instant) {
        self.no_one_on_duty = !on_duty;
        if self.in_charge != holder {
            self.in_charge = holder;
            self.stand(State::Open, at);
        }
    }

    fn stand(&mut self, state: State, at: Instant) {
        self.state = state;
        self.since = at;
    }

    fn over(&self, resolution: Resolution) -> State {
        State::Closed { resolution, last: self.state.assignee() }
    }
}

/// A resolution that needs no more than its word; a duplicate is made by merging alone.
fn plain(word: ResolutionWord) -> Resolution {
    match word {
        ResolutionWord::Answered => Resolution::Answered,
        ResolutionWord::Withdrawn => Resolution::Withdrawn,
        ResolutionWord::NotForUs | ResolutionWord::Duplicate => Resolution::NotForUs,
        ResolutionWord::Expired => Resolution::Expired,
    }
}

/// What a question is, from its events alone; `None` where there are none.
pub fn fold(events: &[Event]) -> Option<Life> {
    fold_to(events, i32::MAX)
}

/// What a question was once its event of this number had happened; `None` where there are no events.
pub fn fold_to(events: &[Event], seq: i32) -> Option<Life> {
    let mut life = Life::beginning(events.first()?.at);
    events.iter().take_while(|event| event.seq <= seq).for_each(|event| life.apply(&event.what, event.at));
    Some(life)
}
