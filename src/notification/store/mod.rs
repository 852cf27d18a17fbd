//! The SQL of notifications.

pub mod mail;
pub mod preference;

use diesel::prelude::*;

use super::post::Mail;
use super::{About, Notification, Reason};
use crate::access::UserId;
use crate::base::{Id, Instant, PageRequest, Result};
use crate::consortium::Member;
use crate::db::schema::{members, notifications};
use crate::db::{Tx, on_backend};
use crate::hackathon::Hackathon;
use crate::question::Question;
use crate::reminder::Reminder;

type Of = (Option<Id<Question>>, Option<i32>, Option<Id<Reminder>>);
type Row = ((Id<Notification>, Id<Hackathon>, Id<Member>), Of, (Reason, Instant, Option<Instant>));

/// None where the row is of nothing, which the tables do not allow.
fn whole(((id, hackathon, member), of, (reason, created_at, read_at)): Row) -> Option<Notification> {
    let about = match of {
        (Some(question), Some(seq), _) => About::Event(question, seq),
        (_, _, reminder) => About::Reminder(reminder?),
    };
    Some(Notification { id, hackathon, member, about, reason, created_at, read_at })
}

fn columns(about: About) -> Of {
    match about {
        About::Event(question, seq) => (Some(question), Some(seq), None),
        About::Reminder(reminder) => (None, None, Some(reminder)),
    }
}

macro_rules! rows {
    () => {{
        use crate::db::schema::notifications as n;
        n::table.select((
            (n::id, n::hackathon_id, n::member_id),
            (n::question_id, n::seq, n::reminder_id),
            (n::reason, n::created_at, n::read_at),
        ))
    }};
}

/// Keeps that somebody is told, in the application where `web` says so, and with this mail. Who was told of it
/// already is not told again.
pub fn insert(tx: &mut Tx, new: &Notification, web: bool, mail: Option<Id<Mail>>) -> Result<()> {
    let (question, seq, reminder) = columns(new.about);
    let row = (
        notifications::id.eq(new.id),
        notifications::hackathon_id.eq(new.hackathon),
        notifications::member_id.eq(new.member),
        notifications::question_id.eq(question),
        notifications::seq.eq(seq),
        notifications::reminder_id.eq(reminder),
        notifications::reason.eq(new.reason),
        notifications::web.eq(web),
        notifications::mail_id.eq(mail),
        notifications::created_at.eq(new.created_at),
    );
    let insert = diesel::insert_into(notifications::table).values(row);
    on_backend!(tx.conn(), |conn| insert.on_conflict_do_nothing().execute(conn))?;
    Ok(())
}

/// A page of what a user is shown in the application, the newest first.
pub fn list(tx: &mut Tx, user: UserId, unread: bool, page: &PageRequest) -> Result<Vec<Notification>> {
    let own = members::table.filter(members::user_id.eq(user)).select(members::id);
    let mut query = rows!()
        .filter(notifications::member_id.eq_any(own))
        .filter(notifications::web.eq(true))
        .order(notifications::id.desc())
        .limit(page.fetch())
        .into_boxed();
    if unread {
        query = query.filter(notifications::read_at.is_null());
    }
    if let Some(after) = page.after {
        query = query.filter(notifications::id.lt(Id::<Notification>::from_uuid(after)));
    }
    Ok(query.load::<Row>(tx.conn())?.into_iter().filter_map(whole).collect())
}

/// What goes out with a mail and was not read meanwhile, in order.
pub fn of_mail(tx: &mut Tx, mail: Id<Mail>) -> Result<Vec<Notification>> {
    let query = rows!().filter(notifications::mail_id.eq(mail)).filter(notifications::read_at.is_null());
    Ok(query.order(notifications::id).load::<Row>(tx.conn())?.into_iter().filter_map(whole).collect())
}

/// Marks a user's notifications as read: these, or all of them. Others' are left alone.
pub fn read(tx: &mut Tx, user: UserId, only: Option<Vec<Id<Notification>>>) -> Result<()> {
    let own = members::table.filter(members::user_id.eq(user)).select(members::id);
    let unread =
        notifications::table.filter(notifications::member_id.eq_any(own)).filter(notifications::read_at.is_null());
    let read = notifications::read_at.eq(tx.now());
    match only {
        Some(ids) => diesel::update(unread.filter(notifications::id.eq_any(ids))).set(read).execute(tx.conn())?,
        None => diesel::update(unread).set(read).execute(tx.conn())?,
    };
    Ok(())
}

/// Drops what is older than this.
pub fn delete_before(tx: &mut Tx, before: Instant) -> Result<()> {
    diesel::delete(notifications::table.filter(notifications::created_at.lt(before))).execute(tx.conn())?;
    Ok(())
}
