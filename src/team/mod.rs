//! A team: participants who build together, and the mentors who stand by them.

pub mod roster;
pub mod store;

use crate::access::{Actor, Item, Roles, UserId};
use crate::base::{Error, Id, Instant, Key, Localized, Result, Slug, say, secret};
use crate::consortium::{self, Member};
use crate::db::Tx;
use crate::hackathon::Hackathon;

pub use roster::{Mentor, TeamMember};
use store::roster::Teams;

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

    /// What the actor is to something of its own, such as a check-in. Who neither builds in it nor mentors it nor runs the
    /// hackathon may not know that there is such a thing.
    pub fn roles_to_own(&self, who: &Actor, of_parent: Roles) -> Roles {
        let relation = self.relation(who);
        let near = of_parent.meet(Roles::ORGANIZER) || !relation.is_empty();
        (of_parent | relation).when(near)
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

/// The team that a member speaks for: the one they name, or their only one; none where they build in none. `/team` is where it
/// stood.
pub fn own(tx: &mut Tx, member: &Member, said: Option<&str>) -> Result<Option<Id<Team>>> {
    let own = store::roster::teams_of(tx, member.id)?.own;
    if let Some(key) = said {
        let meant = named(tx, member.hackathon, key, "/team")?;
        return own.into_iter().find(|id| *id == meant.id).map(Some).ok_or_else(|| {
            Error::invalid("/team", "team.foreign", say!("You are not in this team.", "속해 있지 않은 팀입니다."))
        });
    }
    match own.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(*only)),
        _ => Err(Error::invalid(
            "/team",
            "team.missing",
            say!("You are in several teams. Say for which one.", "여러 팀에 속해 있습니다. 어느 팀인지 적으세요."),
        )),
    }
}

/// The member, and the team they speak for; an organizer may speak for any. `/team` is where it stood.
pub fn spoken_for(
    tx: &mut Tx,
    hackathon: Id<Hackathon>,
    (user, roles): (UserId, Roles),
    said: Option<&str>,
) -> Result<(Member, Option<Id<Team>>)> {
    let member = consortium::member::acting(tx, hackathon, user)?;
    let team = match said {
        Some(key) if roles.meet(Roles::ORGANIZER) => Some(named(tx, hackathon, key, "/team")?.id),
        _ => own(tx, &member, said)?,
    };
    Ok((member, team))
}

/// Refuses whoever speaks for no team: only who runs the hackathon speaks for everybody.
pub fn must_have_one(team: Option<Id<Team>>, roles: Roles) -> Result<()> {
    if team.is_some() || roles.meet(Roles::ORGANIZER) {
        return Ok(());
    }
    Err(Error::Forbidden(say!(
        "You are in no team, and only organizers say this for everybody.",
        "속한 팀이 없습니다. 모두에 관한 일은 운영진만 적을 수 있습니다."
    )))
}

/// The teams whose own things a user sees: none said, all of them, as an organizer; else those they build in and those they
/// mentor.
pub fn seen_by(tx: &mut Tx, hackathon: Id<Hackathon>, user: UserId, roles: Roles) -> Result<Option<Vec<Id<Team>>>> {
    if roles.meet(Roles::ORGANIZER) {
        return Ok(None);
    }
    let member = consortium::store::member::by_user(tx, hackathon, user)?.ok_or(Error::NotFound)?;
    let Teams { own, mentored } = store::roster::teams_of(tx, member.id)?;
    Ok(Some([own, mentored].concat()))
}
