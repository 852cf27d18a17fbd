//! The SQL of teams.

pub mod roster;

use diesel::prelude::*;

use super::{Mentor, Team, TeamMember};
use crate::base::{Error, Id, Instant, Key, Localized, OrConflict, PageRequest, Result, Sentence, Slug, say};
use crate::db::Tx;
use crate::db::schema::teams;
use crate::hackathon::Hackathon;

#[derive(Queryable)]
struct Row {
    id: Id<Team>,
    hackathon: Id<Hackathon>,
    slug: Slug,
    name: Localized,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

/// The team of that id or slug in this hackathon, with its people.
pub fn find(tx: &mut Tx, hackathon: Id<Hackathon>, key: &Key) -> Result<Option<Team>> {
    let query = teams::table.filter(teams::hackathon_id.eq(hackathon)).into_boxed();
    let query = match key {
        Key::Id(id) => query.filter(teams::id.eq(Id::<Team>::from_uuid(*id))),
        Key::Slug(slug) => query.filter(teams::slug.eq(slug)),
    };
    let row: Option<Row> = query.first(tx.conn()).optional()?;
    Ok(peopled(tx, row.into_iter().collect())?.pop())
}

/// Every team of this hackathon.
pub fn all(tx: &mut Tx, hackathon: Id<Hackathon>) -> Result<Vec<Team>> {
    let rows = teams::table.filter(teams::hackathon_id.eq(hackathon)).order(teams::id).load(tx.conn())?;
    peopled(tx, rows)
}

/// A page of them.
pub fn list(tx: &mut Tx, hackathon: Id<Hackathon>, page: &PageRequest) -> Result<Vec<Team>> {
    let mut query =
        teams::table.filter(teams::hackathon_id.eq(hackathon)).order(teams::id).limit(page.fetch()).into_boxed();
    if let Some(after) = page.after {
        query = query.filter(teams::id.gt(Id::<Team>::from_uuid(after)));
    }
    let rows = query.load(tx.conn())?;
    peopled(tx, rows)
}

/// The teams with their people, read at once for all of them.
fn peopled(tx: &mut Tx, rows: Vec<Row>) -> Result<Vec<Team>> {
    let ids: Vec<Id<Team>> = rows.iter().map(|row| row.id).collect();
    let members = roster::members_of(tx, &ids)?;
    let mentors = roster::mentors_of(tx, &ids)?;
    Ok(rows.into_iter().map(|row| with_people(row, &members, &mentors)).collect())
}

fn with_people(row: Row, members: &[TeamMember], mentors: &[Mentor]) -> Team {
    let Row { id, hackathon, slug, name, version, created_at, updated_at } = row;
    let members = members.iter().filter(|one| one.team == id).cloned().collect();
    let mentors = mentors.iter().filter(|one| one.team == id).cloned().collect();
    Team { id, hackathon, slug, name, version, created_at, updated_at, members, mentors }
}

/// Makes a team without anybody in it.
pub fn insert(tx: &mut Tx, hackathon: Id<Hackathon>, slug: &Slug, name: &Localized) -> Result<Team> {
    let id: Id<Team> = tx.fresh();
    let row = (
        teams::id.eq(id),
        teams::hackathon_id.eq(hackathon),
        teams::slug.eq(slug),
        teams::name.eq(name),
        teams::version.eq(1_i64),
        teams::created_at.eq(tx.now()),
        teams::updated_at.eq(tx.now()),
    );
    diesel::insert_into(teams::table).values(row).execute(tx.conn()).or_conflict(|| taken(slug))?;
    find(tx, hackathon, &Key::Id(id.uuid()))?.ok_or_else(|| Error::internal("a team just made is not there"))
}

/// Changes slug and name to what `to` says, unless somebody else changed them meanwhile.
pub fn update(tx: &mut Tx, to: &Team) -> Result<Team> {
    let as_read = teams::table.filter(teams::id.eq(to.id)).filter(teams::version.eq(to.version));
    let changed = diesel::update(as_read)
        .set((
            teams::slug.eq(&to.slug),
            teams::name.eq(&to.name),
            teams::version.eq(teams::version + 1),
            teams::updated_at.eq(tx.now()),
        ))
        .execute(tx.conn())
        .or_conflict(|| taken(&to.slug))?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    find(tx, to.hackathon, &Key::Id(to.id.uuid()))?.ok_or(Error::NotFound)
}

fn taken(slug: &Slug) -> Sentence {
    say!("There is a team \"{slug}\" already.", "이미 있는 팀입니다: \"{slug}\"")
}

/// Removes a team; its people stay in the hackathon. What still points to it makes the database refuse.
pub fn delete(tx: &mut Tx, id: Id<Team>) -> Result<()> {
    diesel::delete(teams::table.find(id)).execute(tx.conn()).or_in_use(|| {
        say!(
            "Something in this hackathon still points to this team.",
            "이 해커톤에서 아직 쓰이는 팀이라 지울 수 없습니다."
        )
    })?;
    Ok(())
}
