//! The SQL of reminders.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{About, Kind, Reminder, Step, Told};
use crate::base::{Id, Instant, Localized, Result};
use crate::brief::Brief;
use crate::consortium::Member;
use crate::db::schema::{acknowledgements, briefs, check_ins, hackathons, reminders, sprints, teams};
use crate::db::{Tx, on_backend};
use crate::hackathon::Hackathon;
use crate::sprint::Sprint;
use crate::team::Team;

/// How long before its first day and after its last there may be something to be reminded of in a hackathon.
const AROUND: TimeDelta = TimeDelta::days(60);

/// Hackathons that go on, or nearly.
pub fn candidates(tx: &mut Tx) -> Result<Vec<Hackathon>> {
    let now = tx.now();
    let (early, late) = (now.plus(-AROUND).utc().date_naive(), now.plus(AROUND).utc().date_naive());
    let going_on = hackathons::table
        .filter(hackathons::ended_at.is_null())
        .filter(hackathons::ends_on.ge(early))
        .filter(hackathons::starts_on.le(late));
    Ok(going_on.order(hackathons::id).load(tx.conn())?)
}

type Columns = (Option<Id<Team>>, Option<Id<Sprint>>, Option<Id<Brief>>);

fn about((team, sprint, brief): Columns) -> Option<About> {
    match (team, sprint, brief) {
        (Some(team), Some(sprint), _) => Some(About::CheckIn(team, sprint)),
        (_, _, brief) => brief.map(About::Brief),
    }
}

fn columns(about: About) -> Columns {
    match about {
        About::CheckIn(team, sprint) => (Some(team), Some(sprint), None),
        About::Brief(brief) => (None, None, Some(brief)),
    }
}

const ABOUT: (reminders::team_id, reminders::sprint_id, reminders::brief_id) =
    (reminders::team_id, reminders::sprint_id, reminders::brief_id);

/// What people of a hackathon were reminded of.
pub fn known(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<HashSet<(About, Step)>> {
    let rows: Vec<(Columns, Step)> = reminders::table
        .filter(reminders::hackathon_id.eq(hackathon))
        .select((ABOUT, reminders::step))
        .load(tx.conn())?;
    Ok(rows.into_iter().filter_map(|(columns, step)| Some((about(columns)?, step))).collect())
}

/// Keeps a reminder. `false`: it was told before.
pub fn insert(tx: &mut Tx, new: &Reminder) -> Result<bool> {
    let (team, sprint, brief) = columns(new.about);
    let row = (
        reminders::id.eq(new.id),
        reminders::hackathon_id.eq(new.hackathon),
        reminders::kind.eq(new.about.kind()),
        reminders::step.eq(new.step),
        reminders::team_id.eq(team),
        reminders::sprint_id.eq(sprint),
        reminders::brief_id.eq(brief),
        reminders::created_at.eq(new.created_at),
    );
    let insert = diesel::insert_into(reminders::table).values(row);
    let rows = on_backend!(tx.conn(), |conn| insert.on_conflict_do_nothing().execute(conn))?;
    Ok(rows == 1)
}

type Row = (Id<Reminder>, Id<Hackathon>, Kind, Step, Columns, Instant);

/// These reminders with their names, as they stand for this member.
pub fn told(tx: &mut Tx, ids: &[Id<Reminder>], member: Id<Member>) -> Result<HashMap<Id<Reminder>, Told>> {
    let rows: Vec<Row> = reminders::table
        .filter(reminders::id.eq_any(ids.to_vec()))
        .select((
            reminders::id,
            reminders::hackathon_id,
            reminders::kind,
            reminders::step,
            ABOUT,
            reminders::created_at,
        ))
        .load(tx.conn())?;
    let mut all = HashMap::new();
    for (id, hackathon, _, step, columns, created_at) in rows {
        let Some(about) = about(columns) else { continue };
        let reminder = Reminder { id, hackathon, about, step, created_at };
        let told = match about {
            About::CheckIn(team, sprint) => of_check_in(tx, reminder, team, sprint)?,
            About::Brief(brief) => of_brief(tx, reminder, brief, member)?,
        };
        all.insert(id, told);
    }
    Ok(all)
}

fn of_check_in(tx: &mut Tx, reminder: Reminder, team: Id<Team>, sprint: Id<Sprint>) -> Result<Told> {
    let name: Option<Localized> = teams::table.find(team).select(teams::name).first(tx.conn()).optional()?;
    let found: Option<Sprint> = sprints::table.find(sprint).first(tx.conn()).optional()?;
    let given = check_ins::table.filter(check_ins::sprint_id.eq(sprint)).filter(check_ins::team_id.eq(team));
    let given: i64 = given.count().get_result(tx.conn())?;
    Ok(Told { reminder, team: name, sprint: found, version: None, settled: given > 0 })
}

fn of_brief(tx: &mut Tx, reminder: Reminder, brief: Id<Brief>, member: Id<Member>) -> Result<Told> {
    let version: Option<i32> = briefs::table.find(brief).select(briefs::number).first(tx.conn()).optional()?;
    let read: i64 = acknowledgements::table.find((brief, member)).count().get_result(tx.conn())?;
    Ok(Told { reminder, team: None, sprint: None, version, settled: read > 0 })
}
