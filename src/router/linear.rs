//! One linear model for all topics: multinomial logistic regression without constants, fitted in the dual text by text
//! (each step solves for all of a text's shares at once), with the topics side by side in memory, so that one pass over
//! a text serves them all.
#![expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "The inner loops index rows whose bounds the constructor fixes."
)]

use super::space::Vector;
use super::table::DIMENSIONS;

/// Rows are padded to whole vector registers.
const LANES: usize = 8;
/// How much a text's error weighs against the norm of the weights; chosen on the train splits (docs/router.md).
const COST: f32 = 5.0;
/// Passes over the texts; accuracy is flat from 6 on.
const PASSES: usize = 8;
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

    /// What one feature adds to a column's score at value 1.
    pub(super) fn cell(&self, id: u32, column: usize) -> f32 {
        self.cells.get((DIMENSIONS + id as usize) * self.stride + column).copied().unwrap_or(0.0)
    }

    /// Adds `deltas` times the vector to every column.
    fn add(&mut self, vector: &Vector, deltas: &[f32]) {
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
            step(&mut scores[..self.columns], &mut dual, label, square, &mut deltas);
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

/// A fit: the weights, and for every text the scores it would have if it had not been learnt itself.
pub(super) struct Fitted {
    /// The weights.
    pub(super) weights: Weights,
    /// One row a text, as long as there are columns: the scores without the text's own share.
    pub(super) left_out: Vec<Vec<f32>>,
}

/// Fits weights for `columns` topics to `vectors`, whose columns are `labels`, in a fixed shuffled order.
pub(super) fn fit(sparse: usize, columns: usize, vectors: &[Vector], labels: &[usize]) -> Fitted {
    let mut weights = Weights::new(sparse, columns);
    let mut duals: Vec<Vec<f32>> = vectors.iter().map(|_| weights.row()).collect();
    let squares: Vec<f32> = vectors.iter().map(|vector| vector.square()).collect();
    let mut order: Vec<usize> = (0..vectors.len()).collect();
    let (mut scores, mut deltas) = (weights.row(), weights.row());
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..PASSES {
        shuffle(&mut order, &mut random);
        for &text in &order {
            weights.score(&vectors[text], &mut scores);
            step(&mut scores[..columns], &mut duals[text], labels[text], squares[text], &mut deltas);
            weights.add(&vectors[text], &deltas);
        }
    }
    let left_out = vectors.iter().zip(&duals).map(|(vector, dual)| left_out(&weights, vector, dual)).collect();
    Fitted { weights, left_out }
}

/// One step of the dual on one text: the best shares q of all columns at once, which solve
/// ln q + pull x q = score + pull x (shares before) + constant, and sum to 1. Newton's method on the logarithms and the constant.
fn step(scores: &mut [f32], dual: &mut [f32], label: usize, square: f32, deltas: &mut [f32]) {
    let pull = COST * square;
    for (column, (score, dual)) in scores.iter_mut().zip(dual.iter()).enumerate() {
        let share = if column == label { 1.0 - dual / COST } else { -dual / COST };
        *score += pull * share;
        deltas[column] = share.max(1e-9).ln();
    }
    let logs = &mut deltas[..scores.len()];
    for _ in 0..NEWTON_STEPS {
        newton(scores, logs, pull);
    }
    let sum: f32 = logs.iter().map(|log| log.exp()).sum();
    for (column, log) in logs.iter_mut().enumerate() {
        let share = log.exp() / sum;
        let next = COST * if column == label { 1.0 - share } else { -share };
        *log = next - dual[column];
        dual[column] = next;
    }
}

fn newton(scores: &[f32], logs: &mut [f32], pull: f32) {
    let (mut excess, mut slope) = (1.0, 0.0);
    for (log, score) in logs.iter().zip(scores) {
        let share = log.exp();
        let steep = 1.0 + pull * share;
        excess += share * ((log + pull * share - score) / steep - 1.0);
        slope += share / steep;
    }
    let constant = excess / slope;
    for (log, score) in logs.iter_mut().zip(scores) {
        let share = log.exp();
        *log = (*log + (score + constant - *log - pull * share) / (1.0 + pull * share)).clamp(-20.0, 0.0);
    }
}

/// Newton steps on one text; the next pass corrects what is left.
const NEWTON_STEPS: usize = 4;

/// What the text would score had it not been learnt: its own share is taken out, the others' stays.
fn left_out(weights: &Weights, vector: &Vector, dual: &[f32]) -> Vec<f32> {
    let mut scores = weights.row();
    weights.score(vector, &mut scores);
    let own = vector.square() * OWN_SHARE;
    scores.iter().zip(dual).take(weights.columns).map(|(score, dual)| score - own * dual).collect()
}

/// How much of a text's own share is taken out; below 1, because the other texts would have filled a part of the gap.
const OWN_SHARE: f32 = 0.45;

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

/// A fixed order for a fixed state: xorshift, no source of chance.
fn shuffle(order: &mut [usize], state: &mut u64) {
    for last in (1..order.len()).rev() {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        order.swap(last, (*state % (last as u64 + 1)) as usize);
    }
}
