//! How much of a report somebody is told: organizers, mentors and observers all of it, responders what lay with their
//! organization, participants what was asked for their team.

use serde::Serialize;

use super::case::Case;
use super::named::{Atlas, Party};
use crate::access::Roles;
use crate::base::{Id, Slug};
use crate::consortium::Member;
use crate::consortium::organization::OrganizationId;
use crate::directory::Directory;
use crate::team::Team;

/// What of a hackathon a report tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Extent {
    /// All of it.
    pub all: bool,
    /// Else what lay with these organizations.
    pub organizations: Vec<Slug>,
    /// And what was asked for these teams.
    pub teams: Vec<Slug>,
    #[serde(skip)]
    organization_ids: Vec<OrganizationId>,
    #[serde(skip)]
    team_ids: Vec<Id<Team>>,
}

impl Extent {
    /// What somebody with these roles is told.
    pub fn of(directory: &Directory, member: Option<Id<Member>>, roles: Roles) -> Extent {
        if roles.meet(Roles::ORGANIZER | Roles::MENTOR | Roles::OBSERVER) {
            return Extent { all: true, ..Extent::default() };
        }
        let mut extent = Extent::default();
        let Some(member) = member else { return extent };
        if roles.meet(Roles::RESPONDER) {
            extent.answers_for(directory, member);
        }
        if roles.meet(Roles::PARTICIPANT) {
            let own = directory.source.teams.iter().filter(|team| team.members.contains(&member));
            (extent.teams, extent.team_ids) =
                own.map(|team| (team.slug.clone(), Id::<Team>::from_uuid(team.id))).unzip();
        }
        extent
    }

    fn answers_for(&mut self, directory: &Directory, member: Id<Member>) {
        let source = &directory.source;
        let affiliation = directory.member(member).and_then(|facts| facts.affiliation);
        let own = affiliation.and_then(|affiliation| directory.organization_of(affiliation));
        let answers = |id: OrganizationId, lead: Option<Id<Member>>| own == Some(id) || lead == Some(member);
        let theirs = source.organizations.iter().filter(|one| answers(one.id, one.lead));
        (self.organizations, self.organization_ids) = theirs.map(|one| (one.slug.clone(), one.id)).unzip();
    }

    /// Whether the report tells of this question.
    pub(super) fn has(&self, case: &Case, atlas: &Atlas) -> bool {
        let lay = |organization: &OrganizationId| {
            case.lays.iter().any(|lay| atlas.party(lay.with) == Party::Organization(*organization))
        };
        self.all
            || self.organization_ids.iter().any(lay)
            || case.asked.team.is_some_and(|team| self.team_ids.contains(&team))
    }
}
