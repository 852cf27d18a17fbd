//! What fits together across the file: names given once, references that lead somewhere, dates in order.
//!
//! The readers note every name and reference by the way, also in parts that have other faults; so one wrong line does
//! not make each line that refers to it look wrong too.

pub mod address;
mod event;
mod names;
mod thing;
mod topics;

pub use event::{SeenSprint, in_order};
pub use names::Names;
pub use thing::Thing;
pub use topics::SeenParent;

use std::collections::BTreeMap;

use super::read::{Reader, Spot};
use crate::base::say;

/// Checks that need the whole file.
pub fn whole(r: &mut Reader<'_>) {
    event::sprints(r);
    topics::circles(r);
    r.resolve();
}

/// At least one of the people is an organizer who may come in.
pub fn organizer(r: &mut Reader<'_>, people: &Spot<'_>) {
    if !r.names.organized {
        let detail = say!(
            "Nobody here is an organizer. Add \"organizer\" to the roles of whoever runs the event.",
            "운영진이 없습니다. 행사를 운영하는 사람의 roles에 \"organizer\"를 추가하세요."
        );
        r.wrong_kind(people, "people.organizer", detail);
    }
}

/// Values of which each may stand once among its neighbours.
pub struct Once {
    code: &'static str,
    lines: BTreeMap<String, usize>,
}

impl Once {
    /// None yet; a second one is a fault of this code.
    pub fn of(code: &'static str) -> Once {
        Once { code, lines: BTreeMap::new() }
    }

    /// Notes one, and reports it if it has been here before.
    pub fn see(&mut self, r: &mut Reader<'_>, at: &Spot<'_>, key: String) {
        let Some(line) = self.lines.get(&key).copied() else {
            self.lines.insert(key, at.place().0);
            return;
        };
        let detail = match self.code {
            "team.twice" => say!(
                "This person is already in this team, on line {line}. Name each once, as a mentor or as a member.",
                "{line}번째 줄에서 이미 이 팀에 들어간 사람입니다. 멘토나 팀원으로 한 번만 적으세요."
            ),
            _ => say!(
                "This already stands here, on line {line}. Name each once.",
                "{line}번째 줄에 이미 적혀 있습니다. 한 번만 적으세요."
            ),
        };
        r.fault(at, self.code, detail);
    }
}
