//! Comments, and notes that only those who answer read. Both can be written in any state: nothing that is said gets lost.

use super::change::Change;
use super::{FollowReason, Post, PostKind, Question, State, Turn, What, follow};
use crate::access::policy::{Comment, Note};
use crate::access::{Right, Roles, Within};
use crate::base::{Id, Result, Text};
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;

/// Comments on the question. When the asker's side was waited for, it has been heard.
pub fn comment(
    tx: &mut Tx,
    right: &Right<Comment, Within<Hackathon, Turn>>,
    directory: &Directory,
    body: &Text,
) -> Result<(Question, Id<Post>)> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    let post = change.say(tx, PostKind::Comment, body)?;
    change.record(tx, What::Commented { post });
    if let State::WaitingOnAsker { by } = change.question.life.state
        && right.roles().meet(Roles::OWN | Roles::TEAM)
        && by != change.by
    {
        change.record(tx, What::Resumed {});
    }
    follow::add(tx, &change.question, change.by, FollowReason::TookPart)?;
    Ok((change.save(tx, directory)?, post))
}

/// Writes an internal note.
pub fn note(
    tx: &mut Tx,
    right: &Right<Note, Within<Hackathon, Turn>>,
    directory: &Directory,
    body: &Text,
) -> Result<(Question, Id<Post>)> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    let post = change.say(tx, PostKind::Note, body)?;
    change.record(tx, What::Noted { post });
    Ok((change.save(tx, directory)?, post))
}
