//! A question: what was asked, who it lies with, who has it, and what became of it.
//!
//! One file for each verb. A verb decides which events happen; [`change`] lets them happen and keeps them, in the
//! transaction that holds the question's lock; [`events`] says what a question is after them.

mod accept;
mod answer;
mod ask;
mod change;
mod claim;
pub mod clock;
mod close;
mod comment;
mod edit;
mod escalate;
pub mod events;
mod follow;
pub mod guest;
mod hand_off;
mod in_charge;
mod item;
pub mod memory;
mod merge;
mod reassign;
mod refusal;
mod release;
mod reopen;
mod roles;
mod route;
mod search;
mod state;
pub mod store;
mod take_over;
mod teach;
mod wait;
mod way;
mod withdraw;

pub use accept::accept;
pub use answer::answer;
pub use ask::{Draft, ask, topic_of};
pub use claim::claim;
pub use clock::{Clockwork, Due};
pub use close::close;
pub use comment::{comment, note};
pub use edit::{Edit, edit};
pub use escalate::{Escalation, escalate};
pub use events::{By, Event, Life, What, Why, fold, fold_to};
pub use follow::{FollowReason, follow, unfollow};
pub use guest::{Guest, GuestState};
pub use hand_off::{
    Handing, Handoff, HandoffState, Offer, accept_handoff, decline_handoff, hand_off, withdraw_handoff,
};
pub use in_charge::{HolderRole, InCharge};
pub use item::{MergeTurn, Turn, named};
pub use memory::{Alike, Memories, still_seen};
pub use merge::merge;
pub use reassign::reassign;
pub use release::release;
pub use reopen::reopen;
pub use roles::{Facts, Standing};
pub use route::{Route, read_topic, route};
pub use search::terms;
pub use state::{Resolution, ResolutionWord, State, StateWord};
pub use take_over::take_over;
pub use wait::{resume, wait};
pub use way::{Stay, told};
pub use withdraw::withdraw;

use crate::base::{Id, Instant, Name, Text};
use crate::consortium::Member;
use crate::directory::TopicId;
use crate::hackathon::Hackathon;
use crate::team::Team;
use crate::words;

words! {
    /// Who may see a question besides those who have to do with it.
    Visibility / VisibilityShape {
        /// Everybody in the hackathon who may see questions.
        Hackathon = "hackathon",
        /// The asker's team and those who answer.
        Team = "team",
    }
}

words! {
    /// What was said.
    PostKind / PostKindShape {
        /// An answer.
        Answer = "answer",
        /// A comment.
        Comment = "comment",
        /// An internal note, for those who answer.
        Note = "note",
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its id.
    pub id: Id<Question>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// Its number in the hackathon, from 1 without gaps.
    pub number: i32,
    /// Who asked.
    pub asker: Id<Member>,
    /// The team it was asked for.
    pub team: Option<Id<Team>>,
    /// What it is about, if that is known.
    pub topic: Option<TopicId>,
    /// In one line.
    pub title: Name,
    /// In full.
    pub body: Option<Text>,
    /// Who may see it.
    pub visibility: Visibility,
    /// What follows from its events.
    pub life: Life,
    /// The offer to hand it on that waits for an answer.
    pub offer: Option<Handoff>,
    /// Where it lay before.
    pub before: Vec<InCharge>,
    /// The promise that falls due next, whether or not that has passed.
    pub due: Option<Due>,
    /// When something is to happen to it by the clock: never, once it is closed.
    pub wake_at: Option<Instant>,
    /// The version of the directory that its clocks were wound by.
    pub wound_version: i64,
    /// Grows with every change.
    pub version: i64,
    /// When it was asked.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

impl Question {
    /// What stands in its `ETag`.
    pub fn mark(&self) -> String {
        format!("{}-{}", self.id, self.version)
    }
}

/// Who said something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// A member.
    Member(Id<Member>),
    /// Somebody without an account.
    Guest(Id<Guest>),
}

impl Author {
    /// As columns, of which exactly one is set; the tables check it.
    pub fn columns(self) -> (Option<Id<Member>>, Option<Id<Guest>>) {
        match self {
            Author::Member(id) => (Some(id), None),
            Author::Guest(id) => (None, Some(id)),
        }
    }

    /// From columns.
    pub fn from_columns(columns: (Option<Id<Member>>, Option<Id<Guest>>)) -> Option<Author> {
        match columns {
            (Some(id), None) => Some(Author::Member(id)),
            (None, Some(id)) => Some(Author::Guest(id)),
            _ => None,
        }
    }
}

/// Something that was said on a question. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Its id.
    pub id: Id<Post>,
    /// What kind.
    pub kind: PostKind,
    /// Who said it.
    pub author: Author,
    /// The words.
    pub body: Text,
    /// When.
    pub created_at: Instant,
}
