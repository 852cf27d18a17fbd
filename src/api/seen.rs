//! People, teams and the like as they stand beside other things in answers.

use serde::Serialize;
use uuid::Uuid;

use crate::base::{Id, Localized, Name, Slug};
use crate::consortium::Member;
use crate::consortium::member::weekly_hours;
use crate::question::store::names::Names;
use crate::team::Team;

/// A person.
#[derive(Clone, Serialize)]
pub struct PersonView {
    id: Id<Member>,
    display_name: Name,
}

impl PersonView {
    /// Somebody whose name was asked for.
    pub fn of(names: &Names, id: Id<Member>) -> PersonView {
        PersonView { id, display_name: names.member(id) }
    }
}

/// Something with a short name and a name.
#[derive(Clone, Serialize)]
pub struct NamedView {
    id: Uuid,
    slug: Slug,
    name: Localized,
}

impl NamedView {
    /// Something whose name was asked for.
    pub fn of<T>(id: Id<T>, found: Option<&(Slug, Localized)>) -> Option<NamedView> {
        found.map(|(slug, name)| NamedView { id: id.uuid(), slug: slug.clone(), name: name.clone() })
    }
}

/// A team.
#[derive(Serialize)]
pub struct TeamView {
    id: Id<Team>,
    slug: Slug,
    name: Localized,
}

impl TeamView {
    /// A team whose name was asked for.
    pub fn of(names: &Names, id: Id<Team>) -> Option<TeamView> {
        names.team(id).map(|(slug, name)| TeamView { id, slug: slug.clone(), name: name.clone() })
    }
}

impl From<&Team> for TeamView {
    fn from(team: &Team) -> TeamView {
        TeamView { id: team.id, slug: team.slug.clone(), name: team.name.clone() }
    }
}

/// Minutes as hours.
pub fn hours(minutes: i64) -> f64 {
    weekly_hours(i32::try_from(minutes).unwrap_or(i32::MAX))
}
