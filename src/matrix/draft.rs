//! The draft with all that its rules look at. Loaded from the store, or built from a hackathon file before it is stored.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::consortium::Consortium;
use super::store;
use super::table::{Cell, Row, Table};
use crate::base::Result;
use crate::channel::{self, Reach};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::duty::Calendar;
use crate::hackathon::Hackathon;
use crate::topic;

/// The draft of a matrix, with the consortium and the hours that its rules are about. Ids only need to be told apart.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The topics, oldest first.
    pub topics: Vec<Row>,
    /// Who holds what.
    pub cells: Vec<Cell>,
    /// Who there is.
    pub consortium: Consortium,
    /// Where and when they are reached.
    pub reach: Vec<Reach>,
    /// The working hours of the event.
    pub working: Calendar,
    /// Its days.
    pub days: RangeInclusive<NaiveDate>,
}

impl Draft {
    /// The draft of this hackathon.
    pub fn load(tx: &mut Tx, event: &Hackathon) -> Result<Draft> {
        let topics = topic::store::all(tx, event.id)?;
        let channels = channel::store::channel::all(tx, event.id)?;
        let shifts = channel::store::shift::all(tx, event.id)?;
        Ok(Draft {
            topics: topics.into_iter().map(Row::from).collect(),
            cells: store::responsibility::cells(tx, event.id)?,
            consortium: store::consortium::load(tx, event.id)?,
            reach: channel::reaches(event, &channels, &shifts),
            working: channel::working(event)?,
            days: event.starts_on..=event.ends_on,
        })
    }

    /// As a table.
    pub fn table(&self) -> Table {
        Table::new(self.topics.clone(), self.consortium.holders(), self.cells.clone())
    }

    /// Whether a question given to this holder reaches somebody; if not, why.
    pub fn stands(&self, holder: Holder) -> Result<(), Lack> {
        if !self.consortium.has(holder) {
            return Err(Lack::Unknown);
        }
        if !self.consortium.behind(holder).is_empty() {
            return Ok(());
        }
        match holder {
            Holder::Member(id) if self.consortium.member(id).is_some_and(|member| member.active) => Err(Lack::Unseeing),
            Holder::Member(_) => Err(Lack::Suspended),
            _ if self.consortium.channels(holder, &self.reach).is_empty() => Err(Lack::Nobody),
            _ => Ok(()),
        }
    }

    /// The same draft when this holder is gone.
    pub fn without(&self, gone: Holder) -> Draft {
        let stays = |holder: Holder| !self.consortium.goes(holder, gone);
        Draft {
            reach: self.reach.iter().filter(|reach| stays(reach.owner)).cloned().collect(),
            cells: self.cells.iter().filter(|cell| stays(cell.holder)).cloned().collect(),
            consortium: self.consortium.without(gone),
            ..self.clone()
        }
    }
}

/// Why a question given to a holder reaches nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// They are not in the consortium.
    Unknown,
    /// They do not take part any more.
    Suspended,
    /// Their role does not see it.
    Unseeing,
    /// There is neither a channel nor anybody behind.
    Nobody,
}

impl From<topic::Topic> for Row {
    fn from(topic: topic::Topic) -> Row {
        let topic::Facts { slug, name, parent, .. } = topic.facts;
        Row { id: topic.id, slug, name, parent }
    }
}
