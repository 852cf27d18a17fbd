//! From scores to confidences that can be believed: one temperature, and the confidence above which nine in ten are right.

use super::linear::softmax;

/// How scores become confidences, and when a guess may be acted on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calibration {
    /// Scores are divided by it before they become shares.
    pub(super) temperature: f32,
    /// The least confidence at which a guess is taken without asking.
    pub(super) threshold: f32,
}

/// Where a hackathon has too few texts to tell, the temperature of an ordinary one.
const USUAL_TEMPERATURE: f32 = 0.8;
/// How many texts the usual temperature counts for.
const USUAL_TEXTS: f32 = 20.0;
/// Half of what one text of ordinary doubt tells about the temperature's logarithm.
const TOLD_BY_ONE: f32 = 0.1;
/// The share of confident guesses that must be right.
const PRECISION: f32 = 0.9;
/// Thresholds stay between these: below, a guess is a toss; above, nothing would be confident.
const THRESHOLDS: (f32, f32) = (0.5, 0.9);

/// Chooses both from the scores, with the right column, that texts have when they are left out of the fit.
pub(super) fn calibrate(left_out: &[(&[f32], usize)]) -> Calibration {
    let temperature = temperature(left_out);
    let mut judged: Vec<(f32, bool)> =
        left_out.iter().map(|(scores, label)| judge(scores, *label, temperature)).collect();
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    Calibration { temperature, threshold: threshold(&judged) }
}

/// The temperature of least surprise on a grid of steps of about 7 % from 0.15 to 4.3, pulled towards the usual one.
fn temperature(left_out: &[(&[f32], usize)]) -> f32 {
    let pull = |temperature: f32| USUAL_TEXTS * TOLD_BY_ONE * (temperature / USUAL_TEMPERATURE).ln().powi(2);
    let surprise = |temperature: f32| -> f32 {
        let lost = |(scores, label): &(&[f32], usize)| -share(scores, *label, temperature).max(1e-6).ln();
        left_out.iter().map(lost).sum::<f32>() + pull(temperature)
    };
    let grid = (-24i8..=24).map(|step| USUAL_TEMPERATURE * (f32::from(step) * 0.07).exp());
    grid.map(|temperature| (surprise(temperature), temperature))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(USUAL_TEMPERATURE, |best| best.1)
}

fn share(scores: &[f32], label: usize, temperature: f32) -> f32 {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = scores.iter().map(|score| ((score - most) / temperature).exp()).sum();
    scores.get(label).map_or(0.0, |score| ((score - most) / temperature).exp() / sum)
}

/// The best share and whether it is the right one.
fn judge(scores: &[f32], label: usize, temperature: f32) -> (f32, bool) {
    let mut shares = scores.to_vec();
    softmax(&mut shares, temperature);
    let best = shares.iter().copied().fold(0.0, f32::max);
    (best, shares.get(label).is_some_and(|share| *share >= best))
}

/// The least confidence such that the guesses at or above it are right often enough; `judged` comes best first.
fn threshold(judged: &[(f32, bool)]) -> f32 {
    let (mut all, mut right, mut least) = (0.0, 0.0, THRESHOLDS.1);
    for (confidence, hit) in judged {
        all += 1.0;
        right += if *hit { 1.0 } else { 0.0 };
        if right >= PRECISION * all {
            least = *confidence;
        }
    }
    least.clamp(THRESHOLDS.0, THRESHOLDS.1)
}

#[cfg(test)]
mod tests {
    use super::{calibrate, threshold};

    #[test]
    fn overconfident_scores_are_cooled() {
        let scores: Vec<Vec<f32>> =
            (0..200).map(|text| if text % 4 == 0 { vec![0.0, 4.0] } else { vec![4.0, 0.0] }).collect();
        let left_out: Vec<(&[f32], usize)> = scores.iter().map(|scores| (scores.as_slice(), 0)).collect();
        let cooled = calibrate(&left_out).temperature;
        let confidence = 1.0 / (1.0 + (-4.0 / cooled).exp());
        assert!((confidence - 0.75).abs() < 0.1, "{confidence}");
    }

    #[test]
    fn the_threshold_keeps_nine_in_ten_right() {
        let judged: Vec<(f32, bool)> = (0..100u8).map(|at| (1.0 - f32::from(at) / 100.0, at < 40)).collect();
        let least = threshold(&judged);
        assert!((0.55..0.58).contains(&least), "{least}");
    }
}
