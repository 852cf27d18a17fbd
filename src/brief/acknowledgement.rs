//! Who has read which version of the brief.

use super::{Brief, store};
use crate::access::{Roles, UserId};
use crate::base::{Error, Id, Instant, Name, Result, say};
use crate::consortium::{self, Member};
use crate::db::Tx;
use crate::hackathon::Hackathon;
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
    let team = for_team(tx, &member, reading.team.as_deref())?;
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

fn for_team(tx: &mut Tx, member: &Member, said: Option<&str>) -> Result<Option<Id<Team>>> {
    let own = team::store::roster::teams_of(tx, member.id)?.own;
    if let Some(key) = said {
        let meant = team::named(tx, member.hackathon, key, "/team")?;
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
