//! `/v1/hackathons/{hackathon}/shifts`: duty beyond the weekly hours, and instead of them.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Within};
use crate::base::{Id, Instant, Page, Patch, given};
use crate::channel::shift::{self, Facts};
use crate::channel::store::shift as store;
use crate::channel::{Channel, Shift};
use crate::consortium::{Holder, HolderSaid};
use crate::hackathon::{self, Hackathon};

const LIST: &str = "shifts";

/// A shift as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<Shift>,
    owner: Holder,
    channel: Option<Id<Channel>>,
    starts_at: Instant,
    ends_at: Instant,
    replaces: bool,
    on_duty: bool,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Shift> for View {
    fn from(shift: Shift) -> View {
        let Shift { id, facts, created_at, updated_at, .. } = shift;
        let Facts { owner, channel, starts_at, ends_at, replaces, on_duty } = facts;
        View { id, owner, channel, starts_at, ends_at, replaces, on_duty, created_at, updated_at }
    }
}

/// `GET /v1/hackathons/{hackathon}/shifts`
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let rows = may.read(move |tx, right| store::list(tx, right.on().id, &page)).await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(View::from))
}

/// A new shift.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewShift {
    owner: HolderSaid,
    channel: Option<String>,
    starts_at: Instant,
    ends_at: Instant,
    #[serde(default)]
    replaces: bool,
    on_duty: Option<bool>,
}

/// `POST /v1/hackathons/{hackathon}/shifts`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<NewShift>) -> Answered {
    may.post(sent, |tx, right, new| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let facts = Facts {
            owner: new.owner.find(tx, here.id, "/owner")?,
            channel: new.channel.map(|key| shift::about(tx, here.id, &key)).transpose()?,
            starts_at: new.starts_at,
            ends_at: new.ends_at,
            replaces: new.replaces,
            on_duty: new.on_duty.unwrap_or(true),
        };
        let made = shift::add(tx, here.id, &facts)?;
        let (place, tag) = (format!("/v1/hackathons/{}/shifts/{}", here.slug, made.id), made.tag());
        Ok(Answer::created(place, &View::from(made))?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/shifts/{shift}`
pub async fn show(may: May<See, Within<Hackathon, Shift>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone())).await
}

/// A change of a shift.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftPatch {
    #[serde(default, deserialize_with = "given")]
    owner: Option<HolderSaid>,
    #[serde(default)]
    channel: Patch<String>,
    #[serde(default, deserialize_with = "given")]
    starts_at: Option<Instant>,
    #[serde(default, deserialize_with = "given")]
    ends_at: Option<Instant>,
    #[serde(default, deserialize_with = "given")]
    replaces: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    on_duty: Option<bool>,
}

/// `PATCH /v1/hackathons/{hackathon}/shifts/{shift}`
pub async fn change(may: May<Change, Within<Hackathon, Shift>>, Body(sent): Body<ShiftPatch>) -> Answered {
    let patch = sent.value;
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let old = item.facts.clone();
        let facts = Facts {
            owner: patch.owner.map_or(Ok(old.owner), |said| said.find(tx, parent.id, "/owner"))?,
            channel: patch.channel.try_map(|key| shift::about(tx, parent.id, &key))?.apply(old.channel),
            starts_at: patch.starts_at.unwrap_or(old.starts_at),
            ends_at: patch.ends_at.unwrap_or(old.ends_at),
            replaces: patch.replaces.unwrap_or(old.replaces),
            on_duty: patch.on_duty.unwrap_or(old.on_duty),
        };
        shown(shift::change(tx, item, &facts)?)
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/shifts/{shift}`
pub async fn delete(may: May<Change, Within<Hackathon, Shift>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        store::delete(tx, item)?;
        Ok(Answer::done())
    })
    .await
}

fn shown(shift: Shift) -> Answered {
    let tag = shift.tag();
    Ok(Answer::ok(&View::from(shift))?.tagged(tag))
}
