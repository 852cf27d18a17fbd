//! What the demo's teams hand in, how it is judged, and what is learnt and goes on: as [`super::work`], by the dates of each
//! hackathon. One is under way and has a first version or two to show; the other is over, with results, an award and what follows.

use std::collections::HashMap;

use chrono::{NaiveTime, TimeDelta, TimeZone};

use super::work::{said, turn};
use crate::access::{Actor, Roles};
use crate::base::{Clock, Error, Id, Instant, Name, PageRequest, Result, Sentence};
use crate::brief::Ambition;
use crate::consortium::organization::{Organization, OrganizationId};
use crate::consortium::{self, Member};
use crate::db::{Backend, Db, Options, Tx};
use crate::debrief::{self, About, Presented};
use crate::file::{self, Document};
use crate::follow_up;
use crate::hackathon::{self, Hackathon, Role};
use crate::judging::{self, Draft, Judging, Link, Point, Submission};
use crate::sprint;
use crate::team::{self, Team};

/// Who judges besides those whom the files name: they belong to no organization that has people in a team.
const JUDGES: [&str; 3] = ["etl-engineer@example.org", "operations-engineer@example.org", "cloud-engineer@example.org"];

/// The file with its judges named: the examples name only one, who may judge nobody.
pub fn with_judges(mut document: Document) -> Document {
    for person in document.people.iter_mut().filter(|person| JUDGES.contains(&person.email.as_str())) {
        person.roles.push(file::Role::Judge);
    }
    document
}

/// Fills in what every hackathon has handed in, judged and learnt up to this moment.
pub fn fill(backend: &Backend, until: Instant) -> Result<()> {
    let clock = Clock::fixed(Instant::from_micros(0));
    let db = Db::open(Options { backend: backend.clone(), pool: 1, clock: clock.clone() })?;
    for here in db.read_now(hackathon::store::all)? {
        let last = db.read_now(|tx| Ok(sprint::store::all(tx, here.id)?.last().map(|one| one.starts_on)))?;
        let days = [here.starts_on, last.unwrap_or(here.starts_on), here.ends_on, here.ends_on + TimeDelta::days(1)];
        for (step, day) in days.into_iter().enumerate() {
            if !turn(&clock, day, until) {
                break;
            }
            let here = here.clone();
            db.write_now(move |tx| happen(&Event::load(tx, here)?, tx, step))?;
        }
    }
    Ok(())
}

/// A hackathon and everybody in it.
struct Event {
    here: Hackathon,
    members: Vec<Member>,
    organizations: Vec<Organization>,
    teams: Vec<Team>,
}

impl Event {
    fn load(tx: &mut Tx, here: Hackathon) -> Result<Event> {
        Ok(Event {
            members: consortium::store::member::all(tx, here.id)?,
            organizations: consortium::store::organization::all(tx, here.id)?,
            teams: team::store::all(tx, here.id)?,
            here,
        })
    }

    fn organizer(&self) -> Result<&Member> {
        self.members.iter().find(|one| one.is(Role::Organizer)).ok_or_else(|| missing("organizer"))
    }

    fn judges(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|one| JUDGES.contains(&one.email.as_str()))
    }

    fn sponsor(&self) -> Option<OrganizationId> {
        self.organizations.first().map(|one| one.id)
    }

    /// The first of each team, with their team.
    fn speakers(&self) -> impl Iterator<Item = (&Team, &Member)> {
        let of = |team: &Team| team.members.first().map(|mate| mate.member);
        let speaker = move |team| of(team).and_then(|id| self.members.iter().find(|one| one.id == id));
        self.teams.iter().filter_map(move |team| Some((team, speaker(team)?)))
    }
}

fn missing(what: &'static str) -> Error {
    Error::internal(format!("an example has no {what}"))
}

/// What happens on the first day, on that of the last sprint, on the last, and on the day after.
fn happen(event: &Event, tx: &mut Tx, step: usize) -> Result<()> {
    match step {
        0 => announce(event, tx),
        1 => hand_in(event, tx, 2, true).and_then(|()| begin_to_judge(event, tx)),
        2 => hand_in(event, tx, usize::MAX, false),
        _ => settle(event, tx),
    }
}

/// By what is judged, by whom, until when is handed in, and what there is to win.
fn announce(event: &Event, tx: &mut Tx) -> Result<()> {
    let (here, by) = (&event.here, event.organizer()?.user);
    judging::criterion::from_brief(tx, here.id, by)?;
    let due = here.timezone.0.from_local_datetime(&here.ends_on.and_time(EVENING)).earliest();
    let on = Judging::of(tx, here.clone())?;
    judging::settings::set(tx, &on, by, due.map(|at| Instant::from_utc(at.to_utc())))?;
    let name = Sentence::fixed("Nearest to use", "실제 사용에 가장 가까운 팀").into();
    let facts = judging::award::Facts { name, sponsor: event.sponsor(), submission: None, reason: None };
    judging::award::add(tx, here.id, by, &facts).map(drop)
}

/// The first teams hand in; those that have already, say that it is finished.
fn hand_in(event: &Event, tx: &mut Tx, teams: usize, first: bool) -> Result<()> {
    let kept = handed_in(event, tx)?;
    for (team, mate) in event.speakers().take(teams) {
        let title = if first { "Reads the shared model" } else { "Figures that say where they come from" };
        let facts = judging::submission::Facts {
            title: name(title),
            summary: Some(said("Reads the shared data model, and says for each figure where it comes from.")),
            links: vec![Link { label: name("Repository"), url: format!("https://git.example.org/{}", team.slug) }],
        };
        let roles = Role::Participant.set() | Roles::TEAM;
        match kept.get(&team.id) {
            Some(of) => drop(judging::submission::change(tx, &event.here, (mate.user, roles), of, &facts)?),
            None => drop(judging::submission::submit(tx, &event.here, &actor(mate), team, &facts)?),
        }
    }
    Ok(())
}

fn handed_in(event: &Event, tx: &mut Tx) -> Result<HashMap<Id<Team>, Submission>> {
    let all = judging::store::submission::all(tx, event.here.id)?;
    Ok(all.into_iter().map(|one| (one.team, one)).collect())
}

/// One judge has looked at one submission.
fn begin_to_judge(event: &Event, tx: &mut Tx) -> Result<()> {
    let first = judging::store::submission::all(tx, event.here.id)?.into_iter().next();
    let Some((judge, of)) = event.judges().next().zip(first) else { return Ok(()) };
    let draft = draft(event, tx, (0, 0))?;
    judging::score::draft(tx, judge, &of, &draft).map(drop)
}

/// Everybody has judged; the award is given, and what was learnt is written down.
fn settle(event: &Event, tx: &mut Tx) -> Result<()> {
    let submissions = judging::store::submission::all(tx, event.here.id)?;
    let begun = judging::store::score::all(tx, event.here.id)?;
    for (judge, who) in (0_i32..).zip(event.judges()) {
        for (place, of) in (0_i32..).zip(&submissions) {
            let kept = begun.iter().find(|score| score.user == who.user && score.submission == of.id).cloned();
            let score = match kept {
                Some(score) => score,
                None => {
                    let draft = draft(event, tx, (judge, place))?;
                    judging::score::draft(tx, who, of, &draft)?
                }
            };
            judging::score::seal(tx, &score)?;
        }
    }
    give(event, tx)?;
    learn(event, tx)
}

/// Points for every criterion: judges differ, and so do teams.
fn draft(event: &Event, tx: &mut Tx, (judge, place): (i32, i32)) -> Result<Draft> {
    let criteria = judging::store::criterion::all(tx, event.here.id)?;
    let point = |(at, criterion): (i32, &judging::Criterion)| Point {
        criterion: criterion.id,
        points: (8 - judge - place + at % 3).clamp(1, 10),
    };
    let comment = Some(said("Can be run by others: every step is in the repository."));
    Ok(Draft { points: (0_i32..).zip(&criteria).map(point).collect(), comment })
}

fn give(event: &Event, tx: &mut Tx) -> Result<()> {
    let results = judging::results::results(tx, event.here.id)?;
    let first = results.submissions.first().map(|best| best.submission);
    let page = PageRequest { limit: 1, after: None };
    let Some(award) = judging::store::award::list(tx, event.here.id, &page)?.into_iter().next() else { return Ok(()) };
    let reason = Some(said("The sponsor could run it the same week, with data of its own."));
    let facts = judging::award::Facts { submission: first, reason, ..award.facts() };
    judging::award::change(tx, &award, event.organizer()?.user, &facts).map(drop)
}

/// What a team and a profession learnt, and what goes on.
fn learn(event: &Event, tx: &mut Tx) -> Result<()> {
    let day = event.here.ends_on + TimeDelta::days(1);
    let organizer = event.organizer()?;
    for (team, mate) in event.speakers() {
        let presented = vec![Presented { occasion: name("Demo day"), on: event.here.ends_on }];
        let body = said(
            "Ask who is responsible **on the first day**: we lost three days before we knew who may open the data.\n\n\
             데이터 접근을 누가 승인하는지 첫날에 확인해야 합니다.",
        );
        let facts = debrief::Facts { body, themes: vec![name("who to ask"), name("데이터 접근")], presented };
        debrief::write(tx, mate, Role::Participant.set(), &About::Team(team.id), &facts, true)?;
        if let Some(profession) = &mate.profession {
            let body = said("A pipeline that the sponsor can run is worth more than a better model.");
            let facts = debrief::Facts { body, themes: vec![name("production")], presented: Vec::new() };
            debrief::write(tx, mate, Role::Participant.set(), &About::Profession(profession.clone()), &facts, true)?;
        }
        let facts = follow_up::Facts {
            title: name("A pilot with the first users"),
            team: Some(team.id),
            owner: organizer.id,
            ambition: Ambition::Pilot,
            next_gate: Some(said("Decide whether the host runs it itself.")),
            gate_on: Some(day + TimeDelta::days(28)),
            begins_on: day,
        };
        follow_up::add(tx, event.here.id, &facts)?;
    }
    Ok(())
}

/// When the last day ends for teams: after the hour of the day at which the demo's teams hand in, whatever the zone.
const EVENING: NaiveTime = match NaiveTime::from_hms_opt(23, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

fn actor(of: &Member) -> Actor {
    Actor { user: of.user, session: None, writes: true }
}

fn name(text: &str) -> Name {
    Name::stored(text.to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::expect_used, reason = "a test may stop where it stands")]

    use super::*;
    use crate::router;
    use crate::transfer::{self, Wish};

    fn filled(bytes: &[u8], until: &str) -> (Db, Hackathon, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let backend = Backend::Sqlite(folder.path().join("t.sqlite3"));
        let db = Db::open(Options { backend: backend.clone(), pool: 1, clock: Clock::System }).expect("opens");
        let document = with_judges(file::read(bytes, &router::pack_slugs()).expect("a sound file"));
        db.write_now(move |tx| transfer::import(tx, &document, None, Wish::Create)).expect("imports");
        fill(&backend, Instant::parse(until).expect("a moment")).expect("fills");
        let here = db.read_now(hackathon::store::all).expect("reads").remove(0);
        (db, here, folder)
    }

    #[test]
    fn the_demo_has_one_hackathon_with_results_an_award_debriefs_and_a_follow_up() {
        let over = "2024-12-15T00:00:00Z";
        let (db, here, _folder) = filled(include_bytes!("../../examples/healthcare-ai.yaml"), over);
        let read = db.read_now(|tx| {
            let award = judging::store::award::list(tx, here.id, &PageRequest { limit: 9, after: None })?;
            let debriefs = debrief::store::shared(tx, here.id)?;
            let follow_ups = follow_up::store::all(tx, here.id)?;
            Ok((judging::results::results(tx, here.id)?, award, debriefs, follow_ups))
        });
        let (results, awards, debriefs, follow_ups) = read.expect("reads");
        assert!(results.complete && results.submissions.len() == 1);
        assert!(awards.iter().all(|award| award.facts().submission.is_some()) && awards.len() == 1);
        assert_eq!((debriefs.len(), follow_ups.len()), (2, 1));
    }

    #[test]
    fn the_demo_has_one_hackathon_whose_teams_have_begun_to_hand_in() {
        let under_way = "2024-11-22T00:00:00Z";
        let (db, here, _folder) = filled(include_bytes!("../../examples/fdp-monthly.yaml"), under_way);
        let read = db.read_now(|tx| {
            let all = judging::store::submission::all(tx, here.id)?;
            let scores = judging::store::score::all(tx, here.id)?;
            Ok((all, scores, judging::results::results(tx, here.id)?))
        });
        let (submissions, scores, results) = read.expect("reads");
        assert_eq!(submissions.len(), 2);
        assert!(scores.len() == 1 && scores.iter().all(|score| score.sealed_at.is_none()));
        assert!(!results.complete);
    }
}
