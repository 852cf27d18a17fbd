//! Who stands behind a holder, and whether they are on duty: what questions are routed by.

use std::sync::Arc;

use super::contact::{Whom, calendars};
use super::model::Directory;
use super::source::{Cell, MemberFacts, Team};
use super::store;
use crate::base::{Error, Instant, Result};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::duty::{self, Calendar, Duty};
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
        self.duty(Some(holder), team, at).on_duty
    }

    /// Whether an organizer is on duty.
    pub fn organizers_on_duty(&self, at: Instant) -> bool {
        self.duty(None, None, at).on_duty
    }

    /// Whether somebody is on duty for this holder, until when or from when. `None` stands for the organizers.
    pub fn duty(&self, holder: Option<Holder>, team: Option<&Team>, at: Instant) -> Duty {
        match self.calendars_behind(holder, team).as_slice() {
            // Nobody wrote down when they are there; nobody can say that they are.
            [] => Duty { on_duty: false, until: None, next_from: None },
            calendars => duty::union(calendars, at),
        }
    }

    /// The calendars that promises to this holder's askers are counted by: those that state hours; where there is none,
    /// the working hours of the event. `None` stands for the organizers.
    pub fn working_time(&self, holder: Option<Holder>, team: Option<&Team>) -> Vec<&Calendar> {
        let mut stated = self.calendars_behind(holder, team);
        stated.retain(|calendar| calendar.is_stated());
        if stated.is_empty() { vec![&self.working] } else { stated }
    }

    /// The working hours of the event.
    pub fn event_time(&self) -> &Calendar {
        &self.working
    }

    fn calendars_behind(&self, holder: Option<Holder>, team: Option<&Team>) -> Vec<&Calendar> {
        let whom = match holder {
            Some(Holder::TeamMentor) => Whom::Mentors(self.mentors_of(team)),
            Some(holder) => Whom::Holder(holder),
            None => Whom::Organizers(self.with_role(Role::Organizer).collect()),
        };
        calendars(self, &whom)
    }

    /// The mentors of a team who take part.
    pub(super) fn mentors_of(&self, team: Option<&Team>) -> Vec<&MemberFacts> {
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
