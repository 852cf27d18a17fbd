//! The space a router works in: the features its texts have, what each weighs, and a text as a vector of them.
#![expect(clippy::as_conversions, reason = "Counts become f32; they stay far below 2^24.")]

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::background;
use super::features::{Family, Feature, visit};
use super::slots::Slots;
use super::table::{Dense, dense};
use super::units::Units;

/// Keys are mixed hashes already.
#[derive(Default, Clone, Copy)]
pub(super) struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A feature of the space. Number and weight lie together, because looking one up in memory that is not at hand is most of
/// what a guess costs where many hackathons are asked in turn.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    /// Its number.
    pub(super) id: u32,
    /// What it weighs.
    pub(super) idf: f32,
}

/// The families' lengths beside the table's, which is about 2; chosen on the train splits (docs/router.md).
const WORDS: f32 = 1.0;
const APART: f32 = 0.5;
const GRAMS: f32 = 0.7;

/// A text as numbers.
#[derive(Clone)]
pub(super) struct Vector {
    /// Features of the space with their values, one family after the other.
    pub(super) sparse: Vec<(u32, f32)>,
    /// The table's numbers.
    pub(super) dense: Dense,
}

impl Vector {
    /// The squared length.
    pub(super) fn square(&self) -> f32 {
        let sparse: f32 = self.sparse.iter().map(|(_, value)| value * value).sum();
        sparse + self.dense.iter().map(|value| value * value).sum::<f32>()
    }
}

/// The features of a course and their weights.
#[derive(Clone, Default)]
pub(super) struct Space {
    features: Slots,
}

#[derive(Clone, Copy)]
struct Seen {
    id: u32,
    korean: bool,
    documents: u32,
    last: u32,
}

impl Space {
    /// Counts the features of all `texts`.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a Units>) -> Self {
        let mut seen: HashMap<u64, Seen, BuildHasherDefault<Mixed>> = HashMap::default();
        let mut count = 0;
        for units in texts {
            count += 1;
            visit(units, |feature| {
                let id = seen.len() as u32;
                let entry =
                    seen.entry(feature.key).or_insert(Seen { id, korean: feature.korean, documents: 0, last: 0 });
                entry.documents += u32::from(entry.last != count);
                entry.last = count;
            });
        }
        let mut features = Slots::for_so_many(seen.len());
        for (key, Seen { id, korean, documents, .. }) in seen {
            features.insert(key, Known { id, idf: background::idf(key, korean, documents, count) });
        }
        Self { features }
    }

    /// How many features there are.
    pub(super) fn len(&self) -> usize {
        self.features.len()
    }

    /// Bytes held.
    pub(super) fn bytes(&self) -> usize {
        self.features.bytes()
    }

    /// The feature, where the course has it.
    pub(super) fn known(&self, key: u64) -> Option<Known> {
        self.features.get(key)
    }

    /// Adds the features of a later text that are new; the weights of the others stay until the next fit.
    pub(super) fn extend(&mut self, units: &Units) {
        visit(units, |Feature { key, korean, .. }| {
            let id = self.features.len() as u32;
            if self.features.get(key).is_none() {
                self.features.insert(key, Known { id, idf: background::idf(key, korean, 1, id) });
            }
        });
    }

    /// The vector of a text; features the course does not have are left out.
    pub(super) fn vector(&self, units: &Units) -> Vector {
        let (mut keys, mut families) = (Vec::with_capacity(512), Vec::with_capacity(512));
        visit(units, |feature| {
            keys.push(feature.key);
            families.push(feature.family);
        });
        let (mut words, mut apart, mut grams) =
            (Vec::with_capacity(64), Vec::with_capacity(64), Vec::with_capacity(512));
        for (family, known) in families.into_iter().zip(self.features.each(&keys)) {
            let Some(known) = known else { continue };
            match family {
                Family::Words => words.push(known),
                Family::Apart => apart.push(known),
                Family::Grams => grams.push(known),
            }
        }
        let mut sparse = Vec::with_capacity(words.len() + apart.len() + grams.len());
        weigh(words, WORDS, &mut sparse);
        weigh(apart, APART, &mut sparse);
        weigh(grams, GRAMS, &mut sparse);
        Vector { sparse, dense: dense(units) }
    }
}

/// (1 + ln tf) x idf, brought to `length`.
fn weigh(mut found: Vec<Known>, length: f32, into: &mut Vec<(u32, f32)>) {
    found.sort_unstable_by_key(|known| known.id);
    let (from, mut square) = (into.len(), 0.0);
    for run in found.chunk_by(|a, b| a.id == b.id) {
        let Some(Known { id, idf }) = run.first().copied() else { continue };
        let value = if run.len() == 1 { idf } else { idf * (1.0 + (run.len() as f32).ln()) };
        square += value * value;
        into.push((id, value));
    }
    let factor = if square > 0.0 { length / square.sqrt() } else { 0.0 };
    for (_, value) in into.iter_mut().skip(from) {
        *value *= factor;
    }
}
