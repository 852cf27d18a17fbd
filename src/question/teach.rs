//! What a question teaches the router, once it is known what it is about.

use super::{Event, InCharge, Question, ResolutionWord, What};
use crate::base::{Id, Result};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::directory::{Directory, TopicId};
use crate::lesson::{self, Why};
use crate::matrix::Role as CellRole;

/// Passes on what these events say of the question's topic.
pub fn teach(tx: &mut Tx, question: &Question, events: &[Event], directory: &Directory) -> Result<()> {
    for event in events {
        let (here, origin) = (question.hackathon, Id::from_uuid(question.id.uuid()));
        let known = match &event.what {
            What::TopicChanged { to: None, .. } => return lesson::unlearn(tx, here, origin),
            What::TopicChanged { to: Some(to), .. } => Some((*to, Why::TopicChanged)),
            What::HandoffAccepted { to, .. } => {
                moved(directory, question.topic, *to).map(|topic| (topic, Why::HandedOff))
            }
            What::Closed { resolution: ResolutionWord::Answered } => question.topic.map(|to| (to, Why::Answered)),
            _ => None,
        };
        if let Some((topic, why)) = known {
            lesson::teach(tx, here, origin, topic, why)?;
        }
    }
    Ok(())
}

/// What a question is about that was handed off to this holder: where they do not answer for its topic but for exactly one
/// other, that one. With several nobody can tell, and with none it is the matrix that should change.
fn moved(directory: &Directory, topic: Option<TopicId>, to: InCharge) -> Option<TopicId> {
    let InCharge::Holder(holder) = to else { return None };
    if holder == Holder::TeamMentor || topic.is_some_and(|topic| directory.answers_for(holder, topic)) {
        return None;
    }
    let own = |role: CellRole| role == CellRole::Responsible || role == CellRole::Accountable;
    let mut theirs: Vec<TopicId> = directory
        .source
        .cells
        .iter()
        .filter(|cell| cell.holder == holder && own(cell.role))
        .map(|cell| cell.topic)
        .collect();
    theirs.sort_unstable();
    theirs.dedup();
    match theirs.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}
