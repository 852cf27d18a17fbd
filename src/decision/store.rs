//! The SQL of decisions.

mod part;

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::{Change, Choice, Content, Decision, Part, Status};
use crate::base::{Error, Id, Instant, Key, Name, PageRequest, Result, Text};
use crate::consortium::Member;
use crate::db::schema::{decision_numbers, decision_parties, decision_questions, decision_versions, decisions};
use crate::db::{Conn, Json, Tx, on_backend};
use crate::directory::TopicId;
use crate::hackathon::Hackathon;
use crate::question::{Question, Standing};
use crate::sprint::Sprint;
use crate::team::Team;

#[derive(Queryable)]
struct Row {
    id: Id<Decision>,
    hackathon: Id<Hackathon>,
    number: i32,
    team: Option<Id<Team>>,
    topic: Option<TopicId>,
    sprint: Option<Id<Sprint>>,
    title: Name,
    context: Text,
    options: Json<Vec<Choice>>,
    outcome: Option<Text>,
    status: Status,
    decided_at: Option<Instant>,
    superseded_by: Option<Id<Decision>>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl Row {
    fn whole(self, parts: &mut part::Parts, questions: Vec<Id<Question>>) -> Decision {
        let Row { id, hackathon, number, team, topic, sprint, title, context, options, outcome, .. } = self;
        let Row { status, decided_at, superseded_by, version, created_at, updated_at, .. } = self;
        let mut of = |part: Part| parts.remove(&(id, part)).unwrap_or_default();
        let content = Content {
            decided_by: of(Part::Decided),
            consulted: of(Part::Consulted),
            informed: of(Part::Informed),
            options: options.0,
            title,
            context,
            outcome,
            status,
            superseded_by,
            topic,
            sprint,
            questions,
        };
        Decision { id, hackathon, number, team, content, decided_at, version, created_at, updated_at }
    }
}

/// With whom they name and the questions that led to them, read at once for all of them.
fn complete(tx: &mut Tx, rows: Vec<Row>) -> Result<Vec<Decision>> {
    let ids: Vec<Id<Decision>> = rows.iter().map(|row| row.id).collect();
    let mut parts = part::of(tx, &ids)?;
    let found: Vec<(Id<Decision>, Id<Question>)> = decision_questions::table
        .filter(decision_questions::decision_id.eq_any(ids))
        .order((decision_questions::decision_id, decision_questions::question_id))
        .select((decision_questions::decision_id, decision_questions::question_id))
        .load(tx.conn())?;
    let mut questions: HashMap<Id<Decision>, Vec<Id<Question>>> = HashMap::new();
    found.into_iter().for_each(|(decision, question)| questions.entry(decision).or_default().push(question));
    let whole = |row: Row| {
        // Both databases order ids as we do, so this list compares with one that was sorted here.
        let asked = questions.remove(&row.id).unwrap_or_default();
        row.whole(&mut parts, asked)
    };
    Ok(rows.into_iter().map(whole).collect())
}

/// The decision of that id or number in this hackathon.
pub fn find(tx: &mut Tx, hackathon: Id<Hackathon>, key: &Key) -> Result<Option<Decision>> {
    let query = decisions::table.filter(decisions::hackathon_id.eq(hackathon)).into_boxed();
    let number = |slug: &str| slug.parse().ok().filter(|number: &i32| number.to_string() == slug);
    let query = match key {
        Key::Id(id) => query.filter(decisions::id.eq(Id::<Decision>::from_uuid(*id))),
        Key::Slug(slug) => match number(slug.as_str()) {
            Some(number) => query.filter(decisions::number.eq(number)),
            None => return Ok(None),
        },
    };
    let row: Option<Row> = query.first(tx.conn()).optional()?;
    Ok(complete(tx, row.into_iter().collect())?.pop())
}

/// Which decisions a list holds. What is left out holds for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this team.
    pub team: Option<Id<Team>>,
    /// About this topic.
    pub topic: Option<TopicId>,
    /// Made in this sprint.
    pub sprint: Option<Id<Sprint>>,
    /// That this question led to.
    pub question: Option<Id<Question>>,
    /// That stand so.
    pub status: Option<Status>,
}

/// A page of the decisions that somebody may know of, the first one first: the same rule as [`Decision::is_seen_by`].
pub fn list(
    tx: &mut Tx,
    hackathon: Id<Hackathon>,
    standing: &Standing,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Vec<Decision>> {
    let mut query = decisions::table
        .filter(decisions::hackathon_id.eq(hackathon))
        .order(decisions::id)
        .limit(page.fetch())
        .into_boxed();
    if !standing.organizes() {
        let teams = standing.facts.builds_in.iter().chain(&standing.facts.mentors);
        let teams: Vec<Option<Id<Team>>> = teams.copied().map(Some).collect();
        let named = part::naming(tx, hackathon, standing)?;
        let near = decisions::team_id.is_null().or(decisions::team_id.eq_any(teams)).or(decisions::id.eq_any(named));
        query = query.filter(near);
    }
    if let Some(after) = page.after {
        query = query.filter(decisions::id.gt(Id::<Decision>::from_uuid(after)));
    }
    if let Some(team) = filter.team {
        query = query.filter(decisions::team_id.eq(team));
    }
    if let Some(topic) = filter.topic {
        query = query.filter(decisions::topic_id.eq(topic));
    }
    if let Some(sprint) = filter.sprint {
        query = query.filter(decisions::sprint_id.eq(sprint));
    }
    if let Some(status) = filter.status {
        query = query.filter(decisions::status.eq(status));
    }
    if let Some(question) = filter.question {
        let led = decision_questions::table.filter(decision_questions::question_id.eq(question));
        query = query.filter(decisions::id.eq_any(led.select(decision_questions::decision_id)));
    }
    let rows = query.load(tx.conn())?;
    complete(tx, rows)
}

/// The decisions of these ids in this hackathon, whoever may know of them.
pub fn of_ids(tx: &mut Tx, hackathon: Id<Hackathon>, ids: &[Id<Decision>]) -> Result<Vec<Decision>> {
    let query = decisions::table.filter(decisions::hackathon_id.eq(hackathon));
    let rows = query.filter(decisions::id.eq_any(ids.to_vec())).load(tx.conn())?;
    complete(tx, rows)
}

/// A decision, the one that took its place, and so on.
pub fn successors(tx: &mut Tx, from: Id<Decision>) -> Result<HashSet<Id<Decision>>> {
    let (mut seen, mut at) = (HashSet::new(), Some(from));
    while let Some(id) = at.filter(|id| !seen.contains(id)) {
        seen.insert(id);
        let next: Option<Option<Id<Decision>>> =
            decisions::table.find(id).select(decisions::superseded_by).first(tx.conn()).optional()?;
        at = next.flatten();
    }
    Ok(seen)
}

/// Waits until nobody else changes decisions of this hackathon: two that supersede each other at once would go round.
pub fn lock_all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<()> {
    let Conn::Postgres(conn) = tx.conn() else { return Ok(()) };
    let numbers = decision_numbers::table.find(hackathon).select(decision_numbers::last);
    let _: Option<i32> = numbers.for_no_key_update().first(conn).optional()?;
    Ok(())
}

/// The next number of this hackathon. Who takes one makes others wait, so that numbers have no gaps.
fn next_number(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<i32> {
    let first = (decision_numbers::hackathon_id.eq(hackathon), decision_numbers::last.eq(1));
    let next = decision_numbers::last.eq(decision_numbers::last + 1);
    let insert = diesel::insert_into(decision_numbers::table).values(first);
    let upsert = insert.on_conflict(decision_numbers::hackathon_id).do_update().set(next);
    Ok(on_backend!(tx.conn(), |conn| upsert.returning(decision_numbers::last).get_result(conn))?)
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = decisions, treat_none_as_null = true)]
struct Columns {
    topic_id: Option<TopicId>,
    sprint_id: Option<Id<Sprint>>,
    title: Name,
    context: Text,
    options: Json<Vec<Choice>>,
    outcome: Option<Text>,
    status: Status,
    decided_at: Option<Instant>,
    superseded_by: Option<Id<Decision>>,
}

fn columns(content: &Content, decided_at: Option<Instant>) -> Columns {
    let Content { title, context, options, outcome, status, superseded_by, topic, sprint, .. } = content.clone();
    let (topic_id, sprint_id, options) = (topic, sprint, Json(options));
    Columns { topic_id, sprint_id, title, context, options, outcome, status, decided_at, superseded_by }
}

/// Keeps a decision.
pub fn insert(
    tx: &mut Tx,
    hackathon: Id<Hackathon>,
    team: Option<Id<Team>>,
    by: Id<Member>,
    content: &Content,
) -> Result<Decision> {
    let (id, number, now) = (tx.fresh::<Decision>(), next_number(tx, hackathon)?, tx.now());
    let decided_at = (content.status != Status::Proposed).then_some(now);
    let row = (
        decisions::id.eq(id),
        decisions::hackathon_id.eq(hackathon),
        decisions::number.eq(number),
        decisions::team_id.eq(team),
        columns(content, decided_at),
        decisions::version.eq(1_i64),
        decisions::created_at.eq(now),
        decisions::updated_at.eq(now),
    );
    diesel::insert_into(decisions::table).values(row).execute(tx.conn())?;
    keep(tx, (hackathon, id, 1), content, by, &[])?;
    find(tx, hackathon, &Key::Id(id.uuid()))?.ok_or_else(|| Error::internal("a decision just kept is not there"))
}

/// Changes a decision, unless somebody else changed it meanwhile.
pub fn update(tx: &mut Tx, of: &Decision, by: Id<Member>, content: &Content, changed: &[String]) -> Result<Decision> {
    let as_read = decisions::table.filter(decisions::id.eq(of.id)).filter(decisions::version.eq(of.version));
    let version = of.version.saturating_add(1);
    let decided_at = (content.status != Status::Proposed).then_some(of.decided_at.unwrap_or(tx.now()));
    let rows = diesel::update(as_read)
        .set((columns(content, decided_at), decisions::version.eq(version), decisions::updated_at.eq(tx.now())))
        .execute(tx.conn())?;
    if rows == 0 {
        return Err(Error::Stale);
    }
    diesel::delete(decision_parties::table.filter(decision_parties::decision_id.eq(of.id))).execute(tx.conn())?;
    diesel::delete(decision_questions::table.filter(decision_questions::decision_id.eq(of.id))).execute(tx.conn())?;
    keep(tx, (of.hackathon, of.id, version), content, by, changed)?;
    find(tx, of.hackathon, &Key::Id(of.id.uuid()))?.ok_or(Error::NotFound)
}

/// Keeps whom it names, the questions, and the entry in its history.
fn keep(
    tx: &mut Tx,
    (hackathon, id, version): (Id<Hackathon>, Id<Decision>, i64),
    content: &Content,
    by: Id<Member>,
    changed: &[String],
) -> Result<()> {
    part::insert(tx, hackathon, id, content)?;
    let row = |question: &Id<Question>| {
        (
            decision_questions::hackathon_id.eq(hackathon),
            decision_questions::decision_id.eq(id),
            decision_questions::question_id.eq(*question),
        )
    };
    let rows: Vec<_> = content.questions.iter().map(row).collect();
    let insert = diesel::insert_into(decision_questions::table).values(rows);
    on_backend!(tx.conn(), |conn| insert.execute(conn))?;
    let entry = (
        decision_versions::hackathon_id.eq(hackathon),
        decision_versions::decision_id.eq(id),
        decision_versions::version.eq(version),
        decision_versions::changed.eq(Json(changed.to_vec())),
        decision_versions::member_id.eq(by),
        decision_versions::created_at.eq(tx.now()),
    );
    diesel::insert_into(decision_versions::table).values(entry).execute(tx.conn())?;
    Ok(())
}

type ChangeRow = (i64, Json<Vec<String>>, Id<Member>, Instant);

/// A page of a decision's history, the first entry first. What a cursor holds is the version, see [`place`].
pub fn history(tx: &mut Tx, of: &Decision, page: &PageRequest) -> Result<Vec<Change>> {
    let after = page.after.map_or(0, |after| i64::try_from(after.as_u128()).unwrap_or(i64::MAX));
    let rows: Vec<ChangeRow> = decision_versions::table
        .filter(decision_versions::decision_id.eq(of.id))
        .filter(decision_versions::version.gt(after))
        .order(decision_versions::version)
        .limit(page.fetch())
        .select((
            decision_versions::version,
            decision_versions::changed,
            decision_versions::member_id,
            decision_versions::created_at,
        ))
        .load(tx.conn())?;
    Ok(rows.into_iter().map(|(version, Json(changed), by, at)| Change { version, changed, by, at }).collect())
}

/// Where an entry stands in a history: cursors carry a UUID, and entries are listed by version.
pub fn place(change: &Change) -> uuid::Uuid {
    uuid::Uuid::from_u128(u128::try_from(change.version).unwrap_or_default())
}
