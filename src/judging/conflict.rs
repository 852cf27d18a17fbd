//! Conflicts of interest: who must not judge whom, by what is known of them or because somebody said so.

use std::collections::HashMap;

use serde::Serialize;

use super::change::{Kind, Note};
use super::store;
use crate::access::{Item, Roles, UserId};
use crate::base::{Error, Id, Instant, Key, Localized, Name, Result, Slug, Text, say};
use crate::consortium::organization::OrganizationId;
use crate::consortium::store::{member, unit};
use crate::consortium::{Affiliation, Member, named};
use crate::db::Tx;
use crate::hackathon::{Hackathon, Role};
use crate::team::{self, Team};
use crate::words;

words! {
    /// Why somebody must not judge a team.
    Reason / ReasonShape {
        /// They build in it.
        Team = "team",
        /// They mentor it.
        Mentor = "mentor",
        /// Somebody in it belongs to their organization.
        Organization = "organization",
        /// Somebody said so.
        Declared = "declared",
    }
}

/// A conflict of interest that was declared.
#[derive(Clone, Debug, PartialEq, Eq, diesel::Queryable)]
pub struct Declared {
    /// Its id.
    pub id: Id<Declared>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// Who must not judge.
    pub judge: Id<Member>,
    /// Whom.
    pub team: Id<Team>,
    /// Why.
    pub reason: Text,
    /// Who said so.
    pub declared_by: UserId,
    /// When.
    pub created_at: Instant,
}

/// Somebody who must not judge a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The id of what was declared; `null` where it follows from what is known.
    pub id: Option<Id<Declared>>,
    /// The judge.
    pub judge: Id<Member>,
    /// Their name.
    pub display_name: Name,
    /// The team's short name.
    pub team: Slug,
    /// Its name.
    pub team_name: Localized,
    #[serde(skip)]
    team_id: Id<Team>,
    /// Why.
    pub reason: Reason,
    /// In the words of whoever declared it.
    pub words: Option<Text>,
}

impl Conflict {
    /// Whether it is between these two.
    pub fn is_between(&self, judge: Id<Member>, team: Id<Team>) -> bool {
        self.judge == judge && self.team_id == team
    }
}

impl Item<Hackathon> for Declared {
    const PARAM: &'static str = "conflict";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::conflict::by_id(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }
}

/// The judges who take part, in the order of their ids.
pub fn judges(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Member>> {
    let mut members = member::all(tx, here)?;
    members.retain(|member| member.takes_part() && member.is(Role::Judge));
    Ok(members)
}

/// The judges who take part, and whoever has begun a score: what was sealed stays when its judge is no judge any more.
fn scoring(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Member>> {
    let begun = store::score::begun_by(tx, here)?;
    let mut members = member::all(tx, here)?;
    members.retain(|member| member.takes_part() && member.is(Role::Judge) || begun.contains(&member.id));
    Ok(members)
}

/// Every conflict of somebody who judges or has judged with a team, each for its first reason in the order of [`Reason`].
pub fn all(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Conflict>> {
    let belongs = organizations(tx, here)?;
    let declared = store::conflict::all(tx, here)?;
    let teams = team::store::all(tx, here)?;
    let mut found = Vec::new();
    for judge in scoring(tx, here)? {
        for team in &teams {
            let said = declared.iter().find(|one| one.judge == judge.id && one.team == team.id);
            let reason = known(&judge, team, &belongs).or(said.map(|_| Reason::Declared));
            found.extend(reason.map(|reason| Conflict {
                id: said.map(|said| said.id),
                judge: judge.id,
                display_name: judge.display_name.clone(),
                team: team.slug.clone(),
                team_name: team.name.clone(),
                team_id: team.id,
                reason,
                words: said.map(|said| said.reason.clone()),
            }));
        }
    }
    Ok(found)
}

/// The conflicts that somebody with these roles is told: all as an organizer, else their own.
pub fn told_to(tx: &mut Tx, here: Id<Hackathon>, user: UserId, roles: Roles) -> Result<Vec<Conflict>> {
    let mut told = all(tx, here)?;
    if !roles.meet(Roles::ORGANIZER) {
        let member = member::by_user(tx, here, user)?.ok_or(Error::NotFound)?;
        told.retain(|conflict| conflict.judge == member.id);
    }
    Ok(told)
}

/// Whose conflict somebody with these roles declares: their own, or as an organizer anybody's. `/judge` is where it stood.
pub fn whose(
    tx: &mut Tx,
    here: Id<Hackathon>,
    (user, roles): (UserId, Roles),
    said: Option<Id<Member>>,
) -> Result<Member> {
    let own = member::by_user(tx, here, user)?.ok_or(Error::NotFound)?;
    let judge = match said {
        Some(id) => named::member(tx, here, id, "/judge")?,
        None => own.clone(),
    };
    if judge.id != own.id && !roles.meet(Roles::ORGANIZER) {
        return Err(Error::not_allowed());
    }
    Ok(judge)
}

fn known(judge: &Member, team: &Team, belongs: &HashMap<Id<Member>, OrganizationId>) -> Option<Reason> {
    let own = belongs.get(&judge.id);
    if team.members.iter().any(|member| member.member == judge.id) {
        Some(Reason::Team)
    } else if team.mentors.iter().any(|mentor| mentor.member == judge.id) {
        Some(Reason::Mentor)
    } else if own.is_some() && team.members.iter().any(|member| belongs.get(&member.member) == own) {
        Some(Reason::Organization)
    } else {
        None
    }
}

/// The organization of everybody who has one, whether they belong to it or to a unit of it.
fn organizations(tx: &mut Tx, here: Id<Hackathon>) -> Result<HashMap<Id<Member>, OrganizationId>> {
    let units = unit::all(tx, here)?;
    let organization = |member: Member| match member.affiliation? {
        Affiliation::Organization(id) => Some((member.id, id)),
        Affiliation::Unit(of) => units.iter().find(|unit| unit.id == of).map(|unit| (member.id, unit.organization)),
    };
    Ok(member::all(tx, here)?.into_iter().filter_map(organization).collect())
}

/// Refuses a judge who has a conflict of interest with the team.
pub fn refuse(tx: &mut Tx, here: Id<Hackathon>, judge: Id<Member>, team: Id<Team>) -> Result<()> {
    let all = all(tx, here)?;
    let Some(conflict) = all.iter().find(|conflict| conflict.is_between(judge, team)) else { return Ok(()) };
    Err(Error::Conflict(match conflict.reason {
        Reason::Team => say!("You build in this team, so you do not judge it.", "본인이 속한 팀은 심사할 수 없습니다."),
        Reason::Mentor => say!("You mentor this team, so you do not judge it.", "멘토를 맡은 팀은 심사할 수 없습니다."),
        Reason::Organization => say!(
            "Somebody in this team belongs to your organization, so you do not judge it.",
            "같은 기관 사람이 있는 팀은 심사할 수 없습니다."
        ),
        Reason::Declared => say!(
            "A conflict of interest with this team was declared, so you do not judge it.",
            "이해 충돌이 신고된 팀은 심사할 수 없습니다."
        ),
    }))
}

/// Declares that a judge must not judge a team.
pub fn declare(
    tx: &mut Tx,
    here: Id<Hackathon>,
    by: UserId,
    (judge, team): (&Member, &Team),
    reason: &Text,
) -> Result<Declared> {
    if !judge.is(Role::Judge) {
        let detail = say!("This member is no judge.", "심사위원이 아닌 구성원입니다.");
        return Err(Error::invalid("/judge", "member.not_judge", detail));
    }
    store::settings::lock(tx, here)?;
    let made = store::conflict::insert(tx, here, by, (judge.id, team.id), reason)?;
    note(&made, by).made(tx, &told(&made))?;
    Ok(made)
}

/// Takes a declaration back.
pub fn take_back(tx: &mut Tx, of: &Declared, by: UserId) -> Result<()> {
    store::settings::lock(tx, of.hackathon)?;
    note(of, by).removed(tx, &told(of))?;
    store::conflict::delete(tx, of)
}

fn note(of: &Declared, by: UserId) -> Note {
    Note { here: of.hackathon, by, kind: Kind::Conflict, thing: of.id.uuid() }
}

fn told(of: &Declared) -> serde_json::Value {
    serde_json::json!({"judge": of.judge, "team": of.team, "reason": of.reason})
}
