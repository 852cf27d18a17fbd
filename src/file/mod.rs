//! Floor 1, the hackathon file: a whole hackathon as people write it, in YAML or JSON.
//!
//! Pure: it knows no database. [`read`] gives a [`Document`] in which everything is already true, or every fault at
//! once, each with its line and what to write instead. What it checks is what must hold for the file to mean something;
//! whether a matrix may be published is not for the file to say, so a draft can be exported and read again.

mod check;
mod difference;
mod document;
mod faults;
pub mod near;
mod read;
mod schema;
#[cfg(test)]
mod tests;
mod tree;
mod value;
mod write;

pub use difference::{Change, ChangeKind, difference};
pub use document::*;
pub use schema::schema;
pub use tree::MOST_BYTES;
pub use value::value;

use crate::base::Fault;

/// Reads a hackathon file in YAML 1.2 or JSON. `packs` are the starter packs that a topic may name.
pub fn read(bytes: &[u8], packs: &[&str]) -> Result<Document, Vec<Fault>> {
    let mut faults = faults::Faults::default();
    let document = tree::parse(bytes, &mut faults)
        .and_then(|root| read::document(&mut read::Reader::new(packs, &mut faults), &root));
    match document {
        Some(document) if faults.is_empty() => Ok(document),
        _ => Err(faults.into_sorted()),
    }
}
