//! People across teams: who of a profession or of an organization is where, what they asked and what they answered. Five data
//! scientists in four teams do not know of one another unless somebody shows them.

mod store;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::access::UserId;
use crate::base::{Id, Localized, Name, PageRequest, Result, Slug};
use crate::consortium::member::MemberState;
use crate::consortium::organization::OrganizationId;
use crate::consortium::store::member::{self, Filter};
use crate::consortium::store::{organization, unit};
use crate::consortium::{Affiliation, Member};
use crate::db::Tx;
use crate::hackathon::{Hackathon, Role};
use crate::question::{Question, Standing, StateWord};
use crate::team::{self, Team};

/// The most questions that are told for a person, the newest ones; the counts tell of all.
pub const QUESTIONS_MOST: usize = 10;

/// A question in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its id.
    pub id: Id<Question>,
    /// Its number.
    pub number: i32,
    /// In one line.
    pub title: Name,
    /// Where it stands.
    pub state: StateWord,
}

/// Questions: how many, and the newest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Questions {
    /// How many there are that the reader may see; to observers, how many there are.
    pub count: usize,
    /// The newest, at most [`QUESTIONS_MOST`]; none to observers.
    pub newest: Vec<Line>,
}

/// Where somebody builds or whom they mentor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The team's short name.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// What they do in it; `null` for a mentor.
    pub function: Option<Name>,
}

/// An organization by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Belongs {
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// The unit, for those who belong to one.
    pub unit: Option<Slug>,
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Their id.
    pub member: Id<Member>,
    /// Their name.
    pub display_name: Name,
    /// What they are.
    pub roles: Vec<Role>,
    /// What they do for a living.
    pub profession: Option<Name>,
    /// Where they belong.
    pub organization: Option<Belongs>,
    /// Where they are.
    pub teams: Vec<Place>,
    /// What they asked.
    pub asked: Questions,
    /// What they answered.
    pub answered: Questions,
}

/// How many people there are of a kind, and in how many teams they build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// The profession, or the short name of the organization; `null`: those without one.
    pub key: Option<String>,
    /// How many people.
    pub people: usize,
    /// In how many teams they build.
    pub teams: usize,
}

/// Everybody of a kind at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Glance {
    /// By profession, the most frequent first.
    pub professions: Vec<Kind>,
    /// By organization, the most frequent first.
    pub organizations: Vec<Kind>,
}

/// What questions a reader may see.
enum Eyes {
    /// Those that they would see one by one.
    Standing(Standing),
    /// None of them, but how many there are.
    Counts,
}

/// What everybody asked and answered, as far as somebody may see it.
struct Said {
    asked: HashMap<Id<Member>, Vec<Line>>,
    answered: HashMap<Id<Member>, Vec<Line>>,
    told: bool,
}

impl Said {
    fn load(tx: &mut Tx, here: Id<Hackathon>, eyes: &Eyes) -> Result<Said> {
        let (questions, told) = match eyes {
            Eyes::Standing(standing) => (store::seen(tx, here, standing)?, true),
            Eyes::Counts => (store::all(tx, here)?, false),
        };
        let answers = store::answers(tx, here)?;
        let mut said = Said { asked: HashMap::new(), answered: HashMap::new(), told };
        for (question, asker) in questions {
            for author in answers.get(&question.id).into_iter().flatten() {
                said.answered.entry(*author).or_default().push(question.clone());
            }
            said.asked.entry(asker).or_default().push(question);
        }
        Ok(said)
    }

    fn of(&self, of: &HashMap<Id<Member>, Vec<Line>>, member: Id<Member>) -> Questions {
        let all = of.get(&member).map(Vec::as_slice).unwrap_or_default();
        let most = if self.told { QUESTIONS_MOST } else { 0 };
        Questions { count: all.len(), newest: all.iter().take(most).cloned().collect() }
    }
}

/// Where everybody is.
struct Places {
    teams: Vec<Team>,
    organizations: HashMap<OrganizationId, (Slug, Localized)>,
    units: HashMap<Id<crate::consortium::Unit>, (Slug, OrganizationId)>,
}

impl Places {
    fn load(tx: &mut Tx, here: Id<Hackathon>) -> Result<Places> {
        let organizations = organization::all(tx, here)?.into_iter().map(|one| (one.id, (one.slug, one.name)));
        let units = unit::all(tx, here)?.into_iter().map(|one| (one.id, (one.slug, one.organization)));
        Ok(Places {
            teams: team::store::all(tx, here)?,
            organizations: organizations.collect(),
            units: units.collect(),
        })
    }

    fn belongs(&self, affiliation: Option<Affiliation>) -> Option<Belongs> {
        let (organization, unit) = match affiliation? {
            Affiliation::Organization(id) => (id, None),
            Affiliation::Unit(id) => self.units.get(&id).map(|(slug, of)| (*of, Some(slug.clone())))?,
        };
        let (slug, name) = self.organizations.get(&organization)?.clone();
        Some(Belongs { slug, name, unit })
    }

    fn of(&self, member: Id<Member>) -> Vec<Place> {
        let place = |team: &Team| {
            let builds = team.members.iter().find(|one| one.member == member).map(|one| Some(one.function.clone()));
            let mentors = team.mentors.iter().any(|one| one.member == member).then_some(None);
            let function = builds.or(mentors)?;
            Some(Place { slug: team.slug.clone(), name: team.name.clone(), function })
        };
        self.teams.iter().filter_map(place).collect()
    }

    fn built_in_by(&self, member: Id<Member>) -> impl Iterator<Item = Id<Team>> {
        let builds = move |team: &&Team| team.members.iter().any(|one| one.member == member);
        self.teams.iter().filter(builds).map(|team| team.id)
    }
}

/// A page of the people whom the filter takes, and everybody at a glance.
pub fn across(
    tx: &mut Tx,
    here: Id<Hackathon>,
    user: UserId,
    filter: &Filter,
    page: &PageRequest,
) -> Result<(Vec<Person>, Glance)> {
    let eyes = eyes(tx, here, user)?;
    let (said, places) = (Said::load(tx, here, &eyes)?, Places::load(tx, here)?);
    let person = |member: Member| Person {
        member: member.id,
        organization: places.belongs(member.affiliation),
        teams: places.of(member.id),
        asked: said.of(&said.asked, member.id),
        answered: said.of(&said.answered, member.id),
        display_name: member.display_name,
        roles: member.roles,
        profession: member.profession,
    };
    let people = member::list(tx, here, filter, page)?.into_iter().map(person).collect();
    Ok((people, glance(tx, here, &places)?))
}

fn eyes(tx: &mut Tx, here: Id<Hackathon>, user: UserId) -> Result<Eyes> {
    let standing = Standing::load(tx, here, user)?.filter(Standing::sees_public);
    Ok(standing.map_or(Eyes::Counts, Eyes::Standing))
}

fn glance(tx: &mut Tx, here: Id<Hackathon>, places: &Places) -> Result<Glance> {
    let mut members = member::all(tx, here)?;
    members.retain(|member| member.state == MemberState::Active);
    let kinds = |key: &dyn Fn(&Member) -> Option<String>| {
        let mut counted: BTreeMap<Option<String>, (usize, HashSet<Id<Team>>)> = BTreeMap::new();
        for member in &members {
            let (people, teams) = counted.entry(key(member)).or_default();
            *people += 1;
            teams.extend(places.built_in_by(member.id));
        }
        let kind = |(key, (people, teams)): (Option<String>, (usize, HashSet<Id<Team>>))| Kind {
            key,
            people,
            teams: teams.len(),
        };
        let mut kinds: Vec<Kind> = counted.into_iter().map(kind).collect();
        kinds.sort_by_key(|kind| std::cmp::Reverse(kind.people));
        kinds
    };
    Ok(Glance {
        professions: kinds(&|member| member.profession.as_ref().map(ToString::to_string)),
        organizations: kinds(&|member| places.belongs(member.affiliation).map(|one| one.slug.to_string())),
    })
}
