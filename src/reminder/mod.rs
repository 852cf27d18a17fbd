//! A reminder: that a team owes a check-in, or that somebody has not read the brief. It is of no question, so it does not stand in
//! the outbox: its own row, which there is once for each thing and step, says that it was told, and is kept in the transaction that
//! tells it. So nobody is reminded twice, however many servers look and however often one of them stops.

mod step;
pub mod store;

use crate::base::{Id, Instant, Localized, Result, Sentence, say};
use crate::board;
use crate::brief::{self, Brief};
use crate::consortium::{self, Member};
use crate::db::Tx;
use crate::hackathon::{self, Hackathon, Role};
use crate::sprint::{self, Sprint};
use crate::team::{self, Team};
use crate::words;

pub use step::Step;

words! {
    /// What somebody is reminded of.
    Kind / KindShape {
        /// That their team owes a check-in.
        CheckIn = "check_in",
        /// That they have not read the brief.
        Brief = "brief",
    }
}

/// What a reminder is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// A team's check-in of a sprint.
    CheckIn(Id<Team>, Id<Sprint>),
    /// A version of the brief.
    Brief(Id<Brief>),
}

impl About {
    /// What kind it is.
    pub fn kind(self) -> Kind {
        match self {
            About::CheckIn(..) => Kind::CheckIn,
            About::Brief(_) => Kind::Brief,
        }
    }
}

/// Something to be reminded of, now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// What about.
    pub about: About,
    /// How urgently.
    pub step: Step,
}

/// That people were reminded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Its id.
    pub id: Id<Reminder>,
    /// The hackathon.
    pub hackathon: Id<Hackathon>,
    /// What about.
    pub about: About,
    /// How urgently.
    pub step: Step,
    /// When.
    pub created_at: Instant,
}

/// A reminder with the names of what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The reminder.
    pub reminder: Reminder,
    /// The team's name, where a check-in is owed.
    pub team: Option<Localized>,
    /// The sprint, where a check-in is owed.
    pub sprint: Option<Sprint>,
    /// The number of the version, where it is about the brief.
    pub version: Option<i32>,
    /// Whether it has been done since.
    pub settled: bool,
}

impl Told {
    /// What it is about, in a few words.
    pub fn title(&self) -> Sentence {
        let (en, ko) = self.team_names();
        match (&self.sprint, self.version) {
            (Some(Sprint { number, .. }), _) => {
                say!("Check-in of {en}, sprint {number}", "스프린트 {number} 체크인: {ko}")
            }
            (None, Some(version)) => say!("Version {version} of the brief", "브리프 버전 {version}"),
            (None, None) => say!("A reminder", "알림"),
        }
    }

    /// What is to be done, in a sentence.
    pub fn sentence(&self) -> Sentence {
        let (en, ko) = self.team_names();
        match (&self.sprint, self.version, self.reminder.step) {
            (Some(Sprint { number, ends_on, .. }), _, Step::Due) => say!(
                "{en} has not checked in for sprint {number} yet, which ends on {ends_on}.",
                "아직 체크인하지 않은 팀: {ko}. 스프린트 {number} 마지막 날: {ends_on}"
            ),
            (Some(Sprint { number, ends_on, .. }), _, Step::Late) => say!(
                "{en} owes its check-in for sprint {number}, which ended on {ends_on}.",
                "체크인이 밀린 팀: {ko}. 스프린트 {number} 종료일: {ends_on}"
            ),
            (None, Some(version), Step::Due) => say!(
                "You have not said yet that you have read version {version} of the brief.",
                "브리프 버전 {version} 확인이 아직 없습니다. 읽고 확인해 주세요."
            ),
            (None, Some(version), Step::Late) => say!(
                "The work goes on by version {version} of the brief, and you have not said that you have read it.",
                "브리프 버전 {version} 기준으로 작업이 진행 중인데 아직 읽었다는 확인이 없습니다."
            ),
            (None, None, _) => self.title(),
        }
    }

    fn team_names(&self) -> (String, String) {
        let text = |lang| self.team.as_ref().map(|name| name.text(lang).to_owned()).unwrap_or_default();
        (text(crate::base::Lang::En), text(crate::base::Lang::Ko))
    }
}

/// What there is to be reminded of now and was not yet, in every hackathon that goes on; without what concerns nobody, which
/// would never be told and so be found again and again.
pub fn due(tx: &mut Tx) -> Result<Vec<Due>> {
    let mut all = Vec::new();
    for here in store::candidates(tx)? {
        let known = store::known(tx, here.id)?;
        let mut found = check_ins(tx, &here)?;
        found.extend(of_brief(tx, &here)?);
        found.retain(|due| !known.contains(&(due.about, due.step)));
        if found.is_empty() {
            continue;
        }
        let members = taking_part(tx, here.id)?;
        for due in found {
            if !people(tx, &members, &due)?.is_empty() {
                all.push(due);
            }
        }
    }
    Ok(all)
}

fn check_ins(tx: &mut Tx, here: &Hackathon) -> Result<Vec<Due>> {
    let now = tx.now();
    let mut due = Vec::new();
    for sprint in sprint::store::all(tx, here.id)? {
        let Some(step) = Step::of_check_in(here, &sprint, now) else { continue };
        let teams = team::store::all(tx, here.id)?;
        let owing = board::owing(tx, &sprint, teams)?;
        let one = |team: Team| Due { hackathon: here.id, about: About::CheckIn(team.id, sprint.id), step };
        due.extend(owing.into_iter().map(one));
    }
    Ok(due)
}

fn of_brief(tx: &mut Tx, here: &Hackathon) -> Result<Option<Due>> {
    let Some(brief) = brief::store::latest(tx, here.id)? else { return Ok(None) };
    let sprints = sprint::store::all(tx, here.id)?;
    let step = Step::of_brief(here, brief.created_at, &sprints, tx.now());
    Ok(step.map(|step| Due { hackathon: here.id, about: About::Brief(brief.id), step }))
}

/// Keeps that people are reminded, and says whom; none where it was told before or is not owed any more.
pub fn keep(tx: &mut Tx, due: &Due) -> Result<Option<(Reminder, Vec<Member>)>> {
    hackathon::hold(tx, due.hackathon)?;
    let members = taking_part(tx, due.hackathon)?;
    let people: Vec<Member> = people(tx, &members, due)?.into_iter().cloned().collect();
    let reminder =
        Reminder { id: tx.fresh(), hackathon: due.hackathon, about: due.about, step: due.step, created_at: tx.now() };
    if people.is_empty() || !store::insert(tx, &reminder)? {
        return Ok(None);
    }
    Ok(Some((reminder, people)))
}

fn taking_part(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Member>> {
    let mut members = consortium::store::member::all(tx, here)?;
    members.retain(Member::takes_part);
    Ok(members)
}

/// Whom of these it concerns: who builds in the team that still owes the check-in; participants who have not read the brief.
fn people<'m>(tx: &mut Tx, members: &'m [Member], due: &Due) -> Result<Vec<&'m Member>> {
    let concerned: Vec<&Member> = match due.about {
        About::CheckIn(team, sprint) => {
            let owed = !crate::check_in::store::teams_in(tx, sprint)?.contains(&team);
            let mates = team::store::roster::members_of(tx, &[team])?;
            let builds = |member: &&Member| owed && mates.iter().any(|mate| mate.member == member.id);
            members.iter().filter(builds).collect()
        }
        About::Brief(brief) => {
            let read = brief::store::readers_of(tx, brief)?;
            let unread = |member: &&Member| member.is(Role::Participant) && !read.contains(&member.id);
            members.iter().filter(unread).collect()
        }
    };
    Ok(concerned)
}
