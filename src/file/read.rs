//! From the tree to the [`Document`]: every part is read even where others are wrong, so that all faults are told at once.

mod channel;
mod consortium;
mod event;
mod fields;
mod language;
mod matrix;
mod people;
mod policy;
mod scalar;
mod word;

use super::check::{self, Names};
use super::document::Document;
use super::faults::Faults;
use super::tree::{Node, Place};
use crate::base::{Fault, Sentence};
pub use fields::Fields;

/// A value in the file, and the way to it.
#[derive(Clone, Debug)]
pub struct Spot<'t> {
    pub node: &'t Node,
    /// As a JSON Pointer.
    pub pointer: String,
}

impl Spot<'_> {
    /// Where it stands.
    pub fn place(&self) -> Place {
        self.node.place
    }
}

/// A reading under way.
pub struct Reader<'a> {
    pub faults: &'a mut Faults,
    /// What the file gives a name to, and where it uses those names.
    pub names: Names,
    /// The starter packs that there are.
    pub packs: &'a [&'a str],
    /// How many more times the nearest word is looked for, so that a hostile file cannot buy time.
    hints: usize,
}

impl<'a> Reader<'a> {
    /// The most suggestions for one file.
    const HINTS: usize = 40;

    /// A reading that has not begun.
    pub fn new(packs: &'a [&'a str], faults: &'a mut Faults) -> Self {
        Reader { faults, names: Names::default(), packs, hints: Reader::HINTS }
    }

    /// Reports a fault at a value.
    pub fn fault(&mut self, at: &Spot<'_>, code: &'static str, detail: Sentence) {
        self.fault_at(at.pointer.clone(), at.place(), code, detail);
    }

    /// Reports a fault at a place.
    pub fn fault_at(&mut self, pointer: String, place: Place, code: &'static str, detail: Sentence) {
        self.faults.push(Fault { place: Some(place), ..Fault::new(pointer, code, detail) });
    }

    /// The word that was most likely meant.
    pub fn nearest<'c>(&mut self, word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
        self.hints = self.hints.checked_sub(1)?;
        super::near::nearest(word, candidates)
    }
}

/// Reads the whole file. `None`, and faults, where something is not right.
pub fn document(r: &mut Reader<'_>, root: &Node) -> Option<Document> {
    let mut f = Fields::open(r, Spot { node: root, pointer: String::new() })?;
    let signpost = f.required(r, "signpost", scalar::version);
    let hackathon = f.required(r, "hackathon", event::event);
    let organizations = f.list(r, "organizations", consortium::organization);
    let channels = f.list(r, "channels", channel::channel);
    let topics = f.list(r, "topics", matrix::topic);
    let responsibilities = f.list(r, "responsibilities", matrix::responsibility);
    let people = f.required(r, "people", people::people);
    let teams = f.list(r, "teams", people::team);
    let sprints = f.list(r, "sprints", event::sprint);
    let shifts = f.list(r, "shifts", channel::shift);
    let sla_policies = f.list(r, "sla_policies", policy::sla_policy);
    let escalation_policies = f.list(r, "escalation_policies", policy::escalation_policy);
    f.close(r);
    check::whole(r);
    #[rustfmt::skip]
    let document = Document {
        signpost: signpost?, hackathon: hackathon?, organizations, channels, topics, responsibilities, people: people?,
        teams, sprints, shifts, sla_policies, escalation_policies,
    };
    Some(document)
}
