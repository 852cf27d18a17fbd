//! Who stands behind a holder, and whether they are on duty: what questions are routed by.

use std::sync::Arc;

use super::answer::ContactRole;
use super::contact::{Occasion, Whom, contact};
use super::model::Directory;
use super::source::{Cell, MemberFacts, Team};
use super::store;
use super::usual::Usual;
use crate::base::{Error, Instant, Lang, Result};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::hackathon::{Hackathon, Role};

impl Directory {
    /// The cells in force for the topic at this place, inherited where it has none of its own.
    pub fn cells_of(&self, place: usize) -> &[Cell] {
        self.effective.get(place).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether somebody who takes part, or at least a channel, stands behind this holder.
    pub fn stands(&self, holder: Holder, team: Option<&Team>) -> bool {
        match holder {
            Holder::TeamMentor => !self.mentors_of(team).is_empty(),
            Holder::Member(id) => self.member(id).is_some(),
            _ => !self.people_of(holder).is_empty() || self.channels_of(holder).next().is_some(),
        }
    }

    /// Whether somebody is on duty for this holder. Where no hours are written down, nobody can say so.
    pub fn is_on_duty(&self, holder: Holder, team: Option<&Team>, at: Instant) -> bool {
        let whom = match holder {
            Holder::TeamMentor => Whom::Mentors(self.mentors_of(team)),
            holder => Whom::Holder(holder),
        };
        self.duty(whom, at)
    }

    /// Whether an organizer is on duty.
    pub fn organizers_on_duty(&self, at: Instant) -> bool {
        self.duty(Whom::Organizers(self.with_role(Role::Organizer).collect()), at)
    }

    fn duty(&self, whom: Whom, at: Instant) -> bool {
        let usual = Usual::default();
        let on = Occasion { topic: None, at, lang: Lang::En, team: None, usual: &usual };
        contact(self, whom, ContactRole::Responsible, on).duty.on_duty
    }

    /// The mentors of a team who take part.
    fn mentors_of(&self, team: Option<&Team>) -> Vec<&MemberFacts> {
        team.map(|team| team.mentors.iter().filter_map(|id| self.member(*id)).collect()).unwrap_or_default()
    }

    /// The directory as it stands in this transaction: `kept` if nothing changed since it was read, else one read anew.
    pub fn current(tx: &mut Tx, hackathon: &Hackathon, kept: &Arc<Directory>) -> Result<Arc<Directory>> {
        if kept.source.hackathon == hackathon.id && kept.source.version == hackathon.directory_version {
            return Ok(kept.clone());
        }
        let source = store::load(tx, hackathon.id)?.ok_or(Error::NotFound)?;
        Ok(Arc::new(Directory::new(source, Some(kept))))
    }
}
