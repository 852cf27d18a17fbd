//! One step of the fit on one text, exact in the dual for all columns at once: either the softmax's or the greatest margin's
//! (Crammer and Singer, 2001). The softmax is better with few texts a topic, the margin with many (docs/router.md).
#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "The inner loops index rows of one length, which the fit makes."
)]

/// What a fit makes small.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Loss {
    /// The surprise at the right topic.
    Softmax,
    /// How far the right topic is from leading every other one by 1.
    Margin,
}

/// How much a text's error weighs against the norm of the weights; chosen on the train splits (docs/router.md).
const SOFTMAX_COST: f32 = 5.0;
/// The same for the margin.
const MARGIN_COST: f32 = 0.5;
/// Newton steps on one text; the next pass corrects what is left.
const NEWTON_STEPS: usize = 3;

impl Loss {
    /// Moves a text's `dual` to the best place that the other texts' allow. `scores` are the text's present ones and are used up;
    /// `square` is its squared length. What is to be added to the weights, per column, is left in `deltas`.
    pub(super) fn step(self, scores: &mut [f32], dual: &mut [f32], label: usize, square: f32, deltas: &mut [f32]) {
        match self {
            Loss::Softmax => softmax_step(scores, dual, label, square, deltas),
            Loss::Margin => margin_step(scores, dual, label, square, deltas),
        }
    }

    /// What scores are multiplied with so that both losses' spread about as wide.
    pub(super) fn spread(self) -> f32 {
        match self {
            Loss::Softmax => 1.0,
            Loss::Margin => 5.0,
        }
    }

    /// The most a dual can be.
    pub(super) fn cost(self) -> f32 {
        match self {
            Loss::Softmax => SOFTMAX_COST,
            Loss::Margin => MARGIN_COST,
        }
    }
}

/// The best shares q, which solve ln q + pull x q = score + pull x (shares before) + constant and sum to 1: Newton's method on the
/// logarithms and the constant.
fn softmax_step(scores: &mut [f32], dual: &mut [f32], label: usize, square: f32, deltas: &mut [f32]) {
    let pull = SOFTMAX_COST * square;
    for (column, (score, dual)) in scores.iter_mut().zip(dual.iter()).enumerate() {
        let share = if column == label { 1.0 - dual / SOFTMAX_COST } else { -dual / SOFTMAX_COST };
        *score += pull * share;
        deltas[column] = share.max(1e-9).ln();
    }
    let logs = &mut deltas[..scores.len()];
    for _ in 0..NEWTON_STEPS {
        newton(scores, logs, pull);
    }
    let sum: f32 = logs.iter().map(|log| exp(*log)).sum();
    for (column, log) in logs.iter_mut().enumerate() {
        let share = exp(*log) / sum;
        let next = SOFTMAX_COST * if column == label { 1.0 - share } else { -share };
        *log = next - dual[column];
        dual[column] = next;
    }
}

fn newton(scores: &[f32], logs: &mut [f32], pull: f32) {
    let (mut excess, mut slope) = (1.0, 0.0);
    for (log, score) in logs.iter().zip(scores) {
        let share = exp(*log);
        let steep = 1.0 + pull * share;
        excess += share * ((log + pull * share - score) / steep - 1.0);
        slope += share / steep;
    }
    let constant = excess / slope;
    for (log, score) in logs.iter_mut().zip(scores) {
        let share = exp(*log);
        *log = (*log + (score + constant - *log - pull * share) / (1.0 + pull * share)).clamp(-20.0, 0.0);
    }
}

/// Projects onto the duals that sum to 0 and of which only the label's is positive, at most the cost.
fn margin_step(scores: &mut [f32], dual: &mut [f32], label: usize, square: f32, deltas: &mut [f32]) {
    let square = square.max(1e-6);
    for (column, score) in scores.iter_mut().enumerate() {
        *score += if column == label { 0.0 } else { 1.0 } - square * dual[column];
    }
    scores[label] += square * MARGIN_COST;
    let level = level(scores, square * MARGIN_COST);
    scores[label] -= square * MARGIN_COST;
    for (column, score) in scores.iter().enumerate() {
        let most = if column == label { MARGIN_COST } else { 0.0 };
        let next = ((level - score) / square).min(most);
        deltas[column] = next - dual[column];
        dual[column] = next;
    }
}

/// The level above which the scores together stand `room` high. Raised from below by the scores above it, it is reached in a few rounds.
fn level(scores: &[f32], room: f32) -> f32 {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut level = highest - room;
    for _ in 0..scores.len() {
        let (mut sum, mut count) = (0.0, 0.0);
        for score in scores {
            let above = if *score > level { 1.0 } else { 0.0 };
            sum += above * score;
            count += above;
        }
        let next = if count > 0.0 { (sum - room) / count } else { level };
        if next <= level {
            break;
        }
        level = next;
    }
    level
}

/// e to the power of `x` for -87 to 87, right to six digits; unlike the library's it is computed for many columns at once.
#[inline]
pub(super) fn exp(x: f32) -> f32 {
    let twos = x * std::f32::consts::LOG2_E;
    let whole = (twos + ROUNDER) - ROUNDER;
    let rest = (twos - whole) * std::f32::consts::LN_2;
    let fraction = 1.0 + rest * (1.0 + rest * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0)))));
    f32::from_bits(((whole as i32 + 127) << 23).cast_unsigned()) * fraction
}

/// Adding and taking away 1.5 x 2^23 rounds to the nearest whole number.
const ROUNDER: f32 = 12_582_912.0;

#[cfg(test)]
mod tests {
    use super::{Loss, exp, level};

    #[test]
    fn exp_agrees_with_the_library() {
        for x in (-200..=10).map(|tenth: i16| f32::from(tenth) / 10.0) {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}");
        }
    }

    #[test]
    fn what_stands_above_the_level_fills_the_room() {
        let scores = [0.3, 2.0, 1.5, -4.0, 1.9];
        let level = level(&scores, 0.8);
        let above: f32 = scores.iter().map(|score| (score - level).max(0.0)).sum();
        assert!((above - 0.8).abs() < 1e-5, "{level}");
    }

    #[test]
    fn a_step_speaks_for_the_label_and_adds_up_to_nothing() {
        for loss in [Loss::Softmax, Loss::Margin] {
            let (mut dual, mut deltas) = ([0.0; 4], [0.0; 4]);
            if loss == Loss::Softmax {
                dual = [-1.25, 3.75, -1.25, -1.25];
            }
            loss.step(&mut [0.2, 0.1, 0.0, -0.3], &mut dual, 1, 2.0, &mut deltas);
            assert!(dual[1] > 0.0 && dual[1] <= loss.cost(), "{dual:?}");
            assert!(dual.iter().sum::<f32>().abs() < 1e-4, "{dual:?}");
        }
    }
}
