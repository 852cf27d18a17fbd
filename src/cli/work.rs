//! What the demo's teams have planned, reported and decided, so that there is something on the board. It goes by the dates of each
//! hackathon: what would lie in the future has not happened.

use chrono::{NaiveDate, TimeDelta};

use crate::absence::{self, offered_minutes};
use crate::access::{Roles, UserId, Within};
use crate::base::{Clock, Error, Instant, Key, Localized, Name, Patch, Result, Slug, Text};
use crate::board::{offers, span};
use crate::brief::acknowledgement::{self, Reading};
use crate::check_in::{self, Given};
use crate::consortium::{HolderSaid, member};
use crate::db::{Backend, Db, Options, Tx};
use crate::decision::{self, Choice, New, Revision, Status};
use crate::hackathon::{self, Hackathon, Role};
use crate::sprint::scope::{self, Said};
use crate::sprint::{self, Sprint};
use crate::team::{self, Team};
use crate::{consortium, topic};

/// The hour of the day, in UTC, at which all of it happens.
const HOUR: u32 = 12;

/// Fills in the work of the teams of every hackathon, up to this moment.
pub fn fill(backend: &Backend, until: Instant) -> Result<()> {
    let clock = Clock::fixed(Instant::from_micros(0));
    let db = Db::open(Options { backend: backend.clone(), pool: 1, clock: clock.clone() })?;
    for here in db.read_now(hackathon::store::all)? {
        let (teams, sprints) =
            db.read_now(|tx| Ok((team::store::all(tx, here.id)?, sprint::store::all(tx, here.id)?)))?;
        for sprint in &sprints {
            let days = [sprint.starts_on, sprint.ends_on, sprint.ends_on + TimeDelta::days(1)];
            for (step, day) in days.into_iter().enumerate() {
                if !turn(&clock, day, until) {
                    break;
                }
                let (here, teams, sprint) = (here.clone(), teams.clone(), sprint.clone());
                db.write_now(move |tx| happen(tx, &Within { parent: here, item: sprint }, &teams, step))?;
            }
        }
    }
    Ok(())
}

/// Turns the clock to this day. `false`: it has not come.
pub(super) fn turn(clock: &Clock, day: NaiveDate, until: Instant) -> bool {
    let Some(at) = day.and_hms_opt(HOUR, 0, 0).map(|at| Instant::from_utc(at.and_utc())) else { return false };
    clock.advance(at.since(clock.now()));
    at <= until
}

/// What happens on the first day of a sprint, on its last, and on the day after.
fn happen(tx: &mut Tx, at: &Within<Hackathon, Sprint>, teams: &[Team], step: usize) -> Result<()> {
    match step {
        0 => begin(tx, at, teams),
        1 => report(tx, at, teams),
        _ => close(tx, at),
    }
}

fn begin(tx: &mut Tx, at: &Within<Hackathon, Sprint>, teams: &[Team]) -> Result<()> {
    let Within { parent: here, item: sprint } = at;
    let offers = offers(tx, here, teams)?;
    for (place, team) in (0_i64..).zip(teams) {
        let Some(mate) = team.members.first() else { continue };
        let offered = offered_minutes(offers.get(&team.id).map(Vec::as_slice).unwrap_or_default(), span(sprint));
        // The second team plans more than it has.
        let planned = offered * if place == 1 { 140 } else { 90 } / 100 / 30 * 30;
        let why = Some(said("Planned together on the first day."));
        let planned_minutes = i32::try_from(planned).ok();
        scope::change(tx, here, sprint, mate.member, Said { team: Some(team.id), what: None, planned_minutes, why })?;
        if sprint.number == 1 && place != 2 {
            let reading = Reading::default();
            acknowledgement::acknowledge(tx, here.id, mate.user, &reading).map(drop).or_else(none_written)?;
        }
    }
    if let (2, Some(mate)) = (sprint.number, teams.first().and_then(|team| team.members.first())) {
        let away = absence::Facts {
            starts_on: sprint.starts_on,
            ends_on: sprint.starts_on + TimeDelta::days(1),
            reason: Some(Name::stored("Conference".to_owned())),
        };
        let member = member::acting(tx, here.id, mate.user)?;
        absence::store::insert(tx, &member, &away)?;
    }
    choose(tx, at, teams)
}

/// A hackathon without a brief is no fault.
fn none_written(refusal: Error) -> Result<()> {
    if let Error::Conflict(_) = refusal { Ok(()) } else { Err(refusal) }
}

/// Every team but the last checks in; one that is alone does.
fn report(tx: &mut Tx, at: &Within<Hackathon, Sprint>, teams: &[Team]) -> Result<()> {
    let reporting = match teams.split_last() {
        Some((_, others)) if !others.is_empty() => others,
        _ => teams,
    };
    for (place, team) in (0_i32..).zip(reporting) {
        let Some(mate) = team.members.first() else { continue };
        let blockers = match place {
            1 => vec![(said("A Python package cannot be installed, and the model waits for it."), None)],
            _ => Vec::new(),
        };
        let given = Given {
            team: Some(team.slug.to_string()),
            progress_percent: (90 - 25 * place).max(10),
            hours_spent: 2.5 + f64::from(place),
            confidence: 5 - place.min(3),
            summary: said("The pipeline runs on **synthetic data**; next is the first model."),
            blockers,
        };
        check_in::give(tx, at, speaks(mate.user, Role::Participant), given)?;
    }
    Ok(())
}

fn close(tx: &mut Tx, at: &Within<Hackathon, Sprint>) -> Result<()> {
    let Within { parent: here, item: sprint } = at;
    let members = consortium::store::member::all(tx, here.id)?;
    let Some(organizer) = members.iter().find(|one| one.is(Role::Organizer)) else { return Ok(()) };
    let summary = Localized {
        en: Some("Most teams are where they meant to be; one waits for a package.".into()),
        ko: Some("대부분의 팀이 계획대로 진행했고, 한 팀은 패키지 설치를 기다립니다.".into()),
    };
    sprint::close(tx, sprint, organizer.id, &summary).map(drop)
}

/// The first team chooses in the first sprint, and thinks better of it in the second.
fn choose(tx: &mut Tx, at: &Within<Hackathon, Sprint>, teams: &[Team]) -> Result<()> {
    let Within { parent: here, item: sprint } = at;
    let Some((team, mate)) = teams.first().and_then(|team| Some((team, team.members.first()?))) else { return Ok(()) };
    let (title, outcome) = match sprint.number {
        1 => ("Build on a data model of our own", "Our own model: nobody has to be asked."),
        2 => ("Build on the shared data model", "The shared model: the sponsor wants what can go to production."),
        _ => return Ok(()),
    };
    let topics = topic::store::places(tx, here.id)?;
    let decided_by = HolderSaid { member: Some(mate.member.to_string()), ..HolderSaid::default() };
    let option = |title: &str| Choice { title: Name::stored(title.to_owned()), notes: None };
    let new = New {
        team: Some(team.slug.to_string()),
        title: Name::stored(title.to_owned()),
        context: said("Two teams read the same tables, and each has begun to clean them in its own way."),
        options: vec![option("A data model of our own"), option("The shared data model")],
        outcome: Some(said(outcome)),
        status: Status::Accepted,
        topic: topics.first().map(|(topic, _)| topic.to_string()),
        sprint: Some(sprint.number.to_string()),
        decided_by: vec![decided_by],
        consulted: Vec::new(),
        informed: Vec::new(),
        questions: Vec::new(),
    };
    let made = decision::record(tx, here, speaks(mate.user, Role::Participant), new)?;
    let before = decision::store::find(tx, here.id, &number(made.number - 1))?;
    if let Some(before) = before.filter(|before| before.team == made.team) {
        let to = Revision { superseded_by: Patch::Set(made.id.to_string()), ..Revision::default() };
        decision::revise(tx, here, &before, mate.user, to)?;
    }
    Ok(())
}

fn number(number: i32) -> Key {
    Key::Slug(Slug::stored(number.to_string()))
}

fn speaks(user: UserId, as_a: Role) -> (UserId, Roles) {
    (user, as_a.set())
}

/// A text of ours.
pub(super) fn said(text: &str) -> Text {
    Text::stored(text.to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::expect_used, reason = "a test may stop where it stands")]

    use super::*;
    use crate::transfer::{self, Wish};
    use crate::{board, file, router};

    #[test]
    fn the_demo_has_check_ins_a_closed_sprint_and_a_decision_that_was_superseded() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let backend = Backend::Sqlite(folder.path().join("t.sqlite3"));
        let db = Db::open(Options { backend: backend.clone(), pool: 1, clock: Clock::System }).expect("opens");
        for bytes in [
            &include_bytes!("../../examples/fdp-monthly.yaml")[..],
            include_bytes!("../../examples/healthcare-ai.yaml"),
        ] {
            let document = file::read(bytes, &router::pack_slugs()).expect("a sound file");
            db.write_now(move |tx| transfer::import(tx, &document, None, Wish::Create)).expect("imports");
        }
        let long_after = Instant::parse("2100-01-01T00:00:00Z").expect("a moment");
        fill(&backend, long_after).expect("fills");
        for here in db.read_now(hackathon::store::all).expect("reads") {
            let (sprints, board, first) = db
                .read_now(|tx| {
                    let teams = team::store::all(tx, here.id)?;
                    let sprints = sprint::store::all(tx, here.id)?;
                    Ok((sprints, board::load(tx, &here, teams)?, decision::store::find(tx, here.id, &number(1))?))
                })
                .expect("reads");
            assert!(sprints.iter().all(|sprint| sprint.closed_at.is_some()), "{}", here.slug);
            assert!(board.cells.iter().any(|cell| cell.check_in.is_some()), "{}", here.slug);
            let owed = board.cells.iter().any(|cell| cell.status == board::Status::Owed);
            let superseded = first.map(|one| one.content.status) == Some(Status::Superseded);
            // The one has three sprints and several teams, the other one sprint and one team.
            let several = (sprints.len() > 1, board.teams.len() > 1);
            assert_eq!((superseded, owed), several, "{}", here.slug);
        }
    }
}
