//! The matrix: who holds which topic, in which role. A draft until it is published; every publication is a version.

pub mod between;
pub mod consortium;
pub mod difference;
pub mod draft;
pub mod orphans;
pub mod publish;
pub mod published;
pub mod responsibility;
pub mod rules;
pub mod sheet;
pub mod store;
pub mod table;
pub mod tag;

#[cfg(test)]
mod tests;

use crate::base::{Id, Localized, Result};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon};
use crate::words;

pub use consortium::Consortium;
pub use draft::Draft;
pub use orphans::{change_member, orphans, remove_member, remove_organization, remove_unit};
pub use publish::{Version, publish, publish_if_sound};
pub use published::{Published, PublishedTopic, published};
pub use responsibility::Responsibility;
pub use rules::{Finding, Level, Report};
pub use table::{Cell, Named, Row, Table};

words! {
    /// What a holder is to a topic.
    Role / RoleShape {
        /// Answers.
        Responsible = "responsible",
        /// Answers for it that there is an answer; one a topic.
        Accountable = "accountable",
        /// Is asked for help.
        Consulted = "consulted",
        /// Is told.
        Informed = "informed",
    }
}

impl Role {
    /// The letter for it in a table: R, A, C or I.
    pub fn letter(self) -> char {
        match self {
            Role::Responsible => 'R',
            Role::Accountable => 'A',
            Role::Consulted => 'C',
            Role::Informed => 'I',
        }
    }
}

/// Says that the draft changes. Whoever changes it calls this first, so that such changes wait for one another.
fn touch(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<()> {
    hackathon::touch(tx, hackathon)?;
    hackathon::store::touch_draft(tx, hackathon)
}

/// A name in English and in Korean, for sentences.
fn both(name: &Localized) -> (&str, &str) {
    use crate::base::Lang;
    (name.text(Lang::En), name.text(Lang::Ko))
}
