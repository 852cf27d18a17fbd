//! The states of a question. Each carries its own facts, so that a claimed question without its claimer cannot be written.

use super::Question;
use crate::base::Id;
use crate::consortium::Member;
use crate::words;

words! {
    /// The word for a state, as it stands in the tables and in answers.
    StateWord / StateWordShape {
        /// Nobody has taken it.
        Open = "open",
        /// Somebody has it.
        Claimed = "claimed",
        /// Somebody has it, and the asker must say more.
        WaitingOnAsker = "waiting_on_asker",
        /// It was answered; the asker has not said whether that is enough.
        Answered = "answered",
        /// It is over.
        Closed = "closed",
    }
}

impl StateWord {
    /// The states in which neither an answer nor an end has settled a question.
    pub const UNSETTLED: [StateWord; 3] = [StateWord::Open, StateWord::Claimed, StateWord::WaitingOnAsker];
}

words! {
    /// The word for how a question ended.
    ResolutionWord / ResolutionWordShape {
        /// By an answer.
        Answered = "answered",
        /// It was merged into another one.
        Duplicate = "duplicate",
        /// The asker's side took it back.
        Withdrawn = "withdrawn",
        /// It is no matter of this hackathon.
        NotForUs = "not_for_us",
        /// It was left to lie until it did not matter any more.
        Expired = "expired",
    }
}

/// How a question ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// By an answer.
    Answered,
    /// It was merged into this one, which goes on for both.
    Duplicate(Id<Question>),
    /// The asker's side took it back.
    Withdrawn,
    /// It is no matter of this hackathon.
    NotForUs,
    /// It was left to lie until it did not matter any more.
    Expired,
}

impl Resolution {
    /// The word for it.
    pub fn word(self) -> ResolutionWord {
        match self {
            Resolution::Answered => ResolutionWord::Answered,
            Resolution::Duplicate(_) => ResolutionWord::Duplicate,
            Resolution::Withdrawn => ResolutionWord::Withdrawn,
            Resolution::NotForUs => ResolutionWord::NotForUs,
            Resolution::Expired => ResolutionWord::Expired,
        }
    }
}

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has taken it.
    Open,
    /// Somebody has it.
    Claimed {
        /// Who.
        by: Id<Member>,
    },
    /// Somebody has it, and the asker must say more.
    WaitingOnAsker {
        /// Who has it.
        by: Id<Member>,
    },
    /// It was answered.
    Answered {
        /// Who has it: who answered or, where a guest did, who had it then, if anybody.
        by: Option<Id<Member>>,
    },
    /// It is over.
    Closed {
        /// How it ended.
        resolution: Resolution,
        /// Who had it last.
        last: Option<Id<Member>>,
    },
}

/// State, resolution, the question it was merged into, and the assignee, as they lie in the tables.
pub type StateColumns = (StateWord, Option<ResolutionWord>, Option<Id<Question>>, Option<Id<Member>>);

impl State {
    /// The word for it.
    pub fn word(self) -> StateWord {
        self.columns().0
    }

    /// How it ended, once it did.
    pub fn resolution(self) -> Option<Resolution> {
        match self {
            State::Closed { resolution, .. } => Some(resolution),
            _ => None,
        }
    }

    /// The one person who has it, or had it last; a closed question is in nobody's hands.
    pub fn assignee(self) -> Option<Id<Member>> {
        self.columns().3
    }

    /// The person in whose hands it is now.
    pub fn in_hands_of(self) -> Option<Id<Member>> {
        match self {
            State::Claimed { by } | State::WaitingOnAsker { by } => Some(by),
            State::Open | State::Answered { .. } | State::Closed { .. } => None,
        }
    }

    /// Whether this person may answer it: it is not over, and nobody else has it. Who answered may add to it.
    pub fn is_free_for(self, me: Id<Member>) -> bool {
        match self {
            State::Open => true,
            State::Claimed { by } | State::WaitingOnAsker { by } => by == me,
            State::Answered { by } => by.is_none_or(|by| by == me),
            State::Closed { .. } => false,
        }
    }

    /// Whether somebody still has to do something about it.
    pub fn is_waiting(self) -> bool {
        StateWord::UNSETTLED.contains(&self.word())
    }

    /// As columns.
    pub fn columns(self) -> StateColumns {
        match self {
            State::Open => (StateWord::Open, None, None, None),
            State::Claimed { by } => (StateWord::Claimed, None, None, Some(by)),
            State::WaitingOnAsker { by } => (StateWord::WaitingOnAsker, None, None, Some(by)),
            State::Answered { by } => (StateWord::Answered, None, None, by),
            State::Closed { resolution: Resolution::Duplicate(of), last } => {
                (StateWord::Closed, Some(ResolutionWord::Duplicate), Some(of), last)
            }
            State::Closed { resolution, last } => (StateWord::Closed, Some(resolution.word()), None, last),
        }
    }

    /// From columns; `None` for a row that the tables' checks would have refused.
    pub fn from_columns(columns: StateColumns) -> Option<State> {
        Some(match columns {
            (StateWord::Open, None, None, None) => State::Open,
            (StateWord::Claimed, None, None, Some(by)) => State::Claimed { by },
            (StateWord::WaitingOnAsker, None, None, Some(by)) => State::WaitingOnAsker { by },
            (StateWord::Answered, None, None, by) => State::Answered { by },
            (StateWord::Closed, Some(word), of, last) => {
                let resolution = match (word, of) {
                    (ResolutionWord::Duplicate, Some(of)) => Resolution::Duplicate(of),
                    (ResolutionWord::Answered, None) => Resolution::Answered,
                    (ResolutionWord::Withdrawn, None) => Resolution::Withdrawn,
                    (ResolutionWord::NotForUs, None) => Resolution::NotForUs,
                    (ResolutionWord::Expired, None) => Resolution::Expired,
                    _ => return None,
                };
                State::Closed { resolution, last }
            }
            _ => return None,
        })
    }
}
