//! Capacity: what teams offer and plan, who has gone quiet, and how much lies with those who answer. It is counted from what is
//! known anyway; nobody fills in anything for it.

mod store;

use chrono::NaiveDate;

use crate::base::{Error, Id, Instant, Lang, Name, Result, Sentence, say};
use crate::board::{self, Board, Cell};
use crate::consortium::Member;
use crate::consortium::member::weekly_hours;
use crate::db::Tx;
use crate::hackathon::{Hackathon, Role};
use crate::question::Standing;
use crate::question::store::standings;
use crate::sprint::Sprint;
use crate::team::{self, Team};

/// After how many days without a word somebody has gone quiet, where the caller does not say.
pub const QUIET_DAYS: i64 = 7;
/// The most days that can be asked for.
pub const QUIET_MOST: i64 = 90;
/// Over how many days answers are counted.
pub const ANSWERED_DAYS: i64 = 7;

/// The capacity of a hackathon.
#[derive(Clone, Debug)]
pub struct Capacity {
    /// What teams offer, plan and spent.
    pub board: Board,
    /// Who has gone quiet.
    pub quiet: Vec<Quiet>,
    /// How much lies with whom.
    pub loads: Vec<Load>,
}

/// That a team plans more than its members offer, in a sprint that is not over.
#[derive(Clone, Debug)]
pub struct OverCommitment<'c> {
    /// The sprint.
    pub sprint: &'c Sprint,
    /// The team.
    pub team: &'c Team,
    /// That, in a sentence.
    pub sentence: Sentence,
}

impl Capacity {
    /// Who plans too much as of this day, team by team in the order of the sprints.
    pub fn over_commitments(&self, today: NaiveDate) -> Vec<OverCommitment<'_>> {
        let mut all = Vec::new();
        for team in &self.board.teams {
            let cells = self.board.of(team.id).zip(&self.board.sprints);
            for (cell, sprint) in cells.filter(|(_, sprint)| sprint.ends_on >= today) {
                all.extend(over_commitment(team, cell).map(|sentence| OverCommitment { sprint, team, sentence }));
            }
        }
        all
    }
}

/// A participant of whom nothing was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// Who.
    pub member: Id<Member>,
    /// Their name.
    pub display_name: Name,
    /// The teams they build in.
    pub teams: Vec<Id<Team>>,
    /// That, in a sentence.
    pub sentence: Sentence,
}

/// How much lies with somebody who answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub member: Id<Member>,
    /// Their name.
    pub display_name: Name,
    /// What they are.
    pub roles: Vec<Role>,
    /// Questions that are in their hands.
    pub assigned: usize,
    /// Questions that nobody has and that lie with them, or with whom they answer for.
    pub held: usize,
    /// Answers that they gave in the last [`ANSWERED_DAYS`] days.
    pub answered: usize,
}

/// The capacity as it is now; quiet is who said nothing for so many days.
pub fn load(tx: &mut Tx, here: &Hackathon, quiet_days: i64) -> Result<Capacity> {
    if !(1..=QUIET_MOST).contains(&quiet_days) {
        let detail = say!("Give a number from 1 to {QUIET_MOST}.", "1부터 {QUIET_MOST} 사이의 수로 적으세요.");
        return Err(Error::invalid("/quiet_days", "number.range", detail));
    }
    let teams = team::store::all(tx, here.id)?;
    let people = standings::all(tx, here.id)?;
    let quiet = quiet(tx, here, &people, quiet_days)?;
    let loads = loads(tx, here, &people)?;
    Ok(Capacity { board: board::load(tx, here, teams)?, quiet, loads })
}

/// Who builds in a team, was there all the time, and neither checked in nor took part in a question or a decision. Before the
/// event has lasted that long, nobody has gone quiet.
fn quiet(tx: &mut Tx, here: &Hackathon, people: &[(Member, Standing)], days: i64) -> Result<Vec<Quiet>> {
    let since = days_ago(tx.now(), days);
    if here.date(since) < here.starts_on {
        return Ok(Vec::new());
    }
    let heard = store::heard_since(tx, here.id, since)?;
    let is_quiet = |(member, standing): &&(Member, Standing)| {
        let builds = member.is(Role::Participant) && !standing.facts.builds_in.is_empty();
        builds && member.created_at <= since && !heard.contains(&member.id)
    };
    let of = |(member, standing): &(Member, Standing)| {
        let name = &member.display_name;
        let sentence = say!(
            "{name} has not checked in and taken no part in a question or a decision for {days} days.",
            "{days}일 동안 체크인, 질문, 결정에 참여하지 않은 사람: {name}"
        );
        let (teams, display_name) = (standing.facts.builds_in.clone(), name.clone());
        Quiet { member: member.id, display_name, teams, sentence }
    };
    Ok(people.iter().filter(is_quiet).map(of).collect())
}

/// Mentors and responders, those with the most on their hands first.
fn loads(tx: &mut Tx, here: &Hackathon, people: &[(Member, Standing)]) -> Result<Vec<Load>> {
    let open = store::open(tx, here.id)?;
    let since = days_ago(tx.now(), ANSWERED_DAYS);
    let answered = store::answered_since(tx, here.id, since)?;
    let answers = |(member, _): &&(Member, Standing)| member.is(Role::Mentor) || member.is(Role::Responder);
    let load = |(member, standing): &(Member, Standing)| {
        let waits = open.iter().filter(|one| one.assignee.is_none());
        Load {
            member: member.id,
            display_name: member.display_name.clone(),
            roles: member.roles.clone(),
            assigned: open.iter().filter(|one| one.assignee == Some(member.id)).count(),
            held: waits.filter(|one| standing.answers_for(one.in_charge, one.team)).count(),
            answered: answered.get(&member.id).copied().unwrap_or_default(),
        }
    };
    let mut loads: Vec<Load> = people.iter().filter(answers).map(load).collect();
    loads.sort_by_key(|load| (std::cmp::Reverse(load.assigned), std::cmp::Reverse(load.held), load.member));
    Ok(loads)
}

fn days_ago(now: Instant, days: i64) -> Instant {
    now.plus(-chrono::TimeDelta::days(days))
}

/// That a team plans more than its members offer, in a sentence; `None`: it does not, or plans nothing.
pub fn over_commitment(team: &Team, cell: &Cell) -> Option<Sentence> {
    let planned = i64::from(cell.planned_minutes?);
    if planned <= cell.offered_minutes {
        return None;
    }
    let hours = |minutes: i64| weekly_hours(i32::try_from(minutes).unwrap_or(i32::MAX));
    let (plans, offers) = (tenths(hours(planned)), tenths(hours(cell.offered_minutes)));
    let (en, ko) = (team.name.text(Lang::En), team.name.text(Lang::Ko));
    Some(say!(
        "{en} plans {plans} h, its members offer {offers} h.",
        "팀이 계획한 시간이 팀원이 낼 수 있는 시간보다 많습니다: {ko}, 계획 {plans}시간, 가능 {offers}시간."
    ))
}

/// Hours with one decimal, and none where it is nought.
fn tenths(hours: f64) -> String {
    let text = format!("{hours:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
