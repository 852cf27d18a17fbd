//! Channels and shifts.

use std::collections::HashMap;

use super::apply::{Names, missing};
use crate::base::{Id, Result, Slug};
use crate::channel::{self, Channel, ChannelKind, shift};
use crate::db::Tx;
use crate::file::{self, Document};
use crate::hackathon::{Hackathon, Zone};

/// Makes, changes and removes channels and shifts.
pub(super) fn channels(tx: &mut Tx, here: Id<Hackathon>, document: &Document, names: &Names) -> Result<()> {
    let mut known = channel::store::channel::all(tx, here)?;
    let mut ids = HashMap::new();
    for said in &document.channels {
        let facts = facts(said, names)?;
        let at = known.iter().position(|one| one.facts.slug == said.slug);
        let one = match at.map(|at| known.swap_remove(at)) {
            Some(one) if one.facts == facts => one,
            Some(one) => channel::change(tx, &one, &facts)?,
            None => channel::add(tx, here, &facts)?,
        };
        ids.insert(said.slug.clone(), one.id);
    }
    shifts(tx, here, &document.shifts, names, &ids)?;
    known.iter().try_for_each(|one| channel::remove(tx, one))
}

fn facts(said: &file::Channel, names: &Names) -> Result<channel::Facts> {
    Ok(channel::Facts {
        slug: said.slug.clone(),
        name: said.name.clone(),
        owner: names.holder(&said.owner)?,
        kind: ChannelKind::from_word(said.kind.word()).ok_or_else(|| missing(said.kind.word()))?,
        address: said.address.clone(),
        timezone: said.timezone.map(Zone),
        hours: said.hours.clone(),
    })
}

fn shifts(
    tx: &mut Tx,
    here: Id<Hackathon>,
    said: &[file::Shift],
    names: &Names,
    channels: &HashMap<Slug, Id<Channel>>,
) -> Result<()> {
    let mut known = channel::store::shift::all(tx, here)?;
    for said in said {
        let channel =
            said.channel.as_ref().map(|slug| channels.get(slug).copied().ok_or_else(|| missing(slug))).transpose()?;
        let facts = shift::Facts {
            owner: names.holder(&said.owner)?,
            channel,
            starts_at: said.from,
            ends_at: said.to,
            replaces: said.replaces,
            on_duty: said.on_duty,
        };
        match known.iter().position(|one| one.facts == facts) {
            Some(at) => known.swap_remove(at),
            None => shift::add(tx, here, &facts)?,
        };
    }
    known.iter().try_for_each(|one| channel::store::shift::delete(tx, one))
}
