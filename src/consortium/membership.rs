//! What somebody is a member of, seen from themselves.

use serde::Serialize;

use super::{Member, store};
use crate::access::{Actor, Path, Resource, Roles};
use crate::account::{self, User};
use crate::base::{Error, Id, Key, Localized, Result, Slug, secret};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon, Role};

/// A hackathon that somebody takes part in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Membership {
    /// The hackathon.
    pub hackathon: Place,
    /// The membership's id, by which others in it name them.
    pub member: Id<Member>,
    /// What they are there.
    pub roles: Vec<Role>,
}

/// A hackathon by its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its id.
    pub id: Id<Hackathon>,
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
}

/// The caller: who they are and where they take part.
#[derive(Clone, Debug)]
pub struct Me {
    /// Who they are.
    pub user: User,
    /// Where they take part.
    pub memberships: Vec<Membership>,
}

impl Resource for Me {
    fn find(tx: &mut Tx, path: &Path) -> Result<Self> {
        let Key::Id(id) = path.me()? else { return Err(Error::NotFound) };
        let user = account::store::by_id(tx, Id::from_uuid(id))?.ok_or(Error::NotFound)?;
        let memberships = store::membership::of(tx, user.id)?;
        Ok(Me { user, memberships })
    }

    fn roles(&self, _tx: &mut Tx, who: &Actor) -> Result<Roles> {
        Ok(Roles::OWN.when(self.user.id == who.user))
    }

    /// It changes with every membership too, which are no part of the user's own version.
    fn tag(&self) -> Option<String> {
        let memberships = serde_json::to_string(&self.memberships).unwrap_or_default();
        let print: String = secret::digest(&memberships).chars().take(16).collect();
        Some(format!("{}-{print}", self.user.tag()))
    }
}

/// Tells every directory that this user stands in. To be called first by whoever changes how they are shown.
pub fn touch_all(tx: &mut Tx, user: &User) -> Result<()> {
    let hackathons = store::membership::hackathons_of(tx, user.id)?;
    hackathons.into_iter().try_for_each(|id| hackathon::touch(tx, id))
}
