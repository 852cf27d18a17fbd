//! Reaching a question within its hackathon: to read it, or to take one's turn at changing it.

use super::roles::Standing;
use super::{Question, refusal, store};
use crate::access::{Actor, Item, Roles};
use crate::base::{Error, Id, Key, Result, say};
use crate::db::Tx;
use crate::hackathon::Hackathon;

impl Item<Hackathon> for Question {
    const PARAM: &'static str = "question";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        store::find(tx, parent.id, key)
    }

    fn roles_in(&self, tx: &mut Tx, parent: &Hackathon, who: &Actor, _of_parent: Roles) -> Result<Roles> {
        let standing = Standing::load(tx, parent.id, who.user)?;
        Ok(standing.map_or(Roles::NONE, |standing| standing.roles_to(self)))
    }

    fn refusal(&self, tx: &mut Tx) -> Result<Error> {
        refusal::not_yours(tx, self)
    }

    fn tag(&self) -> Option<String> {
        Some(self.mark())
    }
}

/// A question in the hands of a transaction that changes it. Others who want to change it wait, so that what was checked
/// is what is changed, and exactly one wins a race.
#[derive(Debug)]
pub struct Turn(pub Question);

impl Item<Hackathon> for Turn {
    const PARAM: &'static str = "question";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        store::lock(tx, parent.id, key)?;
        Ok(store::find(tx, parent.id, key)?.map(Turn))
    }

    fn roles_in(&self, tx: &mut Tx, parent: &Hackathon, who: &Actor, of_parent: Roles) -> Result<Roles> {
        self.0.roles_in(tx, parent, who, of_parent)
    }

    fn refusal(&self, tx: &mut Tx) -> Result<Error> {
        self.0.refusal(tx)
    }

    fn tag(&self) -> Option<String> {
        self.0.tag()
    }
}

/// As [`Turn`], for merging, which changes two questions. Merges of a hackathon wait for one another first, or two that
/// go opposite ways would wait for ever.
#[derive(Debug)]
pub struct MergeTurn(pub Question);

impl Item<Hackathon> for MergeTurn {
    const PARAM: &'static str = "question";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        store::lock_hackathon(tx, parent.id)?;
        Ok(Turn::find_in(tx, parent, key)?.map(|turn| MergeTurn(turn.0)))
    }

    fn roles_in(&self, tx: &mut Tx, parent: &Hackathon, who: &Actor, of_parent: Roles) -> Result<Roles> {
        self.0.roles_in(tx, parent, who, of_parent)
    }

    fn refusal(&self, tx: &mut Tx) -> Result<Error> {
        self.0.refusal(tx)
    }

    fn tag(&self) -> Option<String> {
        self.0.tag()
    }
}

/// The question of that number or id, if it is there for who names it; `pointer` is where it stood.
pub fn named(tx: &mut Tx, here: Id<Hackathon>, standing: &Standing, key: &str, pointer: &str) -> Result<Question> {
    let found = Key::parse(key).map(|key| store::find(tx, here, &key)).transpose()?.flatten();
    found.filter(|question| !standing.roles_to(question).is_empty()).ok_or_else(|| {
        let detail = say!("There is no such question in this hackathon.", "이 해커톤에 없는 질문입니다.");
        Error::invalid(pointer, "question.unknown", detail)
    })
}
