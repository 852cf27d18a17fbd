//! `/v1/hackathons/{hackathon}/questions` and what belongs to them.

pub mod ask;
pub mod escalate;
pub mod follow;
pub mod guest;
pub mod handoff;
pub mod one;
pub mod queue;
pub mod settle;
pub mod take;
pub mod talk;
mod view;

use std::sync::Arc;

use actix_web::web::Data;

use crate::access::{Item, May, Resource, Right, Sent, Shown, Verb, Within};
use crate::api::Answered;
use crate::base::Result;
use crate::db::Tx;
use crate::directory::{Directories, Directory};
use crate::hackathon::Hackathon;

/// The directory of the hackathon in the path, as it was last read. Whoever decides by it makes sure of it in the
/// transaction that decides.
async fn kept<V: Verb, R: Resource>(directories: &Data<Directories>, may: &May<V, R>) -> Result<Arc<Directory>> {
    directories.get(&may.path().key("hackathon")?).await
}

/// Changes a question or a hand-off, by the directory as it stands in the transaction that changes it: every change winds
/// the question's clocks, which go by policies and duty hours.
async fn turn<V: Verb, T: Item<Hackathon>, B: Send + 'static, A: Into<Shown>>(
    may: May<V, Within<Hackathon, T>>,
    known: &Data<Directories>,
    sent: Sent<B>,
    f: impl FnOnce(&mut Tx, &Right<V, Within<Hackathon, T>>, &Directory, B) -> Result<A> + Send + 'static,
) -> Answered {
    let kept = kept(known, &may).await?;
    may.post(sent, move |tx, right, body| {
        let directory = Directory::current(tx, &right.on().parent, &kept)?;
        f(tx, right, &directory, body)
    })
    .await
}
