//! Hackathons in and out as files: a file becomes a hackathon, a hackathon becomes a file, and a changed file is applied by
//! its difference, so that what it does not change keeps its ids and its history.

mod apply;
mod duty;
mod groups;
mod people;
mod policies;
mod store;
mod take;
mod topics;

pub use take::take;

use crate::access::{self, Resource, Roles, UserId};
use crate::account;
use crate::base::{Error, Key, Lang, Result, say};
use crate::db::Tx;
use crate::file::{self, Change, Document};
use crate::hackathon::{self, Hackathon};
use crate::matrix;

/// What an import did, or would do.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The hackathon as it is now; none for one that is only tried and is not there yet.
    pub hackathon: Option<Hackathon>,
    /// Whether it was made by this import.
    pub created: bool,
    /// Everything that changes. Nothing for a new hackathon: all of it is new.
    pub changes: Vec<Change>,
    /// The published version of the matrix afterwards.
    pub matrix_version: Option<i32>,
}

/// What the caller of an import wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A new hackathon; refused where there is one of that slug.
    Create,
    /// The same, or the difference applied to the one that is there.
    Update,
}

/// Imports a file that was read without a fault. Its matrix is published at once if no rule forbids it; else it is the draft,
/// and the findings say what is missing.
pub fn import(tx: &mut Tx, document: &Document, by: Option<UserId>, wish: Wish) -> Result<Imported> {
    let slug = document.hackathon.slug.clone();
    let before = hackathon::store::find(tx, &Key::Slug(slug.clone()))?;
    if before.is_some() && wish == Wish::Create {
        return Err(Error::Conflict(say!(
            "There is a hackathon \"{slug}\" already. To apply the difference, import with update=true.",
            "이미 있는 해커톤입니다: \"{slug}\". 달라진 점을 반영하려면 update=true로 가져오세요."
        )));
    }
    still_runs(before.as_ref())?;
    let changes = match &before {
        Some(before) => changes(tx, before, document)?,
        None => Vec::new(),
    };
    let created = before.is_none();
    let hackathon = apply::apply(tx, before, document, by)?;
    let matrix_version = matrix::publish_if_sound(tx, &hackathon, by)?;
    Ok(Imported { hackathon: Some(hackathon), created, changes, matrix_version })
}

/// What an import would do. Nothing is stored.
pub fn plan(tx: &mut Tx, document: &Document) -> Result<Imported> {
    let hackathon = hackathon::store::find(tx, &Key::Slug(document.hackathon.slug.clone()))?;
    still_runs(hackathon.as_ref())?;
    let changes = match &hackathon {
        Some(before) => changes(tx, before, document)?,
        None => Vec::new(),
    };
    Ok(Imported { created: hackathon.is_none(), hackathon, changes, matrix_version: None })
}

/// A file changes nothing in a hackathon that was ended either.
fn still_runs(hackathon: Option<&Hackathon>) -> Result<()> {
    if hackathon.is_some_and(Resource::ended) { Err(access::over()) } else { Ok(()) }
}

/// Who may apply a file to a hackathon: its organizers, and the server's administrators, who make hackathons.
pub fn may_update(tx: &mut Tx, document: &Document, user: UserId) -> Result<bool> {
    let Some(found) = hackathon::store::find(tx, &Key::Slug(document.hackathon.slug.clone()))? else {
        return Ok(false);
    };
    Ok(hackathon::store::roles_of(tx, found.id, user)?.meet(Roles::ORGANIZER))
}

/// The difference between the hackathon and the file, but for what belongs to the people themselves.
fn changes(tx: &mut Tx, before: &Hackathon, document: &Document) -> Result<Vec<Change>> {
    let old = take(tx, before)?;
    let mut new = document.clone();
    for person in &mut new.people {
        if let Some(user) = account::store::by_email(tx, &person.email)? {
            person.email = user.email;
            person.name = user.display_name;
            person.phone = user.phone.and_then(|phone| crate::base::Text::parse(phone.as_str()).ok());
            person.locale = Some(user.locale.lang()).filter(|lang| *lang != Lang::En);
        }
    }
    for topic in &mut new.topics {
        topic.name = Some(topic.called());
    }
    file::difference(&old, &new)
}
