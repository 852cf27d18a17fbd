//! A text as it is kept to be found again: its words and its place in the table's space, small enough for many.
#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "Vectors are kept as int8; values are clamped before."
)]

use std::cmp::Ordering;

use super::features::word_key;
use super::space::Vector;
use super::table::DIMENSIONS;
use super::units::Units;

/// What shared words count beside nearness in the table's space.
const WORDS: f32 = 0.3;

/// One text.
pub(super) struct Stored {
    lesson: usize,
    label: usize,
    words: Box<[u32]>,
    dense: [i8; DIMENSIONS],
    scale: f32,
}

impl Stored {
    /// Keeps a lesson's text.
    pub(super) fn new(lesson: usize, label: usize, units: &Units, vector: &Vector) -> Self {
        let mut words: Vec<u32> = units.words().map(|(_, word)| (word_key(word) >> 32) as u32).collect();
        words.sort_unstable();
        words.dedup();
        let (dense, scale) = quantise(&vector.dense);
        Self { lesson, label, words: words.into(), dense, scale }
    }

    /// Index into the course's lessons.
    pub(super) fn lesson(&self) -> usize {
        self.lesson
    }

    /// The topic's column.
    pub(super) fn label(&self) -> usize {
        self.label
    }

    /// How near two texts are: about the cosine in the table's space, plus the share of words they have in common.
    pub(super) fn similarity(&self, other: &Self) -> f32 {
        let near = dot(&self.dense, &other.dense) as f32 * self.scale * other.scale;
        near + WORDS * self.shared(other)
    }

    /// The same, but words are not looked at where even all of them shared could not bring it above `least`.
    pub(super) fn similarity_above(&self, other: &Self, least: f32) -> f32 {
        let near = dot(&self.dense, &other.dense) as f32 * self.scale * other.scale;
        if near + WORDS > least { near + WORDS * self.shared(other) } else { near }
    }

    fn shared(&self, other: &Self) -> f32 {
        let (mut mine, mut theirs) = (self.words.iter().peekable(), other.words.iter().peekable());
        let mut shared = 0u16;
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                Ordering::Less => mine.next(),
                Ordering::Greater => theirs.next(),
                Ordering::Equal => {
                    shared += 1;
                    mine.next();
                    theirs.next()
                }
            };
        }
        f32::from(shared) / ((self.words.len() * other.words.len()).max(1) as f32).sqrt()
    }

    /// Bytes held.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.words)
    }
}

/// A vector of length 1 as int8, with the factor that brings the numbers back.
fn quantise(dense: &[f32; DIMENSIONS]) -> ([i8; DIMENSIONS], f32) {
    let length = dense.iter().map(|number| number * number).sum::<f32>().sqrt().max(1e-9);
    let largest = dense.iter().fold(1e-9f32, |most, number| most.max(number.abs()));
    let mut small = [0i8; DIMENSIONS];
    for (small, number) in small.iter_mut().zip(dense) {
        *small = (number / largest * 127.0).round() as i8;
    }
    (small, largest / 127.0 / length)
}

fn dot(a: &[i8; DIMENSIONS], b: &[i8; DIMENSIONS]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}
