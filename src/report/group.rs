//! Figures by what questions have in common.

use std::collections::BTreeMap;

use serde::Serialize;

use super::case::Case;
use super::named::Atlas;
use super::spread::Figures;
use crate::base::{Localized, Sentence, say};
use crate::words;

words! {
    /// What the groups of a report are made by.
    GroupBy / GroupByShape {
        /// The organization that a question lay with when it was first answered, or lies with now.
        Organization = "organization",
        /// What it is about.
        Topic = "topic",
        /// Whom it was asked for.
        Team = "team",
        /// The sprint on whose days it was asked.
        Sprint = "sprint",
        /// What its asker does for a living.
        Profession = "profession",
    }
}

/// Questions that have something in common.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Its short name or number; `null`: what belongs to no group.
    pub key: Option<String>,
    /// Its name.
    pub name: Localized,
    /// What became of them.
    pub figures: Figures,
}

type Label = (Option<String>, Localized);

/// The groups, the largest first and then by their names.
pub fn groups(cases: &[&Case], by: GroupBy, atlas: &Atlas, bounced_from: usize) -> Vec<Group> {
    let mut gathered: BTreeMap<Option<String>, (Localized, Vec<&Case>)> = BTreeMap::new();
    for case in cases {
        let (key, name) = label(case, by, atlas);
        gathered.entry(key).or_insert_with(|| (name, Vec::new())).1.push(case);
    }
    let group = |(key, (name, cases)): (Option<String>, (Localized, Vec<&Case>))| Group {
        key,
        name,
        figures: Figures::of(&cases, bounced_from),
    };
    let mut groups: Vec<Group> = gathered.into_iter().map(group).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.figures.asked));
    groups
}

fn label(case: &Case, by: GroupBy, atlas: &Atlas) -> Label {
    let found = match by {
        GroupBy::Organization => case.with().map(|with| {
            let party = atlas.view(atlas.party(with));
            (party.slug, party.name)
        }),
        GroupBy::Topic => case.asked.topic.and_then(|topic| atlas.topic(topic)).map(|(slug, name)| keyed(slug, name)),
        GroupBy::Team => case.asked.team.and_then(|team| atlas.teams.get(&team)).map(|(slug, name)| keyed(slug, name)),
        GroupBy::Sprint => sprint(case, atlas),
        GroupBy::Profession => {
            let person = atlas.people.get(&case.asked.asker);
            let profession = person.and_then(|person| person.profession.as_ref());
            profession.map(|name| (Some(name.to_string()), say!("{name}", "{name}").into()))
        }
    };
    found.unwrap_or_else(|| (None, Sentence::fixed("None", "없음").into()))
}

fn keyed(slug: &impl ToString, name: &Localized) -> Label {
    (Some(slug.to_string()), name.clone())
}

fn sprint(case: &Case, atlas: &Atlas) -> Option<Label> {
    let day = case.asked_at.utc().with_timezone(&atlas.directory.source.timezone).date_naive();
    let number = atlas.sprints.iter().find(|sprint| (sprint.starts_on..=sprint.ends_on).contains(&day))?.number;
    Some((Some(number.to_string()), say!("Sprint {number}", "스프린트 {number}").into()))
}
