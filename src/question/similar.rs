//! Questions that ask nearly the same, found while somebody is still typing.

use super::{Question, Standing, store};
use crate::base::{Id, Result, Text};
use crate::db::Tx;
use crate::hackathon::Hackathon;
use crate::router::Similar;

/// The most questions that are shown.
pub const SHOWN: usize = 5;
/// The most questions that are compared: the newest, which are the ones that people ask about now.
const COMPARED: i64 = 400;
/// The nearness of a text to itself, by which the others are measured.
const SAME: f32 = 1.3;

/// A question like the one that is asked.
#[derive(Clone, Debug)]
pub struct Alike {
    /// The question.
    pub question: Question,
    /// How like it is, 0 to 1.
    pub similarity: f32,
}

/// What the words are compared with: the questions that somebody may see and that have an answer or may get one.
pub fn candidates(tx: &mut Tx, here: Id<Hackathon>, standing: &Standing) -> Result<Vec<Question>> {
    store::list::comparable(tx, here, standing, COMPARED)
}

/// Those of the candidates that are like the words, the likest first.
pub fn alike(words: &str, candidates: Vec<Question>) -> Vec<Alike> {
    let mut index = Similar::new();
    for (place, question) in candidates.iter().enumerate() {
        let body = question.body.as_ref().map(Text::as_str).unwrap_or_default();
        index.insert(place, &format!("{}\n{body}", question.title));
    }
    let near = index.nearest(words, SHOWN, |_| true);
    let found = near.into_iter().filter_map(|near| {
        let similarity = (near.nearness / SAME).clamp(0.0, 1.0);
        candidates.get(near.id).map(|question| Alike { question: question.clone(), similarity })
    });
    found.collect()
}
