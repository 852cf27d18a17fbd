//! The SQL of topics.

use diesel::prelude::*;

use super::{Facts, Phrases, Topic};
use crate::base::{Error, Id, Instant, Key, Localized, OrConflict, PageRequest, Result, Sentence, Slug, say};
use crate::db::schema::{responsibilities, topics};
use crate::db::{Json, Tx};
use crate::hackathon::Hackathon;

#[derive(Queryable)]
struct Row {
    id: Id<Topic>,
    hackathon: Id<Hackathon>,
    parent: Option<Id<Topic>>,
    slug: Slug,
    name: Localized,
    description: Option<Localized>,
    keywords: Json<Phrases>,
    examples: Json<Phrases>,
    pack: Option<Slug>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Row> for Topic {
    fn from(row: Row) -> Topic {
        let Row { id, hackathon, parent, slug, name, description, keywords, examples, pack, .. } = row;
        let facts = Facts { slug, name, description, keywords: keywords.0, examples: examples.0, parent, pack };
        Topic { id, hackathon, facts, version: row.version, created_at: row.created_at, updated_at: row.updated_at }
    }
}

/// The topic of that id or slug in this hackathon.
pub fn find(tx: &mut Tx, hackathon: Id<Hackathon>, key: &Key) -> Result<Option<Topic>> {
    let query = topics::table.filter(topics::hackathon_id.eq(hackathon)).into_boxed();
    let query = match key {
        Key::Id(id) => query.filter(topics::id.eq(Id::<Topic>::from_uuid(*id))),
        Key::Slug(slug) => query.filter(topics::slug.eq(slug)),
    };
    Ok(query.first::<Row>(tx.conn()).optional()?.map(Topic::from))
}

/// Every topic of this hackathon, oldest first.
pub fn all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Topic>> {
    let query = topics::table.filter(topics::hackathon_id.eq(hackathon)).order(topics::id);
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(Topic::from).collect())
}

/// A page of them.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, page: &PageRequest) -> Result<Vec<Topic>> {
    let query = topics::table.filter(topics::hackathon_id.eq(hackathon));
    let mut query = query.order(topics::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(topics::id.gt(Id::<Topic>::from_uuid(after)));
    }
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(Topic::from).collect())
}

/// Each topic that is a part of another, with it.
pub fn parents(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<(Id<Topic>, Id<Topic>)>> {
    let query = topics::table.filter(topics::hackathon_id.eq(hackathon)).filter(topics::parent_id.is_not_null());
    Ok(query.select((topics::id, topics::parent_id.assume_not_null())).load(tx.conn())?)
}

/// A topic, and the one that it is a part of.
pub type Place = (Id<Topic>, Option<Id<Topic>>);

/// Where every topic lies in the tree; oldest first.
pub fn places(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Place>> {
    let query = topics::table.filter(topics::hackathon_id.eq(hackathon)).order(topics::id);
    Ok(query.select((topics::id, topics::parent_id)).load(tx.conn())?)
}

/// The slugs of the topics that are parts of this one.
pub fn children(tx: &mut Tx, of: &Topic) -> Result<Vec<Slug>> {
    let query = topics::table.filter(topics::hackathon_id.eq(of.hackathon)).filter(topics::parent_id.eq(of.id));
    Ok(query.order(topics::id).select(topics::slug).load(tx.conn())?)
}

/// What the draft of the matrix says of this topic: ids of responsibilities, and their roles.
pub fn cells(tx: &mut Tx, of: &Topic) -> Result<Vec<(Id<()>, String)>> {
    let query = responsibilities::table.filter(responsibilities::topic_id.eq(of.id)).order(responsibilities::id);
    Ok(query.select((responsibilities::id, responsibilities::role)).load(tx.conn())?)
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = topics, treat_none_as_null = true)]
struct Columns {
    parent_id: Option<Id<Topic>>,
    slug: Slug,
    name: Localized,
    description: Option<Localized>,
    keywords: Json<Phrases>,
    examples: Json<Phrases>,
    pack: Option<Slug>,
}

fn columns(facts: &Facts) -> Columns {
    let Facts { slug, name, description, keywords, examples, parent, pack } = facts.clone();
    Columns { parent_id: parent, slug, name, description, keywords: Json(keywords), examples: Json(examples), pack }
}

fn taken(facts: &Facts) -> Sentence {
    let slug = &facts.slug;
    say!("There is a topic \"{slug}\" already.", "이미 있는 주제입니다: \"{slug}\"")
}

/// Makes a topic.
pub fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, facts: &Facts) -> Result<Topic> {
    let id: Id<Topic> = tx.fresh();
    let row = (
        topics::id.eq(id),
        topics::hackathon_id.eq(hackathon),
        columns(facts),
        topics::version.eq(1_i64),
        topics::created_at.eq(tx.now()),
        topics::updated_at.eq(tx.now()),
    );
    diesel::insert_into(topics::table).values(row).execute(tx.conn()).or_conflict(|| taken(facts))?;
    find(tx, hackathon, &Key::Id(id.uuid()))?.ok_or_else(|| Error::internal("a topic just made is not there"))
}

/// Changes a topic, unless somebody else changed it since it was read.
pub fn update(tx: &mut Tx, topic: &Topic, to: &Facts) -> Result<Topic> {
    let row = topics::table.filter(topics::id.eq(topic.id)).filter(topics::version.eq(topic.version));
    let changed = diesel::update(row)
        .set((columns(to), topics::version.eq(topics::version + 1), topics::updated_at.eq(tx.now())))
        .execute(tx.conn())
        .or_conflict(|| taken(to))?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    find(tx, topic.hackathon, &Key::Id(topic.id.uuid()))?.ok_or(Error::NotFound)
}

/// Removes a topic. What still points to it makes the database refuse.
pub fn delete(tx: &mut Tx, topic: &Topic) -> Result<()> {
    diesel::delete(topics::table.find(topic.id)).execute(tx.conn()).or_in_use(|| {
        say!("Questions have been asked on this topic, so it stays.", "이 주제로 올라온 질문이 있어 지울 수 없습니다.")
    })?;
    Ok(())
}
