//! Following: being told of every event of a question.

use super::{Question, Visibility, store};
use crate::access::UserId;
use crate::base::{Error, Id, Key, Result};
use crate::consortium::{self, Member};
use crate::db::Tx;
use crate::directory::Directory;
use crate::matrix::Role as CellRole;
use crate::words;

words! {
    /// Why somebody follows a question.
    FollowReason / FollowReasonShape {
        /// They asked it.
        Asked = "asked",
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
    }
}

/// This user wants to be told.
pub fn follow(tx: &mut Tx, question: &Question, user: UserId) -> Result<()> {
    let member = member_of(tx, question, user)?;
    add(tx, question, member, FollowReason::Wanted)
}

/// This user does not want to be told any more.
pub fn unfollow(tx: &mut Tx, question: &Question, user: UserId) -> Result<()> {
    let member = member_of(tx, question, user)?;
    store::follower::delete(tx, question.id, member)
}

fn member_of(tx: &mut Tx, question: &Question, user: UserId) -> Result<Id<Member>> {
    let member = consortium::store::member::by_user(tx, question.hackathon, user)?;
    member.map(|member| member.id).ok_or(Error::NotFound)
}

/// This member follows from now on; who does already goes on for the reason they had.
pub(super) fn add(tx: &mut Tx, question: &Question, member: Id<Member>, reason: FollowReason) -> Result<()> {
    store::follower::insert(tx, question, &[(member, reason)])
}

/// The consulted and the informed of the question's topic follow by themselves, in place of those of the topic before;
/// a question that only a team may see is shown to none of them.
pub(super) fn told_of_topic(tx: &mut Tx, question: &Question, directory: &Directory) -> Result<()> {
    store::follower::delete_of_topic(tx, question.id)?;
    let place = question.topic.and_then(|topic| directory.topic(&Key::Id(topic.uuid())));
    let Some(place) = place.filter(|_| question.visibility == Visibility::Hackathon) else { return Ok(()) };
    let mut followers = Vec::new();
    for cell in directory.cells_of(place) {
        let reason = match cell.role {
            CellRole::Consulted => FollowReason::Consulted,
            CellRole::Informed => FollowReason::Informed,
            CellRole::Responsible | CellRole::Accountable => continue,
        };
        followers.extend(directory.people_of(cell.holder).into_iter().map(|person| (person.id, reason)));
    }
    store::follower::insert(tx, question, &followers)
}
