//! Who hands questions to whom.

use std::collections::HashMap;

use serde::Serialize;

use super::case::{Case, PassOutcome};
use super::named::{Atlas, Party, PartyView};

/// Hand-offs from one organization to another, or between the units of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Passes {
    /// Who offered.
    pub from: PartyView,
    /// To whom.
    pub to: PartyView,
    /// How many questions were offered.
    pub offered: usize,
    /// How many of these offers were accepted.
    pub accepted: usize,
    /// Declined.
    pub declined: usize,
    /// Left without a word until they expired.
    pub expired: usize,
}

#[derive(Default)]
struct Count {
    offered: usize,
    accepted: usize,
    declined: usize,
    expired: usize,
}

impl Count {
    fn add(&mut self, outcome: PassOutcome) {
        self.offered += 1;
        match outcome {
            PassOutcome::Open => {}
            PassOutcome::Accepted => self.accepted += 1,
            PassOutcome::Declined => self.declined += 1,
            PassOutcome::Expired => self.expired += 1,
        }
    }
}

/// Every pair between whom something was offered, the most frequent first.
pub fn passes(cases: &[&Case], atlas: &Atlas) -> Vec<Passes> {
    let mut counted: HashMap<(Party, Party), Count> = HashMap::new();
    for pass in cases.iter().flat_map(|case| &case.passes) {
        counted.entry((atlas.party(pass.from), atlas.party(pass.to))).or_default().add(pass.outcome);
    }
    let mut pairs: Vec<_> = counted.into_iter().collect();
    pairs.sort_by_key(|(pair, count)| (std::cmp::Reverse(count.offered), *pair));
    let told = |((from, to), Count { offered, accepted, declined, expired })| Passes {
        from: atlas.view(from),
        to: atlas.view(to),
        offered,
        accepted,
        declined,
        expired,
    };
    pairs.into_iter().map(told).collect()
}
