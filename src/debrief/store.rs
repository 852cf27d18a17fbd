//! The SQL of debriefs.

use diesel::prelude::*;

use super::{About, Debrief, Facts, Presented};
use crate::access::UserId;
use crate::base::{Error, Id, Instant, Name, PageRequest, Result, Text};
use crate::consortium::Member;
use crate::db::schema::{debriefs, members, users};
use crate::db::{Json, Tx};
use crate::hackathon::Hackathon;
use crate::team::Team;

#[derive(Queryable)]
struct Row {
    id: Id<Debrief>,
    hackathon: Id<Hackathon>,
    author: Id<Member>,
    member: Option<Id<Member>>,
    team: Option<Id<Team>>,
    profession: Option<Name>,
    body: Text,
    themes: Json<Vec<Name>>,
    presented: Json<Vec<Presented>>,
    shared_at: Option<Instant>,
    version: i64,
    created_at: Instant,
    updated_at: Instant,
}

type Joined = (Row, (UserId, Name));

fn whole((row, (user, display_name)): Joined) -> Result<Debrief> {
    let about = About::from_columns((row.member, row.team, row.profession));
    let about = about.ok_or_else(|| Error::internal("a debrief about nothing"))?;
    let facts = Facts { body: row.body, themes: row.themes.0, presented: row.presented.0 };
    let Row { id, hackathon, author, shared_at, version, created_at, updated_at, .. } = row;
    Ok(Debrief { id, hackathon, author, user, display_name, about, facts, shared_at, version, created_at, updated_at })
}

macro_rules! rows {
    ($here:ident) => {
        debriefs::table
            .inner_join(members::table.on(members::id.eq(debriefs::author_id)))
            .inner_join(users::table.on(users::id.eq(members::user_id)))
            .filter(debriefs::hackathon_id.eq($here))
            .select((debriefs::all_columns, (users::id, users::display_name)))
    };
}

/// The debrief of that id in this hackathon.
pub fn by_id(tx: &mut Tx, here: Id<Hackathon>, id: Id<Debrief>) -> Result<Option<Debrief>> {
    rows!(here).filter(debriefs::id.eq(id)).first::<Joined>(tx.conn()).optional()?.map(whole).transpose()
}

/// Which debriefs a list holds. What is left out holds for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// About this team.
    pub team: Option<Id<Team>>,
    /// About this profession.
    pub profession: Option<Name>,
}

/// A page of those that this user may read: what is shared, and their own.
pub fn list(
    tx: &mut Tx,
    here: Id<Hackathon>,
    user: UserId,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Vec<Debrief>> {
    let mut query = rows!(here)
        .filter(debriefs::shared_at.is_not_null().or(users::id.eq(user)))
        .order(debriefs::id)
        .limit(page.fetch())
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(debriefs::id.gt(Id::<Debrief>::from_uuid(after)));
    }
    if let Some(team) = filter.team {
        query = query.filter(debriefs::team_id.eq(team));
    }
    if let Some(profession) = &filter.profession {
        query = query.filter(debriefs::profession.eq(profession.clone()));
    }
    query.load::<Joined>(tx.conn())?.into_iter().map(whole).collect()
}

/// Every debrief that is shared.
pub fn shared(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Debrief>> {
    let query = rows!(here).filter(debriefs::shared_at.is_not_null()).order(debriefs::id);
    query.load::<Joined>(tx.conn())?.into_iter().map(whole).collect()
}

/// Writes a debrief.
pub fn insert(
    tx: &mut Tx,
    author: &Member,
    about: &About,
    facts: &Facts,
    shared_at: Option<Instant>,
) -> Result<Debrief> {
    let id: Id<Debrief> = tx.fresh();
    let (member, team, profession) = about.columns();
    let row = (
        debriefs::id.eq(id),
        debriefs::hackathon_id.eq(author.hackathon),
        debriefs::author_id.eq(author.id),
        debriefs::member_id.eq(member),
        debriefs::team_id.eq(team),
        debriefs::profession.eq(profession),
        debriefs::body.eq(&facts.body),
        debriefs::themes.eq(Json(facts.themes.clone())),
        debriefs::presented.eq(Json(facts.presented.clone())),
        debriefs::shared_at.eq(shared_at),
        debriefs::version.eq(1_i64),
        debriefs::created_at.eq(tx.now()),
        debriefs::updated_at.eq(tx.now()),
    );
    diesel::insert_into(debriefs::table).values(row).execute(tx.conn())?;
    by_id(tx, author.hackathon, id)?.ok_or_else(|| Error::internal("a debrief just written is not there"))
}

macro_rules! as_read {
    ($of:ident) => {
        debriefs::table.filter(debriefs::id.eq($of.id)).filter(debriefs::version.eq($of.version))
    };
}

/// Changes a debrief, unless it was changed since it was read.
pub fn update(tx: &mut Tx, of: &Debrief, facts: &Facts, shared_at: Option<Instant>) -> Result<Debrief> {
    let set = (
        debriefs::body.eq(&facts.body),
        debriefs::themes.eq(Json(facts.themes.clone())),
        debriefs::presented.eq(Json(facts.presented.clone())),
        debriefs::shared_at.eq(shared_at),
        debriefs::version.eq(debriefs::version + 1),
        debriefs::updated_at.eq(tx.now()),
    );
    if diesel::update(as_read!(of)).set(set).execute(tx.conn())? == 0 {
        return Err(Error::Stale);
    }
    by_id(tx, of.hackathon, of.id)?.ok_or(Error::NotFound)
}

/// Removes a debrief, unless it was changed since it was read.
pub fn delete(tx: &mut Tx, of: &Debrief) -> Result<()> {
    match diesel::delete(as_read!(of)).execute(tx.conn())? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}
