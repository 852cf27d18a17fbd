//! Waiting for the asker, and going on.

use super::change::Change;
use super::{PostKind, Question, State, Turn, What, refusal};
use crate::access::policy::{Claim, Resume};
use crate::access::{Right, Roles, Within};
use crate::base::{Result, Text};
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;

/// Says that the asker must say more; `asked` is what they are asked. Only who has the question can wait.
pub fn wait(
    tx: &mut Tx,
    right: &Right<Claim, Within<Hackathon, Turn>>,
    directory: &Directory,
    asked: Option<&Text>,
) -> Result<Question> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    if change.question.life.state != (State::Claimed { by: change.by }) {
        return Err(refusal::held(tx, &change.question)?);
    }
    if let Some(body) = asked {
        let post = change.say(tx, PostKind::Comment, body)?;
        change.record(tx, What::Commented { post });
    }
    change.record(tx, What::Waiting {});
    change.save(tx, directory)
}

/// Goes on: said by who waits, by the asker's side, or by an organizer.
pub fn resume(tx: &mut Tx, right: &Right<Resume, Within<Hackathon, Turn>>, directory: &Directory) -> Result<Question> {
    let mut change = Change::by(tx, &right.on().item.0, right.user())?;
    let others = right.roles().meet(Roles::OWN | Roles::TEAM | Roles::ORGANIZER);
    match change.question.life.state {
        State::WaitingOnAsker { by } if by == change.by || others => {
            change.record(tx, What::Resumed {});
            change.save(tx, directory)
        }
        _ => Err(refusal::held(tx, &change.question)?),
    }
}
