//! What a request's path names, and things that lie within others.

use actix_web::HttpRequest;

use super::actor::{Actor, Roles, UserId};
use crate::base::{Error, Key, Result};
use crate::db::Tx;

/// The names in a request's path, such as `hackathon` and `unit`, and whoever calls: that is what `/v1/me` names.
#[derive(Clone, Debug, Default)]
pub struct Path {
    named: Vec<(Box<str>, Box<str>)>,
    me: Option<UserId>,
}

impl Path {
    /// What the request names.
    pub(super) fn of(req: &HttpRequest, me: UserId) -> Path {
        let named = req.match_info().iter().map(|(name, value)| (name.into(), value.into())).collect();
        Path { named, me: Some(me) }
    }

    /// What the program itself names, for somebody on whose behalf it asks.
    pub(super) fn naming(named: &[(&str, &str)], me: UserId) -> Path {
        let named = named.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        Path { named, me: Some(me) }
    }

    /// The caller.
    pub fn me(&self) -> Result<Key> {
        self.me.map(|me| Key::Id(me.uuid())).ok_or(Error::NotFound)
    }

    /// The text that stands for a parameter; not found where the path has none.
    pub fn text(&self, param: &str) -> Result<&str> {
        self.named.iter().find(|(name, _)| **name == *param).map(|(_, value)| &**value).ok_or(Error::NotFound)
    }

    /// The id or slug that stands for a parameter. What can name nothing is not found, like an id that never was.
    pub fn key(&self, param: &str) -> Result<Key> {
        Key::parse(self.text(param)?).ok_or(Error::NotFound)
    }
}

/// A thing that lies within a larger one, such as a unit within its hackathon, and can only be reached through it.
pub trait Item<Parent>: Sized + Send + 'static {
    /// The path parameter that names one.
    const PARAM: &'static str;
    /// Whether a change needs `If-Match`.
    const GUARDED: bool = false;

    /// The item of that name within this parent, and no other's.
    fn find_in(tx: &mut Tx, parent: &Parent, key: &Key) -> Result<Option<Self>>;

    /// What the actor is to this item, beyond what they are to the parent.
    fn roles_in(&self, _tx: &mut Tx, _parent: &Parent, _who: &Actor, of_parent: Roles) -> Result<Roles> {
        Ok(of_parent)
    }

    /// The refusal of somebody who may see the item and may not do this to it. An item may say whom to turn to.
    fn refusal(&self, _tx: &mut Tx) -> Result<Error> {
        Ok(Error::not_allowed())
    }

    /// What stands in `ETag`, for items that are changed one by one.
    fn tag(&self) -> Option<String> {
        None
    }

    /// Whether this tag, which is not the item's own, stands for the present state of a larger whole that the item is a
    /// part of: whoever read all of it may change a part of it.
    fn is_part_of(&self, _tag: &str) -> bool {
        false
    }
}
