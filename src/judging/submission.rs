//! A submission: what a team hands in.

use serde::{Deserialize, Serialize};

use super::change::{Kind, Note};
use super::settings::{Judging, too_late};
use super::store;
use crate::access::{Actor, Item, Roles, UserId};
use crate::base::{Error, Fault, Id, Instant, Key, Localized, Name, Result, Slug, Text, say};
use crate::channel::{ChannelKind, address};
use crate::consortium::Member;
use crate::consortium::store::member;
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::team::{self, Team};

/// The most links of a submission.
pub const LINKS_MOST: usize = 20;

/// Where something of a submission is to be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What is there.
    pub label: Name,
    /// Its address, `https://` or `http://`.
    pub url: String,
}

/// A submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Its id.
    pub id: Id<Submission>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// Whose it is.
    pub team: Id<Team>,
    /// The team's short name.
    pub team_slug: Slug,
    /// The team's name.
    pub team_name: Localized,
    /// What it says.
    pub facts: Facts,
    /// Who handed it in first.
    pub submitted_by: Id<Member>,
    /// Grows with every change.
    pub version: i64,
    /// When it was handed in first.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What a submission says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// What it is called.
    pub title: Name,
    /// What it is about.
    pub summary: Option<Text>,
    /// Where to look at it.
    pub links: Vec<Link>,
}

impl Facts {
    fn check(&self) -> Result<()> {
        let mut faults = Vec::new();
        if self.links.len() > LINKS_MOST {
            let detail = say!("Give at most {LINKS_MOST} links.", "링크는 {LINKS_MOST}개까지 적으세요.");
            faults.push(Fault::new("/links", "links.many", detail));
        }
        for (at, link) in self.links.iter().enumerate() {
            let is_web = link.url.starts_with("https://") || link.url.starts_with("http://");
            if !is_web || address::check(ChannelKind::Url, &link.url).is_err() {
                let detail = say!(
                    "Write a whole address such as \"https://git.example.org/red\".",
                    "\"https://git.example.org/red\"처럼 주소 전체를 적으세요."
                );
                faults.push(Fault::new(format!("/links/{at}/url"), "address.shape", detail));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }
}

impl Submission {
    fn note(&self, by: UserId) -> Note {
        Note { here: self.hackathon, by, kind: Kind::Submission, thing: self.id.uuid() }
    }
}

impl Item<Hackathon> for Submission {
    const PARAM: &'static str = "submission";

    fn find_in(tx: &mut Tx, parent: &Hackathon, key: &Key) -> Result<Option<Self>> {
        match key {
            Key::Id(id) => store::submission::by_id(tx, parent.id, Id::from_uuid(*id)),
            Key::Slug(_) => Ok(None),
        }
    }

    /// Other teams do not know of it.
    fn roles_in(&self, tx: &mut Tx, parent: &Hackathon, who: &Actor, of_parent: Roles) -> Result<Roles> {
        let team = team::store::find(tx, parent.id, &Key::Id(self.team.uuid()))?;
        let relation = team.map_or(Roles::NONE, |team| team.relation(who));
        let sees = of_parent.meet(Roles::ORGANIZER | Roles::JUDGE) || !relation.is_empty();
        Ok((of_parent | relation).when(sees))
    }

    fn tag(&self) -> Option<String> {
        Some(format!("{}-{}", self.id, self.version))
    }
}

/// The submissions that somebody may see: all as an organizer or a judge, else those of the teams they build in or mentor.
pub fn visible(tx: &mut Tx, here: Id<Hackathon>, user: UserId, roles: Roles) -> Result<Option<Vec<Id<Team>>>> {
    if roles.meet(Roles::ORGANIZER | Roles::JUDGE) {
        return Ok(None);
    }
    let member = member::by_user(tx, here, user)?.ok_or(Error::NotFound)?;
    let teams = team::store::roster::teams_of(tx, member.id)?;
    Ok(Some([teams.own, teams.mentored].concat()))
}

/// The submission that an award or a score names under `submission`; a fault there where there is none.
pub fn named(tx: &mut Tx, here: Id<Hackathon>, key: &str) -> Result<Submission> {
    let id = match Key::parse(key) {
        Some(Key::Id(id)) => Some(Id::from_uuid(id)),
        _ => None,
    };
    known(tx, here, id)
}

/// As [`named`], by an id.
pub fn known(tx: &mut Tx, here: Id<Hackathon>, id: Option<Id<Submission>>) -> Result<Submission> {
    let found = id.map(|id| store::submission::by_id(tx, here, id)).transpose()?.flatten();
    found.ok_or_else(|| {
        let detail = say!("There is no such submission in this hackathon.", "이 해커톤에 없는 제출물입니다.");
        Error::invalid("/submission", "submission.unknown", detail)
    })
}

/// Hands in for a team.
pub fn submit(tx: &mut Tx, on: &Hackathon, who: &Actor, team: &Team, facts: &Facts) -> Result<Submission> {
    facts.check()?;
    let roles = crate::hackathon::store::roles_of(tx, on.id, who.user)? | team.relation(who);
    may_write(tx, on, roles)?;
    let member = member::by_user(tx, on.id, who.user)?.ok_or(Error::NotFound)?;
    let made = store::submission::insert(tx, team, member.id, facts)?;
    made.note(who.user).made(tx, facts)?;
    Ok(made)
}

/// Changes what was handed in.
pub fn change(
    tx: &mut Tx,
    on: &Hackathon,
    (who, roles): (UserId, Roles),
    of: &Submission,
    facts: &Facts,
) -> Result<Submission> {
    facts.check()?;
    may_write(tx, on, roles)?;
    unscored(tx, of)?;
    of.note(who).changed(tx, &of.facts, facts)?;
    store::submission::update(tx, of, facts)
}

/// Takes back what was handed in.
pub fn withdraw(tx: &mut Tx, on: &Hackathon, (who, roles): (UserId, Roles), of: &Submission) -> Result<()> {
    may_write(tx, on, roles)?;
    unscored(tx, of)?;
    of.note(who).removed(tx, &of.facts)?;
    store::submission::delete(tx, of)
}

/// Whether somebody with these roles can hand in now, or change what was: the refusal says why not.
pub fn is_open(tx: &mut Tx, on: &Hackathon, roles: Roles, of: Option<&Submission>) -> Result<()> {
    in_time(tx, on, roles)?;
    of.map_or(Ok(()), |of| unscored(tx, of))
}

/// The team until the deadline, organizers afterwards too: what they change then stands in the list of changes.
fn may_write(tx: &mut Tx, on: &Hackathon, roles: Roles) -> Result<()> {
    store::settings::lock(tx, on.id)?;
    in_time(tx, on, roles)
}

fn in_time(tx: &mut Tx, on: &Hackathon, roles: Roles) -> Result<()> {
    if roles.meet(Roles::ORGANIZER) {
        return Ok(());
    }
    if !roles.meet(Roles::TEAM) {
        return Err(Error::invalid(
            "/team",
            "team.foreign",
            say!("You are not in this team.", "속해 있지 않은 팀입니다."),
        ));
    }
    if Judging::of(tx, on.clone())?.is_over(tx.now()) { Err(too_late()) } else { Ok(()) }
}

fn unscored(tx: &mut Tx, of: &Submission) -> Result<()> {
    if !store::score::any_sealed_of(tx, of.id)? {
        return Ok(());
    }
    Err(Error::Conflict(say!(
        "A judge has sealed a score for it, so it does not change any more.",
        "심사위원이 점수를 확정한 제출물이라 더 이상 바꿀 수 없습니다."
    )))
}
