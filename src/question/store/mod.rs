//! The SQL of questions.

pub mod clock;
pub mod event;
pub mod follower;
pub mod guest;
pub mod handoff;
pub mod list;
pub mod memory;
pub mod names;
pub mod news;
pub mod post;
pub mod standing;
pub mod standings;
pub mod stay;

use diesel::prelude::*;

use super::events::Life;
use super::in_charge::InChargeColumns;
use super::state::StateColumns;
use super::{HolderRole, InCharge, Post, Question, ResolutionWord, State, StateWord, Visibility};
use crate::base::text::fold;
use crate::base::{Error, Id, Instant, Key, Name, Result, Text};
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Member, Unit};
use crate::db::schema::{hackathons, question_numbers, questions};
use crate::db::{Conn, Tx, on_backend};
use crate::directory::TopicId;
use crate::hackathon::Hackathon;
use crate::question::clock::Due;
use crate::sla_policy::Promise;
use crate::team::Team;

#[derive(Queryable)]
struct Row {
    id: Id<Question>,
    hackathon: Id<Hackathon>,
    number: i32,
    asker: Id<Member>,
    team: Option<Id<Team>>,
    topic: Option<TopicId>,
    title: Name,
    body: Option<Text>,
    _folded: String,
    visibility: Visibility,
    state: StateWord,
    resolution: Option<ResolutionWord>,
    duplicate_of: Option<Id<Question>>,
    holder_organization: Option<OrganizationId>,
    holder_unit: Option<Id<Unit>>,
    holder_member: Option<Id<Member>>,
    holder_role: Option<HolderRole>,
    assignee: Option<Id<Member>>,
    state_since: Instant,
    hops: i32,
    no_one_on_duty: bool,
    answered_at: Option<Instant>,
    accepted: Option<Id<Post>>,
    last_seq: i32,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
    due_at: Option<Instant>,
    due_for: Option<Promise>,
    wake_at: Option<Instant>,
    wound_version: i64,
}

impl Row {
    fn life(&self) -> Result<Life> {
        let columns: StateColumns = (self.state, self.resolution, self.duplicate_of, self.assignee);
        let in_charge: InChargeColumns =
            (self.holder_organization, self.holder_unit, self.holder_member, self.holder_role);
        Ok(Life {
            state: State::from_columns(columns).ok_or_else(|| Error::internal("a question in no state"))?,
            since: self.state_since,
            in_charge: InCharge::from_columns(in_charge),
            hops: self.hops,
            no_one_on_duty: self.no_one_on_duty,
            answered_at: self.answered_at,
            accepted: self.accepted,
            seq: self.last_seq,
        })
    }

    fn question(self) -> Result<Question> {
        let life = self.life()?;
        let Row { id, hackathon, number, asker, team, topic, title, body, visibility, .. } = self;
        let Row { version, created_at, updated_at, due_at, due_for, wake_at, wound_version, .. } = self;
        Ok(Question {
            id,
            hackathon,
            number,
            asker,
            team,
            topic,
            title,
            body,
            visibility,
            life,
            offer: None,
            before: Vec::new(),
            due: due_at.zip(due_for).map(|(at, promise)| Due { at, promise }),
            wake_at,
            wound_version,
            version,
            created_at,
            updated_at,
        })
    }
}

/// The questions of these rows with their offers and with where they lay before, read at once for all of them.
fn complete(tx: &mut Tx, rows: Vec<Row>) -> Result<Vec<Question>> {
    let mut questions = rows.into_iter().map(Row::question).collect::<Result<Vec<_>>>()?;
    let ids: Vec<Id<Question>> = questions.iter().map(|question| question.id).collect();
    let mut offers = handoff::offered(tx, &ids)?;
    let stays = stay::past(tx, &ids)?;
    for question in &mut questions {
        let place = offers.iter().position(|offer| offer.question == question.id);
        question.offer = place.map(|place| offers.swap_remove(place));
        question.before = stays.iter().filter(|(of, _)| *of == question.id).map(|(_, before)| *before).collect();
    }
    Ok(questions)
}

/// The number that a key stands for: a question goes by its id and by its number.
fn number(key: &Key) -> Option<i32> {
    match key {
        Key::Slug(slug) => slug.as_str().parse().ok().filter(|number| *number > 0),
        Key::Id(_) => None,
    }
}

/// Whether the question goes by this key.
pub fn goes_by(question: &Question, key: &Key) -> bool {
    *key == Key::Id(question.id.uuid()) || number(key) == Some(question.number)
}

/// The question of that id or number in this hackathon.
pub fn find(tx: &mut Tx, hackathon: Id<Hackathon>, key: &Key) -> Result<Option<Question>> {
    let query = questions::table.filter(questions::hackathon_id.eq(hackathon)).into_boxed();
    let query = match (key, number(key)) {
        (Key::Id(id), _) => query.filter(questions::id.eq(Id::<Question>::from_uuid(*id))),
        (_, Some(number)) => query.filter(questions::number.eq(number)),
        _ => return Ok(None),
    };
    let row: Option<Row> = query.first(tx.conn()).optional()?;
    Ok(complete(tx, row.into_iter().collect())?.pop())
}

/// A question that is known to be there.
pub fn of_id(tx: &mut Tx, hackathon: Id<Hackathon>, id: Id<Question>) -> Result<Question> {
    find(tx, hackathon, &Key::Id(id.uuid()))?.ok_or(Error::NotFound)
}

/// Those of these questions that are in this hackathon, in no order.
pub fn of_ids(tx: &mut Tx, hackathon: Id<Hackathon>, ids: &[Id<Question>]) -> Result<Vec<Question>> {
    let query = questions::table.filter(questions::hackathon_id.eq(hackathon));
    let rows = query.filter(questions::id.eq_any(ids.to_vec())).load(tx.conn())?;
    complete(tx, rows)
}

/// Waits until this transaction alone may change the question. SQLite has one writer, who waited before it began.
pub fn lock(tx: &mut Tx, hackathon: Id<Hackathon>, key: &Key) -> Result<()> {
    let Conn::Postgres(conn) = tx.conn() else { return Ok(()) };
    let here = questions::table.filter(questions::hackathon_id.eq(hackathon)).select(questions::id);
    let _: Option<Id<Question>> = match (key, number(key)) {
        (Key::Id(id), _) => {
            let id = Id::<Question>::from_uuid(*id);
            here.filter(questions::id.eq(id)).for_no_key_update().first(conn).optional()?
        }
        (_, Some(number)) => here.filter(questions::number.eq(number)).for_no_key_update().first(conn).optional()?,
        _ => None,
    };
    Ok(())
}

/// Waits until no other merge of this hackathon is under way.
pub fn lock_hackathon(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<()> {
    let Conn::Postgres(conn) = tx.conn() else { return Ok(()) };
    let here = hackathons::table.find(hackathon).select(hackathons::id);
    let _: Id<Hackathon> = here.for_no_key_update().first(conn)?;
    Ok(())
}

/// Waits until nobody asks or changes a question of this hackathon, and keeps it so until the transaction ends. Whoever deletes a
/// hackathon does this first: deleting takes locks in an order of its own, against which others could wait for ever.
pub fn lock_all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<()> {
    let Conn::Postgres(conn) = tx.conn() else { return Ok(()) };
    let numbers = question_numbers::table.find(hackathon).select(question_numbers::last);
    let _: Option<i32> = numbers.for_no_key_update().first(conn).optional()?;
    let all = questions::table.filter(questions::hackathon_id.eq(hackathon)).order(questions::id);
    let _: Vec<Id<Question>> = all.select(questions::id).for_no_key_update().load(conn)?;
    Ok(())
}

/// The next number of this hackathon. Who takes one makes others who ask wait, so that numbers have no gaps.
pub fn next_number(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<i32> {
    let first = (question_numbers::hackathon_id.eq(hackathon), question_numbers::last.eq(1));
    let next = question_numbers::last.eq(question_numbers::last + 1);
    let insert = diesel::insert_into(question_numbers::table).values(first);
    let upsert = insert.on_conflict(question_numbers::hackathon_id).do_update().set(next);
    Ok(on_backend!(tx.conn(), |conn| upsert.returning(question_numbers::last).get_result(conn))?)
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = questions, treat_none_as_null = true)]
struct Columns {
    team_id: Option<Id<Team>>,
    topic_id: Option<TopicId>,
    title: Name,
    body: Option<Text>,
    folded: String,
    visibility: Visibility,
    state: StateWord,
    resolution: Option<ResolutionWord>,
    duplicate_of: Option<Id<Question>>,
    holder_organization_id: Option<OrganizationId>,
    holder_unit_id: Option<Id<Unit>>,
    holder_member_id: Option<Id<Member>>,
    holder_role: Option<HolderRole>,
    assignee_id: Option<Id<Member>>,
    state_since: Instant,
    hops: i32,
    no_one_on_duty: bool,
    answered_at: Option<Instant>,
    accepted_id: Option<Id<Post>>,
    last_seq: i32,
    due_at: Option<Instant>,
    due_for: Option<Promise>,
    wake_at: Option<Instant>,
    wound_version: i64,
}

fn columns(question: &Question) -> Columns {
    let Question { team, topic, title, body, visibility, life, due, wake_at, wound_version, .. } = question.clone();
    let (state, resolution, duplicate_of, assignee_id) = life.state.columns();
    let (organization, unit, member, role) = life.in_charge.columns();
    Columns {
        team_id: team,
        topic_id: topic,
        folded: folded(&title, body.as_ref()),
        title,
        body,
        visibility,
        state,
        resolution,
        duplicate_of,
        holder_organization_id: organization,
        holder_unit_id: unit,
        holder_member_id: member,
        holder_role: role,
        assignee_id,
        state_since: life.since,
        hops: life.hops,
        no_one_on_duty: life.no_one_on_duty,
        answered_at: life.answered_at,
        accepted_id: life.accepted,
        last_seq: life.seq,
        due_at: due.map(|due| due.at),
        due_for: due.map(|due| due.promise),
        wake_at,
        wound_version,
    }
}

fn folded(title: &Name, body: Option<&Text>) -> String {
    fold(&[title.as_str(), body.map(Text::as_str).unwrap_or_default()].join("\n"))
}

/// Keeps a new question.
pub fn insert(tx: &mut Tx, question: &Question) -> Result<()> {
    let row = (
        questions::id.eq(question.id),
        questions::hackathon_id.eq(question.hackathon),
        questions::number.eq(question.number),
        questions::asker_id.eq(question.asker),
        columns(question),
        questions::version.eq(question.version),
        questions::created_at.eq(question.created_at),
        questions::updated_at.eq(question.updated_at),
    );
    diesel::insert_into(questions::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// Keeps a changed question, if it is still the one that was read.
pub fn update(tx: &mut Tx, question: &Question) -> Result<()> {
    let as_read =
        questions::table.filter(questions::id.eq(question.id)).filter(questions::version.eq(question.version));
    let changed = diesel::update(as_read)
        .set((columns(question), questions::version.eq(questions::version + 1), questions::updated_at.eq(tx.now())))
        .execute(tx.conn())?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}
