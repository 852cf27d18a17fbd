//! Who is in a team, and who stands by it.

use super::{Team, store};
use crate::access::{Actor, Item, Roles, UserId, Within};
use crate::base::{Error, Id, Instant, Key, Name, Result, Sentence, say};
use crate::consortium::member::MemberState;
use crate::consortium::{Member, named};
use crate::db::Tx;
use crate::hackathon::{Hackathon, Role};

/// What a person of a team is as a member of the hackathon, as far as their team is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The user's name.
    pub display_name: Name,
    /// What they do for a living.
    pub profession: Option<Name>,
    /// Minutes a week that they offer.
    pub weekly_minutes: Option<i32>,
    /// Whether they take part.
    pub state: MemberState,
    /// Grows with every change of the membership.
    pub version: i64,
    /// Grows with every change of the user.
    pub user_version: i64,
}

/// A participant in a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMember {
    /// The team.
    pub team: Id<Team>,
    /// The member.
    pub member: Id<Member>,
    /// Their user.
    pub user: UserId,
    /// What they do in it, such as "leader" or "developer".
    pub function: Name,
    /// Who they are.
    pub person: Person,
    /// Grows with every change of the function.
    pub version: i64,
    /// When they joined the team.
    pub created_at: Instant,
    /// When the function was last changed.
    pub updated_at: Instant,
}

/// A mentor of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentor {
    /// The team.
    pub team: Id<Team>,
    /// The member.
    pub member: Id<Member>,
    /// Their user.
    pub user: UserId,
    /// From 1: who is asked first.
    pub position: i32,
    /// Who they are.
    pub person: Person,
    /// When they took the team on.
    pub created_at: Instant,
}

impl Person {
    fn mark(&self) -> String {
        format!("{}.{}", self.version, self.user_version)
    }
}

impl TeamMember {
    /// Changes with everything that is shown of them.
    pub(super) fn mark(&self) -> String {
        format!("{}-{}-{}", self.member, self.version, self.person.mark())
    }
}

impl Mentor {
    /// Changes with everything that is shown of them.
    pub(super) fn mark(&self) -> String {
        format!("{}-{}-{}", self.member, self.position, self.person.mark())
    }
}

/// Takes a participant into a team.
pub fn add_member(tx: &mut Tx, team: &Team, member: Id<Member>, function: &Name) -> Result<TeamMember> {
    let member = taking_part(tx, team, member, Role::Participant)?;
    let mentors = store::find(tx, team.hackathon, &Key::Id(team.id.uuid()))?.ok_or(Error::NotFound)?.mentors;
    if mentors.iter().any(|mentor| mentor.member == member.id) {
        return Err(both(&member));
    }
    store::roster::insert_member(tx, team, member.id, function)?;
    store::roster::member(tx, team.id, member.id)?
        .ok_or_else(|| Error::internal("a team member just made is not there"))
}

/// Gives a team one more mentor, asked after those it has.
pub fn add_mentor(tx: &mut Tx, team: &Team, member: Id<Member>) -> Result<Mentor> {
    let member = taking_part(tx, team, member, Role::Mentor)?;
    let now = store::find(tx, team.hackathon, &Key::Id(team.id.uuid()))?.ok_or(Error::NotFound)?;
    if now.members.iter().any(|one| one.member == member.id) {
        return Err(both(&member));
    }
    let last = now.mentors.iter().map(|mentor| mentor.position).max().unwrap_or_default();
    store::roster::insert_mentor(tx, team, member.id, last.saturating_add(1))?;
    store::roster::mentor(tx, team.id, member.id)?.ok_or_else(|| Error::internal("a mentor just made is not there"))
}

/// The member who is meant, if they take part and have the role for it.
fn taking_part(tx: &mut Tx, team: &Team, member: Id<Member>, role: Role) -> Result<Member> {
    let member = named::member(tx, team.hackathon, member, "/member")?;
    let name = &member.display_name;
    if member.state == MemberState::Suspended {
        let detail = say!("{name} is suspended.", "정지된 구성원입니다: {name}");
        return Err(Error::invalid("/member", "member.suspended", detail));
    }
    if !member.is(role) {
        return Err(Error::invalid("/member", "member.role", lacking(name, role)));
    }
    Ok(member)
}

fn lacking(name: &Name, role: Role) -> Sentence {
    let role = role.word();
    say!(
        "{name} does not have the role \"{role}\". Give it to them first.",
        "필요한 역할이 없습니다: {name}, \"{role}\". 먼저 역할을 주세요."
    )
}

fn both(member: &Member) -> Error {
    let name = &member.display_name;
    let detail = say!(
        "{name} cannot be a member and a mentor of one team.",
        "한 팀에서 팀원과 멘토를 함께 맡을 수 없습니다: {name}"
    );
    Error::invalid("/member", "member.both", detail)
}

/// A team is reached within its hackathon.
type Here = Within<Hackathon, Team>;

impl Item<Here> for TeamMember {
    const PARAM: &'static str = "member";

    fn find_in(_tx: &mut Tx, parent: &Here, key: &Key) -> Result<Option<Self>> {
        let Key::Id(id) = key else { return Ok(None) };
        Ok(parent.item.members.iter().find(|one| one.member.uuid() == *id).cloned())
    }

    fn roles_in(&self, _tx: &mut Tx, _parent: &Here, who: &Actor, of_parent: Roles) -> Result<Roles> {
        Ok(of_parent | Roles::OWN.when(self.user == who.user))
    }

    fn tag(&self) -> Option<String> {
        Some(self.mark())
    }
}

impl Item<Here> for Mentor {
    const PARAM: &'static str = "member";

    fn find_in(_tx: &mut Tx, parent: &Here, key: &Key) -> Result<Option<Self>> {
        let Key::Id(id) = key else { return Ok(None) };
        Ok(parent.item.mentors.iter().find(|one| one.member.uuid() == *id).cloned())
    }

    fn roles_in(&self, _tx: &mut Tx, _parent: &Here, who: &Actor, of_parent: Roles) -> Result<Roles> {
        Ok(of_parent | Roles::OWN.when(self.user == who.user))
    }

    fn tag(&self) -> Option<String> {
        Some(self.mark())
    }
}
