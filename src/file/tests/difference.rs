//! What a new file changes.

use super::*;
use crate::base::{Localized, Slug};

fn paths(old: &Document, new: &Document) -> Vec<(String, ChangeKind)> {
    difference(old, new).unwrap().into_iter().map(|change| (change.path, change.kind)).collect()
}

#[test]
fn things_are_told_by_their_names_and_not_by_their_order() {
    let old = whole();
    let mut new = whole();
    new.people.reverse();
    new.topics.rotate_left(1);
    assert_eq!(paths(&old, &new), []);
    new.people.retain(|person| person.email.as_str() != "bo@example.org");
    new.topics[0].name = Some(Localized::plain(crate::base::Lang::Ko, "자료"));
    new.organizations[0].units[0].slug = Slug::parse("analytics").unwrap();
    new.hackathon.holidays.clear();
    new.responsibilities[0].responsible.swap(0, 1);
    new.sprints.clear();
    let expected = [
        ("/hackathon/holidays", ChangeKind::Removed),
        ("/organizations/host/units/data", ChangeKind::Removed),
        ("/organizations/host/units/analytics", ChangeKind::Added),
        ("/topics/pipelines/name", ChangeKind::Added),
        ("/responsibilities/platform/responsible", ChangeKind::Changed),
        ("/people/bo@example.org", ChangeKind::Removed),
        ("/sprints/1", ChangeKind::Removed),
        ("/sprints/2", ChangeKind::Removed),
    ];
    assert_eq!(paths(&old, &new), expected.map(|(path, kind)| (path.to_owned(), kind)));
}

#[test]
fn a_change_is_told_in_both_languages() {
    let old = whole();
    let mut new = whole();
    new.hackathon.name = Localized::plain(crate::base::Lang::En, "Winter hackathon");
    let changes = difference(&old, &new).unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].what.en, "Changed: hackathon › name: Autumn hackathon becomes Winter hackathon");
    assert_eq!(changes[0].what.ko, "변경: hackathon › name: Autumn hackathon → Winter hackathon");
}

#[test]
fn a_shift_without_a_slug_is_told_by_its_owner_and_time() {
    let old = whole();
    let mut new = whole();
    new.shifts[0].to = new.shifts[0].to.plus(chrono::TimeDelta::hours(1));
    let changes = paths(&old, &new);
    assert_eq!(changes.len(), 1);
    assert!(changes[0].0.ends_with("/to"), "{changes:?}");
    new.shifts.push(old.shifts[0].clone());
    assert_eq!(paths(&old, &new), [("/shifts".to_owned(), ChangeKind::Changed)]);
}
