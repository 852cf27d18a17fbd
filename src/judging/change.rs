//! Who changed what of the judging.

use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::store;
use crate::access::UserId;
use crate::base::{Error, Id, Instant, Name, Result};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::words;

words! {
    /// What was changed.
    Kind / KindShape {
        /// Until when teams hand in.
        Judging = "judging",
        /// A criterion.
        Criterion = "criterion",
        /// A submission.
        Submission = "submission",
        /// A declared conflict of interest.
        Conflict = "conflict",
        /// A score.
        Score = "score",
        /// An award.
        Award = "award",
    }
}

words! {
    /// How it was changed.
    Action / ActionShape {
        /// It was not there before.
        Made = "made",
        /// It says something else.
        Changed = "changed",
        /// It is not there any more.
        Removed = "removed",
        /// It does not change any more.
        Sealed = "sealed",
    }
}

/// A change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Its id.
    pub id: Id<Change>,
    /// What was changed.
    pub kind: Kind,
    /// Which of them; the hackathon where it is the judging itself.
    pub thing: Uuid,
    /// How.
    pub action: Action,
    /// By whom.
    pub changed_by: UserId,
    /// Their name.
    pub display_name: Name,
    /// As it was; `null`: it was not there, or it was a draft that nobody else reads.
    pub before: Option<Value>,
    /// As it was then; `null`: it was gone, or it was a draft that nobody else reads.
    pub after: Option<Value>,
    /// When.
    pub created_at: Instant,
}

/// Keeps that something was made, changed, sealed or removed.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    /// Where.
    pub here: Id<Hackathon>,
    /// By whom.
    pub by: UserId,
    /// What.
    pub kind: Kind,
    /// Which.
    pub thing: Uuid,
}

impl Note {
    /// Something was made.
    pub fn made(self, tx: &mut Tx, after: &impl Serialize) -> Result<()> {
        store::change::insert(tx, self, Action::Made, (None, Some(value(after)?)))
    }

    /// Something was changed. Whoever says the same as before changes nothing.
    pub fn changed(self, tx: &mut Tx, before: &impl Serialize, after: &impl Serialize) -> Result<()> {
        let (before, after) = (value(before)?, value(after)?);
        if before == after {
            return Ok(());
        }
        store::change::insert(tx, self, Action::Changed, (Some(before), Some(after)))
    }

    /// Something was sealed.
    pub fn sealed(self, tx: &mut Tx, after: &impl Serialize) -> Result<()> {
        store::change::insert(tx, self, Action::Sealed, (None, Some(value(after)?)))
    }

    /// Something was removed.
    pub fn removed(self, tx: &mut Tx, before: &impl Serialize) -> Result<()> {
        store::change::insert(tx, self, Action::Removed, (Some(value(before)?), None))
    }
}

fn value(of: &impl Serialize) -> Result<Value> {
    serde_json::to_value(of).map_err(Error::internal)
}
