//! The SQL of channels.

use diesel::prelude::*;

use crate::base::{Error, Id, Instant, Key, Localized, OrConflict, PageRequest, Result, Sentence, Slug, Text, say};
use crate::channel::{Channel, ChannelKind, Facts};
use crate::consortium::holder::HolderColumns;
use crate::consortium::organization::OrganizationId;
use crate::consortium::{Holder, Member, Unit};
use crate::db::schema::channels;
use crate::db::{Json, Tx};
use crate::duty::Hours;
use crate::hackathon::{Hackathon, Zone};

#[derive(Queryable)]
struct Row {
    id: Id<Channel>,
    hackathon: Id<Hackathon>,
    slug: Slug,
    name: Option<Localized>,
    organization_id: Option<OrganizationId>,
    unit_id: Option<Id<Unit>>,
    member_id: Option<Id<Member>>,
    team_mentor: bool,
    kind: ChannelKind,
    address: Text,
    timezone: Option<Zone>,
    hours: Json<Vec<Hours>>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Row> for Channel {
    fn from(row: Row) -> Channel {
        let owner: HolderColumns = (row.organization_id, row.unit_id, row.member_id, row.team_mentor);
        let Row { id, hackathon, slug, name, kind, address, timezone, hours, version, created_at, updated_at, .. } =
            row;
        let owner = Holder::from_columns(owner);
        let facts = Facts { slug, name, owner, kind, address, timezone, hours: hours.0 };
        Channel { id, hackathon, facts, version, created_at, updated_at }
    }
}

/// The channel of that id or slug in this hackathon.
pub fn find(tx: &mut Tx, hackathon: Id<Hackathon>, key: &Key) -> Result<Option<Channel>> {
    let query = channels::table.filter(channels::hackathon_id.eq(hackathon)).into_boxed();
    let query = match key {
        Key::Id(id) => query.filter(channels::id.eq(Id::<Channel>::from_uuid(*id))),
        Key::Slug(slug) => query.filter(channels::slug.eq(slug)),
    };
    Ok(query.first::<Row>(tx.conn()).optional()?.map(Channel::from))
}

/// Every channel of this hackathon, oldest first.
pub fn all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Channel>> {
    let query = channels::table.filter(channels::hackathon_id.eq(hackathon)).order(channels::id);
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(Channel::from).collect())
}

/// A page of them.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, page: &PageRequest) -> Result<Vec<Channel>> {
    let query = channels::table.filter(channels::hackathon_id.eq(hackathon));
    let mut query = query.order(channels::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(channels::id.gt(Id::<Channel>::from_uuid(after)));
    }
    Ok(query.load::<Row>(tx.conn())?.into_iter().map(Channel::from).collect())
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = channels, treat_none_as_null = true)]
struct Columns {
    slug: Slug,
    name: Option<Localized>,
    organization_id: Option<OrganizationId>,
    unit_id: Option<Id<Unit>>,
    member_id: Option<Id<Member>>,
    team_mentor: bool,
    kind: ChannelKind,
    address: Text,
    timezone: Option<Zone>,
    hours: Json<Vec<Hours>>,
}

fn columns(facts: &Facts) -> Columns {
    let Facts { slug, name, owner, kind, address, timezone, hours } = facts.clone();
    let (organization_id, unit_id, member_id, team_mentor) = owner.columns();
    let hours = Json(hours);
    Columns { slug, name, organization_id, unit_id, member_id, team_mentor, kind, address, timezone, hours }
}

fn taken(facts: &Facts) -> Sentence {
    let slug = &facts.slug;
    say!("There is a channel \"{slug}\" already.", "이미 있는 채널입니다: \"{slug}\"")
}

/// Makes a channel.
pub fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, facts: &Facts) -> Result<Channel> {
    let id: Id<Channel> = tx.fresh();
    let row = (
        channels::id.eq(id),
        channels::hackathon_id.eq(hackathon),
        columns(facts),
        channels::version.eq(1_i64),
        channels::created_at.eq(tx.now()),
        channels::updated_at.eq(tx.now()),
    );
    diesel::insert_into(channels::table).values(row).execute(tx.conn()).or_conflict(|| taken(facts))?;
    find(tx, hackathon, &Key::Id(id.uuid()))?.ok_or_else(|| Error::internal("a channel just made is not there"))
}

/// Changes a channel, unless somebody else changed it since it was read.
pub fn update(tx: &mut Tx, channel: &Channel, to: &Facts) -> Result<Channel> {
    let row = channels::table.filter(channels::id.eq(channel.id)).filter(channels::version.eq(channel.version));
    let changed = diesel::update(row)
        .set((columns(to), channels::version.eq(channels::version + 1), channels::updated_at.eq(tx.now())))
        .execute(tx.conn())
        .or_conflict(|| taken(to))?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    find(tx, channel.hackathon, &Key::Id(channel.id.uuid()))?.ok_or(Error::NotFound)
}

/// Removes a channel. Shifts that are about it make the database refuse.
pub fn delete(tx: &mut Tx, id: Id<Channel>) -> Result<()> {
    diesel::delete(channels::table.find(id)).execute(tx.conn())?;
    Ok(())
}
