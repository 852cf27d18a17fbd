//! How good a router is: accuracy, calibration, how well it tells what fits no topic, and how long it takes.
#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "Counts become shares; bins are clamped."
)]

use std::collections::HashMap;
use std::io::Write;
use std::time::Instant;

use super::course::Course;
use super::model::Router;
use super::predict::{Fault, Line, timed};

/// Bins of the expected calibration error.
const BINS: usize = 15;

/// What was measured; shares are 0 to 1, times microseconds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Measured {
    /// Questions whose label is one of the course's.
    pub in_scope: usize,
    /// Questions whose label is none of them.
    pub out_of_scope: usize,
    /// Share whose likeliest topic is right.
    pub top_1: f32,
    /// Share whose right topic is among the offers.
    pub top_3: f32,
    /// Expected calibration error of the likeliest topic, in 15 bins.
    pub calibration_error: f32,
    /// Share that is confident.
    pub confident: f32,
    /// Share of the confident that is right.
    pub confident_right: f32,
    /// How well confidence tells in-scope from out-of-scope questions; without the latter, nothing.
    pub auroc: Option<f32>,
    /// Out-of-scope questions below the confidence that leaves 93 % of the in-scope ones right and above it.
    pub recall_at_93: Option<f32>,
    /// Out-of-scope questions held likelier to fit no topic than 95 % of the in-scope ones.
    pub off_topic_at_95: Option<f32>,
    /// Median time of a question.
    pub p50: f64,
    /// The time 99 of 100 questions stay below.
    pub p99: f64,
    /// Time of training, in milliseconds.
    pub training: f64,
}

/// Asks about every question and measures the answers.
#[must_use]
pub fn measure(course: &Course, questions: &[Line]) -> Measured {
    let start = Instant::now();
    let router = Router::train(course);
    let training = start.elapsed().as_secs_f64() * 1e3;
    let labels: HashMap<&str, usize> =
        course.labels.iter().enumerate().map(|(at, label)| (label.as_str(), at)).collect();
    let (mut inside, mut outside, mut times) = (Vec::new(), Vec::new(), Vec::new());
    for (label, text) in questions {
        let (guess, time) = timed(&router, text);
        times.push(time);
        let Some(first) = guess.top.first() else {
            continue;
        };
        match labels.get(label.as_str()) {
            Some(label) => inside.push(Asked {
                confidence: first.confidence,
                off_topic: guess.off_topic,
                right: first.label == *label,
                offered: guess.top.iter().any(|offer| offer.label == *label),
                confident: guess.confident,
            }),
            None => outside.push((first.confidence, guess.off_topic)),
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or(0.0);
    Measured { p50: at(0.5), p99: at(0.99), training, ..judge(&inside, &outside) }
}

struct Asked {
    confidence: f32,
    off_topic: f32,
    right: bool,
    offered: bool,
    confident: bool,
}

fn judge(inside: &[Asked], outside: &[(f32, f32)]) -> Measured {
    let share = |of: usize, all: usize| of as f32 / all.max(1) as f32;
    let count = |holds: fn(&Asked) -> bool| inside.iter().filter(|asked| holds(asked)).count();
    let confident = count(|asked| asked.confident);
    let some = |value: f32| (!outside.is_empty()).then_some(value);
    Measured {
        in_scope: inside.len(),
        out_of_scope: outside.len(),
        top_1: share(count(|asked| asked.right), inside.len()),
        top_3: share(count(|asked| asked.offered), inside.len()),
        calibration_error: calibration_error(inside),
        confident: share(confident, inside.len()),
        confident_right: share(count(|asked| asked.confident && asked.right), confident),
        auroc: some(auroc(inside, outside)),
        recall_at_93: some(recall_at_93(inside, outside)),
        off_topic_at_95: some(off_topic_at_95(inside, outside)),
        ..Measured::default()
    }
}

fn calibration_error(inside: &[Asked]) -> f32 {
    let mut bins = [0.0f32; BINS];
    for asked in inside {
        if let Some(bin) = bins.get_mut(((asked.confidence * BINS as f32) as usize).min(BINS - 1)) {
            *bin += asked.confidence - if asked.right { 1.0 } else { 0.0 };
        }
    }
    bins.iter().map(|bin| bin.abs()).sum::<f32>() / inside.len().max(1) as f32
}

fn auroc(inside: &[Asked], outside: &[(f32, f32)]) -> f32 {
    let mut known: Vec<f32> = inside.iter().map(|asked| asked.confidence).collect();
    known.sort_by(f32::total_cmp);
    let above = |confidence: f32| {
        let (below, not_above) =
            (known.partition_point(|one| *one < confidence), known.partition_point(|one| *one <= confidence));
        (known.len() - not_above) as f32 + (not_above - below) as f32 / 2.0
    };
    outside.iter().map(|(confidence, _)| above(*confidence)).sum::<f32>() / (inside.len() * outside.len()).max(1) as f32
}

fn recall_at_93(inside: &[Asked], outside: &[(f32, f32)]) -> f32 {
    let mut right: Vec<f32> = inside.iter().filter(|asked| asked.right).map(|asked| asked.confidence).collect();
    right.sort_by(|a, b| b.total_cmp(a));
    let needed = (inside.len() as f32 * 0.93).ceil() as usize;
    let Some(threshold) = needed.checked_sub(1).and_then(|last| right.get(last)) else {
        return 0.0;
    };
    outside.iter().filter(|(confidence, _)| confidence < threshold).count() as f32 / outside.len().max(1) as f32
}

fn off_topic_at_95(inside: &[Asked], outside: &[(f32, f32)]) -> f32 {
    let mut known: Vec<f32> = inside.iter().map(|asked| asked.off_topic).collect();
    known.sort_by(f32::total_cmp);
    let threshold = known.get(known.len() * 95 / 100).copied().unwrap_or(1.0);
    outside.iter().filter(|(_, off_topic)| *off_topic >= threshold).count() as f32 / outside.len().max(1) as f32
}

/// Measures and prints the figures.
///
/// # Errors
/// A sink that cannot be written.
pub fn report(course: &Course, questions: &[Line], mut into: impl Write) -> Result<(), Fault> {
    let measured = measure(course, questions);
    let percent = |share: f32| format!("{:.2} %", share * 100.0);
    let maybe = |share: Option<f32>| share.map_or("-".to_owned(), percent);
    let rows = [
        ("questions in scope / out of scope", format!("{} / {}", measured.in_scope, measured.out_of_scope)),
        ("top-1", percent(measured.top_1)),
        ("top-3", percent(measured.top_3)),
        ("calibration error", percent(measured.calibration_error)),
        (
            "confident, and right of these",
            format!("{}, {}", percent(measured.confident), percent(measured.confident_right)),
        ),
        ("out-of-scope AUROC", maybe(measured.auroc)),
        ("out-of-scope recall at 93 % in scope", maybe(measured.recall_at_93)),
        ("off-topic found at 5 % of the others lost", maybe(measured.off_topic_at_95)),
        ("p50 / p99", format!("{:.1} / {:.1} microseconds", measured.p50, measured.p99)),
        ("training", format!("{:.1} ms", measured.training)),
    ];
    for (name, value) in rows {
        writeln!(into, "{name:42} {value}").map_err(|error| Fault::File("The output".to_owned(), error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Asked, judge};

    fn asked(confidence: f32, right: bool) -> Asked {
        Asked { confidence, off_topic: 1.0 - confidence, right, offered: true, confident: confidence > 0.5 }
    }

    #[test]
    fn figures_follow_their_definitions() {
        let inside = [asked(0.9, true), asked(0.9, true), asked(0.6, false), asked(0.4, true)];
        let measured = judge(&inside, &[(0.5, 0.5), (0.1, 0.9)]);
        assert!((measured.top_1 - 0.75).abs() < 1e-6);
        assert!((measured.confident_right - 2.0 / 3.0).abs() < 1e-6);
        assert_eq!(measured.auroc, Some(0.875));
        assert!((measured.calibration_error - (0.2 + 0.6 + 0.6) / 4.0).abs() < 1e-6);
    }
}
