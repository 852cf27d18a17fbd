//! Fitting the weights text by text in the dual, and judging them on texts that were left out.
//!
//! Leaving out does not begin anew: a fold's texts are taken out of the finished fit, which then takes one more pass over the rest.
#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "The loops index rows that the constructor makes, one a text."
)]

use super::linear::Weights;
use super::space::Vector;
use super::steps::Loss;

/// Passes over the texts; accuracy is flat from 6 on.
const PASSES: usize = 8;
/// Passes over the rest after a fold was taken out; a second one changes little (docs/router.md).
const FOLD_PASSES: usize = 1;
/// A text whose dual moved by less than this share of the cost is looked at in every third pass only.
const QUIET: f32 = 0.005;
/// Folds texts are left out in.
const FOLDS: usize = 5;
/// Beyond as many texts one fold tells enough and leaving out all five would take too long.
const MANY: usize = 3000;
/// Texts a topic from which on the margin is fitted in place of the softmax: it lies between the sizes measured on the train splits,
/// where the softmax wins at 10 and the margin at 60 to 140 (docs/router.md).
const ENOUGH: usize = 25;

/// The texts of a course as numbers.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    /// The texts.
    pub(super) vectors: &'a [Vector],
    /// Each one's column.
    pub(super) labels: &'a [usize],
    /// Whether each is worded as a question is, so that it may be judged by.
    pub(super) questions: &'a [bool],
}

/// The weights, and what texts score that they were not fitted to, with the right column.
pub(super) struct Fitted {
    /// The weights.
    pub(super) weights: Weights,
    /// One row of scores and the right column for every text that was left out.
    pub(super) judged: Vec<(Vec<f32>, usize)>,
}

/// Fits weights for `sparse` features and `columns` topics in a fixed shuffled order.
pub(super) fn fit(sparse: usize, columns: usize, texts: Texts<'_>) -> Fitted {
    let loss = if texts.vectors.len() < ENOUGH * columns { Loss::Softmax } else { Loss::Margin };
    let fit = Fit::new(sparse, columns, texts, loss);
    let mut judged = judged(texts, |held| fit.without(held).weights);
    judged.iter_mut().for_each(|(scores, _)| scores.iter_mut().for_each(|score| *score *= loss.spread()));
    Fitted { weights: fit.weights.scaled(loss.spread()), judged }
}

/// The scores of every fold's questions under the weights that `without` gives for it.
fn judged(texts: Texts<'_>, without: impl Fn(&[bool]) -> Weights) -> Vec<(Vec<f32>, usize)> {
    let (folds, parts) = if texts.vectors.len() <= MANY { (FOLDS, FOLDS) } else { (1, 2 * FOLDS) };
    let mut judged = Vec::new();
    for fold in 0..folds {
        let held: Vec<bool> =
            texts.questions.iter().enumerate().map(|(at, question)| *question && at % parts == fold).collect();
        if !held.contains(&true) {
            continue;
        }
        let weights = without(&held);
        for at in (0..held.len()).filter(|at| held[*at]) {
            let mut scores = weights.row();
            weights.score(&texts.vectors[at], &mut scores);
            scores.truncate(weights.columns());
            judged.push((scores, texts.labels[at]));
        }
    }
    judged
}

/// A fit under way or finished.
#[derive(Clone)]
struct Fit<'a> {
    texts: Texts<'a>,
    loss: Loss,
    weights: Weights,
    duals: Vec<f32>,
    squares: Vec<f32>,
    moved: Vec<f32>,
}

impl<'a> Fit<'a> {
    fn new(sparse: usize, columns: usize, texts: Texts<'a>, loss: Loss) -> Self {
        let weights = Weights::new(sparse, columns);
        let count = texts.vectors.len();
        let squares = texts.vectors.iter().map(Vector::square).collect();
        let mut fit =
            Self { texts, loss, duals: vec![0.0; count * columns], weights, squares, moved: vec![f32::MAX; count] };
        fit.pass((0..count).collect(), PASSES);
        fit
    }

    /// The fit to all texts but those held.
    fn without(&self, held: &[bool]) -> Self {
        let mut fit = self.clone();
        let columns = self.weights.columns();
        let mut deltas = self.weights.row();
        for at in (0..held.len()).filter(|at| held[*at]) {
            for (delta, dual) in deltas.iter_mut().zip(&self.duals[at * columns..(at + 1) * columns]) {
                *delta = -dual;
            }
            fit.weights.add(&self.texts.vectors[at], &deltas);
        }
        fit.moved.fill(f32::MAX);
        fit.pass((0..held.len()).filter(|at| !held[*at]).collect(), FOLD_PASSES);
        fit
    }

    fn pass(&mut self, mut order: Vec<usize>, passes: usize) {
        let (mut scores, mut deltas) = (self.weights.row(), self.weights.row());
        let mut random = 0x2545_F491_4F6C_DD1D_u64;
        let quiet = QUIET * self.loss.cost();
        for pass in 0..passes {
            shuffle(&mut order, &mut random);
            for &text in &order {
                if pass % 3 == 0 || self.moved[text] > quiet {
                    self.visit(text, &mut scores, &mut deltas);
                }
            }
        }
    }

    fn visit(&mut self, text: usize, scores: &mut [f32], deltas: &mut [f32]) {
        let columns = self.weights.columns();
        let vector = &self.texts.vectors[text];
        self.weights.score(vector, scores);
        let dual = &mut self.duals[text * columns..(text + 1) * columns];
        self.loss.step(&mut scores[..columns], dual, self.texts.labels[text], self.squares[text], deltas);
        self.moved[text] = deltas[..columns].iter().fold(0.0, |most, delta| delta.abs().max(most));
        if self.moved[text] > 0.0 {
            self.weights.add(vector, deltas);
        }
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
