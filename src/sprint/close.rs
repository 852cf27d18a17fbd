//! Closing a sprint, with what it brought; and opening it again.

use super::scope::{self, NewScope, ScopeKind};
use super::{Sprint, store};
use crate::base::{Error, Id, Localized, Result, say};
use crate::consortium::Member;
use crate::db::Tx;

/// Closes a sprint. From then on neither its plans nor the check-ins that were given change; one that is still owed can be given.
pub fn close(tx: &mut Tx, sprint: &Sprint, by: Id<Member>, summary: &Localized) -> Result<Sprint> {
    sprint.still_open()?;
    let said = say!("The sprint was closed.", "스프린트가 마감되었습니다.");
    scope::record(tx, sprint, by, &NewScope::told(ScopeKind::Closed, said, None))?;
    let now = tx.now();
    store::set_closed(tx, sprint, Some(now), Some(summary))
}

/// Opens it again; its summary stays until it is closed again.
fn reopen(tx: &mut Tx, sprint: &Sprint, by: Id<Member>) -> Result<Sprint> {
    let open = store::set_closed(tx, sprint, None, sprint.summary.as_ref())?;
    let said = say!("The sprint was opened again.", "스프린트가 다시 열렸습니다.");
    scope::record(tx, &open, by, &NewScope::told(ScopeKind::Reopened, said, None))?;
    Ok(open)
}

/// The sprint as somebody wants it who changes it: opened again where they say so, and refused where it stays closed.
pub fn as_wished(tx: &mut Tx, sprint: &Sprint, by: Id<Member>, closed: Option<bool>) -> Result<Sprint> {
    match (sprint.closed_at, closed) {
        (Some(_), Some(false)) => reopen(tx, sprint, by),
        (None, Some(true)) => Err(Error::invalid(
            "/closed",
            "sprint.summary",
            say!(
                "A sprint is closed with a summary: POST .../close.",
                "스프린트는 요약과 함께 마감합니다: POST .../close"
            ),
        )),
        _ => {
            sprint.still_open()?;
            Ok(sprint.clone())
        }
    }
}
