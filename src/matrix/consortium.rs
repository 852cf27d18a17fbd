//! The consortium as the matrix sees it: who there is, who stands behind whom, and where they are reached.

use super::table::Named;
use crate::access::Roles;
use crate::base::{Id, Localized, Name, Sentence, Slug};
use crate::channel::Reach;
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Affiliation, Holder, Member, Unit};
use crate::hackathon::Role;

/// Everybody who may hold something. In each list the order is that in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consortium {
    /// The organizations.
    pub organizations: Vec<OrganizationFacts>,
    /// Their units.
    pub units: Vec<UnitFacts>,
    /// The members.
    pub members: Vec<MemberFacts>,
    /// The teams, for their mentors.
    pub teams: Vec<TeamFacts>,
}

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationFacts {
    /// Its id.
    pub id: OrganizationId,
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// The member who speaks for it.
    pub lead: Option<Id<Member>>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFacts {
    /// Its id.
    pub id: Id<Unit>,
    /// The organization it is a division of.
    pub organization: OrganizationId,
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// The member who leads it.
    pub lead: Option<Id<Member>>,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberFacts {
    /// Their id.
    pub id: Id<Member>,
    /// How others see them.
    pub name: Name,
    /// Whether they take part, and may use the server.
    pub active: bool,
    /// What they are in the hackathon.
    pub roles: Vec<Role>,
    /// Where they belong.
    pub affiliation: Option<Affiliation>,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamFacts {
    /// Its short name.
    pub slug: Slug,
    /// Its mentors, in their order.
    pub mentors: Vec<Id<Member>>,
}

impl MemberFacts {
    /// Whether questions that are routed to them reach them: participants, judges and observers do not see those.
    pub fn answers(&self) -> bool {
        let seeing = Roles::ORGANIZER.and(Roles::MENTOR).and(Roles::RESPONDER);
        self.active && Role::union(&self.roles).meet(seeing)
    }
}

impl TeamFacts {
    /// Whether somebody mentors it now.
    pub fn has_mentor(&self, consortium: &Consortium) -> bool {
        self.mentors.iter().any(|id| consortium.member(*id).is_some_and(MemberFacts::answers))
    }
}

impl Consortium {
    /// The organization of that id.
    pub fn organization(&self, id: OrganizationId) -> Option<&OrganizationFacts> {
        self.organizations.iter().find(|organization| organization.id == id)
    }

    /// The unit of that id.
    pub fn unit(&self, id: Id<Unit>) -> Option<&UnitFacts> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// The member of that id.
    pub fn member(&self, id: Id<Member>) -> Option<&MemberFacts> {
        self.members.iter().find(|member| member.id == id)
    }

    /// Whether there is such a holder.
    pub fn has(&self, holder: Holder) -> bool {
        match holder {
            Holder::Organization(id) => self.organization(id).is_some(),
            Holder::Unit(id) => self.unit(id).is_some(),
            Holder::Member(id) => self.member(id).is_some(),
            Holder::TeamMentor => true,
        }
    }

    /// A holder with its names, if there is such a one.
    pub fn named(&self, holder: Holder) -> Option<Named> {
        let names = |slug: &Slug, name: &Localized| (Some(slug.to_string()), name.clone());
        let ((slug, name), of) = match holder {
            Holder::Organization(id) => self.organization(id).map(|found| (names(&found.slug, &found.name), None))?,
            Holder::Unit(id) => {
                let unit = self.unit(id)?;
                (names(&unit.slug, &unit.name), self.organization(unit.organization))
            }
            Holder::Member(id) => ((None, person(&self.member(id)?.name)), None),
            Holder::TeamMentor => ((Some("team_mentor".to_owned()), the_role()), None),
        };
        Some(Named { holder, slug, name, organization: of.map(|organization| organization.slug.clone()) })
    }

    /// Everybody who may hold something: organizations each with their units, members, the mentors of the asker's team.
    pub fn holders(&self) -> Vec<Named> {
        let with_units = self.organizations.iter().flat_map(|organization| {
            let units = self.units.iter().filter(|unit| unit.organization == organization.id);
            std::iter::once(Holder::Organization(organization.id)).chain(units.map(|unit| Holder::Unit(unit.id)))
        });
        let members = self.members.iter().map(|member| Holder::Member(member.id));
        with_units.chain(members).chain([Holder::TeamMentor]).filter_map(|holder| self.named(holder)).collect()
    }

    /// The members behind a holder whom a question reaches. Behind an organization stand those of its units as well.
    pub fn behind(&self, holder: Holder) -> Vec<&MemberFacts> {
        let belongs = |member: &&MemberFacts| match (holder, member.affiliation) {
            (Holder::Member(id), _) => member.id == id,
            (Holder::Unit(id), Some(Affiliation::Unit(unit))) => unit == id,
            (Holder::Organization(id), Some(Affiliation::Organization(organization))) => organization == id,
            (Holder::Organization(id), Some(Affiliation::Unit(unit))) => {
                self.unit(unit).is_some_and(|unit| unit.organization == id)
            }
            (Holder::TeamMentor, _) => self.teams.iter().any(|team| team.mentors.contains(&member.id)),
            _ => false,
        };
        self.members.iter().filter(belongs).filter(|member| member.answers()).collect()
    }

    /// The channels of a holder itself: an organization without any has those of its units, the team's mentors have their
    /// own and those of their role. A member who does not answer has none.
    pub fn channels<'r>(&self, holder: Holder, all: &'r [Reach]) -> Vec<&'r Reach> {
        let own = of(all, |owner| owner == holder);
        match holder {
            Holder::Organization(_) if own.is_empty() => of(all, |owner| owner != holder && self.goes(owner, holder)),
            Holder::Member(_) if self.behind(holder).is_empty() => Vec::new(),
            Holder::TeamMentor => {
                let mentors = self.behind(holder);
                let of_mentors = of(all, |owner| mentors.iter().any(|mentor| owner == Holder::Member(mentor.id)));
                own.into_iter().chain(of_mentors).collect()
            }
            _ => own,
        }
    }

    /// Where a holder is reached: by its channels, else by those of the unit or the organization around it. This is what
    /// whoever asks is told.
    pub fn reach<'r>(&self, holder: Holder, all: &'r [Reach]) -> Vec<&'r Reach> {
        let own = self.channels(holder, all);
        let around = match holder {
            _ if !own.is_empty() => None,
            Holder::Unit(id) => self.unit(id).map(|unit| Holder::Organization(unit.organization)),
            Holder::Member(_) => self.behind(holder).first().and_then(|member| member.affiliation).map(|at| match at {
                Affiliation::Unit(unit) => Holder::Unit(unit),
                Affiliation::Organization(id) => Holder::Organization(id),
            }),
            Holder::Organization(_) | Holder::TeamMentor => None,
        };
        around.map_or(own, |around| of(all, |owner| owner == around))
    }

    /// The consortium without this holder. With an organization go its units.
    pub fn without(&self, gone: Holder) -> Consortium {
        let stays = |holder: Holder| !self.goes(holder, gone);
        let mut rest = self.clone();
        rest.organizations.retain(|organization| stays(Holder::Organization(organization.id)));
        rest.units.retain(|unit| stays(Holder::Unit(unit.id)));
        rest.members.retain(|member| stays(Holder::Member(member.id)));
        rest.teams.iter_mut().for_each(|team| team.mentors.retain(|mentor| stays(Holder::Member(*mentor))));
        rest
    }

    /// Whether this holder goes when that one goes.
    pub fn goes(&self, holder: Holder, with: Holder) -> bool {
        let division = match holder {
            Holder::Unit(id) => self.unit(id).map(|unit| Holder::Organization(unit.organization)),
            _ => None,
        };
        holder == with || division == Some(with)
    }
}

/// Those of owners for whom this holds.
fn of(all: &[Reach], owner: impl Fn(Holder) -> bool) -> Vec<&Reach> {
    all.iter().filter(|reach| owner(reach.owner)).collect()
}

/// A person is called the same in every language.
fn person(name: &Name) -> Localized {
    Localized { en: Some(name.as_str().into()), ko: Some(name.as_str().into()) }
}

fn the_role() -> Localized {
    Sentence::fixed("The team's mentors", "팀 멘토").into()
}
