//! Notifications: who was told of what happened to a question, or was reminded of something, and why they were.
//!
//! [`dispatch`] reads the outbox and writes, for each event, one row for each person who is told of it; the tables hold that one
//! person is told of one event once. What a row says is worked out when it is read, so nobody reads what they may not see any
//! more. Mails are made of the same rows: [`post`]. What nobody did and yet is to be told is a reminder: [`remind`] writes the same
//! rows, in the transaction that keeps it.

pub mod audience;
pub mod dispatch;
mod headline;
mod item;
mod letter;
pub mod post;
pub mod preference;
pub mod remind;
pub mod store;
mod teller;

use chrono::TimeDelta;

pub use headline::headline;
pub use item::{Item, Subject, complete};
pub use preference::{ByMail, Preferences};
pub use teller::Teller;

use crate::base::{Id, Instant, Result, Sentence};
use crate::consortium::Member;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::question::{FollowReason, Question};
use crate::reminder::Reminder;
use crate::words;

/// How long notifications are kept.
pub const KEPT: TimeDelta = TimeDelta::days(180);

words! {
    /// Why somebody is told of an event, what concerns them most first: each is told for the first reason that holds.
    Reason / ReasonShape {
        /// The event names them: it was given to them, or taken from them.
        Named = "named",
        /// The question is offered to them, or to whom they answer for.
        Offered = "offered",
        /// It lies with them, or with whom they answer for.
        Holder = "holder",
        /// They have it, or had it last.
        Assignee = "assignee",
        /// They asked it.
        Asker = "asker",
        /// They offered it to somebody else.
        Sender = "sender",
        /// They run the hackathon.
        Organizer = "organizer",
        /// They want the answer too.
        Wanted = "wanted",
        /// They had it or said something.
        TookPart = "took_part",
        /// They are consulted on its topic.
        Consulted = "consulted",
        /// They are informed of its topic.
        Informed = "informed",
        /// They followed one that was merged into it.
        Merged = "merged",
        /// They, or their team, have not done it yet.
        Owes = "owes",
    }
}

impl Reason {
    /// "You get this because ..."
    pub const fn sentence(self) -> Sentence {
        match self {
            Reason::Named => Sentence::fixed("You get this because it names you.", "나를 지목한 일이라 알려 드립니다."),
            Reason::Offered => Sentence::fixed(
                "You get this because the question is offered to you or to whom you answer for.",
                "나 또는 내가 맡은 곳에 넘기려는 질문이라 알려 드립니다.",
            ),
            Reason::Holder => Sentence::fixed(
                "You get this because the question lies with you or with whom you answer for.",
                "나 또는 내가 맡은 곳이 담당하는 질문이라 알려 드립니다.",
            ),
            Reason::Assignee => {
                Sentence::fixed("You get this because you have this question.", "내가 맡은 질문이라 알려 드립니다.")
            }
            Reason::Asker => {
                Sentence::fixed("You get this because you asked this question.", "내가 올린 질문이라 알려 드립니다.")
            }
            Reason::Sender => Sentence::fixed(
                "You get this because you offered this question to somebody else.",
                "내가 다른 담당에게 넘기려던 질문이라 알려 드립니다.",
            ),
            Reason::Organizer => {
                Sentence::fixed("You get this because you run the hackathon.", "해커톤 운영진이라 알려 드립니다.")
            }
            Reason::Wanted => Sentence::fixed(
                "You get this because you follow this question.",
                "내가 팔로우한 질문이라 알려 드립니다.",
            ),
            Reason::TookPart => Sentence::fixed(
                "You get this because you took part in this question.",
                "내가 참여한 질문이라 알려 드립니다.",
            ),
            Reason::Consulted => Sentence::fixed(
                "You get this because you are consulted on its topic.",
                "내가 자문하는 주제의 질문이라 알려 드립니다.",
            ),
            Reason::Informed => Sentence::fixed(
                "You get this because you are informed of its topic.",
                "내가 소식을 받는 주제의 질문이라 알려 드립니다.",
            ),
            Reason::Merged => Sentence::fixed(
                "You get this because you followed a question that was merged into it.",
                "팔로우하던 질문이 이 질문에 합쳐져 알려 드립니다.",
            ),
            Reason::Owes => Sentence::fixed(
                "You get this because you or your team have not done it yet.",
                "나 또는 우리 팀이 아직 하지 않은 일이라 알려 드립니다.",
            ),
        }
    }
}

impl From<FollowReason> for Reason {
    fn from(follows: FollowReason) -> Reason {
        match follows {
            FollowReason::Asked => Reason::Asker,
            FollowReason::Wanted => Reason::Wanted,
            FollowReason::TookPart => Reason::TookPart,
            FollowReason::Consulted => Reason::Consulted,
            FollowReason::Informed => Reason::Informed,
            FollowReason::Merged => Reason::Merged,
        }
    }
}

/// What somebody was told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// An event of a question, by its number in the question's history.
    Event(Id<Question>, i32),
    /// A reminder.
    Reminder(Id<Reminder>),
}

/// That somebody was told of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Its id.
    pub id: Id<Notification>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// Who was told.
    pub member: Id<Member>,
    /// Of what.
    pub about: About,
    /// Why they were told.
    pub reason: Reason,
    /// When.
    pub created_at: Instant,
    /// When they read it.
    pub read_at: Option<Instant>,
}

/// Drops what was kept long enough.
pub fn tidy(tx: &mut Tx) -> Result<()> {
    let before = tx.now().plus(-KEPT);
    store::delete_before(tx, before)?;
    store::mail::delete_before(tx, before)
}
