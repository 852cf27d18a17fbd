//! The model: trained as a whole, asked without waiting.

use std::sync::Arc;

use super::calibrate::Calibration;
use super::course::{Course, Lesson};
use super::features::word_key;
use super::fit::{Texts, fit};
use super::linear::Weights;
use super::space::{Space, Vector};
use super::stored::Stored;
use super::units::Units;

/// Topics a guess offers.
const OFFERED: usize = 3;
/// How much less than the strongest a word may speak for the topic and still be a reason: what weighs less, as "do" and "a", explains nothing.
const TELLING: f32 = 0.25;
/// Words a guess gives as its reason.
const REASONS: usize = 4;
/// Texts that are named as like a question.
const LIKE: usize = 3;

/// A topic the router holds likely.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// Index into the course's labels.
    pub label: usize,
    /// How probable it is that the question belongs there, 0 to 1.
    pub confidence: f32,
}

/// What the router makes of a text.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Guess {
    /// Up to three likeliest topics, best first; never the built-in mentor topic.
    pub top: Vec<Candidate>,
    /// True where the best topic may be taken without asking; otherwise the asker chooses, and the mentors come first.
    pub confident: bool,
    /// How probable it is that the text fits no topic, 0 to 1.
    pub off_topic: f32,
    /// The words that speak most for the best topic, strongest first.
    pub because: Vec<String>,
}

/// A trained model of one hackathon. It never changes; `learn` gives the next one.
#[derive(Clone)]
pub struct Router {
    space: Space,
    weights: Weights,
    texts: Vec<Arc<Stored>>,
    lessons: usize,
    calibration: Calibration,
}

impl Router {
    /// Learns a course. The same course always gives the same router.
    #[must_use]
    pub fn train(course: &Course) -> Self {
        let units: Vec<Units> = course.texts().map(|(_, text)| Units::of(text)).collect();
        let labels: Vec<usize> = course.texts().map(|(label, _)| label).collect();
        let space = Space::of(units.iter());
        let vectors: Vec<Vector> = units.iter().map(|units| space.vector(units)).collect();
        let questions: Vec<bool> = course.questions().collect();
        let texts = Texts { vectors: &vectors, labels: &labels, questions: &questions };
        let fitted = fit(space.len(), course.labels.len() + 1, texts);
        let calibration = Calibration::of(&fitted.judged);
        let known = course.known().zip(units.iter().zip(&vectors));
        let texts = known
            .map(|((at, lesson), (units, vector))| Arc::new(Stored::new(at, lesson.label, units, vector)))
            .collect();
        Self { space, weights: fitted.weights, texts, lessons: course.lessons.len(), calibration }
    }

    /// The router after one more lesson, at the end of the course's lessons: the weights take a few steps on it at once, what the
    /// others taught stays. The next `train` on the whole course weighs it with all others.
    #[must_use]
    pub fn learn(&self, lesson: &Lesson) -> Self {
        let mut next = self.clone();
        next.lessons += 1;
        if lesson.label + 1 < self.weights.columns() {
            let units = Units::of(&lesson.text);
            next.space.extend(&units);
            next.weights.grow(next.space.len());
            let vector = next.space.vector(&units);
            next.weights.learn(&vector, lesson.label);
            next.texts.push(Arc::new(Stored::new(self.lessons, lesson.label, &units, &vector)));
        }
        next
    }

    /// Reads a text.
    #[must_use]
    pub fn guess(&self, text: &str) -> Guess {
        let units = Units::of(text);
        let vector = self.space.vector(&units);
        let mut shares = self.weights.row();
        self.weights.score(&vector, &mut shares);
        shares.truncate(self.weights.columns());
        self.calibration.shares(&mut shares);
        let off_topic = shares.pop().unwrap_or(0.0);
        let top = best(&shares);
        let Some(first) = top.first().copied() else {
            return Guess { off_topic: 1.0, ..Guess::default() };
        };
        let confident = first.confidence >= self.calibration.threshold && first.confidence > off_topic;
        Guess { confident, off_topic, because: self.because(&units, &top), top }
    }

    /// A topic's lessons nearest to a text, nearest first, as indices into the course's lessons. Not part of a guess, which is
    /// made at every key press.
    #[must_use]
    pub fn like(&self, text: &str, label: usize) -> Vec<usize> {
        let units = Units::of(text);
        let asked = Stored::new(0, label, &units, &self.space.vector(&units));
        let mine = self.texts.iter().filter(|text| text.label() == label);
        let mut near: Vec<(f32, usize)> = mine.map(|text| (text.similarity(&asked), text.lesson())).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        near.iter().take(LIKE).map(|(_, lesson)| *lesson).collect()
    }

    /// How many bytes the model holds, the table not counted.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.space.bytes() + self.weights.bytes() + self.texts.iter().map(|text| text.bytes()).sum::<usize>()
    }

    /// The least confidence at which a guess counts as confident.
    #[must_use]
    pub fn threshold(&self) -> f32 {
        self.calibration.threshold
    }

    /// The question's words by how much more they speak for the best topic than for the next.
    fn because(&self, units: &Units, top: &[Candidate]) -> Vec<String> {
        let [first, rest @ ..] = top else {
            return Vec::new();
        };
        let lead = |id| {
            self.weights.cell(id, first.label) - rest.first().map_or(0.0, |next| self.weights.cell(id, next.label))
        };
        let known = units.words().filter_map(|(_, word)| self.space.known(word_key(word)).map(|known| (known, word)));
        let mut words: Vec<(f32, &str)> = known.map(|(known, word)| (known.idf * lead(known.id), word)).collect();
        words.sort_by(|a, b| b.0.total_cmp(&a.0));
        let strongest = words.first().map_or(0.0, |(gain, _)| *gain);
        words.retain(|(gain, _)| *gain > 0.0 && *gain >= TELLING * strongest);
        let mut reasons: Vec<String> = Vec::with_capacity(REASONS);
        for (_, word) in words {
            if reasons.len() < REASONS && !reasons.iter().any(|reason| reason == word) {
                reasons.push(word.to_owned());
            }
        }
        reasons
    }
}

/// The largest shares, best first; equal shares in the labels' order.
fn best(shares: &[f32]) -> Vec<Candidate> {
    let mut top: Vec<Candidate> = Vec::with_capacity(OFFERED + 1);
    for (label, &confidence) in shares.iter().enumerate() {
        let at = top.partition_point(|better| better.confidence >= confidence);
        if at < OFFERED {
            top.insert(at, Candidate { label, confidence });
            top.truncate(OFFERED);
        }
    }
    top
}
