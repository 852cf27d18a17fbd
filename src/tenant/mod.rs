//! The hackathon as a whole: changed, ended, opened again, deleted. It stands above all that lies in a hackathon, as each of these
//! asks some of it.

use crate::base::Result;
use crate::db::Tx;
use crate::hackathon::{self, Facts, Hackathon, store};
use crate::{outbox, question, sprint};

/// Changes what a hackathon says of itself; its sprints must still lie in it.
pub fn change(tx: &mut Tx, of: &Hackathon, facts: &Facts) -> Result<Hackathon> {
    facts.check()?;
    hackathon::touch(tx, of.id)?;
    sprint::stay_inside(tx, of.id, facts.starts_on, facts.ends_on)?;
    store::update(tx, of.id, facts)
}

/// Ends a hackathon, so that nothing in it changes any more, or opens it again. One that ended before keeps its time.
pub fn end(tx: &mut Tx, of: &Hackathon, ended: bool) -> Result<()> {
    hackathon::touch(tx, of.id)?;
    let ended_at = ended.then_some(of.ended_at.unwrap_or(tx.now()));
    store::set_ended(tx, of.id, ended_at)
}

/// Deletes a hackathon with all that is in it, for good.
pub fn delete(tx: &mut Tx, of: &Hackathon) -> Result<()> {
    hackathon::touch(tx, of.id)?;
    question::store::lock_all(tx, of.id)?;
    outbox::store::lock_all(tx, of.id)?;
    store::delete(tx, of.id)
}
