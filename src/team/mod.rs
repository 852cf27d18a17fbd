//! A team: participants who build together, and the mentors who stand by them.

pub mod roster;
pub mod store;

use crate::access::{Actor, Item, Roles};
use crate::base::{Error, Id, Instant, Key, Localized, Result, Slug, say, secret};
use crate::db::Tx;
use crate::hackathon::Hackathon;

pub use roster::{Mentor, TeamMember};

/// A team with its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Its id.
    pub id: Id<Team>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// Its short name, one in the hackathon.
    pub slug: Slug,
    /// Its name.
    pub name: Localized,
    /// Grows with every change of its own fields.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When its own fields were last changed.
    pub updated_at: Instant,
    /// Who builds in it, in the order of their ids.
    pub members: Vec<TeamMember>,
    /// Who stands by it, the first to ask first.
    pub mentors: Vec<Mentor>,
}

impl Team {
    /// What has changed when its people have: who they are, what they do, how they are called.
    fn roster_mark(&self) -> String {
        let members = self.members.iter().map(TeamMember::mark);
        let mentors = self.mentors.iter().map(Mentor::mark);
        secret::digest(&members.chain(mentors).collect::<Vec<_>>().join(" ")).chars().take(16).collect()
    }

    /// What the actor is to it.
    pub fn relation(&self, who: &Actor) -> Roles {
        let builds = self.members.iter().any(|member| member.user == who.user);
        let mentors = self.mentors.iter().any(|mentor| mentor.user == who.user);
        Roles::TEAM.when(builds) | Roles::TEAM_MENTOR.when(mentors)
    }
}

impl Item<Hackathon> for Team {
    const PARAM: &'static str = "team";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        store::find(tx, parent.id, key)
    }

    fn roles_in(&self, _tx: &mut Tx, _parent: &Hackathon, who: &Actor, of_parent: Roles) -> Result<Roles> {
        Ok(of_parent | self.relation(who))
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}-{}", self.id, self.version, self.roster_mark()))
    }
}

/// The team with this slug or id; `pointer` is where it stood.
pub fn named(tx: &mut Tx, hackathon: Id<Hackathon>, key: &str, pointer: &str) -> Result<Team> {
    let found = Key::parse(key).map(|key| store::find(tx, hackathon, &key)).transpose()?.flatten();
    found.ok_or_else(|| {
        Error::invalid(
            pointer,
            "team.unknown",
            say!("There is no such team in this hackathon.", "이 해커톤에 없는 팀입니다."),
        )
    })
}
