//! The SQL of webhooks.

pub mod delivery;
pub mod queue;

use diesel::prelude::*;

use super::{EventType, Facts, Secret, Webhook, WhyOff};
use crate::base::{Error, Id, Instant, Name, PageRequest, Result};
use crate::db::schema::webhooks;
use crate::db::{Json, Tx};
use crate::hackathon::Hackathon;
use crate::outward::Target;

#[derive(Queryable)]
struct Row {
    id: Id<Webhook>,
    hackathon_id: Id<Hackathon>,
    name: Name,
    url: Target,
    events: Json<Vec<EventType>>,
    secret: String,
    previous_secret: Option<String>,
    previous_until: Option<Instant>,
    off_at: Option<Instant>,
    off_because: Option<WhyOff>,
    hears_since: Instant,
    failing_since: Option<Instant>,
    _taken_until: Option<Instant>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Row> for Webhook {
    fn from(row: Row) -> Webhook {
        Webhook {
            id: row.id,
            hackathon: row.hackathon_id,
            facts: Facts { name: row.name, target: row.url, events: row.events.0 },
            secret: Secret::stored(row.secret),
            previous: row.previous_secret.map(Secret::stored).zip(row.previous_until),
            off: row.off_at.zip(row.off_because),
            hears_since: row.hears_since,
            failing_since: row.failing_since,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = webhooks, treat_none_as_null = true)]
struct Columns {
    name: Name,
    url: Target,
    events: Json<Vec<EventType>>,
    secret: String,
    previous_secret: Option<String>,
    previous_until: Option<Instant>,
    off_at: Option<Instant>,
    off_because: Option<WhyOff>,
    hears_since: Instant,
    failing_since: Option<Instant>,
}

fn columns(of: &Webhook) -> Columns {
    let Webhook { facts, secret, previous, off, hears_since, failing_since, .. } = of.clone();
    let (previous_secret, previous_until) = previous.unzip();
    let (off_at, off_because) = off.unzip();
    Columns {
        name: facts.name,
        url: facts.target,
        events: Json(facts.events),
        secret: secret.exposed().to_owned(),
        previous_secret: previous_secret.map(|secret| secret.exposed().to_owned()),
        previous_until,
        off_at,
        off_because,
        hears_since,
        failing_since,
    }
}

/// The webhook of that id in this hackathon.
pub fn by_id(tx: &mut Tx, here: Id<Hackathon>, id: Id<Webhook>) -> Result<Option<Webhook>> {
    let query = webhooks::table.filter(webhooks::hackathon_id.eq(here)).filter(webhooks::id.eq(id));
    Ok(query.first::<Row>(tx.conn()).optional()?.map(Webhook::from))
}

/// A page of the webhooks of this hackathon, in the order in which they were made.
pub fn list(tx: &mut Tx, here: Id<Hackathon>, page: &PageRequest) -> Result<Vec<Webhook>> {
    let mut query =
        webhooks::table.filter(webhooks::hackathon_id.eq(here)).order(webhooks::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(webhooks::id.gt(Id::<Webhook>::from_uuid(after)));
    }
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(Webhook::from).collect())
}

/// Those of this hackathon that are on.
pub fn listening(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Webhook>> {
    let query = webhooks::table.filter(webhooks::hackathon_id.eq(here)).filter(webhooks::off_at.is_null());
    Ok(query.order(webhooks::id).load::<Row>(tx.conn())?.into_iter().map(Webhook::from).collect())
}

/// How many there are in this hackathon.
pub fn count(tx: &mut Tx, here: Id<Hackathon>) -> Result<i64> {
    Ok(webhooks::table.filter(webhooks::hackathon_id.eq(here)).count().get_result(tx.conn())?)
}

/// Makes a webhook.
pub fn insert(tx: &mut Tx, here: Id<Hackathon>, facts: &Facts, secret: &Secret) -> Result<Webhook> {
    let (id, now) = (tx.fresh(), tx.now());
    let new = Webhook {
        id,
        hackathon: here,
        facts: facts.clone(),
        secret: secret.clone(),
        previous: None,
        off: None,
        hears_since: now,
        failing_since: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let row = (
        webhooks::id.eq(id),
        webhooks::hackathon_id.eq(here),
        columns(&new),
        webhooks::version.eq(new.version),
        webhooks::created_at.eq(now),
        webhooks::updated_at.eq(now),
    );
    diesel::insert_into(webhooks::table).values(row).execute(tx.conn())?;
    Ok(new)
}

/// Keeps a webhook as it is to be, unless it was changed since it was read.
pub fn update(tx: &mut Tx, to: &Webhook) -> Result<Webhook> {
    let as_read = webhooks::table.filter(webhooks::id.eq(to.id)).filter(webhooks::version.eq(to.version));
    let (version, updated_at) = (to.version.saturating_add(1), tx.now());
    let set = (columns(to), webhooks::version.eq(version), webhooks::updated_at.eq(updated_at));
    match diesel::update(as_read).set(set).execute(tx.conn())? {
        0 => Err(Error::Stale),
        _ => Ok(Webhook { version, updated_at, ..to.clone() }),
    }
}

/// Removes a webhook with its log, unless it was changed since it was read.
pub fn delete(tx: &mut Tx, of: &Webhook) -> Result<()> {
    let as_read = webhooks::table.filter(webhooks::id.eq(of.id)).filter(webhooks::version.eq(of.version));
    match diesel::delete(as_read).execute(tx.conn())? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}
