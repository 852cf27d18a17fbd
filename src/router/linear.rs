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

    /// The product of a vector with every column, into `scores`. A few columns at a time stay in registers over all features.
    pub(super) fn score(&self, vector: &Vector, scores: &mut [f32]) {
        let (dense, sparse) = self.cells.as_chunks::<LANES>().0.split_at(DIMENSIONS * self.stride / LANES);
        let blocks = self.stride / LANES;
        for (block, into) in scores.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            let mut sum = [0.0; LANES];
            for &(id, value) in &vector.sparse {
                add_block(&mut sum, value, &sparse[id as usize * blocks + block]);
            }
            for (row, value) in dense.chunks_exact(blocks).zip(&vector.dense) {
                add_block(&mut sum, *value, &row[block]);
            }
            *into = sum;
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
fn add_block(into: &mut [f32; LANES], factor: f32, from: &[f32; LANES]) {
    for (into, from) in into.iter_mut().zip(from) {
        *into += factor * from;
    }
}

#[inline]
fn add(into: &mut [f32], factor: f32, from: &[f32]) {
    let (into, _) = into.as_chunks_mut::<LANES>();
    let (from, _) = from.as_chunks::<LANES>();
    for (into, from) in into.iter_mut().zip(from) {
        add_block(into, factor, from);
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
