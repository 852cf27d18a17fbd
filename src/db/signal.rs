//! What others must hear of when a transaction has been committed.

use std::sync::{Arc, PoisonError, RwLock};

use uuid::Uuid;

/// News of a committed change, told to this process at once and to other nodes through the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signal {
    /// Something in this hackathon's directory changed.
    Directory(Uuid),
    /// The router of this hackathon has something to learn or to forget.
    Lesson(Uuid),
    /// This question of this hackathon changed.
    Question {
        /// The hackathon.
        hackathon: Uuid,
        /// The question.
        question: Uuid,
    },
    /// This session has ended.
    Session(Uuid),
    /// This user was suspended, reinstated or given other powers.
    User(Uuid),
}

impl Signal {
    /// As one word for the database's own messages.
    pub fn encode(self) -> String {
        match self {
            Signal::Directory(id) => format!("directory:{id}"),
            Signal::Lesson(id) => format!("lesson:{id}"),
            Signal::Question { hackathon, question } => format!("question:{hackathon}:{question}"),
            Signal::Session(id) => format!("session:{id}"),
            Signal::User(id) => format!("user:{id}"),
        }
    }

    /// `None` for what a newer node may say and this one does not know.
    pub fn decode(word: &str) -> Option<Signal> {
        let (kind, ids) = word.split_once(':')?;
        let (first, rest) = ids.split_once(':').unwrap_or((ids, ""));
        let id = Uuid::try_parse(first).ok()?;
        match kind {
            "question" => Some(Signal::Question { hackathon: id, question: Uuid::try_parse(rest).ok()? }),
            "lesson" => Some(Signal::Lesson(id)),
            "directory" => Some(Signal::Directory(id)),
            "session" => Some(Signal::Session(id)),
            "user" => Some(Signal::User(id)),
            _ => None,
        }
    }
}

type Ear = Arc<dyn Fn(Signal) + Send + Sync>;

/// Those who listen. They are called before the writer gets its answer, so whoever reads next sees the change.
#[derive(Clone, Default)]
pub struct Signals(Arc<RwLock<Vec<Ear>>>);

impl Signals {
    /// Calls `ear` for every signal from now on. It must be quick and must not write.
    pub fn listen(&self, ear: impl Fn(Signal) + Send + Sync + 'static) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).push(Arc::new(ear));
    }

    /// Tells everybody.
    pub fn tell(&self, signal: Signal) {
        let ears = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        ears.iter().for_each(|ear| ear(signal));
    }
}
