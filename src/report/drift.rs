//! Rule R9: where the matrix says one thing and the answers say another.

use std::collections::HashMap;

use serde::Serialize;

use super::case::Case;
use crate::base::{Localized, Slug};
use crate::directory::TopicId;
use crate::question::InCharge;
use crate::question::store::names::HolderView;

/// From how many questions on a change is proposed: fewer may be chance.
pub const DRIFT_LEAST: usize = 3;

/// A proposal: make somebody else responsible for a topic.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drift {
    /// The topic's short name.
    pub topic: Slug,
    /// Its name.
    pub name: Localized,
    /// Who is responsible and handed the questions on.
    pub from: HolderView,
    /// Who answered them.
    pub to: HolderView,
    /// How many were handed on and answered there.
    pub handed: usize,
    /// Of how many answered ones that were first brought to the responsible holder.
    pub of: usize,
}

/// A drift, before its names are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The topic.
    pub topic: TopicId,
    /// Who is responsible.
    pub from: InCharge,
    /// Who answered.
    pub to: InCharge,
    /// How many were handed on and answered there.
    pub handed: usize,
    /// Of how many.
    pub of: usize,
}

/// The topics whose questions keep being handed on by a responsible holder and answered by another one who is not responsible:
/// at least [`DRIFT_LEAST`] of them, and more than half of those that came to the responsible holder and were answered.
pub fn drifts(cases: &[&Case], is_responsible: impl Fn(TopicId, InCharge) -> bool) -> Vec<Found> {
    let mut came: HashMap<(TopicId, InCharge), Vec<InCharge>> = HashMap::new();
    for case in cases {
        if let (Some(topic), Some(from), Some((_, to))) = (case.asked.topic, case.first(), case.answered)
            && is_responsible(topic, from)
        {
            came.entry((topic, from)).or_default().push(to);
        }
    }
    let mut found = Vec::new();
    for ((topic, from), answerers) in came {
        let mut others: HashMap<InCharge, usize> = HashMap::new();
        answerers.iter().filter(|to| !is_responsible(topic, **to)).for_each(|to| *others.entry(*to).or_default() += 1);
        let of = answerers.len();
        let enough = |handed: usize| handed >= DRIFT_LEAST && handed.saturating_mul(2) > of;
        let drifted = others.into_iter().filter(|(_, handed)| enough(*handed));
        found.extend(drifted.map(|(to, handed)| Found { topic, from, to, handed, of }));
    }
    found.sort_by_key(|drift| (std::cmp::Reverse(drift.handed), drift.topic, drift.from, drift.to));
    found
}
