//! Organizations, known across hackathons. What one is in a hackathon stands in `consortium`.

pub mod store;

use diesel::Queryable;
use serde::Serialize;

use crate::access::{Actor, Path, Resource, Roles, Server};
use crate::base::{Error, Id, Instant, Localized, Result, Slug};
use crate::db::Tx;

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Serialize)]
pub struct Organization {
    /// Its id.
    pub id: Id<Organization>,
    /// Its short name, the same in every hackathon.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// Grows with every change.
    #[serde(skip)]
    pub version: i64,
    /// When it became known.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Resource for Organization {
    fn find(tx: &mut Tx, path: &Path) -> Result<Self> {
        store::find(tx, &path.key("organization")?)?.ok_or(Error::NotFound)
    }

    /// The server's administrators keep the list; members of a hackathon know the organizations in it.
    fn roles(&self, tx: &mut Tx, who: &Actor) -> Result<Roles> {
        let of_server = Server.roles(tx, who)?;
        let known = of_server.meet(Roles::ADMIN) || store::is_partner_of(tx, self.id, who.user)?;
        Ok(if known { of_server } else { Roles::NONE })
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}
