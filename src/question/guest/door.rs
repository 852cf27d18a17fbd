//! The guest's way in: the token of a link stands for one guest and one question, and for nothing else.

use super::{Guest, GuestState};
use crate::access::over;
use crate::base::{Error, Id, Key, Result, Text, say, secret};
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::{self, Hackathon};
use crate::question::change::Change;
use crate::question::store::names::{Names, Wanted};
use crate::question::{Post, PostKind, Question, State, What, store};

/// What the token of a link opens: a guest at their question, in the transaction that it was opened in.
#[derive(Clone, Debug)]
pub struct Door {
    /// The hackathon.
    pub here: Hackathon,
    /// The question.
    pub question: Question,
    /// The guest.
    pub guest: Guest,
}

impl Door {
    /// Opens for reading. Expired, revoked and made-up tokens are all alike not found.
    pub fn open(tx: &mut Tx, token: &str) -> Result<Door> {
        let found = store::guest::by_hash(tx, &secret::digest(token))?;
        let guest = found.filter(|guest| guest.state == GuestState::Open).ok_or(Error::NotFound)?;
        let here = hackathon::store::find(tx, &Key::Id(guest.hackathon.uuid()))?.ok_or(Error::NotFound)?;
        let question = store::of_id(tx, guest.hackathon, guest.question)?;
        Ok(Door { here, question, guest })
    }

    /// What the guest reads: what was said on the question in public, with the names of all who are named beside it.
    pub fn read(&self, tx: &mut Tx) -> Result<(Vec<Post>, Names)> {
        let mut posts = store::post::all(tx, self.question.id)?;
        posts.retain(|post| post.kind != PostKind::Note);
        let mut wanted = Wanted::default();
        wanted.member(self.question.asker);
        wanted.member(self.guest.invited_by);
        wanted.guest(self.guest.id);
        posts.iter().for_each(|post| wanted.post(post));
        let names = wanted.read(tx, self.here.id)?;
        Ok((posts, names))
    }
}

/// A guest in the hands of a transaction that changes their question: the proof that one may say something as the guest.
#[derive(Debug)]
pub struct Visiting(Door);

impl Visiting {
    /// Opens for saying something: the question is locked, and the hackathon goes on.
    pub fn open(tx: &mut Tx, token: &str) -> Result<Visiting> {
        let before = Door::open(tx, token)?;
        store::lock(tx, before.here.id, &Key::Id(before.question.id.uuid()))?;
        // The link may have been taken back before the lock was ours.
        let door = Door::open(tx, token)?;
        if door.here.ended_at.is_some() {
            return Err(over());
        }
        Ok(Visiting(door))
    }

    /// What is open.
    pub fn door(&self) -> &Door {
        &self.0
    }

    fn change(&self) -> Change<Id<Guest>> {
        Change::by_guest(self.0.question.clone(), self.0.guest.id)
    }
}

/// Answers as the guest. Whoever has the question keeps it: they asked for this answer.
pub fn answer(tx: &mut Tx, visiting: &Visiting, directory: &Directory, body: &Text) -> Result<(Question, Id<Post>)> {
    let mut change = visiting.change();
    if let State::Closed { .. } = change.question.life.state {
        return Err(Error::Conflict(say!(
            "This question is closed by now. You can still comment on it.",
            "이미 닫힌 질문입니다. 댓글은 남길 수 있습니다."
        )));
    }
    let post = change.say(tx, PostKind::Answer, body)?;
    change.record(tx, What::Answered { post, by: None });
    change.let_offer_lapse(tx)?;
    Ok((change.save(tx, directory)?, post))
}

/// Comments as the guest.
pub fn comment(tx: &mut Tx, visiting: &Visiting, directory: &Directory, body: &Text) -> Result<(Question, Id<Post>)> {
    let mut change = visiting.change();
    let post = change.say(tx, PostKind::Comment, body)?;
    change.record(tx, What::Commented { post });
    Ok((change.save(tx, directory)?, post))
}
