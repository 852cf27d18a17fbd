//! The SQL of who changed what. Nothing here changes or deletes a change.

use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::access::UserId;
use crate::base::{Id, Instant, Name, PageRequest, Result};
use crate::db::schema::{judging_changes, scores, users};
use crate::db::{Json, Tx};
use crate::hackathon::Hackathon;
use crate::judging::Score;
use crate::judging::change::{Action, Change, Kind, Note};

/// What was changed: only ever an id, of the kind that stands beside it.
struct Thing;

/// Keeps a change.
pub fn insert(tx: &mut Tx, note: Note, action: Action, (before, after): (Option<Value>, Option<Value>)) -> Result<()> {
    let row = (
        judging_changes::id.eq(tx.fresh::<Change>()),
        judging_changes::hackathon_id.eq(note.here),
        judging_changes::kind.eq(note.kind),
        judging_changes::thing_id.eq(Id::<Thing>::from_uuid(note.thing)),
        judging_changes::action.eq(action),
        judging_changes::changed_by.eq(note.by),
        judging_changes::before.eq(before.map(Json)),
        judging_changes::after.eq(after.map(Json)),
        judging_changes::created_at.eq(tx.now()),
    );
    diesel::insert_into(judging_changes::table).values(row).execute(tx.conn())?;
    Ok(())
}

type Facts = (Option<Json<Value>>, Option<Json<Value>>);
type Row = (Id<Change>, Kind, Id<Thing>, Action, UserId, Name, Facts, Instant);

/// A page of the changes of this hackathon, in the order in which they were made. What a draft said is told to nobody until it
/// is sealed.
pub fn list(tx: &mut Tx, here: Id<Hackathon>, page: &PageRequest) -> Result<Vec<Change>> {
    let mut query = judging_changes::table
        .inner_join(users::table)
        .filter(judging_changes::hackathon_id.eq(here))
        .order(judging_changes::id)
        .limit(page.fetch())
        .select((
            judging_changes::id,
            judging_changes::kind,
            judging_changes::thing_id,
            judging_changes::action,
            judging_changes::changed_by,
            users::display_name,
            (judging_changes::before, judging_changes::after),
            judging_changes::created_at,
        ))
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(judging_changes::id.gt(Id::<Change>::from_uuid(after)));
    }
    let rows: Vec<Row> = query.load(tx.conn())?;
    let sealed = sealed(tx, here)?;
    let change = |(id, kind, thing, action, changed_by, display_name, (before, after), created_at): Row| {
        let thing: Uuid = thing.uuid();
        let open = kind != Kind::Score || sealed.contains(&thing);
        let told = |facts: Option<Json<Value>>| facts.filter(|_| open).map(|Json(value)| value);
        let (before, after) = (told(before), told(after));
        Change { id, kind, thing, action, changed_by, display_name, before, after, created_at }
    };
    Ok(rows.into_iter().map(change).collect())
}

fn sealed(tx: &mut Tx, here: Id<Hackathon>) -> Result<Vec<Uuid>> {
    let query = scores::table.filter(scores::hackathon_id.eq(here)).filter(scores::sealed_at.is_not_null());
    let ids: Vec<Id<Score>> = query.select(scores::id).load(tx.conn())?;
    Ok(ids.into_iter().map(Id::uuid).collect())
}
