//! Who has read which version of the brief.

use super::{Brief, store};
use crate::access::{Roles, UserId};
use crate::base::{Error, Id, Instant, Name, Result, say};
use crate::consortium::{self, Member};
use crate::db::Tx;
use crate::hackathon::{Hackathon, Role};
use crate::sprint;
use crate::team::store::roster::Teams;
use crate::team::{self, Team};

/// Somebody's word that they have read a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// Who.
    pub member: Id<Member>,
    /// Their name.
    pub display_name: Name,
    /// For which team.
    pub team: Option<Id<Team>>,
    /// The version.
    pub number: i32,
    /// When they said so first.
    pub acknowledged_at: Instant,
}

/// What somebody says who has read the brief.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The version; left out: the last one.
    pub number: Option<i32>,
    /// For which of their teams; left out: the only one.
    pub team: Option<String>,
}

/// Keeps that the caller has read a version. Said again it changes nothing; `true` where it was said for the first time.
pub fn acknowledge(
    tx: &mut Tx,
    hackathon: Id<Hackathon>,
    user: UserId,
    reading: &Reading,
) -> Result<(Acknowledgement, bool)> {
    let member = consortium::store::member::by_user(tx, hackathon, user)?.ok_or(Error::NotFound)?;
    let brief = read_version(tx, hackathon, reading.number)?;
    let team = team::own(tx, &member, reading.team.as_deref())?;
    let first = store::acknowledge(tx, &brief, member.id, team)?;
    let kept = store::acknowledgement(tx, &brief, member.id)?;
    kept.map(|kept| (kept, first)).ok_or_else(|| Error::internal("an acknowledgement just made is not there"))
}

fn read_version(tx: &mut Tx, hackathon: Id<Hackathon>, number: Option<i32>) -> Result<Brief> {
    let Some(number) = number else {
        return store::latest(tx, hackathon)?
            .ok_or_else(|| Error::Conflict(say!("There is no brief to read yet.", "아직 읽을 브리프가 없습니다.")));
    };
    store::version(tx, hackathon, number)?.ok_or_else(|| {
        let detail = say!("The brief has no version {number}.", "브리프에 없는 버전입니다: {number}");
        Error::invalid("/version", "version.unknown", detail)
    })
}

/// The last version that this user, or somebody of their team, has read.
pub fn last_read(tx: &mut Tx, hackathon: Id<Hackathon>, user: UserId) -> Result<Option<i32>> {
    let Some(member) = consortium::store::member::by_user(tx, hackathon, user)? else { return Ok(None) };
    let own = team::store::roster::teams_of(tx, member.id)?.own;
    let near = near(tx, member.id, &own)?;
    store::last_read(tx, hackathon, &near)
}

/// Whose reading a user may see: everybody's as an organizer; else their own, their teams', and of teams they mentor.
pub fn visible(tx: &mut Tx, hackathon: Id<Hackathon>, user: UserId, roles: Roles) -> Result<Option<Vec<Id<Member>>>> {
    if roles.meet(Roles::ORGANIZER) {
        return Ok(None);
    }
    let member = consortium::store::member::by_user(tx, hackathon, user)?.ok_or(Error::NotFound)?;
    let Teams { own, mentored } = team::store::roster::teams_of(tx, member.id)?;
    near(tx, member.id, &[own, mentored].concat()).map(Some)
}

fn near(tx: &mut Tx, member: Id<Member>, teams: &[Id<Team>]) -> Result<Vec<Id<Member>>> {
    let mates = team::store::roster::members_of(tx, teams)?;
    Ok(mates.into_iter().map(|mate| mate.member).chain([member]).collect())
}

/// A participant who has not read a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Who.
    pub member: Id<Member>,
    /// Their name.
    pub display_name: Name,
    /// The teams they build in.
    pub teams: Vec<Team>,
    /// The last version that they have read, if any.
    pub last_read: Option<i32>,
    /// Whether somebody else of one of their teams has read this one.
    pub team_has_read: bool,
}

/// The participants who have not read this version, of these members; none: of all. In the order of their ids.
pub fn missing(tx: &mut Tx, brief: &Brief, only: Option<&[Id<Member>]>) -> Result<Vec<Missing>> {
    let read = store::readers_of(tx, brief.id)?;
    let last = store::last_read_by_all(tx, brief.hackathon)?;
    let teams = team::store::all(tx, brief.hackathon)?;
    let mut members = consortium::store::member::all(tx, brief.hackathon)?;
    members.retain(|member| member.takes_part() && member.is(Role::Participant) && !read.contains(&member.id));
    members.retain(|member| only.is_none_or(|only| only.contains(&member.id)));
    let has_read = |team: &Team| team.members.iter().any(|mate| read.contains(&mate.member));
    let of = |member: Member| {
        let is_in = |team: &&Team| team.members.iter().any(|mate| mate.member == member.id);
        let own: Vec<Team> = teams.iter().filter(is_in).cloned().collect();
        Missing {
            member: member.id,
            display_name: member.display_name,
            team_has_read: own.iter().any(has_read),
            last_read: last.get(&member.id).copied(),
            teams: own,
        }
    };
    Ok(members.into_iter().map(of).collect())
}

/// Whether a sprint has begun: then work goes on by the brief, read or not.
pub fn sprint_begun(tx: &mut Tx, here: &Hackathon) -> Result<bool> {
    let today = here.date(tx.now());
    Ok(sprint::store::all(tx, here.id)?.iter().any(|sprint| sprint.starts_on <= today))
}
