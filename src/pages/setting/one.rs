//! A page on which one thing of a hackathon is changed, or removed.

use askama::Template;

use super::{frame_of, place};
use crate::access::policy::{Change, SeeDraft};
use crate::access::{Item, Right, Within, allow};
use crate::base::{Result, Sentence};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::pages::entry::{Again, Entry};
use crate::pages::frame::{Frame, Visit};
use crate::pages::question::then::Obstacle;
use crate::pages::words::Words;

/// The page.
#[derive(Template)]
#[template(path = "setting/one.html")]
pub struct One {
    frame: Frame,
    obstacles: Vec<Obstacle>,
    up: (String, Sentence),
    kind: Sentence,
    name: Words,
    action: String,
    mark: String,
    fields: Vec<Entry>,
    may_change: bool,
    removal: Sentence,
}

/// What is to be changed, as far as its page is concerned.
pub struct Subject {
    /// The list that it stands in, among the settings, and what that is called.
    pub up: (&'static str, Sentence),
    /// What kind of thing it is.
    pub kind: Sentence,
    /// What it is called.
    pub name: Words,
    /// Its own address among the settings.
    pub path: String,
    /// Its fields.
    pub fields: Vec<Entry>,
    /// What removing it means.
    pub removal: Sentence,
}

impl One {
    /// The page of this thing. When it was refused before, `again` says why.
    pub fn of<T: Item<Hackathon>>(
        tx: &mut Tx,
        right: &Right<SeeDraft, Within<Hackathon, T>>,
        visit: &Visit,
        subject: Subject,
        again: Again,
    ) -> Result<One> {
        let Within { parent: here, item } = right.on();
        let Subject { up: (list, of), kind, name, path, fields, removal } = subject;
        let action = format!("{}/{path}", place(here));
        Ok(One {
            frame: frame_of(tx, visit, here, right.roles(), &action)?,
            obstacles: again.obstacles,
            up: (format!("{}/{list}", place(here)), of),
            kind,
            name,
            mark: item.tag().unwrap_or_default(),
            action,
            fields,
            may_change: allow::<Change>(right.actor(), right.roles(), here.ended_at.is_some()).is_ok(),
            removal,
        })
    }
}
