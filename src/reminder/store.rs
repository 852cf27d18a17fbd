//! The SQL of reminders.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use diesel::prelude::*;

use super::{About, Reminder, Step, Told};
use crate::base::{Id, Instant, Localized, Result};
use crate::brief::Brief;
use crate::check_in::CheckIn;
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

type Row = (
    (Id<Reminder>, Id<Hackathon>, Step, Columns, Instant),
    (Option<Localized>, Option<Sprint>, Option<i32>),
    (Option<Id<CheckIn>>, Option<Id<Member>>),
);

/// These reminders with their names, as they stand for this member.
pub fn told(tx: &mut Tx, ids: &[Id<Reminder>], member: Id<Member>) -> Result<HashMap<Id<Reminder>, Told>> {
    let given = reminders::sprint_id.eq(check_ins::sprint_id.nullable());
    let given = given.and(reminders::team_id.eq(check_ins::team_id.nullable()));
    let read = reminders::brief_id.eq(acknowledgements::brief_id.nullable());
    let read = read.and(acknowledgements::member_id.eq(member));
    let rows: Vec<Row> = reminders::table
        .left_join(teams::table.on(reminders::team_id.eq(teams::id.nullable())))
        .left_join(sprints::table.on(reminders::sprint_id.eq(sprints::id.nullable())))
        .left_join(briefs::table.on(reminders::brief_id.eq(briefs::id.nullable())))
        .left_join(check_ins::table.on(given))
        .left_join(acknowledgements::table.on(read))
        .filter(reminders::id.eq_any(ids.to_vec()))
        .select((
            (reminders::id, reminders::hackathon_id, reminders::step, ABOUT, reminders::created_at),
            (teams::name.nullable(), sprints::all_columns.nullable(), briefs::number.nullable()),
            (check_ins::id.nullable(), acknowledgements::member_id.nullable()),
        ))
        .load(tx.conn())?;
    let told = |((id, hackathon, step, columns, created_at), (team, sprint, version), done): Row| {
        let reminder = Reminder { id, hackathon, about: about(columns)?, step, created_at };
        let settled = done.0.is_some() || done.1.is_some();
        Some((id, Told { reminder, team, sprint, version, settled }))
    };
    Ok(rows.into_iter().filter_map(told).collect())
}
