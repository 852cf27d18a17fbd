//! Similar questions: the stored texts nearest to a new one, among those the caller may see.
//!
//! Every text is compared by its int8 vector, which is cheap enough that no approximate index is needed: nothing near is ever missed,
//! removing costs nothing, and the numbers at 100,000 texts are in docs/router.md.
#![expect(clippy::as_conversions, reason = "Positions are kept as u32; an index holds far fewer texts.")]

use std::collections::HashMap;
use std::hash::Hash;

use super::space::Vector;
use super::stored::Stored;
use super::table::dense;
use super::units::Units;

/// A text found.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Near<K> {
    /// What the text was inserted under.
    pub id: K,
    /// How near it is: about 1.3 for the same text, 0 for one that has nothing in common.
    pub nearness: f32,
}

/// Texts that can be found again by what they mean.
pub struct Similar<K> {
    places: HashMap<K, u32>,
    ids: Vec<K>,
    texts: Vec<Stored>,
}

/// Least nearness worth showing.
const LEAST: f32 = 0.35;

impl<K> Default for Similar<K> {
    fn default() -> Self {
        Self { places: HashMap::new(), ids: Vec::new(), texts: Vec::new() }
    }
}

impl<K: Copy + Eq + Hash> Similar<K> {
    /// An index without texts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps `text` under `id`, in place of what was there.
    pub fn insert(&mut self, id: K, text: &str) {
        self.remove(id);
        self.places.insert(id, self.ids.len() as u32);
        self.ids.push(id);
        self.texts.push(keep(text));
    }

    /// Forgets the text under `id`; true where there was one.
    pub fn remove(&mut self, id: K) -> bool {
        let Some(place) = self.places.remove(&id) else {
            return false;
        };
        self.ids.swap_remove(place as usize);
        self.texts.swap_remove(place as usize);
        if let Some(moved) = self.ids.get(place as usize) {
            self.places.insert(*moved, place);
        }
        true
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// True where there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Up to `count` texts near `text`, nearest first, of those that `allowed` lets through; what is not near at all is left out.
    /// `allowed` is asked only of texts that would otherwise be among them.
    pub fn nearest(&self, text: &str, count: usize, allowed: impl Fn(K) -> bool) -> Vec<Near<K>> {
        let asked = keep(text);
        let mut found: Vec<Near<K>> = Vec::with_capacity(count + 1);
        for (id, text) in self.ids.iter().zip(&self.texts) {
            let least = if found.len() < count { LEAST } else { found.last().map_or(f32::MAX, |last| last.nearness) };
            let nearness = asked.similarity_above(text, least);
            if nearness > least && allowed(*id) {
                let at = found.partition_point(|better| better.nearness >= nearness);
                found.insert(at, Near { id: *id, nearness });
                found.truncate(count);
            }
        }
        found
    }
}

fn keep(text: &str) -> Stored {
    let units = Units::of(text);
    let vector = Vector { sparse: Vec::new(), dense: dense(&units) };
    Stored::new(0, 0, &units, &vector)
}

#[cfg(test)]
mod tests {
    use super::Similar;

    fn filled() -> Similar<u8> {
        let mut similar = Similar::new();
        similar.insert(1, "how do I install a python package");
        similar.insert(2, "the venue has no parking");
        similar.insert(3, "pip install of a library fails");
        similar.insert(4, "패키지 설치가 안 돼요");
        similar
    }

    fn ids(similar: &Similar<u8>, text: &str, allowed: impl Fn(u8) -> bool) -> Vec<u8> {
        similar.nearest(text, 2, allowed).into_iter().map(|near| near.id).collect()
    }

    #[test]
    fn the_nearest_come_first() {
        assert_eq!(ids(&filled(), "how can I install python packages", |_| true), [1, 3]);
        assert_eq!(ids(&filled(), "파이썬 패키지 설치", |_| true).first(), Some(&4));
    }

    #[test]
    fn what_the_caller_may_not_see_is_not_found() {
        assert_eq!(ids(&filled(), "how can I install python packages", |id| id != 1).first(), Some(&3));
    }

    #[test]
    fn removed_and_replaced_texts_are_gone() {
        let mut similar = filled();
        assert!(similar.remove(1));
        assert!(!similar.remove(1));
        similar.insert(3, "where is lunch");
        assert_eq!(similar.len(), 3);
        assert_eq!(ids(&similar, "where do we get lunch", |_| true), [3]);
    }

    #[test]
    fn nothing_asked_finds_nothing() {
        assert!(ids(&filled(), "", |_| true).is_empty());
    }
}
