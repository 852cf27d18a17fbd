//! Who has not read the brief as it stands, and how it came to be so.

use super::change::field;
use crate::access::policy::{See, SeeWork};
use crate::access::{Right, allow};
use crate::base::Result;
use crate::base::page::every;
use crate::brief::acknowledgement::{self, Missing};
use crate::brief::{Brief, store};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::pages::frame::Visit;
use crate::pages::words::Words;

/// A participant who has not read it.
pub struct Unread {
    /// Their name.
    pub name: String,
    /// The teams they build in.
    pub teams: Vec<Words>,
    /// The version that they read last.
    pub last: Option<i32>,
    /// Whether somebody of their team has read it.
    pub team_has: bool,
}

/// The participants who have not read this version, as far as the reader is told; none where they are told of nobody.
pub fn unread(tx: &mut Tx, right: &Right<See, Hackathon>, brief: &Brief, visit: &Visit) -> Result<Option<Vec<Unread>>> {
    let here = right.on();
    if allow::<SeeWork>(right.actor(), right.roles(), here.ended_at.is_some()).is_err() {
        return Ok(None);
    }
    let only = acknowledgement::visible(tx, here.id, right.user(), right.roles())?;
    let missing = acknowledgement::missing(tx, brief, only.as_deref())?;
    let told = |Missing { display_name, teams, last_read, team_has_read, .. }: Missing| Unread {
        name: display_name.to_string(),
        teams: teams.iter().map(|team| Words::of(&team.name, visit.lang)).collect(),
        last: last_read,
        team_has: team_has_read,
    };
    Ok(Some(missing.into_iter().map(told).collect()))
}

/// A version in the list of versions.
pub struct Version {
    /// Its number.
    pub number: i32,
    /// When it was written.
    pub at: String,
    /// The fields that differ from the one before.
    pub changed: Vec<String>,
}

/// The versions, the last one first; nothing where there is but one.
pub fn versions(tx: &mut Tx, here: &Hackathon, visit: &Visit) -> Result<Vec<Version>> {
    let watch = visit.watch(here);
    let all = every(|page| store::list(tx, here.id, page), |(brief, _)| store::place(brief.number))?;
    if all.len() < 2 {
        return Ok(Vec::new());
    }
    let told = |(brief, before): &(Brief, Option<Brief>)| {
        let changed = before.as_ref().map(|before| brief.wish().changed(&before.wish())).unwrap_or_default();
        let changed = changed.into_iter().map(|name| field(name).text(visit.lang).to_owned());
        Version { number: brief.number, at: watch.exact(brief.created_at), changed: changed.collect() }
    };
    Ok(all.iter().rev().map(told).collect())
}
