//! A guest: somebody without an account who may answer one question, through a link that expires and can be taken back.
//!
//! Whoever has the link is the guest; nothing else of the hackathon opens to them. When somebody of that address becomes a member
//! later, nothing changes here: what the guest said stays the guest's, under the name and for the organization that it was said
//! for, and the link goes on until its end. Nobody is asked to be a guest who could answer as a member.

mod door;
mod invite;
mod invited;

pub use door::{Door, Visiting, answer, comment};
pub use invite::{NewGuest, good_until, invite, revoke};
pub use invited::{WHAT, letter};

use super::{Question, Turn, refusal, store};
use crate::access::{Item, Within};
use crate::base::{Email, Error, Id, Instant, Key, Name, Result};
use crate::consortium::Member;
use crate::consortium::organization::OrganizationId;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::words;

words! {
    /// What has become of a guest's link.
    GuestState / GuestStateShape {
        /// It is good.
        Open = "open",
        /// It was taken back.
        Revoked = "revoked",
        /// Its time is over.
        Expired = "expired",
    }
}

/// A guest of one question. The token in their link is kept as a digest only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Their id.
    pub id: Id<Guest>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// The one question.
    pub question: Id<Question>,
    /// Where their link went.
    pub email: Email,
    /// How they are called.
    pub name: Name,
    /// The organization they answer for, one of the consortium.
    pub organization: Option<OrganizationId>,
    /// The member who invited them.
    pub invited_by: Id<Member>,
    /// When they were invited.
    pub created_at: Instant,
    /// The link is good before this.
    pub expires_at: Instant,
    /// When it was taken back.
    pub revoked_at: Option<Instant>,
    /// What the link was at the time of the transaction that read it.
    pub state: GuestState,
}

/// A guest of a question in the hands of a transaction that changes it.
impl Item<Within<Hackathon, Turn>> for Guest {
    const PARAM: &'static str = "guest";

    fn find_in(tx: &mut Tx, parent: &Within<Hackathon, Turn>, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::guest::find(tx, parent.item.0.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    fn refusal(&self, tx: &mut Tx) -> Result<Error> {
        let question = store::of_id(tx, self.hackathon, self.question)?;
        refusal::not_yours(tx, &question)
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.state.word()))
    }
}
