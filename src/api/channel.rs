//! `/v1/hackathons/{hackathon}/channels`: where holders are reached.

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};

use super::{Answered, Body, Paging, Query, answer};
use crate::access::policy::{Change, See};
use crate::access::{Answer, Item, May, Roles, Within};
use crate::base::{Id, Instant, Localized, Name, Page, Patch, Said, Slug, Text, given};
use crate::channel::store::channel as store;
use crate::channel::{self, Channel, ChannelKind, Facts};
use crate::consortium::{Holder, HolderSaid};
use crate::duty::Hours;
use crate::hackathon::{self, Hackathon, Zone};

const LIST: &str = "channels";

/// A channel as callers see it.
#[derive(Serialize)]
struct View {
    id: Id<Channel>,
    slug: Slug,
    name: Option<Localized>,
    owner: Holder,
    kind: ChannelKind,
    /// `null` to those who may not contact the person whose own address it is.
    address: Option<Text>,
    timezone: Option<Zone>,
    hours: Vec<Hours>,
    created_at: Instant,
    updated_at: Instant,
}

impl View {
    /// What somebody with these roles is shown.
    fn of(channel: Channel, to: Roles) -> View {
        let hidden = is_hidden(&channel, to);
        let Channel { id, facts, created_at, updated_at, .. } = channel;
        let Facts { slug, name, owner, kind, address, timezone, hours } = facts;
        let address = (!hidden).then_some(address);
        View { id, slug, name, owner, kind, address, timezone, hours, created_at, updated_at }
    }
}

/// `GET /v1/hackathons/{hackathon}/channels`
pub async fn list(req: HttpRequest, may: May<See, Hackathon>, Query(paging): Query<Paging>) -> Answered {
    let page = paging.of(LIST)?;
    let (rows, roles) = may.read(move |tx, right| Ok((store::list(tx, right.on().id, &page)?, right.roles()))).await?;
    answer::page(&req, &Page::of(LIST, &page, rows, |row| row.id.uuid()).map(|row| View::of(row, roles)))
}

/// A new channel.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewChannel {
    slug: Slug,
    name: Option<Said<Name>>,
    owner: HolderSaid,
    kind: ChannelKind,
    address: Text,
    timezone: Option<String>,
    #[serde(default)]
    hours: Vec<Hours>,
}

/// `POST /v1/hackathons/{hackathon}/channels`
pub async fn create(may: May<Change, Hackathon>, Body(sent): Body<NewChannel>) -> Answered {
    let lang = sent.lang;
    may.post(sent, move |tx, right, new| {
        let here = right.on();
        hackathon::touch(tx, here.id)?;
        let facts = Facts {
            slug: new.slug,
            name: new.name.map(|said| said.in_lang(lang)),
            owner: new.owner.find(tx, here.id, "/owner")?,
            kind: new.kind,
            address: new.address,
            timezone: new.timezone.map(|name| Zone::parse(&name, "/timezone")).transpose()?,
            hours: new.hours,
        };
        let made = channel::add(tx, here.id, &facts)?;
        let (place, tag) = (format!("/v1/hackathons/{}/channels/{}", here.slug, made.facts.slug), made.tag());
        Ok(Answer::created(place, &View::of(made, right.roles()))?.tagged(tag))
    })
    .await
}

/// `GET /v1/hackathons/{hackathon}/channels/{channel}`
pub async fn show(may: May<See, Within<Hackathon, Channel>>) -> Answered {
    may.read(|_, right| shown(right.on().item.clone(), right.roles())).await
}

/// A change of a channel.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelPatch {
    #[serde(default, deserialize_with = "given")]
    slug: Option<Slug>,
    #[serde(default)]
    name: Patch<Said<Name>>,
    #[serde(default, deserialize_with = "given")]
    owner: Option<HolderSaid>,
    #[serde(default, deserialize_with = "given")]
    kind: Option<ChannelKind>,
    #[serde(default, deserialize_with = "given")]
    address: Option<Text>,
    #[serde(default)]
    timezone: Patch<String>,
    #[serde(default, deserialize_with = "given")]
    hours: Option<Vec<Hours>>,
}

/// `PATCH /v1/hackathons/{hackathon}/channels/{channel}`
pub async fn change(may: May<Change, Within<Hackathon, Channel>>, Body(sent): Body<ChannelPatch>) -> Answered {
    let (patch, lang) = (sent.value, sent.lang);
    may.write(move |tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        let old = item.facts.clone();
        let facts = Facts {
            slug: patch.slug.unwrap_or(old.slug),
            name: patch.name.map(|said| said.in_lang(lang)).apply(old.name),
            owner: patch.owner.map_or(Ok(old.owner), |said| said.find(tx, parent.id, "/owner"))?,
            kind: patch.kind.unwrap_or(old.kind),
            address: patch.address.unwrap_or(old.address),
            timezone: patch.timezone.try_map(|name| Zone::parse(&name, "/timezone"))?.apply(old.timezone),
            hours: patch.hours.unwrap_or(old.hours),
        };
        shown(channel::change(tx, item, &facts)?, right.roles())
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/channels/{channel}`: with the shifts that are about it alone.
pub async fn delete(may: May<Change, Within<Hackathon, Channel>>) -> Answered {
    may.write(|tx, right| {
        let Within { parent, item } = right.on();
        hackathon::touch(tx, parent.id)?;
        channel::remove(tx, item)?;
        Ok(Answer::done())
    })
    .await
}

/// A person's own address is for those who ask and those who answer; judges and observers do neither.
fn is_hidden(channel: &Channel, to: Roles) -> bool {
    channel.is_personal() && !to.meet(Roles::ORGANIZER | Roles::MENTOR | Roles::RESPONDER | Roles::PARTICIPANT)
}

/// What is shown differs by who looks, and so does its tag; those who may change it see all of it.
fn shown(channel: Channel, to: Roles) -> Answered {
    let hidden = is_hidden(&channel, to);
    let tag = channel.tag().map(|tag| if hidden { format!("{tag}-public") } else { tag });
    Ok(Answer::ok(&View::of(channel, to))?.tagged(tag))
}
