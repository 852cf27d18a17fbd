//! Reminding: what is due, and once for each thing and step. What is told and that it was told stand in one transaction.

use super::dispatch::keep;
use super::{About, Notification, Reason};
use crate::base::Result;
use crate::db::Tx;
use crate::reminder::{self, Due};

/// Reminds those whom it concerns. `false`: it was told before, or is not owed any more.
pub fn remind(tx: &mut Tx, due: &Due, mail_is_on: bool) -> Result<bool> {
    let Some((reminder, people)) = reminder::keep(tx, due)? else { return Ok(false) };
    let told = people.into_iter().map(|member| {
        let (hackathon, about) = (due.hackathon, About::Reminder(reminder.id));
        let (id, created_at, reason) = (tx.fresh(), tx.now(), Reason::Owes);
        let new = Notification { id, hackathon, member: member.id, about, reason, created_at, read_at: None };
        (member.user, new)
    });
    let told = told.collect();
    keep(tx, told, mail_is_on)?;
    Ok(true)
}
