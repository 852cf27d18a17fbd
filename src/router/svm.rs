//! One-against-rest linear support vector machines for all topics at once: squared hinge loss, dual coordinate descent
//! (Hsieh et al. 2008), with the topics side by side in memory so that one pass over a text serves them all.
#![expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "The inner loops index rows whose bounds the constructor fixes."
)]

use super::space::Vector;
use super::table::DIMENSIONS;

/// Columns are padded to whole vector registers.
const LANES: usize = 8;

/// What a fit is told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    /// The weight of an error against the weight of the norm.
    pub(super) cost: f32,
    /// The most passes over all texts.
    pub(super) passes: usize,
}

/// A matrix of one row a feature (the sparse ones, then the table's numbers, then a constant) and one column a topic.
#[derive(Clone)]
pub(super) struct Weights {
    columns: usize,
    stride: usize,
    sparse: usize,
    cells: Vec<f32>,
}

impl Weights {
    /// All zeros, for `sparse` features and `columns` topics.
    pub(super) fn new(sparse: usize, columns: usize) -> Self {
        let stride = columns.div_ceil(LANES) * LANES;
        Self { columns, stride, sparse, cells: vec![0.0; (sparse + DIMENSIONS + 1) * stride] }
    }

    /// Columns with their padding.
    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    fn dense_from(&self) -> usize {
        self.sparse * self.stride
    }

    /// The product of a vector with every column, into `scores`.
    pub(super) fn score(&self, vector: &Vector, scores: &mut [f32]) {
        let dense_from = self.dense_from();
        scores.copy_from_slice(&self.cells[dense_from + DIMENSIONS * self.stride..]);
        for &(id, value) in &vector.sparse {
            let from = id as usize * self.stride;
            add(scores, value, &self.cells[from..from + self.stride]);
        }
        for (row, value) in self.cells[dense_from..].chunks_exact(self.stride).zip(&vector.dense) {
            add(scores, *value, row);
        }
    }

    /// Adds `deltas` times the vector to every column, and `deltas` times `constant` to the constants.
    pub(super) fn add(&mut self, vector: &Vector, deltas: &[f32], constant: f32) {
        let (stride, dense_from) = (self.stride, self.dense_from());
        for &(id, value) in &vector.sparse {
            let from = id as usize * stride;
            add(&mut self.cells[from..from + stride], value, deltas);
        }
        let (dense, constants) = self.cells[dense_from..].split_at_mut(DIMENSIONS * stride);
        for (row, value) in dense.chunks_exact_mut(stride).zip(&vector.dense) {
            add(row, *value, deltas);
        }
        add(constants, constant, deltas);
    }
}

#[inline]
fn add(into: &mut [f32], factor: f32, from: &[f32]) {
    for (into, from) in into.chunks_exact_mut(LANES).zip(from.chunks_exact(LANES)) {
        for lane in 0..LANES {
            into[lane] += factor * from[lane];
        }
    }
}

/// Fits `weights` to `vectors`, whose columns are `labels`, going over the texts in a fixed shuffled order.
/// `alphas` holds one row a text of the weights' stride: zeros, or where an earlier fit stood.
pub(super) fn fit(weights: &mut Weights, vectors: &[&Vector], labels: &[usize], alphas: &mut [f32], fit: Fit) {
    let stride = weights.stride;
    let diagonal = 0.5 / fit.cost;
    let norms: Vec<f32> = vectors.iter().map(|vector| square(vector) + diagonal).collect();
    let mut order: Vec<usize> = (0..vectors.len()).collect();
    let (mut scores, mut deltas) = (vec![0.0; stride], vec![0.0; stride]);
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..fit.passes {
        shuffle(&mut order, &mut random);
        let mut largest = 0.0f32;
        for &text in &order {
            weights.score(vectors[text], &mut scores);
            let alpha = &mut alphas[text * stride..(text + 1) * stride];
            let change = step(&scores[..weights.columns], alpha, labels[text], diagonal, norms[text], &mut deltas);
            largest = largest.max(change);
            if change > 0.0 {
                weights.add(vectors[text], &deltas, 1.0);
            }
        }
        if largest < 0.01 {
            return;
        }
    }
}

/// One step of the dual on one text for all columns; gives the largest change.
fn step(scores: &[f32], alpha: &mut [f32], label: usize, diagonal: f32, norm: f32, deltas: &mut [f32]) -> f32 {
    let mut largest = 0.0f32;
    for column in 0..scores.len() {
        let sign = if column == label { 1.0 } else { -1.0 };
        let gradient = sign * scores[column] - 1.0 + diagonal * alpha[column];
        let next = (alpha[column] - gradient / norm).max(0.0);
        deltas[column] = sign * (next - alpha[column]);
        alpha[column] = next;
        largest = largest.max(deltas[column].abs());
    }
    largest
}

/// The vector's squared length with its constant.
pub(super) fn square(vector: &Vector) -> f32 {
    let sparse: f32 = vector.sparse.iter().map(|(_, value)| value * value).sum();
    let dense: f32 = vector.dense.iter().map(|value| value * value).sum();
    sparse + dense + 1.0
}

/// A fixed order for a fixed state: xorshift, no source of chance.
fn shuffle(order: &mut [usize], state: &mut u64) {
    for last in (1..order.len()).rev() {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        order.swap(last, (*state % (last as u64 + 1)) as usize);
    }
}
