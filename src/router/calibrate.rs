//! From scores to confidences that can be believed: one temperature, the mentor topic's handicap, and the confidence above which
//! nine in ten are right. All three come from texts that the fit had left out.

use super::linear::softmax;
use super::steps::exp;

/// How scores become confidences, and when a guess may be acted on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calibration {
    /// Scores are divided by it before they become shares.
    temperature: f32,
    /// Added to the mentor topic's score: seeds are many, but few askers chat.
    handicap: f32,
    /// The least confidence at which a guess is taken without asking.
    pub(super) threshold: f32,
}

/// Scores and the right column; the last column is the mentor's.
type Judged = (Vec<f32>, usize);

/// Where a hackathon has too few texts to tell, the temperature of an ordinary one.
const USUAL_TEMPERATURE: f32 = 0.55;
/// How many texts the usual temperature counts for.
const USUAL_TEXTS: f32 = 20.0;
/// The threshold of an ordinary hackathon, for one whose topics are cards only, without a question to judge by.
const USUAL_THRESHOLD: f32 = 0.6;
/// The fewest texts from which a threshold is chosen.
const FEWEST_JUDGED: usize = 20;
/// Half of what one text of ordinary doubt tells about the temperature's logarithm.
const TOLD_BY_ONE: f32 = 0.1;
/// The natural logarithm of the least and the greatest temperature.
const TEMPERATURES: (f32, f32) = (-2.5, 1.5);
/// The least and the greatest handicap.
const HANDICAPS: (f32, f32) = (-4.0, 2.0);
/// What all texts without a topic together count beside the others: about one question in twenty fits no topic.
const OFF_TOPIC: f32 = 0.05;
/// The share of confident guesses that must be right.
const PRECISION: f32 = 0.9;
/// Thresholds stay between these: below, a guess is a toss; above, nothing would be confident.
const THRESHOLDS: (f32, f32) = (0.5, 0.95);

impl Calibration {
    /// Chooses it from the scores that texts have when they are left out of the fit.
    pub(super) fn of(left_out: &[Judged]) -> Self {
        let (inside, outside): (Vec<&Judged>, Vec<&Judged>) =
            left_out.iter().partition(|(scores, label)| label + 1 < scores.len());
        let temperature = temperature(&inside);
        let handicap = handicap(&inside, &outside, temperature);
        let mut calibration = Self { temperature, handicap, threshold: THRESHOLDS.1 };
        let mut judged: Vec<(f32, bool)> = inside.iter().map(|judged| calibration.judge(judged)).collect();
        judged.sort_by(|a, b| b.0.total_cmp(&a.0));
        calibration.threshold = threshold(&judged);
        calibration
    }

    /// Turns a row of scores, the mentor's last, into shares that sum to 1.
    pub(super) fn shares(&self, scores: &mut [f32]) {
        if let Some(mentor) = scores.last_mut() {
            *mentor += self.handicap;
        }
        softmax(scores, self.temperature);
    }

    /// The best topic's share and whether it is the right one.
    fn judge(&self, (scores, label): &Judged) -> (f32, bool) {
        let mut shares = scores.clone();
        self.shares(&mut shares);
        shares.pop();
        let best = shares.iter().copied().fold(0.0, f32::max);
        (best, shares.get(*label).is_some_and(|share| *share >= best))
    }
}

/// The temperature of least surprise among the topics, pulled towards the usual one.
fn temperature(inside: &[&Judged]) -> f32 {
    let surprise = |log: f32| -> f32 {
        let pull = USUAL_TEXTS * TOLD_BY_ONE * (log - USUAL_TEMPERATURE.ln()).powi(2);
        let lost = |(scores, label): &&Judged| {
            let right = scores.get(*label).copied().unwrap_or(0.0);
            all_topics(scores, log.exp()) - right / log.exp()
        };
        inside.iter().map(lost).map(|lost| lost.min(14.0)).sum::<f32>() + pull
    };
    lowest(TEMPERATURES, surprise).exp()
}

/// The handicap of least surprise about which texts have a topic, when those without are as rare as they are.
fn handicap(inside: &[&Judged], outside: &[&Judged], temperature: f32) -> f32 {
    let lead =
        |(scores, _): &&Judged| scores.last().copied().unwrap_or(0.0) / temperature - all_topics(scores, temperature);
    let (known, off): (Vec<f32>, Vec<f32>) = (inside.iter().map(lead).collect(), outside.iter().map(lead).collect());
    if known.is_empty() || off.is_empty() {
        return 0.0;
    }
    let softplus = |x: f32| if x > 20.0 { x } else { x.exp().ln_1p() };
    let mean = |leads: &[f32], sign: f32, handicap: f32| {
        let sum: f32 = leads.iter().map(|lead| softplus(sign * (lead + handicap / temperature))).sum();
        sum / f32::from(u16::try_from(leads.len()).unwrap_or(u16::MAX))
    };
    lowest(HANDICAPS, |handicap| mean(&known, 1.0, handicap) + OFF_TOPIC * mean(&off, -1.0, handicap))
}

/// The logarithm of all topics' weight together, without the mentor's.
fn all_topics(scores: &[f32], temperature: f32) -> f32 {
    let topics = scores.split_last().map_or(scores, |(_, topics)| topics);
    let most = topics.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = topics.iter().map(|score| exp(((score - most) / temperature).max(-80.0))).sum();
    most / temperature + sum.ln()
}

/// Where a function with one valley is lowest, by thirds.
fn lowest((mut from, mut to): (f32, f32), of: impl Fn(f32) -> f32) -> f32 {
    for _ in 0..16 {
        let third = (to - from) / 3.0;
        if of(from + third) < of(to - third) {
            to -= third;
        } else {
            from += third;
        }
    }
    f32::midpoint(from, to)
}

/// The least confidence such that the guesses at or above it are right often enough, with one standard error to spare; `judged`
/// comes best first.
fn threshold(judged: &[(f32, bool)]) -> f32 {
    if judged.len() < FEWEST_JUDGED {
        return USUAL_THRESHOLD;
    }
    let (mut all, mut right, mut least) = (0.0f32, 0.0, THRESHOLDS.1);
    for (confidence, hit) in judged {
        all += 1.0;
        right += if *hit { 1.0 } else { 0.0 };
        if right >= PRECISION * all + (all * PRECISION * (1.0 - PRECISION)).sqrt() {
            least = *confidence;
        }
    }
    least.clamp(THRESHOLDS.0, THRESHOLDS.1)
}

#[cfg(test)]
mod tests {
    use super::{Calibration, threshold};

    /// The right topic leads by 4 in three texts of four; texts without a topic look like none.
    fn scores() -> Vec<(Vec<f32>, usize)> {
        let known = (0..200).map(|text| (if text % 4 == 0 { vec![0.0, 4.0, 1.0] } else { vec![4.0, 0.0, 1.0] }, 0));
        known.chain((0..20).map(|_| (vec![1.0, 1.0, 3.0], 2))).collect()
    }

    #[test]
    fn overconfident_scores_are_cooled() {
        let (confidence, right) = Calibration::of(&scores()).judge(&(vec![4.0, 0.0, 1.0], 0));
        assert!(right && (confidence - 0.75).abs() < 0.1, "{confidence}");
    }

    #[test]
    fn rare_chat_does_not_take_the_topics_confidence() {
        let mut many = scores();
        many.extend((0..400).map(|_| (vec![1.0, 1.0, 3.0], 2)));
        let share = |left_out: &[(Vec<f32>, usize)]| Calibration::of(left_out).judge(&(vec![4.0, 0.0, 1.0], 0)).0;
        assert!((share(&many) - share(&scores())).abs() < 0.01);
    }

    #[test]
    fn the_threshold_keeps_nine_in_ten_right() {
        let judged: Vec<(f32, bool)> = (0..100u8).map(|at| (1.0 - f32::from(at) / 100.0, at < 40)).collect();
        let least = threshold(&judged);
        assert!((0.55..0.63).contains(&least), "{least}");
    }
}
