//! Winding clocks anew after a policy, hours or the matrix changed.
//!
//! This is not done in the write that changes them: an organizer who corrects one channel must not wait for thousands of
//! questions. Nothing wrong happens meanwhile, as an alarm that rings asks what is due by then.

use super::{Past, Setting, Wound, wind};
use crate::base::{Id, Result};
use crate::db::Tx;
use crate::directory::Directory;
use crate::hackathon::Hackathon;
use crate::question::{Question, store};

/// A question's clocks, wound anew.
#[derive(Clone, Debug)]
pub struct Rewound {
    /// The question as it was read.
    pub question: Question,
    /// Its clocks.
    pub wound: Wound,
}

/// Winds the next clocks of this hackathon that are wound by an older directory than this one.
pub fn rewind(tx: &mut Tx, hackathon: Id<Hackathon>, directory: &Directory, most: i64) -> Result<Vec<Rewound>> {
    let questions = store::clock::stale(tx, hackathon, directory.source.version, most)?;
    let ids: Vec<Id<Question>> = questions.iter().map(|question| question.id).collect();
    let mut histories = store::event::of(tx, &ids)?;
    let now = tx.now();
    let rewound = questions.into_iter().filter_map(|question| {
        let past = Past::of(&histories.remove(&question.id)?)?;
        let wound = wind(&past, &Setting::of(directory, &question, now));
        Some(Rewound { question, wound })
    });
    Ok(rewound.collect())
}

/// Keeps what was wound by a directory of this version. A question that changed meanwhile has wound its clocks itself.
pub fn keep(tx: &mut Tx, version: i64, rewound: &[Rewound]) -> Result<()> {
    for Rewound { question, wound } in rewound {
        store::clock::keep(tx, question, wound, version)?;
    }
    Ok(())
}
