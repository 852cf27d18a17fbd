//! What a question teaches the router, once it is known what it is about.

use super::{Event, InCharge, Question, ResolutionWord, What};
use crate::base::{Id, Result};
use crate::consortium::Holder;
use crate::db::Tx;
use crate::directory::{Directory, TopicId};
use crate::lesson::{self, Why};
use crate::matrix::Role as CellRole;

/// Passes on what these events say of the question's topic, one after the other.
pub fn teach(tx: &mut Tx, question: &Question, events: &[Event], directory: &Directory) -> Result<()> {
    let (here, origin) = (question.hackathon, Id::from_uuid(question.id.uuid()));
    for said in all_said(events, question.topic, |to| moved(directory, question.topic, to)) {
        match said {
            Said::About(topic, why) => lesson::teach(tx, here, origin, topic, why)?,
            Said::Unknown => lesson::unlearn(tx, here, origin)?,
        }
    }
    Ok(())
}

/// What an event says of what the question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    About(TopicId, Why),
    /// It is not known any more.
    Unknown,
}

/// All that these events say, in their order; `topic` is the question's.
fn all_said(events: &[Event], topic: Option<TopicId>, moved: impl Fn(InCharge) -> Option<TopicId>) -> Vec<Said> {
    let said = |event: &Event| match &event.what {
        What::TopicChanged { to: None, .. } => Some(Said::Unknown),
        What::TopicChanged { to: Some(to), .. } => Some(Said::About(*to, Why::TopicChanged)),
        What::HandoffAccepted { to, .. } => moved(*to).map(|topic| Said::About(topic, Why::HandedOff)),
        What::Closed { resolution: ResolutionWord::Answered } => topic.map(|to| Said::About(to, Why::Answered)),
        _ => None,
    };
    events.iter().filter_map(said).collect()
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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::base::Instant;
    use crate::question::By;

    #[test]
    fn what_happens_after_the_topic_was_taken_away_is_learnt_too() {
        let topic: TopicId = Id::from_uuid(Uuid::from_u128(1));
        let changed = |to| What::TopicChanged { from: None, to };
        let happened = [changed(None), changed(Some(topic)), What::Closed { resolution: ResolutionWord::Answered }];
        let at = Instant::parse("2024-11-05T10:00:00Z").unwrap_or_else(|| panic!("a time"));
        let events: Vec<Event> =
            (1..).zip(happened).map(|(seq, what)| Event { seq, at, by: By::System, what }).collect();
        let wanted = [Said::Unknown, Said::About(topic, Why::TopicChanged), Said::About(topic, Why::Answered)];
        assert_eq!(all_said(&events, Some(topic), |_| None), wanted);
    }
}
