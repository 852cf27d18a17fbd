//! One linear model for all topics, with the topics side by side in memory, so that one pass over a text serves them all.
#![expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "The inner loops index rows whose bounds the constructor fixes."
)]

use super::space::Vector;
use super::steps::Loss;
use super::table::DIMENSIONS;

/// Rows are padded to whole vector registers.
const LANES: usize = 8;
/// Steps on a text that is learnt alone.
const LATE_STEPS: usize = 4;

/// A matrix of one row a feature (the sparse ones, then the table's numbers) and one column a topic.
#[derive(Clone)]
pub(super) struct Weights {
    columns: usize,
    stride: usize,
    cells: Vec<f32>,
}

impl Weights {
    /// All zeros, for `sparse` features and `columns` topics.
    pub(super) fn new(sparse: usize, columns: usize) -> Self {
        let stride = columns.div_ceil(LANES) * LANES;
        Self { columns, stride, cells: vec![0.0; (sparse + DIMENSIONS) * stride] }
    }

    /// Makes room for further sparse features up to `sparse`.
    pub(super) fn grow(&mut self, sparse: usize) {
        self.cells.resize((sparse + DIMENSIONS) * self.stride, 0.0);
    }

    /// Topics, the mentor's included.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// Bytes held.
    pub(super) fn bytes(&self) -> usize {
        self.cells.len() * size_of::<f32>()
    }

    /// A row of scores, padding included.
    pub(super) fn row(&self) -> Vec<f32> {
        vec![0.0; self.stride]
    }

    /// The product of a vector with every column, into `scores`.
    pub(super) fn score(&self, vector: &Vector, scores: &mut [f32]) {
        scores.fill(0.0);
        let (dense, sparse) = self.cells.split_at(DIMENSIONS * self.stride);
        for &(id, value) in &vector.sparse {
            let from = id as usize * self.stride;
            add(scores, value, &sparse[from..from + self.stride]);
        }
        for (row, value) in dense.chunks_exact(self.stride).zip(&vector.dense) {
            add(scores, *value, row);
        }
    }

    /// The same with every score `factor` times as high.
    pub(super) fn scaled(mut self, factor: f32) -> Self {
        self.cells.iter_mut().for_each(|cell| *cell *= factor);
        self
    }

    /// What one feature adds to a column's score at value 1.
    pub(super) fn cell(&self, id: u32, column: usize) -> f32 {
        self.cells.get((DIMENSIONS + id as usize) * self.stride + column).copied().unwrap_or(0.0)
    }

    /// Adds `deltas` times the vector to every column.
    pub(super) fn add(&mut self, vector: &Vector, deltas: &[f32]) {
        let stride = self.stride;
        let (dense, sparse) = self.cells.split_at_mut(DIMENSIONS * stride);
        for &(id, value) in &vector.sparse {
            let from = id as usize * stride;
            add(&mut sparse[from..from + stride], value, deltas);
        }
        for (row, value) in dense.chunks_exact_mut(stride).zip(&vector.dense) {
            add(row, *value, deltas);
        }
    }

    /// Learns one more text without touching what the others taught.
    pub(super) fn learn(&mut self, vector: &Vector, label: usize) {
        let mut dual = self.row();
        let (mut scores, mut deltas) = (self.row(), self.row());
        let square = vector.square();
        for _ in 0..LATE_STEPS {
            self.score(vector, &mut scores);
            Loss::Softmax.step(&mut scores[..self.columns], &mut dual[..self.columns], label, square, &mut deltas);
            self.add(vector, &deltas);
        }
    }
}

#[inline]
fn add(into: &mut [f32], factor: f32, from: &[f32]) {
    let (into, _) = into.as_chunks_mut::<LANES>();
    let (from, _) = from.as_chunks::<LANES>();
    for (into, from) in into.iter_mut().zip(from) {
        for (into, from) in into.iter_mut().zip(from) {
            *into += factor * from;
        }
    }
}

/// Turns scores into shares that sum to 1.
pub(super) fn softmax(scores: &mut [f32], temperature: f32) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = ((*score - most) / temperature).exp();
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}
